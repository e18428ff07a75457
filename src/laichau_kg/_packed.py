"""Articles' files held in memory: what one of them says of one thing is read without reading it whole.

A file in the project's one form of Turtle has one block a subject. The block
is found by its first line and parsed alone. The store knows how many triples
there are of the subject; where the block does not give as many, the file is of
another form, and is parsed whole.
"""

import re
import zlib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from laichau_kg.turtle import written_iri
from laichau_kg.vocab import PREFIXES

__all__ = ["PackedFiles"]

_UNPACKED: Final = 128  # files whose text is at hand
_PARSED: Final = 8  # files that are held parsed
_HEAD_LINE: Final = re.compile(rb"(?:BASE|PREFIX) (?:([a-z][a-z0-9-]*): )?<([^<>\s]*)>")
_PREFIX: Final = re.compile(rb'(?<![^\s^<"])([a-z][a-z0-9-]*):')
_STRING: Final = PREFIXES["xsd"] + "string"
_END: Final = b"\n.\n"
_LONG_QUOTES: Final = (b'"""', b"'''")


class PackedFiles:
    """The files of articles at one moment, each a named graph; safe among threads.

    Args:
        files: Turtle files, each with the graph it is.
        engine: A store that holds the same triples; without one each file that is asked of is parsed whole.
    """

    def __init__(self, files: Iterable[tuple[Path, str]], engine: ox.Store | None = None) -> None:
        self._engine = engine
        self._plain = {graph: path.read_bytes() for path, graph in files}
        self._packed: dict[str, bytes] = {}
        self._graphs = tuple(sorted(self._plain))
        self._text = lru_cache(_UNPACKED)(self.text)
        self._head = lru_cache(_UNPACKED)(self._read_head)
        self.whole = lru_cache(_PARSED)(self._parse)

    def __contains__(self, graph: object) -> bool:
        """Whether one of the files is this graph."""
        return graph in self._plain or graph in self._packed

    def __iter__(self) -> Iterator[str]:
        """Yield the graphs, sorted."""
        return iter(self._graphs)

    def pack(self) -> None:
        """Compress what is held, one file after the other, to a quarter of its size."""
        for graph in self._graphs:
            plain = self._plain.get(graph)
            if plain is not None:
                self._packed[graph] = zlib.compress(plain, 1)
                self._plain.pop(graph)  # only now: who reads meanwhile finds it in one of the two places

    def about(self, graph: str, iri: str) -> list[ox.Quad]:
        """Return what a file says of a thing, spelled as it says it."""
        node = ox.NamedNode(iri)
        if self._engine is None:
            return list(self.whole(graph).quads_for_subject(node))
        stored = list(self._engine.quads_for_pattern(node, None, None, ox.NamedNode(graph)))
        if all(_is_kept(quad.object) for quad in stored):
            return stored
        block = self._block(graph, iri)
        if len(block) == len(stored) and all(quad.subject == node for quad in block):
            return block
        return list(self.whole(graph).quads_for_subject(node))

    def _block(self, graph: str, iri: str) -> list[ox.Quad]:
        """Parse the block that begins with a thing's name; nothing where there is none."""
        text = self._text(graph)
        base, prefixes = self._head(graph)
        start = text.find(f"\n\n{written_iri(iri, base)[0]}\n".encode())
        end = text.find(_END, start)
        if not prefixes or start < 0 or end < 0:
            return []
        block = text[start : end + len(_END)]
        used = {prefixes.get(name, b"") for name in _PREFIX.findall(block)}
        head = b"".join((f"BASE <{base}>\n".encode() if base else b"", *used))
        try:
            return list(ox.parse(head + block, format=ox.RdfFormat.TURTLE))
        except SyntaxError:
            return []

    def _read_head(self, graph: str) -> tuple[str, dict[bytes, bytes]]:
        """Return the base of a file, and the line that declares each prefix.

        There is nothing to return where a text may go over several lines, and look like a block.
        """
        base = ""
        prefixes: dict[bytes, bytes] = {}
        text = self._text(graph)
        if any(mark in text for mark in _LONG_QUOTES):
            return base, prefixes
        for line in text.partition(b"\n\n")[0].split(b"\n"):
            found = _HEAD_LINE.fullmatch(line)
            if found and found[1]:
                prefixes[found[1]] = line + b"\n"
            elif found:
                base = found[2].decode()
        return base, prefixes

    def text(self, graph: str) -> bytes:
        """Return a file as it is."""
        plain = self._plain.get(graph)
        return zlib.decompress(self._packed[graph]) if plain is None else plain

    def _parse(self, graph: str) -> ox.Dataset:
        """Parse a file; its triples are in the default graph, for to name it costs as much again."""
        return ox.Dataset(ox.parse(self.text(graph), format=ox.RdfFormat.TURTLE))


def _is_kept(node: object) -> bool:
    """Tell whether a store keeps a term as it is: it rewrites numbers, and what else is no text."""
    return not isinstance(node, ox.Literal) or bool(node.language) or node.datatype.value == _STRING
