"""The data set described to catalogues: DCAT 3 for what it is and where, VoID for what it holds.

Nothing in the description depends on the clock or the machine: the version
is the package's, the date the newest article's.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Final

from laichau_kg.terms import XSD, Iri, Literal, Term
from laichau_kg.vocab import BASE, GRAPH, ID, PREFIXES

if TYPE_CHECKING:
    from laichau_kg._dump import Statistics

__all__ = [
    "DATASET",
    "DATASET_GRAPH",
    "MEDIA_TYPES",
    "Distribution",
    "describe",
    "describe_bytes",
    "to_ntriples",
    "to_turtle",
]

DATASET = ID + "dataset/laichau-kg"
DATASET_GRAPH = GRAPH + "dataset"

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MEDIA_TYPES: Final[Mapping[str, str]] = {
    "ttl": "text/turtle",
    "trig": "application/trig",
    "nt": "application/n-triples",
    "nq": "application/n-quads",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
    "csv": "text/csv",
    "json": "application/json",
    "popolo.json": "application/json",
    "ftm.json": "application/x-ndjson",
    "sdmx.csv": "text/csv",
    "sdmx.json": "application/json",
    "gexf": "application/xml",
    "graphml": "application/xml",
    "met.gexf": "application/xml",
    "met.graphml": "application/xml",
    "xlsx": _XLSX,
}
"""The media type of each form; IANA has registered none for GEXF, GraphML and lines of JSON."""

_UNREGISTERED = {"application/x-ndjson"}
_GEXF = "https://gexf.net/1.3"
_GRAPHML = "http://graphml.graphdrawing.org/xmlns"
_STANDARDS = {
    "popolo.json": "http://www.popoloproject.com/specs/",
    "ftm.json": "https://followthemoney.tech/explorer/",
    "sdmx.csv": "https://github.com/sdmx-twg/sdmx-csv",
    "sdmx.json": "https://json.sdmx.org/2.0.0/sdmx-json-structure-schema.json",
    "gexf": _GEXF,
    "met.gexf": _GEXF,
    "graphml": _GRAPHML,
    "met.graphml": _GRAPHML,
}
_FEATURES = {
    "ttl": "http://www.w3.org/ns/formats/Turtle",
    "trig": "http://www.w3.org/ns/formats/TriG",
    "nt": "http://www.w3.org/ns/formats/N-Triples",
    "nq": "http://www.w3.org/ns/formats/N-Quads",
    "jsonld": "http://www.w3.org/ns/formats/JSON-LD",
    "rdf": "http://www.w3.org/ns/formats/RDF_XML",
}
_LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_THEMES = ("ECON", "GOVE", "REGI")
_EU = "http://publications.europa.eu/resource/authority/"
_TITLE = {
    "en": "The public record of Lai Châu province as a knowledge graph",
    "vi": "Hồ sơ công khai về tỉnh Lai Châu dưới dạng đồ thị tri thức",
}
_DESCRIPTION = {
    "en": (
        "Posts, meetings, documents, directives, requests, promises and figures of Lai Châu province, "
        "Vietnam, as news articles state them; every fact names the words that carry it."
    ),
    "vi": (
        "Chức vụ, hội nghị, văn bản, chỉ đạo, kiến nghị, cam kết và số liệu của tỉnh Lai Châu "
        "theo các bài báo; mỗi sự kiện đều chỉ rõ câu chữ làm căn cứ."
    ),
}
_KEYWORDS = {
    "en": ("Lai Châu", "Vietnam", "provincial government", "statistics", "linked data"),
    "vi": ("Lai Châu", "Việt Nam", "chính quyền tỉnh", "số liệu kinh tế - xã hội", "dữ liệu liên kết"),
}

_Triple = tuple[Iri, Iri, Term]


@dataclass(frozen=True, slots=True)
class Distribution:
    """One file in which the data set is handed on.

    Attributes:
        name: The file's name.
        form: Its form: the suffix without the dot, or one of `MEDIA_TYPES`.
        size: Its length in bytes.
        sha256: Its SHA-256, in hexadecimal.
    """

    name: str
    form: str
    size: int
    sha256: str


def describe_bytes(name: str, form: str, content: bytes) -> Distribution:
    """Measure what is written to a file of that name."""
    return Distribution(name, form, len(content), hashlib.sha256(content).hexdigest())


def describe(statistics: "Statistics", files: Sequence[Distribution] = ()) -> list[_Triple]:
    """Describe the data set and the files it is handed on in.

    Args:
        statistics: What it holds.
        files: Its distributions; none in a dump's own description of itself, which cannot hold its own hash.
    """
    triples = [*_catalogue_entry(statistics), *_holdings(statistics)]
    for file in files:
        triples += _distribution(file)
    return triples


def to_ntriples(triples: Sequence[_Triple]) -> str:
    """Write triples as N-Triples, sorted."""
    return "".join(
        sorted(f"{subject.n3()} {predicate.n3()} {node.n3()} .\n" for subject, predicate, node in triples)
    )


def to_turtle(triples: Sequence[_Triple]) -> str:
    """Write triples in the project's one form of Turtle."""
    from laichau_kg.turtle import format_turtle  # noqa: PLC0415 - only a file beside a dump needs it

    return format_turtle(to_ntriples(triples), path="the data set's description")


