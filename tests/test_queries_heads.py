import pyoxigraph as ox
import pytest
from hypothesis import given

from laichau_kg.errors import ParameterError, QueryFileError, UnknownQueryError
from laichau_kg.layout import Layout
from laichau_kg.queries import Catalog, Parameter, parse_query
from laichau_kg.terms import XSD, BlankNode, Iri, Literal
from laichau_kg.vocab import ID
from test_terms import texts

HEAD = """\
#+ summary: Who held the post?
#+ tags: [people]
#+ title: {vi: Người giữ chức, en: Post holders}
#+ question: {vi: Ai giữ chức vụ?, en: Who held the post?}
#+ parameters:
#+   post:
#+     type: post
#+     description: {vi: Chức vụ., en: The post.}
#+     required: true
#+   year:
#+     type: year
#+     description: {vi: Năm., en: The year.}
#+   words:
#+     type: text
#+     description: {vi: Chữ., en: Words.}
#+     default: any
"""
BODY = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?person
WHERE {
  #@ post
  #@ lang
  {
    #@ post as ?other
    #@ year
    #@ words
    ?person ?held ?post .
  }
}
ORDER BY ?person
"""
POST = Iri(ID + "post/chu-tich")


@pytest.fixture
def file(tmp_path):
    """Write a query file and return its path."""

    def write(text, name="post-holders.rq", subject="people"):
        path = tmp_path / "queries" / subject / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def query(file):
    """Parse the model file."""
    return parse_query(file(HEAD + BODY))


def test_head_is_read_into_a_query(query):
    """Id and subject come from the path, the rest from the head; lang is always there, last."""
    assert (query.id, query.subject, query.tags) == ("post-holders", "people", ("people",))
    assert query.title == {"vi": "Người giữ chức", "en": "Post holders"}
    assert query.question["vi"] == "Ai giữ chức vụ?"
    assert [parameter.name for parameter in query.parameters] == ["post", "year", "words", "lang"]
    assert query.parameter("post") == Parameter(
        "post", "post", {"vi": "Chức vụ.", "en": "The post."}, required=True
    )
    assert query.text.startswith("PREFIX skos:")


def test_binding_puts_a_values_block_at_each_marker(query):
    """Every marker of a given parameter becomes VALUES, under its own variable; the others stay remarks."""
    bound = query.bind({"post": POST})

    assert f"  VALUES ?post {{ <{POST}> }}\n" in bound
    assert f"    VALUES ?other {{ <{POST}> }}\n" in bound
    assert '  VALUES ?lang { "en" }\n' in bound
    assert '    VALUES ?words { "any" }\n' in bound
    assert "    #@ year\n" in bound


def test_a_pattern_comes_with_the_value_that_needs_it(file):
    """What stands after a marker's colon is put below its VALUES; without a value it stays a remark."""
    marked = "  #@ year as ?then: ?person ?came ?then .\n"
    query = parse_query(file(HEAD + BODY.replace("  #@ post\n", "  #@ post\n" + marked, 1)))

    bound = query.bind({"post": POST, "year": Literal("2023", XSD + "integer")})

    assert f'  VALUES ?then {{ "2023"^^<{XSD}integer> }}\n  ?person ?came ?then .\n' in bound
    assert marked in query.bind({"post": POST})


def test_given_value_stands_before_the_default(query):
    """A default is for what is not given."""
    bound = query.bind({"post": POST, "lang": Literal("vi"), "year": Literal("2023", XSD + "integer")})

    assert 'VALUES ?lang { "vi" }' in bound
    assert f'VALUES ?year {{ "2023"^^<{XSD}integer> }}' in bound


def test_the_language_of_labels_is_compared_with_itself(file):
    """Where labels are chosen by language, the language itself is written: VALUES there would be slow."""
    label = (
        "  OPTIONAL {\n    #@ lang\n    ?post skos:prefLabel ?name .\n    FILTER (LANG(?name) = ?lang)\n  }\n"
    )
    query = parse_query(file(HEAD + BODY.replace("  #@ lang\n", label)))

    bound = query.bind({"post": POST, "lang": Literal("vi")})

    assert '    FILTER (LANG(?name) = "vi")\n' in bound
    assert "?lang" not in bound


