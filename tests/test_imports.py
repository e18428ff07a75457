"""What people fill in as tables becomes facts that conform, or each bad cell is named."""

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from filling import FIGURE, RECORD, SLUG, TABLES, TEXT, changed, fill, problems_of, triples, values
from laichau_kg.errors import TableError
from laichau_kg.imports import import_tables, write_bundles
from laichau_kg.shapes import check_files
from laichau_kg.text import slugify
from laichau_kg.vocab import ID
from mini import ROOT


@pytest.fixture
def text(tmp_path):
    """The made-up article's text."""
    path = tmp_path / "bai.txt"
    path.write_text(TEXT, encoding="utf-8", newline="")
    return path


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_filled_tables_become_a_bundle_that_conforms(tmp_path, text, delimiter, encoding):
    """Names instead of slugs, Vietnamese numbers and days, quotes instead of places: nothing is found."""
    folder = fill(tmp_path / "tables", TABLES, delimiter=delimiter, encoding=encoding)

    bundles = import_tables(RECORD, folder, texts=[text])

    (path,) = write_bundles(bundles, tmp_path / "bundle.ttl")
    assert check_files(RECORD, [path]).findings == ()


@pytest.fixture
def bundle(tmp_path, text):
    """The statements of the filled tables' bundle."""
    bundles = import_tables(RECORD, fill(tmp_path / "tables", TABLES), texts=[text])
    return triples(*bundles.values())


@pytest.mark.parametrize(
    ("thing", "name", "expected"),
    [
        ("2025-h1", "#firstDay", ["2025-01-01"]),
        ("/le-van-moi", "foaf/0.1/name", ["Lê Văn Mới"]),
        ("pho-chu-tich-ubnd-tinh", "org#organization", ["organization/uy-ban-nhan-dan-tinh-lai-chau"]),
        ("nhanh-hon", "#topic", ["topic/budget", "topic/investment"]),
        (f"article/{SLUG}", "#length", [str(len(TEXT))]),
        (f"article/{SLUG}", "#sourceFile", ["bai.txt"]),
        ("#char=222,227", "#exact", ["23,4%"]),
        ("#char=251,286", "#exact", []),
    ],
)
def test_what_cells_leave_out_is_found(bundle, thing, name, expected):
    """Periods, a post's body, the text's length and the words of a figure need not be filled in."""
    assert values(bundle, thing, name) == expected


