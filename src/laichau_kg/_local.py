"""Oxigraph inside this process: in memory, or in a folder on disk.

The default graph of every query is the union of all graphs. Canned questions
are asked in this process; free SPARQL in a worker that can be killed.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox

from laichau_kg._guard import MEMORY, TIMEOUT, Dataset, admit, dataset_of
from laichau_kg._terms import TermCache, read_graph, to_ntriples
from laichau_kg.answers import AnyAnswer, BooleanAnswer, read_json
from laichau_kg.errors import QueryError, StoreError, StoreUnavailableError, TurtleError

if TYPE_CHECKING:
    from laichau_kg._worker import Worker

__all__ = ["DiskStore", "MemoryStore"]

Files = Sequence[tuple[Path, str]]
Handover = tuple[Mapping[str, Any], bytes]
Listing = Callable[[], AbstractContextManager[Files]]

_RETRIES: Final = 5  # opened beside a writer, a store may look torn for a moment
_PAUSE: Final = 0.05


class _LocalStore:
    """What both have in common."""

    def __init__(self) -> None:
        self._terms = TermCache()
        self._worker: Worker | None = None

    def _opened(self) -> ox.Store:
        raise StoreUnavailableError("The store is closed.")

    def handover(self) -> AbstractContextManager[Handover]:
        """Give what a process is to read that answers as this store does; meanwhile files stay."""
        raise StoreUnavailableError("The store is closed.")

    @property
    def engine(self) -> ox.Store:
        """Oxigraph's own store, for the checker; it is only read."""
        return self._opened()

    def query(self, text: str, *, timeout: float | None = None) -> AnyAnswer:
        """Ask a trusted query in this process; with *timeout*, in the worker, which can be stopped.

        Raises:
            LimitExceededError: its time was up.
            QueryError: the engine does not take the query.
        """
        if timeout is not None:
            return self._ask_worker(text, {}, dataset_of(text), timeout, MEMORY)
        # With the union asked for, Oxigraph passes over FROM; the names of graphs decide.
        union = not any(dataset_of(text))
        try:
            return self._terms.answer(self._opened().query(text, use_default_graph_as_union=union))
        except SyntaxError as error:
            raise QueryError(f"The engine does not take this query: {error}") from error
        except (OSError, RuntimeError) as error:
            raise StoreError(f"The query failed: {error}") from error

    def sparql(self, text: str, *, timeout: float = TIMEOUT, memory: int = MEMORY) -> AnyAnswer:
        """Ask anybody's query in the worker, within the limits.

        Raises:
            UpdateRefusedError: it would change or fetch something.
            SparqlSyntaxError: it is not SPARQL.
            LimitExceededError: its time or memory was up.
        """
        admitted = admit(text)
        return self._ask_worker(text, admitted.prefixes, admitted.dataset, timeout, memory)

    def graphs(self) -> list[str]:
        """List the IRIs of the named graphs, sorted."""
        named = self._opened().named_graphs()
        return sorted(graph.value for graph in named if isinstance(graph, ox.NamedNode))

    def _ask_worker(
        self, text: str, prefixes: dict[str, str], dataset: Dataset, timeout: float, memory: int
    ) -> AnyAnswer:
        if self._worker is None:
            from laichau_kg._worker import Worker  # noqa: PLC0415 - canned questions need no subprocess

            self._worker = Worker(self.handover)
        head, body = self._worker.query(
            text, prefixes=prefixes, timeout=timeout, memory=memory, union=not any(dataset)
        )
        if head["kind"] == "boolean":
            return BooleanAnswer(value=head["value"])
        return read_json(body) if head["kind"] == "rows" else read_graph(body)

    def _end_worker(self) -> None:
        if self._worker:
            self._worker.close()
        self._worker = None

    def _replace(self, store: ox.Store, graph: str, turtle: bytes, source: str) -> None:
        """Replace a graph in one update, so that a reader sees the old one or the new one."""
        triples = to_ntriples(turtle, source=source).decode()
        name = ox.NamedNode(graph)
        store.update(f"DROP SILENT GRAPH {name} ;\nINSERT DATA {{ GRAPH {name} {{\n{triples}}} }}")
        self._end_worker()


class MemoryStore(_LocalStore):
    """Oxigraph in memory, filled from files when it is first asked.

    Free SPARQL alone leaves the files to the worker. If that is killed, the
    next one reads all of them anew, as they are then; once they are read
    here, every worker is given what was read here. So each answer is of one
    state of the files, and none is of an earlier one than the answer before.

    Args:
        files: Turtle files, each with the graph it goes into.
        listing: Lists them instead, when they are read; they stay as they are until it is left.
    """

    def __init__(self, files: Files = (), *, listing: Listing | None = None) -> None:
        super().__init__()
        self._waiting: Listing | None = listing or ((lambda: nullcontext(files)) if files else None)
        self._store: ox.Store | None = ox.Store()

    def load_files(self, files: Files) -> None:
        """Add the triples of Turtle *files* to their graphs.

        Raises:
            TurtleError: a file is no valid Turtle.
        """
        store = self._opened()
        for path, graph in files:
            _load(store, path, graph)
        self._end_worker()

    def replace_graph(self, graph: str, turtle: bytes) -> None:
        """Replace the triples of *graph* in one go.

        Raises:
            TurtleError: *turtle* is no valid Turtle.
        """
        self._replace(self._opened(), graph, turtle, f"<{graph}>")

    def remove_graph(self, graph: str) -> None:
        """Remove *graph*, if it is there."""
        self._opened().remove_graph(ox.NamedNode(graph))
        self._end_worker()

    def close(self) -> None:
        """Forget all; the store cannot be used any more."""
        self._end_worker()
        self._store = None

    def _opened(self) -> ox.Store:
        if self._store is None:
            raise StoreUnavailableError("The store is closed.")
        if self._waiting:
            waiting, self._waiting = self._waiting, None
            with waiting() as files:
                for path, graph in files:
                    _load(self._store, path, graph)
            self._end_worker()  # it may have read the files of a moment before
        return self._store

    @contextmanager
    def handover(self) -> Iterator[Handover]:
        """Hand on the files while nobody has read them here; later on, what they had become."""
        if self._store is not None and self._waiting:
            with self._waiting() as files:
                yield {"op": "files", "files": [[str(path), graph] for path, graph in files]}, b""
        else:
            yield {"op": "quads"}, self._opened().dump(format=ox.RdfFormat.N_QUADS) or b""