@given(texts)
def test_no_text_gets_out_of_its_quotes(text):
    """A text parameter is one literal to the engine, whatever it holds: nothing can be injected."""
    parameter = Parameter("words", "text", {"vi": "Chữ.", "en": "Words."})
    bound = f"SELECT ?words WHERE {{ VALUES ?words {{ {parameter.read(text).n3()} }} }}"

    (row,) = ox.Store().query(bound)

    assert row["words"].value == text


@pytest.mark.parametrize(
    "attempt",
    [
        "x> } ; DROP ALL #",
        "chu-tich> } UNION { ?s ?p ?o",
        "chu tich",
        "a\\u003E",
        "http://x\n}",
        "",
    ],
)
def test_what_is_no_slug_is_no_thing(query, attempt):
    """Nothing but an IRI or a slug is read where a thing is wanted."""
    with pytest.raises(ParameterError, match="post"):
        query.parameter("post").read(attempt)


def test_slug_is_read_as_the_kinds_iri(query):
    """A slug stands for the thing of the parameter's kind."""
    assert query.parameter("post").read("chu-tich") == POST


@pytest.mark.parametrize(
    ("kind", "text", "datatype"),
    [
        ("integer", "-12", "integer"),
        ("decimal", "47.2", "decimal"),
        ("date", "2023-11-19", "date"),
        ("year", "2023", "integer"),
        ("text", "Lai Châu", "string"),
        ("language", "vi", "string"),
    ],
)
def test_literals_are_read_by_their_type(kind, text, datatype):
    """Each type has its XSD datatype."""
    assert Parameter("x", kind, {}).read(text) == Literal(text, XSD + datatype)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("integer", "1.5"),
        ("integer", "1 2"),
        ("integer", "١"),
        ("decimal", "47,2"),
        ("decimal", "1e3"),
        ("date", "19/11/2023"),
        ("date", "2023-13-01"),
        ("date", "2023-11-19 "),
        ("year", "23"),
        ("language", "fr"),
    ],
)
def test_misspelt_literals_are_refused_with_an_example(kind, text):
    """The error says what is wanted."""
    with pytest.raises(ParameterError, match="wanted"):
        Parameter("x", kind, {}).read(text)


@pytest.mark.parametrize(
    ("name", "term"),
    [
        ("post", Iri(ID + "person/ai-do")),
        ("post", Literal("chu-tich")),
        ("post", BlankNode("b")),
        ("year", Literal("2023")),
        ("year", Literal("x } ; DROP ALL #", XSD + "integer")),
        ("words", Literal("x", language="vi")),
        ("words", POST),
    ],
)
def test_terms_of_another_type_are_refused(query, name, term):
    """A term is checked before it is written."""
    with pytest.raises(ParameterError, match=f"^{name}: "):
        query.bind({"post": POST} | {name: term})


def test_values_that_are_listed_are_all_there_are(file):
    """A parameter may list its values with their labels; no other is taken, and they are told."""
    listed = "#+     enumerate: {few: {vi: Ít, en: Few}, any: {vi: Tùy, en: Any}}\n"
    words = parse_query(file(HEAD + listed + BODY)).parameter("words")

    assert words.read("few") == Literal("few")
    with pytest.raises(ParameterError, match="few or any is wanted") as caught:
        words.read("many")
    assert caught.value.choices == ("few", "any")


def test_any_thing_is_taken_where_any_is_wanted():
    """The type thing takes every IRI, the type fact those of the record."""
    assert Parameter("x", "thing", {}).read("https://example.org/x") == Iri("https://example.org/x")
    with pytest.raises(ParameterError, match="no fact"):
        Parameter("x", "fact", {}).read("https://example.org/x")


def test_missing_parameter_is_told_with_its_description(query):
    """What is required must be given."""
    with pytest.raises(ParameterError, match=r"post-holders needs post: The post\."):
        query.bind({})


