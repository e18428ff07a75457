"""The record's triples as its files have them, to be looked up by subject and by object.

This goes past the store on purpose, as a dump does: a store rewrites the
spelling of numbers and narrows their types, and a document about a thing
shall say what the file says. Who refers to a thing, and what things are called,
the store knows as well; it is asked.

Ontology, code lists and registers are held parsed; articles' files are held
packed, so that a thousand of them fit.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Final, Self

import pyoxigraph as ox

from laichau_kg import _dump
from laichau_kg._journal import reading
from laichau_kg._packed import PackedFiles
from laichau_kg._terms import to_oxigraph
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
_NAMED: Final = 20_000  # things whose names are remembered

Ask = Callable[[str], Answer]


class Filed:
    """The triples of some files at one moment; never changed, so that many may read them at once.

    Args:
        files: Turtle files, each with the graph it is; all of them are read at once.
        context: The JSON-LD context to write them with.
        ask: Asks a store that holds the same triples; without one, *files* are all there is.
        engine: The store itself, where it is in this process.
        articles: Those of the files that are held packed. What they say is of their own facts: of things
            under `id/` whose slug begins with the graph's.

    Attributes:
        files: The same files.
        context: The same context.
        packed: The files of articles.

    Raises:
        TurtleError: a file is no valid Turtle.
    """

    def __init__(
        self,
        files: Sequence[tuple[Path, str]],
        context: Mapping[str, Any],
        *,
        ask: Ask | None = None,
        engine: ox.Store | None = None,
        articles: Iterable[str] = (),
    ) -> None:
        apart = frozenset(articles)
        self.files = tuple(files)
        self.context = context
        self.packed = PackedFiles([(path, graph) for path, graph in files if graph in apart], engine)
        lists = [(path, graph) for path, graph in files if graph not in apart]
        self._lists = PackedFiles(lists, engine)
        core = _dump.read_quads(lists)
        self._dataset = ox.Dataset(core)
        self._ask = ask
        self._engine = engine
        if ask is None and engine is None:
            self._engine = ox.Store()
            self._engine.extend(core)
        self._names = lru_cache(_NAMED)(self._read_names)

    @classmethod
    def of_record(cls, layout: Layout, ask: Ask, engine: ox.Store | None = None) -> Self:
        """Read all facts of a record, its ontology and its code lists.

        Args:
            layout: The record.
            ask: Asks its store.
            engine: The store itself, where it is in this process: it answers in microseconds.
        """
        with reading(layout):
            articles = [article_graph(path) for path in layout.article_files()]
            return cls(record_files(layout), _context(layout), ask=ask, engine=engine, articles=articles)

    @classmethod
    def of_shapes(cls, layout: Layout) -> Self:
        """Read a record's shapes."""
        graph = LCS.removesuffix("#")
        return cls([(path, graph) for path in layout.shape_files()], _context(layout))

    def __contains__(self, iri: object) -> bool:
        """Whether anything is said of the thing *iri*."""
        if self._engine is None:
            return bool(self.about([str(iri)]))
        return any(True for _ in self._engine.quads_for_pattern(ox.NamedNode(str(iri)), None, None))

    @property
    def quads(self) -> list[ox.Quad]:
        """All triples with the graphs they are in, sorted; put together anew each time."""
        articles = (quad for graph in self.packed for quad in self.graph(graph))
        return _dump.in_order([*self._dataset, *articles])

    def copy_to(self, folder: Path) -> list[tuple[str, str]]:
        """Write the files as they were read, each into a folder of its own; return their paths and graphs."""
        copies = []
        for number, (path, graph) in enumerate(self.files):
            copy = folder / f"{number}" / path.name
            copy.parent.mkdir()
            copy.write_bytes((self.packed if graph in self.packed else self._lists).text(graph))
            copies.append((f"{number}/{path.name}", graph))
        return copies

    def about(self, iris: Iterable[str]) -> list[ox.Quad]:
        """Return what is said of things."""
        found: list[ox.Quad] = []
        for iri in iris:
            found += self._dataset.quads_for_subject(ox.NamedNode(iri))
            graph = _graph_of(iri)
            if graph in self.packed:
                found += self.packed.about(graph, iri)
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

    def values(self, iri: str, property_: str) -> list[str]:
        """List the values of one property of a thing, numbers as the store spells them, sorted."""
        if self._engine is None:
            return [str(term) for term in self.said(iri).get(property_, ())]
        return sorted({_text(quad.object) for quad in self._match(iri, property_, None)})

    def instances(self, class_: str) -> list[str]:
        """List the IRIs of the instances of a class, sorted."""
        return self.subjects(RDF.type, class_)

    def subjects(self, property_: str, value: str) -> list[str]:
        """List the IRIs of what refers to a thing by one property, sorted."""
        found = {quad.subject for quad in self._match(None, property_, value)}
        return sorted(node.value for node in found if isinstance(node, ox.NamedNode))

    def referring(self, iri: str) -> list[ox.Quad]:
        """Return what of the things that have a name refers to a thing."""
        found = dict.fromkeys(self._match(None, None, iri))
        return [quad for quad in found if isinstance(quad.subject, ox.NamedNode)]

    def references(self, iri: str) -> list[tuple[str, str]]:
        """List what refers to a thing and by which property, evidence aside, sorted."""
        pairs = ((_text(quad.subject), quad.predicate.value) for quad in self.referring(iri))
        return sorted(pair for pair in pairs if "#char=" not in pair[0])

    def names(self, iris: Iterable[str]) -> list[ox.Quad]:
        """Return names and classes of things, without reading what speaks of them."""
        wanted = sorted(set(iris))
        skos, rdf = ox.NamedNode(_PREF_LABEL), ox.NamedNode(RDF.type)
        found = [
            ox.Quad(ox.NamedNode(iri), skos, ox.Literal(label, language=language))
            for iri in wanted
            for language in LANGUAGES
            if (label := self.label(iri, language))
        ]
        return found + [
            ox.Quad(ox.NamedNode(iri), rdf, ox.NamedNode(class_)) for iri, class_ in self._classes(wanted)
        ]

    def graph(self, iri: str) -> list[ox.Quad]:
        """Return the triples of a named graph."""
        name = ox.NamedNode(iri)
        if iri in self.packed:
            triples = self.packed.whole(iri)
            return [ox.Quad(quad.subject, quad.predicate, quad.object, name) for quad in triples]
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
        return sorted(filter(None, (self.label(class_, lang) for _, class_ in self._classes([iri]))))

    def things(self) -> list[str]:
        """List the IRIs of all things under `id/` that have a class, evidence aside, sorted."""
        found = {quad.subject for quad in self._match(None, RDF.type, None)}
        named = (node.value for node in found if isinstance(node, ox.NamedNode))
        return sorted(iri for iri in named if iri.startswith(ID) and "#" not in iri)

    def label(self, iri: str, lang: str) -> str:
        """Return the name of a thing in *lang*, or "" where it has none."""
        return self._names(iri).get(lang, "")

    def _read_names(self, iri: str) -> dict[str, str]:
        if self._engine is None:
            return self._all_names.get(iri, {})
        try:
            return _named(quad.object for quad in self._match(iri, _PREF_LABEL, None))
        except ValueError:  # no IRI names nothing
            return {}

    @cached_property
    def _all_names(self) -> dict[str, dict[str, str]]:
        """The names of all things: to ask a server for each by itself would take too long."""
        nodes: dict[str, list[object]] = {}
        for quad in self._match(None, _PREF_LABEL, None):
            nodes.setdefault(_text(quad.subject), []).append(quad.object)
        return {iri: _named(of_one) for iri, of_one in nodes.items()}

    def _classes(self, iris: Sequence[str]) -> list[tuple[str, str]]:
        """List things with their classes, those that have a name."""
        if self._engine is None:
            listed = " ".join(Iri(iri).n3() for iri in iris)
            found = self._triples(f"VALUES ?s {{ {listed} }} BIND (<{RDF.type}> AS ?p) ?s ?p ?o")
        else:
            found = [quad for iri in iris for quad in self._match(iri, RDF.type, None)]
        pairs = {
            (_text(quad.subject), quad.object.value)
            for quad in found
            if isinstance(quad.object, ox.NamedNode)
        }
        return sorted(pairs)

    def _match(self, subject: str | None, property_: str | None, value: str | None) -> Iterable[ox.Quad]:
        """Find triples in the store; what stands in several graphs comes several times, perhaps."""
        nodes = [None if iri is None else ox.NamedNode(iri) for iri in (subject, property_, value)]
        if self._engine is not None:
            found = self._engine.quads_for_pattern(*nodes)
            return (ox.Quad(quad.subject, quad.predicate, quad.object) for quad in found)
        bound = zip("spo", nodes, strict=True)
        return self._triples(
            " ".join([*(f"VALUES ?{name} {{ {node} }}" for name, node in bound if node), "?s ?p ?o"])
        )

    def _triples(self, pattern: str) -> list[ox.Quad]:
        """Ask for the triples that fit a pattern of ``?s``, ``?p`` and ``?o``, nameless nodes aside."""
        if self._ask is None:
            return []
        answer = self._ask(f"SELECT DISTINCT ?s ?p ?o WHERE {{ {pattern} }}")
        return [
            ox.Quad(ox.NamedNode(str(thing)), ox.NamedNode(str(property_)), to_oxigraph(value))
            for thing, property_, value in answer.rows
            if isinstance(thing, Iri) and value is not None
        ]

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


def _named(nodes: Iterable[object]) -> dict[str, str]:
    """Map languages to names; of several in one language the first in order."""
    names = sorted((node.language or "", node.value) for node in nodes if isinstance(node, ox.Literal))
    return dict(reversed(names))


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
