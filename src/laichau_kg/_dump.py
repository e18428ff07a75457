"""Read the record's files as they are and write them as one dump.

This goes past the store on purpose: an Oxigraph store rewrites the spelling
of numbers (`47.20` becomes `47.2`), and a dump shall lose nothing.
"""

import io
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final, cast

import pyoxigraph as ox

from laichau_kg.errors import TurtleError
from laichau_kg.vocab import ID, LCK, PREFIXES, RDF

__all__ = [
    "FORMATS",
    "Counting",
    "Statistics",
    "in_order",
    "measure",
    "namespaces",
    "parse_ntriples",
    "read_blocks",
    "read_quads",
    "serialize",
    "stream",
    "triple_order",
    "used_prefixes",
]

FORMATS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "rdf": ox.RdfFormat.RDF_XML,
}
_QUAD_FORMS = ("nq", "trig")
_ISSUED = PREFIXES["dcterms"] + "issued"
_DAYS = (LCK.firstDay, LCK.lastDay)
_HEAD: Final = 1 << 16  # bytes in which the prefixes stand
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


def measure(quads: Iterable[ox.Quad]) -> Statistics:
    """Count what *quads* hold."""
    counting = Counting()
    graphs: set[str] = set()
    triples: set[ox.Triple] = set()
    for quad in quads:
        triples.add(quad.triple)
        if isinstance(quad.graph_name, ox.NamedNode):
            graphs.add(quad.graph_name.value)
    for triple in triples:
        counting.take(triple)
    return counting.statistics(graphs)


class Counting:
    """Counts triples one by one; of what is large it remembers hashes only."""

    def __init__(self) -> None:
        self._triples = 0
        self._subjects: set[int] = set()
        self._entities: set[int] = set()
        self._objects: set[int] = set()
        self._properties: Counter[str] = Counter()
        self._classes: Counter[str] = Counter()
        self._articles: set[str] = set()
        self._spoken_of: set[str] = set()
        self._days: dict[str, dict[str, list[str]]] = {name: {} for name in (_ISSUED, *_DAYS)}

    def take(self, triple: Any) -> None:
        """Count a triple that has not been counted yet."""
        subject, property_, value = triple.subject, triple.predicate.value, triple.object
        self._triples += 1
        self._subjects.add(hash(subject))
        if _value(subject).startswith(ID):
            self._entities.add(hash(subject))
        self._objects.add(hash(value))
        self._properties[property_] += 1
        if property_ == RDF.type and isinstance(value, ox.NamedNode):
            self._classes[value.value] += 1
            if value.value == LCK.Article:
                self._articles.add(_value(subject))
        elif property_ == LCK.period:
            self._spoken_of.add(_value(value))
        elif property_ in self._days:
            self._days[property_].setdefault(_value(subject), []).append(_value(value))

    def statistics(self, graphs: Iterable[str]) -> Statistics:
        """Give what was counted, which is in these graphs."""

        def days(property_: str, things: Iterable[str]) -> list[str]:
            held = self._days[property_]
            return [day for thing in things for day in held.get(thing, ())]

        return Statistics(
            triples=self._triples,
            entities=len(self._entities),
            subjects=len(self._subjects),
            objects=len(self._objects),
            properties=dict(sorted(self._properties.items())),
            classes=dict(sorted(self._classes.items())),
            graphs=tuple(sorted(graphs)),
            newest=max(days(_ISSUED, self._articles), default=""),
            first_day=min(days(LCK.firstDay, self._spoken_of), default=""),
            last_day=max(days(LCK.lastDay, self._spoken_of), default=""),
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
    rows: list[ox.Quad] | list[ox.Triple] = ordered
    if form not in _QUAD_FORMS:
        rows = list(dict.fromkeys(quad.triple for quad in sorted(ordered, key=triple_order)))
    buffer = io.BytesIO()
    stream(rows, form, buffer, used_prefixes(namespaces(ordered)))
    return buffer.getvalue()


def stream(
    rows: Iterable[ox.Quad] | Iterable[ox.Triple], form: str, file: IO[bytes], prefixes: Mapping[str, str]
) -> None:
    """Write *rows*, which are in order, to a file."""
    head = _Headed(file, form)
    ox.serialize(rows, cast("IO[bytes]", head), format=FORMATS[form], prefixes=dict(prefixes))
    head.end()


def namespaces(quads: Iterable[ox.Quad]) -> set[str]:
    """Collect what all names in *quads* begin with, up to their last slash or number sign."""
    names = {_value(node) for quad in quads for node in quad}
    names |= {quad.object.datatype.value for quad in quads if isinstance(quad.object, ox.Literal)}
    return {name[: max(name.rfind("/"), name.rfind("#")) + 1] for name in names}


def used_prefixes(namespaces: Iterable[str]) -> dict[str, str]:
    """Return the repository's prefixes that serve names of these beginnings."""
    begun = sorted(set(namespaces))
    return {prefix: iri for prefix, iri in PREFIXES.items() if any(name.startswith(iri) for name in begun)}


class _Headed:
    """A file whose head, where the prefixes are, is put in order before it is written."""

    def __init__(self, file: IO[bytes], form: str) -> None:
        self._file = file
        self._form = form
        self._head: bytearray | None = bytearray()

    def write(self, content: bytes) -> int:
        """Write, or wait until the head is whole."""
        if self._head is None:
            return self._file.write(content)
        self._head += content
        if len(self._head) > _HEAD:
            self.end()
        return len(content)

    def flush(self) -> None:
        """Do nothing: `end` writes what waits."""

    def end(self) -> None:
        """Write the head."""
        if self._head is not None:
            self._file.write(_with_sorted_head(bytes(self._head), self._form))
            self._head = None


def _with_sorted_head(written: bytes, form: str) -> bytes:
    """Put the prefixes in order, for Oxigraph writes them as its table has them; the end may be missing."""
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
    return (str(quad.graph_name), *triple_order(quad))


def triple_order(quad: ox.Quad) -> tuple[str, str, str]:
    predicate = quad.predicate.value
    return str(quad.subject), "" if predicate == RDF.type else predicate, str(quad.object)


def _value(node: Any) -> str:
    return str(getattr(node, "value", node))
