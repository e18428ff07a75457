"""What the SPARQL endpoint says of itself: SPARQL 1.1 Service Description, with VoID for what it holds."""

from collections.abc import Iterator
from functools import partial
from typing import Final

from laichau_kg import _dump
from laichau_kg.answers import GraphAnswer
from laichau_kg.dataset import DATASET, describe, to_ntriples
from laichau_kg.terms import XSD, Iri, Literal, Term
from laichau_kg.vocab import PREFIXES, RDF
from laichau_kg.web.service import Service

__all__ = ["FORMS", "write_description"]

FORMS: Final = ("ttl", "jsonld", "nt", "rdf")
"""The forms in which it can be had, the first being preferred."""

_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_RESULTS: Final = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "JSON-LD",
    "N-Triples",
    "RDF_XML",
    "TriG",
)

_Triple = tuple[Iri, Iri, Term]


def write_description(service: Service, form: str) -> bytes:
    """Write the description in one of `FORMS`."""
    statistics = service.dumps.statistics
    endpoint = Iri(service.url("/sparql"))
    triples = [*_service(endpoint), *describe(statistics), (Iri(DATASET), _void("sparqlEndpoint"), endpoint)]
    triples += _graphs(endpoint, statistics.graphs, statistics.triples)
    unique = sorted(dict.fromkeys(triples), key=lambda triple: [term.n3() for term in triple])
    if form == "jsonld":
        return GraphAnswer(tuple(unique)).to(form).encode()
    text = to_ntriples(unique)
    return _dump.serialize(_dump.parse_ntriples(text, endpoint.value), form)


def _service(endpoint: Iri) -> Iterator[_Triple]:
    say = partial(_say, endpoint)
    yield say(RDF + "type", Iri(_SD + "Service"))
    yield say(_SD + "endpoint", endpoint)
    yield say(_SD + "supportedLanguage", Iri(_SD + "SPARQL11Query"))
    yield say(_SD + "feature", Iri(_SD + "UnionDefaultGraph"))
    yield say(_SD + "defaultEntailmentRegime", Iri("http://www.w3.org/ns/entailment/Simple"))
    for name in _RESULTS:
        yield say(_SD + "resultFormat", Iri("http://www.w3.org/ns/formats/" + name))
    yield say(_SD + "defaultDataset", Iri(f"{endpoint.value}#dataset"))


def _graphs(endpoint: Iri, graphs: tuple[str, ...], triples: int) -> Iterator[_Triple]:
    """Tell of the default graph, which is the union of all, and of each named one."""
    say = partial(_say, Iri(f"{endpoint.value}#dataset"))
    union = Iri(f"{endpoint.value}#default-graph")
    yield say(RDF + "type", Iri(_SD + "Dataset"))
    yield say(_SD + "defaultGraph", union)
    yield _say(union, RDF + "type", Iri(_SD + "Graph"))
    yield _say(union, RDF + "type", _void("Dataset"))
    yield union, _void("triples"), Literal(str(triples), XSD + "integer")
    for graph in graphs:
        named = Iri(f"{endpoint.value}#graph-{graph.rpartition('/')[2]}")
        yield say(_SD + "namedGraph", named)
        yield _say(named, RDF + "type", Iri(_SD + "NamedGraph"))
        yield _say(named, _SD + "name", Iri(graph))


def _say(subject: Iri, predicate: str, value: Term) -> _Triple:
    return subject, Iri(predicate), value


def _void(name: str) -> Iri:
    return Iri(PREFIXES["void"] + name)
