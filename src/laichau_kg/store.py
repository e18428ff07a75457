"""One small interface, three stores: Oxigraph in memory, Oxigraph on disk, any SPARQL 1.1 server.

``data/`` in git is the truth; a store is an index that can be thrown away and
rebuilt.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol, runtime_checkable

from laichau_kg._journal import reading
from laichau_kg._signatures import list_signed, noted, read_notes, write_notes
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
    "open_store",
    "record_files",
]

_DIGESTS: Final = "laichau-digests.json"


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
        _refresh(disk, layout)
    return disk


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
    return {graph: Path(file.path) for graph, file in list_signed(_folders(layout)).items()}


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


def load_record(
    layout: Layout, store: Store, *, progress: Callable[[str], None] = lambda _graph: None
) -> Loaded:
    """Load the whole record into *store*, graph by graph, each replaced in one go.

    Graphs under our address that the record has no more are removed; all
    others are left alone.

    Args:
        layout: The record.
        store: Where to; usually a server.
        progress: Called with each graph's IRI when it is loaded.

    Raises:
        TurtleError: a file is no valid Turtle.
        StoreError: the store failed; what was loaded before stays.
    """
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


class _Folder(Store, Protocol):
    @property
    def folder(self) -> Path: ...

    def exists(self) -> bool: ...

    def flush(self) -> None: ...


def _refresh(store: _Folder, layout: Layout) -> None:
    """Bring a store on disk up to date: only the graphs whose files have changed are written.

    A file whose size and times are as they were is not read. The notes are
    written last. Whoever is interrupted finds old notes and does it again.
    """
    note = store.folder / _DIGESTS
    old = read_notes(note) if store.exists() else {}
    files = list_signed(_folders(layout))
    new = {graph: noted(file, old.get(graph)) for graph, file in files.items()}
    if new == old:
        return
    if store.exists():
        for graph, file in files.items():
            if graph not in old or old[graph][0] != new[graph][0]:
                store.replace_graph(graph, _read(Path(file.path)))
        gone = {*old, *(store.graphs() if not old else ())} - new.keys()
        for graph in gone:
            if graph.startswith(GRAPH):
                store.remove_graph(graph)
    else:
        _refuse_other_folder(store.folder)
        store.load_files([(Path(file.path), graph) for graph, file in sorted(files.items())])
    store.flush()
    write_notes(note, new)


def _folders(layout: Layout) -> list[tuple[Path, Callable[[str], str]]]:
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
