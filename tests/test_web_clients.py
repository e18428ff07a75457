"""Other people's programs against the real server, on loopback."""

import contextlib
import http.client
import json
import os
import socket
import subprocess
import threading
import time
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import httpx
import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, POST, POSTDIRECTLY, RDFXML, TSV, TURTLE, URLENCODED, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from servers import program
from serving import npm_clients, serving

LCK = "https://w3id.org/laichau-kg/ontology#"
PERSON = "https://w3id.org/laichau-kg/id/person/tran-tien-dung"
PROLOGUE = (
    f"PREFIX lck: <{LCK}> PREFIX org: <http://www.w3.org/ns/org#> "
    "PREFIX foaf: <http://xmlns.com/foaf/0.1/> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
)
OFFICIALS = PROLOGUE + "SELECT ?official ?name WHERE { ?official a lck:Official ; foaf:name ?name }"
GRAPH_OF = PROLOGUE + "CONSTRUCT WHERE { ?official a lck:Official ; foaf:name ?name }"
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
OFFLINE = {"http_proxy": "", "HTTP_PROXY": "", "no_proxy": "127.0.0.1", "NO_PROXY": "127.0.0.1"}


@pytest.fixture(scope="module")
def server():
    """Give the process and the address of a running server."""
    with serving() as running:
        yield running


@pytest.fixture
def endpoint(server):
    """Give the address of its endpoint."""
    return server[1] + "sparql"


def wrapped(endpoint, query, form, method="GET", way=URLENCODED):
    """Ask through SPARQLWrapper."""
    client = SPARQLWrapper(endpoint)
    client.setQuery(query)
    client.setReturnFormat(form)
    client.setMethod(method)
    client.setRequestMethod(way)
    return client.query()


@pytest.mark.parametrize(("method", "way"), [("GET", URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)])
def test_sparqlwrapper_asks_in_each_way(endpoint, method, way):
    """All three operations of the protocol work for the most used client in Python."""
    answer = wrapped(endpoint, OFFICIALS, JSON, method, way).convert()

    assert {row["name"]["value"] for row in answer["results"]["bindings"]} > {"Trần Tiến Dũng"}


@pytest.mark.parametrize("form", [XML, CSV, TSV])
def test_sparqlwrapper_reads_each_form_of_rows(endpoint, form):
    """Each form that it knows reaches it."""
    answer = wrapped(endpoint, OFFICIALS, form).convert()
    text = answer.toxml() if form == XML else answer.decode()

    assert "Trần Tiến Dũng" in text


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # SPARQLWrapper's own use
@pytest.mark.parametrize("form", [TURTLE, RDFXML])
def test_sparqlwrapper_reads_graphs(endpoint, form):
    """A CONSTRUCT comes as RDF."""
    answer = wrapped(endpoint, GRAPH_OF, form).convert()
    graph = answer if form == RDFXML else rdflib.Graph().parse(data=answer, format="turtle")

    assert (rdflib.URIRef(PERSON), rdflib.FOAF.name, rdflib.Literal("Trần Tiến Dũng")) in graph


def test_sparqlwrapper_tells_of_a_bad_query_with_its_place(endpoint):
    """The message that helps is in the exception."""
    with pytest.raises(QueryBadFormed, match="line 1, column 15"):
        wrapped(endpoint, "SELECT * { ?s }", JSON)


def test_rdflib_reads_the_endpoint_as_a_store(endpoint):
    """A graph over SPARQLStore is asked as if it were here."""
    graph = rdflib.Graph(SPARQLStore(endpoint, returnFormat="json"))
    names = graph.objects(rdflib.URIRef(PERSON), rdflib.FOAF.name)

    assert list(names) == [rdflib.Literal("Trần Tiến Dũng")]


def test_rdflib_asks_through_the_store(endpoint):
    """A query with rdflib's own bindings is answered."""
    graph = rdflib.Graph(SPARQLStore(endpoint, returnFormat="xml"))
    rows = graph.query(OFFICIALS, initBindings={"official": rdflib.URIRef(PERSON)})

    assert [str(name) for _, name in rows] == ["Trần Tiến Dũng"]


@pytest.mark.parametrize(
    "options",
    [
        ["--get", "--data-urlencode", f"query={OFFICIALS}"],
        ["--data-urlencode", f"query={OFFICIALS}"],
        ["--header", "content-type: application/sparql-query", "--data", OFFICIALS],
    ],
    ids=["get", "form", "direct"],
)
def test_curl_gets_csv(endpoint, options):
    """The shell's client, as docs/serving.md shows it."""
    curl = program("curl", package="curl from Debian")
    command = [curl, "-sSf", "--noproxy", "*", "-H", "accept: text/csv", *options, endpoint]
    done = subprocess.run(command, capture_output=True, text=True, check=True)

    assert done.stdout.startswith("official,name\n")
    assert f"{PERSON},Trần Tiến Dũng" in done.stdout


