"""The command line: read arguments, call one function, print.

Only this package prints and exits.  Exit codes: 0 fine, 1 findings, 2 wrong
use or failure, in one sentence on stderr; 130 when interrupted.  Whatever is
heavy is imported by the command that needs it.
"""

import contextlib
import gc
import os
import sys
from collections.abc import Sequence

from laichau_kg.cli._question import ask_plainly
from laichau_kg.errors import LaichauError, UnknownQueryError

__all__ = ["main", "run"]

_FAILED = 2
_INTERRUPTED = 130
_GARBAGE = 100_000  # objects; Python's own 700 makes the checker, whose objects all stay, a fifth slower


def main() -> None:
    """Run the command line of this process, and exit."""
    gc.set_threshold(_GARBAGE)
    code = run(sys.argv[1:])
    sys.exit(code)


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code; no error but a sentence leaves it."""
    try:
        code = _run_plainly(arguments)
        code = _run_typer(arguments) if code is None else code
        sys.stdout.flush()
    except SystemExit as leaving:  # typer leaves so with 1 when a pipe breaks, and with 0 after completion
        return _leave_quietly() if leaving.code == 1 else int(leaving.code or 0)
    except BrokenPipeError:
        return _leave_quietly()
    except KeyboardInterrupt:
        return _INTERRUPTED
    except Exception as error:
        sentence = _sentence(error)
        if sentence is None and os.environ.get("LAICHAU_DEBUG"):
            raise
        return _fail(sentence or f"Unexpected {type(error).__name__}: {error} (LAICHAU_DEBUG=1 shows where).")
    return code


def _run_plainly(arguments: Sequence[str]) -> int | None:
    """Run what needs no typer, whose import takes longer than an answer; None if it is not that."""
    if "check" in arguments:
        from laichau_kg.cli._checking import check_plainly  # noqa: PLC0415 - a question need not know it

        return check_plainly(arguments)
    return 0 if ask_plainly(arguments) else None


def _run_typer(arguments: Sequence[str]) -> int:
    from laichau_kg.cli._app import app  # noqa: PLC0415 - 50 ms that a plain question need not pay

    code = app(list(arguments), prog_name="laichau", standalone_mode=False)
    return code if isinstance(code, int) else 0


def _sentence(error: Exception) -> str | None:
    """Say an error that may happen to anybody; None for what is a fault of ours."""
    if isinstance(error, OSError):
        _discard_stdout()
        where = f"{error.filename}: " if error.filename else ""
        return f"{where}{error.strerror or error}."
    if isinstance(error, UnknownQueryError) and not error.near:
        return f"{error} `laichau query` lists them."
    if isinstance(error, LaichauError):
        return str(error)
    from click import ClickException, UsageError  # noqa: PLC0415 - only typer raises them

    if isinstance(error, UsageError):
        path = error.ctx.command_path if error.ctx else "laichau"
        return f"{error.format_message()} See: {path} --help"
    if isinstance(error, ClickException):
        return error.format_message()
    return None


def _fail(sentence: str) -> int:
    with contextlib.suppress(OSError):
        sys.stderr.write(f"laichau: {sentence}\n")
    return _FAILED


def _leave_quietly() -> int:
    """Leave with 0: who read our output wanted no more of it."""
    _discard_stdout()
    return 0


def _discard_stdout() -> None:
    """Let what is still buffered go nowhere, so that the interpreter does not fail on it at its end."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
