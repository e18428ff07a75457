"""Measure `laichau serve` under load, beside `oxigraph serve` and `rdflib-endpoint` with the same data.

    python benchmarks/serve.py [ARTICLES…] [--seconds N] [--root DIR] [--rdflib-endpoint PROGRAM]

5 articles are the record itself, any other number is made by generate.py;
without numbers both 5 and 1000 are measured. With --root a made record is used
again. Needs wrk, and `oxigraph` beside this Python. See README.md here.
"""

import argparse
import json
import random
import shutil
import sys
import tempfile
import time
import urllib.error
import urllib.parse
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from typing import Any

from laichau_kg import open_record
from laichau_kg.layout import Layout, find_layout
from loads import CONNECTIONS, Load, Wrk, together
from served import (
    LOADS_WITHIN,
    PATIENCE,
    Server,
    fill,
    free_port,
    get,
    laichau,
    running,
    wait_for,
    write_quads,
)

ROOT = Path(__file__).parents[1]
OWN = 5  # articles of the record itself
LARGE = 1000
FEW = 4  # connections for what takes long, so that answers come within the time
LONG = 0.1  # seconds of the engine from which a query takes long
STARTS = 5
PAGE_WITHIN = 20  # seconds for a page that is asked for first
ALONE_WITHIN = 30  # seconds for a query that is asked alone
MEMORY_GOAL = 2.5 * 2**30  # bytes
PAGE_GOAL = 50  # ms
COLD_GOAL = 2  # s
ENGINE_TIME = 0.005  # seconds from which a query is no tiny one
ID = "https://w3id.org/laichau-kg/id/"
KINDS = ("person", "organization", "place", "document", "meeting", "article", "indicator")
JSON = "application/sparql-results+json"
QUERIES = {
    "ASK {}": "ASK {}",
    "the names of a place": f"SELECT ?name {{ <{ID}place/lai-chau> skos:prefLabel ?name }}",
    "1,000 triples": "SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 1000",
    "facts with their words": (
        "SELECT ?fact ?words ?article "
        "{ ?fact lck:mainEvidence ?e . ?e oa:hasSource ?article ; oa:exact ?words } LIMIT 1000"
    ),
    "statements by property": "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p",
    "words by article": (
        "SELECT ?article (COUNT(?fact) AS ?facts) (AVG(STRLEN(?words)) AS ?length) "
        "{ ?fact lck:mainEvidence ?e . ?e oa:hasSource ?article ; oa:exact ?words } GROUP BY ?article"
    ),
}
QUESTION = ("indicator-series", {"indicator": "grdp-binh-quan-dau-nguoi", "status": "target"})


def told(met: bool) -> str:  # noqa: FBT001 - a verdict
    """Write whether a goal is met."""
    return "met" if met else "MISSED"


def cold_start(layout: Layout, path: str) -> float:
    """Start the server, ask for one thing, and give the seconds from the start to the answer."""
    port = free_port()
    start = time.perf_counter()
    with running("laichau serve", laichau(layout, port), port, "/sparql") as server:
        wait_for(server, path)
        return time.perf_counter() - start


def starting(layout: Layout, size: int) -> None:
    """Show how long the server takes from nothing to its first answer."""
    times = STARTS if size <= OWN else 1
    print(f"\nCold start, from the start of the process to the first answer; median of {times}")
    for name, path in (("home page", "/vi/"), ("questions", "/questions"), ("ASK {}", "")):
        if size <= OWN or not path:
            seconds = median(cold_start(layout, path) for _ in range(times))
            print(f"{name:<40}{seconds:>8.2f} s  < {COLD_GOAL} s  {told(seconds < COLD_GOAL)}", flush=True)


def entities(server: Server) -> dict[str, list[str]]:
    """List the things that have pages, by kind, the most referred to first."""
    kinds = "|".join(KINDS)
    query = (
        f'SELECT ?t (COUNT(*) AS ?n) {{ ?s ?p ?t FILTER(REGEX(STR(?t), "^{ID}({kinds})/[^#]*$")) }} '
        "GROUP BY ?t ORDER BY DESC(?n) ?t"
    )
    _, body = get(server.address + server.asking(query), accept=JSON)
    found: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for row in json.loads(body)["results"]["bindings"]:
        name = row["t"]["value"].removeprefix(ID)
        found[name.partition("/")[0]].append(name)
    return found


