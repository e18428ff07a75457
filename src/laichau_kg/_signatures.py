"""Tell which files changed since they were last read, as git does: by size and times, then by digest.

Looking at ten thousand files takes some hundredths of a second, reading them
many seconds.
"""

import hashlib
import json
import os
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from laichau_kg.errors import StoreError

__all__ = ["UNKNOWN", "Note", "Signed", "list_signed", "noted", "read_notes", "write_notes"]

Note = list[str]
"""A file's SHA-256, and its signature."""

UNKNOWN: Final[Note] = ["", ""]
"""Of what may be anything by now: its file is read whatever its signature."""

_UNSURE: Final = ""
_TICK: Final = 20_000_000  # nanoseconds within which a file may change twice under one time


class Signed(NamedTuple):
    """A file and its signature: size and times in one text."""

    path: str
    signature: str
    changed: int


def list_signed(folders: Iterable[tuple[Path, Callable[[str], str]]]) -> dict[str, Signed]:
    """List the Turtle files of folders, by the name that a folder's rule gives to a file's stem.

    Raises:
        StoreError: a folder cannot be read.
    """
    found: dict[str, Signed] = {}
    for folder, named in folders:
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if entry.name.endswith(".ttl"):
                        stat = entry.stat()
                        signature = f"{stat.st_size} {stat.st_mtime_ns} {stat.st_ctime_ns}"
                        changed = max(stat.st_mtime_ns, stat.st_ctime_ns)
                        found[named(entry.name[:-4])] = Signed(entry.path, signature, changed)
        except FileNotFoundError:
            continue  # a record without a history, say
        except OSError as error:
            raise StoreError(f"{folder}: cannot be read: {error.strerror}.") from error
    return found


def noted(file: Signed, old: Note | None) -> Note:
    """Return a file's note: the old one if its signature still holds, else one of a fresh reading.

    Raises:
        StoreError: the file cannot be read.
    """
    if old is not None and old[1] == file.signature:
        return old
    now = time.time_ns()
    try:
        digest = hashlib.sha256(Path(file.path).read_bytes()).hexdigest()
    except OSError as error:
        raise StoreError(f"{file.path}: cannot be read: {error.strerror}.") from error
    # Changed just now, it may change again without a sign; so it is read once more next time.
    return [digest, file.signature if now - file.changed > _TICK else _UNSURE]


def read_notes(path: Path) -> dict[str, Note]:
    """Read the notes at *path*; none if there are none, or they are not sound."""
    try:
        notes = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    sound = isinstance(notes, dict) and all(
        isinstance(note, list) and len(note) == len(Signed._fields) - 1 for note in notes.values()
    )
    return notes if sound else {}


def write_notes(path: Path, notes: Mapping[str, Note]) -> None:
    """Write notes in one rename.

    Raises:
        StoreError: they cannot be written.
    """
    fresh = path.with_suffix(".new")
    try:
        fresh.write_text(json.dumps(notes, indent=0, sort_keys=True) + "\n", encoding="utf-8")
        os.replace(fresh, path)  # noqa: PTH105 - the atomic one
    except OSError as error:
        raise StoreError(f"{path}: cannot be written: {error.strerror}.") from error
