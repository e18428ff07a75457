"""`laichau explain`: what a rule asks, why, and how a fault against it is mended."""

from typing import TYPE_CHECKING, Annotated

import typer

from laichau_kg.cli._base import colours, print_text
from laichau_kg.cli._options import LangOption, RootOption, settings_of

if TYPE_CHECKING:
    from laichau_kg.rules import Rule, RuleBook

__all__ = ["explain"]

_WORDS = {
    "en": {
        "severity": {
            "violation": "violation: blocks",
            "warning": "warning: is listed",
            "info": "remark: shown on request",
        },
        "judges": "judges",
        "path": "property",
        "wrong": "Wrong",
        "mended": "Mended",
        "none": "No example here: the record at --root has no page of this rule.",
    },
    "vi": {
        "severity": {
            "violation": "lỗi: bị chặn",
            "warning": "cảnh báo: được liệt kê",
            "info": "ghi chú: xem khi yêu cầu",
        },
        "judges": "xét",
        "path": "thuộc tính",
        "wrong": "Sai",
        "mended": "Đã sửa",
        "none": "Không có ví dụ: hồ sơ tại --root không có trang của quy tắc này.",
    },
}


def explain(
    context: typer.Context,
    *,
    rule: Annotated[
        str | None,
        typer.Argument(
            metavar="RULE",
            help="A rule as a report names it: its IRI, lcs:… or bare name. None lists all rules.",
            show_default=False,
        ),
    ] = None,
    lang: LangOption = None,
    root: RootOption = None,
) -> None:
    """Explain a rule that facts are judged by: what it asks, why, a wrong example and its mend."""
    settings = settings_of(context, root=root, lang=lang)
    from laichau_kg.rules import load_rule_book  # noqa: PLC0415 - help needs no rules

    book = load_rule_book(settings.layout())
    print_text(_listed(book, settings.lang) if rule is None else _told(book, book.get(rule), settings.lang))


def _listed(book: "RuleBook", lang: str) -> str:
    name_width = max(len(rule.name) for rule in book)
    severity_width = max(len(rule.severity) for rule in book)
    return "".join(
        f"{rule.name:{name_width}}  {rule.severity:{severity_width}}  {rule.asks.get(lang, '')}\n"
        for rule in book
    )


def _told(book: "RuleBook", rule: "Rule", lang: str) -> str:
    words = _WORDS[lang]
    bold, plain = ("\x1b[1m", "\x1b[0m") if colours() else ("", "")
    lines = [f"{bold}lcs:{rule.name}{plain}  ({words['severity'][rule.severity]})", ""]  # type: ignore[index]
    lines += [rule.asks.get(lang, ""), *([rule.reason[lang]] if lang in rule.reason else []), ""]
    if rule.judges:
        lines.append(f"{words['judges']}: {', '.join(rule.judges)}")
    if rule.path:
        lines.append(f"{words['path']}: {rule.path}")
    example = book.example(rule)
    if example is None:
        return "\n".join([*lines, "", str(words["none"])]) + "\n"
    for title, code in (("wrong", example.wrong), ("mended", example.mended)):
        lines += ["", f"{bold}{words[title]}{plain}", *(f"    {row}" for row in code.splitlines())]
    return "\n".join([*lines, "", rule.iri]) + "\n"
