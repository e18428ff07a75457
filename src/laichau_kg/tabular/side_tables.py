"""Read the tables beside the facts': spans of evidence, what is inferred, remarks, and all else."""

import re
from collections.abc import Callable, Mapping

from laichau_kg._table_columns import TABLES
from laichau_kg._table_terms import COLUMNS
from laichau_kg.tabular.cells import Cell, CellError, read_integer, read_spans
from laichau_kg.tabular.intake import Intake, Plan
from laichau_kg.tabular.names import kind_of
from laichau_kg.terms import Iri, Literal
from laichau_kg.text import Span
from laichau_kg.vocab import ID, KINDS, LCK, PREFIXES

__all__ = ["SIDE_TABLES"]

_LANGUAGES = ("en", "vi")
_LANGUAGE = re.compile(r"@[a-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")


def _evidence(intake: Intake, plan: Plan) -> None:
    article = _article(intake, plan.text("article"))
    start, end = (read_integer(_needed(plan, column)) for column in ("start", "end"))
    if start >= end:
        message = f"the span {start}-{end} is empty; end is the place after its last character."
        raise CellError(message, column="end")
    exact = plan.row.cells["exact"].text if "exact" in plan.row.cells else ""
    intake.articles[article].spans.use(
        Span(start, end), plan.place("start"), exact=exact, digest=plan.text("sha256").lower()
    )


def _inferences(intake: Intake, plan: Plan) -> None:
    thing, article = _subject(intake, plan)
    if not article:
        raise CellError(f"“{plan.text('thing')}” is no fact of an article, and only these are inferred.")
    spans = intake.articles[article].spans
    for name in _needed(plan, "inferred").text.replace(",", " ").replace(";", " ").split():
        _say(intake, plan, (LCK.infers, f"<{_property(name, thing)}>"))
    for span in read_spans(_needed(plan, "spans")):
        _say(intake, plan, (LCK.inferredFrom, f"<{spans.use(span, plan.place('spans'))}>"))


def _notes(intake: Intake, plan: Plan) -> None:
    language = _needed(plan, "language").plain().lower()
    if language not in _LANGUAGES:
        raise CellError(f"“{language}” is no language of the record; write vi or en.", column="language")
    note = Literal(_needed(plan, "note").plain(), language=language)
    _say(intake, plan, (PREFIXES["skos"] + "note", note.n3()))


def _further(intake: Intake, plan: Plan) -> None:
    value, kind = _needed(plan, "object").text, _needed(plan, "object_type").plain()
    if kind == "iri":
        written = f"<{_iri(value.strip(), 'object')}>"
    elif _LANGUAGE.fullmatch(kind):
        written = Literal(value, language=kind[1:]).n3()
    else:
        written = Literal(value, _prefixed(kind, "object_type")).n3()
    _say(intake, plan, (_prefixed(_needed(plan, "property").plain(), "property"), written))


def _code(intake: Intake, plan: Plan) -> None:
    """Code lists are kept by hand: a row is only held to them."""
    name = plan.text("slug") or plan.text("label_vi") or plan.text("label_en")
    intake.names.find(name, (plan.sheet.table.kind,))


SIDE_TABLES: Mapping[str, Callable[[Intake, Plan], None]] = {
    "evidence": _evidence,
    "further": _further,
    "inferences": _inferences,
    "notes": _notes,
    "indicators": _code,
    "units": _code,
}
"""Table -> what reads a row of it, in the order they are read; it raises CellError when it cannot."""


def _needed(plan: Plan, column: str) -> Cell:
    if column not in plan.row.cells:
        raise CellError("is empty, but every row needs it; fill it in.", column=column)
    return plan.row.cells[column]


def _article(intake: Intake, slug: str) -> str:
    if not slug and len(intake.articles) == 1:
        return next(iter(intake.articles))
    if slug not in intake.articles:
        if not slug or not intake.recorded(slug):
            raise CellError(f"“{slug}” is no article of the tables or the record; add a row to articles.csv.")
        intake.add_to_article(slug)
    return slug


def _say(intake: Intake, plan: Plan, pair: tuple[str, str]) -> None:
    """Add a statement to what a row is about, where the record has it not already."""
    iri, article = _subject(intake, plan)
    intake.names.add(iri)
    if article:
        intake.articles[article].triples.setdefault(iri, set()).add(pair)
    elif pair not in intake.known.get(iri, ()):
        intake.new.setdefault(iri, set()).add(pair)


def _subject(intake: Intake, plan: Plan) -> tuple[str, str]:
    """Find what a row is about, and the article it is of ("" for a register's)."""
    text = _needed(plan, "thing").plain()
    iri = _iri(text, "thing")
    if plan.sheet.table.name != "further":  # which may be about anything
        iri = intake.names.find(text, KINDS, within=plan.text("article"))
    slug = iri.rpartition("/")[2].partition("#")[0].partition("--")[0] if iri.startswith(ID) else ""
    if slug in intake.articles or (slug and intake.recorded(slug)):
        return iri, _article(intake, slug)
    return iri, _article(intake, plan.text("article")) if plan.text("article") else ""


def _iri(text: str, column: str) -> str:
    """Read "kind/slug", a prefixed name or an IRI."""
    if ":" in text:
        return _prefixed(text, column)
    try:
        return Iri(ID + text).value
    except ValueError as error:
        raise CellError(f"“{text}” names nothing; write it like place/lai-chau.", column=column) from error


def _prefixed(text: str, column: str) -> str:
    """Read a prefixed name or an IRI."""
    prefix, _, name = text.partition(":")
    try:
        if prefix in PREFIXES:
            return Iri(PREFIXES[prefix] + name).value
        if prefix in ("http", "https"):
            return Iri(text).value
    except ValueError:
        pass
    raise CellError(f"“{text}” has no prefix of this record; write it like lck:date.", column=column)


def _property(name: str, thing: str) -> str:
    """Read a property as its own name, with or without prefix, or as the column that says it."""
    for table, columns in COLUMNS.items():
        if name in columns and _kind(table) == kind_of(thing):
            return columns[name].property
    if name in LCK.terms():
        return LCK + name
    if ":" in name:
        return _prefixed(name, "inferred")
    message = f"“{name}” is no column of that table; write the columns' names, parted by spaces."
    raise CellError(message, column="inferred")


def _kind(table: str) -> str:
    return next((entry.kind for entry in TABLES if entry.name == table), "")