@pytest.mark.parametrize(
    ("table", "cells", "said"),
    [
        ("observations", {"value": "5.4.06"}, "row 2, column value: “5.4.06” is no number"),
        (
            "observations",
            {"unit": "tonne", "value": "23,4%"},
            "column value: “23,4%” is per cent, but the unit",
        ),
        (
            "observations",
            {"status": "actuel"},
            "column status: “actuel” is no status; write one of actual, estim",
        ),
        (
            "observations",
            {"indicator": "ty le ho ngheoo"},
            "column indicator: “ty le ho ngheoo” is no indicator",
        ),
        ("observations", {"indicator": None}, "column indicator: is empty, but every row needs it"),
        ("observations", {"indicator_vi": "Tỷ lệ che phủ rừng"}, "is no name of indicator “Tỷ lệ hộ nghèo”"),
        ("observations", {"period": "đầu năm"}, "column period: “đầu năm” is no period"),
        ("observations", {"period": None, "period_start": "1/1/2025"}, "period_end is empty"),
        ("observations", {"quote": "23,5%"}, "column quote: “23,5%” does not stand in the text"),
        ("observations", {"quote": "n"}, " times in the text; write in start which is meant"),
        ("observations", {"quote": None}, "column start: the fact names no evidence"),
        ("observations", {"start": "222", "end": "226"}, "the quote has 5 characters, but 222-226 has 4"),
        (
            "observations",
            {"start": "221", "end": "226"},
            "the text has “23,4” at 221-226, not “23,4%”",
        ),
        ("observations", {"quote": None, "start": "280", "end": "290"}, "ends after the text, which has 288"),
        ("observations", {"quote": None, "start": "28", "end": "28"}, "the span 28-28 is empty"),
        ("observations", {"value": "9" * 5000}, "is longer than any figure"),
        ("observations", {"start": "9" * 50, "quote": None}, "is no whole number; write it like 120"),
        ("observations", {"id": "Tỷ lệ"}, "column id: “Tỷ lệ” is no slug"),
        ("observations", {"article": SLUG, "id": "khac--ty-le"}, "begins with another article"),
        ("observations", {"article": "khac"}, "“khac” is no article of the tables or the record; add a row"),
        ("articles", {"label_en": None}, "articles.csv, row 2, column label_en: is empty"),
        ("articles", {"published": "31/6/2025"}, "column published: “31/6/2025” is no day"),
        ("articles", {"authors": "Ai Đó"}, "“Ai Đó” is no author that the record or the tables have;"),
        ("articles", {"length": "5"}, "says 5, but the text's is 288"),
        ("articles", {"sha256": "00"}, "says 00, but the text's is 26b2"),
        ("attestations", {"official": "Lê Văn Cũ"}, "column official: “Lê Văn Cũ” is no person"),
        ("attestations", {"more_evidence": "12"}, "column more_evidence: “12” is no list of spans"),
        ("directives", {"topic": "budget; nothing"}, "column topic: “nothing” is no topic"),
        ("meetings", {"organizer": "lai-chau"}, "column organizer: “lai-chau” is no organization"),
    ],
)
def test_a_bad_cell_is_named_with_its_remedy(tmp_path, text, table, cells, said):
    """Table, row, column and what to do, in one sentence."""
    folder = fill(tmp_path / "tables", changed(table, **cells))

    problems = problems_of(RECORD, folder, text)

    assert [problem for problem in problems if said in problem], problems
    assert all(problem.startswith(f"{table}.csv, row ") for problem in problems if said in problem)


def test_all_bad_cells_are_named_at_once(tmp_path, text):
    """One pass is enough to mend all."""
    bad = [FIGURE | {"value": "x"}, FIGURE | {"area": "Sao Hỏa", "unit": "kg"}]
    folder = fill(tmp_path / "tables", TABLES | {"observations": bad})

    places = [problem.partition(":")[0] for problem in problems_of(RECORD, folder, text)]

    assert places == [
        "observations.csv, row 2, column value",
        "observations.csv, row 3, column area",
        "observations.csv, row 3, column unit",
    ]


CELLS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        ["1-2", "a--b", "@vi", "lck:date", "%", "lai-chau", "2022-06-15", "place/x", "|;", ":", "²"]
    ),
)


PLACES = [(table, column) for table, rows in TABLES.items() for column in rows[0]]


@settings(max_examples=60, deadline=None)
@given(place=st.sampled_from(PLACES), cell=CELLS)
def test_whatever_stands_in_a_cell_is_read_or_named(tmp_path_factory, place, cell):
    """No cell breaks the import: it is read, or it is said where it stands, and never both."""
    table, column = place
    folder = fill(tmp_path_factory.mktemp("any"), changed(table, **{column: cell}))
    text = folder / "bai.txt"
    text.write_text(TEXT, encoding="utf-8", newline="")

    try:
        bundles = import_tables(RECORD, folder, texts=[text])
    except TableError as error:
        bundles = {}
        named = [str(problem) for problem in error.problems]
    else:
        named = []

    assert bool(bundles) != bool(named)
    assert all(".csv, row " in problem or "no article of the tables" in problem for problem in named)


def test_two_rows_with_one_id_are_refused(tmp_path, text):
    """A row that was copied is not taken for the same fact."""
    folder = fill(tmp_path / "tables", TABLES | {"observations": [FIGURE | {"id": "a"}] * 2})

    assert "row 3, column id: “" in problems_of(RECORD, folder, text)[0]


