"""Read tables from a CSV file, a folder of them, or an Excel workbook, and say where each cell stands."""

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from laichau_kg._table_columns import INPUT_ONLY, TABLES, Table
from laichau_kg.errors import TableError
from laichau_kg.tabular.cells import Cell
from laichau_kg.text import near_names, slugify

__all__ = ["Problem", "Row", "Sheet", "read_sheets"]

_LARGEST = 50 * 2**20
_DELIMITERS = ",;\t"
_NUMBER_OF_COPY = re.compile(r"(?:-copy)?-\d+$|-copy$")
_PASSED_OVER = ("#", "_")
_NOT_TABLES = ("readme", "huong-dan", "doc-toi")
_TABLES = {
    name: table
    for table in TABLES
    for name in (slugify(table.name), *(slugify(title) for title in table.title))
}


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one cell.

    Attributes:
        sheet: The file, or the workbook's sheet.
        row: As a spreadsheet numbers it, the head being row 1; None for the whole sheet.
        column: The column's name, or None for a whole row.
        message: What is wrong and what to do.
    """

    sheet: str
    row: int | None
    column: str | None
    message: str

    def __str__(self) -> str:
        """Say it in one sentence, the place first."""
        row = f", row {self.row}" if self.row is not None else ""
        column = f", column {self.column}" if self.column else ""
        return f"{self.sheet}{row}{column}: {self.message}"


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number, and its cells that hold something, by column."""

    number: int
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table as it was filled in."""

    table: Table
    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def read_sheets(path: Path) -> tuple[list[Sheet], list[Problem]]:
    """Read every table at *path*, and tell what is wrong with their heads and forms.

    Args:
        path: A ``.csv`` or ``.xlsx`` file, or a folder of ``.csv`` files.

    Raises:
        TableError: nothing can be read there at all.
    """
    if not path.exists():
        raise TableError(f"{path}: cannot be read: No such file or directory.")
    problems: list[Problem] = []
    sheets = []
    for name, stem, lines in _lines(path, problems):
        table = _table_named(stem)
        if table is not None:
            sheets.append(_sheet(table, name, lines, problems))
        elif not slugify(stem).startswith(_NOT_TABLES) and not stem.startswith(_PASSED_OVER):
            near = near_names(stem, [table.name for table in TABLES], most=1)
            hint = (
                f"did you mean {near[0]}?" if near else f"the tables are {', '.join(t.name for t in TABLES)}."
            )
            problems.append(Problem(name, None, None, f"no table has this name; {hint}"))
    return sheets, problems


_Lines = Iterator[tuple[int, list[Cell]]]


def _lines(path: Path, problems: list[Problem]) -> Iterator[tuple[str, str, _Lines]]:
    if path.is_dir():
        files = sorted(file for file in path.iterdir() if file.suffix.lower() == ".csv")
        if not files:
            raise TableError(f"{path}: no .csv file lies there; `laichau template {path}` writes empty ones.")
        for file in files:
            yield file.name, file.stem, _csv_lines(file)
    elif path.suffix.lower() == ".xlsx":
        yield from _workbook(path, problems)
    elif path.suffix.lower() in {".csv", ".tsv", ".txt"}:
        yield path.name, path.stem, _csv_lines(path)
    else:
        raise TableError(f"{path}: tables are read from .csv and .xlsx files and from folders of .csv files.")


def _table_named(stem: str) -> Table | None:
    slug = slugify(stem)
    return _TABLES.get(slug) or _TABLES.get(_NUMBER_OF_COPY.sub("", slug))


def _sheet(table: Table, name: str, lines: _Lines, problems: list[Problem]) -> Sheet:
    columns: list[str] = []
    rows = []
    for number, cells in lines:
        if not any(cell.text.strip() for cell in cells):
            continue
        if not columns:
            columns = _head(table, name, number, cells, problems)
            continue
        beyond = [cell for cell in cells[len(columns) :] if cell.text.strip()]
        if beyond:
            stray = beyond[0].shown()
            message = f"{stray} stands beyond the last column; put cells that hold separators in quotes."
            problems.append(Problem(name, number, None, message))
        filled = {
            column: cell
            for column, cell in zip(columns, cells, strict=False)
            if column and (cell.text.strip() or cell.number is not None)
        }
        if filled:
            rows.append(Row(number, filled))
    return Sheet(table, name, tuple(columns), tuple(rows))


def _head(table: Table, name: str, number: int, cells: Sequence[Cell], problems: list[Problem]) -> list[str]:
    """Read the head's names; what is passed over gets the name ""."""
    known = (*table.columns, *(INPUT_ONLY if "more_evidence" in table.columns else ()))
    columns: list[str] = []
    for cell in cells:
        column = "_".join(cell.text.casefold().split())
        if not column or column.startswith(_PASSED_OVER):
            column = ""
        elif column not in known:
            near = near_names(column, known, most=1)
            hint = f"did you mean {near[0]}? Else" if near else "Else"
            message = f"no such column; {hint} put # before its name, and it is passed over."
            problems.append(Problem(name, number, cell.plain(), message))
            column = ""
        elif column in columns:
            problems.append(Problem(name, number, column, "the column stands twice; delete or rename one."))
            column = ""
        columns.append(column)
    return columns


