"""The record's triples as its files have them, to be looked up by subject and by object.

This goes past the store on purpose, as a dump does: a store rewrites the
spelling of numbers and narrows their types, and a document about a thing
shall say what the file says. Who refers to a thing, and what things are called,
the store knows as well; it is asked.

Ontology, code lists and registers are held parsed. Articles' files are held
packed and parsed when one of their facts is asked for, so that a thousand of
them fit.
"""

import json
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Final, Self

import pyoxigraph as ox

from laichau_kg import _dump
from laichau_kg._journal import reading
from laichau_kg.answers import Answer
from laichau_kg.layout import Layout
from laichau_kg.queries import LANGUAGES
from laichau_kg.store import article_graph, record_files
from laichau_kg.terms import BlankNode, Iri, Literal, Term
from laichau_kg.vocab import BASE, GRAPH, ID, LCK, LCS, PREFIXES, RDF

__all__ = ["Filed"]

_PREF_LABEL = PREFIXES["skos"] + "prefLabel"
_DESCRIPTION = PREFIXES["dcterms"] + "description"
_TELLING: Final = (
    PREFIXES["org"] + "member", LCK.participant, LCK.cites, LCK.indicator, LCK.post, LCK.meeting,
)  # fmt: skip
_PARSED: Final = 128  # articles that are held parsed

Ask = Callable[[str], Answer]


