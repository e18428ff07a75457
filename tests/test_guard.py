import time
from contextlib import nullcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laichau_kg._guard import admit, dataset_of, place, query_form, solutions_of, tokens
from laichau_kg.errors import SparqlSyntaxError, UpdateRefusedError
from laichau_kg.vocab import GRAPH, PREFIXES

PIECES = ["lck:", "lck:x", "lc-place:lai-chau", "no:x", ":x", "lc", "?x", "đ", " ", ".", "-", ":", "_"]
PIECES += ["<http://e/#lck:y>", "<", ">", "'", '"', '"""', "'lck:y'", "\\", "#", "# lck:y\n", "\n", "@vi"]
SERVICE = "SELECT * WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * WHERE { ?s ?p ?o }",
        "ask {}",
        "# a remark\nPREFIX ex: <http://e/>\nBASE <http://e/>\nselect ?s { ?s ex:p <x> }",
        "CONSTRUCT WHERE { ?s ?p ?o }",
        "DESCRIBE <http://e/x>",
        'SELECT ("SERVICE <http://e/> {" AS ?x) WHERE {}',
        "SELECT ('''LOAD ' DROP ''INSERT'' SERVICE ?x {''' AS ?x) WHERE {}",
        'SELECT ("\\"} SERVICE <http://e/> {" AS ?x) WHERE {}',
        "SELECT * WHERE { ?s ?p ?o } # SERVICE <http://e/> { LOAD",
        "SELECT * WHERE { ?s <http://e/SERVICE> ?insert . ?service ?load ?o }",
        "SELECT * WHERE { ?s <http://e/#SERVICE> ?o . FILTER (?o != <http://e/#service>) }",
        "PREFIX service: <http://e/>\nSELECT * WHERE { ?s service:SERVICE service:load }",
        "SELECT ?drop WHERE { ?drop a ?delete } ORDER BY ?drop",
        "SELECT * FROM <GRAPHx> FROM NAMED <GRAPHy> WHERE { ?s ?p ?o }".replace("GRAPH", GRAPH),
        "SELECT * WHERE { ?a ?b ?c FILTER (?a<?b&&?c>?a) }",
    ],
)
def test_what_only_reads_is_admitted(text):
    """A forbidden word in a string, a remark, an IRI, a name or a variable forbids nothing."""
    assert admit(text).form in {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <a:> <b:> <c:> }",
        "delete where { ?s ?p ?o }",
        "# SELECT\nDROP ALL",
        "PREFIX x: <http://e/>\nLOAD <http://e/>",
        "WITH <g:> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "CLEAR ALL",
        "CREATE GRAPH <g:>",
        "COPY <a:> TO <b:>",
        "MOVE <a:> TO <b:>",
        "ADD <a:> TO <b:>",
    ],
)
def test_updates_are_refused(text):
    """What would change a store is told apart from what is no SPARQL."""
    with pytest.raises(UpdateRefusedError, match="changes a store"):
        admit(text)


@pytest.mark.parametrize(
    "text",
    [
        SERVICE,
        SERVICE.lower(),
        SERVICE.replace("SERVICE", "SERVICE SILENT"),
        SERVICE.replace("SERVICE ", "SERVICE"),
        SERVICE.replace("SERVICE ", "SERVICE # a remark\n"),
        SERVICE.replace("<http://127.0.0.1:9/>", "?there"),
        SERVICE.replace("<http://127.0.0.1:9/>", "lck:there"),
        'SELECT ("#" AS ?x) WHERE { SERVICE <http://e/> {} }',
        "SELECT ('''it's''' AS ?x) WHERE { SERVICE <http://e/> {} }",
        "SELECT * WHERE { { SELECT * { SERVICE <http://e/> {} } } }",
        "ASK { FILTER EXISTS { SERVICE <http://e/> {} } }",
        # Read as an IRI, <ex:b#> lets a string begin that hides the clause; read as a comparison, a remark.
        'PREFIX ex: <http://e/>\nASK { FILTER (?a<ex:b#>"""\n) SERVICE <http://e/> {} } #"""',
        "PREFIX ex: <http://e/>\nASK { FILTER (?a<ex:b#>'''\n) SERVICE <http://e/> {} } #'''",
        # Read as a comparison, the quote begins a string with the bracket in it.
        "PREFIX ex: <http://e/>\nASK { FILTER (?a<'x'&&?b>''''''\n) SERVICE <http://e/> {} } #'''",
    ],
)
def test_what_would_ask_another_server_is_refused(text):
    """SERVICE is found in whatever place it can stand, under every reading of the text."""
    with pytest.raises(UpdateRefusedError, match="SERVICE"):
        admit(text)


@pytest.mark.parametrize(
    "clause",
    [
        "FROM <http://e/data.ttl>",
        "FROM NAMED <file:///etc/passwd>",
        "from named schema:x",
        "FROM <x> FROM skos:y",
    ],
)
def test_graphs_beyond_the_record_are_refused(clause):
    """A server may fetch a graph that it does not hold; so only ours are named."""
    with pytest.raises(UpdateRefusedError, match="not a graph of this record"):
        admit(f"SELECT * {clause} WHERE {{ ?s ?p ?o }}")


def test_our_prefixes_need_no_declaration():
    """What the text leaves out is supplied; what it declares is its own."""
    admitted = admit("PREFIX skos: <http://e/>\nSELECT * WHERE { ?s skos:x lck:y ; a org:Post }")

    assert admitted.prefixes == {"lck": PREFIXES["lck"], "org": PREFIXES["org"]}


