"""The query tests of the W3C's SPARQL 1.1 Protocol suite, and its refusals, with the requests written out.

The names are the suite's (w3c/rdf-tests, sparql/sparql11/protocol). What it
tests of updates that succeed is left out: this endpoint takes none.
"""

import json

import pytest
import rdflib
from starlette.testclient import TestClient

from laichau_kg._local import MemoryStore
from laichau_kg.record import Record, open_record
from laichau_kg.web import create_app, open_service
from laichau_kg.web.pool import Limits

DATA = "http://kasei.us/2009/09/sparql/data/"
GRAPHS = [f"{DATA}data{number}.rdf" for number in range(4)]
DIRECT = {"content-type": "application/sparql-query"}
FORM = {"content-type": "application/x-www-form-urlencoded"}
UPDATE = {"content-type": "application/sparql-update"}
NAMED = f"GRAPH ?g1 {{ <{GRAPHS[1]}> a ?type }} GRAPH ?g2 {{ <{GRAPHS[2]}> a ?type }}"
BOTH = f"<{GRAPHS[1]}> a ?type . <{GRAPHS[2]}> a ?type ."
TABLES = (
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
)
RDF = ("text/turtle", "application/rdf+xml", "application/n-triples", "application/ld+json")


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory):
    """Give a client of an endpoint that holds the suite's three graphs."""
    folder = tmp_path_factory.mktemp("w3c")
    files = []
    for graph in GRAPHS[1:]:
        path = folder / f"{len(files)}.ttl"
        path.write_text(f"<{graph}> a <http://xmlns.com/foaf/0.1/Document> .\n", encoding="utf-8")
        files.append((path, graph))
    with open_record() as checkout, Record(checkout.layout, lambda: MemoryStore(files)) as record:
        service = open_service(record, base="http://testserver/", limits=Limits(timeout=20, slots=1))
        with TestClient(create_app(service)) as client:
            yield client


def dataset(default=(), named=()):
    """Write the parameters that name graphs."""
    return [
        *(("default-graph-uri", GRAPHS[number]) for number in default),
        *(("named-graph-uri", GRAPHS[number]) for number in named),
    ]


ANSWERED = {
    "query_get": ("GET", [("query", "ASK {}"), *dataset([0])], {}, None),
    "query_post_form": ("POST", dataset([0]), FORM, "query=ASK%20%7B%7D"),
    "query_post_direct": ("POST", [], DIRECT, "ASK {}"),
    "query_dataset_default_graphs_get": (
        "GET",
        [("query", f"ASK {{ {BOTH} }}"), *dataset([1, 2])],
        {},
        None,
    ),
    "query_dataset_default_graphs_post": ("POST", dataset([1, 2]), DIRECT, f"ASK {{ {BOTH} }}"),
    "query_dataset_named_graphs_get": (
        "GET",
        [("query", f"ASK {{ {NAMED} }}"), *dataset([], [1, 2])],
        {},
        None,
    ),
    "query_dataset_named_graphs_post": ("POST", dataset([], [1, 2]), DIRECT, f"ASK {{ {NAMED} }}"),
    "query_dataset_full": (
        "POST",
        dataset([3], [1, 2]),
        DIRECT,
        f"ASK {{ <{GRAPHS[3]}> a ?type {NAMED} }}",
    ),
    "query_multiple_dataset": (
        "POST",
        dataset([], [1, 2]),
        DIRECT,
        f"ASK FROM <{GRAPHS[3]}> {{ {NAMED} }}",
    ),
}


@pytest.mark.parametrize("name", ANSWERED)
def test_query_is_answered_with_true(endpoint, name):
    """The suite expects a boolean, and that it is true."""
    method, params, headers, body = ANSWERED[name]

    answer = endpoint.request(method, "/sparql", params=params, headers=headers, content=body)

    assert answer.status_code == 200
    assert answer.headers["content-type"] in TABLES[:2]
    assert json.loads(answer.text)["boolean"] is True


