"""Check files or the whole record; a plain command line also without typer.

`laichau check FILE … --store DIR` is what hooks and scripts call each time a
file is saved.  When a command line is of that plain form it is read here;
anything else, and any doubt, is left to typer.
"""

from collections.abc import Sequence
from contextlib import closing
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from laichau_kg.cli._base import Language, Settings, print_text, read_plainly, version_of

if TYPE_CHECKING:
    from laichau_kg.report import Report, Severity

__all__ = ["FailOn", "ReportForm", "check", "check_plainly"]

_FINDINGS = 1
_WITH_VALUE = {
    "-f": "form",
    "--format": "form",
    "--fail-on": "fail_on",
    "--lang": "lang",
    "--root": "root",
    "--store": "store",
}


class ReportForm(StrEnum):
    """The forms of a report."""

    TEXT = "text"
    JSON = "json"
    TTL = "ttl"
    SARIF = "sarif"
    JUNIT = "junit"


class FailOn(StrEnum):
    """The severities, the gravest first."""

    VIOLATION = "violation"
    WARNING = "warning"
    INFO = "info"


def check(
    settings: Settings,
    files: Sequence[Path],
    *,
    form: ReportForm = ReportForm.TEXT,
    fail_on: FailOn = FailOn.VIOLATION,
    infos: bool = False,
    jobs: int | None = None,
) -> int:
    """Judge files, or without any the whole record; print the report and return the exit code.

    Args:
        settings: The common options.
        files: New facts.
        form: How to write the report.
        fail_on: The severity from which on the exit code is 1.
        infos: Show remarks too.
        jobs: Processes for a large record.
    """
    from laichau_kg import shapes  # noqa: PLC0415 - help needs no checker
    from laichau_kg.store import open_store  # noqa: PLC0415 - the same

    layout = settings.layout()
    shows_all = infos or form is not ReportForm.TEXT or fail_on is FailOn.INFO
    with closing(open_store(settings.store, layout)) as store:
        if files:
            located: Severity = "info" if shows_all else "warning"
            report = shapes.check_files(layout, files, store=store, located=located, alike=True)
        else:
            report = shapes.check_record(layout, jobs=jobs, store=store)
    if form in (ReportForm.SARIF, ReportForm.JUNIT):
        print_text(_for_tools(report, form, settings, fail_on))
    elif form is ReportForm.JSON:
        print_text(report.to_json())
    elif form is ReportForm.TTL:
        print_text(report.to_turtle())
    else:
        print_text(report.to_text(settings.lang, infos=infos or fail_on is FailOn.INFO))
    return _FINDINGS if report.reaches(fail_on.value) else 0


def check_plainly(arguments: Sequence[str]) -> int | None:
    """Check the files that a plain command line names, and return the exit code; None if it is not one."""
    plain = read_plainly(arguments, _WITH_VALUE)
    if plain is None:
        return None
    options, words = plain
    form, fail_on = options.get("form", ReportForm.TEXT.value), options.get("fail_on", FailOn.VIOLATION.value)
    lang = options.get("lang", Language.EN.value)
    known = form in set(ReportForm) and fail_on in set(FailOn) and lang in set(Language)
    if words[:1] != ["check"] or len(words) == 1 or not known:
        return None
    root = Path(options["root"]) if "root" in options else None
    settings = Settings(root=root, store=options.get("store", "memory"), lang=lang)
    return check(settings, [Path(word) for word in words[1:]], form=ReportForm(form), fail_on=FailOn(fail_on))


def _for_tools(report: "Report", form: ReportForm, settings: Settings, fail_on: FailOn) -> str:
    from laichau_kg.report_forms import to_junit, to_sarif  # noqa: PLC0415 - most checks are read by people
    from laichau_kg.rules import load_rule_book  # noqa: PLC0415 - the same

    if form is ReportForm.JUNIT:
        return to_junit(report, lang=settings.lang, fail_on=fail_on.value)
    rules = load_rule_book(settings.layout())
    return to_sarif(report, rules, lang=settings.lang, version=version_of("laichau-kg"))