def _catalogue_entry(statistics: "Statistics") -> Iterator[_Triple]:
    yield from _about(
        DATASET,
        ("rdf:type", _iri("dcat:Dataset")),
        ("rdf:type", _iri("void:Dataset")),
        *(("dcterms:title", Literal(text, language=lang)) for lang, text in _TITLE.items()),
        *(("dcterms:description", Literal(text, language=lang)) for lang, text in _DESCRIPTION.items()),
        *(
            ("dcat:keyword", Literal(word, language=lang))
            for lang, words in _KEYWORDS.items()
            for word in words
        ),
        *(("dcat:theme", Iri(f"{_EU}data-theme/{theme}")) for theme in _THEMES),
        *(("dcterms:language", Iri(f"{_EU}language/{name}")) for name in ("ENG", "VIE")),
        ("dcterms:license", Iri(_LICENCE)),
        ("dcterms:publisher", Iri(DATASET + "#publisher")),
        ("dcterms:creator", Iri(DATASET + "#publisher")),
        ("dcterms:accessRights", Iri(_EU + "access-right/PUBLIC")),
        ("dcterms:accrualPeriodicity", Iri(_EU + "frequency/IRREG")),
        ("dcterms:spatial", Iri(ID + "place/lai-chau")),
        ("dcterms:conformsTo", Iri(BASE + "ontology")),
        ("dcterms:identifier", Literal(DATASET)),
        ("dcat:version", Literal(version("laichau-kg"))),
        ("dcat:landingPage", Iri(BASE)),
    )
    yield from _about(
        DATASET + "#publisher",
        ("rdf:type", _iri("foaf:Agent")),
        ("foaf:name", Literal("The laichau-kg maintainers", language="en")),
        ("foaf:name", Literal("Nhóm duy trì laichau-kg", language="vi")),
    )
    if statistics.newest:
        yield from _about(DATASET, ("dcterms:modified", Literal(statistics.newest, XSD + "date")))
    if statistics.first_day and statistics.last_day:
        yield from _about(DATASET, ("dcterms:temporal", Iri(DATASET + "#temporal")))
        yield from _about(
            DATASET + "#temporal",
            ("rdf:type", _iri("dcterms:PeriodOfTime")),
            ("dcat:startDate", Literal(statistics.first_day, XSD + "date")),
            ("dcat:endDate", Literal(statistics.last_day, XSD + "date")),
        )


