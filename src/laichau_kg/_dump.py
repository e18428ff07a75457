"""Read the record's files as they are and write them as one dump.

This goes past the store on purpose: an Oxigraph store rewrites the spelling
of numbers (`47.20` becomes `47.2`), and a dump shall lose nothing.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from laichau_kg.errors import TurtleError
from laichau_kg.vocab import ID, LCK, PREFIXES, RDF

__all__ = [
    "Statistics",
    "in_order",
    "measure",
    "parse_ntriples",
    "read_blocks",
    "read_quads",
    "serialize",
]

_FORMATS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "rdf": ox.RdfFormat.RDF_XML,
}
_QUAD_FORMS = ("nq", "trig")
_XMLN = re.compile(rb' xmlns:[\w.-]+="[^"]*"')
_XMLNS = re.compile(rb'(?: xmlns:[\w.-]+="[^"]*")+')


@dataclass(frozen=True, slots=True)
class Statistics:
    """What a data set holds, as VoID counts it.

    Attributes:
        triples: Distinct triples, whatever graphs they are in.
        entities: Things of ours, that is subjects under our `id/`.
        subjects: Distinct subjects.
        objects: Distinct objects.
        properties: How many triples each property has.
        classes: How many instances each class has.
        graphs: The named graphs.
        newest: The newest day on which an article was published, or "".
        first_day: The earliest day of a period that a figure is about, or "".
        last_day: The latest such day, or "".
    """

    triples: int
    entities: int
    subjects: int
    objects: int
    properties: dict[str, int]
    classes: dict[str, int]
    graphs: tuple[str, ...]
    newest: str
    first_day: str
    last_day: str


def read_quads(files: Iterable[tuple[Path, str]]) -> list[ox.Quad]:
    """Read *files*, each the named graph whose IRI comes with it, sorted by graph and triple.

    The ontology's blank nodes get labels by RDFC-1.0, so that two readings
    are equal byte for byte.

    Raises:
        TurtleError: a file is no valid Turtle.
    """
    quads: list[ox.Quad] = []
    for path, graph in files:
        name = ox.NamedNode(graph)
        parsed = _parse(path)
        if any(isinstance(node, ox.BlankNode) for quad in parsed for node in (quad.subject, quad.object)):
            parsed = _with_stable_labels(parsed, path.stem)
        quads += [ox.Quad(quad.subject, quad.predicate, quad.object, name) for quad in parsed]
    return sorted(set(quads), key=_order)


def read_blocks(path: Path) -> dict[str, dict[str, list[str]]]:
    """Read one file as subjects with their properties and the values of these, all as text.

    Raises:
        TurtleError: the file is no valid Turtle.
    """
    blocks: dict[str, dict[str, list[str]]] = {}
    for quad in _parse(path):
        values = blocks.setdefault(_value(quad.subject), {}).setdefault(quad.predicate.value, [])
        values.append(_value(quad.object))
    return blocks


def measure(quads: Sequence[ox.Quad]) -> Statistics:
    """Count what *quads* hold."""
    triples = {quad.triple for quad in quads}
    types = [triple for triple in triples if triple.predicate.value == RDF.type]
    by_property: dict[str, dict[str, list[str]]] = {}
    wanted = {PREFIXES["dcterms"] + "issued", LCK.period, LCK.firstDay, LCK.lastDay}
    for triple in triples:
        if triple.predicate.value in wanted:
            values = by_property.setdefault(triple.predicate.value, {}).setdefault(_value(triple.subject), [])
            values.append(_value(triple.object))

    def days(property_: str) -> list[str]:
        spoken_of = {period for periods in by_property.get(LCK.period, {}).values() for period in periods}
        held = by_property.get(property_, {})
        return [day for period in spoken_of for day in held.get(period, ())]

    articles = [_value(triple.subject) for triple in types if _value(triple.object) == LCK.Article]
    issued = by_property.get(PREFIXES["dcterms"] + "issued", {})
    return Statistics(
        triples=len(triples),
        entities=len({t.subject for t in triples if _value(t.subject).startswith(ID)}),
        subjects=len({triple.subject for triple in triples}),
        objects=len({triple.object for triple in triples}),
        properties=dict(sorted(Counter(triple.predicate.value for triple in triples).items())),
        classes=dict(
            sorted(Counter(t.object.value for t in types if isinstance(t.object, ox.NamedNode)).items())
        ),
        graphs=tuple(
            sorted({quad.graph_name.value for quad in quads if isinstance(quad.graph_name, ox.NamedNode)})
        ),
        newest=max((day for article in articles for day in issued.get(article, ())), default=""),
        first_day=min(days(LCK.firstDay), default=""),
        last_day=max(days(LCK.lastDay), default=""),
    )


def parse_ntriples(text: str, graph: str) -> list[ox.Quad]:
    """Read N-Triples text as quads of the named graph *graph*."""
    name = ox.NamedNode(graph)
    triples = ox.parse(text.encode(), format=ox.RdfFormat.N_TRIPLES)
    return [ox.Quad(quad.subject, quad.predicate, quad.object, name) for quad in triples]


def in_order(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """Sort quads by graph, subject and predicate."""
    return sorted(quads, key=_order)


def serialize(quads: Iterable[ox.Quad], form: str) -> bytes:
    """Write *quads* as ttl, nt, nq, trig or rdf; a form without graphs gets the triples of their union."""
    ordered = sorted(quads, key=_order)
    used = {_value(node) for quad in ordered for node in quad}
    used |= {quad.object.datatype.value for quad in ordered if isinstance(quad.object, ox.Literal)}
    prefixes = {prefix: iri for prefix, iri in PREFIXES.items() if any(name.startswith(iri) for name in used)}
    rows: list[ox.Quad] | list[ox.Triple] = ordered
    if form not in _QUAD_FORMS:
        rows = list(dict.fromkeys(quad.triple for quad in sorted(ordered, key=_triple_order)))
    written = ox.serialize(rows, format=_FORMATS[form], prefixes=prefixes) or b""
    return _with_sorted_head(written, form)


def _with_sorted_head(written: bytes, form: str) -> bytes:
    """Put the prefixes in order, for Oxigraph writes them as its hash table has them."""
    if form in ("ttl", "trig"):
        lines = written.splitlines(keepends=True)
        head = [line for line in lines if line.startswith(b"@prefix ")]
        return b"".join(sorted(head) + lines[len(head) :])
    if form == "rdf":
        return _XMLNS.sub(lambda found: b"".join(sorted(_XMLN.findall(found[0]))), written, count=1)
    return written


def _parse(path: Path) -> list[ox.Quad]:
    try:
        return list(ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE))
    except SyntaxError as error:
        raise TurtleError(str(error.msg), path=str(path), line=error.lineno, column=error.offset) from error


def _with_stable_labels(parsed: Sequence[ox.Quad], stem: str) -> list[ox.Quad]:
    dataset = ox.Dataset(parsed)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)

    return [ox.Quad(_renamed(q.subject, stem), q.predicate, _renamed(q.object, stem)) for q in dataset]


def _renamed(node: Any, stem: str) -> Any:
    return ox.BlankNode(f"{stem}-{node.value}") if isinstance(node, ox.BlankNode) else node


def _order(quad: ox.Quad) -> tuple[str, str, str, str]:
    return (str(quad.graph_name), *_triple_order(quad))


def _triple_order(quad: ox.Quad) -> tuple[str, str, str]:
    predicate = quad.predicate.value
    return str(quad.subject), "" if predicate == RDF.type else predicate, str(quad.object)


def _value(node: Any) -> str:
    return str(getattr(node, "value", node))
