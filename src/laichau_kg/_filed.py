"""The record's triples as its files have them, to be looked up by subject and by object.

This goes past the store on purpose, as a dump does: a store rewrites the
spelling of numbers and narrows their types, and a document about a thing
shall say what the file says.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Self

import pyoxigraph as ox

from laichau_kg import _dump
from laichau_kg._journal import reading
from laichau_kg.layout import Layout
from laichau_kg.store import record_files
from laichau_kg.terms import BlankNode, Iri, Literal, Term
from laichau_kg.vocab import BASE, ID, LCK, LCS, PREFIXES, RDF

__all__ = ["Filed"]

_PREF_LABEL = PREFIXES["skos"] + "prefLabel"
_DESCRIPTION = PREFIXES["dcterms"] + "description"
_TELLING: Final = (
    PREFIXES["org"] + "member", LCK.participant, LCK.cites, LCK.indicator, LCK.post, LCK.meeting,
)  # fmt: skip


class Filed:
    """The triples of some files at one moment; never changed, so that many may read them at once.

    Args:
        files: Turtle files, each with the graph it is.
        context: The JSON-LD context to write them with.

    Attributes:
        files: The same files.
        quads: The triples with the graphs they are in, sorted.
        context: The same context.

    Raises:
        TurtleError: a file is no valid Turtle.
    """

    def __init__(self, files: Sequence[tuple[Path, str]], context: Mapping[str, Any]) -> None:
        self.files = tuple(files)
        self.quads = _dump.read_quads(files)
        self.context = context
        self._dataset = ox.Dataset(self.quads)
        self._labels: dict[tuple[str, str], str] = {}
        for quad in self._dataset.quads_for_predicate(ox.NamedNode(_PREF_LABEL)):
            if isinstance(quad.object, ox.Literal) and isinstance(quad.subject, ox.NamedNode):
                self._labels.setdefault((quad.subject.value, quad.object.language or ""), quad.object.value)

    @classmethod
    def of_record(cls, layout: Layout) -> Self:
        """Read all facts of a record, its ontology and its code lists."""
        with reading(layout):
            return cls(record_files(layout), _context(layout))

    @classmethod
    def of_shapes(cls, layout: Layout) -> Self:
        """Read a record's shapes."""
        graph = LCS.removesuffix("#")
        return cls([(path, graph) for path in layout.shape_files()], _context(layout))

    def __contains__(self, iri: object) -> bool:
        """Whether anything is said of the thing *iri*."""
        return next(iter(self._dataset.quads_for_subject(ox.NamedNode(str(iri)))), None) is not None

    def about(self, iris: Iterable[str]) -> list[ox.Quad]:
        """Return what is said of things."""
        return [quad for iri in iris for quad in self._dataset.quads_for_subject(ox.NamedNode(iri))]

    def closure(self, iris: Iterable[str]) -> list[ox.Quad]:
        """Return what is said of things, and of the nameless nodes that this leads to."""
        found: list[ox.Quad] = self.about(iris)
        for quad in found:  # grows while it is gone through; a nameless node is never said twice
            if isinstance(quad.object, ox.BlankNode):
                found += self._dataset.quads_for_subject(quad.object)
        return found

    def said(self, iri: str) -> dict[str, list[Term]]:
        """Return the values of each property of a thing or a nameless node, spelled as in the file."""
        node = ox.BlankNode(iri.removeprefix("_:")) if iri.startswith("_:") else ox.NamedNode(iri)
        said: dict[str, list[Term]] = {}
        for quad in sorted(self._dataset.quads_for_subject(node), key=str):
            said.setdefault(quad.predicate.value, []).append(_term(quad.object))
        return said

    def instances(self, class_: str) -> list[str]:
        """List the IRIs of the instances of a class, sorted."""
        return self.subjects(RDF.type, class_)

    def subjects(self, property_: str, value: str) -> list[str]:
        """List the IRIs of what refers to a thing by one property, sorted."""
        return sorted(
            {
                quad.subject.value
                for quad in self.referring(value)
                if quad.predicate.value == property_ and isinstance(quad.subject, ox.NamedNode)
            }
        )

    def referring(self, iri: str) -> list[ox.Quad]:
        """Return what refers to a thing."""
        return list(self._dataset.quads_for_object(ox.NamedNode(iri)))

    def graph(self, iri: str) -> list[ox.Quad]:
        """Return the triples of a named graph."""
        return list(self._dataset.quads_for_graph_name(ox.NamedNode(iri)))

    def graphs(self) -> list[str]:
        """List the named graphs, sorted."""
        return sorted({_text(quad.graph_name) for quad in self.quads})

    def members(self, graph: str) -> list[str]:
        """List the IRIs that a named graph says something of, evidence aside, sorted."""
        subjects = {_text(quad.subject) for quad in self.graph(graph)}
        return sorted(iri for iri in subjects if iri.startswith(BASE) and "#char=" not in iri)

    def kinds(self, iri: str, lang: str) -> list[str]:
        """Return the names of a thing's classes in *lang*, those that have one."""
        types = [_text(quad.object) for quad in self.about([iri]) if quad.predicate.value == RDF.type]
        return sorted(filter(None, (self.label(name, lang) for name in types)))

    def things(self) -> list[str]:
        """List the IRIs of all things under `id/` that something is said of, evidence aside, sorted."""
        subjects = {_text(quad.subject) for quad in self.quads}
        return sorted(iri for iri in subjects if iri.startswith(ID) and "#" not in iri)

    def label(self, iri: str, lang: str) -> str:
        """Return the name of a thing in *lang*, or "" where it has none."""
        return self._labels.get((iri, lang), "")

    def title(self, iri: str, lang: str) -> str:
        """Return a heading in *lang*: a thing's name; else what it says; else its class and its subject."""
        label = self.label(iri, lang)
        if label:
            return label
        said = self.said(iri)
        for text in said.get(_DESCRIPTION, ()):
            if isinstance(text, Literal) and text.language == lang:
                return text.value
        kinds = [self.label(str(node), lang) for node in said.get(RDF.type, ())]
        subjects = [self.label(str(node), lang) for name in _TELLING for node in said.get(name, ())]
        parts = [next(filter(None, kinds), ""), next(filter(None, subjects), "")]
        return ": ".join(filter(None, parts)) or iri.rpartition("/")[2]

    def source(self, article: str) -> tuple[tuple[str, str], ...]:
        """Return the name and the SHA-256 of an article's text, as one pair, if there is such an article."""
        said = {quad.predicate.value: _text(quad.object) for quad in self.about([article])}
        if LCK.sourceFile in said and LCK.sha256 in said:
            return ((said[LCK.sourceFile], said[LCK.sha256]),)
        return ()


def _context(layout: Layout) -> Mapping[str, Any]:
    path = layout.ontology / "context.jsonld"
    if not path.exists():
        return {}
    context: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))["@context"]
    return context


def _term(node: object) -> Term:
    if isinstance(node, ox.Literal):
        return Literal(node.value, node.datatype.value, node.language or "")
    return BlankNode(node.value) if isinstance(node, ox.BlankNode) else Iri(_text(node))


def _text(node: object) -> str:
    return str(getattr(node, "value", node))
