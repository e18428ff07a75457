"""Read one cell as a person fills it in: Vietnamese numbers and dates, spaces, a spreadsheet's own types."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from laichau_kg.text import Span, fold

__all__ = ["Cell", "CellError", "read_date", "read_decimal", "read_integer", "read_spans", "write_decimal"]

_SPACES = re.compile("[\u00a0\u2007\u2009\u202f]")
# Dots part thousands when every group after the first has three digits: 5.406 is Vietnamese for 5406.
_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?", re.ASCII)
_SPACED = re.compile(r"[+-]?[1-9]\d{0,2}(?: \d{3})+(?:,\d+)?", re.ASCII)
_COMMA = re.compile(r"[+-]?\d+,\d+", re.ASCII)
_POINT = re.compile(r"[+-]?\d+(?:\.\d+)?", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)
_WORDS = re.compile(r"(?:ngay )?(\d{1,2}) thang (\d{1,2}) nam (\d{4})", re.ASCII)
_SPAN = re.compile(r"(\d{1,12}) ?[-–] ?(\d{1,12})(?!\d)", re.ASCII)
_LONGEST = 40
_MOST_DIGITS = 60
_LARGEST = 10**12


class CellError(Exception):
    """A cell cannot be read; the text says what is wrong and how to write it.

    Attributes:
        column: Which of the row's cells, where the reader of the row does not know.
    """

    def __init__(self, message: object, *, column: str = "") -> None:
        self.column = column
        super().__init__(str(message))


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one cell.

    Attributes:
        text: As it was typed, or as a spreadsheet would show it.
        number: The number, where a spreadsheet keeps one.
        day: The day, where a spreadsheet keeps one.
    """

    text: str
    number: Decimal | None = None
    day: date | None = None

    def plain(self) -> str:
        """Return the text with single spaces and none at its ends."""
        return " ".join(self.text.split())

    def shown(self) -> str:
        """Return the text for a message, cut where it is long."""
        text = self.plain()
        return f"“{text[:_LONGEST]}…”" if len(text) > _LONGEST else f"“{text}”"


def read_decimal(cell: Cell) -> Decimal:
    """Read a number, Vietnamese or plain; a per cent sign at its end is passed over.

    >>> [str(read_decimal(Cell(text))) for text in ("5.406", "47,2", "47.2", "1.234,5", "24,63%")]
    ['5406', '47.2', '47.2', '1234.5', '24.63']

    Raises:
        CellError: it is no number.
    """
    if cell.number is not None:
        return cell.number
    if len(cell.text) > _MOST_DIGITS:
        raise CellError(f"{cell.shown()} is longer than any figure; write the number alone.")
    text = " ".join(_SPACES.sub(" ", cell.text).split()).replace("−", "-").removesuffix("%").rstrip()
    if _GROUPED.fullmatch(text):
        return Decimal(text.replace(".", "").replace(",", "."))
    if _SPACED.fullmatch(text):
        return Decimal(text.replace(" ", "").replace(",", "."))
    if _COMMA.fullmatch(text):
        return Decimal(text.replace(",", "."))
    if _POINT.fullmatch(text):
        return Decimal(text)
    raise CellError(f"{cell.shown()} is no number; write it alone, like 5406, 5.406 or 47,2.")


def write_decimal(number: Decimal) -> str:
    """Write a number as the record's files have it: a point, and at least one digit after it.

    >>> write_decimal(Decimal("5406")), write_decimal(Decimal("47.20"))
    ('5406.0', '47.2')
    """
    whole, _, part = format(number, "f").partition(".")
    return f"{whole}.{part.rstrip('0') or '0'}"


def read_integer(cell: Cell) -> int:
    """Read a whole number that is not negative.

    Raises:
        CellError: it is none.
    """
    number = read_decimal(cell)
    if not 0 <= number < _LARGEST or number != number.to_integral_value():
        raise CellError(f"{cell.shown()} is no whole number; write it like 120.")
    return int(number)


def read_date(cell: Cell) -> date:
    """Read a day: 2022-06-15, 15/6/2022, "ngày 15 tháng 6 năm 2022", or a spreadsheet's date.

    >>> read_date(Cell("15/6/2022")).isoformat()
    '2022-06-15'

    Raises:
        CellError: it is no day of the calendar.
    """
    if cell.day is not None:
        return cell.day
    text = fold(cell.text)
    for pattern, order in ((_ISO, (1, 2, 3)), (_DAY_FIRST, (3, 2, 1)), (_WORDS, (3, 2, 1))):
        found = pattern.fullmatch(text)
        if found:
            year, month, day = (int(found[place]) for place in order)
            try:
                return date(year, month, day)
            except ValueError:
                break
    raise CellError(f"{cell.shown()} is no day; write it like 2022-06-15 or 15/6/2022.")


def read_spans(cell: Cell) -> list[Span]:
    """Read spans, start-end, parted by spaces, commas or semicolons.

    >>> read_spans(Cell("12-30; 45–60"))
    [Span(start=12, end=30), Span(start=45, end=60)]

    Raises:
        CellError: something else stands there, or a span ends before it starts.
    """
    text = " ".join(cell.text.replace(",", " ").replace(";", " ").split())
    spans = [Span(int(found[1]), int(found[2])) for found in _SPAN.finditer(text)]
    if _SPAN.sub("", text).strip() or any(span.start >= span.end for span in spans):
        raise CellError(f"{cell.shown()} is no list of spans; write them like 12-30 45-60.")
    return spans
