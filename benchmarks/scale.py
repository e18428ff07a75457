"""Measure how time grows with the record: one bundle's check, the whole check, loading, the questions.

    python benchmarks/scale.py [SIZES…] [--parts one,all,load,questions] [--keep DIR]

Records of the sizes (5, 100 and 1000 articles without any named) are made by
generate.py and measured side by side in one run. With --keep they, and their
stores, stay in DIR and are used again. See README.md here.
"""

import argparse
import functools
import multiprocessing
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median
from typing import Any

from generate import generate
from laichau_kg import open_record
from laichau_kg.layout import Layout
from laichau_kg.shapes import SMALL
from laichau_kg.store import open_store, record_files
from run import EXAMPLES

PARTS = ("one", "all", "load", "questions")
SIZES = (5, 100, 1000)
MEMORY = 4 * 2**30 - 2**28  # bytes that a process may take
PATIENCE = 30  # seconds for one question
WHOLE = 1200  # seconds for pySHACL's check of everything
LARGE = 1000  # articles; no larger record is loaded into memory, or judged as a whole by pySHACL
MODEL = "thu-tuong-lam-viec-voi-tinh-lai-chau-2"  # of about the mean size, and alike at every size
ANY_FACT = f"{MODEL}--grdp-binh-quan-dau-nguoi-2023"
WIDEST = "hoi-nghi-truc-tuyen-6-thang-dau-nam-2022-3"  # compares most with what others tell
ROUNDS = 15
FLAT = 1.3  # times that a check may take in the largest record
TIMES = 100  # by how much checking one bundle has to beat pySHACL over the record
FIVE = 5  # by how much checking a record has to beat pySHACL
SPAWN = multiprocessing.get_context("spawn")


@dataclass
class Made:
    """A made record, its store, and two bundles to check against it."""

    size: int
    layout: Layout
    store: Path
    bundles: tuple[Path, ...]

    def command(self, *words: str | Path) -> list[str]:
        """Write a command line of the program on this record."""
        return [
            sys.executable, "-m", "laichau_kg.cli", "check", *map(str, words), "--root", str(self.layout.root)
        ]  # fmt: skip


def make(size: int, folder: Path) -> Made:
    """Make a record, unless it is there, and new bundles like two of its articles."""
    root = folder / f"record-{size}"
    if not root.exists():
        generate(size, root)
    layout = Layout(root)
    bundles = tuple(again(layout, slug, folder / f"{slug}-{size}.ttl") for slug in (MODEL, WIDEST))
    return Made(size, layout, folder / f"store-{size}", bundles)


def again(layout: Layout, slug: str, bundle: Path) -> Path:
    """Write the facts of an article as those of a new one."""
    (path,) = layout.articles.glob(f"*-{slug}.ttl")
    bundle.write_text(path.read_text(encoding="utf-8").replace(slug, f"{slug}-moi"), encoding="utf-8")
    return bundle


def verdict(name: str, figure: str, goal: str, *, met: bool) -> None:
    """Print one figure with its goal."""
    print(f"{name:<52}{figure:>16}  {goal:<24}{'met' if met else 'MISSED'}", flush=True)


def taken(command: Sequence[str]) -> float:
    """Run a command and give its seconds; what Python compiles it keeps, as it does where it is installed.

    Raises:
        RuntimeError: it did not judge, whatever its verdict.
    """
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, check=False, encoding="utf-8", env=env)
    if done.returncode not in {0, 1} or "Traceback" in done.stderr:
        raise RuntimeError(f"{' '.join(command)}: {done.stderr.strip() or done.returncode}")
    return time.perf_counter() - start


def in_turns(commands: Sequence[Sequence[str]], rounds: int) -> list[list[float]]:
    """Run commands in turn, once before it counts; give each one's seconds, the least first."""
    times: list[list[float]] = [[] for _ in commands]
    for count in range(rounds + 1):
        for command, seconds in zip(commands, times, strict=True):
            one = taken(command)
            if count:
                seconds.append(one)
    return [sorted(seconds) for seconds in times]


