"""One small interface, three stores: Oxigraph in memory, Oxigraph on disk, any SPARQL 1.1 server.

``data/`` in git is the truth; a store is an index that can be thrown away and
rebuilt.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol, runtime_checkable

from laichau_kg._journal import reading
from laichau_kg._signatures import (
    UNKNOWN,
    Rule,
    Seen,
    Signed,
    is_sealed,
    list_signed,
    look_over,
    noted,
    read_notes,
    seal,
    write_notes,
)
from laichau_kg.answers import AnyAnswer
from laichau_kg.errors import StoreError, StoreUnavailableError
from laichau_kg.layout import Layout
from laichau_kg.vocab import GRAPH

__all__ = [
    "Handover",
    "Loaded",
    "Store",
    "article_graph",
    "engine_of",
    "files_of",
    "hand_over",
    "load_record",
    "load_store",
    "open_store",
    "record_files",
]

_DIGESTS: Final = "laichau-digests.json"
_AT_ONCE: Final = 250  # files that a store on disk takes together; memory grows with them

Progress = Callable[[str], None]
"""Called with a graph's IRI when it is loaded."""


Handover = tuple[Mapping[str, Any], bytes]
"""What `laichau_kg._worker.Worker` is given: a request, and what goes with it."""


class Store(Protocol):
    """What can be asked of every store."""

    def query(self, text: str, *, timeout: float | None = None) -> AnyAnswer:
        """Ask a trusted query; the default graph is the union of all graphs."""

    def sparql(self, text: str, *, timeout: float = ..., memory: int = ...) -> AnyAnswer:
        """Ask anybody's query, within limits; updates and what would fetch are refused."""

    def load_files(self, files: Sequence[tuple[Path, str]]) -> None:
        """Add the triples of Turtle files to their graphs."""

    def replace_graph(self, graph: str, turtle: bytes) -> None:
        """Replace the triples of one graph in one go."""

    def remove_graph(self, graph: str) -> None:
        """Remove one graph, if it is there."""

    def graphs(self) -> list[str]:
        """List the IRIs of the named graphs, sorted."""

    def close(self) -> None:
        """Bring what was written to safety and let go."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading did: IRIs of graphs."""

    replaced: tuple[str, ...]
    removed: tuple[str, ...]


def open_store(spec: str, layout: Layout) -> Store:
    """Open the store that *spec* names, filled with the record where it is ours to fill.

    Args:
        spec: ``memory``; ``http://…`` or ``https://…``, a SPARQL server's query address; else a folder.
        layout: The record. In memory it is loaded; a folder is built when
            empty and brought up to date when files have changed; a server
            is taken as it is: `load_record` loads it.

    Raises:
        StoreUnavailableError: it cannot be opened.
    """
    if spec == "memory":
        from laichau_kg._local import MemoryStore  # noqa: PLC0415 - one engine is imported, not all

        return MemoryStore(listing=lambda: _steady_files(layout))
    if spec.startswith(("http://", "https://")):
        from laichau_kg._remote import RemoteStore  # noqa: PLC0415 - as above

        return RemoteStore(spec)
    from laichau_kg._local import DiskStore  # noqa: PLC0415 - as above

    disk = DiskStore(Path(spec))
    with reading(layout):
        seen = look_over(_folders(layout))
        if not (disk.exists() and is_sealed(disk.folder / _DIGESTS, seen)):
            _refresh(disk, seen, lambda _graph: None)
    return disk


def load_store(spec: str, layout: Layout, *, progress: Progress) -> Loaded:
    """Bring the store that *spec* names, a folder or a server, to what the record's files say.

    Raises:
        StoreUnavailableError: it cannot be opened.
        TurtleError: a file is no valid Turtle.
        StoreError: the store failed.
    """
    if spec.startswith(("http://", "https://")):
        return load_record(layout, open_store(spec, layout), progress=progress)
    from laichau_kg._local import DiskStore  # noqa: PLC0415 - one engine is imported, not all

    with closing(DiskStore(Path(spec))) as disk:
        return load_record(layout, disk, progress=progress)


def record_files(layout: Layout) -> list[tuple[Path, str]]:
    """List the record's files, each with the IRI of its graph; shapes are not among them."""
    return [
        *((path, f"{GRAPH}ontology-{path.stem}") for path in layout.ontology_files()),
        *((path, f"{GRAPH}scheme-{path.stem}") for path in layout.scheme_files()),
        *((path, f"{GRAPH}register-{path.stem}") for path in layout.register_files()),
        *((path, article_graph(path)) for path in layout.article_files()),
        *((path, f"{GRAPH}history-{path.stem}") for path in layout.history_files()),
    ]


def files_of(layout: Layout) -> dict[str, Path]:
    """Name the file of each graph."""
    return {graph: Path(file.path) for graph, file in list_signed(look_over(_folders(layout))).items()}


def article_graph(path: Path) -> str:
    """Return the graph of an article's file, named without the date.

    >>> article_graph(Path("2020-12-14-ke-hoach-2021.ttl"))
    'https://w3id.org/laichau-kg/graph/ke-hoach-2021'
    >>> article_graph(Path("undated-hoi-nghi.ttl"))
    'https://w3id.org/laichau-kg/graph/hoi-nghi'
    """
    return _article_graph(path.stem)


