"""The catalogue of what a server offers, in DCAT 3 as DCAT-AP 3 wants it, and its VoID description.

What stands here beside `dataset` depends on the server: where files,
pages and the endpoint are. Things of other vocabularies carry the class that
DCAT-AP asks for, so that the catalogue can be judged without fetching them.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from laichau_kg.dataset import DATASET, Distribution, describe
from laichau_kg.terms import Iri, Literal, Term
from laichau_kg.vocab import BASE, ID, PREFIXES

if TYPE_CHECKING:
    from laichau_kg._dump import Statistics

__all__ = ["CATALOGUE", "describe_catalogue", "describe_void"]

CATALOGUE: Final = BASE + "catalog"

_LICENCE: Final = "https://creativecommons.org/licenses/by/4.0/"
_EU: Final = "http://publications.europa.eu/resource/authority/"
_IANA: Final = "https://www.iana.org/assignments/media-types/"
_AP: Final = "http://data.europa.eu/r5r/"
_VCARD: Final = "http://www.w3.org/2006/vcard/ns#"
_NON_PROFIT: Final = "http://purl.org/adms/publishertype/NonProfitOrganisation"
_PUBLISHER: Final = DATASET + "#publisher"
_CONTACT: Final = DATASET + "#contact"
_SPATIAL: Final = ID + "place/lai-chau"
_LANGUAGES: Final = tuple(f"{_EU}language/{name}" for name in ("ENG", "VIE"))
_THEME_SCHEME: Final = _EU + "data-theme"
_THEMES: Final = {
    f"{_EU}data-theme/ECON": ("Economy and finance", "Kinh tế và tài chính"),
    f"{_EU}data-theme/GOVE": ("Government and public sector", "Chính quyền và khu vực công"),
    f"{_EU}data-theme/REGI": ("Regions and cities", "Vùng và đô thị"),
}
_FILE_TYPES: Final = {
    "ttl": "RDF_TURTLE",
    "trig": "RDF_TRIG",
    "nt": "RDF_N_TRIPLES",
    "nq": "RDF_N_QUADS",
    "jsonld": "JSON_LD",
    "rdf": "RDF_XML",
    "xlsx": "XLSX",
    "sdmx.csv": "CSV",
    "gexf": "XML",
    "graphml": "XML",
    "met.gexf": "XML",
    "met.graphml": "XML",
}
_STANDARDS: Final = (
    BASE + "ontology",
    "https://www.w3.org/TR/sparql11-protocol/",
    "https://spec.openapis.org/oas/v3.1.0",
)
_VOCABULARIES: Final = {
    "ontology": (
        ("The ontology of the record", "Bản thể học của hồ sơ"),
        ("Classes and properties, with their meaning.", "Các lớp và thuộc tính, kèm nghĩa của chúng."),
    ),
    "shapes": (
        ("The rules of the record", "Quy tắc của hồ sơ"),
        ("SHACL shapes that facts must keep.", "Các quy tắc SHACL mà dữ kiện phải tuân theo."),
    ),
}
_MEDIA_TYPES: Final = {
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
}

_Triple = tuple[Iri, Iri, Term]
_Titles = Mapping[str, tuple[str, str]]


def describe_catalogue(
    statistics: "Statistics", files: Sequence[Distribution], *, base: str, titles: _Titles
) -> list[_Triple]:
    """Describe all that a server offers: the data set in its files, the endpoint, the vocabularies.

    Args:
        statistics: What the data set holds.
        files: The files it is handed on in; a name that ends in ``.gz`` is a compressed one.
        base: The server's address, ending in a slash.
        titles: What each form is, in English and Vietnamese.
    """
    triples = [
        *describe(statistics, files),
        *_catalogue(statistics, base),
        *_services(base),
        *_publisher(base),
        *_vocabularies(statistics, base),
        *_about(DATASET, ("dcat:contactPoint", Iri(_CONTACT)), ("dcat:landingPage", Iri(base))),
        *_about(base, ("rdf:type", _iri("foaf:Document"))),
    ]
    for file in files:
        triples += _download(file, base, titles[file.form])
    triples += _classes_of(triples)
    return sorted(set(triples), key=lambda triple: tuple(term.n3() for term in triple))


def describe_void(statistics: "Statistics", files: Sequence[Distribution], *, base: str) -> list[_Triple]:
    """Describe the data set as VoID does: what it holds, its dumps, its endpoint, who describes it.

    Args:
        statistics: What it holds.
        files: The files it is handed on in; those of linked data are its dumps.
        base: The server's address, ending in a slash.
    """
    here = base + ".well-known/void"
    dumps = [Iri(f"{base}dumps/{file.name}") for file in files if file.form in ("ttl", "nt", "rdf")]
    return [
        *describe(statistics),
        *_about(
            here,
            ("rdf:type", _iri("void:DatasetDescription")),
            ("foaf:primaryTopic", Iri(DATASET)),
            *_texts("dcterms:title", ("What the record holds", "Hồ sơ gồm những gì")),
        ),
        *_about(
            DATASET,
            *(("void:dataDump", dump) for dump in dumps),
            ("void:sparqlEndpoint", Iri(base + "sparql")),
            ("foaf:homepage", Iri(base)),
        ),
    ]


def _catalogue(statistics: "Statistics", base: str) -> Iterator[_Triple]:
    yield from _about(
        CATALOGUE,
        ("rdf:type", _iri("dcat:Catalog")),
        *_texts("dcterms:title", ("Catalogue of the Lai Châu record", "Danh mục của hồ sơ Lai Châu")),
        *_texts(
            "dcterms:description",
            (
                "The data set, its files, the services that answer questions about it, and its vocabularies.",
                "Bộ dữ liệu, các tệp để tải, các dịch vụ trả lời câu hỏi và các bộ từ vựng được dùng.",
            ),
        ),
        ("dcterms:publisher", Iri(_PUBLISHER)),
        ("dcterms:license", Iri(_LICENCE)),
        *(("dcterms:language", Iri(language)) for language in _LANGUAGES),
        ("dcterms:spatial", Iri(_SPATIAL)),
        ("dcat:themeTaxonomy", Iri(_THEME_SCHEME)),
        ("foaf:homepage", Iri(base)),
        ("dcat:dataset", Iri(DATASET)),
        *(("dcat:dataset", Iri(f"{CATALOGUE}#{name}")) for name in _VOCABULARIES),
        ("dcat:service", Iri(DATASET + "#sparql")),
        ("dcat:service", Iri(DATASET + "#questions")),
        *(
            ("dcterms:modified", value)
            for subject, property_, value in describe(statistics)
            if subject == Iri(DATASET) and property_ == _iri("dcterms:modified")
        ),
    )


def _services(base: str) -> Iterator[_Triple]:
    yield from _service(
        "sparql",
        ("SPARQL endpoint", "Điểm truy vấn SPARQL"),
        ("Answers SPARQL 1.1 queries, within limits.", "Trả lời truy vấn SPARQL 1.1, có giới hạn."),
        endpoint=base + "sparql",
        description=base + "sparql",
        standard=_STANDARDS[1],
    )
    yield from _service(
        "questions",
        ("Questions by web address", "Câu hỏi qua địa chỉ web"),
        (
            "Answers ready-made questions as JSON, CSV, TSV or Turtle.",
            "Trả lời các câu hỏi soạn sẵn dưới dạng JSON, CSV, TSV hoặc Turtle.",
        ),
        endpoint=base + "questions",
        description=base + "openapi.json",
        standard=_STANDARDS[2],
    )


def _service(
    name: str,
    title: tuple[str, str],
    text: tuple[str, str],
    *,
    endpoint: str,
    description: str,
    standard: str,
) -> Iterator[_Triple]:
    yield from _about(
        f"{DATASET}#{name}",
        ("rdf:type", _iri("dcat:DataService")),
        *_texts("dcterms:title", title),
        *_texts("dcterms:description", text),
        ("dcat:endpointURL", Iri(endpoint)),
        ("dcat:endpointDescription", Iri(description)),
        ("dcat:servesDataset", Iri(DATASET)),
        ("dcterms:conformsTo", Iri(standard)),
        ("dcterms:license", Iri(_LICENCE)),
        ("dcterms:accessRights", Iri(_EU + "access-right/PUBLIC")),
        ("dcterms:publisher", Iri(_PUBLISHER)),
        ("dcat:contactPoint", Iri(_CONTACT)),
        *(("dcat:theme", Iri(theme)) for theme in _THEMES),
        *_texts("dcat:keyword", ("Lai Châu", "Lai Châu")),
    )


def _publisher(base: str) -> Iterator[_Triple]:
    yield from _about(_PUBLISHER, ("dcterms:type", Iri(_NON_PROFIT)))
    yield from _about(
        _NON_PROFIT,
        ("rdf:type", _iri("skos:Concept")),
        *_texts("skos:prefLabel", ("Non-profit organisation", "Tổ chức phi lợi nhuận")),
    )
    yield from _about(
        _CONTACT,
        ("rdf:type", Iri(_VCARD + "Kind")),
        ("rdf:type", Iri(_VCARD + "Organization")),
    )
    yield Iri(_CONTACT), Iri(_VCARD + "fn"), Literal("The laichau-kg maintainers")
    yield Iri(_CONTACT), Iri(_VCARD + "hasURL"), Iri(base)


def _vocabularies(statistics: "Statistics", base: str) -> Iterator[_Triple]:
    shared = [
        (property_, value)
        for subject, property_, value in describe(statistics)
        if subject == Iri(DATASET)
        and property_ in {_iri(name) for name in ("dcterms:modified", "dcat:theme", "dcat:version")}
    ]
    for name, (title, text) in _VOCABULARIES.items():
        iri = f"{CATALOGUE}#{name}"
        yield from _about(
            iri,
            ("rdf:type", _iri("dcat:Dataset")),
            *_texts("dcterms:title", title),
            *_texts("dcterms:description", text),
            ("dcterms:publisher", Iri(_PUBLISHER)),
            ("dcterms:accessRights", Iri(_EU + "access-right/PUBLIC")),
            *(("dcterms:language", Iri(language)) for language in _LANGUAGES),
            ("dcterms:license", Iri(_LICENCE)),
            ("dcat:contactPoint", Iri(_CONTACT)),
            ("dcat:landingPage", Iri(base + name)),
            *_texts("dcat:keyword", (name, title[1])),
            *(("dcat:distribution", Iri(f"{iri}-{form}")) for form in _MEDIA_TYPES),
        )
        yield from ((Iri(iri), property_, value) for property_, value in shared)
        yield from _about(base + name, ("rdf:type", _iri("foaf:Document")))
        for form, media_type in _MEDIA_TYPES.items():
            yield from _about(
                f"{iri}-{form}",
                ("rdf:type", _iri("dcat:Distribution")),
                ("dcterms:title", Literal(f"{name}.{form}", language="en")),
                *_texts("dcterms:description", text),
                ("dcterms:license", Iri(_LICENCE)),
                ("dcat:accessURL", Iri(base + name)),
                ("dcat:downloadURL", Iri(f"{base}{name}.{form}")),
                ("dcat:mediaType", Iri(_IANA + media_type)),
                *_format(form),
            )
            yield from _available(f"{iri}-{form}")


def _download(file: Distribution, base: str, title: tuple[str, str]) -> Iterator[_Triple]:
    """Say of a file where it is, what it is, and how it is packed."""
    iri = f"{DATASET}#file-{file.name}"
    yield from _about(
        iri,
        *_texts("dcterms:description", title),
        ("dcat:accessURL", Iri(base + "dumps/")),
        ("dcat:downloadURL", Iri(f"{base}dumps/{file.name}")),
        *_format(file.form),
    )
    yield from _available(iri)
    if file.name.endswith(".gz"):
        yield from _about(iri, ("dcat:compressFormat", Iri(_IANA + "application/gzip")))


def _format(form: str) -> Iterator[tuple[str, Term]]:
    yield "dcterms:format", Iri(f"{_EU}file-type/{_FILE_TYPES.get(form, 'JSON')}")


def _available(iri: str) -> Iterator[_Triple]:
    yield Iri(iri), Iri(_AP + "availability"), Iri(_EU + "planned-availability/STABLE")


def _classes_of(triples: Sequence[_Triple]) -> Iterator[_Triple]:
    """Give each thing of another vocabulary the class that the property leading to it asks for."""
    for _, property_, value in triples:
        class_ = _RANGES.get(property_.value)
        if class_ and isinstance(value, Iri):
            yield value, _iri("rdf:type"), _iri(class_)
    for theme, labels in _THEMES.items():
        yield from _about(theme, *_texts("skos:prefLabel", labels), ("skos:inScheme", Iri(_THEME_SCHEME)))
    yield from _about(
        _THEME_SCHEME,
        ("rdf:type", _iri("skos:ConceptScheme")),
        *_texts("dcterms:title", ("Data theme", "Chủ đề dữ liệu")),
    )
    yield from _about(_EU + "planned-availability/STABLE", *_texts("skos:prefLabel", ("stable", "ổn định")))
    yield from _about(
        PREFIXES["spdx"] + "checksumAlgorithm_sha256", ("rdf:type", _iri("spdx:ChecksumAlgorithm"))
    )


def _about(subject: str, *pairs: tuple[str, Term]) -> Iterator[_Triple]:
    for name, value in pairs:
        yield Iri(subject), _iri(name), value


def _texts(name: str, texts: tuple[str, str]) -> Iterator[tuple[str, Term]]:
    english, vietnamese = texts
    yield name, Literal(english, language="en")
    yield name, Literal(vietnamese, language="vi")


def _iri(name: str) -> Iri:
    prefix, _, local = name.partition(":")
    return Iri(PREFIXES[prefix] + local)


_RANGES: Final = {
    _iri(name).value: class_
    for name, class_ in {
        "dcterms:license": "dcterms:LicenseDocument",
        "dcterms:accessRights": "dcterms:RightsStatement",
        "dcterms:language": "dcterms:LinguisticSystem",
        "dcterms:spatial": "dcterms:Location",
        "dcterms:accrualPeriodicity": "dcterms:Frequency",
        "dcterms:conformsTo": "dcterms:Standard",
        "dcterms:format": "dcterms:MediaTypeOrExtent",
        "dcat:mediaType": "dcterms:MediaType",
        "dcat:compressFormat": "dcterms:MediaType",
        "dcat:landingPage": "foaf:Document",
        "dcat:accessURL": "rdfs:Resource",
        "dcat:downloadURL": "rdfs:Resource",
        "dcat:endpointURL": "rdfs:Resource",
        "dcat:endpointDescription": "rdfs:Resource",
        "dcat:theme": "skos:Concept",
    }.items()
} | {_AP + "availability": "skos:Concept"}
