import gzip
import os
from hashlib import sha256
from pathlib import Path

import pyshacl
import pytest
from rdflib import RDF, SH, Dataset, Graph, Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import DCAT, DCTERMS, FOAF, VOID, XSD

from laichau_kg import open_record
from laichau_kg.errors import NotReadyError
from laichau_kg.exports import FORMS, LINKED_DATA, write_form
from laichau_kg.web import open_service
from laichau_kg.web.dumps import Dumps

pytestmark = pytest.mark.filterwarnings(
    "ignore:(ConjunctiveGraph|Dataset|Graph)[.]?:DeprecationWarning"
)  # rdflib's own use

RDF_FORMS = {"ttl": "turtle", "nt": "nt", "jsonld": "json-ld", "rdf": "xml"}
DATASET = URIRef("https://w3id.org/laichau-kg/id/dataset/laichau-kg")
CATALOGUE = URIRef("https://w3id.org/laichau-kg/catalog")
SPDX = "http://spdx.org/rdf/terms#"
SHAPES = "LAICHAU_DCAT_AP_SHAPES"
HTML = {"accept": "text/html"}


@pytest.fixture(scope="module")
def catalogue(web):
    """The catalogue as a graph."""
    return Graph().parse(data=web.get("/catalog.ttl").content, format="turtle")


@pytest.fixture(scope="module")
def void(web):
    """The VoID description as a graph."""
    return Graph().parse(data=web.get("/.well-known/void.ttl").content, format="turtle")


@pytest.mark.parametrize("path", ["/catalog", "/.well-known/void", "/doc/dataset/laichau-kg"])
@pytest.mark.parametrize("suffix", RDF_FORMS)
def test_description_is_the_same_in_every_form(web, path, suffix):
    """Catalogue and VoID hold the same triples in every form."""
    turtle = Graph().parse(data=web.get(f"{path}.ttl").content, format="turtle")

    other = Graph().parse(data=web.get(f"{path}.{suffix}").content, format=RDF_FORMS[suffix])

    assert isomorphic(turtle, other)


def test_catalogue_names_data_set_and_services(catalogue):
    """The catalogue leads to the data set, the endpoint and the vocabularies."""
    services = set(catalogue.objects(CATALOGUE, DCAT.service))

    endpoints = {str(url) for service in services for url in catalogue.objects(service, DCAT.endpointURL)}
    assert endpoints == {"http://testserver/sparql", "http://testserver/questions"}
    assert DATASET in set(catalogue.objects(CATALOGUE, DCAT.dataset))
    assert len(set(catalogue.objects(CATALOGUE, DCAT.dataset))) == 3


def test_every_form_has_a_distribution_plain_and_packed(catalogue):
    """Each form of the record is in the catalogue, plain and gzipped."""
    urls = {
        str(url).rpartition("/")[2]
        for distribution in catalogue.objects(DATASET, DCAT.distribution)
        for url in catalogue.objects(distribution, DCAT.downloadURL)
    }

    assert urls == {f"laichau-kg.{form}{packed}" for form in FORMS for packed in ("", ".gz")}


def test_distributions_tell_the_truth(web, catalogue):
    """Size, media type and SHA-256 of each distribution are those of what is downloaded."""
    wrong = []
    for distribution in catalogue.objects(DATASET, DCAT.distribution):
        url = str(catalogue.value(distribution, DCAT.downloadURL)).removeprefix("http://testserver")
        checksum = catalogue.value(distribution, URIRef(SPDX + "checksum"))
        content = web.get(url).content
        told = (
            catalogue.value(distribution, DCAT.byteSize),
            str(catalogue.value(checksum, URIRef(SPDX + "checksumValue"))),
        )
        if told != (Literal(len(content), datatype=XSD.nonNegativeInteger), sha256(content).hexdigest()):
            wrong.append(url)

    assert wrong == []


def test_vocabularies_can_be_had(web, catalogue):
    """Every address of a vocabulary's distribution answers with its media type."""
    found = {
        str(url).removeprefix("http://testserver"): str(catalogue.value(distribution, DCAT.mediaType))
        for distribution, url in catalogue.subject_objects(DCAT.downloadURL)
        if "/dumps/" not in str(url)
    }

    got = {url: web.head(url).headers["content-type"].partition(";")[0] for url in found}
    assert found
    assert got == {url: name.partition("media-types/")[2] for url, name in found.items()}


def test_catalogue_page_lists_the_files(web):
    """People find each file on the page, and the page is not long."""
    page = web.get("/en/catalog", headers=HTML)

    assert all(f'href="/dumps/laichau-kg.{form}"' in page.text for form in FORMS)
    assert len(page.content) < 100_000


def violations(catalogue, shapes):
    """Judge a catalogue by DCAT-AP's shapes; give paths and values of what violates them."""
    _, report, _ = pyshacl.validate(catalogue, shacl_graph=shapes, advanced=True)
    return sorted(
        (str(report.value(result, SH.resultPath)), str(report.value(result, SH.value)))
        for result in report.subjects(RDF.type, SH.ValidationResult)
        if report.value(result, SH.resultSeverity) == SH.Violation
    )