def _holdings(statistics: "Statistics") -> Iterator[_Triple]:
    yield from _about(
        DATASET,
        ("void:uriSpace", Literal(BASE)),
        ("void:exampleResource", Iri(ID + "place/lai-chau")),
        ("void:triples", _count(statistics.triples)),
        ("void:entities", _count(statistics.entities)),
        ("void:distinctSubjects", _count(statistics.subjects)),
        ("void:distinctObjects", _count(statistics.objects)),
        ("void:properties", _count(len(statistics.properties))),
        ("void:classes", _count(len(statistics.classes))),
        *(("void:vocabulary", Iri(namespace)) for namespace in _vocabularies(statistics)),
    )
    for class_, instances in statistics.classes.items():
        part = f"{DATASET}#class-{_fragment(class_)}"
        yield from _about(DATASET, ("void:classPartition", Iri(part)))
        yield from _about(
            part,
            ("rdf:type", _iri("void:Dataset")),
            ("void:class", Iri(class_)),
            ("void:entities", _count(instances)),
        )
    for property_, triples in statistics.properties.items():
        part = f"{DATASET}#property-{_fragment(property_)}"
        yield from _about(DATASET, ("void:propertyPartition", Iri(part)))
        yield from _about(
            part,
            ("rdf:type", _iri("void:Dataset")),
            ("void:property", Iri(property_)),
            ("void:triples", _count(triples)),
        )


def _distribution(file: Distribution) -> Iterator[_Triple]:
    iri = f"{DATASET}#file-{_safe(file.name)}"
    yield from _about(DATASET, ("dcat:distribution", Iri(iri)))
    yield from _about(
        iri,
        ("rdf:type", _iri("dcat:Distribution")),
        ("dcterms:title", Literal(file.name, language="en")),
        ("dcterms:title", Literal(file.name, language="vi")),
        ("dcterms:license", Iri(_LICENCE)),
        ("dcat:byteSize", Literal(str(file.size), XSD + "nonNegativeInteger")),
        ("spdx:checksum", Iri(iri + "-checksum")),
    )
    media_type = MEDIA_TYPES.get(file.form, "")
    if media_type and media_type not in _UNREGISTERED:
        address = "https://www.iana.org/assignments/media-types/" + media_type
        yield from _about(iri, ("dcat:mediaType", Iri(address)))
    if file.form in _STANDARDS:
        yield from _about(iri, ("dcterms:conformsTo", Iri(_STANDARDS[file.form])))
    if file.form in _FEATURES:
        yield from _about(DATASET, ("void:feature", Iri(_FEATURES[file.form])))
    yield from _about(
        iri + "-checksum",
        ("rdf:type", _iri("spdx:Checksum")),
        ("spdx:algorithm", _iri("spdx:checksumAlgorithm_sha256")),
        ("spdx:checksumValue", Literal(file.sha256, XSD + "hexBinary")),
    )


def _about(subject: str, *pairs: tuple[str, Term]) -> Iterator[_Triple]:
    for name, value in pairs:
        yield Iri(subject), _iri(name), value


def _iri(name: str) -> Iri:
    prefix, _, local = name.partition(":")
    return Iri(PREFIXES[prefix] + local)


def _count(number: int) -> Literal:
    return Literal(str(number), XSD + "integer")


def _vocabularies(statistics: "Statistics") -> list[str]:
    terms = (*statistics.properties, *statistics.classes)
    return sorted(
        namespace
        for namespace in PREFIXES.values()
        if not namespace.startswith(ID) and any(term.startswith(namespace) for term in terms)
    )


def _fragment(term: str) -> str:
    for prefix, namespace in PREFIXES.items():
        if term.startswith(namespace) and not namespace.startswith(ID):
            return f"{prefix}-{term.removeprefix(namespace)}"
    return _safe(term)


def _safe(name: str) -> str:
    return "".join(char if char.isascii() and (char.isalnum() or char in "._-") else "-" for char in name)