class DiskStore(_LocalStore):
    """Oxigraph in a folder: read beside others, written by one at a time.

    It is opened for reading until something is written, so that many
    processes may ask while one loads.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._reader: ox.Store | None = None
        self._writer: ox.Store | None = None
        self._closed = False

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return self._folder

    def exists(self) -> bool:
        """Whether there is a store in the folder."""
        return (self._folder / "CURRENT").is_file()

    def load_files(self, files: Files) -> None:
        """Add the triples of Turtle *files* to their graphs.

        Raises:
            TurtleError: a file is no valid Turtle.
            StoreUnavailableError: another process is writing to the folder.
        """
        try:
            self._writable().bulk_extend(_quads(files))
        except OSError as error:
            raise StoreError(f"{self._folder}: cannot be written: {error}") from error
        self._end_worker()

    def replace_graph(self, graph: str, turtle: bytes) -> None:
        """Replace the triples of *graph* in one update.

        Raises:
            TurtleError: *turtle* is no valid Turtle.
            StoreUnavailableError: another process is writing to the folder.
        """
        try:
            self._replace(self._writable(), graph, turtle, f"<{graph}>")
        except OSError as error:
            raise StoreError(f"{self._folder}: cannot be written: {error}") from error

    def remove_graph(self, graph: str) -> None:
        """Remove *graph*, if it is there."""
        self._writable().remove_graph(ox.NamedNode(graph))
        self._end_worker()

    def tidy(self) -> None:
        """Bring together what was loaded in many goes: looking up is twice as fast then."""
        try:
            self._writable().optimize()
        except OSError as error:
            raise StoreError(f"{self._folder}: cannot be written: {error}") from error

    def flush(self) -> None:
        """Bring what was written to the disk, and give up the right to write."""
        if self._writer is not None:
            self._writer.flush()
        self._writer = None  # the last reference: Oxigraph lets go of the folder

    def close(self) -> None:
        """Bring what was written to the disk; the store cannot be used any more."""
        self._end_worker()
        self.flush()
        self._reader = None
        self._closed = True

    def _opened(self) -> ox.Store:
        if self._closed:
            raise StoreUnavailableError(f"{self._folder}: the store is closed.")
        if self._writer is not None:
            return self._writer
        if self._reader is None:
            self._reader = _open(lambda: ox.Store.read_only(str(self._folder)), self._folder)
        return self._reader

    def _writable(self) -> ox.Store:
        if self._closed:
            raise StoreUnavailableError(f"{self._folder}: the store is closed.")
        if self._writer is None:
            self._reader = None
            try:
                self._folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise StoreUnavailableError(f"{self._folder}: cannot be made: {error.strerror}.") from error
            self._writer = _open(lambda: ox.Store(str(self._folder)), self._folder)
        return self._writer

    @contextmanager
    def handover(self) -> Iterator[Handover]:
        """Hand on the folder."""
        self._opened()
        if self._writer is not None:
            self._writer.flush()
        yield {"op": "disk", "path": str(self._folder)}, b""


def _open(opener: Callable[[], ox.Store], folder: Path) -> ox.Store:
    for attempt in range(_RETRIES):
        try:
            return opener()
        except (OSError, RuntimeError) as error:
            complaint = str(error)
            if isinstance(error, OSError) and "lock" in complaint.lower():
                raise StoreUnavailableError(
                    f"{folder}: another process is writing to this store; try again when it is done."
                ) from error
            if attempt == _RETRIES - 1 or "orrupt" not in complaint:
                raise StoreUnavailableError(f"{folder}: no store can be opened here: {complaint}") from error
        time.sleep(_PAUSE)
    raise StoreUnavailableError(f"{folder}: no store can be opened here.")


def _load(store: ox.Store, path: Path, graph: str) -> None:
    """Load one file, whole or not at all."""
    with _named(path):
        store.load(path=str(path), format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(graph))


def _quads(files: Files) -> Iterator[ox.Quad]:
    """Read files one after the other: a store on disk takes many at once in half the time of one by one."""
    for path, graph in files:
        name = ox.NamedNode(graph)
        with _named(path):
            for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE, rename_blank_nodes=True):
                yield ox.Quad(quad.subject, quad.predicate, quad.object, name)


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Name the file, and the place in it, in what goes wrong with reading it."""
    try:
        yield
    except SyntaxError as error:
        raise TurtleError(str(error.msg), path=str(path), line=error.lineno, column=error.offset) from error
    except OSError as error:
        raise StoreError(f"{path}: cannot be loaded: {error}") from error
