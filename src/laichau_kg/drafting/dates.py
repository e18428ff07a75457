"""The grammar of dates and periods: days, months, quarters, halves, years and spans of years."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

__all__ = [
    "Time",
    "before_by_a_month",
    "before_by_a_year",
    "find_times",
    "in_year",
    "span_of_years",
    "whole_year",
]

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_DASH = r"\s*(?:[-–—‑]|đến)\s*"
_YEAR = r"(?:19|20)\d\d"
_LATE = re.compile(
    r"\b(?:đến|tới|hết|cuối|vào|tính đến|lũy kế|kể từ)(?:\s+(?:hết|thời điểm|cuối|nay))?\s+(?:ngày\s+)?$",
    re.IGNORECASE,
)
_QUARTER = 3
_COUNTS = {"hai": 2, "ba": 3, "bốn": 4, "năm": 5, "bảy": 7, "tám": 8, "chín": 9}
# Months in words are written with a capital, "tháng Năm": "tháng năm" says no more than "months, year".
_MONTHS = {
    "Mười Một": 11, "Mười một": 11, "Mười Hai": 12, "Mười hai": 12, "Giêng": 1, "Một": 1, "Hai": 2, "Ba": 3,
    "Tư": 4, "Năm": 5, "Sáu": 6, "Bảy": 7, "Tám": 8, "Chín": 9, "Mười": 10,
}  # fmt: skip
_NO_TERM = r"(?<!hạn )(?<!gian )(?<!kỳ )(?<!mỗi )(?<!cứ )(?<!từ )(?<!trẻ )"
_DAYS_A_QUARTER = {1: (1, 3), 2: (4, 6), 3: (7, 9), 4: (10, 12)}


@dataclass(frozen=True, slots=True)
class Time:
    """A date or period in a text.

    *first* and *last* are its days, None where the year is not said;
    *shape* is what it is apart from its year: ``h1``, ``q2``, ``m6``,
    ``6/15`` for a day. *until* says that it is the end of a stretch
    ("đến năm 2025").
    """

    start: int
    end: int
    precision: str
    first: date | None
    last: date | None
    shape: str = ""
    until: bool = False
    rule: str = ""

    @property
    def slug(self) -> str:
        """Name the period as the registers do."""
        if self.first is None or self.last is None:
            return ""
        year = str(self.first.year)
        if self.precision == "year":
            return year
        if self.precision == "multi-year":
            return f"{year}-{self.last.year}"
        if self.precision == "day":
            return self.first.isoformat()
        return f"{year}-{self.shape}"


def whole_year(year: int, start: int = 0, end: int = 0) -> Time:
    """Make the period of one year."""
    return Time(start, end, "year", date(year, 1, 1), date(year, 12, 31), "", rule="year")


def span_of_years(first: int, last: int, start: int = 0, end: int = 0) -> Time:
    """Make a period of several years."""
    return Time(start, end, "multi-year", date(first, 1, 1), date(last, 12, 31), "", rule="years")


def in_year(time: Time, year: int) -> Time:
    """Give a time without a year the year *year*; one with a year stays."""
    if time.first is not None:
        return time
    if time.precision == "day":
        month, day = (int(part) for part in time.shape.split("/"))
        made = _day(day, month, year)
        return replace(time, first=made, last=made) if made else time
    first, last = _bounds(year, _span(time.shape))
    return replace(time, first=first, last=last)


def before_by_a_year(time: Time) -> Time:
    """Give the same period one year earlier; for several years, the year before them."""
    if time.first is None or time.last is None:
        return time
    if time.precision == "multi-year":
        return whole_year(time.first.year - 1, time.start, time.end)
    year = time.first.year - 1
    try:
        return replace(time, first=time.first.replace(year=year), last=time.last.replace(year=year))
    except ValueError:  # the 29th of February
        return replace(time, first=date(year, 2, 28), last=date(year, 2, 28))


def before_by_a_month(time: Time) -> Time:
    """Give the month before a month."""
    if time.first is None:
        return time
    last = time.first - timedelta(days=1)
    return replace(time, first=last.replace(day=1), last=last, shape=f"{last.month:02}")


_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("long-day", re.compile(rf"\bngày\s+(\d{{1,2}})\s+tháng\s+(\d{{1,2}})\s+năm\s+({_YEAR})", re.IGNORECASE)),
    (
        "days",
        re.compile(
            rf"(?<![\d/.-])(\d{{1,2}}){_DASH}(\d{{1,2}})[/.](\d{{1,2}})(?:[/.]({_YEAR}))?(?![\d/%])(?!\.\d)"
        ),
    ),
    ("day", re.compile(rf"(?<![\d/.,])(\d{{1,2}})[/.-](\d{{1,2}})[/.-]({_YEAR})(?!\d)")),
    ("short-day", re.compile(r"(?:\bngày\s+|\()(\d{1,2})[/.-](\d{1,2})(?![\d/.%-]|,\d)", re.IGNORECASE)),
    ("month", re.compile(rf"(?:\btháng\s+|(?<![\d/.,]))(\d{{1,2}})[/-]({_YEAR})(?!\d)", re.IGNORECASE)),
    ("month", re.compile(rf"\btháng\s+(\d{{1,2}})(?:\s+năm\s+({_YEAR}))?(?![\d/]|\s*:)", re.IGNORECASE)),
    (
        "quarter",
        re.compile(rf"\b(?:quý|quí)\s+(IV|I{{1,3}}|[1-4])\b(?:(?:\s+năm|/|,)?\s*({_YEAR}))?", re.IGNORECASE),
    ),
    (
        "half",
        re.compile(rf"\b(?:0?6|sáu) tháng (đầu|cuối)(?: năm(?:\s+({_YEAR}))?|\s+({_YEAR}))?", re.IGNORECASE),
    ),
    (
        "half",
        re.compile(
            rf"{_NO_TERM}\b(?:0?6|sáu) tháng()(?:(?:,?\s+năm\s+|/)({_YEAR})"
            r"|(?=\s*(?:qua|ước|tăng|giảm|đạt|,|:|\s+năm)|\s*$))",
            re.IGNORECASE,
        ),
    ),
    (
        "months",
        re.compile(
            rf"\b(0?3|0?9|10|11|ba|chín) tháng(?: đầu)?(?: năm(?:\s+({_YEAR}))?"
            rf"|\s+({_YEAR}))?(?!\s*(?:cuối|\d))",
            re.IGNORECASE,
        ),
    ),
    (
        "months",
        re.compile(
            r"\b(0?[24578]|hai|bốn|năm|bảy|tám) tháng"
            rf"(?:(?: đầu)?(?: năm(?:\s+({_YEAR}))|[\s/]+({_YEAR}))| đầu năm)",
            re.IGNORECASE,
        ),
    ),
    (
        "months",
        re.compile(
            r"\b(?:lũy kế|luỹ kế|tính chung|trong|ước|hết|qua) (0?[4578]|bốn|bảy|tám) tháng()()"
            r"(?!\s*(?:cuối|\d))",
            re.IGNORECASE,
        ),
    ),
    ("month", re.compile(rf"\b[Tt]háng\s+({'|'.join(_MONTHS)})(?![^\W\d_])(?:\s+năm\s+({_YEAR}))?")),
    (
        "years",
        re.compile(
            rf"(?:\b(?:giai đoạn|nhiệm kỳ|thời kỳ|kỳ|từ(?: năm)?|(?:5|10"
            rf"|năm|ba|3|hai|2)\s+năm(?: qua)?)\s*\(?\s*)?"
            rf"(?<![\d/.,])({_YEAR})\)?{_DASH}(?:năm\s+)?({_YEAR})(?![\d/])\)?",
            re.IGNORECASE,
        ),
    ),
    ("year", re.compile(rf"\bnăm\s+({_YEAR})(?![\d/])", re.IGNORECASE)),
)


def find_times(text: str, start: int = 0, end: int | None = None) -> list[Time]:
    """Find dates and periods, longest first where they overlap, in the order of the text."""
    stop = len(text) if end is None else end
    taken: list[Time] = []
    for rule, pattern in _PATTERNS:
        for found in pattern.finditer(text, start, stop):
            if any(found.start() < other.end and other.start < found.end() for other in taken):
                continue
            taken.extend(_read(rule, found, text, start))
    return sorted(taken, key=lambda time: time.start)


def _read(rule: str, found: re.Match[str], text: str, floor: int) -> Iterator[Time]:
    start, end = found.span()
    if rule in {"long-day", "day", "short-day"}:
        start = found.start(1)
        year = int(found[3]) if rule != "short-day" else None
        made = _day(int(found[1]), int(found[2]), year if year is not None else 2000)
        if made:
            day = made if year is not None else None
            time = Time(start, end, "day", day, day, f"{int(found[2])}/{int(found[1])}", rule="day")
            yield replace(time, until=_is_late(text, start, floor))
        return
    if rule == "days":
        year = int(found[4]) if found[4] else None
        first = _day(int(found[1]), int(found[3]), year or 2000)
        if first and year and int(found[2]) > int(found[1]):
            last = first + timedelta(days=int(found[2]) - int(found[1]))
            yield Time(start, end, "day", first, last, f"{first.month}/{first.day}", rule="days")
        elif first and int(found[2]) > int(found[1]):
            yield Time(start, end, "day", None, None, f"{first.month}/{first.day}", rule="days")
        return
    made_time = _period(rule, found, start, end)
    if made_time:
        yield replace(made_time, until=_is_late(text, start, floor))


def _period(rule: str, found: re.Match[str], start: int, end: int) -> Time | None:
    span = (start, end)
    if rule == "year":
        return whole_year(int(found[1]), start, end)
    if rule == "years":
        first, last = int(found[1]), int(found[2])
        return span_of_years(first, last, start, end) if first < last else None
    if rule == "quarter":
        number = _ROMAN[found[1].casefold()]
        return _months(span, found[2], _DAYS_A_QUARTER[number], ("quarter", f"q{number}", rule))
    if rule == "half":
        half = 2 if found[1].casefold() == "cuối" else 1
        year = next((part for part in found.groups()[1:] if part), None)
        return _months(span, year, _span(f"h{half}"), ("half-year", f"h{half}", rule))
    if rule == "months":
        count = _COUNTS.get(found[1].casefold()) or int(found[1])
        kind = ("quarter", "q1", rule) if count == _QUARTER else ("month", f"m1-{count}", rule)
        return _months(span, found[2] or found[3] or None, (1, count), kind)
    month = _MONTHS.get(found[1]) or int(found[1])
    valid = 1 <= month <= 12  # noqa: PLR2004 - months of a year
    return _months(span, found[2], (month, month), ("month", f"{month:02}", rule)) if valid else None


def _is_late(text: str, start: int, floor: int) -> bool:
    return bool(_LATE.search(text, max(floor, start - 24), start))


def _day(day: int, month: int, year: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _span(shape: str) -> tuple[int, int]:
    if shape.startswith("h"):
        return (1, 6) if shape == "h1" else (7, 12)
    if shape.startswith("q"):
        return _DAYS_A_QUARTER[int(shape[1])]
    if shape.startswith("m1-"):
        return (1, int(shape[3:]))
    return (int(shape), int(shape))


def _bounds(year: int, months: tuple[int, int]) -> tuple[date, date]:
    after = date(year + months[1] // 12, months[1] % 12 + 1, 1)
    return date(year, months[0], 1), after - timedelta(days=1)


def _months(
    found: tuple[int, int], year: str | None, months: tuple[int, int], kind: tuple[str, str, str]
) -> Time:
    """Make a time of some months; *kind* is its precision, its shape and its rule."""
    precision, shape, rule = kind
    time = Time(*found, precision, None, None, shape, rule=rule)
    if year is None:
        return time
    first, last = _bounds(int(year), months)
    return replace(time, first=first, last=last)
