"""What a change touches beyond itself: facts that refer to what goes, register entries left loose.

The record's store is asked who refers to what; only the files so found are read.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from laichau_kg._things import Things, Value, merged, read_things, register_of
from laichau_kg._walk import Base
from laichau_kg.diff import Names
from laichau_kg.errors import DataError
from laichau_kg.layout import Layout
from laichau_kg.report import Finding, compact
from laichau_kg.store import article_graph, files_of
from laichau_kg.vocab import GRAPH, ID, LCS, PREFIXES

__all__ = ["article_paths", "dangling", "file_name", "loose_entries", "referring"]

_ISSUED: Final = PREFIXES["dcterms"] + "issued"
_DIFFERENT: Final = PREFIXES["owl"] + "differentFrom"
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DESCRIBED: Final = LCS + "Thing-described"
_LISTS: Final = tuple(f"{GRAPH}{folder}-" for folder in ("ontology", "scheme", "register", "history"))
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


def referring(layout: Layout, base: Base, things: Iterable[str], slugs: Iterable[str]) -> list[Path]:
    """List the files of other articles that refer to facts.

    Args:
        layout: The record as it is.
        base: The same, in a store.
        things: The facts.
        slugs: The articles that they belong to, whose own files are not looked at.
    """
    own = {GRAPH + slug for slug in slugs}
    graphs = {graph for iri in things for graph in base.graphs_naming(iri)} - own
    files = files_of(layout) if graphs else {}
    found = [files[graph] for graph in graphs if graph in files]
    return sorted(path for path in found if path.parent == layout.articles)


def dangling(
    layout: Layout, base: Base, gone: Iterable[str], slugs: Iterable[str], names: Names
) -> Iterator[Finding]:
    """Find the facts of other articles that refer to things that go.

    Args:
        layout: The record as it is.
        base: The same, in a store.
        gone: The things that go.
        slugs: The articles that they belong to, whose own files are not looked at.
        names: What things are called.
    """
    goes = {f"<{iri}>" for iri in gone}
    for path in referring(layout, base, gone, slugs):
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
    base: Base, before: Things, after: Things, registers: Mapping[str, Things], slugs: Iterable[str]
) -> tuple[str, ...]:
    """Find the register entries that nothing refers to any more.

    Args:
        base: The record as it is, in a store.
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
    own = {GRAPH + slug for slug in slugs}
    found: set[str] = set()
    while lost:
        unused = {iri for iri in lost if not _is_used(base, iri, own)}
        fresh = {iri for iri in unused if not sources.get(iri, set()) - found - {iri}} - found
        found |= fresh
        below = {target for iri in fresh for target in _referred(entries[iri])} & entries.keys()
        kept = {target for iri, block in after.items() if iri not in entries for target in _referred(block)}
        lost = below - found - kept
    return tuple(sorted(found))


def _is_used(base: Base, iri: str, own: set[str]) -> bool:
    """Tell whether an article refers to an entry, other than those in *own*."""
    return any(graph not in own and not graph.startswith(_LISTS) for graph in base.graphs_naming(iri))


def _referred(block: Iterable[tuple[str, str]]) -> Iterator[str]:
    for name, value in block:
        if value.startswith(f"<{ID}") and name != _DIFFERENT and register_of(value[1:-1]):
            yield value[1:-1]
