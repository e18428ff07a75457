"""Make findings fit to be read: what the thing is called, where it stands, which name was meant."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from laichau_kg._reading import Node, ParsedFile, read_file
from laichau_kg.layout import Layout
from laichau_kg.report import Finding, Severity, compact
from laichau_kg.store import files_of
from laichau_kg.text import near_names
from laichau_kg.vocab import GRAPH, ID, LCK, LCS, PREFIXES, RDF

if TYPE_CHECKING:
    from pathlib import Path

    from laichau_kg._judge import Statements
    from laichau_kg._lines import LineMap, Place
    from laichau_kg._walk import Base

__all__ = ["complete"]

_LABEL: Final = PREFIXES["skos"] + "prefLabel"
_DESCRIPTION: Final = PREFIXES["dcterms"] + "description"
_NAMED_BY: Final = {
    "observation": ("indicator", "area", "period"),
    "attestation": (PREFIXES["org"] + "member", "post"),
    "participation": ("participant", "meeting"),
    "citation": ("cites",),
}
_TYPE: Final = ox.NamedNode(RDF.type)
_LISTS: Final = (GRAPH + "register-", GRAPH + "scheme-")


def complete(
    layout: Layout,
    findings: Iterable[Finding],
    statements: "Statements",
    files: Sequence[ParsedFile],
    *,
    base: "Base | None" = None,
    located: Severity = "info",
) -> tuple[Finding, ...]:
    """Say of each finding where it is and what it is about, and bring all in order.

    Args:
        layout: The record, below which a file is named from its root.
        findings: What was found.
        statements: What it was found in.
        files: The files that were judged.
        base: The record, where it holds more than the files.
        located: Findings less grave than this get no line.
    """
    known = _Known(statements, base)
    places = _Places(layout, files, base)
    found = []
    for finding in findings:
        labelled = replace(finding, focus_label=_label(statements, finding.focus))
        placed = places.put(labelled, with_line=finding.reaches(located))
        found.append(_with_near_names(known, placed))
    return tuple(sorted(found, key=Finding.sort_key))


class _Known:
    """The addresses that something describes, by kind."""

    def __init__(self, statements: "Statements", base: "Base | None") -> None:
        self._statements = statements
        self._base = base

    def slugs(self, kind: str, slug: str) -> set[str]:
        """Return the slugs among which one that nothing describes may have been meant.

        Of the record these are the entries of its lists; or, for a fact, those of its article.
        """
        known = [
            subject.value for subject in self._statements.by_subject if isinstance(subject, ox.NamedNode)
        ]
        known += [subject.value for subject in self._held(slug)]
        return {iri.removeprefix(kind + "/") for iri in known if iri.startswith(kind + "/")}

    def _held(self, slug: str) -> Iterator[Node]:
        if self._base is None:
            return
        if "--" in slug:
            graphs = [GRAPH + slug.partition("--")[0]]
        else:
            graphs = [name for name in self._base.graphs() if name.startswith(_LISTS)]
        for graph in graphs:
            for subject, _, _ in self._base.having(_TYPE, graph):
                yield subject


def _with_near_names(known: _Known, finding: Finding) -> Finding:
    """Say of a name that nothing describes which names of its kind come near it."""
    if finding.rule != LCS + "Thing-described" or not finding.value:
        return finding
    kind, _, slug = finding.value.rpartition("/")
    near = [compact(f"{kind}/{name}") for name in near_names(slug, sorted(known.slugs(kind, slug)))]
    if not near:
        return finding
    asked = {"en": f" Is {' or '.join(near)} meant?", "vi": f" Có phải là {' hoặc '.join(near)}?"}
    message = {language: text + asked.get(language, "") for language, text in finding.message.items()}
    return replace(finding, message=message)


class _Places:
    """Says where things stand; only files with findings are read for lines and columns."""

    def __init__(self, layout: Layout, files: Sequence[ParsedFile], base: "Base | None") -> None:
        self._layout = layout
        self._base = base
        self._holder: dict[str, ParsedFile] = {}
        for file in files:
            for subject, _, _ in file.statements:
                self._holder.setdefault(subject.value, file)
        self._lines: dict[Path, LineMap] = {}
        self._references: dict[Path, dict[str, tuple[str, str, int]]] = {}
        self._read: dict[str, ParsedFile] = {}

    def put(self, finding: Finding, *, with_line: bool) -> Finding:
        """Say of a finding which file it is about, and where in it."""
        held = self._holder.get(finding.focus.removeprefix("_:")) or self._old(finding.focus)
        if held is None:
            return finding
        root, path = self._layout.root, held.path
        name = str(path.relative_to(root) if path.is_relative_to(root) else path)
        place = self._place(held, finding) if with_line else None
        line, column = place or (None, None)
        return replace(finding, file=name, line=line, column=column)

    def _old(self, focus: str) -> ParsedFile | None:
        """Find the record's file that describes an old thing."""
        graph = self._base.graph_of(ox.NamedNode(focus)) if self._base and "_:" not in focus else None
        if graph is None:
            return None
        if graph not in self._read:
            path = files_of(self._layout).get(graph)
            if path is None:
                return None
            self._read[graph] = read_file(path)
        return self._read[graph]

    def _place(self, held: ParsedFile, finding: Finding) -> "Place | None":
        from laichau_kg._lines import FORMS, map_lines  # noqa: PLC0415 - rdflib's parser, for findings only

        form = held.path.suffix.lower()
        if form not in FORMS:
            return None
        if held.path not in self._lines:
            known = {(first.value, second.value, third.value) for first, second, third in held.statements}
            self._lines[held.path] = map_lines(held.text, form=form, known=known)
        lines, focus = self._lines[held.path], finding.focus
        if not focus.startswith("_:"):
            return lines.place(focus, finding.path, finding.value)
        if held.path not in self._references:
            self._references[held.path] = _references(held)
        reference = self._references[held.path].get(focus.removeprefix("_:"))
        return lines.of_blank(*reference) if reference else None


