"""Tables in: what is exported comes back whole, and what people fill in becomes facts that conform."""

import csv
import re
import shutil

import openpyxl
import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from filling import FIGURE, SLUG, TABLES, TEXT, fill
from laichau_kg._table_columns import TABLES as ALL
from laichau_kg._table_terms import CLASSES, COLUMNS, FACTS, REGISTERS
from laichau_kg._terms import from_oxigraph
from laichau_kg.errors import OutputError, TableError
from laichau_kg.imports import import_tables, write_bundles
from laichau_kg.layout import Layout
from laichau_kg.record import open_record
from laichau_kg.resolve import short_name
from laichau_kg.shapes import check_files
from laichau_kg.text import slugify
from laichau_kg.vocab import ID
from mini import FIRST, ROOT, make_checkout

RECORD = Layout(ROOT)
NAME = f"2025-07-10-{SLUG}.ttl"


def triples(*contents):
    """Read Turtle as a set; there are no blank nodes, so equal sets are isomorphic graphs."""
    return {
        (quad.subject.value, quad.predicate.value, from_oxigraph(quad.object))
        for content in contents
        for quad in ox.parse(content.encode(), format=ox.RdfFormat.TURTLE)
    }


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    """The whole record's tables."""
    folder = tmp_path_factory.mktemp("exported")
    with open_record(ROOT) as record:
        record.export_tables(folder)
    return folder


@pytest.fixture(scope="module")
def reimported(exported):
    """The tables, imported beside the record they are of."""
    return import_tables(RECORD, exported)


@pytest.fixture(scope="module")
def imported_anew(exported, tmp_path_factory):
    """The tables, imported where neither articles nor registers are."""
    root = tmp_path_factory.mktemp("empty")
    (root / "data" / "articles").mkdir(parents=True)
    (root / "data" / "registers").mkdir()
    for part in ("ontology", "queries"):
        (root / part).symlink_to(ROOT / part)
    return import_tables(Layout(root), exported)


@pytest.mark.parametrize("path", RECORD.article_files(), ids=lambda path: path.stem)
def test_an_exported_article_comes_back_byte_for_byte(reimported, path):
    """Nothing is lost and nothing is added, and the form is the canonical one."""
    assert reimported[path.name] == path.read_text(encoding="utf-8")


def test_what_the_record_has_is_not_new(reimported):
    """Registers that the record has already make no bundle."""
    assert set(reimported) == {path.name for path in RECORD.article_files()}


@pytest.mark.parametrize("path", RECORD.article_files(), ids=lambda path: path.stem)
def test_an_article_is_whole_without_the_record(imported_anew, path):
    """The tables alone hold every statement of the article."""
    assert triples(path.read_text(encoding="utf-8")) <= triples(imported_anew[path.name])


def test_the_registers_come_back_from_the_tables_alone(imported_anew):
    """All that is not an article's own are the registers' entries, no less and no more."""
    articles = triples(*(path.read_text(encoding="utf-8") for path in RECORD.article_files()))
    registers = triples(*(path.read_text(encoding="utf-8") for path in RECORD.register_files()))

    assert triples(*imported_anew.values()) - articles == registers


def carried():
    """Say what the importer reads of each class."""
    fact = {"lck:mainEvidence", "prov:wasDerivedFrom"}
    found = {"lck:Evidence": {"rdf:type", "oa:hasSource", "oa:start", "oa:end", "oa:exact", "lck:sha256"}}
    for table, name in CLASSES.items():
        properties = {short_name(says.property) for says in COLUMNS[table].values()} | {"rdf:type"}
        properties |= fact if table in FACTS else set()
        found[short_name(name)] = properties - {"skos:altLabel"}
    found["lck:Omission"] = found["lck:Omission"] - fact | {"lck:leavesOut"}
    found["lck:Article"] |= {"lck:statedIn"}
    found["lck:Observation"] |= {"lck:article", "qb:dataSet"}
    return found


def test_the_table_of_all_else_leaves_out_what_others_carry():
    """The query's classes and properties are those that the importer reads."""
    text = (ROOT / "queries" / "tables" / "further.rq").read_text(encoding="utf-8")
    filters = re.findall(r"\?property NOT IN \(([^)]*)\)\s+\|\| NOT EXISTS \{ \?thing a (\S+) \}", text)

    assert {name: set(listed.replace(",", " ").split()) for listed, name in filters} == carried()


