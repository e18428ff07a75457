"""The forms in which the endpoint answers, by Accept and by name."""

import csv
import io
import json

import pytest
import rdflib

from endpoint import BROWSER, GRAPH_OF, JSON, OFFICIALS, ask
from laichau_kg.web.protocol import accepted


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        ("", JSON),
        ("*/*", JSON),
        ("application/json", "application/json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("application/xml;q=0.9, text/csv;q=0.5", "application/xml"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values, text/csv;q=0.9", "text/tab-separated-values; charset=utf-8"),
        (f"{JSON};q=0.1, text/csv;q=0.2", "text/csv; charset=utf-8"),
        ("text/html;q=0.2, application/trig, application/sparql-results+json;q=0.8", JSON),
        ("text/turtle, */*;q=0.1", JSON),
    ],
)
def test_rows_come_as_accepted(web, accept, content_type):
    """The Accept header decides among the forms of rows, by its qualities."""
    answer = ask(web, OFFICIALS, accept=accept)

    assert answer.status_code == 200
    assert answer.headers["content-type"] == content_type
    assert "Accept" in answer.headers["vary"]
    assert "Trần Tiến Dũng" in answer.text


@pytest.mark.filterwarnings("ignore:(Dataset|ConjunctiveGraph):DeprecationWarning")  # rdflib's own use
@pytest.mark.parametrize(
    ("accept", "content_type", "form"),
    [
        ("", "text/turtle; charset=utf-8", "turtle"),
        ("application/ld+json", "application/ld+json", "json-ld"),
        ("application/n-triples", "application/n-triples", "nt"),
        ("application/rdf+xml, text/turtle;q=0.5", "application/rdf+xml", "xml"),
        ("application/trig", "application/trig", "trig"),
        ("text/csv, */*;q=0.1", "text/turtle; charset=utf-8", "turtle"),
    ],
)
def test_graph_comes_as_accepted(web, accept, content_type, form):
    """The Accept header decides among the forms of graphs, and each holds the same triples."""
    answer = ask(web, GRAPH_OF, accept=accept)
    graph = rdflib.Dataset(default_union=True).parse(data=answer.content, format=form)
    names = {str(name) for name in graph.objects(None, rdflib.FOAF.name)}

    assert answer.headers["content-type"] == content_type
    assert "Trần Tiến Dũng" in names


@pytest.mark.parametrize(
    ("name", "query", "content_type"),
    [
        ("json", OFFICIALS, JSON),
        ("xml", OFFICIALS, "application/sparql-results+xml"),
        ("csv", OFFICIALS, "text/csv; charset=utf-8"),
        ("tsv", OFFICIALS, "text/tab-separated-values; charset=utf-8"),
        ("application/sparql-results+json", OFFICIALS, JSON),
        ("xml", GRAPH_OF, "application/rdf+xml"),
        ("json", GRAPH_OF, "application/ld+json"),
        ("turtle", GRAPH_OF, "text/turtle; charset=utf-8"),
        ("turtle", OFFICIALS, "text/csv; charset=utf-8"),
        ("unheard-of", OFFICIALS, "text/csv; charset=utf-8"),
    ],
)
def test_format_goes_before_the_header_where_it_is_known(web, name, query, content_type):
    """A link can name a form, as clients do; a name that says nothing leaves it to the header."""
    answer = ask(web, query, accept="text/csv" if query == OFFICIALS else "text/turtle", format=name)

    assert answer.headers["content-type"] == content_type


@pytest.mark.parametrize(
    ("query", "accept", "offer"),
    [
        (OFFICIALS, "text/turtle", "CSV"),
        (GRAPH_OF, "text/csv", "Turtle"),
        (OFFICIALS, "image/png", "JSON"),
        ("ASK {}", f"{JSON};q=0", "XML"),
    ],
)
def test_form_that_cannot_be_had_is_406(web, query, accept, offer):
    """What is not acceptable is told with what there is."""
    answer = ask(web, query, accept=accept)

    assert answer.status_code == 406
    assert offer in answer.text


@pytest.mark.parametrize("content_type", [JSON, "application/sparql-results+xml", "text/csv"])
def test_rows_are_the_same_in_each_form(web, content_type):
    """Each form holds as many rows as the others."""
    answer = ask(web, OFFICIALS, accept=content_type)

    counts = {
        JSON: lambda: len(json.loads(answer.text)["results"]["bindings"]),
        "application/sparql-results+xml": lambda: answer.text.count("<result>"),
        "text/csv": lambda: len(list(csv.reader(io.StringIO(answer.text)))) - 1,
    }
    assert counts[content_type]() == 8


@pytest.mark.parametrize(
    ("accept", "format_", "html"),
    [
        (BROWSER["accept"], "", True),
        ("text/html", "", True),
        ("*/*", "", False),
        ("", "html", True),
        (BROWSER["accept"], "csv", False),
        ("application/n-quads,application/trig;q=0.95,text/html;q=0.2,*/*;q=0.1", "", False),
    ],
)
def test_page_is_for_those_who_want_it_most(accept, format_, html):
    """RDF clients accept HTML, too; they get no page for that."""
    assert accepted(accept, format_).html is html