def limited(limit: int = MEMORY) -> None:
    """Keep this process within bounds, so that it fails and not the machine."""
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def load_store(made: Made) -> tuple[float, int]:
    """Load a record into a new store on disk; give the seconds and the peak of memory in bytes."""
    start = time.perf_counter()
    store = open_store(str(made.store), made.layout)
    store.close()
    return time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def apart(work: Callable[..., Any], *values: object) -> Any:
    """Do something in a process of its own, and give what it returns."""
    with SPAWN.Pool(1) as pool:
        return pool.apply(work, values)


def count_triples(layout: Layout) -> int:
    """Count the triples of the articles."""
    import pyoxigraph as ox  # noqa: PLC0415 - in the process that counts

    return sum(sum(1 for _ in ox.parse(path=str(path))) for path in layout.article_files())


def loading(records: Sequence[Made]) -> None:
    """Show how quick a store on disk is loaded, and how large it is."""
    print("\nLoading into the store on disk")
    print(
        f"{'articles':>10}{'triples':>12}{'s':>9}{'articles/s':>12}{'triples/s':>12}{'MB':>8}{'peak MB':>10}"
    )
    for made in records:
        triples = apart(count_triples, made.layout)
        if made.store.exists():
            print(f"{made.size:>10,}{triples:>12,}  (there already)")
            continue
        seconds, peak = apart(load_store, made)
        size = sum(path.stat().st_size for path in made.store.rglob("*") if path.is_file())
        print(
            f"{made.size:>10,}{triples:>12,}{seconds:>9.1f}{made.size / seconds:>12,.0f}"
            f"{triples / seconds:>12,.0f}{size / 2**20:>8,.0f}{peak / 2**20:>10,.0f}",
            flush=True,
        )


def judge_plainly(root: Path) -> None:
    """Judge a whole record by pySHACL alone, its queries parsed once, which only helps it."""
    import pyshacl  # noqa: PLC0415 - slow to import, for this process only
    import rdflib  # noqa: PLC0415 - as above
    import rdflib.plugins.sparql  # noqa: PLC0415 - as above
    from pyshacl.graph_abstraction import RdfLibDataGraph  # noqa: PLC0415 - as above

    limited()
    layout = Layout(root)
    plain = RdfLibDataGraph.query
    parse = functools.lru_cache(None)(rdflib.plugins.sparql.prepareQuery)

    def query_parsed_once(self: RdfLibDataGraph, query: str, *args: object, **kwargs: object) -> object:
        return plain(self, parse(query), *args, **kwargs)

    RdfLibDataGraph.query = query_parsed_once
    data, shapes = rdflib.Graph(), rdflib.Graph()
    for path, _ in record_files(layout):
        data.parse(path, format="turtle")
    for path in layout.shape_files():
        if path.stem != "house":
            shapes.parse(path, format="turtle")
    pyshacl.validate(data, shacl_graph=shapes, allow_warnings=True, allow_infos=True)


def pyshacl_seconds(made: Made, limit: float) -> float | None:
    """Time pySHACL over a whole record; nothing if it was stopped at the limit.

    Raises:
        RuntimeError: it failed before.
    """
    process = SPAWN.Process(target=judge_plainly, args=(made.layout.root,))
    start = time.perf_counter()
    process.start()
    process.join(limit)
    seconds = time.perf_counter() - start
    if process.is_alive():
        process.kill()
        process.join()
        return None
    if process.exitcode:
        raise RuntimeError(f"pySHACL failed over {made.size:,} articles after {seconds:.0f} s.")
    return seconds