def pages(wrk: Wrk, ours: Server, things: dict[str, list[str]], seconds: float, size: int) -> None:
    """Show pages, documents and canned questions: the same again and again, then always another."""
    official, indicator, place = (things[kind][0] for kind in ("person", "indicator", "place"))
    series = urllib.parse.urlencode({"indicator": indicator.partition("/")[2], "lang": "en"})
    same = {
        "home page": "/vi/",
        "page of an official": f"/vi/doc/{official}",
        "page of an indicator": f"/vi/doc/{indicator}",
        "page of a place": f"/vi/doc/{place}",
        "Turtle of an official": f"/doc/{official}.ttl",
        "JSON-LD of a place": f"/doc/{place}.jsonld",
        "question officials-index, JSON": "/questions/officials-index.json",
        "question indicator-series, JSON": f"/questions/indicator-series.json?{series}",
    }
    print(
        f"\nThe same again and again, {CONNECTIONS} connections; of each kind what is most referred to\n"
        f"{'':<40}{'KB':>7}{'first ms':>10}{'a second':>9}{'p50 ms':>9}{'p99 ms':>9}"
    )
    for name, path in same.items():
        try:
            first, body = get(ours.address + path, timeout=PAGE_WITHIN)
        except TimeoutError:
            print(f"{name:<40}  did not come within {PAGE_WITHIN} s  MISSED", flush=True)
            ours.settle()
            continue
        load = wrk.load(ours, [path], seconds)
        goal = f"  p99 < {PAGE_GOAL} ms  {told(load.p99 < PAGE_GOAL)}" if "/vi/doc/" in path else ""
        print(f"{name:<40}{len(body) / 1e3:>7,.0f}{first * 1e3:>10,.0f}{load}{goal}", flush=True)
    if size <= OWN:
        return  # so few pages are all remembered in a moment
    names = sorted(name for kind in things.values() for name in kind)
    random.Random(size).shuffle(names)  # noqa: S311 - no secret, the same each time
    officials = [name for name in names if name.startswith("person/")]
    asked = [urllib.parse.urlencode({"official": name.partition("/")[2]}) for name in officials]
    other = {
        "pages of things": [f"/vi/doc/{name}" for name in names],
        "Turtle of things": [f"/doc/{name}.ttl" for name in names],
        "question official-career, JSON": [f"/questions/official-career.json?{one}" for one in asked],
    }
    print(
        f"\nAlways another, so that none is remembered, {CONNECTIONS} connections\n"
        f"{'':<40}{'there are':>10}{'answers':>9}{'a second':>9}{'p50 ms':>9}{'p99 ms':>9}"
    )
    for name, paths in other.items():
        load = wrk.load(ours, paths, seconds)
        goal = f"  p99 < {PAGE_GOAL} ms  {told(load.p99 < PAGE_GOAL)}" if "/vi/doc/" in paths[0] else ""
        again = "  (some came twice)" if load.answers > len(paths) else ""
        print(f"{name:<40}{len(paths):>10,}{load.answers:>9,}{load}{goal}{again}", flush=True)


def alone(server: Server, query: str, timeout: float = ALONE_WITHIN) -> tuple[float, Any]:
    """Ask a query by itself a few times; give the least seconds and the first answer.

    Raises:
        TimeoutError: it took too long.
    """
    times: list[float] = []
    first: Any = None
    try:
        while not times or (len(times) < 5 and sum(times) < 2):  # noqa: PLR2004 - five times, or two seconds
            path = f"{server.asking(query)}{time.monotonic_ns()}"
            seconds, body = get(server.address + path, accept=JSON, timeout=timeout)
            first = first or json.loads(body)
            times.append(seconds)
    except urllib.error.URLError as error:
        if isinstance(error.reason, TimeoutError):
            raise TimeoutError from error
        raise
    return min(times), first


