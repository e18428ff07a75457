"""Check facts against the shapes: the whole record, or files that are to come into it.

Three layers of shapes lie in ``ontology/shapes/``. The *bundle* layer judges
an article's facts with the registers they name, the *record* layer compares
facts of all articles, the *house* layer judges the ontology, the code lists
and the shapes themselves. All are standard SHACL that any validator may run;
``check_*`` here give the same verdicts, only sooner.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from laichau_kg._journal import reading
from laichau_kg._reading import Node, ParsedFile, read_file
from laichau_kg.layout import Layout
from laichau_kg.report import Finding, Report, compact
from laichau_kg.text import near_names
from laichau_kg.vocab import ID, LCK, LCS, PREFIXES, RDF

if TYPE_CHECKING:
    from laichau_kg._judge import Statements

__all__ = ["check_files", "check_house", "check_record", "facts_shapes", "record_paths"]

_LABEL = PREFIXES["skos"] + "prefLabel"
_DESCRIPTION = PREFIXES["dcterms"] + "description"
_NAMED_BY = {
    "observation": ("indicator", "area", "period"),
    "attestation": (PREFIXES["org"] + "member", "post"),
    "participation": ("participant", "meeting"),
    "citation": ("cites",),
}
_HOUSE = "house.ttl"
_PREFIXES = "prefixes.ttl"


def check_record(layout: Layout) -> Report:
    """Judge the whole record at *layout*: registers, code lists and every article's facts.

    Raises:
        TurtleError: a file of the record is no valid Turtle.
    """
    with reading(layout):
        files = [read_file(path) for path in record_paths(layout)]
    return _check(layout, files, facts_shapes(layout), judged=None)


def check_files(layout: Layout, paths: Sequence[Path]) -> Report:
    """Judge the facts in *paths* together with the record at *layout*.

    The facts of an article that the record holds already, and a register or
    code list of the same file name, stand in place of the record's. Findings
    are about things that the files describe; where a register or code list
    is replaced, about all things, for what it no longer says may be missed
    elsewhere.

    Raises:
        TurtleError: a file cannot be read, or is no valid RDF.
    """
    new = [read_file(path) for path in paths]
    articles = {article for file in new for article in _articles(file)}
    names = {file.path.name for file in new if not _articles(file)}
    kept, replaced = [], False
    with reading(layout):
        held = [read_file(path) for path in record_paths(layout)]
    for file in held:
        path = file.path
        is_bundle = path.parent == layout.articles
        if path.parent in (layout.registers, layout.schemes) and path.name in names:
            replaced = True
        elif not (is_bundle and articles.intersection(_articles(file))):
            kept.append(file)
    return _check(layout, [*kept, *new], facts_shapes(layout), judged=None if replaced else new)


def check_house(layout: Layout) -> Report:
    """Judge the ontology, the code lists and the shapes at *layout* by the shapes of the house.

    Raises:
        TurtleError: one of the files is no valid Turtle.
    """
    paths = [*layout.ontology_files(), *layout.scheme_files(), *layout.shape_files()]
    return _check(
        layout,
        [read_file(path) for path in paths],
        [layout.shapes / name for name in (_PREFIXES, _HOUSE)],
        judged=None,
    )


def record_paths(layout: Layout) -> list[Path]:
    """List the files that are judged when the whole record is."""
    return [
        *layout.ontology_files(),
        *layout.scheme_files(),
        *layout.register_files(),
        *layout.article_files(),
        *layout.history_files(),
    ]


def facts_shapes(layout: Layout) -> list[Path]:
    """List the files of shapes that facts are judged by."""
    return [path for path in layout.shape_files() if path.name != _HOUSE]


def _articles(file: ParsedFile) -> set[str]:
    return {
        subject.value
        for subject, predicate, value in file.statements
        if predicate.value == RDF.type and isinstance(value, ox.NamedNode) and value.value == LCK.Article
    }


def _check(
    layout: Layout,
    files: Sequence[ParsedFile],
    shapes: Sequence[Path],
    *,
    judged: Sequence[ParsedFile] | None,
) -> Report:
    from laichau_kg._judge import Statements, judge, sorted_findings  # noqa: PLC0415 - rdflib and pySHACL are slow to import
    from laichau_kg._rules import load_rules  # noqa: PLC0415 - the same

    statements = Statements(statement for file in files for statement in file.statements)
    focus = None if judged is None else {subject for file in judged for subject, _, _ in file.statements}
    findings = judge(load_rules(shapes), statements, focus)
    located = _locate(layout, files if judged is None else judged, findings)
    named = [replace(finding, focus_label=_label(statements, finding.focus)) for finding in located]
    return Report(sorted_findings([_with_near_names(statements, finding) for finding in named]))


def _with_near_names(statements: "Statements", finding: Finding) -> Finding:
    """Say of a name that nothing describes which names of its kind come near it."""
    if finding.rule != LCS + "Thing-described" or not finding.value:
        return finding
    kind, _, slug = finding.value.rpartition("/")
    known = (subject.value for subject in statements.by_subject if isinstance(subject, ox.NamedNode))
    slugs = {iri.removeprefix(kind + "/") for iri in known if iri.startswith(kind + "/")}
    near = [compact(f"{kind}/{name}") for name in near_names(slug, sorted(slugs))]
    if not near:
        return finding
    asked = {"en": f" Is {' or '.join(near)} meant?", "vi": f" Có phải là {' hoặc '.join(near)}?"}
    message = {language: text + asked.get(language, "") for language, text in finding.message.items()}
    return replace(finding, message=message)


def _locate(layout: Layout, files: Sequence[ParsedFile], findings: Iterable[Finding]) -> list[Finding]:
    """Say of each finding where it is; only files with findings are read for lines and columns."""
    from laichau_kg._lines import FORMS, LineMap, map_lines  # noqa: PLC0415 - as above

    holder: dict[str, ParsedFile] = {}
    for file in files:
        for subject, _, _ in file.statements:
            holder.setdefault(subject.value, file)
    lines: dict[Path, LineMap] = {}
    references: dict[Path, dict[str, tuple[str, str, int]]] = {}
    located = []
    for finding in findings:
        held = holder.get(finding.focus.removeprefix("_:"))
        if held is None:
            located.append(finding)
            continue
        place, form = None, held.path.suffix.lower()
        if form in FORMS:
            if held.path not in lines:
                known = {(first.value, second.value, third.value) for first, second, third in held.statements}
                lines[held.path] = map_lines(held.text, form=form, known=known)
            focus = finding.focus
            if focus.startswith("_:"):
                if held.path not in references:
                    references[held.path] = _references(held)
                reference = references[held.path].get(focus.removeprefix("_:"))
                place = lines[held.path].of_blank(*reference) if reference else None
            else:
                place = lines[held.path].place(focus, finding.path, finding.value)
        name = held.path.relative_to(layout.root) if held.path.is_relative_to(layout.root) else held.path
        line, column = place or (None, None)
        located.append(replace(finding, file=str(name), line=line, column=column))
    return located


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
