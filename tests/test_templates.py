"""Empty tables: what they hold, and that filling them in leads to facts that conform."""

import csv

import openpyxl
import pytest

from filling import TABLES, TEXT
from laichau_kg._table_columns import TABLES as ALL
from laichau_kg._table_terms import COLUMNS
from laichau_kg.cli import run
from laichau_kg.errors import TableError
from laichau_kg.imports import import_tables, write_bundles
from laichau_kg.layout import Layout
from laichau_kg.shapes import check_files
from laichau_kg.tabular.sheets import read_sheets
from laichau_kg.templates import README, columns_to_fill, write_template
from mini import ROOT

RECORD = Layout(ROOT)
FILLED = [table for table in ALL if table.name not in {"further", "indicators", "units"}]


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """A template's folder."""
    folder = tmp_path_factory.mktemp("template") / "new"
    written = write_template(RECORD, folder)
    assert {path.name for path in written} == {path.name for path in folder.iterdir()}
    return folder


def test_every_table_that_people_fill_in_is_there(template):
    """What the machine makes or the ontology keeps is not asked of them."""
    assert {path.stem for path in template.glob("*.csv")} == {table.name for table in FILLED}


def test_an_empty_template_is_well_formed(template):
    """Its heads are read without a remark."""
    sheets, problems = read_sheets(template)

    assert (len(sheets), problems) == (len(FILLED), [])


@pytest.mark.parametrize("table", FILLED, ids=lambda table: table.name)
def test_columns_that_are_read_are_asked_for(table):
    """No column that says something is left out of the template."""
    assert set(COLUMNS.get(table.name, ())) <= set(columns_to_fill(table))


@pytest.mark.parametrize("table", FILLED, ids=lambda table: table.name)
def test_each_column_is_explained_in_both_languages(template, table):
    """The page has a line for each, with English and Vietnamese."""
    page = (template / README).read_text(encoding="utf-8")
    part = page.partition(f"\n## {table.name}.csv: ")[2].partition("\n## ")[0]

    lines = [line.strip("| ").split(" | ") for line in part.splitlines() if line.startswith("| ")][1:]

    assert [line[0] for line in lines] == list(columns_to_fill(table))
    assert all(line[2].strip() and line[3].strip() for line in lines)


@pytest.mark.parametrize(
    "code", ["share-of-plan", "bac-sy-tren-1-van-dan", "head-of-delegation", "billion-vnd"]
)
def test_the_codes_are_listed(template, code):
    """Short lists stand beside their column, long ones at the end."""
    assert f"| {code} |" in (template / README).read_text(encoding="utf-8")


def test_a_filled_template_becomes_facts_that_conform(tmp_path):
    """Template, filled in, imported: the check finds nothing."""
    write_template(RECORD, tmp_path / "tables")
    text = tmp_path / "bai.txt"
    text.write_text(TEXT, encoding="utf-8", newline="")
    for name, rows in TABLES.items():
        path = tmp_path / "tables" / f"{name}.csv"
        with path.open(encoding="utf-8-sig", newline="") as stream:
            columns = next(csv.reader(stream))
        with path.open("a", encoding="utf-8", newline="") as stream:
            csv.DictWriter(stream, columns).writerows(rows)

    (path,) = write_bundles(import_tables(RECORD, tmp_path / "tables", texts=[text]), tmp_path / "bundle.ttl")

    assert check_files(RECORD, [path]).findings == ()


def test_a_filled_workbook_becomes_the_same_facts(tmp_path):
    """The workbook's pages are the folder's files."""
    path = tmp_path / "tables.xlsx"
    write_template(RECORD, path)
    text = tmp_path / "bai.txt"
    text.write_text(TEXT, encoding="utf-8", newline="")
    book = openpyxl.load_workbook(path)
    for name, rows in TABLES.items():
        columns = [cell.value for cell in book[name][1]]
        for row in rows:
            book[name].append([row.get(column) for column in columns])
    book.save(path)

    (path,) = write_bundles(import_tables(RECORD, path, texts=[text]), tmp_path / "bundle.ttl")

    assert check_files(RECORD, [path]).findings == ()


def test_nothing_is_overwritten(template):
    """Somebody's rows may be in them."""
    before = {path: path.read_bytes() for path in template.iterdir()}

    with pytest.raises(TableError, match="is there already, and nothing is overwritten"):
        write_template(RECORD, template)

    assert {path: path.read_bytes() for path in template.iterdir()} == before


def test_the_command_says_what_it_wrote(tmp_path, capsys):
    """On stderr."""
    code = run(["--root", str(ROOT), "template", str(tmp_path / "tables")])

    assert (code, *capsys.readouterr()) == (
        0,
        "",
        f"Wrote {len(FILLED) + 1} files to {tmp_path / 'tables'}\n",
    )