def _references(file: ParsedFile) -> dict[str, tuple[str, str, int]]:
    """Say how a file refers to each nameless node: subject, property, and which of its nameless objects.

    A node inside another one is found by the outermost; one that nothing refers to has "" for both.
    """
    referred: dict[str, tuple[Node, str, int]] = {}
    counts: dict[tuple[str, str], int] = {}
    for subject, predicate, value in file.statements:
        if isinstance(value, ox.BlankNode):
            number = counts.get((subject.value, predicate.value), 0)
            counts[subject.value, predicate.value] = number + 1
            referred.setdefault(value.value, (subject, predicate.value, number))
    subjects = (subject.value for subject, _, _ in file.statements if isinstance(subject, ox.BlankNode))
    orphans = [node for node in dict.fromkeys(subjects) if node not in referred]
    found = {node: ("", "", number) for number, node in enumerate(orphans)}
    for first in list(referred):
        node, inside = first, dict[str, None]()
        while node not in found and node not in inside:
            inside[node] = None
            subject, predicate_name, number = referred[node]
            if isinstance(subject, ox.NamedNode):
                found[node] = (subject.value, predicate_name, number)
            else:
                node = subject.value
        found |= {one: found[node] for one in inside if node in found}
    return found


def _label(statements: "Statements", focus: str) -> dict[str, str]:
    """Name a thing for people, by language; a fact without a label is named after what it is about."""
    if focus.startswith("_:"):
        return {}
    thing = ox.NamedNode(focus)
    found = _own_label(statements, thing) or _own_label(statements, thing, _DESCRIPTION)
    if found or not focus.startswith(ID):
        return found
    kind = focus.removeprefix(ID).partition("/")[0]
    parts = []
    for name in _NAMED_BY.get(kind, ()):
        predicate = ox.NamedNode(name if "://" in name else str(LCK) + name)
        parts += [_own_label(statements, node) for node in statements.objects(thing, predicate)]  # type: ignore[arg-type]
    parts = [part for part in parts if part]
    return {
        language: ", ".join(part.get(language, "") for part in parts) for language in ("en", "vi") if parts
    }


def _own_label(statements: "Statements", thing: "Node", by: str = _LABEL) -> dict[str, str]:
    labels = statements.objects(thing, ox.NamedNode(by))
    return {
        label.language: label.value for label in labels if isinstance(label, ox.Literal) and label.language
    }