def run_node(*command):
    """Run a program of npm's, with colours and proxies off, and return what it wrote."""
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={**os.environ, **OFFLINE, "NO_COLOR": "1"},
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def test_comunica_detects_the_endpoint(endpoint):
    """Comunica is told the address alone; what it finds is not in the service description."""
    node, modules = npm_clients()
    program_ = modules / "@comunica/query-sparql/bin/query.js"
    rows = json.loads(run_node(node, program_, endpoint, OFFICIALS + " ORDER BY ?name"))

    assert len(rows) == 8
    assert {"official": PERSON, "name": '"Trần Tiến Dũng"'} in rows


def test_comunica_traverses_links_from_a_page(server, tmp_path):
    """From the address of one page it goes along the links to documents, and joins what they say."""
    node, modules = npm_clients()
    (tmp_path / "node_modules").symlink_to(modules)
    script = tmp_path / "traverse.mjs"
    script.write_bytes((Path(__file__).parent / "web" / "traverse.mjs").read_bytes())
    page = server[1] + "doc/person/tran-tien-dung"
    links = PROLOGUE + (
        f"SELECT DISTINCT ?document {{ ?held a lck:Attestation ; org:member <{PERSON}> ; "
        "rdfs:seeAlso ?document }"
    )
    query = PROLOGUE + (
        f"SELECT DISTINCT ?post ?quote {{ ?held org:member <{PERSON}> ; lck:post ?post ; "
        "lck:mainEvidence ?evidence . ?evidence <http://www.w3.org/ns/oa#exact> ?quote }"
    )
    answer = json.loads(run_node(node, "--preserve-symlinks", script, page, links, query))

    assert answer["documents"] > 2
    assert "https://w3id.org/laichau-kg/id/post/chu-tich-uy-ban-nhan-dan-tinh-lai-chau" in {
        row["post"] for row in answer["rows"]
    }


class _Asking(threading.Thread):
    """Asks something in the background, and can hang up."""

    def __init__(self, address, query):
        super().__init__(daemon=True)
        parts = urlsplit(address)
        self._connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=300)
        self._path = f"{parts.path}?{urlencode({'query': query})}"
        self._connection.connect()
        self.start()

    def run(self):
        with contextlib.suppress(OSError, http.client.HTTPException):
            self._connection.request("GET", self._path)
            self._connection.getresponse().read()
        self._connection.close()

    def hang_up(self):
        self._connection.sock.shutdown(socket.SHUT_RDWR)
        self.join(20)


def working(process):
    """List the workers that have spent half a second of a processor's time."""
    workers = [worker for nursery in _children(process.pid) for worker in _children(nursery)]
    return [pid for pid in workers if _ticks(pid) >= os.sysconf("SC_CLK_TCK") // 2]


def _children(pid):
    return [
        child
        for children in Path(f"/proc/{pid}/task").glob("*/children")
        for child in children.read_text(encoding="ascii").split()
    ]


def _ticks(pid):
    with contextlib.suppress(OSError):
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return int(fields[11]) + int(fields[12])
    return 0


def wait_until(condition):
    """Wait until a condition holds."""
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_endless_query_lets_all_others_be_answered(server, endpoint):
    """Pages, documents and queries go on while a query runs for ever; it costs its own slot only."""
    process, base = server
    endless = _Asking(endpoint, ENDLESS)
    wait_until(lambda: working(process))
    statuses = [
        httpx.get(address, headers={"accept": accept}, timeout=60, trust_env=False).status_code
        for _ in range(10)
        for address, accept in (
            (base, "text/html"),
            (base + "doc/person/tran-tien-dung", "text/turtle"),
            (f"{endpoint}?{urlencode({'query': OFFICIALS})}", "text/csv"),
        )
    ]
    still_runs = endless.is_alive() and bool(working(process))
    endless.hang_up()

    assert still_runs
    assert set(statuses) == {200}


def test_query_of_a_client_that_left_is_stopped(server, endpoint):
    """Nobody waits for the answer: the process that worked on it ends."""
    process, _ = server
    asking = _Asking(endpoint, ENDLESS)
    wait_until(lambda: working(process))
    before = working(process)
    asking.hang_up()

    wait_until(lambda: not set(before) & set(working(process)))
    assert not any(Path(f"/proc/{pid}").exists() for pid in before)


def test_server_that_ends_leaves_no_process():
    """All processes are gone with the server, also in the midst of a query."""
    with serving() as (process, base):
        asking = _Asking(base + "sparql", ENDLESS)
        wait_until(lambda: working(process))
        pids = working(process)
    asking.join(20)

    wait_until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in pids))
    assert pids
