"""An answer as a table for people: names in the place of addresses, the source in one column."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from laichau_kg.answers import Answer
from laichau_kg.columns import heading, shown_columns
from laichau_kg.terms import Iri, Literal, Term
from laichau_kg.web.pages.things import Value, shown_value

__all__ = ["Column", "Table", "table_of"]

_SPAN: Final = re.compile(r"#char=(\d+),(\d+)$")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table.

    Attributes:
        heading: What it is called.
        is_number: Whether it stands right, as numbers do.
    """

    heading: str
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table, ready for a template.

    Attributes:
        columns: Its columns, the source's aside.
        rows: For each row its cells, and the record that `ui.evidence` shows, or None.
        has_source: Whether there is a column for the source.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[tuple[Value | None, ...], dict[str, Any] | None], ...]
    has_source: bool


def _unnamed(_iri: str) -> str:
    return ""


def table_of(
    answer: Answer, lang: str, rows: Sequence[int] | None = None, *, label: Callable[[str], str] = _unnamed
) -> Table:
    """Draw up the table of *answer*.

    Args:
        answer: A canned question's answer.
        lang: The language of headings, numbers and days.
        rows: The places of the rows to show; all, if None. Which columns there are is the whole answer's.
        label: Names a thing that the answer does not name; "" where it has no name.
    """
    names = [name for name in shown_columns(answer) if any(cell is not None for cell in answer.column(name))]
    has_source = "evidence" in answer.columns
    records = answer.records()
    lines = []
    for place in rows if rows is not None else range(len(answer)):
        named = dict(zip(answer.columns, answer.rows[place], strict=True))
        cells = tuple(_cell(name, named, lang, label) for name in names)
        lines.append((cells, {"quote": None, **records[place]} if has_source else None))
    columns = tuple(
        Column(_capital(heading(name, lang)), _are_numbers(answer.column(name))) for name in names
    )
    return Table(columns, tuple(lines), has_source)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _cell(name: str, row: dict[str, Term | None], lang: str, name_of: Callable[[str], str]) -> Value | None:
    term, label = row[name], row.get(f"{name}Label")
    if term is None:
        return Value(str(label)) if label is not None else None
    span = _SPAN.search(term.value) if isinstance(term, Iri) else None
    if span:
        return Value(f"{span[1]}–{span[2]}", str(term))
    if label is not None and isinstance(term, Literal):
        return Value(str(label))
    # A statement is named by what it says.
    said_by = next(iter(row.values())) if name == "description" else row.get(name.removesuffix("Text"))
    if isinstance(said_by, Iri) and isinstance(term, Literal):
        return Value(term.value, str(said_by))
    return shown_value(term, lang, str(label or (name_of(str(term)) if isinstance(term, Iri) else "")))


def _are_numbers(cells: Sequence[Term | None]) -> bool:
    known = [cell for cell in cells if cell is not None]
    return bool(known) and all(
        isinstance(cell, Literal) and not isinstance(cell.to_python(), str | bool) for cell in known
    )
