"""A process that writes the record in every form, one after another, in little memory.

It is told a folder: ``source/`` in it holds the files, and ``source/files.json``
lists them with their graphs. It says on its stdout what it has done, a line of
JSON each: first what the record holds, then each file.
"""

import json
import os
import shutil
import sys
import zlib
from collections.abc import Iterator
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, cast

from laichau_kg import _dump
from laichau_kg._bulk import Bulk
from laichau_kg._index import Index
from laichau_kg._local import MemoryStore
from laichau_kg.dataset import DATASET_GRAPH, Distribution, describe, to_ntriples
from laichau_kg.errors import LaichauError, OutputError
from laichau_kg.exports import FORMS, LINKED_DATA, Form, Source
from laichau_kg.layout import find_layout
from laichau_kg.record import Record
from laichau_kg.vocab import LCK, PREFIXES

__all__ = ["COMMAND", "FILES", "SOURCE"]

COMMAND: Final = (sys.executable, "-P", "-m", "laichau_kg._dumping")
"""Starts the process; to be added: the record's root, the folder, the files' name, how far behind others."""

SOURCE: Final = "source"
FILES: Final = "files.json"

_LEVEL: Final = 6
_GZIP: Final = 31  # what zlib calls its form
_CHUNK: Final = 1 << 20
_TABLED: Final = 200  # articles whose tables fit a workbook that is made in little memory
_EXACT: Final = PREFIXES["oa"] + "exact"


def _main(root: Path, folder: Path, stem: str, behind: int) -> None:
    os.nice(behind)
    source = folder / SOURCE
    files = [(source / name, graph) for name, graph in json.loads((source / FILES).read_text("utf-8"))]
    work = folder / "work"
    work.mkdir()
    bulk = Bulk(files, work)
    _say(statistics=asdict(bulk.statistics))
    record = Record(find_layout(root), lambda: MemoryStore(files))
    description = _dump.parse_ntriples(to_ntriples(describe(bulk.statistics)), DATASET_GRAPH)
    context = Source(record).context
    others = _Others(record, bulk)
    for form in FORMS.values():
        path = folder / f"{stem}.{form.name}"
        if form.name in LINKED_DATA:
            bulk.write(form.name, path, description, context)
        elif form.name == "xlsx" and len(others.index.of_class(LCK.Article)) > _TABLED:
            continue
        else:
            try:
                path.write_bytes(form.write(cast("Source", others)))
            except OutputError:  # its package is not installed
                continue
        packed = path.with_name(path.name + ".gz")
        _pack(path, packed)
        _tell(form, path, form.media_type)
        _tell(form, packed, "application/gzip")
    shutil.rmtree(work)
    shutil.rmtree(source)


class _Others:
    """What other people's formats are made of, without what none of them tells."""

    def __init__(self, record: Record, bulk: Bulk) -> None:
        self.record = record
        self._bulk = bulk
        self._index: Index | None = None

    @property
    def index(self) -> Index:
        """The statements by what they are about; of evidence only the words."""
        if self._index is None:
            self._index = Index(self._told())
        return self._index

    def _told(self) -> Iterator[Any]:
        for quad in self._bulk.quads():
            if "#char=" not in str(quad.subject) or quad.predicate.value == _EXACT:
                yield quad


def _pack(path: Path, packed: Path) -> None:
    """Compress a file as ``gzip.compress`` does, without the time."""
    gzip = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP)
    with path.open("rb") as plain, packed.open("wb") as file:
        while chunk := plain.read(_CHUNK):
            file.write(gzip.compress(chunk))
        file.write(gzip.flush())


def _tell(form: Form, path: Path, media_type: str) -> None:
    digest = sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    described = Distribution(path.name, form.name, path.stat().st_size, digest.hexdigest())
    _say(file=asdict(described), media_type=media_type)


def _say(**word: object) -> None:
    sys.stdout.write(json.dumps(word) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    try:
        _main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
    except BrokenPipeError:  # nobody listens any more
        shutil.rmtree(sys.argv[2], ignore_errors=True)
    except (LaichauError, OSError) as error:
        sys.exit(str(error))
