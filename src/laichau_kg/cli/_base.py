"""What all commands share: the settings, the record they open, and where output goes.

typer is not imported here, so that a plain question can do without it.
"""

import os
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from laichau_kg.answers import Answer, AnyAnswer, BooleanAnswer, GraphAnswer
    from laichau_kg.layout import Layout
    from laichau_kg.record import Record
    from laichau_kg.store import Store

__all__ = [
    "Form",
    "Language",
    "Settings",
    "TableForm",
    "colours",
    "narrate",
    "print_answer",
    "print_text",
    "progress",
    "read_plainly",
    "version_of",
]


class Language(StrEnum):
    """The languages of the record's labels."""

    VI = "vi"
    EN = "en"


class TableForm(StrEnum):
    """The forms of a table."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    TSV = "tsv"
    MD = "md"


class Form(StrEnum):
    """The forms of any answer: those of a table, and those of a graph."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    TSV = "tsv"
    MD = "md"
    TTL = "ttl"
    NT = "nt"
    JSONLD = "jsonld"


_WORTH_A_BAR = 20
_GRAPH_FORMS = (Form.TTL, Form.NT, Form.JSONLD)


@dataclass(frozen=True, slots=True)
class Settings:
    """The common options, as given before the command, after it, or not at all."""

    root: Path | None = None
    store: str = "memory"
    lang: str = "en"

    def layout(self) -> "Layout":
        """Find the record's files."""
        from laichau_kg.layout import find_layout  # noqa: PLC0415 - help needs no record

        return find_layout(self.root)

    @contextmanager
    def record(self, *, ahead: bool = False) -> "Iterator[Record]":
        """Open the record, and close it again.

        Args:
            ahead: Load a store in memory at once, beside what else there is to do; for commands that will
                ask it in this process.
        """
        layout = self.layout()
        opener = _Ahead(self.store, layout).result if ahead and self.store == "memory" else None
        from laichau_kg.record import Record, open_record  # noqa: PLC0415 - imported while the store loads

        with Record(layout, opener) if opener else open_record(self.root, store=self.store) as record:
            yield record


class _Ahead(threading.Thread):
    """Opens a store in a thread: the engine reads files without Python's lock, so that Python goes on."""

    def __init__(self, spec: str, layout: "Layout") -> None:
        super().__init__(daemon=True)
        self._spec = spec
        self._layout = layout
        self._store: Store | None = None
        self._error: Exception | None = None
        self.start()

    def run(self) -> None:
        """Open the store and have it read its files."""
        from laichau_kg.store import open_store  # noqa: PLC0415 - help needs no store

        try:
            self._store = open_store(self._spec, self._layout)
            self._store.query("ASK {}")
        except Exception as error:  # noqa: BLE001 - raised again where the store is asked for
            self._error = error

    def result(self) -> "Store":
        """Wait for the store; raise what went wrong."""
        self.join()
        if self._error is not None:
            raise self._error
        return cast("Store", self._store)


def version_of(name: str) -> str:
    """Return the version of an installed package, or say that it is not."""
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - 20 ms for this command only

    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def read_plainly(
    arguments: Sequence[str], options: Mapping[str, str]
) -> tuple[dict[str, str], list[str]] | None:
    """Read a command line of known options, each with a value, and words; None if it is not so plain.

    Args:
        arguments: The command line.
        options: What each option is called in the result.
    """
    given: dict[str, str] = {}
    words: list[str] = []
    left = iter(arguments)
    for word in left:
        if word in options:
            value = next(left, "")
            if not value or value.startswith("-"):
                return None
            given[options[word]] = value
        elif word.startswith("-"):
            return None
        else:
            words.append(word)
    return given, words


def print_text(text: str) -> None:
    """Write *text* to stdout as it is, in UTF-8."""
    stream = sys.stdout
    if (stream.encoding or "").lower().replace("-", "") != "utf8" and hasattr(stream, "buffer"):
        stream.flush()
        stream.buffer.write(text.encode())
    else:
        stream.write(text)


def narrate(text: str) -> None:
    """Say something beside the data: on stderr."""
    sys.stderr.write(text + "\n")


def print_answer(answer: "AnyAnswer", form: Form, lang: str) -> None:
    """Write any answer in the form asked for.

    Raises:
        OutputError: the answer has no such form.
    """
    from laichau_kg import answers  # noqa: PLC0415 - help needs no answers

    if isinstance(answer, answers.GraphAnswer):
        _print_graph(answer, form)
    elif isinstance(answer, answers.BooleanAnswer):
        _print_boolean(answer, form)
    else:
        _print_table(answer, form, lang)


def colours() -> bool:
    """Tell whether stdout wants colour: a terminal, and NO_COLOR not set."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


@contextmanager
def progress(total: int, what: str) -> Iterator[Callable[[str], None]]:
    """Give a function to call for each piece of work that is done; on a terminal it moves a bar on stderr."""
    if total < _WORTH_A_BAR or not sys.stderr.isatty():
        yield lambda _piece: None
        return
    from rich.console import Console  # noqa: PLC0415 - only a terminal needs it
    from rich.progress import Progress  # noqa: PLC0415 - the same

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda _piece: bar.advance(task)


def _print_table(answer: "Answer", form: Form, lang: str) -> None:
    if form in _GRAPH_FORMS:
        raise _unfit("a table", form, ("table", "json", "csv", "tsv", "md"))
    if form is Form.TABLE:
        from laichau_kg.cli import _draw  # noqa: PLC0415 - other forms need no drawing

        if not answer.rows:
            narrate(
                "No rows: the record holds nothing that fits."
                if lang == "en"
                else "Không có dòng nào phù hợp."
            )
        shared, grid = _draw.parts_of(answer, lang)
        table = _draw.draw(grid, width=_draw.width_of_stdout(), colour=colours())
        print_text("".join(f"{line}\n" for line in shared) + ("\n" if shared else "") + table)
        return
    writers = {
        Form.JSON: answer.to_json,
        Form.CSV: answer.to_csv,
        Form.TSV: answer.to_tsv,
        Form.MD: answer.to_markdown,
    }
    print_text(writers[form]())


def _print_graph(answer: "GraphAnswer", form: Form) -> None:
    if form is Form.TABLE:
        form = Form.TTL
    if form not in _GRAPH_FORMS:
        raise _unfit("a graph", form, _GRAPH_FORMS)
    print_text(answer.to(form.value))


def _print_boolean(answer: "BooleanAnswer", form: Form) -> None:
    if form in _GRAPH_FORMS:
        raise _unfit("yes or no", form, ("table", "json", "csv", "tsv", "md"))
    print_text(answer.to_json() if form is Form.JSON else f"{answer}\n")


def _unfit(what: str, form: Form, forms: Iterable[str]) -> Exception:
    from laichau_kg.errors import OutputError  # noqa: PLC0415 - said once, then the end

    return OutputError(f"The answer is {what}; it cannot be written as {form}. Use -f {', '.join(forms)}.")
