"""Find indicators by their labels in the code list: folded, the longest match first, with small gaps.

Nothing here names an indicator: a line of Turtle is enough for a new one.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from laichau_kg.drafting.lexicon import Indicator
from laichau_kg.drafting.words import Word, keys_of, stands_apart, words_of

__all__ = ["Match", "Matcher"]

# Words that a label has and a text may leave out, or put between.
_LIGHT = frozenset(
    """
    cua so ti le tong duoc cac nhung cho va co la tai trong dat deu da nha nuoc tinh toan tren dia ban
    """.split()  # noqa: SIM905 - a list would be a page long
)
_LEADS = (("ti", "le"), ("so",), ("tong",), ("tong", "so"), ("ti", "trong"))
_GROWTH_LEADS = (("toc", "do", "tang", "truong"), ("toc", "do", "tang"), ("tang", "truong"))
_GAP = 4


@dataclass(frozen=True, slots=True)
class Match:
    """An indicator found in a text; *score* grows with the words that were found."""

    slug: str
    start: int
    end: int
    score: float
    rule: str


class Matcher:
    """Find a code list's indicators in stretches of a text."""

    def __init__(self, indicators: Mapping[str, Indicator]) -> None:
        self.indicators = indicators
        self._forms: list[tuple[tuple[str, ...], str]] = []
        shared = _shared_acronyms(indicators)
        for indicator in indicators.values():
            for label in indicator.labels:
                for form in _forms(label, shared):
                    self._forms.append((form, indicator.slug))
        self._growth = [
            (form[len(lead) :], slug)
            for form, slug in self._forms
            for lead in _GROWTH_LEADS
            if form[: len(lead)] == lead and len(form) > len(lead) and not indicators[slug].broader
        ]
        self.additions = {
            other for slug in indicators for other in [self.variant(slug, grows="thêm")] if other
        }
        self._forms.sort(key=lambda form: (-len(form[0]), form[0], form[1]))
        self._short = {
            slug: [short for label in one.labels if (short := self._short_form(label, one))]
            for slug, one in indicators.items()
            if one.broader
        }

    def _short_form(self, label: str, narrower: Indicator) -> tuple[str, ...]:
        """Leave out of a narrower indicator's label the words that its broader one begins with."""
        shared = {
            key for slug in narrower.broader for name in self.indicators[slug].labels for key in keys_of(name)
        }
        keys = list(keys_of(label))
        while keys and (keys[0] in shared or keys[0] in {"khu", "vuc", "nganh"}):
            keys.pop(0)
        return tuple(keys) if len(keys) < len(keys_of(label)) else ()

    @staticmethod
    def _ways(form: tuple[str, ...]) -> list[tuple[str, ...]]:
        """Give a short name with and without its "và"."""
        bare = tuple(key for key in form if key != "va")
        return [form] if bare == form else [form, bare]

    def find(self, text: str, start: int, end: int, *, parents: Iterable[str] = ()) -> list[Match]:
        """List the indicators between two offsets, the longest where they overlap, in order.

        Args:
            text: The text.
            start: Where to begin.
            end: Where to stop.
            parents: Broader indicators just spoken of; their narrower ones answer to a shorter name.
        """
        words = words_of(text, start, end)
        found = [match for form, slug in self._forms if (match := _match(words, form, slug, last=True))]
        wanted = set(parents)
        for slug, forms in self._short.items():
            if wanted & set(self.indicators[slug].broader):
                found += [
                    Match(match.slug, match.start, match.end, match.score + 1, "narrower")
                    for short in forms
                    for form in self._ways(short)
                    if (match := _match(words, form, slug, last=True))
                ]
        chosen: list[Match] = []
        for match in sorted(found, key=lambda match: (-match.score, match.start, match.slug)):
            if stands_apart(match.start, match.end, chosen):
                chosen.append(match)
        return sorted(chosen, key=lambda match: match.start)

    def find_after(self, text: str, start: int, end: int, *, gap: int = _GAP) -> Match | None:
        """Find the indicator whose label begins where an amount's unit stands ("38/94 *xã* …")."""
        words = words_of(text, start, end)
        best: Match | None = None
        for form, slug in self._forms:
            match = _match(words, form, slug, first=True, gap=gap)
            if match and (best is None or match.score > best.score):
                best = match
        return best

    def find_around(self, text: str, noun: tuple[int, int], start: int, end: int) -> Match | None:
        """Find an indicator whose label holds the unit that was counted and other words before it.

        So "quyết định chủ trương đầu tư 11 *dự án*" is the label "Dự án được quyết định chủ trương đầu tư".
        """
        unit = tuple(word.key for word in words_of(text, *noun))
        before = words_of(text, start, noun[0])
        best: Match | None = None
        for form, slug in self._forms:
            rest = _without(form, unit)
            if rest is None or len([key for key in rest if key not in _LIGHT]) < 2:  # noqa: PLR2004 - one word is chance
                continue
            match = _match(before, rest, slug, last=True)
            if (
                match
                and before
                and match.end >= before[-1].start - 40
                and (best is None or match.score > best.score)
            ):
                best = Match(slug, match.start, noun[1], match.score, "around")
        return best if best and best.start >= start and best.end <= end else None

    def find_growth(self, text: str, start: int, end: int) -> Match | None:
        """Find what grows: "tổng sản phẩm trên địa bàn … tăng 3%" is the growth of just that."""
        words = words_of(text, start, end)
        found = [match for form, slug in self._growth if (match := _match(words, form, slug, last=True))]
        best = max(found, key=lambda match: match.score, default=None)
        return replace(best, rule="what-grows") if best else None

    def find_loose(self, text: str, start: int, end: int) -> Match | None:
        """Find the label all of whose words stand in a stretch, in whatever order; four words at least."""
        words = words_of(text, start, end)
        there = {word.key for word in words}
        for form, slug in self._forms:
            if len(form) >= 4 and set(form) <= there:  # noqa: PLR2004 - fewer words are chance
                held = [word for word in words if word.key in form]
                return Match(slug, held[0].start, held[-1].end, len(form) / 2, "words-in-other-order")
        return None

    def variant(self, slug: str, *, grows: str) -> str:
        """Give the indicator of the reduction or addition of another: by labels such as "Mức giảm X".

        Args:
            slug: The indicator X.
            grows: ``giảm``, ``tăng`` or ``thêm``.
        """
        own = {keys_of(label) for label in self.indicators[slug].labels}
        leads = {"giảm": (("muc", "giam"), ("giam",)), "tăng": (("muc", "tang"),), "thêm": ()}[grows]
        for other in self.indicators.values():
            for label in other.labels:
                keys = keys_of(label)
                if any(keys[: len(lead)] == lead and keys[len(lead) :] in own for lead in leads):
                    return other.slug
                if grows == "thêm" and keys[-2:] == ("tang", "them") and keys[:-2] in own:
                    return other.slug
        return ""

    def ranking(self, slug: str) -> str:
        """Give the indicator that ranks provinces by another one."""
        related = {*self.indicators[slug].related}
        return next((name for name in sorted(related) if self.indicators[name].units == ("rank",)), "")

    def only_in(self, unit: str) -> str:
        """Give the one indicator that is counted in *unit*, if there is just one."""
        users = [one.slug for one in self.indicators.values() if unit in one.units]
        return users[0] if len(users) == 1 else ""


