"""`laichau coverage`: what of an article's text no fact accounts for."""

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from laichau_kg.cli._base import narrate, print_text
from laichau_kg.cli._options import LangOption, RootOption, settings_of

if TYPE_CHECKING:
    from laichau_kg.coverage import Coverage

__all__ = ["coverage"]

_FINDINGS = 1
_AROUND = 40


class _Form(StrEnum):
    TEXT = "text"
    JSON = "json"


def coverage(
    context: typer.Context,
    *,
    text: Annotated[Path, typer.Argument(metavar="TEXT", help="The article's text, a UTF-8 file.")],
    article: Annotated[
        str | None,
        typer.Option(
            "--article",
            metavar="SLUG",
            help="The article; else the one whose text this is.",
            show_default=False,
        ),
    ] = None,
    facts: Annotated[
        Path | None,
        typer.Option("--facts", metavar="FILE", help="Take the facts from this file, not from the record."),
    ] = None,
    html: Annotated[
        Path | None,
        typer.Option("--html", metavar="FILE", help="Write the text with all this marked in it, as a page."),
    ] = None,
    form: Annotated[
        _Form, typer.Option("--format", "-f", help="How to write the list.", metavar="text|json")
    ] = _Form.TEXT,
    lang: LangOption = None,
    root: RootOption = None,
) -> None:
    """List the figures, dates, names, titles and documents of a text that no fact's evidence covers.

    What is left out on purpose counts as accounted for.  Exits with 1 when
    anything is uncovered.
    """
    settings = settings_of(context, root=root, lang=lang)
    from laichau_kg.coverage import measure  # noqa: PLC0415 - other commands measure nothing

    measured = measure(settings.layout(), text, slug=article, facts=facts)
    if html is not None:
        from laichau_kg.coverage_page import to_html  # noqa: PLC0415 - asked for by few

        html.write_text(to_html(measured, lang=settings.lang), encoding="utf-8")
        narrate(f"Wrote {html}")
    print_text(_as_json(measured) if form is _Form.JSON else _as_text(measured, text, settings.lang))
    if measured.uncovered:
        raise typer.Exit(_FINDINGS)


def _as_text(coverage: "Coverage", path: Path, lang: str) -> str:
    from laichau_kg.coverage_page import WORDS, kind_word, summary  # noqa: PLC0415 - as above

    lines = []
    for cover in coverage.uncovered:
        item = cover.item
        before = coverage.text[max(0, item.start - _AROUND) : item.start]
        after = coverage.text[item.end : item.end + _AROUND]
        row = coverage.text.count("\n", 0, item.start) + 1
        column = item.start - coverage.text.rfind("\n", 0, item.start)
        words = " ".join(f"…{before}[{item.words}]{after}…".split())
        lines.append(f"{path}:{row}:{column}: {WORDS[lang][kind_word(cover)]}: {words}")
    name = coverage.article.rpartition("/")[2] or WORDS[lang]["none"]
    return "\n".join([*lines, *([""] if lines else []), f"{name}: {summary(coverage, lang)}"]) + "\n"


def _as_json(coverage: "Coverage") -> str:
    items = [
        {
            "start": cover.item.start,
            "end": cover.item.end,
            "kind": cover.item.kind,
            "words": cover.item.words,
            "state": cover.state,
            "by": list(cover.by),
            "quoted": cover.quoted,
            "reason": cover.reason or None,
        }
        for cover in coverage.covers
    ]
    read = {"article": coverage.article or None, "share": round(coverage.share, 2), "items": items}
    return json.dumps(read, ensure_ascii=False, indent=2) + "\n"