def test_every_column_that_is_read_is_a_tables_own():
    """What columns say in RDF is said of columns that are there."""
    columns = {table.name: set(table.columns) for table in ALL}

    assert {table: set(says) - columns[table] for table, says in COLUMNS.items()} == {
        table: set() for table in ("articles", *FACTS, *REGISTERS)
    }


@pytest.fixture
def text(tmp_path):
    """The made-up article's text."""
    path = tmp_path / "bai.txt"
    path.write_text(TEXT, encoding="utf-8", newline="")
    return path


def problems_of(layout, folder, *texts):
    """Import what cannot be imported, and say why, sentence by sentence."""
    with pytest.raises(TableError) as caught:
        import_tables(layout, folder, texts=texts)
    return [str(problem) for problem in caught.value.problems]


def changed(table, **cells):
    """Give the filled tables with cells of one table's first row changed; None takes the column out."""
    first, *others = TABLES[table]
    row = {column: cell for column, cell in (first | cells).items() if cell is not None}
    return TABLES | {table: [row, *others]}


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


def values(statements, ending, name):
    """List the values of one property of the things whose IRIs end so."""
    return sorted(
        str(value).removeprefix(ID)
        for thing, predicate, value in statements
        if thing.endswith(ending) and predicate.endswith(name)
    )


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


@pytest.fixture
def mini(tmp_path):
    """A checkout of the mini record, and its tables."""
    checkout = make_checkout(tmp_path / "mini" if (tmp_path / "mini").mkdir() is None else tmp_path)
    with open_record(checkout) as record:
        record.export_tables(tmp_path / "exported")
    return Layout(checkout), tmp_path / "exported"


def test_facts_of_a_known_article_are_added_to_it(mini, tmp_path):
    """A table of figures alone keeps all else that the record has of the article."""
    layout, exported = mini
    (path,) = [path for path in layout.article_files() if path.stem.endswith(FIRST)]
    before = triples(path.read_text(encoding="utf-8"))
    with (exported / "observations.csv").open(encoding="utf-8", newline="") as stream:
        row = next(row for row in csv.DictReader(stream) if row["article"] == FIRST)
    folder = fill(tmp_path / "more", {"observations": [row | {"id": "moi", "value": "12,5", "total": ""}]})

    (bundle,) = import_tables(layout, folder).values()

    assert before < triples(bundle)
    assert values(triples(bundle), f"{FIRST}--moi", "#value") == ["12.5"]


def edit(path, old, new):
    """Change a table as a person would."""
    content = path.read_text(encoding="utf-8")
    assert old in content
    path.write_text(content.replace(old, new, 1), encoding="utf-8")


def test_a_register_of_the_record_is_not_overwritten(mini):
    """Another name for a known place is a bad cell, not a second label."""
    layout, exported = mini
    edit(exported / "places.csv", "Tỉnh Lai Châu", "Tỉnh Lai Chau")

    problems = problems_of(layout, exported)

    assert "column label_vi: the record says “Tỉnh Lai Châu” here; write that" in problems[0]


