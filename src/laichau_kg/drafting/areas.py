"""Find the part of the province, or the other province, that a clause is about: named right before."""

import re
from collections.abc import Sequence

from laichau_kg.drafting.cues import APART
from laichau_kg.drafting.lexicon import Thing
from laichau_kg.drafting.names import PROVINCES
from laichau_kg.drafting.words import tones_apart, words_of
from laichau_kg.text import Span, slugify

__all__ = ["place_before"]

_PROVINCE = re.compile(
    rf"(?<![^\W\d_])({'|'.join(map(re.escape, PROVINCES))})\s*:?\s*(?:(?:có|là|bị|với)\s+)?$"
)
_VERB = re.compile(r"\s*(?:tăng|giảm|đạt|còn|ước|là|có)\b|\s*$")


def place_before(text: str, places: Sequence[Thing], floor: int, at: int) -> tuple[str, Span] | None:
    """Find a district, a group of districts or a province that the words before a figure are about.

    Args:
        text: The text.
        places: The register of places; provinces are known without it.
        floor: Where the figure's own words begin.
        at: Where the figure stands.
    """
    if province := _PROVINCE.search(text, floor, at):
        return slugify(province[1]), Span(*province.span(1))
    words = words_of(text, floor, at)
    keys = [tones_apart(text[word.start : word.end]) for word in words]
    best: tuple[str, Span, int] | None = None
    for place in places:
        if place.first("kind") in {"province", "country"}:
            continue
        for label in place.labels:
            wanted = tones_apart(label).split()
            for first in range(len(keys) - len(wanted) + 1):
                if keys[first : first + len(wanted)] != wanted:
                    continue
                span = Span(words[first].start, words[first + len(wanted) - 1].end)
                apart = APART.search(text, max(floor, span.start - 24), span.start)
                if (apart or _VERB.match(text[span.end : at])) and (best is None or len(wanted) > best[2]):
                    best = (place.slug, span, len(wanted))
    return (best[0], best[1]) if best else None
