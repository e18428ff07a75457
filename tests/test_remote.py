import http.server
import json
import socket
import threading
import time
import urllib.parse
from pathlib import Path
from types import SimpleNamespace

import pytest

from laichau_kg._remote import RemoteStore
from laichau_kg.answers import Answer, BooleanAnswer, GraphAnswer
from laichau_kg.errors import (
    IncompleteAnswerError,
    LimitExceededError,
    QueryError,
    SparqlSyntaxError,
    StoreError,
    StoreUnavailableError,
    TurtleError,
    UpdateRefusedError,
)
from laichau_kg.layout import Layout
from laichau_kg.store import load_record, open_store, record_files
from laichau_kg.terms import XSD, Iri, Literal
from laichau_kg.vocab import GRAPH
from servers import oxigraph_server, virtuoso_server

WHOLE = json.dumps(
    {"head": {"vars": ["s"]}, "results": {"bindings": [{"s": {"type": "uri", "value": "http://e/a"}}]}}
).encode()
JSON_TYPE = {"Content-Type": "application/sparql-results+json"}
SELECT = "SELECT ?s WHERE { ?s ?p ?o }"
CONSTRUCT = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
TRIPLE = b"<http://e/a> <http://e/b> <http://e/c> .\n"
DATA = """
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
<http://e/a> <http://e/p> 47.20, 007, true, "12"^^xsd:nonNegativeInteger, "2023-01-02"^^xsd:date, 1.5e3 .
<http://e/b> <http://e/p> "Lai Châu"@vi, "plain", "a \\"quote\\"\\n\\\\u0022" .
"""
VALUES = [
    ("12", "integer"), ("1500.0", "double"), ("2023-01-02", "date"), ("47.2", "decimal"), ("7", "integer"),
    ("true", "boolean"),
]  # fmt: skip


class Fake(http.server.BaseHTTPRequestHandler):
    """Sends what the test put into the server's script, and notes what it was asked."""

    def do_POST(self):
        """Answer a query."""
        length = int(self.headers["Content-Length"])
        sent = dict(urllib.parse.parse_qsl(self.rfile.read(length).decode()))
        self.server.asked.append(sent)
        script = self.server.script(sent) if callable(self.server.script) else self.server.script
        status, headers, body = script
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        for part in [body] if isinstance(body, bytes) else body:
            self.wfile.write(part)
            self.wfile.flush()

    def version_string(self):
        """Give the name that the script wants."""
        return self.server.name

    def log_message(self, *args):
        """Say nothing."""


class Server(http.server.ThreadingHTTPServer):
    """A server that does not mind when its client goes away."""

    daemon_threads = True

    def handle_error(self, request, client_address):
        """Say nothing."""


@pytest.fixture
def fake():
    """Start a loopback server that answers as told; give what it was asked, and a store that asks it."""
    servers = []

    def start(status, headers, body, *, name="Fake"):
        server = Server(("127.0.0.1", 0), Fake)
        server.script, server.name, server.asked = (status, headers, body), name, []
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        store = RemoteStore(f"http://127.0.0.1:{server.server_port}/query")
        servers.append((server, store))
        return SimpleNamespace(store=store, server=server, asked=server.asked)

    yield start
    for server, store in servers:
        store.close()
        server.shutdown()
        server.server_close()


@pytest.fixture(params=["oxigraph", "virtuoso"])
def real(request):
    """Give a store of each real server, empty of our graphs."""
    store = RemoteStore(request.getfixturevalue(f"{request.param}_address"))
    for graph in store.graphs():
        if graph.startswith(("http://e/", GRAPH)):
            store.remove_graph(graph)
    yield store
    store.close()


def test_whole_answer_is_read(fake):
    """What is whole is an answer; the query goes by POST, form-encoded."""
    server = fake(200, JSON_TYPE, WHOLE)

    assert server.store.query(SELECT) == Answer(("s",), ((Iri("http://e/a"),),))
    assert [sent["query"] for sent in server.asked] == [SELECT]