@pytest.mark.parametrize(
    ("query", "types"),
    [
        pytest.param("SELECT (1 AS ?value) {}", TABLES, id="query_content_type_select"),
        pytest.param("ASK {}", TABLES[:2], id="query_content_type_ask"),
        pytest.param("DESCRIBE <http://example.org/>", RDF, id="query_content_type_describe"),
        pytest.param("CONSTRUCT { <s> <p> 1 } WHERE {}", RDF, id="query_content_type_construct"),
    ],
)
def test_answer_has_a_content_type_of_its_kind(endpoint, query, types):
    """A table, a boolean and a graph each come in a form that the suite names."""
    answer = endpoint.post("/sparql", params=dataset([0]), headers=DIRECT, content=query)

    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] in types


REFUSED = {
    "bad_query_method": ("PUT", [("query", "ASK {}"), *dataset([0])], FORM, None, 405),
    "bad_multiple_queries": ("GET", [("query", "ASK {}"), ("query", "SELECT * {}")], {}, None, 400),
    "bad_query_wrong_media_type": ("POST", [], {"content-type": "text/plain"}, "ASK {}", 415),
    "bad_query_missing_form_type": ("POST", [], {}, "query=ASK%20%7B%7D", 415),
    "bad_query_missing_direct_type": ("POST", [], {}, "ASK {}", 415),
    "bad_query_non_utf8": (
        "POST",
        [],
        {"content-type": "application/sparql-query; charset=UTF-16"},
        "ASK {}".encode("utf-16"),
        415,
    ),
    "bad_query_syntax": ("GET", [("query", "ASK {")], {}, None, 400),
    "bad_update_get": ("GET", [("update", "CLEAR ALL")], {}, None, 403),
    "bad_multiple_updates": ("POST", [], FORM, "update=CLEAR%20NAMED&update=CLEAR%20DEFAULT", 403),
    "bad_update_wrong_media_type": ("POST", [], {"content-type": "text/plain"}, "CLEAR NAMED", 415),
    "bad_update_missing_form_type": ("POST", [], {}, "update=CLEAR%20NAMED", 415),
    "bad_update_non_utf8": (
        "POST",
        [],
        {"content-type": "application/sparql-update; charset=UTF-16"},
        "CLEAR NAMED".encode("utf-16"),
        415,
    ),
    "bad_update_syntax": ("POST", [], FORM, "update=CLEAR%20XYZ", 403),
    "bad_update_dataset_conflict": (
        "POST",
        [("using-named-graph-uri", "http://example/people")],
        UPDATE,
        "WITH <http://example/addresses> DELETE { ?s ?p 'Bill' } WHERE { ?s ?p 'Bill' }",
        403,
    ),
    "update_post_form": ("POST", [], FORM, "update=CLEAR+ALL", 403),
    "update_post_direct": ("POST", [], UPDATE, "CLEAR ALL", 403),
    "update-sent-as-a-query": ("POST", [], DIRECT, "CLEAR ALL", 403),
}


@pytest.mark.parametrize("name", REFUSED)
def test_bad_request_is_refused(endpoint, name):
    """The suite expects 4xx; ours says which, and all updates are forbidden."""
    method, params, headers, body, status = REFUSED[name]

    answer = endpoint.request(method, "/sparql", params=params, headers=headers, content=body)

    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"]


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own JSON-LD parser uses it
@pytest.mark.parametrize("accept", ["text/turtle", "application/rdf+xml", "application/ld+json", "*/*", ""])
def test_bare_get_gives_the_service_description(endpoint, accept):
    """The suite of the service description: RDF, with the very endpoint, that fits the schema."""
    answer = endpoint.get("/sparql", headers={"accept": accept})
    form = answer.headers["content-type"].partition(";")[0]
    graph = rdflib.Graph().parse(data=answer.content, format=form)
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    endpoint_iri = rdflib.URIRef("http://testserver/sparql")
    (described,) = graph.subjects(sd.endpoint, endpoint_iri)
    (held,) = graph.objects(described, sd.defaultDataset)

    assert answer.status_code == 200
    assert (described, rdflib.RDF.type, sd.Service) in graph
    assert set(graph.objects(described, sd.supportedLanguage)) == {sd.SPARQL11Query}
    assert set(graph.objects(described, sd.feature)) == {sd.UnionDefaultGraph}
    assert len(list(graph.objects(described, sd.resultFormat))) == 9
    assert (held, rdflib.RDF.type, sd.Dataset) in graph
    assert len(list(graph.objects(held, sd.defaultGraph))) == 1
    assert all(list(graph.objects(named, sd.name)) for named in graph.objects(held, sd.namedGraph))
