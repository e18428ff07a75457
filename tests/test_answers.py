import csv
import io
import json
import sys
from decimal import Decimal

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from rdflib.compare import isomorphic

from laichau_kg._terms import from_oxigraph
from laichau_kg.answers import Answer, BooleanAnswer, GraphAnswer, read_json
from laichau_kg.errors import OutputError
from laichau_kg.terms import XSD, BlankNode, Iri, Literal
from test_terms import terms

PLACE = Iri("https://w3id.org/laichau-kg/id/place/lai-chau")
LABEL = Iri("http://www.w3.org/2004/02/skos/core#prefLabel")
TABLE = Answer(
    ("place", "placeLabel", "value"),
    (
        (PLACE, Literal("Lai Châu", language="vi"), Literal("47.2", XSD + "decimal")),
        (BlankNode("b0"), Literal('a "quoted"\tand | two\nlines'), None),
    ),
)
GRAPH = GraphAnswer(
    ((PLACE, LABEL, Literal("Lai Châu", language="vi")), (PLACE, LABEL, Literal("Lai Chau", language="en")))
)

answers = st.integers(1, 3).flatmap(
    lambda width: st.builds(
        lambda rows: Answer(tuple("abc"[:width]), tuple(rows)),
        st.lists(st.tuples(*[st.one_of(st.none(), terms)] * width), max_size=5),
    )
)


@given(answers)
def test_json_is_read_back_the_same(answer):
    """JSON keeps everything that an answer holds."""
    assert read_json(answer.to_json().encode()) == answer


@given(answers)
def test_another_engine_reads_our_json(answer):
    """The JSON is the W3C's: pyoxigraph finds the same variables and as many rows."""
    read = ox.parse_query_results(answer.to_json().encode(), format=ox.QueryResultsFormat.JSON)

    assert tuple(variable.value for variable in read.variables) == answer.columns
    assert len(list(read)) == len(answer)


@given(answers)
def test_another_engine_reads_our_tsv(answer):
    """The TSV is the W3C's: pyoxigraph reads the same terms, empty cells aside."""
    read = ox.parse_query_results(answer.to_tsv().encode(), format=ox.QueryResultsFormat.TSV)

    found = [tuple(None if cell is None else from_oxigraph(cell) for cell in solution) for solution in read]

    assert found == list(answer.rows)


@given(answers)
def test_csv_is_read_back_with_as_many_cells(answer):
    """A CSV reader finds the bare values in their places."""
    lines = list(csv.reader(io.StringIO(answer.to_csv(), newline="")))

    bare = [["" if term is None else str(term) for term in row] for row in answer.rows]
    assert [line or [""] for line in lines] == [list(answer.columns), *bare]


def test_csv_lines_end_as_the_standard_says():
    """CSV is written with CR LF."""
    assert Answer(("a",), ((Literal("x"),), (None,))).to_csv() == "a\r\nx\r\n\r\n"


def test_virtuosos_older_json_is_read():
    """typed-literal, truth values as 1 and blank nodes as IRIs are brought to the standard's form."""
    body = {
        "head": {"link": [], "vars": ["a", "b", "c"]},
        "results": {
            "bindings": [
                {
                    "a": {"type": "typed-literal", "datatype": XSD + "boolean", "value": "1"},
                    "b": {"type": "bnode", "value": "nodeID://b10001"},
                    "c": {"type": "typed-literal", "datatype": XSD + "decimal", "value": "5406.0"},
                }
            ]
        },
    }

    answer = read_json(json.dumps(body).encode())

    assert answer.rows == (
        (Literal("true", XSD + "boolean"), BlankNode("b10001"), Literal("5406", XSD + "decimal")),
    )


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"[]",
        b"3",
        b'{"head":{"vars":["a"]}}',
        b'{"head":{"vars":["a"]},"results":{"bindings":[{"a":{"type":"uri"}}]}}',
        b'{"head":{"vars":["a"]},"results":{"bindings":[',
        b'{"head":{"vars":["a"]},"results":{"bindings":[]}}The SPARQL operation has been cancelled',
        b'{"head":{"vars":["a"]},"results":{"bindings":[{"a":{"type":"uri","value":"a b"}}]}}',
    ],
)
def test_what_is_not_whole_json_results_is_refused(body):
    """Nothing but whole results becomes an answer."""
    with pytest.raises(ValueError, match=r"\S"):
        read_json(body)