def size_of(answer: Any) -> int:
    """Count the rows of an answer; -1 and -2 are yes and no."""
    return -1 - (not answer["boolean"]) if "boolean" in answer else len(answer["results"]["bindings"])


def sparql(wrk: Wrk, servers: Sequence[Server], queries: dict[str, str], seconds: float, note: str) -> None:
    """Show queries on all servers, in turns; each request's text is another, so that all work each time."""
    ours, oxigraph, *slow = servers
    print(
        f"\nSPARQL, {CONNECTIONS} connections ({FEW} from {LONG * 1e3:.0f} ms on), every text another; "
        f"oxigraph in memory, too\n{'':<30}{'':>6}{'engine':>8}"
        + "".join(f"{'| ' + name:<29}" for name in ("laichau serve", "oxigraph serve", "rdflib-endpoint"))
        + f"\n{'':<30}{'rows':>6}{'ms':>8}"
        + f"{'| a s':>9}{'p50 ms':>10}{'p99 ms':>10}" * 3
    )
    for name, query in queries.items():
        try:
            compare(wrk, (name, query), (ours, oxigraph), slow, seconds=seconds, note=note)
        except (RuntimeError, OSError) as error:
            print(f"{name:<30}  failed: {error}", flush=True)
        if slow and slow[0].process.poll() is not None:
            slow.clear()
            note = "given up before"


def compare(
    wrk: Wrk,
    named: tuple[str, str],
    pair: tuple[Server, Server],
    slow: Sequence[Server],
    *,
    seconds: float,
    note: str,
) -> None:
    """Show one query on our server, on `oxigraph serve` and, if it runs, on rdflib-endpoint.

    Raises:
        RuntimeError: their answers differ.
    """
    (name, query), (ours, oxigraph) = named, pair
    engine, answer = alone(oxigraph, query)
    rows = size_of(answer)
    if size_of(alone(ours, query)[1]) != rows:
        raise RuntimeError("the servers do not agree.")
    connections = FEW if engine >= LONG else CONNECTIONS
    turn = min(PATIENCE, max(seconds / 2, 10 * engine))
    turns: dict[str, list[Load]] = {ours.name: [], oxigraph.name: []}
    third: list[Load | None] = []
    for _ in range(2):
        for server in pair:
            path = server.asking(query)
            load = wrk.load(server, [path], turn, accept=JSON, counted=True, connections=connections)
            turns[server.name].append(load)
        if slow and None not in third:
            third.append(unhurried(wrk, slow[0], query, rows, turn))
    mine, theirs = (together(turns[server.name]) for server in pair)
    last = [load for load in third if load]
    if third and not last:
        note = f"more than {PATIENCE} s"
    shown = f"{rows:,}" if rows >= 0 else ""
    cell = together(last) if last else f"  {note}"
    print(f"{name:<30}{shown:>6}{engine * 1e3:>8.1f} |{mine}|{theirs}|{cell}")
    share = 0.8 if engine >= ENGINE_TIME else 0.25
    ratio = mine.rate / theirs.rate
    goal = f"{ratio:.2f} x oxigraph, goal {share:g} {told(ratio >= share)}"
    if last:
        more = mine.rate / together(last).rate
        goal += f"; {more:,.0f} x rdflib-endpoint, goal 5 {told(more >= 5)}"  # noqa: PLR2004 - the goal
    print(f"{'':>6}{goal}", flush=True)


def unhurried(wrk: Wrk, server: Server, query: str, rows: int, seconds: float) -> Load | None:
    """Load rdflib-endpoint, one request at a time where one takes long; None where it takes too long.

    It works on one query at a time, whatever the connections.
    """
    try:
        once, answer = alone(server, query, PATIENCE)
    except TimeoutError:
        server.process.kill()
        return None
    if size_of(answer) != rows:
        raise RuntimeError("rdflib-endpoint does not agree.")
    by_itself = Load(1, 1 / once, once * 1e3, once * 1e3)
    if once > LONG:
        return by_itself
    load = wrk.load(server, [server.asking(query)], seconds, accept=JSON, counted=True)
    return load if load.answers else by_itself


