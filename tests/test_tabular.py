"""The parts an import is made of: cells, periods, names and sheets."""

import csv
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from laichau_kg._table_columns import NUMBERS, TABLES
from laichau_kg.errors import TableError
from laichau_kg.resolve import period_slug
from laichau_kg.tables import _cell as exported
from laichau_kg.tabular.cells import (
    Cell,
    CellError,
    read_date,
    read_decimal,
    read_integer,
    read_spans,
    write_decimal,
)
from laichau_kg.tabular.periods import slug_of, stretch_of
from laichau_kg.tabular.sheets import read_sheets
from laichau_kg.terms import XSD, Literal

DAY_FORMS = [
    "{0.day}/{0.month}/{0.year}",
    "{0.day:02}-{0.month:02}-{0.year}",
    "{0}",
    "Ngày {0.day} tháng {0.month} năm {0.year}",
]
PERIOD_FORMS = ["{0.year}", "{0.year}-h1", "{0.year}-q4", "{0:%Y-%m}", "{0:%Y-%m-%d}", "{0.year}-2101"]
decimals = st.decimals(min_value=-(10**9), max_value=10**9, places=3)


def vietnamese(number, separator="."):
    """Write a number as Vietnamese print has it: 5.406,25."""
    return f"{number:,}".replace(",", " ").replace(".", ",").replace(" ", separator)


@given(decimals)
def test_a_number_written_in_vietnamese_reads_as_it_was(number):
    """Dots part thousands, a comma the decimals."""
    assert read_decimal(Cell(vietnamese(number))) == number


@given(decimals)
def test_a_number_parted_by_spaces_reads_as_it_was(number):
    """So do no-break spaces, which spreadsheets put between thousands."""
    assert read_decimal(Cell(f" {vietnamese(number, chr(0xA0))} ")) == number


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=4))
def test_an_exported_number_reads_as_it_was(number):
    """No figure that we write is taken for thousands, 5.406 least of all."""
    cell = exported("value", Literal(write_decimal(number), XSD + "decimal"), ())

    assert read_decimal(Cell(cell)) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("5.406", "5406"),
        ("47,2", "47.2"),
        ("47.2", "47.2"),
        ("1.234.567,89", "1234567.89"),
        ("06", "6"),
        ("0.125", "0.125"),
        ("24,63 %", "24.63"),
        ("−3,4", "-3.4"),
        ("+3,4", "3.4"),
    ],
)
def test_number_forms(text, number):
    """Each form that people write has one reading."""
    assert read_decimal(Cell(text)) == Decimal(number)


@pytest.mark.parametrize(
    "text", ["5.4.06", "1,234.5", "1,234,567", "5406 tỷ", "năm", "1e5", "", "12-13", "NaN", "٣"]
)
def test_what_is_no_number_is_refused(text):
    """Nothing is guessed."""
    with pytest.raises(CellError, match="is no number; write it alone"):
        read_decimal(Cell(text))


@given(st.dates(min_value=date(1900, 1, 1)), st.sampled_from(DAY_FORMS))
def test_a_day_reads_as_it_was(day, form):
    """The day comes before the month, as in Vietnam."""
    assert read_date(Cell(form.format(day))) == day


@pytest.mark.parametrize("text", ["6/15/2022", "2022-02-30", "2022", "tháng 6", "44727"])
def test_what_is_no_day_is_refused(text):
    """An American date or a day that no calendar has is named."""
    with pytest.raises(CellError, match="is no day"):
        read_date(Cell(text))


@pytest.mark.parametrize("text", ["12-30 xx", "30-12", "12", "12-12"])
def test_what_is_no_list_of_spans_is_refused(text):
    """A span has a start and, after it, an end."""
    with pytest.raises(CellError, match="list of spans"):
        read_spans(Cell(text))


@pytest.mark.parametrize("text", ["4,5", "-3"])
def test_a_place_in_a_text_is_a_whole_number(text):
    """No half characters."""
    with pytest.raises(CellError, match="whole number"):
        read_integer(Cell(text))


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)), st.sampled_from(PERIOD_FORMS))
def test_a_periods_days_lead_back_to_its_slug(day, form):
    """Slug to days to slug is the way there and back; so is slug to Vietnamese name to slug."""
    slug = form.format(day)

    stretch = stretch_of(slug)

    assert slug_of(stretch.first, stretch.last) == slug
    assert stretch.first <= stretch.last
    assert slug.count("-") == 1 or period_slug(stretch.label_en) in (slug, "")


