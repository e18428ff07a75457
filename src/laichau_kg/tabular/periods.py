"""Periods by their slugs: first and last day, what stretch of time it is, and its names."""

import re
from calendar import month_name, monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

__all__ = ["Stretch", "slug_of", "stretch_of"]

_ROMAN = ("I", "II", "III", "IV")
_HALVES = (("First", "đầu"), ("Second", "cuối"))


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of time that has a slug of its own."""

    first: date
    last: date
    precision: str
    label_en: str
    label_vi: str


def stretch_of(slug: str) -> Stretch | None:
    """Tell what a period's slug stands for; None if it is not formed like one.

    >>> stretch_of("2022-h1").label_vi
    '6 tháng đầu năm 2022'
    """
    for pattern, make in _FORMS:
        found = re.fullmatch(pattern, slug)
        if found:
            try:
                return make(*(int(part) for part in found.groups()))
            except ValueError:
                return None
    return None


def slug_of(first: date, last: date) -> str | None:
    """Tell the slug of the period from *first* to *last*, if there is a form for it.

    >>> slug_of(date(2021, 1, 1), date(2021, 3, 31))
    '2021-q1'
    """
    year, quarter, half = first.year, (first.month + 2) // 3, (first.month + 5) // 6
    candidates = (
        str(year), f"{year}-h{half}", f"{year}-q{quarter}", f"{first:%Y-%m}", first.isoformat(),
        f"{year}-{last.year}",
    )  # fmt: skip
    for slug in candidates:
        stretch = stretch_of(slug)
        if stretch and (stretch.first, stretch.last) == (first, last):
            return slug
    return None


def _months(year: int, first: int, count: int) -> tuple[date, date]:
    last = first + count - 1
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def _year(year: int) -> Stretch:
    return Stretch(*_months(year, 1, 12), "year", str(year), f"Năm {year}")


def _half(year: int, half: int) -> Stretch:
    english, vietnamese = _HALVES[half - 1]
    days = _months(year, 6 * half - 5, 6)
    return Stretch(*days, "half-year", f"{english} half of {year}", f"6 tháng {vietnamese} năm {year}")


def _quarter(year: int, quarter: int) -> Stretch:
    days = _months(year, 3 * quarter - 2, 3)
    return Stretch(*days, "quarter", f"Quarter {quarter} of {year}", f"Quý {_ROMAN[quarter - 1]} năm {year}")


def _month(year: int, month: int) -> Stretch:
    days = _months(year, month, 1)
    return Stretch(*days, "month", f"{month_name[month]} {year}", f"Tháng {month} năm {year}")


def _day(year: int, month: int, day: int) -> Stretch:
    the_day = date(year, month, day)
    return Stretch(the_day, the_day, "day", the_day.isoformat(), f"Ngày {day}/{month}/{year}")


def _years(first: int, last: int) -> Stretch:
    if last <= first:
        raise ValueError(last)
    label = f"{first}–{last}"
    return Stretch(date(first, 1, 1), date(last, 12, 31), "multi-year", label, f"Giai đoạn {label}")


_FORMS: tuple[tuple[str, Callable[..., Stretch]], ...] = (
    (r"(\d{4})", _year),
    (r"(\d{4})-h([12])", _half),
    (r"(\d{4})-q([1-4])", _quarter),
    (r"(\d{4})-(\d{2})", _month),
    (r"(\d{4})-(\d{2})-(\d{2})", _day),
    (r"(\d{4})-(\d{4})", _years),
)
