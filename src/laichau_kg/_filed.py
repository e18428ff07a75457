"""The record's triples as its files have them, to be looked up by subject and by object.

This goes past the store on purpose, as a dump does: a store rewrites the
spelling of numbers and narrows their types, and a document about a thing
shall say what the file says.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

import pyoxigraph as ox

from laichau_kg import _dump
from laichau_kg._journal import reading
from laichau_kg.layout import Layout
from laichau_kg.store import record_files
from laichau_kg.vocab import BASE, ID, LCK, PREFIXES, RDF

__all__ = ["Filed"]

_PREF_LABEL = PREFIXES["skos"] + "prefLabel"
_DESCRIPTION = PREFIXES["dcterms"] + "description"
_TELLING: Final = (
    PREFIXES["org"] + "member", LCK.participant, LCK.cites, LCK.indicator, LCK.post, LCK.meeting,
)  # fmt: skip


class Filed:
    """All triples of one record at one moment; never changed, so that many may read it at once.

    Args:
        layout: The record; its files are read at once.

    Attributes:
        quads: The triples with the graphs they are in, sorted.
        context: The published JSON-LD context.

    Raises:
        TurtleError: a file is no valid Turtle.
    """

    def __init__(self, layout: Layout) -> None:
        with reading(layout):
            self.quads = _dump.read_quads(record_files(layout))
        self.context: Mapping[str, Any] = json.loads(
            (layout.ontology / "context.jsonld").read_text(encoding="utf-8")
        )["@context"]
        self._dataset = ox.Dataset(self.quads)
        self._labels: dict[tuple[str, str], str] = {}
        for quad in self._dataset.quads_for_predicate(ox.NamedNode(_PREF_LABEL)):
            if isinstance(quad.object, ox.Literal) and isinstance(quad.subject, ox.NamedNode):
                self._labels.setdefault((quad.subject.value, quad.object.language or ""), quad.object.value)

    def __contains__(self, iri: object) -> bool:
        """Whether anything is said of the thing *iri*."""
        return next(iter(self._dataset.quads_for_subject(ox.NamedNode(str(iri)))), None) is not None

    def about(self, iris: Iterable[str]) -> list[ox.Quad]:
        """Return what is said of things."""
        return [quad for iri in iris for quad in self._dataset.quads_for_subject(ox.NamedNode(iri))]

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
        said: dict[str, list[Any]] = {}
        for quad in self.about([iri]):
            said.setdefault(quad.predicate.value, []).append(quad.object)
        for text in said.get(_DESCRIPTION, ()):
            if text.language == lang:
                return str(text.value)
        kinds = [self.label(_text(node), lang) for node in said.get(RDF.type, ())]
        subjects = [self.label(_text(node), lang) for name in _TELLING for node in said.get(name, ())]
        parts = [next(filter(None, kinds), ""), next(filter(None, subjects), "")]
        return ": ".join(filter(None, parts)) or iri.rpartition("/")[2]

    def source(self, article: str) -> tuple[tuple[str, str], ...]:
        """Return the name and the SHA-256 of an article's text, as one pair, if there is such an article."""
        said = {quad.predicate.value: _text(quad.object) for quad in self.about([article])}
        if LCK.sourceFile in said and LCK.sha256 in said:
            return ((said[LCK.sourceFile], said[LCK.sha256]),)
        return ()


def _text(node: object) -> str:
    return str(getattr(node, "value", node))
