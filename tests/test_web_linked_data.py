import json
import re

import pytest
from rdflib import Graph, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import FOAF, RDFS

from laichau_kg import open_record
from laichau_kg._filed import Filed
from laichau_kg.vocab import ID, KINDS
from laichau_kg.web.linked_data import EMBEDDED

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # rdflib's own use

RDF_FORMS = {"ttl": "turtle", "nt": "nt", "jsonld": "json-ld", "rdf": "xml"}
MEDIA_TYPES = {
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
    "csv": "text/csv",
    "html": "text/html",
}
PERSON = "/doc/person/giang-a-tinh"
HTML = {"accept": "text/html"}


def first_of_each_kind():
    """Name one thing of each kind that the record holds."""
    first = {}
    with open_record() as record:
        things = Filed.of_record(record.layout, record.ask).things()
    for iri in things:
        first.setdefault(iri.removeprefix(ID).partition("/")[0], iri)
    return first


EXAMPLES = first_of_each_kind()


def parse(response, form):
    """Read a response as RDF."""
    return Graph().parse(data=response.content, format=form)


def embedded(page):
    """Take the JSON-LD out of a page, unescaped as a browser gives it."""
    return re.search(r'<script type="application/ld\+json">(.*?)</script>', page.text, re.DOTALL)[1]


def test_examples_cover_the_kinds_of_the_record():
    """Every example is of a known kind, and hardly a kind is without one."""
    assert set(EXAMPLES) <= set(KINDS)
    assert len(EXAMPLES) > len(KINDS) - 3


@pytest.mark.parametrize("kind", EXAMPLES)
def test_name_leads_to_the_document(web, kind):
    """An IRI of the record answers 303 to the document about it."""
    path = EXAMPLES[kind].removeprefix("https://w3id.org/laichau-kg")

    response = web.get(path)

    assert response.status_code == 303
    assert response.headers["location"] == path.replace("/id/", "/doc/")


@pytest.mark.parametrize("kind", EXAMPLES)
def test_forms_of_a_document_hold_the_same(web, kind):
    """Turtle, N-Triples, JSON-LD and RDF/XML are one graph, and it is about the thing."""
    path = EXAMPLES[kind].replace("https://w3id.org/laichau-kg/id", "/doc")
    graphs = [parse(web.get(f"{path}.{suffix}"), form) for suffix, form in RDF_FORMS.items()]

    assert all(isomorphic(graphs[0], other) for other in graphs[1:])
    assert graphs[0].value(URIRef(f"http://testserver{path}"), FOAF.primaryTopic) == URIRef(EXAMPLES[kind])
    assert len(list(graphs[0].predicate_objects(URIRef(EXAMPLES[kind])))) > 1


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("kind", EXAMPLES)
def test_every_kind_has_a_page(web, kind, lang):
    """Each thing has a page in both languages, below 100 KB, with a heading and its data forms."""
    path = EXAMPLES[kind].replace("https://w3id.org/laichau-kg/id", "/doc")

    page = web.get(f"/{lang}{path}", headers=HTML)

    assert page.status_code == 200
    assert page.text.count("<h1") == 1
    assert f'href="{path}.ttl"' in page.text
    assert len(page.content) < 100_000


@pytest.mark.parametrize("kind", EXAMPLES)
def test_page_embeds_its_data(web, kind):
    """The JSON-LD in a page says what the document says, or of a long one what it says of the thing."""
    path = EXAMPLES[kind].replace("https://w3id.org/laichau-kg/id", "/doc")
    whole = web.get(f"{path}.jsonld")

    said = Graph().parse(data=embedded(web.get(f"/en{path}", headers=HTML)), format="json-ld")

    graph = parse(whole, "json-ld")
    if len(whole.content) <= EMBEDDED:
        assert isomorphic(said, graph)
    else:
        assert set(said) == set(graph.triples((URIRef(EXAMPLES[kind]), None, None)))