def test_text_that_mentions_an_update_is_still_sent_as_a_query(fake):
    """SPARQLWrapper guesses the form by a pattern; the guess is not used."""
    server = fake(200, JSON_TYPE, WHOLE)

    server.store.query("# INSERT\nPREFIX select: <http://e/>\nSELECT ?s WHERE { ?s select:DROP ?o }")

    assert set(server.asked[0]) == {"query"}


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        (JSON_TYPE, WHOLE[:-10]),
        (JSON_TYPE, WHOLE[:-3] + b"The SPARQL operation has been cancelled"),
        (JSON_TYPE | {"Content-Length": str(len(WHOLE) + 5)}, WHOLE),
        (JSON_TYPE | {"Transfer-Encoding": "chunked"}, b"%x\r\n%s\r\n" % (len(WHOLE), WHOLE)),
        (JSON_TYPE | {"Transfer-Encoding": "chunked"}, b"%x\r\n%s" % (len(WHOLE) + 9, WHOLE)),
        (JSON_TYPE | {"X-SQL-State": "S1TAT"}, WHOLE),
        (JSON_TYPE | {"X-SPARQL-MaxRows": "10000"}, WHOLE),
        (JSON_TYPE, b""),
    ],
    ids=[
        "cut",
        "cancelled",
        "short-of-length",
        "no-last-chunk",
        "half-a-chunk",
        "sql-state",
        "max-rows",
        "nothing",
    ],
)
def test_cut_answer_is_never_passed_on(fake, headers, body):
    """Every way in which servers send a part and say 200 is noticed."""
    server = fake(200, headers, body)

    with pytest.raises(IncompleteAnswerError):
        server.store.query(SELECT)
    with pytest.raises(IncompleteAnswerError):
        server.store.query("ASK {}")


@pytest.mark.parametrize("body", [TRIPLE[:-5], TRIPLE + b"The SPARQL operation has been cancelled"])
def test_cut_graph_is_never_passed_on(fake, body):
    """A graph that ends in the midst of a triple is no answer."""
    server = fake(200, {"Content-Type": "application/n-triples"}, body)

    with pytest.raises(IncompleteAnswerError):
        server.store.query(CONSTRUCT)


def test_graph_that_virtuoso_cut_without_a_word_is_noticed(fake):
    """Virtuoso does not tell that it cut a CONSTRUCT; the SELECT over the same pattern does."""
    server = fake(200, {}, b"", name="Virtuoso/07.20.3229")
    server.server.script = lambda sent: (
        (200, {"Content-Type": "application/n-triples"}, TRIPLE)
        if "CONSTRUCT" in sent["query"]
        else (200, JSON_TYPE | {"X-SPARQL-MaxRows": "1000"}, WHOLE)
    )

    with pytest.raises(IncompleteAnswerError, match="at most 1000 rows"):
        server.store.query(CONSTRUCT)


@pytest.mark.parametrize(
    ("status", "error", "words"),
    [
        (400, QueryError, "does not take this query: no such thing"),
        (401, StoreUnavailableError, "user and a password"),
        (404, StoreUnavailableError, "nothing at this address"),
        (414, QueryError, "does not take"),
        (500, StoreError, "the server failed: no such thing"),
        (503, StoreUnavailableError, "503"),
        (504, LimitExceededError, "Stopped after"),
    ],
)
def test_refusals_are_told_in_a_sentence(fake, status, error, words):
    """Each HTTP status becomes one of our errors, with the server's own words where they help."""
    server = fake(status, {"Content-Type": "text/plain"}, b"no such thing\nat line 1")

    with pytest.raises(error, match=words):
        server.store.query(SELECT)


def test_web_page_is_no_answer(fake):
    """An address that answers anything with a page is told so."""
    server = fake(200, {"Content-Type": "text/html"}, b"<html>")

    with pytest.raises(StoreUnavailableError, match="web page"):
        server.store.query(SELECT)


def test_server_that_hangs_up_is_told(fake):
    """A connection that ends before a status is no answer."""
    server = fake(200, {}, b"")
    server.server.RequestHandlerClass = lambda request, *_: request.close()

    with pytest.raises(StoreUnavailableError, match="no server answers"):
        server.store.query(SELECT)