def test_another_name_may_be_added_to_a_register(mini):
    """What contradicts nothing comes with a bundle, or beside them."""
    layout, exported = mini
    edit(exported / "places.csv", "lai-chau,Tỉnh Lai Châu,", "lai-chau,Tỉnh Lai Châu,")
    with (exported / "places.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    rows[0]["other_names_vi"] += "|tên mới"
    fill(exported, {"places": rows})

    statements = triples(*import_tables(layout, exported).values())

    assert "tên mới" in values(statements, rows[0]["slug"], "#altLabel")


def test_a_citation_that_contradicts_its_document_is_named(mini):
    """What the row says of the document is held to the document's own entry."""
    layout, exported = mini
    with (exported / "documents.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    rows[0]["number"] = "1/XX"
    fill(exported, {"documents": rows})

    assert "column number: the document's own entry says otherwise" in problems_of(layout, exported)[0]


@pytest.mark.parametrize(
    ("table", "row", "said"),
    [
        ("evidence", {"article": FIRST, "start": "9", "end": "3", "sha256": "0"}, "the span 9-3 is empty"),
        ("evidence", {"article": "khac", "start": "1", "end": "3"}, "“khac” is no article of the tables"),
        (
            "notes",
            {"thing": f"meeting/{FIRST}--hoi-nghi", "language": "fr", "note": "x"},
            "“fr” is no language",
        ),
        ("notes", {"thing": "place/sao-hoa", "language": "vi", "note": "x"}, "“place/sao-hoa” is no thing"),
        (
            "inferences",
            {"thing": "place/lai-chau", "inferred": "by", "spans": "1-2"},
            "is no fact of an article",
        ),
        (
            "inferences",
            {"thing": f"meeting/{FIRST}--hoi-nghi", "inferred": "wer", "spans": "1-2"},
            "“wer” is no",
        ),
        (
            "further",
            {"thing": "place/lai-chau", "property": "a b", "object": "x", "object_type": "@vi"},
            "column property: “a b” has no prefix",
        ),
        (
            "further",
            {"thing": "place/lai-chau", "property": "lck:date", "object": "x", "object_type": "@v i"},
            "column object_type: “@v i” has no prefix",
        ),
        (
            "further",
            {"thing": "place/lai-chau", "property": "lck:date", "object": "x y", "object_type": "iri"},
            "column object: “x y” names nothing",
        ),
        ("indicators", {"slug": "moi"}, "a new indicator is added to ontology/schemes/indicators.ttl"),
    ],
)
def test_a_bad_row_beside_the_facts_is_named(mini, tmp_path, table, row, said):
    """Evidence, inferences, remarks and all else are held to the same rule."""
    layout, _ = mini

    (problem,) = problems_of(layout, fill(tmp_path / "side", {table: [row]}))

    assert problem.startswith(f"{table}.csv, row 2, column ")
    assert said in problem


def test_a_slug_that_two_kinds_share_is_written_with_its_kind(mini, tmp_path):
    """A promise to the directive "x" does not answer the recommendation "x"."""
    layout, _ = mini
    path = next(path for path in layout.article_files() if path.stem.endswith(FIRST))
    content = path.read_text(encoding="utf-8")
    recommendation = content[content.index("\nlc-recommendation:") :].partition("\n.\n")[0] + "\n.\n"
    twin = recommendation.replace("lc-recommendation:", "lc-goal:").replace("lck:Recommendation", "lck:Goal")
    head = "PREFIX lc-goal: <https://w3id.org/laichau-kg/id/goal/>\n"
    path.write_text(content.replace("PREFIX", head + "PREFIX", 1) + twin, encoding="utf-8")

    with open_record(layout.root) as record:
        record.export_tables(tmp_path / "again")
    bundles = import_tables(layout, tmp_path / "again")

    assert triples(bundles[path.name]) == triples(path.read_text(encoding="utf-8"))
    assert "recommendation/" in (tmp_path / "again" / "commitments.csv").read_text(encoding="utf-8")


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


def test_several_bundles_need_a_folder(imported_anew, tmp_path):
    """One file cannot take five articles; nothing is written."""
    with pytest.raises(OutputError, match="give -o a folder"):
        write_bundles(imported_anew, tmp_path / "all.ttl")

    assert list(tmp_path.iterdir()) == []


def test_several_bundles_go_into_a_folder(imported_anew, tmp_path):
    """Each article has its file; entries that none of them needs have one too."""
    written = write_bundles(imported_anew, tmp_path / "new" / "bundles")

    assert {path.name for path in written} == {
        *(path.name for path in RECORD.article_files()),
        "registers.ttl",
    }


@pytest.mark.parametrize(
    ("name", "said"), [("khac.txt", "no article of the tables has khac.txt"), ("gone.txt", "cannot be read")]
)
def test_a_text_that_is_of_no_article_is_refused(exported, tmp_path, name, said):
    """A wrong text would make all spans wrong."""
    (tmp_path / "khac.txt").write_text(TEXT, encoding="utf-8")

    with pytest.raises(TableError, match=said):
        import_tables(RECORD, exported, texts=[tmp_path / name])


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


def test_the_copy_of_a_table_is_still_the_table(exported, tmp_path):
    """Half a folder is a folder: tables that are not there are not missed."""
    shutil.copy(exported / "periods.csv", tmp_path / "periods (1).csv")

    assert import_tables(RECORD, tmp_path) == {}
