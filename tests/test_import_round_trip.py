"""What is exported as tables comes back whole when it is imported again."""

import re
import shutil

import pytest

from filling import RECORD, TEXT, triples
from laichau_kg._table_columns import TABLES as ALL
from laichau_kg._table_terms import CLASSES, COLUMNS, FACTS, REGISTERS
from laichau_kg.errors import OutputError, TableError
from laichau_kg.imports import import_tables, write_bundles
from laichau_kg.layout import Layout
from laichau_kg.record import open_record
from laichau_kg.resolve import short_name
from mini import ROOT


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


def test_the_copy_of_a_table_is_still_the_table(exported, tmp_path):
    """Half a folder is a folder: tables that are not there are not missed."""
    shutil.copy(exported / "periods.csv", tmp_path / "periods (1).csv")

    assert import_tables(RECORD, tmp_path) == {}
