"""Change several files of a record all at once or not at all, and let nobody read a half-changed one.

Two locks of the operating system, which lets go of them when a process dies,
however it dies:

* ``data/.accept/lock`` is held by who changes the record, and says who it is;
* ``data/`` itself is held, shared, by whoever reads the files, and alone for
  the moment in which they change.

A change is written to ``data/.accept/staged/`` first. Then a list of what goes
where, the intent, is put in its place in one rename: from there on the change
has happened. What is left to do, renames and removals, is done at once; or, if
the process was killed, by whoever reads or changes the record next.
"""

import errno
import fcntl
import hashlib
import json
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from laichau_kg.errors import DataError, LockedError, OutputError
from laichau_kg.layout import Layout

__all__ = ["Holder", "commit", "reading", "writing"]

_PAUSE: Final = 0.02
_NO_LOCKS: Final = (errno.ENOTSUP, errno.ENOLCK, errno.ENOSYS, errno.EINVAL)


@dataclass(frozen=True, slots=True)
class Holder:
    """Who changes the record just now."""

    pid: int
    host: str
    user: str
    since: str

    def __str__(self) -> str:
        """Say it in words."""
        return f"{self.user}'s process {self.pid} on {self.host}, since {self.since}"


@contextmanager
def reading(layout: Layout) -> Iterator[None]:
    """Keep the record's files as they are while they are read; first finish what a killed process began.

    Raises:
        OutputError: there is something to finish, and it cannot be written.
    """
    data = _folder(layout)
    while True:
        with _shared(data):
            if not _intent(data).exists():
                yield
                return
        _recover(layout)


@contextmanager
def writing(layout: Layout, *, wait: float = 0.0) -> Iterator[None]:
    """Hold the record for a change, so that nobody else begins one.

    Args:
        layout: The record.
        wait: Seconds to wait for somebody else to be done.

    Raises:
        LockedError: somebody else holds it; the error says who.
        OutputError: the record cannot be written.
    """
    home = _folder(layout) / ".accept"
    path = home / "lock"
    try:
        home.mkdir(exist_ok=True)
        lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {error.strerror}.") from error
    try:
        _take(lock, path, wait)
        try:
            with reading(layout):
                pass  # what a killed process began is finished now
            _discard(home / "staged")
            yield
        finally:
            with suppress(OSError):
                os.ftruncate(lock, 0)
    finally:
        os.close(lock)


def commit(layout: Layout, files: Mapping[str, bytes | None]) -> None:
    """Write all of *files*, or none; to be called while `writing`.

    Args:
        layout: The record.
        files: Paths below ``data/``, as ``articles/….ttl``; each with its new content, or None to remove it.

    Raises:
        OutputError: they cannot be written, and the record is as it was; or, as its text then says, they are
            written but could not all be put in their place, which the next command does.
    """
    data = _folder(layout)
    home = data / ".accept"
    is_made = False
    try:
        steps = _stage(home / "staged", files)
        for folder in {(data / name).parent for name in files}:
            folder.mkdir(exist_ok=True)
        _write(home / "intent.new", json.dumps(steps, indent=1).encode())
        with _alone(data):
            os.replace(home / "intent.new", _intent(data))  # noqa: PTH105 - the step that tests count
            is_made = True
            _sync(home)
            _finish(data)
    except OSError as error:
        where = error.filename or data
        if not is_made:
            _discard(home / "staged")
            with suppress(OSError):
                (home / "intent.new").unlink(missing_ok=True)
            raise OutputError(f"{where}: {error.strerror}; the record is as it was.") from error
        if _intent(data).exists():
            raise OutputError(
                f"{where}: {error.strerror}; the change is made, but not all of it is in its place yet: "
                "the next command does that."
            ) from error


def _stage(folder: Path, files: Mapping[str, bytes | None]) -> list[dict[str, str]]:
    folder.mkdir(exist_ok=True)
    steps = []
    for number, (name, content) in enumerate(sorted(files.items())):
        step = {"path": PurePosixPath(name).as_posix()}
        if content is not None:
            step |= {"staged": str(number), "sha256": hashlib.sha256(content).hexdigest()}
            _write(folder / str(number), content)
        steps.append(step)
    _sync(folder)
    return steps