def _shared_acronyms(indicators: Mapping[str, Indicator]) -> frozenset[str]:
    """List the acronyms that stand in labels of more than one indicator: alone they name none."""
    users: dict[str, set[str]] = {}
    for indicator in indicators.values():
        for label in indicator.labels:
            for acronym in re.findall(r"\b[A-Z]{3,}\b", label):
                users.setdefault(acronym, set()).add(indicator.slug)
    return frozenset(acronym for acronym, slugs in users.items() if len(slugs) > 1)


def _forms(label: str, shared: frozenset[str] = frozenset()) -> list[tuple[str, ...]]:
    """Give the ways to write a label: as it is, without what is in brackets, the acronym alone, no lead."""
    forms = {keys_of(label)}
    bare = re.sub(r"\s*\([^)]*\)", "", label)
    forms.add(keys_of(bare))
    forms |= {keys_of(found) for found in re.findall(r"\(([A-Z][A-Z -]{2,})\)", label) if found not in shared}
    for form in list(forms):
        for lead in _LEADS:
            if form[: len(lead)] == lead and len(form) - len(lead) >= 2:  # noqa: PLR2004 - one word says too little
                forms.add(form[len(lead) :])
    return sorted(form for form in forms if form)


def _without(form: tuple[str, ...], unit: tuple[str, ...]) -> tuple[str, ...] | None:
    for at in range(len(form) - len(unit) + 1):
        if form[at : at + len(unit)] == unit:
            rest = (*form[:at], *form[at + len(unit) :])
            while rest and rest[0] in _LIGHT:
                rest = rest[1:]
            return rest
    return None


def _match(
    words: Sequence[Word],
    form: tuple[str, ...],
    slug: str,
    *,
    first: bool = False,
    last: bool = False,
    gap: int = _GAP,
) -> Match | None:
    """Find the words of *form* in order, with at most *gap* other words in all between them."""
    if len(form) > len(words):
        return None
    starts = range(min(1, len(words))) if first else range(len(words))
    best: Match | None = None
    for start in starts:
        if words[start].key != form[0]:
            continue
        end, missed = _run(words, form, start, gap)
        if end is None or (len(form) < 3 and missed):  # noqa: PLR2004 - a short label must stand as it is
            continue
        score = len(form) - missed * 0.3
        match = Match(
            slug, words[start].start, words[end].end, score, "label" if not missed else "label-with-gap"
        )
        if best is None or match.score > best.score or (last and match.score == best.score):
            best = match
    return best


def _run(words: Sequence[Word], form: tuple[str, ...], start: int, gap: int) -> tuple[int | None, int]:
    at, missed = start, 0
    for key in form[1:]:
        at += 1
        while at < len(words) and words[at].key != key:
            at += 1
            missed += 1
            if missed > gap:
                return None, missed
        if at >= len(words):
            return None, missed
    return at, missed
