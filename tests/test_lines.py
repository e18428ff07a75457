"""Where statements stand: line and column of each object, in Turtle and in TriG."""

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laichau_kg import _findings, shapes
from laichau_kg._lines import Place, map_lines
from laichau_kg._reading import read_file
from laichau_kg.layout import find_layout
from laichau_kg.vocab import LCS, PREFIXES, RDF

LAYOUT = find_layout(Path(__file__).parents[1])
ARTICLES = LAYOUT.article_files()

TURTLE = '''PREFIX a: <http://a/>
# A remark with a:b in it; it is no statement.
a:b a a:C ;
    a:c 007.50 , true ,
        [ a:e 5 ] , "Lai Châu"@vi , """two
lines""" , "after" ;  a:d <http://a/đ> .
[ a:f a:g ] a:h ( 1 2 ) , a:i .
'''
STANDS = {
    "a-class": ("http://a/b", RDF.type, "http://a/C", (3, 7)),
    "a-number-as-it-is-spelled": ("http://a/b", "http://a/c", "007.50", (4, 9)),
    "a-boolean": ("http://a/b", "http://a/c", "true", (4, 18)),
    "after-a-blank-node": ("http://a/b", "http://a/c", "Lai Châu", (5, 21)),
    "a-long-text": ("http://a/b", "http://a/c", "two\nlines", (5, 37)),
    "after-a-long-text": ("http://a/b", "http://a/c", "after", (6, 12)),
    "an-iri": ("http://a/b", "http://a/d", "http://a/đ", (6, 27)),
    "a-value-not-there": ("http://a/b", "http://a/d", "other", (6, 27)),
    "a-property-not-there": ("http://a/b", "http://a/none", None, (3, 1)),
    "the-thing-itself": ("http://a/b", None, None, (3, 1)),
}


@pytest.mark.parametrize("case", STANDS)
def test_place_is_that_of_the_object_or_of_the_block(case):
    """A statement is found where its object stands; what is missing, where the thing's block begins."""
    subject, predicate, value, place = STANDS[case]

    assert map_lines(TURTLE).place(subject, predicate, value) == place


def test_place_in_a_graph_of_trig():
    """TriG's graphs are looked into, whatever form their names have."""
    text = "PREFIX a: <http://a/>\nGRAPH a:g {\n  a:b a:c 1 .\n}\na:h { a:d a:c 2 , 3 }\n"

    lines = map_lines(text, form=".trig")

    assert lines.place("http://a/b", "http://a/c", "1") == Place(3, 11)
    assert lines.place("http://a/d", "http://a/c", "3") == Place(5, 19)
    assert lines.place("http://a/d", "http://a/x", None) == Place(5, 7)


def test_statement_that_the_judged_reading_lacks_has_no_place():
    """What only this parser sees is not mapped, so that no place comes from a differing reading."""
    lines = map_lines("<http://a/b> <http://a/c> 1 , 2 .", known={("http://a/b", "http://a/c", "2")})

    assert lines.place("http://a/b", "http://a/c", "1") == Place(1, 31)
    assert lines.place("http://a/b", "http://a/c", "2") == Place(1, 31)


def spelled(value, text):
    """Tell whether a term may be spelled as *text* begins."""
    if isinstance(value, ox.Literal):
        return text.startswith(('"', value.value))
    if value.value == RDF.type:
        return text.startswith("a ")
    if text.startswith("<"):
        return value.value.endswith(text[1 : text.index(">")])
    prefix, _, rest = text.partition(":")
    return value.value.startswith(PREFIXES[prefix]) and rest.startswith(value.value[len(PREFIXES[prefix]) :])


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_every_statement_of_the_record_has_its_own_place(path):
    """Both readings of an article's file agree, and at each place stands the object."""
    file = read_file(path)
    rows = file.text.splitlines()
    known = {(subject.value, predicate.value, value.value) for subject, predicate, value in file.statements}

    lines = map_lines(file.text, known=known)
    astray = [
        (subject.value, predicate.value)
        for subject, predicate, value in file.statements
        for place in [lines.of_triple(subject.value, predicate.value, value.value)]
        if place is None or not spelled(value, rows[place.line - 1][place.column - 1 :])
    ]

    assert astray == []
    assert len(lines) == len(known)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([" ", "\n", "\t", "# a:b ; 9 .\n", "  "]), min_size=12, max_size=12))
