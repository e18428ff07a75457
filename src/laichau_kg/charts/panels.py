"""Which figures of an indicator may stand on one scale, and which of them a line may join.

Figures share a panel when they are of one area, one kind of measure, one
family of units and one price basis; amounts that flow, as output does, when
their periods are equally long too.  A line joins two of them only when
nothing is missing between, and both say one number of the same kind.
"""

import calendar
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Final

from laichau_kg.charts.figures import AMOUNTS, STATUSES, Figure, Series, Unit

__all__ = ["Panel", "Segment", "decimal_year", "make_panels"]

_AMOUNT = "amount"
_ORDER: Final = (_AMOUNT, "change", "share-of-plan", "rank-change")
_ONE_NUMBER: Final = frozenset({"exact", "about", "almost"})
_FLOW: Final = "flow"
_YEARLY: Final = "average-per-year"
_PERCENT: Final = "percent"
_YEAR: Final = 12
_ANY: Final = -1
_PLACES: Final = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class Segment:
    """A line from one figure to the next of its status."""

    start: Figure
    end: Figure


@dataclass(frozen=True, slots=True)
class Panel:
    """Figures that may stand on one scale, all in one unit, in the order of their periods.

    Attributes:
        months: How long each period is, where that decides what compares: a year's amount with a year's.
    """

    area: str
    area_label: str
    measures: tuple[str, ...]
    unit: Unit
    prices_label: str
    months: int | None
    figures: tuple[Figure, ...]
    segments: tuple[Segment, ...]


def make_panels(series: Series) -> tuple[Panel, ...]:
    """Part the figures of *series* into panels: amounts before changes, the area with most figures first."""
    groups: dict[tuple[str, str, str, str, int], list[Figure]] = defaultdict(list)
    for figure in series.figures:
        months = _months(figure) if series.nature == _FLOW else _ANY
        groups[_kind(figure), figure.area, figure.unit.base, figure.prices, months].append(figure)
    of_area = Counter(figure.area for figure in series.figures)

    def order_of(key: tuple[str, str, str, str, int]) -> tuple[object, ...]:
        kind, area, family, _, months = key
        aside = family == _PERCENT, months not in (_YEAR, _ANY)
        return (_ORDER.index(kind), -of_area[area], area, -len(groups[key]), aside, key)

    order = sorted(groups, key=order_of)
    return tuple(_panel(groups[key], key[-1]) for key in order)


def decimal_year(day: date) -> float:
    """Place a day on an axis of years.

    >>> decimal_year(date(2020, 7, 1))
    2020.4973
    """
    days = 366 if calendar.isleap(day.year) else 365
    return round(day.year + (day.timetuple().tm_yday - 1) / days, 4)


def _kind(figure: Figure) -> str:
    return _AMOUNT if figure.measure in AMOUNTS else figure.measure


def _months(figure: Figure) -> int:
    """Tell how long the period is that a flow is counted over; what is no amount compares whatever it is."""
    if _kind(figure) != _AMOUNT or figure.unit.base == _PERCENT:
        return _ANY
    return _YEAR if figure.measure == _YEARLY else figure.months


def _panel(figures: Sequence[Figure], months: int) -> Panel:
    used = Counter(figure.unit for figure in figures)
    unit = max(used, key=lambda unit: (used[unit], unit.multiplier, unit.slug))
    shown = tuple(
        sorted((_in(figure, unit) for figure in figures), key=lambda one: (one.first, one.last, _rank(one)))
    )
    by_measure = sorted(shown, key=lambda one: AMOUNTS.index(one.measure) if one.measure in AMOUNTS else 0)
    return Panel(
        area=shown[0].area,
        area_label=shown[0].area_label,
        measures=tuple(dict.fromkeys(figure.measure_label for figure in by_measure)),
        unit=unit,
        prices_label=shown[0].prices_label,
        months=None if months == _ANY else months,
        figures=shown,
        segments=tuple(_segments(shown)),
    )


def _rank(figure: Figure) -> tuple[int, str]:
    return STATUSES.index(figure.status), figure.observation


def _in(figure: Figure, unit: Unit) -> Figure:
    """Give *figure* in *unit*, of the same family."""
    if figure.unit == unit:
        return figure

    def converted(value: Decimal | None) -> Decimal | None:
        return (
            None
            if value is None
            else (value * figure.unit.multiplier / unit.multiplier).quantize(_PLACES).normalize()
        )

    return replace(
        figure,
        value=converted(figure.value) or Decimal(0),
        value_max=converted(figure.value_max),
        total=converted(figure.total),
        unit=unit,
    )


def _segments(figures: Sequence[Figure]) -> Iterator[Segment]:
    """Join each figure to the next comparable one of its status, unless something lies between."""
    lines: dict[tuple[str, ...], list[Figure]] = defaultdict(list)
    for figure in figures:
        lines[figure.status, figure.measure, str(figure.months), _distance(figure)].append(figure)
    for line in lines.values():
        values = defaultdict(set)
        for figure in line:
            values[figure.first].add(figure.span if figure.bound in _ONE_NUMBER else None)
        ends = list({figure.first: figure for figure in line}.values())
        for start, end in pairwise(ends):
            said_once = all(_is_one_number(values[one.first]) for one in (start, end))
            if said_once and end.first <= _next_start(start):
                yield Segment(start, end)


def _is_one_number(said: set[tuple[Decimal, Decimal] | None]) -> bool:
    (span, *more) = said
    return not more and span is not None and span[0] == span[1]


def _next_start(figure: Figure) -> date:
    """Tell the last day on which the next period may start without leaving a gap."""
    day_after = figure.last + timedelta(days=1)
    leap_day = (figure.first.month, figure.first.day) == (2, 29)
    year_after = figure.first.replace(year=figure.first.year + 1, day=28 if leap_day else figure.first.day)
    return max(day_after, year_after)


def _distance(figure: Figure) -> str:
    """Tell how far back the period lies that *figure* is compared with, or name it."""
    year = figure.base[:4]
    return str(figure.first.year - int(year)) if year.isdecimal() else figure.base
