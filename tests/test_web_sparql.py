"""Requests to the endpoint: what is answered, what is refused and how."""

from urllib.parse import urlencode

import pytest

from endpoint import FORM, ask
from laichau_kg.vocab import BASE, GRAPH


@pytest.mark.parametrize("accept", ["", "application/json", "text/csv"])
def test_wrong_query_is_told_with_its_place(web, accept):
    """Programs get problem details with line and column."""
    answer = ask(web, "SELECT * WHERE {\n ?s ?p }", accept=accept)

    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json() == {
        "title": "Bad Request",
        "status": 400,
        "detail": "line 2, column 8: '}' cannot stand here.",
        "line": 2,
        "column": 8,
    }


def test_wrong_query_is_told_as_text_to_who_wants_text(web):
    """A terminal gets a sentence."""
    answer = ask(web, "SELECT * { ?s skso:x ?o }", accept="text/plain")

    assert answer.status_code == 400
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert "Did you mean skos:?" in answer.text


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("INSERT DATA { <a> <b> 1 }", "changes a store"),
        ("LOAD <file:///etc/passwd>", "changes a store"),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE"),
        ("SELECT * { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE"),
    ],
)
def test_what_would_change_or_fetch_is_forbidden(web, query, word):
    """Updates and federated queries are 403, and the text says why."""
    answer = ask(web, query)

    assert answer.status_code == 403
    assert word in answer.json()["detail"]


@pytest.mark.parametrize("clause", ["FROM <http://127.0.0.1:9/x>", "FROM <file:///etc/passwd>"])
def test_from_fetches_nothing(web, clause):
    """A graph that the record does not hold is empty, wherever its name points."""
    answer = ask(web, f"SELECT (COUNT(*) AS ?n) {clause} {{ ?s ?p ?o }}", accept="text/csv")

    assert answer.text == "n\r\n0\r\n"


def test_relative_names_are_the_records(web):
    """Without a BASE a relative name is resolved against the record's own address."""
    answer = ask(web, "ASK { <id/person/tran-tien-dung> a <ontology#Official> }")

    assert answer.json()["boolean"] is True


def test_dataset_of_the_request_wins(web):
    """Graphs named by the request replace those of the query; the form carries them, too."""
    count = "SELECT (COUNT(*) AS ?n) FROM <http://e/none> { ?s a lck:Official }"
    fields = [("query", count), ("default-graph-uri", GRAPH + "register-officials")]
    answer = web.post("/sparql", content=urlencode(fields), headers=FORM | {"accept": "text/csv"})

    assert answer.text == "n\r\n8\r\n"


@pytest.mark.parametrize(
    ("params", "headers", "content", "status"),
    [
        ({"default-graph-uri": "http://e/"}, {}, None, 400),
        ({"query": "ASK {}", "default-graph-uri": "no iri"}, {}, None, 400),
        ({"query": ""}, {}, None, 400),
        ({}, FORM, "", 400),
        ({}, FORM, "query=%FF%FE", 400),
        ({}, {"content-type": "application/sparql-query"}, b"ASK { <\xff> }", 400),
        ({}, {"content-type": FORM["content-type"] + "; charset=latin-1"}, "query=ASK%20%7B%7D", 415),
        ({"query": "ASK {}"}, {"content-type": "application/sparql-query"}, "ASK {}", 400),
        ({}, {"content-type": "application/sparql-query"}, "#" * 100_001, 413),
        ({"query": "ASK {}", "x": ["1"] * 1000}, {}, None, 400),
    ],
)  # fmt: skip
def test_request_that_breaks_the_rules_is_4xx(web, params, headers, content, status):
    """What must be 4xx is 4xx, and says why."""
    method = "GET" if content is None else "POST"
    answer = web.request(method, "/sparql", params=params, headers=headers, content=content)

    assert answer.status_code == status
    assert answer.json()["status"] == status


def test_other_methods_are_told_which_there_are(web):
    """DELETE and its like are 405 with Allow."""
    answer = web.delete("/sparql")

    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD, POST, OPTIONS"


def test_scripts_from_elsewhere_may_read(web):
    """CORS is open, for simple requests and after a preflight."""
    preflight = web.options(
        "/sparql", headers={"origin": "http://e", "access-control-request-method": "POST"}
    )

    assert preflight.status_code == 204
    assert "POST" in preflight.headers["access-control-allow-methods"]
    assert ask(web, "ASK {}").headers["access-control-allow-origin"] == "*"


def test_description_names_the_base_it_stands_at(web):
    """The service description speaks of this server, the data of their canonical names."""
    answer = web.get("/sparql")

    assert "<http://testserver/sparql>" in answer.text
    assert f"<{BASE}graph/register-officials>" in answer.text
