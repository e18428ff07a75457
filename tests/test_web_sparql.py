import csv
import io
import json
import re
import threading
import time
from urllib.parse import urlencode

import pytest
import rdflib
from starlette.testclient import TestClient

from laichau_kg import open_record
from laichau_kg.vocab import BASE, GRAPH
from laichau_kg.web import create_app, open_service
from laichau_kg.web.pages.sparql import SHOWN
from laichau_kg.web.pool import Limits, Pool
from laichau_kg.web.protocol import accepted

ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
OFFICIALS = "SELECT ?official ?name WHERE { ?official a lck:Official ; foaf:name ?name } ORDER BY ?name"
GRAPH_OF = "CONSTRUCT WHERE { ?official a lck:Official ; foaf:name ?name }"
JSON = "application/sparql-results+json"
BROWSER = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
FORM = {"content-type": "application/x-www-form-urlencoded"}


@pytest.fixture
def narrow():
    """Give a function that opens an endpoint with limits of its own."""
    with open_record() as record:
        clients = []

        def opened(**limits):
            service = open_service(record, base="http://testserver/", limits=Limits(**limits))
            clients.append(TestClient(create_app(service)))
            return clients[-1].__enter__()

        yield opened
        for client in clients:
            client.__exit__(None, None, None)


def ask(client, query, *, accept="", **params):
    """Ask by GET."""
    return client.get("/sparql", params={"query": query, **params}, headers={"accept": accept})


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


def test_head_is_get_without_a_body(web):
    """HEAD gives the headers of GET, the length among them."""
    params = {"query": OFFICIALS}
    got = web.get("/sparql", params=params)
    head = web.head("/sparql", params=params)

    assert head.status_code == 200
    assert head.content == b""
    for name in ("content-type", "content-length", "etag"):
        assert head.headers[name] == got.headers[name]


def test_answer_that_is_known_is_not_sent_again(web):
    """The record does not change while it is served, so an answer is known by its question."""
    tag = ask(web, OFFICIALS).headers["etag"]
    again = web.get("/sparql", params={"query": OFFICIALS}, headers={"if-none-match": f'"x", {tag}'})

    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["etag"] == tag


@pytest.fixture
def asked(monkeypatch):
    """Give the list of texts that reach the processes."""
    texts = []
    ask_pool = Pool.ask

    def noted(self, text, **more):
        texts.append(text)
        return ask_pool(self, text, **more)

    monkeypatch.setattr(Pool, "ask", noted)
    return texts


def test_answer_to_get_is_remembered(web, asked):
    """The same GET is answered from memory, byte for byte; in another form it is asked."""
    query = OFFICIALS + " # remembered"
    first, again = ask(web, query), ask(web, query)
    ask(web, query, accept="text/csv")

    assert again.content == first.content
    assert again.headers["content-type"] == first.headers["content-type"]
    assert asked == [query, query]


@pytest.mark.parametrize("query", ["SELECT (RAND() AS ?x) {}", "SELECT ?x {"])
def test_chance_and_errors_are_not_remembered(web, asked, query):
    """What may come out differently is asked anew, and so is what failed."""
    ask(web, query)
    ask(web, query)

    assert asked == [query, query]


def test_post_is_asked_anew(web, asked):
    """A POST reaches the engine each time."""
    for _ in range(2):
        web.post("/sparql", content="ASK {}", headers={"content-type": "application/sparql-query"})

    assert asked == ["ASK {}", "ASK {}"]


@pytest.mark.parametrize(
    "other", [{"accept": "text/csv"}, {"format": "tsv"}, {"default-graph-uri": "http://e/"}]
)
def test_another_form_or_dataset_has_another_etag(web, other):
    """A tag names one answer in one form."""
    assert ask(web, OFFICIALS).headers["etag"] != ask(web, OFFICIALS, **other).headers["etag"]


@pytest.mark.parametrize("function", ["NOW()", "RAND()", "UUID()", "struuid( )"])
def test_answer_that_may_differ_has_no_etag(web, function):
    """What is asked of the clock or of chance is new each time."""
    answer = ask(web, f"SELECT ({function} AS ?x) {{}}")

    assert answer.status_code == 200
    assert "etag" not in answer.headers


