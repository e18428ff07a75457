"""The shapes, made ready for the two engines that judge by them.

Core constraints go to pySHACL, ``sh:sparql`` constraints to Oxigraph. Both
come from the same files, and each rule is written there once.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox
from rdflib import RDF, SH, XSD, BNode, Graph, URIRef
from rdflib import Literal as RdfLiteral
from rdflib.collection import Collection

from laichau_kg._reading import AnyTerm, Statement, read_file
from laichau_kg.errors import DataError
from laichau_kg.report import Severity, compact

__all__ = ["Rules", "SparqlRule", "Targets", "load_rules", "to_graph"]

_XSD_STRING: Final = str(XSD.string)
_HEAD: Final = re.compile(r"\bWHERE\s*\{")
_SEVERITIES: Final[dict[URIRef, Severity]] = {
    SH.Violation: "violation",
    SH.Warning: "warning",
    SH.Info: "info",
}
_TARGETS: Final = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.targetNode)
_PATH_SIGNS: Final = {
    SH.inversePath: "^{}",
    SH.zeroOrMorePath: "{}*",
    SH.oneOrMorePath: "{}+",
    SH.zeroOrOnePath: "{}?",
}


@dataclass(frozen=True, slots=True)
class Targets:
    """What a node shape judges: instances of classes, subjects or objects of properties."""

    classes: tuple[str, ...]
    subjects_of: tuple[str, ...]
    objects_of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SparqlRule:
    """A ``sh:sparql`` constraint of a node shape.

    Attributes:
        rule: IRI of the constraint.
        shape: IRI of the node shape.
        select: The query with its prefixes; ``$this`` is free in it.
        at: Where in *select* the outermost group begins.
    """

    rule: str
    shape: str
    select: str
    at: int

    def restricted(self, pattern: str) -> str:
        """Return the query with *pattern* at the head of its outermost group."""
        return f"{self.select[: self.at]} {pattern} {self.select[self.at :]}"


class Rules:
    """The shapes of some files."""

    def __init__(self, shapes: Graph) -> None:
        self.shapes = shapes
        self.core = _core(shapes)
        self.sparql = tuple(sorted(_sparql_rules(shapes), key=lambda rule: rule.rule))
        self._messages: dict[str, dict[str, str]] = {}
        for subject, message in shapes.subject_objects(SH.message):
            if isinstance(message, RdfLiteral):
                self._messages.setdefault(str(subject), {})[message.language or "en"] = str(message)

    def message(self, *rules: str) -> dict[str, str]:
        """Return the messages, by language, of the first of *rules* that has any."""
        for rule in rules:
            if rule in self._messages:
                return dict(sorted(self._messages[rule].items()))
        return {}

    def severity(self, shape: str) -> Severity:
        """Return the severity of what *shape* finds; SHACL's default is a violation."""
        found = self.shapes.value(URIRef(shape), SH.severity)
        return _SEVERITIES.get(URIRef(str(found)), "violation")

    def path(self, shape: str) -> str | None:
        """Write the path of a property shape: an IRI, or a SPARQL path of prefixed names."""
        found = self.shapes.value(URIRef(shape), SH.path)
        if found is None or isinstance(found, URIRef):
            return None if found is None else str(found)
        return self._written_path(found)

    def targets(self, shape: str) -> Targets:
        """Return what the node shape *shape* judges."""
        node = URIRef(shape)
        classes, subjects_of, objects_of, _ = (
            tuple(sorted(str(target) for target in self.shapes.objects(node, kind))) for kind in _TARGETS
        )
        return Targets(classes, subjects_of, objects_of)

    def _written_path(self, node: object) -> str:
        if isinstance(node, URIRef):
            return compact(str(node))
        for predicate, value in self.shapes.predicate_objects(BNode(str(node))):
            if predicate == SH.alternativePath:
                return (
                    "(" + "|".join(self._written_path(part) for part in Collection(self.shapes, value)) + ")"
                )
            if predicate in _PATH_SIGNS:
                return _PATH_SIGNS[URIRef(str(predicate))].format(self._written_path(value))
        return "/".join(self._written_path(part) for part in Collection(self.shapes, BNode(str(node))))


def load_rules(files: Iterable[Path]) -> Rules:
    """Read the shapes in *files*.

    Raises:
        TurtleError: a file is no valid Turtle.
        DataError: a constraint is not written as the checker needs it.
    """
    return Rules(to_graph(statement for path in files for statement in read_file(path).statements))


def to_graph(statements: Iterable[Statement]) -> Graph:
    """Make an rdflib graph; literals keep their spelling, so that two spellings are two values."""
    graph = Graph()
    known: dict[AnyTerm, URIRef | BNode | RdfLiteral] = {}

    def convert(term: AnyTerm) -> URIRef | BNode | RdfLiteral:
        node = known.get(term)
        if node is None:
            node = known[term] = _to_rdflib(term)
        return node

    for subject, predicate, value in statements:
        graph.add((convert(subject), convert(predicate), convert(value)))
    return graph


def _to_rdflib(term: AnyTerm) -> URIRef | BNode | RdfLiteral:
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if term.language:
        return RdfLiteral(term.value, lang=term.language)
    if term.datatype.value == _XSD_STRING:
        return RdfLiteral(term.value)
    return RdfLiteral(term.value, datatype=URIRef(term.datatype.value), normalize=False)


def _core(shapes: Graph) -> Graph:
    """Copy *shapes* without SPARQL, each property shape with the targets of its node shape.

    SHACL gives the same results for a property shape that a node shape names
    and for one with the same targets of its own; but pySHACL then judges all
    focus nodes in one go, instead of building the shape anew for each.
    """
    core = Graph()
    targeted = {shape for kind in _TARGETS for shape in shapes.subjects(kind)}
    targeted = {
        shape for shape in targeted if (None, None, shape) not in shapes
    }  # the others are parts of shapes
    for subject, predicate, value in shapes:
        if predicate in (SH.sparql, SH.select, SH.prefixes, SH.declare):
            continue
        if predicate == SH.property and subject in targeted:
            for kind in _TARGETS:
                for target in shapes.objects(subject, kind):
                    core.add((value, kind, target))
            continue
        if predicate != SH.ignoredProperties:
            core.add((subject, predicate, value))
    for shape, ignored in shapes.subject_objects(SH.ignoredProperties):
        # What a closed shape allows is read off its property shapes, which it no longer names.
        paths = {shapes.value(part, SH.path) for part in shapes.objects(shape, SH.property)}
        allowed = {*Collection(shapes, ignored), *(path for path in paths if isinstance(path, URIRef))}
        core.add((shape, SH.ignoredProperties, Collection(core, BNode(), sorted(allowed)).uri))
    return core


def _sparql_rules(shapes: Graph) -> Iterable[SparqlRule]:
    for shape, constraint in shapes.subject_objects(SH.sparql):
        select = str(shapes.value(constraint, SH.select) or "")
        found = _HEAD.search(select)
        if (shape, RDF.type, SH.NodeShape) not in shapes or not isinstance(constraint, URIRef) or not found:
            raise DataError(
                f"{compact(str(shape))}: a sh:sparql constraint has an IRI, belongs to a node shape,"
                " and its query is SELECT … WHERE { … }."
            )
        prologue = "".join(
            f"PREFIX {shapes.value(declared, SH.prefix)}: <{shapes.value(declared, SH.namespace)}>\n"
            for prefixes in shapes.objects(constraint, SH.prefixes)
            for declared in shapes.objects(prefixes, SH.declare)
        )
        yield SparqlRule(str(constraint), str(shape), prologue + select, len(prologue) + found.end())