@pytest.mark.parametrize(("suffix", "media_type"), MEDIA_TYPES.items())
def test_suffix_beats_accept(web, suffix, media_type):
    """An address with a suffix gives that form, whatever is accepted."""
    response = web.get(f"{PERSON}.{suffix}", headers={"accept": "image/png"})

    assert response.status_code == 200
    assert response.headers["content-type"].startswith(media_type)
    assert "Accept" not in response.headers.get("vary", "").split(", ")


@pytest.mark.parametrize(("suffix", "media_type"), MEDIA_TYPES.items())
def test_accept_chooses_the_form(web, suffix, media_type):
    """Without a suffix the form is what is accepted, and caches are told so."""
    response = web.get(PERSON, headers={"accept": media_type})

    assert response.headers["content-type"].startswith(media_type)
    assert response.content == web.get(f"{PERSON}.{suffix}").content
    assert "Accept" in response.headers["vary"]


def test_page_address_gives_data_too(web):
    """Whoever hands a page's address to a program that wants Turtle gets it."""
    turtle = web.get(f"/vi{PERSON}", headers={"accept": "text/turtle"})

    assert turtle.content == web.get(f"{PERSON}.ttl").content


def test_forms_have_their_own_tags(web):
    """Each form of a document has an ETag of its own."""
    tags = {web.get(f"{PERSON}.{suffix}").headers["etag"] for suffix in MEDIA_TYPES}

    assert len(tags) == len(MEDIA_TYPES)


@pytest.mark.parametrize("suffix", MEDIA_TYPES)
def test_known_form_is_not_sent_again(web, suffix):
    """A form that the reader has answers 304 without a body."""
    tag = web.get(f"{PERSON}.{suffix}").headers["etag"]

    again = web.get(f"{PERSON}.{suffix}", headers={"if-none-match": f'"other", W/{tag}'})

    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("suffix", MEDIA_TYPES)
def test_head_of_a_document(web, suffix):
    """HEAD has what GET has, without the body."""
    got, headed = web.get(f"{PERSON}.{suffix}"), web.head(f"{PERSON}.{suffix}")

    assert headed.content == b""
    assert dict(headed.headers) == dict(got.headers)


def test_link_headers_name_forms_and_thing(web):
    """Links name the other forms, the languages, the canonical address and the thing described."""
    links = web.get(PERSON, headers=HTML).headers["link"]

    assert f'<http://testserver{PERSON}.ttl>; rel="alternate"; type="text/turtle"' in links
    assert f'<http://testserver/en{PERSON}>; rel="alternate"; type="text/html"; hreflang="en"' in links
    assert f'<http://testserver{PERSON}>; rel="canonical"' in links
    assert '<https://w3id.org/laichau-kg/id/person/giang-a-tinh>; rel="describes"' in links
    assert 'rel="describedby"' in links


def test_form_that_is_not_there_lists_those_that_are(web):
    """406 names each form with its suffix."""
    response = web.get(PERSON, headers={"accept": "image/png"})

    assert response.status_code == 406
    assert "text/turtle (.ttl)" in response.json()["detail"]


@pytest.mark.parametrize("path", [f"{PERSON}.exe", f"/vi{PERSON}.ttl"])
def test_unknown_suffix_is_not_found(web, path):
    """An unknown suffix is 404 and names the known ones; data have no language."""
    response = web.get(path)

    assert response.status_code == 404
    assert ".ttl" in response.json()["detail"]


@pytest.mark.parametrize(
    "path", ["/id/person/giang-a-tin", "/doc/person/giang-a-tin", "/doc/person/giang-a-tin.ttl"]
)
def test_unknown_thing_has_near_names(web, path):
    """A slip of the pen gets the right name."""
    response = web.get(path)

    assert response.status_code == 404
    assert response.json()["near"][0] == "person/giang-a-tinh"


def test_near_names_are_links_on_the_page(web):
    """The page of an unknown thing leads to those that come near it."""
    page = web.get("/en/doc/person/giang-a-tin", headers=HTML)

    assert 'href="/en/doc/person/giang-a-tinh"' in page.text


