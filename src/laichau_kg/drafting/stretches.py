"""What a period's slug says: its days, its precision, and what it is called."""

import re
from datetime import date, timedelta

__all__ = ["is_period", "period_of"]

_ROMAN = ("I", "II", "III", "IV")
_SLUG = re.compile(r"(?:19|20)\d\d(?:-(?:m1-\d\d?|\d\d-\d\d|\d{4}|h[12]|q[1-4]|\d\d))?")


def is_period(slug: str) -> bool:
    """Say whether something is a period's slug.

    >>> is_period("2024-q3"), is_period("30/6")
    (True, False)
    """
    return bool(_SLUG.fullmatch(slug))


def period_of(slug: str) -> tuple[date, date, str, str, str]:
    """Read a period's slug: its days, precision and labels."""
    year = int(slug[:4])
    rest = slug[5:]
    if found := re.fullmatch(r"m1-(\d+)", rest):
        said = (f"{found[1]} tháng đầu năm {year}", f"First {found[1]} months of {year}")
        days = (date(year, 1, 1), _month_end(year, int(found[1])), "month")
    elif re.fullmatch(r"\d\d-\d\d", rest):
        day = date.fromisoformat(slug)
        days, said = (day, day, "day"), (f"Ngày {day.day}/{day.month}/{year}", slug)
    elif re.fullmatch(r"\d{4}", rest):
        days = (date(year, 1, 1), date(int(rest), 12, 31), "multi-year")
        said = (f"Giai đoạn {year}–{rest}", f"{year}–{rest}")
    elif found := re.fullmatch(r"h([12])", rest):
        first = 1 if found[1] == "1" else 7
        days = (date(year, first, 1), _month_end(year, first + 5), "half-year")
        half, word = ("First", "đầu") if first == 1 else ("Second", "cuối")
        said = (f"6 tháng {word} năm {year}", f"{half} half of {year}")
    elif found := re.fullmatch(r"q([1-4])", rest):
        number = int(found[1])
        days = (date(year, number * 3 - 2, 1), _month_end(year, number * 3), "quarter")
        said = (f"Quý {_ROMAN[number - 1]} năm {year}", f"Q{number} {year}")
    elif rest:
        days = (date(year, int(rest), 1), _month_end(year, int(rest)), "month")
        said = (f"Tháng {int(rest)}/{year}", slug)
    else:
        days, said = (date(year, 1, 1), date(year, 12, 31), "year"), (f"Năm {year}", str(year))
    return *days, *said


def _month_end(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
