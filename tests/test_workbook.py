"""The tables as an Excel workbook: read back, it is the record."""

import csv
import io
import zipfile
from datetime import datetime

import openpyxl
import pytest

from laichau_kg import workbook
from laichau_kg._table_columns import TABLES, WORDS
from laichau_kg.errors import OutputError
from laichau_kg.imports import import_tables
from laichau_kg.layout import Layout
from laichau_kg.record import open_record
from laichau_kg.workbook import write_workbook
from mini import FIRST, ROOT, make_checkout

RECORD = Layout(ROOT)
NAMES = [table.name for table in TABLES]


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    """The whole record's workbook."""
    path = tmp_path_factory.mktemp("workbook") / "record.xlsx"
    with open_record(ROOT) as record:
        record.export(path)
    return path


@pytest.fixture(scope="module")
def reimported(path):
    """The workbook, imported beside the record it is of."""
    return import_tables(RECORD, path)


@pytest.fixture(scope="module")
def mini(tmp_path_factory):
    """The mini record's workbook, and its tables as CSV."""
    folder = tmp_path_factory.mktemp("tables")
    with open_record(make_checkout(tmp_path_factory.mktemp("checkout"))) as record:
        record.export_tables(folder)
        return openpyxl.load_workbook(io.BytesIO(write_workbook(record))), folder


@pytest.mark.parametrize("path_of_article", RECORD.article_files(), ids=lambda path: path.stem)
def test_an_article_comes_back_byte_for_byte(reimported, path_of_article):
    """Numbers and days that the spreadsheet keeps as its own lose nothing."""
    assert reimported[path_of_article.name] == path_of_article.read_text(encoding="utf-8")


def test_what_the_record_has_is_not_new(reimported):
    """Registers that the record has already make no bundle."""
    assert set(reimported) == {path.name for path in RECORD.article_files()}


def test_there_is_a_sheet_a_table_after_the_explanations(mini):
    """In the tables' order."""
    book, _ = mini

    assert book.sheetnames == ["README", *NAMES]


@pytest.mark.parametrize("name", NAMES)
def test_a_sheet_has_the_tables_rows(mini, name):
    """Cell for cell what the CSV has, numbers and days read as such."""
    book, folder = mini
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))

    shown = [[as_csv(cell.value) for cell in row] for row in book[name].iter_rows()]

    assert [list(map(number, row)) for row in shown] == [list(map(number, row)) for row in rows]


def as_csv(value):
    """Write a cell as CSV has it."""
    if value is None:
        return ""
    return value.date().isoformat() if isinstance(value, datetime) else str(value)


def number(text):
    """Compare numbers as numbers: 5.4060 is 5.406."""
    try:
        return float(text)
    except ValueError:
        return text


@pytest.mark.parametrize("name", NAMES)
def test_the_head_stays_and_explains_itself(mini, name):
    """The first row does not scroll away; each of its cells has a note in both languages."""
    book, _ = mini
    page = book[name]

    assert page.freeze_panes == "A2"
    assert [cell.comment.text for cell in page[1]] == ["\n".join(WORDS[cell.value]) for cell in page[1]]


def test_numbers_and_days_are_the_spreadsheets_own(mini):
    """They can be summed and sorted."""
    book, _ = mini
    page = book["observations"]
    columns = {cell.value: cell.column for cell in page[1]}
    row = next(row for row in page.iter_rows(min_row=2) if row[0].value == f"{FIRST}--dien-thon-ban")

    assert row[columns["value"] - 1].value == 937
    assert row[columns["period_start"] - 1].value == datetime(2020, 1, 1)  # noqa: DTZ001 - as Excel has it


@pytest.mark.parametrize(
    ("column", "text", "value"),
    [
        ("value", "5.4060", "Decimal"),
        ("value", "1234567890.1234567", "str"),
        ("date", "1890-01-01", "str"),
        ("date", "2020-12-14", "date"),
        ("number", "05", "str"),
        ("start", "12", "int"),
    ],
)
def test_what_a_spreadsheet_would_spoil_stays_text(column, text, value):
    """Long numbers, days before 1900 and numbers of documents are text."""
    assert type(workbook._value(column, text)).__name__ == value  # noqa: SLF001 - the rule itself


def test_text_that_looks_like_a_formula_is_text():
    """Nothing is reckoned when the file is opened."""
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet("x")
    page.append([workbook._cell(page, "=1+1")])  # noqa: SLF001 - the rule itself
    buffer = io.BytesIO()
    book.save(buffer)

    cell = openpyxl.load_workbook(buffer)["x"]["A1"]

    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_no_time_of_writing_is_kept(path):
    """Neither the archive nor the properties know when the file was made."""
    with zipfile.ZipFile(path) as archive:
        stamps = {part.date_time for part in archive.infolist()}
        properties = archive.read("docProps/core.xml").decode()

    assert stamps == {(1980, 1, 1, 0, 0, 0)}
    assert properties.count("1980-01-01T00:00:00Z") == 2


@pytest.mark.parametrize(
    ("text", "why"), [("x" * 32768, "is too long"), ("bell\u0007", "has a control character")]
)
def test_a_cell_that_no_workbook_can_hold_is_refused(monkeypatch, text, why):
    """Excel would cut it, or not open the file; the error names the cell and the way out."""
    table = next(table for table in TABLES if table.name == "notes")
    row = dict.fromkeys(table.columns, "") | {"note": text}
    monkeypatch.setattr(workbook, "read_tables", lambda _: [(table, [row])])

    with pytest.raises(OutputError, match=rf"The table notes, row 2: note {why}.*--tables DIR"):
        write_workbook(None)


def test_a_table_too_long_for_a_sheet_is_refused(monkeypatch, tmp_path):
    """The error names the table and the way out."""
    monkeypatch.setattr(workbook, "_MOST_ROWS", 1)

    with (
        open_record(make_checkout(tmp_path)) as record,
        pytest.raises(OutputError, match=r"The table \S+ has \d+ rows.*--tables DIR"),
    ):
        write_workbook(record)
