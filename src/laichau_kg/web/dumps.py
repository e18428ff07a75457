"""The record as files to take along, each plain and gzipped, made once and kept in a folder until the end.

The same record gives the same bytes: gzip writes no time.
"""

import gzip
import shutil
import weakref
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from tempfile import mkdtemp
from threading import Lock
from typing import Final

from laichau_kg._dump import Statistics, measure
from laichau_kg._filed import Filed
from laichau_kg.dataset import Distribution, describe_bytes
from laichau_kg.errors import OutputError
from laichau_kg.exports import FORMS, Source
from laichau_kg.record import Record

__all__ = ["NAME", "SUMS", "Dump", "Dumps"]

NAME: Final = "laichau-kg"
SUMS: Final = "SHA256SUMS"

_LEVEL: Final = 6


@dataclass(frozen=True, slots=True)
class Dump:
    """One file.

    Attributes:
        described: Its name, form, size and hash.
        media_type: Its media type; of a gzipped one, the gzip's.
        path: Where it lies.
    """

    described: Distribution
    media_type: str
    path: Path


class Dumps:
    """The files of one record; made when one of them is first asked for.

    A form whose package is not installed is left out.

    Args:
        record: The record.
        filed: Its triples.
    """

    def __init__(self, record: Record, filed: Filed) -> None:
        self._record = record
        self._filed = filed
        self._statistics: Statistics | None = None
        self._lock = Lock()
        self._folder = Path()

    @property
    def files(self) -> Mapping[str, Dump]:
        """The files by name, in the order of the forms."""
        with self._lock:
            return self._files

    @property
    def distributions(self) -> list[Distribution]:
        """The files as a catalogue describes them."""
        return [dump.described for dump in self.files.values()]

    @property
    def statistics(self) -> Statistics:
        """What the data set holds."""
        with self._lock:
            if self._statistics is None:
                self._statistics = measure(self._filed.quads)
            return self._statistics

    def sums(self) -> str:
        """Write the hashes as ``sha256sum --check`` reads them."""
        return "".join(f"{file.sha256}  {file.name}\n" for file in self.distributions)

    def close(self) -> None:
        """Remove the files, if there are any; they are made again when asked for."""
        with self._lock:
            if self.__dict__.pop("_files", None) is not None:
                shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def folder(self) -> Path | None:
        """Where the files lie, while they do."""
        return self._folder if "_files" in self.__dict__ else None

    @cached_property
    def _files(self) -> dict[str, Dump]:
        made: dict[str, Dump] = {}
        self._folder = Path(mkdtemp(prefix="laichau-dumps-"))
        weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        source = Source(self._record)
        source.quads = self._filed.quads
        self._statistics = source.statistics
        for form in FORMS.values():
            try:
                content = form.write(source)
            except OutputError:  # its package is not installed
                continue
            name = f"{NAME}.{form.name}"
            made[name] = self._keep(name, form.name, content, form.media_type)
            packed = gzip.compress(content, _LEVEL, mtime=0)
            made[f"{name}.gz"] = self._keep(f"{name}.gz", form.name, packed, "application/gzip")
        return made

    def _keep(self, name: str, form: str, content: bytes, media_type: str) -> Dump:
        path = self._folder / name
        path.write_bytes(content)
        return Dump(describe_bytes(name, form, content), media_type, path)
