import shutil
import time
from pathlib import Path

import pytest

from laichau_kg._local import MemoryStore
from laichau_kg.answers import Answer, BooleanAnswer, GraphAnswer
from laichau_kg.errors import (
    LimitExceededError,
    QueryError,
    SparqlSyntaxError,
    StoreError,
    StoreUnavailableError,
    TurtleError,
    UpdateRefusedError,
)
from laichau_kg.layout import Layout
from laichau_kg.store import load_record, open_store, record_files
from laichau_kg.terms import XSD, Iri, Literal
from laichau_kg.vocab import GRAPH, ID, LCK
from small_record import COUNT, count, labels, write_small_record

ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE {" + " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(12)) + "}"


@pytest.fixture
def layout(tmp_path):
    """Write a small record and return its layout."""
    return write_small_record(tmp_path / "record")


@pytest.fixture(params=["memory", "disk"])
def store(request, layout, tmp_path):
    """Open the small record in each of the local stores."""
    opened = open_store("memory" if request.param == "memory" else str(tmp_path / "store"), layout)
    yield opened
    opened.close()


def test_every_file_has_its_graph(layout):
    """Graphs are named by kind and stem; articles without their dates; shapes are not loaded."""
    assert [graph.removeprefix(GRAPH) for _, graph in record_files(layout)] == [
        "ontology-core",
        "scheme-units",
        "register-places",
        "ke-hoach",
        "hoi-nghi",
    ]


def test_default_graph_is_the_union_of_all(store):
    """A plain pattern sees every graph."""
    assert labels(store) == ["Fact", "Hội nghị", "Kế hoạch", "Lai Châu", "per cent"]


def test_graphs_are_listed(store):
    """The names of all graphs, sorted."""
    assert store.graphs() == sorted(
        GRAPH + name for name in ("ontology-core", "scheme-units", "register-places", "ke-hoach", "hoi-nghi")
    )


def test_replaced_graph_holds_the_new_triples_only(store):
    """Replacing takes the old ones away, in this process and for the worker."""
    assert store.sparql("ASK { ?s skos:prefLabel 'Lai Châu'@vi }") == BooleanAnswer(value=True)

    store.replace_graph(
        GRAPH + "register-places", f'<{ID}place/x> <http://e/p> "quote \\" and \\\\u0022"'.encode() + b" ."
    )

    assert "Lai Châu" not in labels(store)
    assert store.query(f"SELECT ?o WHERE {{ GRAPH <{GRAPH}register-places> {{ ?s ?p ?o }} }}").rows == (
        (Literal('quote " and \\u0022'),),
    )
    assert store.sparql("ASK { ?s skos:prefLabel 'Lai Châu'@vi }") == BooleanAnswer(value=False)


def test_bad_turtle_leaves_the_graph_as_it_was(store):
    """Nothing is replaced by what cannot be read."""
    with pytest.raises(TurtleError):
        store.replace_graph(GRAPH + "register-places", b"<http://e/a> <http://e/b> .")

    assert "Lai Châu" in labels(store)


def test_removed_graph_is_gone(store):
    """Removing a graph takes its triples; removing it again does nothing."""
    store.remove_graph(GRAPH + "hoi-nghi")
    store.remove_graph(GRAPH + "hoi-nghi")

    assert GRAPH + "hoi-nghi" not in store.graphs()
    assert "Hội nghị" not in labels(store)


def test_files_are_added(store, tmp_path):
    """Loading adds to a graph."""
    path = tmp_path / "more.ttl"
    path.write_text("<http://e/a> <http://e/b> 1, 2 .", encoding="utf-8")
    before = count(store)

    store.load_files([(path, GRAPH + "register-places")])

    assert count(store) == before + 2


def test_file_that_is_no_turtle_is_named_with_its_place(store, tmp_path):
    """The error tells file, line and column."""
    path = tmp_path / "bad.ttl"
    path.write_text("\n<http://e/a> <http://e/b> foo:x .", encoding="utf-8")

    with pytest.raises(TurtleError, match=r"bad\.ttl:2:") as caught:
        store.load_files([(path, GRAPH + "x")])

    assert caught.value.path == str(path)


def test_missing_file_is_a_store_error(store, tmp_path):
    """A file that is not there is told by name."""
    with pytest.raises(StoreError, match=r"none\.ttl"):
        store.load_files([(tmp_path / "none.ttl", GRAPH + "x")])


def test_each_form_of_query_has_its_answer(store):
    """SELECT gives a table, ASK yes or no, CONSTRUCT and DESCRIBE a graph, here and in the worker."""
    construct = f"CONSTRUCT {{ <http://e/a> <http://e/b> ?o }} WHERE {{ ?s <{LCK}x> ?o }}"
    triple = (Iri("http://e/a"), Iri("http://e/b"), Literal("1.1", XSD + "decimal"))

    for ask in (store.query, store.sparql):
        assert ask(COUNT) == Answer(("n",), ((Literal("6", XSD + "integer"),),))
        assert ask("ASK {}") == BooleanAnswer(value=True)
        assert ask(construct) == GraphAnswer((triple,))
        assert len(ask(f"DESCRIBE <{ID}place/lai-chau>")) == 1