def _recover(layout: Layout) -> None:
    data = _folder(layout)
    try:
        with _alone(data):
            if _intent(data).exists():
                _finish(data)
    except OSError as error:
        raise OutputError(
            f"{data}: somebody's change was cut off half-way and cannot be finished: {error.strerror}; "
            "run `laichau check` as a user who may write there."
        ) from error


def _finish(data: Path) -> None:
    """Do what the intent says, as far as it is not done yet; then forget it."""
    intent = _intent(data)
    staged = intent.parent / "staged"
    folders = set()
    for step in json.loads(intent.read_bytes()):
        target = data / step["path"]
        folders.add(target.parent)
        if "staged" not in step:
            target.unlink(missing_ok=True)
            continue
        source = staged / step["staged"]
        if source.exists():
            _compare(source, step["sha256"])
            os.replace(source, target)  # noqa: PTH105 - the step that tests count
        elif not target.exists():
            raise DataError(
                f"{intent}: {source} is lost; take {target} from the history in git, remove {intent}."
            )
    for folder in sorted(folders):
        _sync(folder)
    os.unlink(intent)  # noqa: PTH108 - the step that tests count
    _sync(intent.parent)
    _discard(staged)


def _compare(source: Path, digest: str) -> None:
    if hashlib.sha256(source.read_bytes()).hexdigest() != digest:
        raise DataError(
            f"{source}: is not what was accepted; remove {source.parent.parent} and accept again."
        )


def _folder(layout: Layout) -> Path:
    return layout.root / "data"


def _intent(data: Path) -> Path:
    return data / ".accept" / "intent.json"


@contextmanager
def _shared(data: Path) -> Iterator[None]:
    """Hold the gate with other readers; where there is no folder, or there are no locks, read without."""
    try:
        gate = os.open(data, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        yield
        return
    try:
        try:
            fcntl.flock(gate, fcntl.LOCK_SH)
        except OSError as error:
            if error.errno not in _NO_LOCKS:
                raise
        yield
    finally:
        os.close(gate)


@contextmanager
def _alone(data: Path) -> Iterator[None]:
    gate = os.open(data, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(gate, fcntl.LOCK_EX)
        yield
    finally:
        os.close(gate)


def _take(lock: int, path: Path, wait: float) -> None:
    until = time.monotonic() + wait
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            break
        except BlockingIOError as error:
            if time.monotonic() >= until:
                raise _locked(path) from error
            time.sleep(_PAUSE)
        except OSError as error:
            raise OutputError(f"{path}: cannot be locked: {error.strerror}.") from error
    note = json.dumps(asdict(_me())).encode()
    with suppress(OSError):  # on a full disk nobody is named, and staging will say why
        os.ftruncate(lock, 0)
        os.pwrite(lock, note, 0)


def _me() -> Holder:
    import getpass  # noqa: PLC0415 - readers need none of these
    import socket  # noqa: PLC0415
    from datetime import UTC, datetime  # noqa: PLC0415

    try:
        user = getpass.getuser()
    except (KeyError, OSError):  # no name for this number
        user = str(os.getuid())
    since = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    return Holder(os.getpid(), socket.gethostname(), user, since)


def _locked(path: Path) -> LockedError:
    try:
        holder = Holder(**json.loads(path.read_bytes()))
    except (OSError, ValueError, TypeError):
        return LockedError(f"{path}: somebody else changes the record; try again when they are done.")
    return LockedError(
        f"{path}: the record is being changed by {holder}; try again when that is done.", holder=str(holder)
    )


def _write(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o666)
    try:
        view = memoryview(content)
        while view:
            view = view[os.write(descriptor, view) :]
        os.fsync(descriptor)
    except OSError as error:
        error.filename = error.filename or str(path)
        raise
    finally:
        os.close(descriptor)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _discard(folder: Path) -> None:
    with suppress(OSError):
        for path in folder.iterdir():
            path.unlink()
        folder.rmdir()
