"""`laichau review`: a draft's candidates, one at a time, until the result passes the check."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from laichau_kg.cli._base import Settings, colours, narrate, print_text
from laichau_kg.cli._options import LangOption, RootOption, settings_of
from laichau_kg.errors import OutputError, TurtleError

if TYPE_CHECKING:
    from laichau_kg._things import Things
    from laichau_kg.reviewing import Review

__all__ = ["review"]

_FINDINGS = 1
_WIDTH = 100


def review(
    context: typer.Context,
    *,
    file: Annotated[Path, typer.Argument(metavar="FILE.ttl", help="A draft, which is changed in its place.")],
    text: Annotated[
        Path | None,
        typer.Option(
            "--text",
            metavar="TEXT",
            help="The article's text; else the one beside the draft that it names.",
            show_default=False,
        ),
    ] = None,
    lang: LangOption = None,
    root: RootOption = None,
) -> None:
    """Review a draft: accept, mend, drop or leave each candidate, beside its sentence.

    Every step is saved; what is still marked a candidate waits for the next
    time.  Exits with 1 when candidates are left, or the result has findings.
    """
    settings = settings_of(context, root=root, lang=lang)
    from laichau_kg._things import read_things  # noqa: PLC0415 - brings the engine
    from laichau_kg.cli._review_words import WORDS  # noqa: PLC0415 - as above

    if file.suffix.lower() != ".ttl":
        raise TurtleError("a review is of Turtle; name a file that ends in .ttl.", path=str(file))
    words = WORDS[settings.lang]
    reviewed = _hold(settings, file, text, read_things(file))
    left = len(reviewed.waiting())
    if left:
        command = f"laichau review {file}" + (f" --text {text}" if text else "")
        narrate(words["rest" if left > 1 else "rest-one"].format(count=left, command=command))
        raise typer.Exit(_FINDINGS)
    with settings.record() as record:
        report = record.check([file])
    narrate(words["done"])
    print_text(report.to_text(settings.lang))
    if not report.conforms:
        raise typer.Exit(_FINDINGS)


def _hold(settings: Settings, file: Path, text: Path | None, things: "Things") -> "Review":
    """Hold the dialogue, saving each step; return the review as it then stands."""
    from laichau_kg.cli._draw import width_of_stdout  # noqa: PLC0415 - only a dialogue is filled
    from laichau_kg.cli._review_dialogue import Dialogue  # noqa: PLC0415 - as above
    from laichau_kg.cli._review_form import Sitting  # noqa: PLC0415 - as above
    from laichau_kg.cli._review_terminal import Stop, Terminal  # noqa: PLC0415 - as above
    from laichau_kg.cli._review_words import WORDS  # noqa: PLC0415 - as above
    from laichau_kg.reviewing import (  # noqa: PLC0415 - brings the checker
        Directory,
        Judge,
        Review,
        Values,
        find_text,
    )
    from laichau_kg.store import open_store  # noqa: PLC0415 - as above

    words = find_text(things, file, text)
    judge = Judge(settings.layout(), things)
    held = Review.start(things, judge, judge.forms, judge.registers)
    store = open_store("memory", settings.layout())
    try:
        directory = Directory(store)
        sitting = Sitting(
            held,
            Values(judge.known, judge.forms, directory.find, words),
            directory,
            Terminal(width=width_of_stdout() or _WIDTH, colour=colours()),
            text=words,
            save=_Saver(file),
            known=judge.known,
            lang=settings.lang,
        )
        if not held.waiting():
            print_text(WORDS[settings.lang]["none"] + "\n")
        Dialogue(sitting).hold()
    except (Stop, KeyboardInterrupt):
        print_text("\n")
        narrate(WORDS[settings.lang]["stopped"])
    finally:
        store.close()
    return held


class _Saver:
    """Puts the bundle in its file's place, whole, unless somebody else has changed the file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._last = path.read_bytes()

    def __call__(self, things: "Things") -> None:
        """Save the bundle.

        Raises:
            OutputError: it cannot be written, or the file was changed meanwhile.
        """
        from laichau_kg._things import to_turtle  # noqa: PLC0415 - brings the engine
        from laichau_kg._write import write_atomically  # noqa: PLC0415 - as above

        if not self._path.is_file() or self._path.read_bytes() != self._last:
            raise OutputError(f"{self._path}: was changed by somebody else meanwhile; start the review anew.")
        content = to_turtle(things, path=str(self._path))
        write_atomically(self._path, content)
        self._last = content