def test_catalogue_passes_the_shapes_of_dcat_ap(catalogue):
    """DCAT-AP 3's own shapes find no violation; docs/serving.md says where they are had."""
    if SHAPES not in os.environ:
        pytest.skip(f"{SHAPES} names no folder of shapes")
    files = sorted(Path(os.environ[SHAPES]).glob("*.ttl"))
    shapes = Graph()
    for file in files:
        shapes.parse(file)

    assert (None, SH.targetClass, DCAT.Catalog) in shapes
    assert violations(catalogue, shapes) == []


def test_void_tells_dumps_and_endpoint(void):
    """VoID says where the data can be had whole and where asked."""
    assert {str(dump) for dump in void.objects(DATASET, VOID.dataDump)} >= {
        "http://testserver/dumps/laichau-kg.ttl",
        "http://testserver/dumps/laichau-kg.nt.gz",
    }
    assert void.value(DATASET, VOID.sparqlEndpoint) == URIRef("http://testserver/sparql")
    assert void.value(URIRef("http://testserver/.well-known/void"), FOAF.primaryTopic) == DATASET


def test_void_counts_what_the_dump_holds(web, void):
    """The number of triples is the dump's."""
    dump = Graph().parse(data=web.get("/dumps/laichau-kg.nt").content, format="nt")

    assert int(void.value(DATASET, VOID.triples)) == len(dump)


def test_name_of_the_data_set_leads_to_its_description(web):
    """The data set's IRI answers as every thing's does."""
    response = web.get("/id/dataset/laichau-kg")
    graph = Graph().parse(data=web.get("/doc/dataset/laichau-kg.ttl").content, format="turtle")

    assert (response.status_code, response.headers["location"]) == (303, "/doc/dataset/laichau-kg")
    assert graph.value(DATASET, DCTERMS.license)


@pytest.mark.parametrize("form", FORMS)
def test_packed_dump_holds_the_plain_one(web, form):
    """What is gzipped is the file beside it."""
    plain, packed = (web.get(f"/dumps/laichau-kg.{form}{end}").content for end in ("", ".gz"))

    assert gzip.decompress(packed) == plain


def test_dump_of_quads_is_the_whole_record(web, web_service):
    """The dump has every triple of the record in its graph."""
    dump = Dataset().parse(data=web.get("/dumps/laichau-kg.nq").content, format="nquads")

    assert len(dump) > len(web_service.filed.quads)


def test_hashes_are_those_of_the_files(web):
    """SHA256SUMS has a line a file, as `sha256sum --check` reads it."""
    lines = web.get("/dumps/SHA256SUMS").text.splitlines()

    hashes = dict(reversed(line.split("  ")) for line in lines)
    assert len(hashes) == 2 * len(FORMS)
    assert {name: sha256(web.get(f"/dumps/{name}").content).hexdigest() for name in hashes} == hashes


def test_dumps_are_the_same_each_time(web_service):
    """Two servers of one record hand out the same bytes."""
    with open_record() as record:
        other = Dumps(record, open_service(record).filed)
        sums = other.sums()
        other.close()

    assert sums == web_service.dumps.sums()


def test_known_dump_is_not_sent_again(web):
    """A dump's ETag is its content's."""
    tag = web.get("/dumps/laichau-kg.ttl").headers["etag"]

    again = web.get("/dumps/laichau-kg.ttl", headers={"if-none-match": tag})

    assert (again.status_code, again.content) == (304, b"")


def test_dump_may_be_had_in_parts(web):
    """A download that broke off can go on."""
    part = web.get("/dumps/laichau-kg.nt", headers={"range": "bytes=10-19"})

    assert part.status_code == 206
    assert part.content == web.get("/dumps/laichau-kg.nt").content[10:20]


def test_head_of_a_dump(web):
    """HEAD tells the length and sends nothing."""
    headed = web.head("/dumps/laichau-kg.ttl")

    assert headed.content == b""
    assert headed.headers["content-length"] == str(len(web.get("/dumps/laichau-kg.ttl").content))


@pytest.mark.parametrize("name", ["laichau-kg.tll", "..%2f..%2fetc%2fpasswd", "laichau-kg.exe"])
def test_unknown_dump_is_not_found(web, name):
    """Only the dumps are served, and a slip gets near names."""
    assert web.get(f"/dumps/{name}").status_code == 404


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_dumps_have_a_page(web, lang):
    """The folder of the dumps has a page in both languages."""
    page = web.get(f"/{lang}/dumps/", headers=HTML)

    assert page.status_code == 200
    assert "/dumps/SHA256SUMS" in page.text


def test_dumps_leave_nothing_behind(web_service):
    """The folder of the files is gone when the server ends, even where they were still being made."""
    dumps = Dumps(web_service.record, web_service.filed)
    dumps.start()
    folder = dumps.folder

    dumps.close()

    assert not folder.exists()


def test_dumps_of_a_large_record_are_not_waited_for(web_service):
    """Who asks for what is being made is told to come again, and the catalogue's files are those made."""
    dumps = Dumps(web_service.record, web_service.filed, waits=False)

    with pytest.raises(NotReadyError) as refused:
        _ = dumps.statistics

    assert refused.value.after > 0
    assert (dict(dumps.files), dumps.state, dumps.is_complete) == ({}, "0", False)
    dumps.close()


@pytest.mark.parametrize("form", LINKED_DATA)
def test_dump_is_what_an_export_writes(web, web_service, form):
    """What is made in little memory is, byte for byte, what is made at once."""
    assert web.get(f"/dumps/laichau-kg.{form}").content == write_form(form, web_service.record)
