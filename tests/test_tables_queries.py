import pytest

from engines import ENGINES
from laichau_kg._table_columns import MANY, TABLES
from laichau_kg.layout import find_layout
from laichau_kg.queries import Catalog
from laichau_kg.vocab import GRAPH
from query_cases import SMALL, bound, cases, lines, query_id, with_lists_sorted

pytestmark = pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")  # rdflib's own use

CATALOG = Catalog.load_tables(find_layout())
FOLDER = SMALL / "tables"
FILES = [
    (SMALL / "common.ttl", GRAPH + "common"),
    (FOLDER / "record.ttl", GRAPH + "small"),
    (FOLDER / "ba.ttl", GRAPH + "ba"),
    (FOLDER / "register.ttl", GRAPH + "register-places"),
]
LISTS = MANY | {"more_evidence"}


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("case", cases(FOLDER))
def test_a_small_record_gives_the_expected_table(engine, case, run_on):
    """Every engine gives the same rows in the same order; words in a cell are sorted by whoever exports."""
    answer = run_on(engine, FILES, bound(CATALOG.get(query_id(case)), case))

    assert lines(with_lists_sorted(answer, LISTS)) == case.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("table", [pytest.param(table, id=table.name) for table in TABLES])
def test_a_table_has_its_columns_in_order(table, run_on):
    """The query's columns are the table's, in the table's order."""
    answer = run_on("memory", FILES, CATALOG.get(table.name).bind({}))

    assert answer.columns == table.columns


def test_every_table_query_has_an_expected_answer():
    """No table's query goes untested, and no answer lacks its query."""
    assert {query_id(case) for case in FOLDER.glob("*.tsv")} == set(CATALOG)
