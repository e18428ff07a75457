"""What a document about one thing holds, and the forms it is handed on in.

It holds all that is said of the thing, the evidence of a fact, what refers to
it (up to `MOST_REFERENCES`; the first `MOST_DESCRIBED` facts among these, and the codes of a
code list, are told in full), names and types of all that
is mentioned, and a few words about the document itself.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import pyoxigraph as ox

from laichau_kg import _dump
from laichau_kg._filed import Filed
from laichau_kg._jsonld import write_jsonld
from laichau_kg.terms import Iri, Term
from laichau_kg.vocab import BASE, ID, LCK, PREFIXES, RDF

__all__ = ["FORMS", "MOST_REFERENCES", "Sheet", "sheet_about", "sheet_of", "sheet_of_triples"]

FORMS: Final = ("ttl", "jsonld", "nt", "rdf", "csv")
"""Suffixes of the forms of a sheet."""

MOST_REFERENCES: Final = 1000
MOST_DESCRIBED: Final = 50

_REGISTERED: Final = (
    "author", "document", "group", "indicator", "meeting", "organization", "person", "place", "post",
    "scheme",
)  # fmt: skip

_LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_DATASET = ID + "dataset/laichau-kg"
_EVIDENCE = (PREFIXES["prov"] + "wasDerivedFrom", LCK.mainEvidence, LCK.inferredFrom, LCK.statedIn)
_COLUMNS = (
    "subject", "property", "property_vi", "property_en", "value", "value_vi", "value_en", "datatype",
    "language",
)  # fmt: skip


@dataclass(frozen=True)
class Sheet:
    """Triples about something, ready to be written.

    Attributes:
        quads: The triples, in the default graph.
        filed: Where they are from; it knows the names of things.
        references: How many things refer to the thing; more than are listed, perhaps.
    """

    quads: tuple[ox.Quad, ...]
    filed: Filed
    references: int = 0

    def to(self, form: str) -> bytes:
        """Write the sheet as one of `FORMS`."""
        if form == "jsonld":
            return self._jsonld
        if form == "csv":
            return self._csv().encode()
        return _dump.serialize(self.quads, form)

    @cached_property
    def _jsonld(self) -> bytes:
        document = json.loads(write_jsonld(_dump.in_order(self.quads), self.filed.context))
        document["@context"] = _needed(document["@context"], document["@graph"])
        return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()

    def _csv(self) -> str:
        """Write one line a triple, with the names of property and value in both languages."""
        buffer = io.StringIO(newline="")
        writer = csv.writer(buffer)
        writer.writerow(_COLUMNS)
        label = self.filed.label
        for quad in _dump.in_order(self.quads):
            value = quad.object
            literal = value if isinstance(value, ox.Literal) else None
            property_, object_ = quad.predicate.value, _text(value)
            writer.writerow(
                (
                    _text(quad.subject),
                    property_,
                    label(property_, "vi"),
                    label(property_, "en"),
                    object_,
                    "" if literal else label(object_, "vi"),
                    "" if literal else label(object_, "en"),
                    literal.datatype.value if literal else "",
                    (literal.language or "") if literal else "",
                )
            )
        return buffer.getvalue()


def sheet_about(filed: Filed, iri: str, *, document: str, base: str) -> Sheet:
    """Make the sheet about one thing.

    Args:
        filed: The record's triples.
        iri: The thing.
        document: The address of the document that the sheet becomes.
        base: The address of the server, with its last slash; what is referred to is to be had there.
    """
    own = filed.about([iri])
    if iri.startswith(ID + "article/"):
        spans = [_text(quad.subject) for quad in filed.referring(iri) if "#char=" in _text(quad.subject)]
        own += filed.about(dict.fromkeys(spans))
        referring = [quad for quad in filed.referring(iri) if "#char=" not in _text(quad.subject)]
    else:
        spans = [_text(quad.object) for quad in own if quad.predicate.value in _EVIDENCE]
        own += filed.about(dict.fromkeys(spans))
        referring = filed.referring(iri)
    referring = sorted(referring, key=lambda quad: (_text(quad.subject), quad.predicate.value))
    quads = [*own, *referring[:MOST_REFERENCES]]
    topics = {iri, *spans}
    kind = iri.removeprefix(ID).partition("/")[0]
    if kind in _REGISTERED:
        named = dict.fromkeys(_text(quad.subject) for quad in referring)
        if kind == "scheme":  # its codes are few, and at hand
            described = list(named)[:MOST_REFERENCES]
        else:
            described = [name for name in named if "--" in name][:MOST_DESCRIBED]
        quads += filed.about(described)
        topics.update(described)
    quads += _names_of(filed, quads, topics)
    quads += _of_document(iri, document, base, left_out=len(referring) - MOST_REFERENCES)
    quads += _hops(quads, iri, base)
    return sheet_of(filed, quads, references=len(referring))


def sheet_of(filed: Filed, quads: Iterable[ox.Quad], *, references: int = 0) -> Sheet:
    """Make a sheet of triples as they are, each once."""
    triples = {quad.triple for quad in quads}
    return Sheet(
        tuple(_dump.in_order(ox.Quad(t.subject, t.predicate, t.object) for t in triples)), filed, references
    )


def sheet_of_triples(filed: Filed, triples: Iterable[tuple[Iri, Iri, Term]]) -> Sheet:
    """Make a sheet of triples that are not from the files."""
    text = "".join(
        f"{subject.n3()} {property_.n3()} {value.n3()} .\n" for subject, property_, value in triples
    )
    return sheet_of(filed, ox.parse(text.encode(), format=ox.RdfFormat.N_TRIPLES))


def _names_of(filed: Filed, quads: Iterable[ox.Quad], topics: set[str]) -> list[ox.Quad]:
    """Return names and classes of what the quads refer to, other than *topics*."""
    mentioned = {_text(node) for quad in quads for node in (quad.subject, quad.object) if _is_iri(node)}
    return filed.names(mentioned - topics)


def _of_document(iri: str, document: str, base: str, *, left_out: int) -> Iterator[ox.Quad]:
    pairs: list[tuple[str, Any]] = [
        (RDF.type, ox.NamedNode(PREFIXES["foaf"] + "Document")),
        (PREFIXES["foaf"] + "primaryTopic", ox.NamedNode(iri)),
        (PREFIXES["dcterms"] + "license", ox.NamedNode(_LICENCE)),
        (PREFIXES["void"] + "inDataset", ox.NamedNode(_DATASET)),
    ]
    if left_out > 0:
        pairs += [
            (PREFIXES["rdfs"] + "comment", ox.Literal(text.format(left_out), language=language))
            for language, text in _LEFT_OUT.items()
        ]
    for property_, value in pairs:
        yield _quad(document, property_, value)
    yield _quad(_DATASET, PREFIXES["void"] + "sparqlEndpoint", ox.NamedNode(base + "sparql"))


_LEFT_OUT = {
    "en": "{} more things refer to this one; the SPARQL endpoint lists them.",
    "vi": "Còn {} đối tượng khác nhắc đến đối tượng này; điểm truy vấn SPARQL liệt kê đủ.",
}


def _hops(quads: Iterable[ox.Quad], iri: str, base: str) -> Iterator[ox.Quad]:
    """Say where on this server the things are to be had, unless it stands at their canonical address."""
    if base == BASE:
        return
    mentioned = {_text(node) for quad in quads for node in (quad.subject, quad.object) if _is_iri(node)}
    for thing in sorted(mentioned - {iri}):
        if thing.startswith(ID) and "#" not in thing:
            address = ox.NamedNode(f"{base}doc/{thing.removeprefix(ID)}")
            yield _quad(thing, PREFIXES["rdfs"] + "seeAlso", address)


def _needed(context: Mapping[str, Any], graph: object) -> dict[str, Any]:
    """Keep of a context what a document uses."""
    wanted = {name for name in _names_in(graph) if name in context} | {"@version"}
    wanted |= {name for term in wanted for name in _names_in(context.get(term)) if name in context}
    return {name: meaning for name, meaning in context.items() if name in wanted}


def _names_in(node: object) -> Iterator[str]:
    """Yield all names that a context may give a meaning to: keys, and what stands before a colon."""
    if isinstance(node, Mapping):
        for key, value in node.items():
            yield key
            yield from _names_in(key)
            yield from _names_in(value)
    elif isinstance(node, list):
        for value in node:
            yield from _names_in(value)
    elif isinstance(node, str) and ":" in node:
        yield node.partition(":")[0]


def _quad(subject: str, predicate: str, value: Any) -> ox.Quad:
    return ox.Quad(ox.NamedNode(subject), ox.NamedNode(predicate), value)


def _is_iri(node: object) -> bool:
    return isinstance(node, ox.NamedNode)


def _text(node: object) -> str:
    return str(getattr(node, "value", node))