def measure(layout: Layout, size: int, seconds: float, endpoint: Path | None, folder: Path) -> None:
    """Show all of one record."""
    quads = folder / "record.nq"
    print(f"\n== {size:,} articles, {write_quads(layout, quads):,} statements", flush=True)
    starting(layout, size)
    wrk = Wrk(folder)
    binary = Path(sys.executable).with_name("oxigraph")
    with ExitStack() as stack:

        def start(name: str, sparql: str, command: Sequence[str | Path], port: int) -> Server:
            return stack.enter_context(running(name, command, port, sparql))

        one, two, three = (free_port() for _ in range(3))
        slow, note = [], "not installed"
        if endpoint:
            command = [endpoint, "serve", "--host", "127.0.0.1", "--port", str(three), quads]
            slow, begun = [start("rdflib-endpoint", "/", command, three)], time.monotonic()
        command = [binary, "serve", "-b", f"127.0.0.1:{two}", "--union-default-graph"]
        oxigraph = start("oxigraph serve", "/query", command, two)
        wait_for(oxigraph)
        fill(oxigraph, quads)
        ours = start("laichau serve", "/sparql", laichau(layout, one), one)
        wait_for(ours)
        if slow:
            try:
                wait_for(slow[0], within=max(1, begun + LOADS_WITHIN - time.monotonic()))
            except RuntimeError:
                print(f"\nrdflib-endpoint did not load within {LOADS_WITHIN} s, or ended.")
                slow[0].process.kill()
                slow, note = [], "did not load"
        try:
            pages(wrk, ours, entities(oxigraph), seconds, size)
            held = ours.peak()
            goal = f"< {MEMORY_GOAL / 1e6:,.0f}  {told(held < MEMORY_GOAL)}"
            print(f"{'memory held at most, MB':<40}{held / 1e6:>10,.0f}  {goal}")
        except RuntimeError as error:
            print(f"\n{error} It is started again for what follows.", flush=True)
            one = free_port()
            ours = start("laichau serve", "/sparql", laichau(layout, one), one)
            wait_for(ours)
        with open_record(layout.root) as record:
            name, params = QUESTION
            text = record.text_of(name, lang="en", **params)
        queries = {**QUERIES, f"question {name}": text}
        sparql(wrk, [ours, oxigraph, *slow], queries, seconds, note)


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description="Measure laichau serve under load.")
    parser.add_argument("sizes", metavar="ARTICLES", nargs="*", type=int, help="numbers of articles")
    parser.add_argument("--seconds", metavar="N", type=float, default=4, help="how long each is asked")
    parser.add_argument("--root", metavar="DIR", type=Path, help="a made record, for a number other than 5")
    parser.add_argument(
        "--rdflib-endpoint",
        metavar="PROGRAM",
        default="rdflib-endpoint",
        help="where it is, if not on the path; it wants an environment of its own",
    )
    asked = parser.parse_args()
    if not shutil.which("wrk"):
        parser.error("wrk is missing; install it: apt install wrk.")
    if not Path(sys.executable).with_name("oxigraph").is_file():
        parser.error("oxigraph is missing; install it: pip install oxigraph.")
    found = shutil.which(asked.rdflib_endpoint)
    for size in asked.sizes or (OWN, LARGE):
        with tempfile.TemporaryDirectory() as passing:
            folder = Path(passing)
            layout = find_layout(ROOT if size == OWN else asked.root or made(size, folder / "record"))
            try:
                measure(layout, size, asked.seconds, Path(found) if found else None, folder)
            except (RuntimeError, OSError) as error:
                sys.exit(f"serve.py: {error}")


def made(size: int, root: Path) -> Path:
    """Make a record of so many articles."""
    from generate import generate  # noqa: PLC0415 - slow to import, for large records only

    generate(size, root)
    return root


if __name__ == "__main__":
    main()