def test_canned_query_that_is_no_sparql_is_a_query_error(store):
    """A trusted text can be wrong, too."""
    with pytest.raises(QueryError, match="does not take"):
        store.query("SELECT nothing")


def test_free_query_uses_our_prefixes(store):
    """No declaration is needed for what the repository always calls so."""
    assert len(store.sparql("SELECT ?s WHERE { ?s skos:prefLabel ?o } ORDER BY ?s")) == 5


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("DROP ALL", UpdateRefusedError),
        ("SELECT * WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", UpdateRefusedError),
        ("SELECT * FROM <http://127.0.0.1:9/> WHERE { ?s ?p ?o }", UpdateRefusedError),
        ("SELECT * WHERE {", SparqlSyntaxError),
        ("ASK {} ; DROP ALL", SparqlSyntaxError),
    ],
)
def test_free_query_may_only_read(store, text, error):
    """What would change or fetch is refused, and the store is as it was."""
    with pytest.raises(error):
        store.sparql(text)

    assert count(store) == 6


def test_free_query_is_stopped_in_time(store):
    """The time limit holds for every store."""
    started = time.monotonic()

    with pytest.raises(LimitExceededError):
        store.sparql(ENDLESS, timeout=0.3)

    assert time.monotonic() - started < 10


def test_trusted_query_can_have_a_limit_too(store):
    """With a timeout, query() goes to the worker."""
    with pytest.raises(LimitExceededError):
        store.query(ENDLESS, timeout=0.3)


@pytest.mark.parametrize("way", ["query", "sparql"])
@pytest.mark.parametrize(
    ("clause", "pattern", "found"),
    [
        ("FROM", "?s ?p ?o", 1),
        ("FROM NAMED", "?s ?p ?o", 0),
        ("FROM NAMED", "GRAPH ?g { ?s ?p ?o }", 1),
    ],
)
def test_named_graphs_are_all_that_is_seen(store, way, clause, pattern, found):
    """With FROM the default graph is no longer the union of all."""
    text = f"SELECT ?o {clause} <{GRAPH}hoi-nghi> WHERE {{ {pattern} }}"

    assert len(getattr(store, way)(text)) == found


def test_store_cannot_be_used_after_closing(store):
    """Closing is final."""
    store.close()

    with pytest.raises(StoreUnavailableError, match="closed"):
        store.query("ASK {}")
    with pytest.raises(StoreUnavailableError, match="closed"):
        store.sparql("ASK {}")


def test_memory_store_reads_no_file_before_it_is_asked(tmp_path):
    """Opening costs nothing; a missing file shows when it is needed."""
    store = MemoryStore([(tmp_path / "none.ttl", GRAPH + "x")])

    with pytest.raises(StoreError, match="none"):
        store.query("ASK {}")


def test_free_query_leaves_the_reading_to_the_worker(layout):
    """Where nothing was asked before, only the worker reads the files; what is asked later sees the same."""
    store = open_store("memory", layout)

    first = store.sparql(COUNT)

    assert store.query(COUNT) == first
    assert store.sparql(COUNT) == first
    store.close()


def test_worker_sees_what_was_changed_in_memory(layout):
    """The worker gets the store as it is, not the files as they were."""
    store = open_store("memory", layout)
    store.replace_graph(GRAPH + "hoi-nghi", b"")

    assert str(store.sparql(COUNT).rows[0][0]) == "5"
    store.close()


def test_loading_replaces_all_and_removes_what_is_gone(layout):
    """load_record leaves the record's graphs as the files have them, and foreign graphs alone."""
    store = MemoryStore()
    store.replace_graph(GRAPH + "ke-hoach", b"<http://e/old> <http://e/b> 1 .")
    store.replace_graph(GRAPH + "gone", b"<http://e/old> <http://e/b> 1 .")
    store.replace_graph("http://e/foreign", b"<http://e/a> <http://e/b> 1 .")
    seen = []

    loaded = load_record(layout, store, progress=seen.append)

    assert loaded.removed == (GRAPH + "gone",)
    assert list(loaded.replaced) == seen == [graph for _, graph in record_files(layout)]
    assert count(store) == 7
    assert store.query("ASK { <http://e/old> ?p ?o }") == BooleanAnswer(value=False)


def test_real_record_opens_in_memory(tmp_path):
    """The project's own record loads, and a disk store of it holds as much."""
    layout = Layout(Path(__file__).parents[1])
    memory, disk = open_store("memory", layout), open_store(str(tmp_path / "store"), layout)

    assert count(memory) == count(disk) > 5000
    assert memory.graphs() == disk.graphs() == sorted(graph for _, graph in record_files(layout))
    disk.close()
    shutil.rmtree(tmp_path / "store")