@pytest.mark.parametrize(
    "path", ["/doc/person/%22%3E%3Cscript%3E", "/doc/nothing/lai-chau", "/id/place/LAI-CHAU"]
)
def test_what_is_no_name_is_not_found(web, path):
    """What cannot be a thing's address is 404, and nothing of it gets into the page as HTML."""
    page = web.get(path, headers=HTML)

    assert page.status_code == 404
    assert "<script>" not in page.text


def test_document_of_a_person_tells_the_posts(web):
    """A person's document holds the attestations with their posts and the names of these."""
    graph = parse(web.get(f"{PERSON}.ttl"), "turtle")

    posts = set(graph.objects(None, URIRef("https://w3id.org/laichau-kg/ontology#post")))
    assert posts
    assert all(
        (post, URIRef("http://www.w3.org/2004/02/skos/core#prefLabel"), None) in graph for post in posts
    )


def test_document_of_a_fact_holds_its_evidence(web):
    """A fact's document holds each span it rests on, with its place in the article."""
    path = EXAMPLES["observation"].replace("https://w3id.org/laichau-kg/id", "/doc")
    graph = parse(web.get(f"{path}.ttl"), "turtle")

    spans = set(
        graph.objects(URIRef(EXAMPLES["observation"]), URIRef("http://www.w3.org/ns/prov#wasDerivedFrom"))
    )
    assert spans
    assert all((span, URIRef("http://www.w3.org/ns/oa#start"), None) in graph for span in spans)


def test_document_of_an_article_holds_its_spans(web):
    """The fragments of an article's IRI are told where they lead: in its document."""
    iri = EXAMPLES["article"]
    graph = parse(web.get(iri.replace("https://w3id.org/laichau-kg/id", "/doc") + ".ttl"), "turtle")

    spans = set(graph.subjects(URIRef("http://www.w3.org/ns/oa#hasSource"), URIRef(iri)))
    assert len(spans) > 50
    assert all(str(span).startswith(f"{iri}#char=") for span in spans)


def test_document_leads_on_within_this_server(web):
    """Things that are mentioned can be had from the server that mentions them."""
    graph = parse(web.get(f"{PERSON}.ttl"), "turtle")

    hops = {str(hop).removeprefix("http://testserver") for hop in graph.objects(None, RDFS.seeAlso)}
    assert hops
    assert [hop for hop in hops if "/dataset/" not in hop and web.get(hop).status_code != 200] == []


def test_documents_keep_the_types_of_the_file(web):
    """A number has in a document the type that it has in the record's file; a store would widen it."""
    path = EXAMPLES["observation"].replace("https://w3id.org/laichau-kg/id", "/doc")

    graph = parse(web.get(f"{path}.nt"), "nt")

    types = {str(node.datatype) for node in graph.objects(None, URIRef("http://www.w3.org/ns/oa#start"))}
    assert types == {"http://www.w3.org/2001/XMLSchema#nonNegativeInteger"}


def test_csv_names_things_in_both_languages(web):
    """The CSV of a document has a line a triple, with names beside the IRIs."""
    lines = web.get(f"{PERSON}.csv").text.splitlines()

    assert lines[0] == "subject,property,property_vi,property_en,value,value_vi,value_en,datatype,language"
    assert len(lines) - 1 == len(parse(web.get(f"{PERSON}.nt"), "nt"))


def test_context_is_published(web):
    """The JSON-LD context is to be had by itself."""
    response = web.get("/context.jsonld")

    assert response.headers["content-type"] == "application/ld+json"
    assert json.loads(response.text)["@context"]["Meeting"] == "lck:Meeting"


@pytest.mark.parametrize("form", RDF_FORMS)
def test_graph_is_what_the_file_holds(web, web_service, form):
    """A named graph is to be had whole, in every form."""
    name = EXAMPLES["article"].rpartition("/")[2]

    graph = parse(web.get(f"/graph/{name}.{form}"), RDF_FORMS[form])

    assert len(graph) == len(web_service.filed.graph(f"https://w3id.org/laichau-kg/graph/{name}"))


def test_unknown_graph_has_near_names(web):
    """A graph's name that comes near is told."""
    assert web.get("/graph/register-place").json()["near"][0] == "graph/register-places"
