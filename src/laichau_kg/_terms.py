"""Terms, converted between the libraries and ours: the only place where that is done."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pyoxigraph as ox

from laichau_kg.answers import Answer, AnyAnswer, BooleanAnswer, GraphAnswer, Row, Triple
from laichau_kg.errors import StoreError, TurtleError
from laichau_kg.terms import BlankNode, Iri, Literal, Term

if TYPE_CHECKING:
    from rdflib.query import Result
    from rdflib.term import Node

__all__ = [
    "TermCache",
    "from_oxigraph",
    "from_rdflib",
    "rdflib_answer",
    "read_graph",
    "to_ntriples",
    "to_oxigraph",
    "to_rdflib",
]

OxTerm = ox.NamedNode | ox.BlankNode | ox.Literal

_MOST_CACHED = 50_000


def from_oxigraph(term: object) -> Term:
    """Convert a term of pyoxigraph; numbers are made canonical."""
    if isinstance(term, ox.NamedNode):
        return Iri(term.value)
    if isinstance(term, ox.Literal):
        if term.language:
            return Literal(term.value, language=term.language)
        return Literal(term.value, term.datatype.value).canonical()
    if isinstance(term, ox.BlankNode):
        return BlankNode(term.value)
    raise StoreError(f"The answer holds {term}: triples as terms (RDF 1.2) are not supported.")


def to_oxigraph(term: Term) -> OxTerm:
    """Convert a term to pyoxigraph's."""
    if isinstance(term, Iri):
        return ox.NamedNode(term.value)
    if isinstance(term, BlankNode):
        return ox.BlankNode(term.value)
    if term.language:
        return ox.Literal(term.value, language=term.language)
    return ox.Literal(term.value, datatype=ox.NamedNode(term.datatype))


class TermCache:
    """Converts pyoxigraph's answers, and remembers terms: the same ones come again and again.

    Converting a term costs about as much as ten look-ups; labels, articles
    and codes recur in every answer.
    """

    def __init__(self) -> None:
        self._known: dict[object, Term] = {}

    def answer(self, result: ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean) -> AnyAnswer:
        """Read a whole result of pyoxigraph."""
        if isinstance(result, ox.QuerySolutions):
            return Answer(tuple(variable.value for variable in result.variables), self._rows(result))
        if isinstance(result, ox.QueryTriples):
            return GraphAnswer(_sorted_triples(result))
        return BooleanAnswer(value=bool(result))

    def _rows(self, solutions: ox.QuerySolutions) -> tuple[Row, ...]:
        known = self._known
        if len(known) > _MOST_CACHED:
            known.clear()
        find = known.get
        rows = []
        for solution in solutions:
            row = []
            for term in solution:
                ours = find(term)
                if ours is None and term is not None:
                    ours = known[term] = from_oxigraph(term)
                row.append(ours)
            rows.append(tuple(row))
        return tuple(rows)


def to_ntriples(turtle: bytes, *, source: str) -> bytes:
    """Rewrite Turtle as N-Triples.

    Raises:
        TurtleError: *turtle* is no valid Turtle; *source* names it.
    """
    try:
        triples = [quad.triple for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE)]
    except SyntaxError as error:
        raise TurtleError(str(error.msg), path=source, line=error.lineno, column=error.offset) from error
    return ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""


def read_graph(text: bytes) -> GraphAnswer:
    """Read N-Triples (as Turtle, for some servers abbreviate).

    Raises:
        ValueError: the text is not whole, or not this format.
    """
    try:
        return GraphAnswer(
            _sorted_triples(quad.triple for quad in ox.parse(text, format=ox.RdfFormat.TURTLE))
        )
    except SyntaxError as error:
        raise ValueError(str(error)) from error


def _sorted_triples(triples: Iterable[ox.Triple]) -> tuple[Triple, ...]:
    ours = {
        (from_oxigraph(triple.subject), from_oxigraph(triple.predicate), from_oxigraph(triple.object))
        for triple in triples
    }
    return tuple(sorted(ours, key=lambda triple: [term.n3() for term in triple]))  # type: ignore[arg-type]


def from_rdflib(node: "Node") -> Term:
    """Convert a term of rdflib; numbers are made canonical."""
    from rdflib import term as rdf  # noqa: PLC0415 - slow to import; only callers with rdflib code come here

    if isinstance(node, rdf.URIRef):
        return Iri(str(node))
    if isinstance(node, rdf.BNode):
        return BlankNode(str(node))
    if not isinstance(node, rdf.Literal):
        raise TypeError(f"{node!r} is no RDF 1.1 term")
    if node.language:
        return Literal(str(node), language=node.language.lower())
    return Literal(str(node), str(node.datatype)).canonical() if node.datatype else Literal(str(node))


def to_rdflib(term: Term) -> "Node":
    """Convert a term to rdflib's; a literal keeps its spelling."""
    from rdflib import term as rdf  # noqa: PLC0415 - as above

    if isinstance(term, Iri):
        return rdf.URIRef(term.value)
    if isinstance(term, BlankNode):
        return rdf.BNode(term.value)
    if term.language:
        return rdf.Literal(term.value, lang=term.language)
    return rdf.Literal(term.value, datatype=rdf.URIRef(term.datatype), normalize=False)


def rdflib_answer(result: "Result") -> AnyAnswer:
    """Read a whole result of rdflib."""
    if result.type == "ASK":
        return BooleanAnswer(value=bool(result.askAnswer))
    if result.type == "SELECT":
        columns = tuple(str(variable) for variable in result.vars or ())
        rows = tuple(
            tuple([None if node is None else from_rdflib(node) for node in row])  # type: ignore[union-attr]
            for row in result
        )
        return Answer(columns, rows)
    triples = {tuple(map(from_rdflib, triple)) for triple in result.graph or ()}
    return GraphAnswer(tuple(sorted(triples, key=lambda triple: [term.n3() for term in triple])))  # type: ignore[arg-type]
