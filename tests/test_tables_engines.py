"""The tables' queries say the same on every engine."""

import pytest

from engines import ENGINES
from laichau_kg._table_columns import TABLES
from laichau_kg.layout import Layout
from laichau_kg.queries import Catalog
from laichau_kg.store import record_files
from laichau_kg.tables import _rows
from mini import make_checkout

pytestmark = pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")  # from inside rdflib


@pytest.fixture(scope="module")
def layout(tmp_path_factory):
    """A checkout of the mini record."""
    return Layout(make_checkout(tmp_path_factory.mktemp("checkout")))


@pytest.fixture(scope="module")
def rows_on(layout, run_on):
    """Give the rows of a table as an engine has them."""

    class Asked:
        def __init__(self, engine):
            self.layout = layout
            self.ask = lambda text: run_on(engine, record_files(layout), text)

    catalog = Catalog.load_tables(layout)
    return lambda engine, table: _rows(table, Asked(engine), catalog, ())


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
@pytest.mark.parametrize("engine", [engine for engine in ENGINES if engine != "memory"])
def test_a_table_is_the_same_on_every_engine(rows_on, engine, table):
    """Row by row, cell by cell."""
    expected = rows_on("memory", table)

    assert rows_on(engine, table) == expected
    assert expected