def test_unknown_parameter_is_told_with_near_names(query):
    """A misspelt name is answered with the right one."""
    with pytest.raises(ParameterError) as caught:
        query.bind({"post": POST, "yaer": Literal("2023", XSD + "integer")})

    assert caught.value.near == ("year",)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("#+ summary: Who held the post?\n", "", "summary: must be the English question"),
        ("#+ tags: [people]", "#+ tags: people", "tags: must be a list"),
        ("#+ tags:", "#+ tgas:", "unknown key 'tgas'; did you mean tags"),
        (
            "title: {vi: Người giữ chức, en: Post holders}",
            "title: {en: Post holders}",
            "title: must have a text in vi",
        ),
        ("en: Post holders", "en: 3", "title: the text in en must be a sentence"),
        ("type: post\n", "type: psot\n", "parameters: post: unknown type 'psot'; did you mean post"),
        ("required: true", "required: oh", "post: required: must be true or false"),
        ("required: true", "required: true\n#+     default: x", "no use for a default"),
        ("    type: year", "    typo: year", "year has an unknown key 'typo'"),
        ("type: year\n", "type: year\n#+     default: soon\n", "year: default: year='soon'"),
        ("default: any", "default: [any]", "words: default: must be text"),
        ("default: any", "enumerate: [any]", "words: enumerate: must map each value"),
        ("default: any", "enumerate: {any: {en: Any}}", "words: enumerate: any: must have a text in vi"),
        ("    type: year", "    type: unit\n#+     enumerate: {x: {vi: X, en: X}}", "those of its kind"),
        ("{vi: Năm., en: The year.}", "The year.", "year: description: must have"),
        ("#+   year:", "#+   Year:", "must be a lowerCamel"),
        ("#+   words:", "#+   lang:", "every question has it"),
        ("#+ parameters:\n", "#+ parameters: [\n", "the head is no YAML"),
        ("  #@ post\n", "  #@ psot\n", "'#@ psot' marks a parameter that the head does not have"),
        ("    #@ year\n", "", "the body has no line '#@ year'"),
        ("    #@ year\n", "    #@ year of ?x\n", "is no marker"),
        (HEAD, "# no head\n", "no head"),
    ],
)
def test_each_fault_of_a_head_is_named(file, old, new, complaint):
    """A file that breaks a rule is refused with its name and the rule."""
    assert old in HEAD + BODY
    path = file((HEAD + BODY).replace(old, new, 1))

    with pytest.raises(QueryFileError) as caught:
        parse_query(path)

    assert str(caught.value).startswith(f"{path}: ")
    assert complaint in str(caught.value)


def test_yaml_fault_tells_line_and_column(file):
    """The place is the file's, the marks of the head counted in."""
    path = file(HEAD.replace("tags: [people]", "tags: [people") + BODY)

    with pytest.raises(QueryFileError, match=r"line [23], column \d+"):
        parse_query(path)


def test_file_that_is_no_text_is_refused(tmp_path):
    """Bytes that are no UTF-8 are no question."""
    path = tmp_path / "x.rq"
    path.write_bytes(b"\xff\xfe")

    with pytest.raises(QueryFileError, match="UTF-8"):
        parse_query(path)


def test_file_name_must_be_an_id(file):
    """The stem is typed on the command line; it is ASCII and kebab-case."""
    with pytest.raises(QueryFileError, match="kebab-case"):
        parse_query(file(HEAD + BODY, name="Post_Holders.rq"))


def test_catalog_reads_a_head_only_when_it_is_asked(file, tmp_path):
    """A broken file does not hinder the others."""
    file(HEAD + BODY)
    file("broken", name="broken.rq")
    file(HEAD + BODY, name="articles.rq", subject="tables")

    catalog = Catalog.load(Layout(tmp_path))

    assert list(catalog) == ["broken", "post-holders"]
    assert len(catalog) == 2
    assert "post-holders" in catalog
    assert catalog["post-holders"] is catalog.get("post-holders")
    with pytest.raises(QueryFileError):
        catalog.get("broken")


def test_tables_have_a_catalog_of_their_own(file, tmp_path):
    """What makes tables is no question of the list."""
    file(HEAD + BODY, name="articles.rq", subject="tables")

    assert list(Catalog.load_tables(Layout(tmp_path))) == ["articles"]


def test_unknown_question_is_told_with_near_names(file, tmp_path):
    """A misspelt id is answered with the right one."""
    file(HEAD + BODY)

    with pytest.raises(UnknownQueryError) as caught:
        Catalog.load(Layout(tmp_path)).get("post-holder")

    assert caught.value.near == ("post-holders",)


def test_two_files_of_one_name_are_refused(file, tmp_path):
    """An id stands for one question."""
    file(HEAD + BODY)
    file(HEAD + BODY, subject="bodies")

    with pytest.raises(QueryFileError, match="same id"):
        Catalog.load(Layout(tmp_path))


def test_values_yield_every_question(file, tmp_path):
    """All heads can be read in one go."""
    path = file(HEAD + BODY)

    assert [query.path for query in Catalog.load(Layout(tmp_path)).values()] == [path]
