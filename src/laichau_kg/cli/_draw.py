"""Draw answers for people: columns that fit the terminal, or one block a row where they cannot.

Only what a reader wants to see is drawn: a thing by its label, a fact by the
article and the words that carry it.  The other forms have every IRI.
"""

import os
import re
import sys
import textwrap
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from laichau_kg.columns import heading, shown_columns
from laichau_kg.resolve import short_name
from laichau_kg.terms import Iri, Literal, Term

if TYPE_CHECKING:
    from laichau_kg.answers import Answer

__all__ = ["Grid", "draw", "grid_of", "parts_of", "width_of_stdout"]

_SPAN = re.compile(r"#char=(\d+),(\d+)$")
_ENOUGH_TO_SHARE = 3
_LEAST = 6
_MOST_FOR_COLUMNS = 18
_FEW_COLUMNS = 4
_MOST_LINES = 8
_GAP = 2


@dataclass(frozen=True, slots=True)
class Grid:
    """Text in rows and columns, ready to draw.

    Attributes:
        head: The columns' headings.
        rows: The cells, as many a row as there are headings.
        right: Whether a column stands right, as numbers do.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: tuple[bool, ...]


def draw(grid: Grid, *, width: int | None, colour: bool = False) -> str:
    """Draw *grid* in *width* columns; None means as wide as it needs, a line a row."""
    if not grid.rows:
        return ""
    if width is None or sum(_widths(grid)) + _GAP * (len(grid.head) - 1) <= width:
        return _columns(grid, _widths(grid), colour=colour)
    narrowed = _narrowed(grid, width)
    return _columns(grid, narrowed, colour=colour) if narrowed else _blocks(grid, width, colour=colour)


def width_of_stdout() -> int | None:
    """Tell how wide to draw: as COLUMNS says, else as the terminal is, else as wide as it takes."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isdigit() and int(columns) > 0:
        return int(columns)
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or None
    except (OSError, ValueError):
        return None


def parts_of(answer: "Answer", lang: str) -> tuple[list[str], Grid]:
    """Part what is the same in all rows, as lines to go before the table, from what is not."""
    grid = grid_of(answer, lang)
    if len(grid.rows) < _ENOUGH_TO_SHARE:
        return [], grid
    shared = [len(set(column)) == 1 for column in zip(*grid.rows, strict=True)]
    if all(shared) or not any(shared):
        return [], grid
    lines = [
        f"{name}: {cell}" for name, cell, same in zip(grid.head, grid.rows[0], shared, strict=True) if same
    ]
    kept = [place for place, same in enumerate(shared) if not same]
    return lines, _picked(grid, kept)


def grid_of(answer: "Answer", lang: str) -> Grid:
    """Choose what of an answer is shown: labels for IRIs, and one column for the source of each row."""
    shown = shown_columns(answer)
    head = [heading(name, lang) for name in shown]
    rows = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
    cells = [[_cell(name, row) for name in shown] for row in rows]
    right = [bool(rows) and all(_is_number(row[name]) for row in rows) for name in shown]
    if "evidence" in answer.columns:
        head.append(heading("source", lang))
        right.append(False)
        for line, row in zip(cells, rows, strict=True):
            line.append(_source(row))
    kept = [place for place in range(len(head)) if not rows or any(line[place] for line in cells)]
    return _picked(Grid(tuple(head), tuple(map(tuple, cells)), tuple(right)), kept)


def _picked(grid: Grid, kept: Sequence[int]) -> Grid:
    return Grid(
        tuple(grid.head[place] for place in kept),
        tuple(tuple(row[place] for place in kept) for row in grid.rows),
        tuple(grid.right[place] for place in kept),
    )


def _is_number(cell: Term | None) -> bool:
    return cell is None or (isinstance(cell, Literal) and not isinstance(cell.to_python(), str | bool))


def _cell(name: str, row: dict[str, Term | None]) -> str:
    value = row[name]
    label = row.get(name + "Label")
    if label is not None:
        return _text(label)
    return "" if value is None else _text(value)


def _text(value: Term) -> str:
    span = _SPAN.search(value.value) if isinstance(value, Iri) else None
    if span:
        return f"{span[1]}–{span[2]}"
    return short_name(value.value) if isinstance(value, Iri) else " ".join(str(value).split())


def _source(row: dict[str, Term | None]) -> str:
    quote, label, evidence = (row.get(name) for name in ("quote", "articleLabel", "evidence"))
    article = row.get("article")
    named = label or article
    parts = [f"“{_text(quote)}”"] if quote is not None else []
    if named is not None:
        parts.append(_text(named))
    if quote is None and evidence is not None:
        parts.append(_text(evidence))
    return " – ".join(parts)


def _widths(grid: Grid) -> list[int]:
    return [max(_length(cell) for cell in column) for column in zip(grid.head, *grid.rows, strict=True)]


def _narrowed(grid: Grid, width: int) -> list[int] | None:
    """Share *width* out among the columns, the widest giving first; None when words would have to break."""
    widths = _widths(grid)
    least = [
        min(_MOST_FOR_COLUMNS, max(_LEAST, *(_longest_word(cell) for cell in column)))
        for column in zip(grid.head, *grid.rows, strict=True)
    ]
    least = [min(pair) for pair in zip(least, widths, strict=True)]
    room = width - _GAP * (len(widths) - 1)
    if sum(least) > room:
        return None
    while sum(widths) > room:
        givers = [place for place in range(len(widths)) if widths[place] > least[place]]
        widths[max(givers, key=lambda place: widths[place])] -= 1
    if len(widths) <= _FEW_COLUMNS:
        return widths
    return widths if max(_lines_of(row, widths) for row in grid.rows) <= _MOST_LINES else None


def _lines_of(row: Sequence[str], widths: Sequence[int]) -> int:
    return max(len(_wrapped(cell, width)) for cell, width in zip(row, widths, strict=True))


def _columns(grid: Grid, widths: Sequence[int], *, colour: bool) -> str:
    rule = ["─" * width for width in widths]
    lines = [
        _style(_line(grid.head, widths, grid.right), "1", colour=colour),
        _line(rule, widths, grid.right),
    ]
    for row in grid.rows:
        wrapped = [_wrapped(cell, width) for cell, width in zip(row, widths, strict=True)]
        for number in range(max(map(len, wrapped))):
            parts = [cell[number] if number < len(cell) else "" for cell in wrapped]
            lines.append(_line(parts, widths, grid.right))
    return "\n".join(lines) + "\n"


def _line(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    padded = []
    for cell, width, is_number in zip(cells, widths, right, strict=True):
        space = " " * (width - _length(cell))
        padded.append(space + cell if is_number else cell + space)
    return (" " * _GAP).join(padded).rstrip()


def _blocks(grid: Grid, width: int, *, colour: bool) -> str:
    indent = max(map(_length, grid.head)) + 2 * _GAP
    room = max(width - indent, _LEAST)
    blocks = []
    for number, row in enumerate(grid.rows, 1):
        lines = [_style(f"{number}.", "1", colour=colour)]
        for title, cell in zip(grid.head, row, strict=True):
            if not cell:
                continue
            first, *rest = _wrapped(cell, room)
            padded = " " * _GAP + title + " " * (indent - _GAP - _length(title))
            lines.append(_style(padded, "2", colour=colour) + first)
            lines += [" " * indent + line for line in rest]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, max(width, 1), break_on_hyphens=False) or [""]


def _longest_word(text: str) -> int:
    return max(map(_length, text.split()), default=0)


def _length(text: str) -> int:
    return sum(not unicodedata.combining(char) for char in text)


def _style(text: str, code: str, *, colour: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if colour else text