def test_server_that_is_down_is_told_with_what_to_do():
    """Nobody listens: the sentence says where, and what to do."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]

    with pytest.raises(StoreUnavailableError, match=f"127.0.0.1:{port}.*Start it"):
        RemoteStore(f"http://127.0.0.1:{port}/query").query(SELECT)


@pytest.mark.parametrize("address", ["http://", "http://user:secret@127.0.0.1/query"])
def test_unfit_address_is_refused_without_showing_a_password(address):
    """A password does not belong in an address, and not in an error."""
    with pytest.raises(StoreUnavailableError) as caught:
        RemoteStore(address)

    assert "secret" not in str(caught.value)


def drip(parts):
    """Send a part now and then, for ever."""
    yield WHOLE[:20]
    while True:
        time.sleep(0.05)
        yield parts


def test_server_that_drips_is_stopped_in_time(fake):
    """The limit counts from the question to the whole answer, not from packet to packet."""
    server = fake(200, JSON_TYPE, drip(b" "))
    started = time.monotonic()

    with pytest.raises(LimitExceededError) as caught:
        server.store.query(SELECT, timeout=0.5)

    assert caught.value.limit == "time"
    assert time.monotonic() - started < 3


def test_server_that_says_nothing_is_stopped_in_time(fake):
    """A silent server is left when time is up."""
    server = fake(200, JSON_TYPE, WHOLE)
    server.server.script = lambda _: time.sleep(3)

    with pytest.raises(LimitExceededError):
        server.store.query(SELECT, timeout=0.3)


def test_answer_to_free_query_is_bounded(fake):
    """An answer without end is left when it is too large to hold."""
    server = fake(200, JSON_TYPE, b"")
    server.server.script = lambda sent: (
        200, JSON_TYPE, b'{"head":{},"boolean":true}' if sent["query"] == "ASK {}" else drip(b" " * 2**20)
    )  # fmt: skip

    with pytest.raises(LimitExceededError, match="larger than 4 MiB") as caught:
        server.store.sparql(SELECT, memory=2**26)

    assert caught.value.limit == "memory"


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("DROP ALL", UpdateRefusedError),
        ("SELECT * WHERE { SERVICE <http://e/> {} }", UpdateRefusedError),
        ("SELECT * WHERE {", SparqlSyntaxError),
        ("ASK {} ; DROP ALL", SparqlSyntaxError),
    ],
)
def test_bad_free_query_does_not_reach_the_server(fake, text, error):
    """What is refused or no SPARQL is judged here: some servers take updates for queries."""
    server = fake(200, JSON_TYPE, WHOLE)

    with pytest.raises(error):
        server.store.sparql(text)

    assert server.asked == []


def test_virtuoso_is_told_the_time_limit(fake):
    """Virtuoso stops its work when it knows the limit, and says so in a header: out of time."""
    server = fake(200, JSON_TYPE | {"X-SQL-State": "S1TAT"}, WHOLE, name="Virtuoso/07.20.3229")
    server.server.script = lambda sent: (
        200, JSON_TYPE | ({} if sent["query"] == "ASK {}" else {"X-SQL-State": "S1TAT"}), b'{"boolean":true}'
    )  # fmt: skip

    with pytest.raises(LimitExceededError):
        server.store.sparql(SELECT, timeout=2)

    assert server.asked[-1]["timeout"] == "2000"


def test_real_server_gives_back_what_was_loaded(real):
    """Turtle in, the same terms out: numbers canonical, language tags and escapes kept."""
    real.replace_graph("http://e/g", DATA.encode())

    numbers = real.query("SELECT ?o WHERE { GRAPH <http://e/g> { <http://e/a> ?p ?o } } ORDER BY STR(?o)")
    texts = real.query("SELECT ?o WHERE { GRAPH <http://e/g> { <http://e/b> ?p ?o } }")

    assert sorted(term for (term,) in numbers.rows) == [Literal(text, XSD + kind) for text, kind in VALUES]
    assert {term for (term,) in texts.rows} == {
        Literal("Lai Châu", language="vi"),
        Literal("plain"),
        Literal('a "quote"\n\\u0022'),
    }


def test_real_server_answers_every_form(real):
    """SELECT, ASK, CONSTRUCT and DESCRIBE have their answers, by query() and by sparql()."""
    real.replace_graph("http://e/g", TRIPLE)
    triple = (Iri("http://e/a"), Iri("http://e/b"), Iri("http://e/c"))

    for ask in (real.query, real.sparql):
        assert ask("SELECT ?s WHERE { ?s <http://e/b> ?o }").rows == ((Iri("http://e/a"),),)
        assert ask("ASK { ?s <http://e/b> ?o }") == BooleanAnswer(value=True)
        assert ask("ASK { ?s <http://e/none> ?o }") == BooleanAnswer(value=False)
        assert ask("CONSTRUCT { ?s <http://e/b> ?o } WHERE { ?s <http://e/b> ?o }") == GraphAnswer((triple,))
        assert triple in ask("DESCRIBE <http://e/a>").triples


def test_real_server_replaces_adds_and_removes(real, tmp_path):
    """PUT replaces, POST adds, DELETE removes, also what is not there."""
    path = tmp_path / "more.ttl"
    path.write_text("<http://e/x> <http://e/b> 2 .", encoding="utf-8")
    real.replace_graph("http://e/g", b"<http://e/old> <http://e/b> 1 .")
    real.replace_graph("http://e/g", TRIPLE)
    real.load_files([(path, "http://e/g")])

    subjects = real.query("SELECT ?s WHERE { GRAPH <http://e/g> { ?s ?p ?o } } ORDER BY ?s")
    real.remove_graph("http://e/g")
    real.remove_graph("http://e/g")

    assert subjects.rows == ((Iri("http://e/a"),), (Iri("http://e/x"),))
    assert "http://e/g" not in real.graphs()


def test_bad_turtle_is_not_sent(real):
    """What is no Turtle is refused here, and the graph stays."""
    real.replace_graph("http://e/g", TRIPLE)

    with pytest.raises(TurtleError):
        real.replace_graph("http://e/g", b"<http://e/a> <http://e/b>")

    assert "http://e/g" in real.graphs()


def test_missing_file_is_a_store_error(real, tmp_path):
    """A file that is not there is told by name."""
    with pytest.raises(StoreError, match=r"none\.ttl"):
        real.load_files([(tmp_path / "none.ttl", "http://e/g")])


@pytest.mark.parametrize(
    ("clause", "pattern", "found"),
    [("FROM", "?s ?p ?o", 1), ("FROM NAMED", "?s ?p ?o", 0), ("FROM NAMED", "GRAPH ?g { ?s ?p ?o }", 1)],
)
def test_real_server_sees_the_named_graphs_only(real, clause, pattern, found):
    """FROM means the same on every server."""
    real.replace_graph(GRAPH + "one", TRIPLE)
    real.replace_graph(GRAPH + "two", TRIPLE.replace(b"/a>", b"/z>"))

    assert len(real.sparql(f"SELECT ?s {clause} <{GRAPH}one> WHERE {{ {pattern} }}")) == found


def test_real_server_is_asked_with_our_prefixes(real):
    """Prefixes that the text leaves out are supplied."""
    real.replace_graph("http://e/g", b"<http://e/a> <http://www.w3.org/2004/02/skos/core#prefLabel> 'x'@en .")

    assert real.sparql("# a remark\nSELECT ?o WHERE { <http://e/a> skos:prefLabel ?o }").rows == (
        (Literal("x", language="en"),),
    )


def test_real_server_loads_the_whole_record(real):
    """The project's own record is loaded; what is gone from it goes, foreign graphs stay."""
    layout = Layout(Path(__file__).parents[1])
    real.replace_graph(GRAPH + "gone", TRIPLE)
    real.replace_graph("http://e/foreign", TRIPLE)
    count = (
        f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH ?g {{ ?s ?p ?o }} FILTER (STRSTARTS(STR(?g), '{GRAPH}')) }}"
    )

    loaded = load_record(layout, real)

    memory = open_store("memory", layout)
    assert real.query(count) == memory.query(count)
    assert {graph for graph in real.graphs() if graph.startswith(GRAPH)} == set(loaded.replaced)
    assert loaded.removed == (GRAPH + "gone",)
    assert len(loaded.replaced) == len(record_files(layout))
    assert "http://e/foreign" in real.graphs()