def test_without_the_text_the_words_must_be_known(tmp_path):
    """A span's hash cannot be made up."""
    tables = changed("articles", source_file="bai.txt", length="288", sha256="0" * 64, quote=None)
    tables = {
        "articles": tables["articles"],
        "observations": [FIGURE | {"start": "222", "end": "227", "quote": ""}],
    }

    (problem,) = problems_of(RECORD, fill(tmp_path / "tables", tables))

    assert "the words at 222-227 are not known; give the text with --text, or list them in" in problem


def test_a_quote_with_its_place_needs_no_text(tmp_path):
    """The words themselves are hashed."""
    article = changed("articles", source_file="bai.txt", length="288", sha256="0" * 64, quote=None)[
        "articles"
    ]
    tables = {"articles": article, "observations": [FIGURE | {"start": "222", "end": "227"}]}

    bundles = import_tables(RECORD, fill(tmp_path / "tables", tables))

    assert values(triples(*bundles.values()), "#char=222,227", "#exact") == ["23,4%"]


def test_a_workbook_is_imported_like_a_folder(tmp_path, text):
    """Sheets are tables."""
    book = openpyxl.Workbook()
    book.active.append(["Bảng của tôi"])
    book.active.title = "README"
    for name, rows in TABLES.items():
        columns = list(dict.fromkeys(column for row in rows for column in row))
        sheet = book.create_sheet(name)
        sheet.append(columns)
        for row in rows:
            sheet.append([row.get(column) for column in columns])
    book.save(tmp_path / "tables.xlsx")
    folder = fill(tmp_path / "tables", TABLES)

    from_book = import_tables(RECORD, tmp_path / "tables.xlsx", texts=[text])

    assert from_book == import_tables(RECORD, folder, texts=[text])


def test_empty_tables_are_told_apart_from_bad_ones(tmp_path):
    """There is nothing to mend, but something to fill in."""
    with pytest.raises(TableError, match="the tables hold no row; fill in"):
        import_tables(RECORD, fill(tmp_path / "tables", {"articles": []}))


def test_made_ids_are_slugs(bundle):
    """Facts whose id was left empty are named after what they say."""
    facts = {thing.rpartition("/")[2] for thing, _, _ in bundle if f"{SLUG}--" in thing}

    assert all(slugify(fact.replace("--", "-")) == fact.replace("--", "-") for fact in facts)


def test_nothing_is_written_when_a_cell_is_bad(tmp_path, laichau_in, text):
    """The command names the cell on stderr, leaves with 2, and makes no file."""
    folder = fill(tmp_path / "tables", changed("observations", value="nhiều"))
    output = tmp_path / "out.ttl"

    code, out, err = laichau_in("import", str(folder), "-o", str(output), "--text", str(text))

    assert (code, out) == (2, "")
    assert (
        "1 cell is to be mended; nothing was written.\n  observations.csv, row 2, column value: “nhiều”"
        in err
    )
    assert not output.exists()


def test_the_command_writes_the_bundle(tmp_path, laichau_in, text):
    """What it wrote is said on stderr."""
    folder = fill(tmp_path / "tables", TABLES)
    output = tmp_path / "out.ttl"

    code, out, err = laichau_in("import", str(folder), "-o", str(output), "--text", str(text))

    assert (code, out, err) == (0, "", f"Wrote {output}\n")
    assert output.read_text(encoding="utf-8").startswith(f"BASE <{ID}article/{SLUG}>")


@pytest.fixture
def laichau_in(capsys):
    """Run a command line over the record in this process."""
    from laichau_kg.cli import run  # noqa: PLC0415 - only these tests need it

    def call(*arguments):
        code = run(["--root", str(ROOT), *arguments])
        out, err = capsys.readouterr()
        return code, out, err

    return call