def checking_one(records: Sequence[Made]) -> None:
    """Show that judging one new bundle takes the same time whatever the size of the record."""
    print("\nChecking one new bundle, as a whole process: laichau check FILE --store DIR")
    for made in records:
        if not made.store.exists():
            apart(load_store, made)
    asked = [(made, bundle) for made in records for bundle in made.bundles]
    found = iter(in_turns([made.command(bundle, "--store", made.store) for made, bundle in asked], ROUNDS))
    times = [[next(found) for _ in made.bundles] for made in records]
    for at, about in enumerate(("one of about the mean size", "the one that compares most")):
        print(f"{about}: the median of {ROUNDS} runs, and the least, which other work disturbed least")
        for made, bundles in zip(records, times, strict=True):
            middle, least = median(bundles[at]), bundles[at][0]
            name, figure = f"  in a record of {made.size:,} articles", f"{middle * 1e3:.0f} ms"
            verdict(f"{name}{least * 1e3:>8.0f} ms", figure, "< 1 s", met=middle < 1)
        growth = times[-1][at][0] / times[0][at][0]
        middle = median(times[-1][at]) / median(times[0][at])
        name = f"  {records[-1].size:,} against {records[0].size:,} articles, medians {middle:.2f} x, least"
        verdict(name, f"{growth:.2f} x", f"<= {FLAT} x", met=growth <= FLAT)
    for made, bundles in zip(records, times, strict=True):
        if made.size == LARGE:
            beaten(made, TIMES * max(map(median, bundles)) + 1, f">= {TIMES} x slower")


def beaten(made: Made, limit: float, goal: str) -> None:
    """Show that pySHACL is still at work on a record after so many seconds."""
    whole = pyshacl_seconds(made, limit)
    figure = f"> {limit:.0f} s (stopped)" if whole is None else f"{whole:.1f} s"
    verdict(f"pySHACL over all {made.size:,}, queries parsed once", figure, goal, met=whole is None)


def checking_all(records: Sequence[Made]) -> None:
    """Show what the second core brings to a check of everything, and how pySHACL compares."""
    print(f"\nChecking the whole record: laichau check --jobs N; above {LARGE:,} articles with --store")
    for made in records:
        is_shared = made.size > SMALL
        store = ("--store", made.store) if made.size > LARGE else ()
        if store and not made.store.exists():
            apart(load_store, made)
        commands = [made.command("--jobs", str(jobs), *store) for jobs in ((1, 2) if is_shared else (1,))]
        if made.size <= LARGE // 10:
            times = [least for least, *_ in in_turns(commands, rounds=1)]
        else:
            times = [taken(command) for command in commands]
        alone, both = times[0], times[-1]
        if is_shared:
            about = f"{made.size:,} articles: one core {alone:.1f} s, both {both:.1f} s"
            verdict(about, f"{alone / both:.2f} x", ">= 1.7 x", met=alone >= 1.7 * both)
        else:
            print(f"{made.size:,} articles: {alone:.1f} s, in one go")
        if made is records[0]:
            whole = pyshacl_seconds(made, WHOLE)
            figure = f"> {WHOLE} s (stopped)" if whole is None else f"{whole:.1f} s"
            name = f"pySHACL over all {made.size:,}, queries parsed once"
            verdict(name, figure, f">= {FIVE} x slower than one", met=(whole or WHOLE) >= FIVE * alone)
        elif made.size < LARGE:
            beaten(made, FIVE * alone, f">= {FIVE} x slower than one")


def cases(layout: Layout) -> Iterator[tuple[str, dict[str, str]]]:
    """List the questions, each as bare as may be and, if it can be asked of one thing, of one."""
    given = EXAMPLES | {"article": MODEL, "fact": ANY_FACT}
    with open_record(layout.root) as record:
        for name in record.catalog:
            parameters = record.catalog.get(name).parameters
            needed = {each.name: given[each.type] for each in parameters if each.required}
            yield name, needed
            more = [each for each in parameters if not each.required and each.type in given]
            if more:
                yield name, needed | {more[0].name: given[more[0].type]}


def answer(layout: Layout, store: str, todo: Sequence[tuple[str, dict[str, str]]], pipe: Connection) -> None:
    """Answer questions in a process of its own; tell of each the rows and the seconds."""
    limited()
    with open_record(layout.root, store=store) as record:
        record.query("evidence", fact=ANY_FACT)  # so that the store is open
        pipe.send(None)
        for name, params in todo:
            times: list[float] = []
            while not times or (len(times) < 5 and sum(times) < 2):  # noqa: PLR2004 - five times, or two seconds
                start = time.perf_counter()
                rows = len(record.query(name, **params).rows)
                times.append(time.perf_counter() - start)
            pipe.send((rows, median(times)))


