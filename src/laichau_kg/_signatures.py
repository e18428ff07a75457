"""Tell which files changed since they were last read, as git does: by size and times, then by digest.

Looking at ten thousand files takes some hundredths of a second, reading them
many seconds.
"""

import hashlib
import json
import os
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

from laichau_kg.errors import StoreError

__all__ = [
    "UNKNOWN",
    "Note",
    "Rule",
    "Seen",
    "Signed",
    "is_sealed",
    "list_signed",
    "look_over",
    "noted",
    "read_notes",
    "seal",
    "write_notes",
]

Note = list[str]
"""A file's SHA-256, and its signature."""

UNKNOWN: Final[Note] = ["", ""]
"""Of what may be anything by now: its file is read whatever its signature."""

_UNSURE: Final = ""
_SEAL: Final = ".seal"
_TICK: Final = 20_000_000  # nanoseconds within which a file may change twice under one time


Rule = Callable[[str], str]
"""Names what a file holds by the file's stem."""


class Seen(NamedTuple):
    """The Turtle files of one folder as they were seen: for each a line of its name, size and times."""

    folder: Path
    named: Rule
    files: list[str]


class Signed(NamedTuple):
    """A file and its signature: size and times in one text."""

    path: str
    signature: str
    changed: int


def look_over(folders: Iterable[tuple[Path, Rule]]) -> list[Seen]:
    """Look at the Turtle files of folders without reading them.

    Raises:
        StoreError: a folder cannot be read.
    """
    return [Seen(folder, named, _look(folder)) for folder, named in folders]


def _look(folder: Path) -> list[str]:
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except FileNotFoundError:
        return []  # a record without a history, say
    except OSError as error:
        raise StoreError(f"{folder}: cannot be read: {error.strerror}.") from error
    try:
        with os.scandir(handle) as entries:
            found = [
                f"{entry.name} {stat.st_size} {stat.st_mtime_ns} {stat.st_ctime_ns}"
                for entry in entries
                if entry.name.endswith(".ttl")
                for stat in [entry.stat()]
            ]
    except OSError as error:
        raise StoreError(f"{folder}: cannot be read: {error.strerror}.") from error
    finally:
        os.close(handle)
    found.sort()
    return found


def list_signed(seen: Iterable[Seen]) -> dict[str, Signed]:
    """Name the files that were seen, each by its folder's rule."""
    found: dict[str, Signed] = {}
    for folder, named, files in seen:
        for line in files:
            name, size, modified, changed = line.rsplit(" ", 3)
            signature = f"{size} {modified} {changed}"
            last = max(int(modified), int(changed))
            found[named(name[:-4])] = Signed(f"{folder}/{name}", signature, last)
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
    try:
        _put(path, json.dumps(notes, indent=0, sort_keys=True) + "\n")
    except OSError as error:
        raise StoreError(f"{path}: cannot be written: {error.strerror}.") from error


def seal(path: Path, seen: Iterable[Seen]) -> None:
    """Say beside the notes at *path* that they are of just these files; where that cannot be, do without."""
    with suppress(OSError):
        _put(path.with_suffix(_SEAL), _seal(path, seen))


def is_sealed(path: Path, seen: Iterable[Seen]) -> bool:
    """Whether the notes at *path* are as they were when they were sealed, and of just these files.

    A tenth of the work of reading the notes and comparing each file's.
    """
    try:
        return path.with_suffix(_SEAL).read_text(encoding="ascii") == _seal(path, seen)
    except (OSError, ValueError):
        return False


def _seal(path: Path, seen: Iterable[Seen]) -> str:
    own = path.stat()
    sign = hashlib.sha256(f"{own.st_ino} {own.st_size} {own.st_mtime_ns} {own.st_ctime_ns}\n".encode())
    for folder, _, files in seen:
        sign.update("\n".join([folder.name, *files, ""]).encode())
    return sign.hexdigest()


def _put(path: Path, text: str) -> None:
    """Write a file in one rename."""
    fresh = path.with_name(f"{path.name}.new")
    fresh.write_text(text, encoding="utf-8")
    os.replace(fresh, path)  # noqa: PTH105 - the atomic one
