"""Write a file whole or not at all."""

import os
import tempfile
from pathlib import Path

from laichau_kg.errors import OutputError

__all__ = ["make_folder", "write_atomically"]


def write_atomically(path: Path, content: bytes) -> None:
    """Write *content* beside *path* and put it in its place once it is all there.

    Raises:
        OutputError: it cannot be written; what was at *path* is as it was.
    """
    try:
        descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as error:
        raise _refused(path, error) from error
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
    except OSError as error:
        raise _refused(path, error) from error
    finally:
        temporary.unlink(missing_ok=True)


def make_folder(path: Path) -> None:
    """Make the folder *path*, with those above it, if it is not there.

    Raises:
        OutputError: it cannot be made, or a file has its name.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _refused(path, error) from error


def _refused(path: Path, error: OSError) -> OutputError:
    return OutputError(f"{path}: cannot be written: {error.strerror or error}.")


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
