"""Who was shown in which post, and when, along an axis of years.

A mark is a day on which an article shows it. Nothing is claimed of the days
between, before and after: the line that joins the marks only leads the eye.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date as day_of
from typing import Any, Final

from laichau_kg.web.pages.parts import linked, once
from laichau_kg.web.pages.things import Value

__all__ = ["Line", "Timeline", "timeline"]

_EDGE: Final = 2.0  # per cent of the width that stay free on either side
_MOST_YEARS: Final = 8
_MOST_SHOWN: Final = 4


@dataclass(frozen=True, slots=True)
class Line:
    """An official in a post.

    Attributes:
        things: What the line is about, by column: the post, the official.
        body: The body that the post belongs to.
        days: The days on which it is shown, in order.
        marks: Where those days are, in per cent of the width.
        undated: Whether an article without a date shows it too.
        shown: The rows of its attestations, in order; the first ones.
        left: How many more attestations there are.
    """

    things: Mapping[str, Value]
    body: Value
    days: tuple[str, ...]
    marks: tuple[str, ...]
    undated: bool
    shown: Sequence[Mapping[str, Any]]
    left: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """Lines along one axis.

    Attributes:
        lines: The lines; what was shown last comes first.
        left: How many more lines there are.
        ticks: Where the years begin, in per cent, and which they are; the end of the last has no name.
    """

    lines: Sequence[Line]
    left: int
    ticks: Sequence[tuple[str, str]]


def timeline(rows: Iterable[Mapping[str, Any]], most: int) -> Timeline:
    """Draw up the timeline of attestations.

    Args:
        rows: Answers of ``post-holders`` or ``official-career``.
        most: How many lines are drawn.
    """
    by_line: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for row in rows:
        by_line.setdefault((str(row["official"]), str(row["post"])), []).append(row)
    days = [str(row["attestedOn"]) for of_one in by_line.values() for row in of_one if row["attestedOn"]]
    years = range(int(min(days)[:4]), int(max(days)[:4]) + 1) if days else range(0)
    lines = sorted((_line(of_one, years) for of_one in by_line.values()), key=_latest, reverse=True)
    step = max(1, -(-len(years) // _MOST_YEARS))
    ticks = [(_place(f"{year}-01-01", years), str(year)) for year in years[::step]]
    if ticks:
        ticks.append((_place(f"{years[-1] + 1}-01-01", years), ""))
    return Timeline(lines[:most], max(0, len(lines) - most), ticks)


def _line(rows: Sequence[Mapping[str, Any]], years: range) -> Line:
    shown = [of_one[0] for of_one in once(rows, "attestation").values()]
    shown.sort(key=lambda row: (str(row["attestedOn"] or "9999"), str(row["attestation"])))
    days = tuple(sorted({str(row["attestedOn"]) for row in shown if row["attestedOn"]}))
    return Line(
        {column: linked(rows, column)[0] for column in ("official", "post")},
        linked(rows, "organization")[0],
        days,
        tuple(_place(day, years) for day in days),
        any(not row["attestedOn"] for row in shown),
        shown[:_MOST_SHOWN],
        max(0, len(shown) - _MOST_SHOWN),
    )


def _latest(line: Line) -> tuple[str, str]:
    return line.days[-1] if line.days else "", line.things["post"].iri


def _place(day: str, years: range) -> str:
    """Tell where a day is, in per cent of the width."""
    start = day_of(years[0], 1, 1).toordinal()
    whole = day_of(years[-1] + 1, 1, 1).toordinal() - start
    part = (day_of.fromisoformat(day).toordinal() - start) / whole
    return f"{_EDGE + part * (100 - 2 * _EDGE):.1f}%"
