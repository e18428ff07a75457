"""The record's tables as one Excel workbook, with what each column means.

A sheet a table, of the same columns as the CSV tables; numbers and days are
the spreadsheet's own.  `laichau_kg.imports` reads it back.  The same record
gives the same bytes.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Final

from laichau_kg._table_columns import LINES, MANY, NUMBERS, TABLES, WORDS, Table
from laichau_kg.errors import OutputError
from laichau_kg.tables import TableSource, read_tables

__all__ = ["write_workbook"]

_MOST_ROWS: Final = 2**20 - 1
_LONGEST: Final = 2**15 - 1
_NO_CELL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_WAY_OUT: Final = "write CSV with --tables DIR."
_MOST_DIGITS: Final = 15
_FIRST_DAY: Final = date(1900, 3, 1)  # before it Excel's calendar is wrong
_STAMP: Final = datetime(1980, 1, 1, tzinfo=UTC)
_MODIFIED: Final = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(?=<)")
_WIDTHS: Final = {"decimal": 12.0, "date": 12.0, "nonNegativeInteger": 9.0}
_WIDE: Final = ("description_", "label_", "note", "more_evidence", "title", "exact", "_name", "other_names")
_Held = str | Decimal | int | date
_HEAD: Final = ("table", "column", "type", "English", "Tiếng Việt")
_INTRODUCTION: Final = """\
The public record of Lai Châu province, as tables · Hồ sơ công khai về tỉnh Lai Châu, dạng bảng
CC BY 4.0 · https://w3id.org/laichau-kg/
Each row of a fact names its article and where its evidence stands in the article's text: the characters
from start to end, the end exclusive. `laichau import FILE.xlsx -o DIR` reads this workbook back.
Mỗi dòng dữ kiện nêu bài báo và vị trí căn cứ trong văn bản: các ký tự từ start đến end, không gồm vị trí
end. `laichau import TỆP.xlsx -o THƯ-MỤC` đọc lại bảng tính này.
"""


def write_workbook(record: TableSource) -> bytes:
    """Write every table of a record into one workbook.

    Raises:
        OutputError: openpyxl is not installed, or a table is longer than a sheet can be, or a cell than
            a cell can be.
        QueryFileError: a table's query is missing, or lacks a column.
    """
    try:
        import openpyxl  # noqa: PLC0415 - an extra that CSV needs not
    except ImportError as error:
        raise OutputError("A workbook needs the extra `xlsx`: pip install 'laichau-kg[xlsx]'.") from error
    tables = list(read_tables(record))
    for table, rows in tables:
        _refuse_what_does_not_fit(table, rows)
    book = openpyxl.Workbook(write_only=True)
    book.properties.creator = "laichau-kg"
    book.properties.title = _INTRODUCTION.partition("\n")[0]
    book.properties.created = _STAMP.replace(tzinfo=None)
    _write_readme(book.create_sheet("README"))
    for table, rows in tables:
        _write_table(book.create_sheet(table.name), table, rows)
    buffer = io.BytesIO()
    book.save(buffer)
    return _without_clock(buffer.getvalue())


def _refuse_what_does_not_fit(table: Table, rows: Sequence[Mapping[str, str]]) -> None:
    if len(rows) > _MOST_ROWS:
        raise OutputError(
            f"The table {table.name} has {len(rows)} rows, more than a sheet can have; {_WAY_OUT}"
        )
    for number, row in enumerate(rows, 2):
        for column, text in row.items():
            if len(text) > _LONGEST or _NO_CELL.search(text):
                what = "is too long" if len(text) > _LONGEST else "has a control character"
                raise OutputError(
                    f"The table {table.name}, row {number}: {column} {what} for a workbook; {_WAY_OUT}"
                )


def _write_readme(page: Any) -> None:
    for letter, width in zip("ABCDE", (18, 18, 28, 70, 70), strict=True):
        page.column_dimensions[letter].width = width
    for line in _INTRODUCTION.splitlines():
        page.append([_cell(page, line)])
    page.append([])
    page.append([_cell(page, title, bold=True) for title in _HEAD])
    for row in _explained():
        page.append([_cell(page, text) for text in row])


def _write_table(page: Any, table: Table, rows: Sequence[Mapping[str, str]]) -> None:
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - an extra that CSV needs not

    page.freeze_panes = "A2"
    for place, column in enumerate(table.columns, 1):
        page.column_dimensions[get_column_letter(place)].width = _width(column)
    page.append([_cell(page, name, bold=True, note="\n".join(WORDS[name])) for name in table.columns])
    for row in rows:
        page.append([_cell(page, _value(name, text)) if text else None for name, text in row.items()])


def _cell(page: Any, value: _Held, *, bold: bool = False, note: str = "") -> Any:
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - an extra that CSV needs not
    from openpyxl.comments import Comment  # noqa: PLC0415 - the same
    from openpyxl.styles import Font  # noqa: PLC0415 - the same

    cell = WriteOnlyCell(page, value)
    if isinstance(value, str):
        cell.data_type = "s"  # text that starts with "=" is no formula
    if isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"
    if bold:
        cell.font = Font(bold=True)
    if note:
        cell.comment = Comment(note, "laichau-kg", height=90, width=320)
    return cell


def _explained() -> Iterator[Sequence[str]]:
    """Explain every column of every table, one a row."""
    for table in TABLES:
        yield table.name, "", "", *table.title
        for column in table.columns:
            yield table.name, column, _type(table, column), *WORDS[column]


def _type(table: Table, column: str) -> str:
    several = column in MANY or column in LINES
    needed = ", never empty" if column in table.required else ""
    return NUMBERS.get(column, "text") + (", several" if several else "") + needed


def _value(column: str, text: str) -> _Held:
    """Give a cell's value as a spreadsheet keeps it; as text where it could not keep it whole."""
    kind = NUMBERS.get(column)
    if kind == "date":
        day = date.fromisoformat(text)
        return day if day >= _FIRST_DAY else text
    if kind is None or len(text.replace(".", "").lstrip("-")) > _MOST_DIGITS:
        return text
    return int(text) if kind == "nonNegativeInteger" else Decimal(text)


def _width(column: str) -> float:
    kind = NUMBERS.get(column)
    if kind:
        return _WIDTHS[kind]
    return 50.0 if any(part in column for part in _WIDE) else 24.0


def _without_clock(book: bytes) -> bytes:
    """Pack a workbook anew with times that do not depend on when it was made."""
    buffer = io.BytesIO()
    stamp = f"{_STAMP:%Y-%m-%dT%H:%M:%SZ}".encode()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(buffer, "w") as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>" + stamp, content)
            fixed = zipfile.ZipInfo(part.filename, _STAMP.timetuple()[:6])
            fixed.compress_type = zipfile.ZIP_DEFLATED
            fixed.external_attr = 0o600 << 16
            new.writestr(fixed, content)
    return buffer.getvalue()
