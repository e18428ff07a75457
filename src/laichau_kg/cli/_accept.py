"""The commands that change the record, or tell what would change: diff, accept, withdraw."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from laichau_kg.cli._base import Settings, narrate, print_text
from laichau_kg.cli._options import LangOption, RootOption, StoreOption, settings_of
from laichau_kg.errors import LayoutError, OutputError, ParameterError

if TYPE_CHECKING:
    from laichau_kg.accept import Answers, Plan
    from laichau_kg.layout import Layout

__all__ = ["accept", "diff", "withdraw"]

_CHANGES = 1
_FINDINGS = 1


class DiffForm(StrEnum):
    """The forms of a diff."""

    TEXT = "text"
    JSON = "json"


FilesArgument = Annotated[
    list[Path], typer.Argument(metavar="FILE …", help="Bundles: facts of articles, in Turtle.")
]
SameOption = Annotated[
    list[str] | None,
    typer.Option("--same", metavar="NEW=KNOWN", help="A new thing is a known one; kept as its alias."),
]
DifferentOption = Annotated[
    list[str] | None,
    typer.Option("--different", metavar="NEW=KNOWN", help="A new thing is not the known one it looks like."),
]
ByOption = Annotated[str, typer.Option("--by", metavar="NAME", help="Who does it, for the history.")]
YesOption = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask; for scripts.")]
WaitOption = Annotated[
    float, typer.Option("--wait", metavar="SECONDS", help="How long to wait for somebody else.", min=0)
]


def diff(
    context: typer.Context,
    *,
    files: FilesArgument,
    form: Annotated[
        DiffForm, typer.Option("--format", "-f", help="How to write it.", metavar="text|json")
    ] = DiffForm.TEXT,
    same: SameOption = None,
    different: DifferentOption = None,
    lang: LangOption = None,
    root: RootOption = None,
    store: StoreOption = None,
) -> None:
    """Tell what accepting files would add to the record, remove and change, thing by thing.

    The files are not judged: `laichau check` does that. Exits with 1 when
    something would change.
    """
    settings = settings_of(context, root=root, lang=lang, store=store)
    from laichau_kg.accept import compare_with_record  # noqa: PLC0415 - brings the engine

    changes = compare_with_record(
        settings.layout(), files, answers=_answers(same, different), store=settings.store
    )
    print_text(changes.to_json() if form is DiffForm.JSON else changes.to_text(settings.lang))
    if changes:
        raise typer.Exit(_CHANGES)


def accept(
    context: typer.Context,
    *,
    files: FilesArgument,
    by: ByOption = "",
    same: SameOption = None,
    different: DifferentOption = None,
    yes: YesOption = False,
    wait: WaitOption = 10.0,
    lang: LangOption = None,
    root: RootOption = None,
    store: StoreOption = None,
) -> None:
    """Check files and write what they say into the record, all of it or nothing.

    An article that the record has already is replaced; what that changes is
    shown first, and asked about. Exits with 1 when a finding stands against it.
    """
    settings = settings_of(context, root=root, lang=lang, store=store)
    from laichau_kg import accept as accepting  # noqa: PLC0415 - brings the judge

    asker = _Asker(settings, yes=yes)
    plan = accepting.accept(
        _own_record(settings),
        files,
        answers=_answers(same, different),
        by=by,
        wait=wait,
        confirm=asker.ask,
        store=settings.store,
    )
    _finish(plan, settings, asker)


def withdraw(
    context: typer.Context,
    *,
    article: Annotated[str, typer.Argument(metavar="ARTICLE", help="The article's slug or address.")],
    by: ByOption = "",
    yes: YesOption = False,
    wait: WaitOption = 10.0,
    lang: LangOption = None,
    root: RootOption = None,
    store: StoreOption = None,
) -> None:
    """Take an article with its facts out of the record, and tell what then hangs loose in the registers.

    Exits with 1 when facts of other articles refer to it.
    """
    settings = settings_of(context, root=root, lang=lang, store=store)
    from laichau_kg import accept as accepting  # noqa: PLC0415 - brings the judge

    asker = _Asker(settings, yes=yes)
    plan = accepting.withdraw(
        _own_record(settings), article, by=by, wait=wait, confirm=asker.ask, store=settings.store
    )
    _finish(plan, settings, asker)


class _Asker:
    """Shows what would change and asks; a script says yes beforehand."""

    def __init__(self, settings: Settings, *, yes: bool) -> None:
        self._lang = settings.lang
        self._yes = yes
        self.has_shown = False

    def ask(self, plan: "Plan") -> bool:
        """Show the changes and ask whether to make them.

        Raises:
            OutputError: there is nobody to ask.
        """
        print_text(plan.changes.to_text(self._lang))
        self.has_shown = True
        if self._yes:
            return True
        if not sys.stdin.isatty():
            raise OutputError(
                "This goes over what the record holds, and there is no terminal to ask at: say --yes."
                if self._lang == "en"
                else "Việc này thay điều hồ sơ đang có, mà không có cửa sổ lệnh để hỏi: hãy thêm --yes."
            )
        sys.stdout.flush()
        question = "Make these changes?" if self._lang == "en" else "Thực hiện những thay đổi này?"
        return typer.confirm(question, err=True)


def _finish(plan: "Plan", settings: Settings, asker: _Asker) -> None:
    lang = settings.lang
    if not asker.has_shown and plan.report.conforms:
        print_text(plan.changes.to_text(lang))
    if plan.report.findings:
        text = plan.report.to_text(lang)
        if plan.report.conforms:
            narrate(text.rstrip("\n"))
        else:
            print_text(text)
            narrate("Nothing was written." if lang == "en" else "Chưa ghi gì vào hồ sơ.")
            raise typer.Exit(_FINDINGS)
    if plan.loose:
        narrate(
            "Nothing refers any more to these entries of the registers:"
            if lang == "en"
            else "Không còn nơi nào nhắc đến các mục này trong sổ đăng ký:"
        )
        for iri in plan.loose:
            narrate(f"  {plan.changes.names.label(iri, lang)}  ({iri})")
    if plan.done:
        names = ", ".join((*plan.accepted, *plan.withdrawn, *plan.whole)) or "registers"
        done = {
            "en": "Withdrawn" if plan.withdrawn else "Accepted",
            "vi": "Đã rút" if plan.withdrawn else "Đã nhận",
        }
        narrate(f"{done[lang]}: {names}.")
    elif plan.changes:
        narrate("Nothing was written." if lang == "en" else "Chưa ghi gì vào hồ sơ.")


def _own_record(settings: Settings) -> "Layout":
    """Find the record, and refuse the one inside the installed package: it goes with the next upgrade."""
    layout = settings.layout()
    if layout.root.name == "_files" and layout.root.parent.name == "laichau_kg":
        raise LayoutError(
            "The record that came with the package is only for reading; point --root at a checkout."
        )
    return layout


def _answers(same: list[str] | None, different: list[str] | None) -> "Answers":
    from laichau_kg.accept import Answers  # noqa: PLC0415 - as above

    return Answers(_pairs("--same", same), _pairs("--different", different))


def _pairs(option: str, texts: list[str] | None) -> list[tuple[str, str]]:
    pairs = []
    for text in texts or ():
        new, sign, known = text.partition("=")
        if not (new and sign and known):
            raise ParameterError(f"{option} {text}: write {option} NEW=KNOWN.", name=text)
        pairs.append((new, known))
    return pairs
