"""Compare this package with what it stands on, side by side in one run, and print ratios.

    python benchmarks/run.py [questions] [process] [loading] [checking]

Without names all parts run. Both sides of a pair take turns, so that a drift
of the machine touches both; medians are printed. See README.md here.
"""

import functools
import gc
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from statistics import median

import pyoxigraph as ox
import pyshacl
import rdflib
import rdflib.plugins.sparql
from pyshacl.graph_abstraction import RdfLibDataGraph

from laichau_kg import open_record
from laichau_kg.layout import Layout, find_layout
from laichau_kg.record import Record
from laichau_kg.store import open_store, record_files

ROOT = Path(__file__).parents[1]
ROUNDS = 31
PATIENCE = 10  # seconds for one question on rdflib
# What required parameters are asked with.
EXAMPLES = {
    "indicator": "grdp-binh-quan-dau-nguoi",
    "person": "tran-tien-dung",
    "official": "tran-tien-dung",
    "post": "chu-tich-uy-ban-nhan-dan-tinh-lai-chau",
    "period": "2020-h1",
    "place": "lai-chau",
    "article": "lai-chau-tang-toc-but-pha-2024",
    "thing": "giang-a-tinh",
    "fact": "thu-tuong-lam-viec-voi-tinh-lai-chau--grdp-binh-quan-dau-nguoi-2023",
}


def in_turns(*sides: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    """Run the sides in turn and return each one's median in seconds."""
    for side in sides:
        side()
    times: list[list[float]] = [[] for _ in sides]
    for _ in range(rounds):
        for side, taken in zip(sides, times, strict=True):
            gc.collect(0)
            start = time.perf_counter()
            side()
            taken.append(time.perf_counter() - start)
    return [median(taken) for taken in times]


def line(name: str, ours: float, theirs: float, goal: str, *, met: bool) -> None:
    """Print one comparison, times in milliseconds."""
    verdict = "met" if met else "MISSED"
    print(f"{name:<34}{ours * 1e3:>10.2f}{theirs * 1e3:>12.2f}{ours / theirs:>9.2f}  {goal:<20} {verdict}")


def head(title: str, ours: str, theirs: str) -> None:
    """Print a part's heading."""
    print(f"\n{title}\n{'':<34}{ours + ' ms':>10}{theirs + ' ms':>12}{'ratio':>9}  goal")


def raw_store(layout: Layout) -> ox.Store:
    """Load the record as pyoxigraph alone would."""
    store = ox.Store()
    for path, graph in record_files(layout):
        store.bulk_load(path=path, format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(graph))
    return store


def judge(layout: Layout) -> rdflib.Graph:
    """Load the record as rdflib alone would."""
    graph = rdflib.Graph()
    for path, _ in record_files(layout):
        graph.parse(path, format="turtle")
    return graph


def questions(layout: Layout) -> None:
    """Time each canned question through the library, on raw pyoxigraph and on rdflib."""
    head("Canned questions: the library against Store.query with the same text", "library", "raw")
    slow = []
    with open_record(layout.root) as record:
        raw, graph = raw_store(layout), judge(layout)
        for query_id in record.catalog:
            query = record.catalog.get(query_id)
            params = {each.name: EXAMPLES[each.type] for each in query.parameters if each.required}
            text = bound_text(record, query_id, params)
            ours, theirs = in_turns(
                lambda query_id=query_id, params=params: record.query(query_id, **params),
                lambda text=text: list(raw.query(text, use_default_graph_as_union=True)),
            )
            line(query_id, ours, theirs, "<= 1.3 x + 0.3 ms", met=ours <= 1.3 * theirs + 3e-4)
            slow.append((query_id, ours, patiently(lambda text=text: list(graph.query(text)))))
    head(f"The same questions on rdflib (one run each, given up after {PATIENCE} s)", "library", "rdflib")
    for query_id, ours, theirs in slow:
        line(query_id, ours, theirs, "faster", met=ours < theirs)


def patiently(side: Callable[[], object]) -> float:
    """Run a pure Python side once; return its seconds, or the limit at which it was given up."""

    def give_up(_signal: int, _frame: object) -> None:
        raise TimeoutError

    signal.signal(signal.SIGALRM, give_up)
    signal.alarm(PATIENCE)
    start = time.perf_counter()
    with suppress(TimeoutError):
        side()
    signal.alarm(0)
    return time.perf_counter() - start


def bound_text(record: Record, query_id: str, params: dict[str, str]) -> str:
    """Return the very text that the library sends to its engine."""
    query = record.catalog.get(query_id)
    kinds = {each.name: each.type for each in query.parameters}
    return query.bind({name: record.resolve(kinds[name], value) for name, value in params.items()})


def process(layout: Layout) -> None:
    """Time whole processes: a question on the command line against importing rdflib."""
    head("Whole processes, against python -c 'import rdflib'", "laichau", "import")
    laichau = [sys.executable, "-m", "laichau_kg.cli", "--root", str(layout.root)]
    importing = [sys.executable, "-c", "import rdflib"]
    for words in (
        ["query"],
        ["query", "cross-checks"],
        ["query", "indicator-series", "indicator=GRDP bình quân đầu người"],
    ):
        ours, theirs = in_turns(
            lambda words=words: start_process([*laichau, *words]), lambda: start_process(importing), rounds=11
        )
        line("laichau " + " ".join(words)[:25], ours, theirs, "< 1.5 x", met=ours < 1.5 * theirs)


def start_process(command: Sequence[str]) -> None:
    """Run a command to its end and drop what it prints."""
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)


