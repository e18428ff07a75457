import csv
import json
import shutil

import pytest
from csvw import TableGroup

from laichau_kg._table_columns import MANY, NUMBERS, TABLES, WORDS
from laichau_kg.errors import OutputError, QueryFileError
from laichau_kg.record import open_record
from laichau_kg.tables import METADATA
from mini import FIRST, make_checkout

NAMES = [table.name for table in TABLES]
FACTS = [table for table in TABLES if "source_file" in table.columns]
EVIDENCE = ["id", "article", "source_file", "start", "end", "more_evidence"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The mini record's tables, written once."""
    folder = tmp_path_factory.mktemp("tables") / "new"
    with open_record(make_checkout(tmp_path_factory.mktemp("checkout"))) as record:
        written = record.export_tables(folder)
    assert {path.name for path in folder.iterdir()} == {path.name for path in written}
    return folder


def rows(folder, name):
    """Read one table as any program would."""
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def described(folder):
    """The tables as a CSVW reader sees them."""
    return TableGroup.from_file(folder / METADATA)


@pytest.mark.parametrize("name", NAMES)
def test_a_csvw_reader_accepts_each_table(described, name):
    """Every cell has its column's datatype, and no required cell is empty."""
    (table,) = [table for table in described.tables if str(table.url) == f"{name}.csv"]

    assert list(table.iterdicts(strict=True))


def test_references_between_tables_hold(described):
    """Whatever a foreign key points at is there, and keys tell rows apart."""
    assert described.check_referential_integrity()


def test_the_reader_would_notice_a_broken_reference(folder, tmp_path):
    """The test before is no formality."""
    broken = shutil.copytree(folder, tmp_path / "broken")
    path = broken / "participations.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("--hoi-nghi,", "--another,"), encoding="utf-8")

    with pytest.raises(ValueError, match="another"):
        TableGroup.from_file(broken / METADATA).check_referential_integrity()


@pytest.mark.parametrize("table", TABLES, ids=NAMES)
def test_columns_are_the_promised_ones(folder, table):
    """A table's head is its columns, in order; a fact's row starts with its evidence."""
    head = (folder / f"{table.name}.csv").read_text(encoding="utf-8").splitlines()[0].split(",")

    assert head == list(table.columns)
    if table in FACTS:
        assert head[: len(EVIDENCE)] == EVIDENCE


@pytest.mark.parametrize("table", TABLES, ids=NAMES)
def test_rows_are_told_apart_by_their_key(folder, table):
    """No fact makes two rows, however many spans or topics it has."""
    keys = [tuple(row[name] for name in table.key) for row in rows(folder, table.name)]

    assert len(keys) == len(set(keys))


def test_a_figure_has_all_its_columns(folder):
    """A ratio's row, cell by cell."""
    (row,) = [row for row in rows(folder, "observations") if row["id"] == f"{FIRST}--dien-thon-ban"]

    assert row["article"] == FIRST
    assert row["source_file"] == "mot.txt"
    assert (row["indicator"], row["area"], row["unit"]) == (
        "thon-ban-co-dien-luoi-quoc-gia",
        "lai-chau",
        "village",
    )
    assert (row["status"], row["measure"], row["bound"]) == ("actual", "count", "exact")
    assert (float(row["value"]), float(row["total"]), row["value_max"]) == (937, 994, "")
    assert (row["period_start"], row["period_end"]) == ("2020-01-01", "2020-12-31")


def test_a_range_has_an_upper_value(folder):
    """9 - 10 % is two cells."""
    (row,) = [row for row in rows(folder, "observations") if row["id"] == "tin-khong-ngay--tang-truong"]

    assert (float(row["value"]), float(row["value_max"])) == (9, 10)


def test_several_values_share_a_cell_in_order(folder):
    """Topics are parted by a space and sorted."""
    (row,) = rows(folder, "recommendations")

    assert row["topic"] == "energy investment"


def test_an_answer_names_what_it_answers(folder):
    """A promise leads to the request."""
    assert [row["answers"] for row in rows(folder, "commitments")] == [f"{FIRST}--von"]


def test_further_evidence_is_sorted_by_place(folder):
    """Spans are start-end, in the order of the text, without the main one."""
    (row,) = [row for row in rows(folder, "observations") if row["id"] == f"{FIRST}--grdp"]

    spans = [tuple(map(int, span.split("-"))) for span in row["more_evidence"].split()]

    assert spans == sorted(spans)
    assert spans
    assert (int(row["start"]), int(row["end"])) not in spans


@pytest.mark.parametrize("table", [table for table in TABLES if table in FACTS], ids=lambda table: table.name)
def test_rows_stand_in_the_order_of_the_text(folder, table):
    """By article, then by where the evidence starts."""
    places = [(row["article"], int(row["start"] or 0)) for row in rows(folder, table.name)]

    assert places == sorted(places)


def test_codes_are_slugs(folder):
    """No cell holds an IRI."""
    assert not [path.name for path in folder.glob("*.csv") if "https://" in path.read_text(encoding="utf-8")]


def test_every_column_is_explained_in_both_languages(folder):
    """The description gives each column a meaning in Vietnamese and English."""
    tables = json.loads((folder / METADATA).read_text(encoding="utf-8"))["tables"]
    meanings = [column["dc:description"] for table in tables for column in table["tableSchema"]["columns"]]

    assert all(set(meaning) == {"en", "vi"} and all(meaning.values()) for meaning in meanings)


def test_no_words_are_left_over():
    """What is explained or typed is a column of some table."""
    columns = {column for table in TABLES for column in table.columns}

    assert columns == set(WORDS)
    assert columns >= set(NUMBERS) | MANY


def test_same_record_same_bytes(folder, tmp_path, tmp_path_factory):
    """Two exports of one record do not differ in a byte."""
    with open_record(make_checkout(tmp_path_factory.mktemp("checkout"))) as record:
        again = record.export_tables(tmp_path)

    assert {path.name: path.read_bytes() for path in again} == {
        path.name: path.read_bytes() for path in folder.iterdir()
    }


def test_a_folder_that_cannot_be_made_is_refused(tmp_path, tmp_path_factory):
    """A file in the way is named."""
    (tmp_path / "tables").write_text("here first", encoding="utf-8")

    with (
        open_record(make_checkout(tmp_path_factory.mktemp("checkout"))) as record,
        pytest.raises(OutputError, match="tables: cannot be written"),
    ):
        record.export_tables(tmp_path / "tables")


def test_a_missing_query_is_named(tmp_path):
    """A table without its query is an error of the checkout, said with the path."""
    checkout = make_checkout(tmp_path)
    (checkout / "queries").unlink()
    (checkout / "queries").mkdir()

    with open_record(checkout) as record, pytest.raises(QueryFileError, match=r"tables/articles\.rq"):
        record.export_tables(tmp_path / "out")