@pytest.mark.parametrize("slug", ["2022-13", "2022-h3", "2021-2020", "2022-02-30", "nam-2022"])
def test_what_is_no_period_has_no_days(slug):
    """No period is made of a slug that only looks like one."""
    assert stretch_of(slug) is None


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("observations.csv", b"id,value\n a ,5.406\n"),
        ("observations.csv", b"\xef\xbb\xbfid,value\r\na,5.406\r\n"),
        ("observations.csv", b"ID;Value\na;5.406\n;\n"),
        ("Observations (2).csv", b"sep=;\nid;value\na;5.406\n"),
        ("Số liệu.csv", "id\tvalue\na\t5.406\n".encode("utf-16")),
        ("figures.csv", b"#remark,id,value\nmine,a,5.406\n"),
    ],
)
def test_a_table_is_read_however_it_was_saved(tmp_path, name, content):
    """Byte order marks, semicolons, tabs, UTF-16 and Vietnamese file names are all usual."""
    (tmp_path / name).write_bytes(content)

    (sheet,), problems = read_sheets(tmp_path / name)

    assert problems == []
    assert sheet.table.name == "observations"
    assert [{column: cell.plain() for column, cell in row.cells.items()} for row in sheet.rows] == [
        {"id": "a", "value": "5.406"}
    ]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("observations.csv", "id,valeu\na,1\n", "row 1, column valeu: no such column; did you mean value"),
        ("observations.csv", "id,value,value\n", "row 1, column value: the column stands twice"),
        ("observations.csv", "id,value\na,1,5\n", "row 2: “5” stands beyond the last column"),
        ("observation.csv", "id\n", "observation.csv: no table has this name; did you mean observations?"),
        ("evidence.csv", "article,quote\n", "column quote: no such column"),
    ],
)
def test_a_head_that_cannot_be_read_is_named(tmp_path, name, content, said):
    """A misspelt column would lose facts in silence."""
    (tmp_path / name).write_text(content, encoding="utf-8")

    _, problems = read_sheets(tmp_path)

    assert [said in str(problem) for problem in problems] == [True]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("observations.csv", b"id\n\xff\xfa\n", "line 2 is not UTF-8; in the spreadsheet save it as"),
        ("observations.ods", b"", "tables are read from .csv and .xlsx"),
        ("observations.xlsx", b"no zip", "is no Excel workbook that can be read"),
        ("observations.csv", b'id\n"' + b"a" * 140_000 + b'"\n', "is not CSV"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(tmp_path, name, content, said):
    """One sentence, never a traceback."""
    csv.field_size_limit(2**17)  # Python's own; other libraries raise it for the whole process
    (tmp_path / name).write_bytes(content)

    with pytest.raises(TableError, match=said):
        read_sheets(tmp_path / name)


@pytest.mark.parametrize("name", ["missing.csv", "missing.xlsx"])
def test_a_file_that_is_not_there_is_refused(tmp_path, name):
    """The path is named."""
    with pytest.raises(TableError, match=f"{name}: cannot be read: No such file"):
        read_sheets(tmp_path / name)


def test_an_empty_folder_is_told_what_belongs_there(tmp_path):
    """The template is named."""
    with pytest.raises(TableError, match=r"no \.csv file lies there; `laichau template"):
        read_sheets(tmp_path)


def workbook(path, rows, *, sheet="observations", formats=()):
    """Save a workbook of one sheet."""
    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    for cell, number_format in formats:
        book.active[cell].number_format = number_format
    book.save(path)
    return path


def test_a_workbooks_own_types_are_kept(tmp_path):
    """A number is not read again as text, 47.2% is not 0.472, a year is a slug, a date a day."""
    rows = [
        ["value", "value_max", "total", "period", "period_start"],
        [5.406, 0.472, 994, 2020, date(2020, 1, 1)],
    ]
    path = workbook(tmp_path / "t.xlsx", rows, formats=[("B2", "0.0%")])

    (sheet,), problems = read_sheets(path)

    cells = sheet.rows[0].cells
    assert problems == []
    assert read_decimal(cells["value"]) == Decimal("5.406")
    assert read_decimal(cells["value_max"]) == Decimal("47.2")
    assert read_decimal(cells["total"]) == Decimal(994)
    assert cells["period"].plain() == "2020"
    assert read_date(cells["period_start"]) == date(2020, 1, 1)


def test_a_workbooks_formula_without_a_value_is_named(tmp_path):
    """What a spreadsheet never computed is not taken for an empty cell."""
    path = workbook(tmp_path / "t.xlsx", [["id", "value"], ["a", "=1+1"]])

    _, problems = read_sheets(path)

    assert [str(problem) for problem in problems] == [
        "t.xlsx, sheet observations, row 2, column B: “=1+1” has no value; write the value itself."
    ]


def test_a_workbook_of_one_sheet_may_be_named_by_its_file(tmp_path):
    """Sheet1 is the table that the file's name says."""
    path = workbook(tmp_path / "meetings.xlsx", [["id"], ["a"]], sheet="Sheet1")

    (sheet,), problems = read_sheets(path)

    assert (sheet.table.name, problems) == ("meetings", [])


def test_every_typed_column_is_of_a_table():
    """The datatypes that cells are read by are of columns that are there."""
    assert set(NUMBERS) <= {column for table in TABLES for column in table.columns}