def test_limits_are_announced(web):
    """Every answer says how many rows and seconds there may be, also to scripts from elsewhere."""
    answer = ask(web, "ASK {}")

    assert answer.headers["x-laichau-row-limit"] == "100000"
    assert answer.headers["x-laichau-time-limit"] == "30"
    assert "X-Laichau-Truncated" in answer.headers["access-control-expose-headers"]
    assert "x-laichau-truncated" not in answer.headers


def test_cut_answer_says_so(narrow):
    """Rows beyond the limit are left out, and a header tells."""
    client = narrow(rows=5)
    answer = ask(client, OFFICIALS, accept="text/csv")

    assert answer.headers["x-laichau-truncated"] == "rows"
    assert answer.text.count("\r\n") == 6


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


@pytest.mark.parametrize(("length", "status"), [(200, 400), (201, 413), (600, 414)])
def test_long_address_is_refused(narrow, length, status):
    """A query in the address has the same limit as one in a body; what is no query is 400 anyway."""
    assert ask(narrow(text=200), "x" * length).status_code == status


def test_body_that_grows_too_long_is_stopped(web):
    """A body that does not say how long it is is counted as it comes."""
    chunks = (b"#" * 10_000 for _ in range(40))
    answer = web.post("/sparql", content=chunks, headers={"content-type": "application/sparql-query"})

    assert answer.status_code == 413


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


def test_query_out_of_time_is_504(narrow):
    """A query that takes too long is stopped, and the sentence says what to do."""
    answer = ask(narrow(timeout=0.3), ENDLESS)

    assert answer.status_code == 504
    assert "Narrow it" in answer.json()["detail"]


def test_query_out_of_memory_is_507(narrow):
    """A query that needs too much is stopped."""
    hungry = "SELECT ?a WHERE { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c"
    answer = ask(narrow(memory=64 * 2**20, timeout=60), hungry)

    assert answer.status_code == 507
    assert "memory" in answer.json()["detail"]


def test_too_many_queries_are_asked_to_come_again(narrow):
    """When all slots are taken and waiting is in vain, the answer is 503 with Retry-After."""
    client = narrow(slots=1, waiting=1, patience=0.2, timeout=5)
    endless = threading.Thread(target=ask, args=(client, ENDLESS))
    endless.start()
    answer = ask(client, "SELECT (RAND() AS ?x) {}")
    while answer.status_code == 200:  # the endless one was not there yet
        time.sleep(0.02)
        answer = ask(client, "SELECT (RAND() AS ?x) {}")
    endless.join()

    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) >= 1


@pytest.mark.parametrize(("lang", "heading"), [("vi", "Truy vấn"), ("en", "Query")])
def test_browser_gets_the_editor(web, lang, heading):
    """People get a form in their language, with the prefixes and ready questions."""
    page = web.get(f"/{lang}/sparql", headers=BROWSER)

    assert page.status_code == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.headers["content-language"] == lang
    assert f'<label for="query">{heading}</label>' in page.text
    assert "<code>lck:</code>" in page.text
    assert '<option value="official-career">' in page.text


def test_language_of_the_editor_is_negotiated(web):
    """Without a prefix the browser's languages decide."""
    page = web.get("/sparql", headers=BROWSER | {"accept-language": "en-GB,en;q=0.8"})

    assert page.headers["content-language"] == "en"
    assert page.headers["vary"] == "Accept, Accept-Language"


def test_editor_shows_the_answer_with_links(web):
    """The answer is a table whose things lead to their pages."""
    page = web.get("/en/sparql", params={"query": OFFICIALS}, headers=BROWSER)

    assert '<a href="/en/doc/person/tran-tien-dung">lc-person:tran-tien-dung</a>' in page.text
    assert '<th scope="col">official</th>' in page.text


def test_download_of_the_editor_gives_the_form(web):
    """A download sends the editor's fields and gets the form, whatever the browser accepts most."""
    graph = f"{BASE}graph/register-officials"
    asked = {"query": OFFICIALS, "default-graph-uri": graph}
    page = web.get("/en/sparql", params=asked, headers=BROWSER).text
    answer = web.post("/sparql", content=urlencode(asked | {"format": "tsv"}), headers=FORM | BROWSER)

    assert f'<input type="hidden" name="default-graph-uri" value="{graph}">' in page
    assert 'form="editor" formaction="/sparql" formmethod="post" name="format" value="tsv"' in page
    assert answer.headers["content-type"] == "text/tab-separated-values; charset=utf-8"
    assert answer.text.startswith("?official\t?name\n")


