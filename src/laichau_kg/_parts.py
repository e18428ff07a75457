"""Judge a large record part by part, on several cores.

Each part, some files of the record, is judged with what the rules read of the
rest; so no process ever holds the whole record outside the store. The parts
go to worker processes as they are done with the last; with one job they are
judged here.
"""

import gc
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, Final

import pyoxigraph as ox

from laichau_kg._findings import complete
from laichau_kg._reading import read_file
from laichau_kg.errors import DataError, LaichauError, StoreUnavailableError, WorkerDiedError
from laichau_kg.layout import Layout, find_layout
from laichau_kg.report import Finding
from laichau_kg.store import open_store, record_files

__all__ = ["judge_in_parts"]

Part = list[tuple[str, str]]
"""Paths of files, each with its graph."""

_AT_ONCE: Final = 8
_PARTS_EACH: Final = 16
_GARBAGE: Final = 100_000  # objects after which garbage is looked for; as in the command line's own process
_IN_MEMORY: Final = 2000  # articles whose facts each worker may hold in memory


def judge_in_parts(
    layout: Layout, shapes: Sequence[Path], *, jobs: int, folder: Path | None = None
) -> tuple[Finding, ...]:
    """Judge a whole record.

    Args:
        layout: The record; nobody changes it meanwhile.
        shapes: The files of shapes.
        jobs: How many processes share the work.
        folder: A store on disk that is up to date.

    Raises:
        TurtleError: a file of the record is no valid Turtle.
        WorkerDiedError: a process ended before its work.
    """
    parts = _parts(layout, jobs)
    with _on_disk(layout, folder) as store:
        head = {
            "root": str(layout.root),
            "store": None if store is None else str(store),
            "shapes": [str(path) for path in shapes],
        }
        if jobs == 1:
            judge = _PartJudge(head)
            found = [finding for part in parts for finding in judge(part)]
        else:
            found = _share(head, parts, jobs)
    unique = {json.dumps(asdict(finding), sort_keys=True): finding for finding in found}
    return tuple(sorted(unique.values(), key=Finding.sort_key))


def _parts(layout: Layout, jobs: int) -> list[Part]:
    """Cut the record: each list by itself, for it may be long, then the articles, a few at once.

    Each process gets many parts, so that none is left with much to do when the others are done.
    """
    articles, lists = Part(), list[Part]()
    for path, graph in record_files(layout):
        one = (str(path), graph)
        if path.parent == layout.articles:
            articles.append(one)
        else:
            lists.append([one])
    lists.sort(key=lambda part: -Path(part[0][0]).stat().st_size)
    size = min(_AT_ONCE, max(1, len(articles) // (_PARTS_EACH * jobs)))
    return [*lists, *(articles[at : at + size] for at in range(0, len(articles), size))]


@contextmanager
def _on_disk(layout: Layout, folder: Path | None) -> Iterator[Path | None]:
    """Find a store on disk for the workers: the one given, a passing one, or none where memory does."""
    if folder is not None or len(layout.article_files()) <= _IN_MEMORY:
        yield folder
        return
    with tempfile.TemporaryDirectory(prefix="laichau-") as name:
        passing = Path(name) / "store"
        open_store(str(passing), layout).close()
        yield passing


class _PartJudge:
    """Judges parts, one after the other."""

    def __init__(self, head: dict[str, Any]) -> None:
        from laichau_kg._rules import load_rules  # noqa: PLC0415 - rdflib is slow to import

        self._layout = find_layout(Path(head["root"]))
        self._rules = load_rules([Path(path) for path in head["shapes"]], of_few=True)
        self._engine = _engine(self._layout, head["store"])

    def __call__(self, part: Iterable[Sequence[str]]) -> tuple[Finding, ...]:
        from laichau_kg._judge import Statements, judge  # noqa: PLC0415 - pySHACL is slow to import
        from laichau_kg._scope import scope_of  # noqa: PLC0415 - the same
        from laichau_kg._walk import Base  # noqa: PLC0415 - the same

        files = [read_file(Path(path)) for path, _ in part]
        base = Base(self._engine, [graph for _, graph in part])
        scope = scope_of(self._rules, base, (one for file in files for one in file.statements))
        statements = Statements([*scope.core, *scope.more])
        findings = judge(self._rules, statements, scope.focus, core=scope.core)
        return complete(self._layout, findings, statements, files, base=base)


def _engine(layout: Layout, folder: str | None) -> ox.Store:
    if folder is not None:
        try:
            return ox.Store.read_only(folder)
        except (OSError, RuntimeError) as error:
            raise StoreUnavailableError(f"{folder}: no store can be opened here: {error}") from error
    engine = getattr(open_store("memory", layout), "engine", None)
    assert isinstance(engine, ox.Store)  # noqa: S101 - a store in memory has one
    return engine


def _share(head: dict[str, Any], parts: Sequence[Part], jobs: int) -> list[Finding]:
    """Give the parts to worker processes, the next to whoever is done."""
    waiting: SimpleQueue[Part] = SimpleQueue()
    for part in parts:
        waiting.put(part)
    workers = [_start(head) for _ in range(min(jobs, len(parts)))]
    try:
        with ThreadPoolExecutor(len(workers)) as pool:
            done = [pool.submit(_feed, worker, waiting) for worker in workers]
            return [finding for one in done for finding in one.result()]
    finally:
        for worker in workers:
            worker.kill()
            worker.communicate()


def _start(head: dict[str, Any]) -> subprocess.Popen[str]:
    worker = subprocess.Popen(
        [sys.executable, "-P", "-m", "laichau_kg._parts"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
    )
    _tell(worker, head)
    return worker


def _tell(worker: subprocess.Popen[str], message: object) -> None:
    assert worker.stdin is not None  # noqa: S101 - a pipe
    with suppress(BrokenPipeError):  # who is gone is noticed when it does not answer
        worker.stdin.write(json.dumps(message) + "\n")
        worker.stdin.flush()


def _feed(worker: subprocess.Popen[str], waiting: "SimpleQueue[Part]") -> list[Finding]:
    """Have a worker judge parts until none is waiting."""
    assert worker.stdout is not None  # noqa: S101 - a pipe
    found: list[Finding] = []
    while True:
        try:
            part = waiting.get_nowait()
        except Empty:
            return found
        try:
            _tell(worker, part)
            answer = worker.stdout.readline()
            if not answer.endswith("\n"):
                raise WorkerDiedError(
                    f"A process that judged a part of the record ended (code {worker.wait()}),"
                    " perhaps for want of memory; try fewer --jobs."
                )
            read = json.loads(answer)
            if "error" in read:
                raise DataError(read["error"])
        except LaichauError:
            while not waiting.empty():
                with suppress(Empty):
                    waiting.get_nowait()
            raise
        found += [Finding(**fields) for fields in read["findings"]]


def _work() -> None:
    """Judge parts as they come in, a line each, until no more come."""
    gc.set_threshold(_GARBAGE)
    judge = None
    for line in sys.stdin:
        message = json.loads(line)
        try:
            if judge is None:
                judge = _PartJudge(message)
                continue
            answer: dict[str, Any] = {"findings": [asdict(finding) for finding in judge(message)]}
        except LaichauError as error:
            answer = {"error": str(error)}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _work()