class Filed:
    """The triples of some files at one moment; never changed, so that many may read them at once.

    Args:
        files: Turtle files, each with the graph it is; all of them are read at once.
        context: The JSON-LD context to write them with.
        ask: Asks a store that holds the same triples; without one, *files* are all there is.
        articles: Those of the files that are held packed. What they say is of their own facts: of things
            under `id/` whose slug begins with the graph's.

    Attributes:
        files: The same files.
        context: The same context.

    Raises:
        TurtleError: a file is no valid Turtle.
    """

    def __init__(
        self,
        files: Sequence[tuple[Path, str]],
        context: Mapping[str, Any],
        *,
        ask: Ask | None = None,
        articles: Iterable[str] = (),
    ) -> None:
        apart = frozenset(articles)
        self.files = tuple(files)
        self.context = context
        self._ask = ask
        self._core = _dump.read_quads([(path, graph) for path, graph in files if graph not in apart])
        self._dataset = ox.Dataset(self._core)
        self._packed = {graph: zlib.compress(path.read_bytes(), 1) for path, graph in files if graph in apart}
        self._parsed = lru_cache(_PARSED)(self._parse)

    @classmethod
    def of_record(cls, layout: Layout, ask: Ask) -> Self:
        """Read all facts of a record, its ontology and its code lists; *ask* asks its store."""
        with reading(layout):
            articles = [article_graph(path) for path in layout.article_files()]
            return cls(record_files(layout), _context(layout), ask=ask, articles=articles)

    @classmethod
    def of_shapes(cls, layout: Layout) -> Self:
        """Read a record's shapes."""
        graph = LCS.removesuffix("#")
        return cls([(path, graph) for path in layout.shape_files()], _context(layout))

    def __contains__(self, iri: object) -> bool:
        """Whether anything is said of the thing *iri*."""
        return bool(self.about([str(iri)]))

    @property
    def quads(self) -> list[ox.Quad]:
        """All triples with the graphs they are in, sorted; put together anew each time."""
        return _dump.in_order([*self._core, *(quad for graph in self._packed for quad in self.graph(graph))])

    def about(self, iris: Iterable[str]) -> list[ox.Quad]:
        """Return what is said of things."""
        found: list[ox.Quad] = []
        for iri in iris:
            node = ox.NamedNode(iri)
            found += self._dataset.quads_for_subject(node)
            graph = _graph_of(iri)
            if graph in self._packed:
                found += self._parsed(graph).quads_for_subject(node)
        return found

    def closure(self, iris: Iterable[str]) -> list[ox.Quad]:
        """Return what is said of things, and of the nameless nodes that this leads to."""
        found = self.about(iris)
        for quad in found:  # grows while it is gone through; a nameless node is never said twice
            if isinstance(quad.object, ox.BlankNode):
                found += self._dataset.quads_for_subject(quad.object)
        return found

    def said(self, iri: str) -> dict[str, list[Term]]:
        """Return the values of each property of a thing or a nameless node, spelled as in the file."""
        if iri.startswith("_:"):
            quads = list(self._dataset.quads_for_subject(ox.BlankNode(iri.removeprefix("_:"))))
        else:
            quads = self.about([iri])
        said: dict[str, list[Term]] = {}
        for quad in sorted(quads, key=str):
            said.setdefault(quad.predicate.value, []).append(_term(quad.object))
        return said

    def instances(self, class_: str) -> list[str]:
        """List the IRIs of the instances of a class, sorted."""
        return self.subjects(RDF.type, class_)

    def subjects(self, property_: str, value: str) -> list[str]:
        """List the IRIs of what refers to a thing by one property, sorted."""
        return sorted(
            {_text(quad.subject) for quad in self.referring(value) if quad.predicate.value == property_}
        )

    def referring(self, iri: str) -> list[ox.Quad]:
        """Return what of the things that have a name refers to a thing."""
        node = ox.NamedNode(iri)
        if self._ask is None:
            quads = self._dataset.quads_for_object(node)
            return [quad for quad in quads if isinstance(quad.subject, ox.NamedNode)]
        answer = self._ask(f"SELECT DISTINCT ?thing ?property WHERE {{ ?thing ?property {Iri(iri).n3()} }}")
        return [
            ox.Quad(ox.NamedNode(str(thing)), ox.NamedNode(str(property_)), node)
            for thing, property_ in answer.rows
            if isinstance(thing, Iri)
        ]

    def references(self, iri: str) -> list[tuple[str, str]]:
        """List what refers to a thing and by which property, evidence aside, sorted."""
        pairs = ((_text(quad.subject), quad.predicate.value) for quad in self.referring(iri))
        return sorted(pair for pair in pairs if "#char=" not in pair[0])

    def names(self, iris: Iterable[str]) -> list[ox.Quad]:
        """Return names and classes of things, without parsing what speaks of them."""
        wanted = sorted(set(iris))
        skos, rdf = ox.NamedNode(_PREF_LABEL), ox.NamedNode(RDF.type)
        found = [
            ox.Quad(ox.NamedNode(iri), skos, ox.Literal(label, language=language))
            for iri in wanted
            for language in LANGUAGES
            if (label := self.label(iri, language))
        ]
        if self._ask is None:
            return found + [quad for quad in self.about(wanted) if quad.predicate == rdf]
        listed = " ".join(Iri(iri).n3() for iri in wanted)
        answer = self._ask(
            f"SELECT DISTINCT ?thing ?class WHERE {{ VALUES ?thing {{ {listed} }} ?thing a ?class }}"
        )
        return found + [
            ox.Quad(ox.NamedNode(str(thing)), rdf, ox.NamedNode(str(class_)))
            for thing, class_ in answer.rows
            if isinstance(class_, Iri)
        ]

    def graph(self, iri: str) -> list[ox.Quad]:
        """Return the triples of a named graph."""
        name = ox.NamedNode(iri)
        if iri in self._packed:
            return [ox.Quad(quad.subject, quad.predicate, quad.object, name) for quad in self._parsed(iri)]
        return list(self._dataset.quads_for_graph_name(name))

    def graphs(self) -> list[str]:
        """List the named graphs, sorted."""
        return sorted({graph for _, graph in self.files})

    def members(self, graph: str) -> list[str]:
        """List the IRIs that a named graph says something of, evidence aside, sorted."""
        subjects = {_text(quad.subject) for quad in self.graph(graph)}
        return sorted(iri for iri in subjects if iri.startswith(BASE) and "#char=" not in iri)

    def kinds(self, iri: str, lang: str) -> list[str]:
        """Return the names of a thing's classes in *lang*, those that have one."""
        types = [_text(quad.object) for quad in self.about([iri]) if quad.predicate.value == RDF.type]
        return sorted(filter(None, (self.label(name, lang) for name in types)))

    def things(self) -> list[str]:
        """List the IRIs of all things under `id/` that have a class, evidence aside, sorted."""
        if self._ask is None:
            return []
        answer = self._ask(
            f"SELECT DISTINCT ?thing WHERE {{ ?thing a ?class . "
            f'FILTER (STRSTARTS(STR(?thing), "{ID}") && !CONTAINS(STR(?thing), "#")) }}'
        )
        return sorted(str(thing) for (thing,) in answer.rows)

    def label(self, iri: str, lang: str) -> str:
        """Return the name of a thing in *lang*, or "" where it has none."""
        return self._labels.get((iri, lang), "")

    @cached_property
    def _labels(self) -> dict[tuple[str, str], str]:
        if self._ask is None:
            quads = self._dataset.quads_for_predicate(ox.NamedNode(_PREF_LABEL))
            pairs = [(_text(quad.subject), _term(quad.object)) for quad in quads]
        else:
            answer = self._ask(f"SELECT DISTINCT ?thing ?label WHERE {{ ?thing <{_PREF_LABEL}> ?label }}")
            pairs = [(str(thing), label) for thing, label in answer.rows if label is not None]
        labels: dict[tuple[str, str], str] = {}
        for thing, label in sorted(pairs, key=str):
            if isinstance(label, Literal):
                labels.setdefault((thing, label.language), label.value)
        return labels

    def _parse(self, graph: str) -> ox.Dataset:
        """Parse a packed file; its triples are in the default graph, for to name it costs as much again."""
        return ox.Dataset(ox.parse(zlib.decompress(self._packed[graph]), format=ox.RdfFormat.TURTLE))

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


def _graph_of(iri: str) -> str:
    """Name the article's graph that would speak of a thing: its slug begins with the article's."""
    slug = iri.removeprefix(ID).partition("/")[2]
    return GRAPH + slug.partition("#")[0].partition("--")[0]


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