@pytest.mark.parametrize("head", ["SELECT (1 AS ?x) {} # ", "SELECT "])
def test_editor_stays_small_whatever_is_asked(web, head):
    """A query of 15,000 bytes, answered or refused, is written twice and no more."""
    query = head + '"ề" ' * 2500
    page = web.get("/vi/sparql", params={"query": query}, headers=BROWSER)

    assert len(query.encode()) >= 15_000
    assert len(page.content) < 100_000


def test_editor_shows_the_first_rows_of_many(web):
    """A long answer is cut on the page, which says so."""
    page = web.get("/en/sparql", params={"query": "SELECT ?s { ?s ?p ?o }"}, headers=BROWSER)

    assert page.text.count("<tr><td>") == SHOWN + page.text.count(":</code></td>")
    assert f"This page shows the first {SHOWN} rows; the downloads have up to 100,000." in page.text
    assert len(page.content) < 100_000


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("ASK {}", "Yes (true)"),
        ("ASK { FILTER (false) }", "No (false)"),
        ("SELECT * { <http://e/none> ?p ?o }", "No rows"),
        ("CONSTRUCT { lc-place:lai-chau rdfs:comment 'a < b' } {}", "a &lt; b"),
        ("SELECT (12.5 AS ?x) {}", '<td class="number">12.5</td>'),
        ("SELECT (12.5 AS ?x) {}", '<th scope="col" class="number">x</th>'),
        ("SELECT ('tỉnh'@vi AS ?x) {}", '<td lang="vi">tỉnh</td>'),
        ("SELECT (<javascript:alert(1)> AS ?x) {}", "<td>javascript:alert(1)</td>"),
    ],
)
def test_editor_shows_each_kind_of_answer(web, query, shown):
    """Yes and no, nothing, graphs, numbers and texts each have their look, and no markup gets through."""
    page = web.get("/en/sparql", params={"query": query}, headers=BROWSER)

    assert shown in page.text


@pytest.mark.parametrize(
    ("lang", "where"),
    [
        ("vi", "Dòng 1, cột 8: chưa đúng cú pháp SPARQL 1.1."),
        ("en", "Line 1, column 8: this is not SPARQL 1.1."),
    ],
)
def test_editor_keeps_a_wrong_query_and_says_what_is_wrong(web, lang, where):
    """The text stands in the field again, the complaint above it, with the status of the error."""
    page = web.get(f"/{lang}/sparql", params={"query": "SELECT </textarea> {"}, headers=BROWSER)

    assert page.status_code == 400
    assert f"<p>{where}</p>" in page.text
    assert "SELECT <mark>&lt;/textarea&gt;</mark> {" in page.text
    assert "SELECT &lt;/textarea&gt; {</textarea>" in page.text
    assert 'aria-invalid="true"' in page.text


def test_editor_takes_a_query_by_post(web):
    """A query that is too long for an address can be posted from a form."""
    page = web.post("/en/sparql", content=urlencode({"query": OFFICIALS}), headers=FORM | BROWSER)

    assert page.status_code == 200
    assert "lc-person:tran-tien-dung" in page.text


@pytest.mark.parametrize("example", ["official-career", "documents", "record-size"])
def test_ready_question_can_be_changed_and_run(web, example):
    """The text of a canned question stands in the field, and the engine takes it."""
    page = web.get("/en/sparql", params={"example": example}, headers=BROWSER)
    field = re.search(r"<textarea[^>]*>\n(.*)</textarea>", page.text, re.DOTALL)[1]
    text = field.replace("&lt;", "<").replace("&gt;", ">").replace("&#34;", '"').replace("&amp;", "&")

    assert f'<option value="{example}" selected>' in page.text
    assert ask(web, text).status_code == 200


def test_unknown_example_is_passed_over(web):
    """A stale link to an example still opens the editor."""
    page = web.get("/en/sparql", params={"example": "no-such-question"}, headers=BROWSER)

    assert page.status_code == 200


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


def test_description_names_the_base_it_stands_at(web):
    """The service description speaks of this server, the data of their canonical names."""
    answer = web.get("/sparql")

    assert "<http://testserver/sparql>" in answer.text
    assert f"<{BASE}graph/register-officials>" in answer.text