def _csv_lines(path: Path) -> _Lines:
    text = _csv_text(path)
    first, _, rest = text.partition("\n")
    told = re.fullmatch(r"sep=(.)\r?", first)
    delimiter = told[1] if told else max(_DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(rest if told else text, newline=""), delimiter=delimiter)
    try:
        for number, cells in enumerate(reader, 2 if told else 1):
            yield number, [Cell(text) for text in cells]
    except csv.Error as error:
        raise TableError(
            f"{path}: line {reader.line_num} is not CSV ({error}); save the table again."
        ) from error


def _csv_text(path: Path) -> str:
    data = _read(path)
    coding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return data.decode(coding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise TableError(
            f"{path}: line {line} is not UTF-8; in the spreadsheet save it as “CSV UTF-8”."
        ) from error


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > _LARGEST:
            raise TableError(f"{path}: larger than {_LARGEST // 2**20} MB; split the table.")
        return path.read_bytes()
    except OSError as error:
        raise TableError(f"{path}: cannot be read: {error.strerror or error}.") from error


def _workbook(path: Path, problems: list[Problem]) -> Iterator[tuple[str, str, _Lines]]:
    data = io.BytesIO(_read(path))
    try:
        import openpyxl  # noqa: PLC0415 - an extra that CSV needs not
    except ImportError as error:
        raise TableError(
            f"{path}: reading .xlsx needs openpyxl: pip install 'laichau-kg[xlsx]'; or save it as CSV UTF-8."
        ) from error
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of styles and rules that no cell's value depends on
        try:
            _refuse_bomb(path, data)
            book = openpyxl.load_workbook(data, data_only=True)
            formulas = openpyxl.load_workbook(data, data_only=False)
        except TableError:
            raise
        except Exception as error:  # a broken workbook fails in a dozen ways
            raise TableError(f"{path}: is no Excel workbook that can be read ({error}).") from error
    for sheet in book.worksheets:
        alone = len(book.worksheets) == 1 and _table_named(sheet.title) is None
        stem = path.stem if alone else sheet.title
        yield (
            f"{path.name}, sheet {sheet.title}",
            stem,
            _sheet_lines(
                f"{path.name}, sheet {sheet.title}",
                sheet.iter_rows(),
                formulas[sheet.title].iter_rows(),
                problems,
            ),
        )


def _refuse_bomb(path: Path, data: io.BytesIO) -> None:
    with zipfile.ZipFile(data) as parts:
        if sum(part.file_size for part in parts.infolist()) > 4 * _LARGEST:
            raise TableError(f"{path}: unpacks to more than {4 * _LARGEST // 2**20} MB; split it.")


def _sheet_lines(
    name: str,
    rows: Iterable[Sequence[Any]],
    formulas: Iterable[Sequence[Any]],
    problems: list[Problem],
) -> _Lines:
    for number, (cells, behind) in enumerate(zip(rows, formulas, strict=True), 1):
        for cell, formula in zip(cells, behind, strict=True):
            if cell.data_type == "e" or (cell.value is None and formula.value is not None):
                message = f"“{cell.value or formula.value}” has no value; write the value itself."
                problems.append(Problem(name, number, cell.column_letter, message))
        yield number, [_spreadsheet_cell(cell.value, str(cell.number_format)) for cell in cells]


def _spreadsheet_cell(value: object, number_format: str) -> Cell:
    if value is None:
        return Cell("")
    if isinstance(value, datetime | date):
        day = value.date() if isinstance(value, datetime) else value
        return Cell(day.isoformat(), day=day)
    if isinstance(value, bool):
        return Cell(str(value).lower())
    if isinstance(value, int | float):
        number = Decimal(repr(value))
        if "%" in number_format:  # what shows as 47.2% is kept as 0.472
            number *= 100
        text = format(number.normalize(), "f")
        return Cell(text, number=Decimal(text))
    return Cell(str(value))