def loading(layout: Layout) -> None:
    """Time loading the record into memory, against rdflib."""
    head("Loading the record into memory", "library", "rdflib")
    ours, theirs = in_turns(lambda: load(layout), lambda: judge(layout), rounds=5)
    line("load", ours, theirs, "faster", met=ours < theirs)


def load(layout: Layout) -> None:
    """Open the record in memory and ask it something, so that it is loaded."""
    store = open_store("memory", layout)
    store.query("ASK { ?s ?p ?o }")
    store.close()


def checking(layout: Layout) -> None:
    """Time judging the whole record, against pySHACL with every rule as SHACL or SHACL-SPARQL.

    Stock pySHACL parses each SPARQL constraint again for each thing it looks
    at and takes more than ten minutes; so that the part ends, it is given the
    parsed queries from a cache here, which only helps it.
    """
    from laichau_kg.shapes import check_record  # noqa: PLC0415 - brings pySHACL in only for this part

    head("Checking the whole record, parsing included", "library", "pyshacl")
    verdicts: list[bool] = []

    def ours() -> None:
        verdicts.append(check_record(layout).conforms)

    def theirs() -> None:
        shapes = rdflib.Graph()
        for path in layout.shape_files():
            if path.stem != "house":
                shapes.parse(path, format="turtle")
        verdicts.append(
            pyshacl.validate(judge(layout), shacl_graph=shapes, allow_warnings=True, allow_infos=True)[0]
        )

    plain = RdfLibDataGraph.query
    parse = functools.lru_cache(None)(rdflib.plugins.sparql.prepareQuery)

    def query_parsed_once(self: RdfLibDataGraph, query: str, *args: object, **kwargs: object) -> object:
        return plain(self, parse(query), *args, **kwargs)

    RdfLibDataGraph.query = query_parsed_once
    ours()
    start = time.perf_counter()
    theirs()
    slow = time.perf_counter() - start
    (fast,) = in_turns(ours, rounds=5)
    line("laichau check", fast, slow, ">= 8 x faster", met=fast * 8 <= slow)
    print(f"{slow / fast:.1f} times faster; same verdict: {'yes' if len(set(verdicts)) == 1 else 'NO'}")


PARTS = {"questions": questions, "process": process, "loading": loading, "checking": checking}


def main() -> None:
    """Run the parts named on the command line, or all."""
    layout = find_layout(ROOT)
    for name in sys.argv[1:] or PARTS:
        PARTS[name](layout)


if __name__ == "__main__":
    main()
