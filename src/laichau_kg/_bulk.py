"""The record as linked data in files, made in little memory, byte for byte as `exports` makes it.

Each file is read once: it gives its part of the N-Quads, which are in the
order of the graphs, and its triples go into one of many small files, by the
place that they will have. Those are sorted one by one and give the N-Triples.
The other forms are read from these two.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from laichau_kg import _dump
from laichau_kg._jsonld import stream_jsonld
from laichau_kg.dataset import DATASET_GRAPH

__all__ = ["Bulk"]

_SAMPLED: Final = 20  # of so many files one, to find where the parts begin
_PART: Final = 50_000  # triples of a part, about

Files = Sequence[tuple[Path, str]]


class Bulk:
    """The linked data of some files.

    Args:
        files: Turtle files, each with the graph it is.
        folder: An empty folder for what is needed in between.

    Attributes:
        statistics: What the files hold.

    Raises:
        TurtleError: a file is no valid Turtle.
    """

    def __init__(self, files: Files, folder: Path) -> None:
        self._files = sorted(files, key=lambda file: f"<{file[1]}>")
        self._folder = folder
        self._quads, self._triples = folder / "all.nq", folder / "all.nt"
        self._namespaces: set[str] = set()
        graphs = self._split()
        self.statistics = self._join(graphs)

    def quads(self) -> Iterator[ox.Quad]:
        """Read all triples with their graphs, in order."""
        return ox.parse(path=str(self._quads), format=ox.RdfFormat.N_QUADS)

    def write(
        self, form: str, path: Path, description: Sequence[ox.Quad], context: Mapping[str, Any]
    ) -> None:
        """Write one form.

        Args:
            form: One of `exports.LINKED_DATA`.
            path: The file.
            description: The graph of the data set, for the forms with graphs.
            context: The context for JSON-LD.
        """
        with path.open("wb") as file:
            if form in ("ttl", "nt", "rdf"):
                triples = (q.triple for q in ox.parse(path=str(self._triples), format=_dump.FORMATS["nt"]))
                _dump.stream(triples, form, file, _dump.used_prefixes(self._namespaces))
            elif form == "jsonld":
                stream_jsonld(self._with(description), context, file)
            else:
                used = self._namespaces | _dump.namespaces(description)
                _dump.stream(self._with(description), form, file, _dump.used_prefixes(used))

    def _with(self, description: Sequence[ox.Quad]) -> Iterator[ox.Quad]:
        """Read the quads, and the description in its place."""
        waiting = _dump.in_order(description)
        for quad in self.quads():
            if waiting and str(quad.graph_name) > f"<{DATASET_GRAPH}>":
                yield from waiting
                waiting = []
            yield quad
        yield from waiting

    def _split(self) -> list[str]:
        """Write the quads, and the triples into parts; return the graphs that are not empty."""
        bounds = self._bounds()
        graphs = []
        with ExitStack() as stack, self._quads.open("wb") as whole:
            parts = [stack.enter_context(self._part(place).open("wb")) for place in range(len(bounds) + 1)]
            for path, graph in self._files:
                quads = _dump.read_quads([(path, graph)])
                if not quads:
                    continue
                graphs.append(graph)
                self._namespaces |= _dump.namespaces(quads)
                whole.write(ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"")
                triples = ox.serialize((quad.triple for quad in quads), format=ox.RdfFormat.N_TRIPLES) or b""
                for quad, line in zip(quads, triples.splitlines(keepends=True), strict=True):
                    parts[bisect_right(bounds, str(quad.subject))].write(line)
        return graphs

    def _bounds(self) -> list[str]:
        """Find subjects between which there is about a part each."""
        sampled = sorted(
            str(quad.subject)
            for file in self._files[:: max(1, len(self._files) // _SAMPLED)]
            for quad in _dump.read_quads([file])
        )
        step = max(1, _PART * min(_SAMPLED, len(self._files)) // len(self._files))
        return sorted(set(sampled[step::step]))

    def _join(self, graphs: Iterable[str]) -> _dump.Statistics:
        """Sort the parts one by one into the triples, each once; count them."""
        counting = _dump.Counting()
        with self._triples.open("wb") as whole:
            for part in sorted(self._folder.glob("part-*")):
                parsed = ox.parse(path=str(part), format=ox.RdfFormat.N_TRIPLES)
                triples = list(dict.fromkeys(q.triple for q in sorted(parsed, key=_dump.triple_order)))
                for triple in triples:
                    counting.take(triple)
                whole.write(ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"")
                part.unlink()
        return counting.statistics(graphs)

    def _part(self, place: int) -> Path:
        return self._folder / f"part-{place:06}"