def _article_graph(stem: str) -> str:
    date, slug = stem[:10], stem[11:]
    dated = date.replace("-", "").isdigit() and slug
    return GRAPH + (slug if dated else stem.removeprefix("undated-"))


def load_record(layout: Layout, store: Store, *, progress: Progress = lambda _graph: None) -> Loaded:
    """Load the whole record into *store*, each graph replaced in one go.

    Graphs under our address that the record has no more are removed; all
    others are left alone. A store on disk knows what it holds, and only what
    has changed since is written.

    Args:
        layout: The record.
        store: Where to; a server, or a folder.
        progress: Called with each graph's IRI when it is loaded.

    Raises:
        TurtleError: a file is no valid Turtle.
        StoreError: the store failed; what was loaded before stays.
    """
    if isinstance(store, _Folder):
        with reading(layout):
            return _refresh(store, look_over(_folders(layout)), progress)
    with reading(layout):
        files = record_files(layout)
        for path, graph in files:
            store.replace_graph(graph, _read(path))
            progress(graph)
    wanted = {graph for _, graph in files}
    gone = [graph for graph in store.graphs() if graph.startswith(GRAPH) and graph not in wanted]
    for graph in gone:
        store.remove_graph(graph)
    return Loaded(tuple(graph for _, graph in files), tuple(gone))


@contextmanager
def hand_over(store: Store, layout: Layout) -> Iterator[Handover]:
    """Give what a process of `laichau_kg._worker` is to read, to answer as *store* does.

    A server's place is taken by the files it was loaded from. All stays as
    it is until it is left.

    Raises:
        StoreError: the store failed.
    """
    if isinstance(store, _HandsOver):
        with store.handover() as handover:
            yield handover
    else:
        with _steady_files(layout) as files:
            yield {"op": "files", "files": [[str(path), graph] for path, graph in files]}, b""


def engine_of(store: Store) -> Any:
    """Return Oxigraph's own store, to be read only; None where the facts are on a server."""
    return getattr(store, "engine", None)


@contextmanager
def _steady_files(layout: Layout) -> Iterator[list[tuple[Path, str]]]:
    """List the record's files, which nobody changes meanwhile."""
    with reading(layout):
        yield record_files(layout)


@runtime_checkable
class _HandsOver(Protocol):
    def handover(self) -> AbstractContextManager[Handover]: ...


@runtime_checkable
class _Folder(Store, Protocol):
    @property
    def folder(self) -> Path: ...

    def exists(self) -> bool: ...

    def tidy(self) -> None: ...

    def flush(self) -> None: ...


def _refresh(store: _Folder, seen: Sequence[Seen], progress: Progress) -> Loaded:
    """Bring a store on disk up to date: only the graphs whose files have changed are written.

    A file whose size and times are as they were is not read. The notes say
    first of what is going to be written that it is unknown, and at the end
    what it is: whoever comes after an interruption does it again.
    """
    note = store.folder / _DIGESTS
    old = read_notes(note) if store.exists() else {}
    files = list_signed(seen)
    new = {graph: noted(file, old.get(graph)) for graph, file in files.items()}
    gone: set[str] = set()
    if new != old:
        changed = [graph for graph in sorted(new) if graph not in old or old[graph][0] != new[graph][0]]
        if not old:
            gone = _fill(store, files, progress)
        else:
            gone = {graph for graph in old if graph not in new and graph.startswith(GRAPH)}
            write_notes(note, old | dict.fromkeys([*changed, *gone], UNKNOWN))
            for graph in changed:
                store.replace_graph(graph, _read(Path(files[graph].path)))
                progress(graph)
            for graph in gone:
                store.remove_graph(graph)
        store.flush()
        write_notes(note, new)
    if all(signature for _, signature in new.values()):
        seal(note, seen)
    return Loaded(tuple(files), tuple(sorted(gone)))


def _fill(store: _Folder, files: Mapping[str, Signed], progress: Progress) -> set[str]:
    """Load all files, many at once; return the graphs of ours that were there and are no more.

    What a store holds without notes, somebody began to load and did not end.
    """
    held: set[str] = set()
    if store.exists():
        held.update(graph for graph in store.graphs() if graph.startswith(GRAPH))
        for graph in held:
            store.remove_graph(graph)
    else:
        _refuse_other_folder(store.folder)
    todo = [(Path(file.path), graph) for graph, file in sorted(files.items())]
    for first in range(0, len(todo), _AT_ONCE):
        batch = todo[first : first + _AT_ONCE]
        store.load_files(batch)
        for _, graph in batch:
            progress(graph)
    store.tidy()
    return held - files.keys()


def _folders(layout: Layout) -> list[tuple[Path, Rule]]:
    """List the record's folders, each with the rule that names a file's graph by the file's stem."""
    return [
        (layout.ontology, lambda stem: f"{GRAPH}ontology-{stem}"),
        (layout.schemes, lambda stem: f"{GRAPH}scheme-{stem}"),
        (layout.registers, lambda stem: f"{GRAPH}register-{stem}"),
        (layout.articles, _article_graph),
        (layout.history, lambda stem: f"{GRAPH}history-{stem}"),
    ]


def _refuse_other_folder(folder: Path) -> None:
    """A store is many files; they must not fall among somebody's own."""
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir())):
        raise StoreUnavailableError(f"{folder}: no store, and not empty; name a store or a new folder.")


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise StoreError(f"{path}: cannot be read: {error.strerror}.") from error