@given(st.lists(st.sampled_from(PIECES), max_size=10).map("".join))
def test_prefixes_are_those_of_the_names(text):
    """What looks like a name in a string, a remark or an IRI uses no prefix; all else does."""
    query = f"ASK {{ {text} }}"
    used = {token.text.partition(":")[0] for token in tokens(query) if token.kind == "name"}

    with nullcontext() if used <= PREFIXES.keys() else pytest.raises(SparqlSyntaxError, match="declares"):
        assert admit(query).prefixes.keys() == used


@pytest.mark.parametrize("between", [" ", "\n\t", " # a remark\n", "# lck:\n#\n"])
def test_declarations_may_have_space_and_remarks_in_them(between):
    """Each part of the head may stand on its own line."""
    head = between.join(["", "PREFIX", "ex:", "<http://e/>", "prefix", ":", "<>", "BASE", "<http://e/>"])

    assert admit(f"{head}{between}PREFIX{between}skos:<http://e/> ASK {{ ex:a :b skos:c }}").prefixes == {}


def test_unknown_prefix_is_told_with_place_and_near_names():
    """The error says which prefix, where, and what may be meant."""
    with pytest.raises(SparqlSyntaxError, match=r"skso:x.*Did you mean skos:") as caught:
        admit("SELECT *\nWHERE { ?s skso:x ?o }")

    assert (caught.value.line, caught.value.column) == (2, 12)


@pytest.mark.parametrize("text", ["", "  # nothing\n", "PREFIX x: <http://e/>"])
def test_text_without_a_query_is_told_so(text):
    """An empty text is no query."""
    with pytest.raises(SparqlSyntaxError, match="no query"):
        admit(text)


def test_first_word_that_begins_no_query_is_named():
    """What is neither a query nor an update is refused at its first word."""
    with pytest.raises(SparqlSyntaxError, match=r"line 2, column 3: a query begins with SELECT.*'hello'"):
        admit("\n  hello world")


def test_deep_brackets_are_refused():
    """A text made to exhaust the reader is refused."""
    with pytest.raises(SparqlSyntaxError, match="nest deeper"):
        admit("SELECT * WHERE " + "{" * 200 + " SERVICE ")


def test_long_text_is_judged_in_a_moment():
    """The reader's work grows with the text's length and no faster, even where readings part."""
    text = "SELECT * WHERE { " + "FILTER (?a<http://e/#x>?b) " * 5000 + " ?service ?p ?o }"

    started = time.monotonic()

    assert admit(text).form == "SELECT"
    assert time.monotonic() - started < 3


def test_graphs_that_a_query_names_are_read():
    """FROM and FROM NAMED are told apart; prefixes are expanded; a word in a string names nothing."""
    text = f"PREFIX g: <{GRAPH}>\nSELECT * FROM g:a FROM NAMED <{GRAPH}b> WHERE {{ ?s ?p 'from <x>' }}"

    assert admit(text).dataset == dataset_of(text) == ((GRAPH + "a",), (GRAPH + "b",))
    assert not any(dataset_of("SELECT ('FROM' AS ?x) WHERE {}"))


@pytest.mark.parametrize(
    ("text", "twin"),
    [
        (
            "PREFIX a: <b:>\nCONSTRUCT { ?s a:p ?o } WHERE { ?s ?p ?o { ?o ?q ?r } } LIMIT 5",
            "PREFIX a: <b:>\nSELECT (1 AS ?solution) WHERE { ?s ?p ?o { ?o ?q ?r } } LIMIT 5",
        ),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "SELECT (1 AS ?solution) WHERE { ?s ?p ?o }"),
        (
            "CONSTRUCT {} FROM <g:a> FROM NAMED <g:b> { ?s ?p '}' }",
            "SELECT (1 AS ?solution) FROM <g:a> FROM NAMED <g:b> WHERE { ?s ?p '}' }",
        ),
        ("DESCRIBE ?s WHERE { ?s ?p ?o }", "SELECT (1 AS ?solution) WHERE { ?s ?p ?o }"),
        ("DESCRIBE <a:b>", None),
    ],
)
def test_solutions_of_a_graph_query_can_be_counted(text, twin):
    """A CONSTRUCT is rewritten as the SELECT over the same pattern."""
    assert solutions_of(text) == twin


def test_form_of_a_query_is_told():
    """The form is the first word after the prologue."""
    assert query_form("PREFIX a: <http://e/>\nconstruct where { ?s ?p ?o }") == "CONSTRUCT"


def test_tokens_are_the_grammars():
    """Each token has its kind; space and remarks are left out."""
    found = [
        (token.kind, token.text)
        for token in tokens("SELECT ?x { <a> ex:b-c.d 'it' , 1.5e3 @vi _:b1 . } # end")
    ]

    assert found == [
        ("word", "SELECT"),
        ("var", "?x"),
        ("sign", "{"),
        ("iri", "<a>"),
        ("name", "ex:b-c.d"),
        ("string", "'it'"),
        ("sign", ","),
        ("number", "1.5e3"),
        ("lang", "@vi"),
        ("blank", "_:b1"),
        ("sign", "."),
        ("sign", "}"),
    ]


def test_place_counts_lines_and_columns_from_one():
    """The first character stands in line 1, column 1."""
    assert [place("a\nbc", offset) for offset in (0, 2, 3, 4)] == [(1, 1), (2, 1), (2, 2), (2, 3)]
