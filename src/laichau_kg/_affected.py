"""What a change touches beyond itself: facts that refer to what goes, register entries left loose.

The other articles' files are looked through as text first and parsed only
where a name was found: the canonical form writes an address in one way.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from laichau_kg._things import Things, Value, merged, read_things, register_of
from laichau_kg.diff import Names
from laichau_kg.errors import DataError
from laichau_kg.layout import Layout
from laichau_kg.report import Finding, compact
from laichau_kg.store import article_graph
from laichau_kg.vocab import GRAPH, ID, LCS, PREFIXES

__all__ = ["article_paths", "dangling", "file_name", "loose_entries", "referring"]

_ISSUED: Final = PREFIXES["dcterms"] + "issued"
_DIFFERENT: Final = PREFIXES["owl"] + "differentFrom"
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DESCRIBED: Final = LCS + "Thing-described"
_COMPONENT: Final = PREFIXES["sh"] + "SPARQLConstraintComponent"


def article_paths(layout: Layout, slug: str) -> list[Path]:
    """List the files of an article: none, or one, whatever its date."""
    if not _SLUG.fullmatch(slug):
        return []
    return [
        path for path in sorted(layout.articles.glob(f"*-{slug}.ttl")) if article_graph(path) == GRAPH + slug
    ]


def file_name(slug: str, things: Things) -> str:
    """Name an article's file after the day it came out, as it says itself.

    Raises:
        DataError: the slug or the day is not one that a file can be named after.
    """
    block = things.get(f"{ID}article/{slug}", frozenset())
    days = sorted({Value.read(value).text[:10] for name, value in block if name == _ISSUED})
    if not _SLUG.fullmatch(slug) or any(not _DATE.fullmatch(day) for day in days):
        raise DataError(f"lc-article:{slug}: no file can be named after this slug and date.")
    return f"{days[0] if days else 'undated'}-{slug}.ttl"


def referring(layout: Layout, things: Iterable[str], slugs: Iterable[str]) -> list[Path]:
    """List the files of other articles that refer to facts.

    Args:
        layout: The record as it is.
        things: The facts.
        slugs: The articles that they belong to, whose own files are not looked at.
    """
    own = set(slugs)
    wanted = {f"<{iri}>" for iri in things}
    ends = (":{}--", ":{} ", ":{}\n", "/{}--", "/{}#", "/{}>")
    marks = {end.format(slug).encode() for slug in own for end in ends}
    found = []
    for path in layout.article_files() if wanted else ():
        if article_graph(path).removeprefix(GRAPH) in own:
            continue
        text = path.read_bytes()
        if _names_any(text, own, marks) and any(
            value in wanted for block in read_things(path).values() for _, value in block
        ):
            found.append(path)
    return found


def _names_any(text: bytes, slugs: set[str], marks: set[bytes]) -> bool:
    """Look for the slugs first: most files have none, and one search is quicker than five."""
    return any(slug.encode() in text for slug in slugs) and any(mark in text for mark in marks)


def dangling(layout: Layout, gone: Iterable[str], slugs: Iterable[str], names: Names) -> Iterator[Finding]:
    """Find the facts of other articles that refer to things that go.

    Args:
        layout: The record as it is.
        gone: The things that go.
        slugs: The articles that they belong to, whose own files are not looked at.
        names: What things are called.
    """
    goes = {f"<{iri}>" for iri in gone}
    for path in referring(layout, gone, slugs):
        for iri, block in sorted(read_things(path).items()):
            for prop, value in sorted(pair for pair in block if pair[1] in goes):
                yield Finding(
                    severity="violation",
                    focus=iri,
                    focus_label={lang: names.label(iri, lang) for lang in ("en", "vi")},
                    path=prop,
                    value=Value.read(value).text,
                    message={
                        "en": f"What a thing refers to stays: {compact(value[1:-1])} would go.",
                        "vi": f"Điều được nhắc đến phải còn lại: {compact(value[1:-1])} sẽ mất.",
                    },
                    rule=_DESCRIBED,
                    component=_COMPONENT,
                    file=str(path.relative_to(layout.root)),
                )


def loose_entries(
    layout: Layout, before: Things, after: Things, registers: Mapping[str, Things], slugs: Iterable[str]
) -> tuple[str, ...]:
    """Find the register entries that nothing refers to any more.

    Args:
        layout: The record as it is.
        before: What is said of things that change or go.
        after: The same, changed.
        registers: The registers as they will be.
        slugs: The articles that change or go; their files are not looked at.
    """
    entries = merged(registers.values())
    sources: dict[str, set[str]] = {}
    for iri, block in entries.items():
        for target in _referred(block):
            sources.setdefault(target, set()).add(iri)
    lost = {target for block in before.values() for target in _referred(block)} & entries.keys()
    lost -= {target for iri, block in after.items() if iri not in entries for target in _referred(block)}
    found: set[str] = set()
    while lost:
        unused = _unused(layout, lost, set(slugs))
        fresh = {iri for iri in unused if not sources.get(iri, set()) - found - {iri}} - found
        found |= fresh
        below = {target for iri in fresh for target in _referred(entries[iri])} & entries.keys()
        kept = {target for iri, block in after.items() if iri not in entries for target in _referred(block)}
        lost = below - found - kept
    return tuple(sorted(found))


def _unused(layout: Layout, entries: set[str], slugs: set[str]) -> set[str]:
    left = {iri: compact(iri).encode() for iri in entries}
    for path in layout.article_files():
        if not left:
            break
        if article_graph(path).removeprefix(GRAPH) in slugs:
            continue
        text = path.read_bytes()
        for iri in [iri for iri, name in left.items() if name in text]:
            if re.search(re.escape(left[iri]) + rb"(?![\w.-]*[\w-])", text):
                del left[iri]
    return set(left)


def _referred(block: Iterable[tuple[str, str]]) -> Iterator[str]:
    for name, value in block:
        if value.startswith(f"<{ID}") and name != _DIFFERENT and register_of(value[1:-1]):
            yield value[1:-1]
