"""What a review does to a bundle: the candidates in reading order, and the steps that change it.

All here is plain reckoning on statements; nothing is read, asked or written.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from laichau_kg._things import Things, Value, kind_of, register_of
from laichau_kg.reviewing.forms import Field
from laichau_kg.vocab import LCK, PREFIXES, RDF

__all__ = [
    "CANDIDATE",
    "MARKS",
    "Dropped",
    "article_of",
    "candidates",
    "drop",
    "fact_of",
    "is_candidate",
    "main_span",
    "put",
    "spans_of",
    "surroundings",
    "sweep",
    "unanswered",
    "unmarked",
    "without_marks",
]

Block = frozenset[tuple[str, str]]
FormOf = Callable[[Block], Mapping[str, Field]]

CANDIDATE: Final = (RDF.type, f"<{LCK.Candidate}>")
MARKS: Final = (LCK.foundBy, LCK.proposal)
_ARTICLE: Final = (RDF.type, f"<{LCK.Article}>")
_SPAN: Final = re.compile(r"#char=(\d+),(\d+)>?$")
_RESTS_ON: Final = (PREFIXES["prov"] + "wasDerivedFrom", LCK.inferredFrom)
# In reading order a thing stands before what names it.
_RANKS: Final = (
    "article", "author", "place", "period", "organization", "post", "person", "document", "group", "meeting",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Dropped:
    """A bundle without a thing.

    Attributes:
        things: What is left.
        gone: All things that went, evidence included.
        loosened: Things that stay, but named one that went.
    """

    things: Things
    gone: tuple[str, ...]
    loosened: tuple[str, ...]


def article_of(things: Things) -> str:
    """Return the address of the article that a bundle is about."""
    return next(iri for iri, block in things.items() if _ARTICLE in block)


def is_candidate(block: Block) -> bool:
    """Tell whether a thing waits for review."""
    return CANDIDATE in block


def unmarked(block: Block) -> Block:
    """Take from a thing what only a candidate carries."""
    return frozenset(pair for pair in block if pair != CANDIDATE and pair[0] not in MARKS)


def unanswered(block: Block) -> dict[str, str]:
    """Tell what a draft read in the text and could make no value of, by the property's own name.

    What has a value by now is answered.
    """
    said = [Value.read(value).text.partition(": ") for name, value in sorted(block) if name == LCK.proposal]
    filled = {name.rpartition("#")[2] for name, _ in block}
    return {name: words for name, colon, words in said if colon and name.isalpha() and name not in filled}


def without_marks(things: Things) -> Things:
    """Return the bundle as it would be if every candidate were accepted as it is."""
    return {iri: unmarked(block) for iri, block in things.items()}


def main_span(block: Block) -> tuple[int, int] | None:
    """Return the offsets of a fact's main evidence."""
    return next((span for name, span in _spans(block) if name == LCK.mainEvidence), None)


def spans_of(block: Block) -> tuple[tuple[int, int], ...]:
    """List the offsets of all spans that a fact rests on, in the text's order."""
    return tuple(sorted({span for name, span in _spans(block) if name in _RESTS_ON}))


def candidates(things: Things) -> tuple[str, ...]:
    """List what waits for review as a reader of the text would meet it.

    The article comes first; an entry, a group or a meeting stands before the first fact that needs it.
    """
    places = {iri: span for iri, block in things.items() if (span := main_span(block))}
    places |= dict.fromkeys((iri for iri, block in things.items() if _ARTICLE in block), (-1, -1))
    namers = _namers(things)
    entries = [iri for iri in things if iri not in places]
    for _ in range(len(_RANKS)):
        for iri in entries:
            near = [places[name] for name in namers.get(iri, ()) if name in places]
            if near:
                places[iri] = min(near)
    for iri in places:
        if kind_of(iri) in {"group", "meeting"}:
            places[iri] = min(
                [places[iri], *(places[name] for name in namers.get(iri, ()) if name in places)]
            )
    waiting = [iri for iri, block in things.items() if is_candidate(block)]
    return tuple(sorted(waiting, key=lambda iri: (places.get(iri, (1 << 60, 0)), _rank(iri), iri)))


def fact_of(things: Things, iri: str) -> str:
    """Return the first fact of the text that names a thing, if through other entries; or the thing itself."""
    if main_span(things[iri]):
        return iri
    namers, seen, near = _namers(things), {iri}, {iri}
    while near:
        near = {name for one in near for name in namers.get(one, ())} - seen
        seen |= near
        facts = [(span, name) for name in near if (span := main_span(things[name]))]
        if facts:
            return min(facts)[1]
    return iri