def test_white_space_and_remarks_move_places_and_no_more(gaps):
    """However the tokens are parted, each object is found where it stands."""
    tokens = ["a:b", "a:c", "1", ",", "a:o", ";", "a:d", '"x"', ",", "[ a:e 2 ]", ";", "a:f"]
    text = "PREFIX a: <http://a/>\n" + "".join(a + b for a, b in zip(tokens, gaps, strict=True)) + " 3 ."

    lines = map_lines(text)

    for predicate, value, token in (
        ("c", "1", "1"),
        ("c", "http://a/o", "a:o"),
        ("d", "x", '"x"'),
        ("f", "3", "3"),
    ):
        line, column = lines.place("http://a/b", f"http://a/{predicate}", value)
        assert text.splitlines()[line - 1][column - 1 :].startswith(token)


@pytest.mark.parametrize(
    ("suffix", "points"), [(".ttl", True), (".trig", True), (".nt", True), (".jsonld", False)]
)
def test_finding_points_at_the_value_in_each_form(suffix, points, tmp_path):
    """A wrong figure is found at its line and column in Turtle, TriG and N-Triples; JSON-LD has its file."""
    source = next(path for path in ARTICLES if "bo-cong-thuong" in path.name)
    text = source.read_text(encoding="utf-8").replace("lck:value 94.3", "lck:value 94.4")
    path = tmp_path / f"facts{suffix}"
    if suffix == ".ttl":
        path.write_text(text, encoding="utf-8")
    else:
        forms = {".trig": ox.RdfFormat.TRIG, ".nt": ox.RdfFormat.N_TRIPLES, ".jsonld": ox.RdfFormat.JSON_LD}
        graph = ox.NamedNode("http://a/g") if suffix == ".trig" else ox.DefaultGraph()
        quads = ox.parse(text.encode(), format=ox.RdfFormat.TURTLE)
        placed = [ox.Quad(quad.subject, quad.predicate, quad.object, graph) for quad in quads]
        path.write_bytes(ox.serialize(placed, format=forms[suffix]))

    found = [
        finding
        for finding in shapes.check_files(LAYOUT, [path]).findings
        if finding.rule == LCS + "Observation-figureQuoted"
    ]

    assert [finding.file for finding in found] == [str(path)]
    if points:
        line = path.read_text(encoding="utf-8").splitlines()[found[0].line - 1]
        assert line[found[0].column - 1 :].lstrip('"').startswith("94.4")
    else:
        assert found[0].line is None


BLANKS = """PREFIX a: <http://a/>
_:late a a:C .
a:s a:p 1 , [ a:n "first" ] , [ a:n "second" ;
    a:q [ a:n "inner" ] ] .
[] a:n "alone" .
[ a:n "listed" ] a:p ( 1 2 ) .
a:t a:p _:late .
"""
NODES = {"first": (3, 13), "second": (3, 31), "inner": (3, 31), "alone": (5, 1), "listed": (6, 1)}


@pytest.mark.parametrize("name", NODES)
def test_nameless_node_is_found_where_it_stands(name, tmp_path):
    """A nameless node is pointed at where it stands or begins; one inside another, at the outer one."""
    path = tmp_path / "blank.ttl"
    path.write_text(BLANKS, encoding="utf-8")
    file = read_file(path)
    node = next(s.value for s, _, value in file.statements if value.value == name)

    lines = map_lines(BLANKS)

    assert lines.of_blank(*_findings._references(file)[node]) == NODES[name]  # noqa: SLF001 - the two halves of one rule


def test_finding_about_a_nameless_node_has_line_and_column(tmp_path):
    """What must not be nameless is pointed at, and so is what refers to it."""
    path = tmp_path / "blank.ttl"
    text = "PREFIX lck: <https://w3id.org/laichau-kg/ontology#>\n"
    text += "<http://a/s> a lck:Group ; lck:size [ a lck:Evidence ] .\n[] a lck:Group .\n"
    path.write_text(text, encoding="utf-8")

    found = [f for f in shapes.check_files(LAYOUT, [path]).findings if f.rule == LCS + "Thing-named"]

    places = {(finding.focus[:2] == "_:", finding.line, finding.column) for finding in found}
    assert places == {(False, 2, 37), (True, 2, 37), (True, 3, 1)}
