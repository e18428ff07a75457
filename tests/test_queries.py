import os
import re

import pytest
import yaml

from engines import ENGINES
from laichau_kg.layout import find_layout
from laichau_kg.queries import Catalog
from laichau_kg.store import record_files
from laichau_kg.vocab import GRAPH, PREFIXES
from query_cases import SMALL, SNAPSHOTS, bound, cases, in_order_of_text, lines, query_id

pytestmark = pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")  # rdflib's own use

LAYOUT = find_layout()
CATALOG = Catalog.load(LAYOUT)
WANTED = [
    "post-holders",
    "official-career",
    "officials-index",
    "co-participants",
    "meetings",
    "meeting-participants",
    "meetings-chaired",
    "documents",
    "document-citations",
    "directives",
    "recommendations",
    "follow-through",
    "indicators-index",
    "indicator-series",
    "observations-in-period",
    "targets-and-results",
    "plan-progress",
    "sector-growth",
    "contradictions",
    "cross-checks",
    "evidence",
    "article-facts",
    "about",
    "record-size",
]
KEYWORDS = re.compile(
    r"\b(?:select|distinct|where|optional|filter|union|values|bind|order by|group by|not exists|not in|as)\b"
)
COMMON = (SMALL / "common.ttl", GRAPH + "common")
EACH = [pytest.param(CATALOG.get(name), id=name) for name in CATALOG]
REPEATED = "https://w3id.org/laichau-kg/ontology#mainEvidence"


def small_files(name):
    """List the small data of a question: what all share, and its own."""
    return [COMMON, (SMALL / f"{name}.ttl", GRAPH + "small")]


def body(query):
    """Return a query's text without remarks and strings."""
    return re.sub(r'"[^"]*"|<[^>\s]*>', "", re.sub(r"(?m)^\s*#.*$", "", query.text))


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("case", cases(SMALL))
def test_small_data_is_answered_alike_by_every_engine(engine, case, run_on):
    """The expected rows come, in their order, and no near miss."""
    name = query_id(case)
    answer = run_on(engine, small_files(name), bound(CATALOG.get(name), case))

    assert lines(answer) == case.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("case", cases(SMALL))
def test_a_triple_in_two_graphs_changes_no_answer(case, run_on, tmp_path):
    """What two articles state alike is answered once."""
    name = query_id(case)
    repeated = [line for line in _triples(small_files(name)) if line.split(" ", 2)[1][1:-1] == REPEATED]
    (tmp_path / "repeated.ttl").write_text("\n".join(repeated), encoding="utf-8")
    files = [*small_files(name), (tmp_path / "repeated.ttl", GRAPH + "repeated")]

    answer = run_on("memory", files, bound(CATALOG.get(name), case))

    assert lines(answer) == case.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("case", cases(SNAPSHOTS))
def test_the_record_is_answered_as_approved(engine, case, run_on, request):
    """The answer on the real record is the one that was looked at and kept, whatever the engine."""
    answer = run_on(engine, record_files(LAYOUT), bound(CATALOG.get(query_id(case)), case))
    text = in_order_of_text(answer)

    if request.config.getoption("--update-snapshots"):
        assert "CI" not in os.environ, "Snapshots are approved by people, not by CI."
        case.write_text(text, encoding="utf-8")
    assert text.splitlines() == case.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("query", EACH)
def test_every_question_has_small_data_and_a_snapshot(query):
    """A question without data of its own, an expected answer or a snapshot is not tested."""
    assert (SMALL / f"{query.id}.ttl").is_file()
    assert any(query_id(case) == query.id for case in SMALL.glob("*.tsv"))
    assert any(query_id(case) == query.id for case in SNAPSHOTS.glob("*.tsv"))


BARE = {"?direction", "?quote"}  # which way `show` sorts a row, and words of the article


@pytest.mark.parametrize("case", cases(SMALL))
def test_every_code_has_a_label(case):
    """A column that says yes, no or some other code has a column beside it that says it in words."""
    head, *rows = (line.split("\t") for line in case.read_text(encoding="utf-8").splitlines())
    cells = {name: {cell for cell in column if cell} for name, *column in zip(head, *rows, strict=True)}

    codes = {
        name
        for name, found in cells.items()
        if found and all(re.fullmatch(r'"[a-z][a-z ]*"', cell) for cell in found)
    }

    assert {name for name in codes - BARE if f"{name}Label" not in head} == set()


@pytest.mark.parametrize("case", [*cases(SMALL), *cases(SNAPSHOTS)])
def test_no_expected_answer_is_an_orphan(case):
    """Each file names a question and parameters that are there."""
    assert bound(CATALOG.get(query_id(case)), case)


def test_small_data_belongs_to_questions():
    """Each file of small data is used."""
    assert {path.stem for path in SMALL.glob("*.ttl")} - {"common"} == set(CATALOG)


def test_the_questions_that_were_promised_are_there():
    """All of the design's questions are asked."""
    assert set(WANTED) <= set(CATALOG)


@pytest.mark.parametrize("query", EACH)
def test_head_is_what_grlc_reads(query):
    """The head is YAML with a summary and tags, and says its question in both languages."""
    head = [line for line in query.path.read_text(encoding="utf-8").splitlines() if line.startswith("#+")]
    keys = yaml.safe_load("\n".join(line[3:] for line in head))

    assert all(line.startswith("#+ ") for line in head)
    assert keys["tags"]
    assert all(text.endswith("?") for text in (keys["summary"], *query.question.values()))
    assert set(keys["title"]) == {"vi", "en"}


@pytest.mark.parametrize("query", EACH)
def test_parameters_are_described(query):
    """Each parameter is described by a sentence in each language."""
    descriptions = [text for parameter in query.parameters for text in parameter.description.values()]

    assert all(text.endswith(".") for text in descriptions)


@pytest.mark.parametrize("query", EACH)
def test_query_text_keeps_the_house_style(query):
    """Columns are named, rows distinct and ordered, keywords in capitals, labels in a language."""
    text = body(query)

    assert "*" not in text.partition("WHERE")[0]
    assert "SELECT DISTINCT" in text
    assert re.search(r"\nORDER BY \S.*\n\Z", text)
    assert not KEYWORDS.search(text)
    assert "#@ lang" in query.text


@pytest.mark.parametrize("query", EACH)
def test_prefixes_are_sorted_and_used(query):
    """Each prefix has the repository's one IRI, is used, and stands in order."""
    declared = re.findall(r"(?m)^PREFIX ([\w-]+): <(.+)>$", query.text)
    used = {name for name in re.findall(r"(?<![\w-])([a-z][\w-]*):[A-Za-z]", body(query)) if name in PREFIXES}

    assert declared == sorted((name, PREFIXES[name]) for name in used)


def _triples(files):
    import pyoxigraph as ox  # noqa: PLC0415 - only here

    for path, _ in files:
        for quad in ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE):
            yield str(quad.triple) + " ."