def surroundings(things: Things, iri: str) -> Things:
    """Return a thing, what names it, and what it names over two steps, as they would be if accepted."""
    mark = f"<{iri}>"
    near = {iri, *(name for name, block in things.items() if any(value == mark for _, value in block))}
    for _ in range(2):
        near |= {target for name in near if name in things for target in _targets(things[name])}
    return {name: unmarked(things[name]) for name in near if name in things}


def put(things: Things, iri: str, path: str, values: Iterable[str], *, language: str = "") -> Things:
    """Give a thing's property other values, none to empty it.

    Args:
        things: The bundle.
        iri: The thing.
        path: The property.
        values: The values, as N-Triples writes them.
        language: Replace only what is in this language.
    """
    block = {
        pair
        for pair in things[iri]
        if pair[0] != path or (language and not pair[1].endswith(f'"@{language}'))
    }
    block |= {(path, value) for value in values}
    if not any(name == path for name, _ in block):
        block.discard((LCK.infers, f"<{path}>"))
        if not any(name == LCK.infers for name, _ in block):
            block = {pair for pair in block if pair[0] != LCK.inferredFrom}
    return {**things, iri: frozenset(block)}


def drop(things: Things, iri: str, forms: FormOf) -> Dropped:
    """Take a thing out of a bundle, with what cannot stand or is of no use without it.

    What needs the thing goes along: a participation of a meeting, say. Where
    the thing may be missing, only its mention goes. Evidence, register entries
    and described groups go when nothing names them any more.

    Args:
        things: The bundle.
        iri: The thing.
        forms: Gives the form of a thing, which says what it must name.
    """
    gone = {iri}
    while True:
        more = {name for name in _needing(things, gone, forms) if name not in gone}
        if not more:
            break
        gone |= more
    gone = _with_unused(things, gone)
    left: Things = {}
    loosened = []
    marks = {f"<{name}>" for name in gone}
    for name, block in things.items():
        if name in gone:
            continue
        kept = frozenset(pair for pair in block if pair[1] not in marks)
        left[name] = kept
        if kept != block:
            loosened.append(name)
    return Dropped(left, tuple(sorted(gone)), tuple(sorted(loosened)))


def sweep(before: Things, after: Things) -> Things:
    """Take out what was named *before*, and that nothing names *after* a step."""
    lost = {target for block in before.values() for target in _targets(block)}
    lost -= {target for block in after.values() for target in _targets(block)}
    unused = _with_unused(after, set(), lost)
    return {iri: block for iri, block in after.items() if iri not in unused}


def _needing(things: Things, gone: Collection[str], forms: FormOf) -> Iterable[str]:
    marks = {f"<{name}>" for name in gone}
    for name, block in things.items():
        hit = {path for path, value in block if value in marks}
        if not hit:
            continue
        form = forms(block)
        for path in hit:
            left = [pair for pair in block if pair[0] == path and pair[1] not in marks]
            if path in form and len(left) < form[path].least:
                yield name


def _with_unused(things: Things, gone: set[str], lost: Iterable[str] = ()) -> set[str]:
    """Add to what goes the evidence, entries and groups that only it named."""
    namers = _namers(things)
    found = set(gone)
    left = [*lost, *(target for name in gone for target in _targets(things[name]))]
    while left:
        name = left.pop()
        if name in found or name not in things or not _hangs(name):
            continue
        if namers.get(name, set()) - found - {name}:
            continue
        found.add(name)
        left += _targets(things[name])
    return found


def _hangs(iri: str) -> bool:
    """Tell whether a thing is there only for what names it."""
    return "#char=" in iri or kind_of(iri) == "group" or register_of(iri) is not None


def _namers(things: Things) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for iri, block in things.items():
        for target in _targets(block):
            found.setdefault(target, set()).add(iri)
    return found


def _targets(block: Block) -> list[str]:
    return [value[1:-1] for name, value in block if value.startswith("<") and name != RDF.type]


def _rank(iri: str) -> int:
    kind = kind_of(iri)
    return _RANKS.index(kind) if kind in _RANKS else len(_RANKS)


def _spans(block: Block) -> Iterable[tuple[str, tuple[int, int]]]:
    for name, value in block:
        if value.startswith("<") and (found := _SPAN.search(Value.read(value).text)):
            yield name, (int(found[1]), int(found[2]))
