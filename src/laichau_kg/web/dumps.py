"""The record as files to take along, each plain and gzipped, made once and kept in a folder until the end.

A process of its own makes them. Of a small record everybody waits for them; of a
large one nobody does, and it works behind all others: what is not made yet is to
be asked for again. The same record gives the same bytes.
"""

import json
import shutil
import subprocess
import weakref
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from threading import Condition, Thread
from typing import Any, Final

from laichau_kg._dump import Statistics, measure
from laichau_kg._dumping import COMMAND, FILES, SOURCE
from laichau_kg._filed import Filed
from laichau_kg.dataset import Distribution
from laichau_kg.errors import NotReadyError, StoreError
from laichau_kg.record import Record

__all__ = ["NAME", "SUMS", "Dump", "Dumps"]

NAME: Final = "laichau-kg"
SUMS: Final = "SHA256SUMS"

_BEHIND: Final = 19  # of 19 steps
_AFTER: Final = 30  # seconds after which it is worth asking again


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

    A form whose package is not installed is left out, and of a large record the
    workbook.

    Args:
        record: The record.
        filed: Its triples.
        waits: Whether who asks waits for them.
    """

    def __init__(self, record: Record, filed: Filed, *, waits: bool = True) -> None:
        self._record = record
        self._filed = filed
        self.waits = waits
        self._changed = Condition()
        self._making: _Making | None = None
        self._measured: Statistics | None = None

    @property
    def files(self) -> Mapping[str, Dump]:
        """The files that are made, by name, in the order of the forms.

        Raises:
            StoreError: they cannot be made.
        """
        making = self._begun()
        with self._changed:
            if self.waits:
                self._changed.wait_for(lambda: making.is_over)
            making.complain()
            return dict(making.files)

    @property
    def distributions(self) -> list[Distribution]:
        """The files as a catalogue describes them."""
        return [dump.described for dump in self.files.values()]

    @property
    def statistics(self) -> Statistics:
        """What the data set holds.

        Raises:
            NotReadyError: it is being counted.
            StoreError: it cannot be counted.
        """
        if self.waits:
            with self._changed:
                if self._measured is None:
                    self._measured = measure(self._filed.quads)
                return self._measured
        making = self._begun()
        with self._changed:
            making.complain()
            if making.statistics is None:
                raise NotReadyError("This is being made just now; ask again in a while.", after=_AFTER)
            return making.statistics

    @property
    def is_complete(self) -> bool:
        """Whether all files are made; this begins nothing and waits for nothing."""
        return self._making is not None and self._making.is_over

    @property
    def state(self) -> str:
        """Tell how far they are, for what is said of them; "" where everybody waits until they are made."""
        return "" if self.waits else str(len(self.files))

    def sums(self) -> str:
        """Write the hashes as ``sha256sum --check`` reads them."""
        return "".join(f"{file.sha256}  {file.name}\n" for file in self.distributions)

    def start(self) -> None:
        """Begin to make them, if nobody has yet."""
        self._begun()

    def close(self) -> None:
        """Remove the files, if there are any; they are made again when asked for."""
        with self._changed:
            making, self._making = self._making, None
        if making:
            making.end()

    @property
    def folder(self) -> Path | None:
        """Where the files lie, while they do."""
        return self._making.folder if self._making else None

    def _begun(self) -> "_Making":
        with self._changed:
            if self._making is None:
                self._making = _Making(self._record, self._filed, self._changed, 0 if self.waits else _BEHIND)
            return self._making


class _Making:
    """The process that makes the files, and what it has told."""

    def __init__(self, record: Record, filed: Filed, changed: Condition, behind: int) -> None:
        self.folder = Path(mkdtemp(prefix="laichau-dumps-"))
        self.files: dict[str, Dump] = {}
        self.statistics: Statistics | None = None
        self.is_over = False
        self._complaint = ""
        self._changed = changed
        source = self.folder / SOURCE
        source.mkdir()
        listed = filed.copy_to(source)
        (source / FILES).write_text(json.dumps(listed), encoding="utf-8")
        self._process = subprocess.Popen(
            [*COMMAND, str(record.layout.root), str(self.folder), NAME, str(behind)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self._end = weakref.finalize(self, _end, self._process, self.folder)
        Thread(target=_listen, args=(weakref.ref(self), self._process), daemon=True).start()

    def take(self, word: Mapping[str, Any]) -> None:
        """Note what the process tells."""
        with self._changed:
            if "statistics" in word:
                told = {**word["statistics"], "graphs": tuple(word["statistics"]["graphs"])}
                self.statistics = Statistics(**told)
            else:
                described = Distribution(**word["file"])
                self.files[described.name] = Dump(described, word["media_type"], self.folder / described.name)
            self._changed.notify_all()

    def finish(self, code: int, said: str) -> None:
        """Note that the process has ended."""
        with self._changed:
            self.is_over = True
            if code:
                self._complaint = said.strip().rpartition("\n")[2] or f"its process ended with {code}"
            self._changed.notify_all()

    def complain(self) -> None:
        """Say what went wrong, if anything did.

        Raises:
            StoreError: the process failed.
        """
        if self._complaint:
            raise StoreError(f"The dumps cannot be made: {self._complaint}")

    def end(self) -> None:
        """End the process and remove the files."""
        self._end()


def _listen(making: "weakref.ref[_Making]", process: "subprocess.Popen[bytes]") -> None:
    """Pass on what the process tells, as long as anybody wants to know."""
    with process:
        for line in process.stdout or ():
            one = making()
            if one is not None:
                one.take(json.loads(line))
            del one
        said = process.stderr.read().decode(errors="replace") if process.stderr else ""
    one = making()
    if one is not None:
        one.finish(process.returncode, said)


def _end(process: "subprocess.Popen[bytes]", folder: Path) -> None:
    process.kill()
    process.wait()
    shutil.rmtree(folder, ignore_errors=True)
