import math
from decimal import Decimal

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from laichau_kg._terms import TermCache, from_oxigraph, from_rdflib, to_ntriples, to_oxigraph, to_rdflib
from laichau_kg.errors import TurtleError
from laichau_kg.terms import XSD, BlankNode, Iri, Literal

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
iris = st.builds(
    lambda tail: Iri("https://w3id.org/laichau-kg/id/" + tail),
    st.from_regex(r"[a-zà-ỹ0-9/,=-]{1,20}(#[a-z0-9,=-]{0,9})?", fullmatch=True),
)
languages = st.sampled_from(["vi", "en", "vi-vn"])
literals = st.one_of(
    st.builds(Literal, texts),
    st.builds(lambda text, language: Literal(text, language=language), texts, languages),
    st.builds(lambda number: Literal(str(number), XSD + "integer"), st.integers(-(10**15), 10**15)),
    st.builds(lambda day: Literal(day.isoformat(), XSD + "date"), st.dates()),
)
terms = st.one_of(iris, literals)


@given(terms)
def test_term_survives_the_way_to_oxigraph_and_back(term):
    """Conversion to pyoxigraph loses nothing."""
    assert from_oxigraph(to_oxigraph(term)) == term


@given(terms)
def test_term_survives_the_way_to_rdflib_and_back(term):
    """Conversion to rdflib loses nothing."""
    assert from_rdflib(to_rdflib(term)) == term


@given(terms)
def test_written_term_is_read_back_by_the_sparql_engine(term):
    """What n3() writes into a query is the same term to the engine, whatever characters it holds."""
    (row,) = ox.Store().query(f"SELECT ?x WHERE {{ VALUES ?x {{ {term.n3()} }} }}")

    assert from_oxigraph(row["x"]) == term


@pytest.mark.parametrize(
    ("text", "datatype", "canonical", "canonical_datatype"),
    [
        ("47.20", "decimal", "47.2", "decimal"),
        ("+47.2", "decimal", "47.2", "decimal"),
        ("5406.0", "decimal", "5406", "decimal"),
        (".5", "decimal", "0.5", "decimal"),
        ("-0.0", "decimal", "0", "decimal"),
        ("0.333333333333333", "decimal", "0.333333333333", "decimal"),
        ("0.333333333333333333", "decimal", "0.333333333333", "decimal"),
        ("007", "integer", "7", "integer"),
        ("10", "integer", "10", "integer"),
        ("12", "nonNegativeInteger", "12", "integer"),
        ("1", "boolean", "true", "boolean"),
        ("0", "boolean", "false", "boolean"),
        ("1.5e3", "double", "1500.0", "double"),
        ("1500", "double", "1500.0", "double"),
        ("abc", "integer", "abc", "integer"),
        ("NaN", "decimal", "NaN", "decimal"),
        ("abc", "double", "abc", "double"),
        ("2023", "gYear", "2023", "gYear"),
        ("1.10", "string", "1.10", "string"),
    ],
)
def test_numbers_are_brought_to_one_spelling(text, datatype, canonical, canonical_datatype):
    """Each engine spells a number in its own way; ours is one."""
    assert Literal(text, XSD + datatype).canonical() == Literal(canonical, XSD + canonical_datatype)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=9, min_value=-(10**12), max_value=10**12))
def test_canonical_number_keeps_its_value_and_is_canonical(number):
    """Canonical spelling changes no value, and is a fixed point."""
    once = Literal(format(number, "f"), XSD + "decimal").canonical()

    assert Decimal(once.value) == number
    assert once.canonical() == once


def test_number_too_long_to_round_is_left_alone():
    """A number with more digits than a Decimal keeps is not changed."""
    long = Literal("1" * 40 + ".5", XSD + "decimal")

    assert long.canonical() == long


@pytest.mark.parametrize("text", ["", "a b", "a>b", "a\nb", 'a"b', "a{b", "a\\u003Eb"])
def test_text_that_is_no_iri_is_refused(text):
    """No character that could end an IRI in a query gets into one."""
    with pytest.raises(ValueError, match="no IRI"):
        Iri(text)


def test_python_values_are_numbers_where_there_are_numbers():
    """Integers, decimals, doubles and truth values come as Python has them, the rest as text."""
    values = [
        Literal(text, XSD + datatype).to_python()
        for text, datatype in [
            ("3", "integer"),
            ("47.2", "decimal"),
            ("true", "boolean"),
            ("2023-01-02", "date"),
        ]
    ]

    assert values == [3, Decimal("47.2"), True, "2023-01-02"]
    assert math.isclose(Literal("1.5e3", XSD + "double").to_python(), 1500)


def test_same_cell_is_converted_once():
    """The cache hands out one object for one term."""
    store = ox.Store()
    store.update('INSERT DATA { <http://a> <http://p> "x"@vi . <http://b> <http://p> "x"@vi }')

    answer = TermCache().answer(store.query("SELECT ?o WHERE { ?s <http://p> ?o }"))

    assert answer.rows[0][0] is answer.rows[1][0]


def test_blank_nodes_cross_too():
    """Blank nodes keep their labels on both ways."""
    assert from_oxigraph(to_oxigraph(BlankNode("b0"))) == BlankNode("b0")
    assert from_rdflib(to_rdflib(BlankNode("b0"))) == BlankNode("b0")


def test_language_tags_are_in_lower_case_whoever_tells():
    """Oxigraph and Virtuoso lower language tags; rdflib's are brought to the same."""
    assert from_rdflib(rdflib.Literal("x", lang="vi-VN")) == Literal("x", language="vi-vn")


def test_bad_turtle_is_named_with_its_place():
    """A syntax error in Turtle tells source, line and column."""
    with pytest.raises(TurtleError) as caught:
        to_ntriples(b"<http://a> <http://p> .\n", source="facts.ttl")

    assert (caught.value.path, caught.value.line) == ("facts.ttl", 1)