def test_address_without_a_path_is_found(oxigraph_address, virtuoso_address):
    """Both usual paths are tried."""
    for address in (oxigraph_address, virtuoso_address):
        store = RemoteStore(address.rpartition("/")[0])
        assert store.query("ASK {}") == BooleanAnswer(value=True)
        store.close()


def test_real_virtuosos_cut_answers_are_noticed(virtuoso_address):
    """This Virtuoso sends at most 1,000 rows, in tables and, without a word, in graphs."""
    store = RemoteStore(virtuoso_address)
    triples = "".join(f"<http://e/{number}> <http://e/cut> {number} .\n" for number in range(1200))
    store.replace_graph("http://e/cut", triples.encode())

    assert len(store.query("SELECT ?s WHERE { ?s <http://e/cut> ?o } LIMIT 900")) == 900
    for text in ("SELECT ?s WHERE { ?s <http://e/cut> ?o }", "CONSTRUCT WHERE { ?s <http://e/cut> ?o }"):
        with pytest.raises(IncompleteAnswerError, match="1000 rows"):
            store.query(text)
    store.remove_graph("http://e/cut")
    store.close()


def test_real_oxigraphs_cancelled_answer_is_noticed(tmp_path):
    """Out of its time, Oxigraph's server breaks off and says 200; that is told."""
    triples = "".join(f"<http://e/{number}> <http://e/p> {number} .\n" for number in range(3000))
    with oxigraph_server(tmp_path, "--timeout-s", "1") as address:
        store = RemoteStore(address)
        store.replace_graph("http://e/g", triples.encode())

        with pytest.raises(IncompleteAnswerError, match="gave the query up"):
            store.query("SELECT ?a WHERE { ?a ?p ?b . ?c ?p ?d FILTER (?b > ?d + 100000) }", timeout=60)
        store.close()


@pytest.mark.parametrize("start", [oxigraph_server, virtuoso_server])
def test_real_server_out_of_time_is_left(start, tmp_path):
    """A free query that does not end is left in time; the server is its own, for it goes on with it."""
    triples = "".join(f"<http://e/{number}> <http://e/p> {number} .\n" for number in range(900))
    pattern = " ".join(f"?a{n} <http://e/p> ?b{n} ." for n in range(4))
    with start(tmp_path) as address:
        store = RemoteStore(address)
        store.replace_graph("http://e/g", triples.encode())

        with pytest.raises(LimitExceededError):
            store.sparql(
                f"SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} FILTER (?b0 + ?b1 < ?b2 + ?b3) }}", timeout=1
            )
        store.close()