def answers(
    made: Made, store: str, todo: Sequence[tuple[str, dict[str, str]]]
) -> list[tuple[int, float] | None]:
    """Ask all questions; one that takes too long or too much is given up, and the rest asked anew."""
    found: list[tuple[int, float] | None] = []
    while len(found) < len(todo):
        ours, theirs = SPAWN.Pipe()
        process = SPAWN.Process(target=answer, args=(made.layout, store, todo[len(found) :], theirs))
        process.start()
        theirs.close()
        with suppress(EOFError):
            ours.recv()  # the store is open
            while len(found) < len(todo) and ours.poll(PATIENCE):
                found.append(ours.recv())
        process.kill()
        process.join()
        if len(found) < len(todo):
            found.append(None)
    return found


def asking(records: Sequence[Made]) -> None:
    """Show the time of each question at each size; mark what grows by more than the record does."""
    print(f"\nQuestions: medians in ms; – was given up after {PATIENCE} s or {MEMORY >> 20} MB")
    todo = list(cases(records[0].layout))
    for store in ("memory", "disk"):
        asked = [made for made in records if store == "disk" or made.size <= LARGE]
        columns = []
        for made in asked:
            spec = "memory" if store == "memory" else str(made.store)
            columns.append(answers(made, spec, todo))
        sizes = "".join(f"{made.size:>9,} rows{'ms':>11}" for made in asked)
        print(f"\n{'store: ' + store:<46}{sizes}", flush=True)
        for (name, params), *found in zip(todo, *columns, strict=True):
            words = " ".join([name, *(f"{key}={value}" for key, value in params.items())])[:45]
            cells = "".join(f"{one[0]:>14,}{one[1] * 1e3:>11,.1f}" if one else f"{'–':>25}" for one in found)
            print(f"{words:<46}{cells}{grows(asked, found)}", flush=True)


def grows(asked: Sequence[Made], found: Sequence[tuple[int, float] | None]) -> str:
    """Say whether a question's time grows faster than the record from the last size but one to the last."""
    if len(asked) < 2 or not found[-2]:  # noqa: PLR2004 - two sizes
        return ""
    more = asked[-1].size / asked[-2].size
    last = found[-1][1] if found[-1] else PATIENCE
    times = last / found[-2][1]
    return f"  grew {times:.0f} x" if times > 1.5 * more and last > 0.1 else ""  # noqa: PLR2004 - beyond noise


def main() -> None:
    """Make the records and show the parts that the command line asks for."""
    parser = argparse.ArgumentParser(description="Measure how time grows with the record.")
    parser.add_argument("sizes", metavar="SIZES", nargs="*", type=int, help="numbers of articles")
    parser.add_argument("--parts", default=",".join(PARTS), help="some of " + ", ".join(PARTS))
    parser.add_argument("--keep", metavar="DIR", type=Path, help="where the records and stores stay")
    asked = parser.parse_args()
    show = {"one": checking_one, "all": checking_all, "load": loading, "questions": asking}
    parts = asked.parts.split(",")
    if not set(parts) <= show.keys() or any(size < 5 for size in asked.sizes):  # noqa: PLR2004 - a group
        parser.error(f"parts are {', '.join(PARTS)}; a size is 5 or more.")
    with tempfile.TemporaryDirectory() as passing:
        folder = asked.keep or Path(passing)
        folder.mkdir(parents=True, exist_ok=True)
        start = time.perf_counter()
        records = [make(size, folder) for size in sorted(asked.sizes or SIZES)]
        sizes = ", ".join(f"{made.size:,}" for made in records)
        print(f"records of {sizes} articles, made or found in {time.perf_counter() - start:.0f} s")
        for part in ("load", "one", "all", "questions"):
            if part in parts:
                show[part](records)


if __name__ == "__main__":
    main()
