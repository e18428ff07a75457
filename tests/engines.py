"""One query asked of every engine: what the tests of the questions stand on.

Use the fixture ``run_on`` (see conftest): ``run_on(engine, files, text)``,
where *files* is a sequence of (path of a Turtle file, IRI of its graph), such
as `laichau_kg.store.record_files` gives.
"""

import contextlib
import functools
import tempfile
from pathlib import Path

import rdflib

from laichau_kg._local import DiskStore, MemoryStore
from laichau_kg._remote import RemoteStore
from laichau_kg._terms import rdflib_answer
from servers import oxigraph_server, virtuoso_server

ENGINES = ("rdflib", "memory", "disk", "oxigraph-server", "virtuoso")


class Engines:
    """Keeps what is dear: parsed graphs, open stores, running servers, and what they are loaded with."""

    def __init__(self):
        self._stack = contextlib.ExitStack()
        # Methods that cost a lot are called once for each argument.
        self._dataset, self._memory = functools.cache(self._dataset), functools.cache(self._memory)
        self._disk, self._server = functools.cache(self._disk), functools.cache(self._server)
        self._held = {}  # a server's store: the files that it holds

    def close(self):
        """Stop all servers."""
        self._stack.close()

    def run(self, engine, files, text):
        """Ask *text* over *files* and return the answer, its numbers canonical."""
        files = tuple((Path(path), graph) for path, graph in files)
        if engine == "rdflib":
            return rdflib_answer(self._dataset(files).query(text))
        if engine == "memory":
            return self._memory(files).query(text)
        if engine == "disk":
            return self._disk(files).query(text)
        store = self._server(engine)
        self._fill(store, files)
        return store.query(text, timeout=60)

    def _dataset(self, files):
        dataset = rdflib.Dataset(default_union=True)
        for path, graph in files:
            dataset.graph(rdflib.URIRef(graph)).parse(path, format="turtle")
        return dataset

    def _memory(self, files):
        return MemoryStore(files)

    def _disk(self, files):
        folder = Path(self._stack.enter_context(tempfile.TemporaryDirectory())) / "store"
        store = DiskStore(folder)
        self._stack.callback(store.close)
        store.load_files(files)
        store.flush()
        return store

    def _server(self, engine):
        folder = Path(self._stack.enter_context(tempfile.TemporaryDirectory()))
        start = oxigraph_server if engine == "oxigraph-server" else virtuoso_server
        store = RemoteStore(self._stack.enter_context(start(folder)))
        self._stack.callback(store.close)
        return store

    def _fill(self, store, files):
        held = dict(self._held.get(store, ()))
        wanted = {graph: path for path, graph in files}
        self._held[store] = ()  # unknown, should the next lines fail
        for graph in held:
            if graph not in wanted:
                store.remove_graph(graph)
        for graph, path in wanted.items():
            if held.get(graph) != path:
                store.replace_graph(graph, path.read_bytes())
        self._held[store] = tuple(wanted.items())
