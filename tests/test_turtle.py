import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from laichau_kg.errors import DataError, TurtleError
from laichau_kg.turtle import format_turtle

ARTICLE = "https://w3id.org/laichau-kg/id/article/bai"
HEAD = f"""BASE <{ARTICLE}>
PREFIX lck: <https://w3id.org/laichau-kg/ontology#>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""


def triples(text):
    """Read Turtle into a set of triples."""
    return {quad.triple for quad in ox.parse(text.encode(), format=ox.RdfFormat.TURTLE)}


def test_one_form_for_all():
    """Subjects, predicates and values come out in one order, the article first, evidence by offset."""
    text = HEAD + (
        "<#char=20,25> a lck:Evidence ; oa:hasSource <> . <#char=3,9> oa:hasSource <> ; a lck:Evidence .\n"
        'lck:z skos:prefLabel "b"@vi, "a"@en . <> lck:length 30 ; a lck:Article .'
    )

    assert format_turtle(text) == (
        HEAD
        + """
<https://w3id.org/laichau-kg/id/article/bai>
    a lck:Article ;
    lck:length 30 ;
.

<#char=3,9>
    a lck:Evidence ;
    oa:hasSource lc-article:bai ;
.

<#char=20,25>
    a lck:Evidence ;
    oa:hasSource lc-article:bai ;
.

lck:z
    skos:prefLabel
        "a"@en ,
        "b"@vi ;
.
"""
    ).replace(
        "PREFIX lck:", "PREFIX lc-article: <https://w3id.org/laichau-kg/id/article/>\nPREFIX lck:"
    ).replace("<https://w3id.org/laichau-kg/id/article/bai>\n    a", "lc-article:bai\n    a")


@pytest.mark.parametrize("number", ["47.20", "007", "-1.50", "+3", "true", ".5"])
def test_numbers_keep_their_spelling(number):
    """A figure is written as it came."""
    assert f"lck:value {number} ;" in format_turtle(f"{HEAD}lck:a lck:value {number} .")


@pytest.mark.parametrize("words", ['say "no"', "back\\slash", "two\nlines", "Mường Tè"])
def test_strings_come_back(words):
    """Quotes, escapes and letters survive."""
    quoted = str(ox.Literal(words))

    written = format_turtle(f"{HEAD}lck:a lck:site {quoted} .")

    assert triples(written) == triples(f"{HEAD}lck:a lck:site {quoted} .")


_NAMES = st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True)


@given(
    st.lists(
        st.tuples(
            _NAMES,
            _NAMES,
            st.one_of(
                st.text(alphabet=st.characters(codec="utf-8")).map(ox.Literal),
                st.integers().map(ox.Literal),
                _NAMES.map(lambda name: ox.NamedNode(ARTICLE + "#" + name)),
                _NAMES.map(lambda name: ox.Literal(name, language="vi")),
            ),
        ),
        max_size=12,
    )
)
def test_formatting_loses_nothing_and_rests(rows):
    """Written and read back the triples are the same, and a second formatting changes no byte."""
    lck = "https://w3id.org/laichau-kg/ontology#"
    text = "".join(f"<{lck}{subject}> <{lck}{predicate}> {node} .\n" for subject, predicate, node in rows)

    written = format_turtle(text)

    assert triples(written) == triples(text)
    assert format_turtle(written) == written


def test_a_syntax_error_says_where():
    """The error has file, line and column."""
    with pytest.raises(TurtleError) as caught:
        format_turtle("PREFIX ex: <http://e/>\nex:a ex:b .\n", path="bad.ttl")

    assert (caught.value.path, caught.value.line) == ("bad.ttl", 2)
    assert str(caught.value).startswith("bad.ttl:2:")


@pytest.mark.parametrize("text", ["[] a <http://e/C> .", "<http://e/a> <http://e/b> [] ."])
def test_blank_nodes_are_refused(text):
    """What has no name cannot be linked to, and is refused."""
    with pytest.raises(DataError, match="blank node"):
        format_turtle(text, path="b.ttl")


def test_nothing_gives_nothing():
    """An empty document stays empty."""
    assert format_turtle("") == ""