def test_markdown_holds_no_character_that_breaks_the_table():
    """Pipes are escaped, line ends become breaks, IRIs link to themselves, numbers stand right."""
    assert TABLE.to_markdown() == (
        "| place | placeLabel | value |\n"
        "| --- | --- | --- |\n"
        "| <https://w3id.org/laichau-kg/id/place/lai-chau> | Lai Châu | 47.2 |\n"
        '| \\_:b0 | a "quoted"\tand \\| two<br>lines |  |\n'
    )


def test_markdown_sets_columns_of_numbers_right():
    """A column that holds only numbers is aligned right."""
    table = Answer(("year", "value"), ((Literal("năm 2023"), Literal("47.2", XSD + "decimal")),))

    assert table.to_markdown().splitlines()[1] == "| --- | ---: |"


def test_markdown_of_an_empty_answer_is_its_head():
    """No rows: the columns are still shown."""
    assert Answer(("a", "b"), ()).to_markdown() == "| a | b |\n| --- | --- |\n"


def test_records_are_python_values():
    """Numbers are numbers, IRIs text, empty cells None."""
    assert TABLE.records()[0] == {"place": PLACE.value, "placeLabel": "Lai Châu", "value": Decimal("47.2")}
    assert TABLE.records()[1]["value"] is None


def test_column_gives_its_cells_and_refuses_an_unknown_name():
    """A column is found by its name."""
    assert TABLE.column("value") == [Literal("47.2", XSD + "decimal"), None]
    with pytest.raises(KeyError):
        TABLE.column("valeu")


def test_pandas_frame_has_the_columns_in_order():
    """An answer becomes a DataFrame, also without rows."""
    assert list(TABLE.to_pandas().columns) == list(TABLE.columns)
    assert Answer(("a",), ()).to_pandas().empty


def test_missing_pandas_is_told_with_what_to_do(monkeypatch):
    """Without pandas the error says how to get it."""
    monkeypatch.setitem(sys.modules, "pandas", None)

    with pytest.raises(OutputError, match="pip install"):
        TABLE.to_pandas()


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own JSON-LD parser uses it
@pytest.mark.parametrize(("form", "parser"), [("ttl", "turtle"), ("nt", "nt"), ("jsonld", "json-ld")])
def test_graph_is_read_back_the_same(form, parser):
    """Every form of a graph holds the same triples to rdflib."""
    expected = rdflib.Graph().parse(data=GRAPH.to_nt(), format="nt")

    read = rdflib.Graph().parse(data=GRAPH.to(form), format=parser)

    assert len(expected) == len(GRAPH)
    assert isomorphic(read, expected)


def test_turtle_declares_only_the_prefixes_it_uses():
    """A graph in Turtle is short: only what it names is declared."""
    assert [line.split()[1] for line in GRAPH.to("ttl").splitlines() if line.startswith("@prefix")] == [
        "lc-place:",
        "skos:",
    ]


def test_unknown_form_of_a_graph_is_refused_with_the_known_ones():
    """The error lists what there is."""
    with pytest.raises(OutputError, match="ttl, nt, jsonld"):
        GRAPH.to("xml")


def test_yes_and_no_are_written_as_the_standard_says():
    """A BooleanAnswer is true or false, in JSON and as text."""
    assert json.loads(BooleanAnswer(value=True).to_json()) == {"head": {}, "boolean": True}
    assert read_json(BooleanAnswer(value=False).to_json().encode()) == BooleanAnswer(value=False)
    assert (str(BooleanAnswer(value=True)), bool(BooleanAnswer(value=False))) == ("true", False)
