"""The files of the record: their form, their counts, and that a question finds each fact."""

import re
import unicodedata
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest

from laichau_kg import open_record
from laichau_kg.layout import find_layout
from laichau_kg.store import article_graph
from laichau_kg.turtle import format_turtle
from laichau_kg.vocab import GRAPH, ID, LCK, RDF

LAYOUT = find_layout(Path(__file__).parents[1])
FILES = [*LAYOUT.article_files(), *LAYOUT.register_files()]
KINDS = (
    "Observation", "Attestation", "Meeting", "Participation", "Group", "Citation",
    "Directive", "Recommendation", "Commitment", "Goal", "Assessment", "Occurrence",
)  # fmt: skip
# Counted against the articles' texts, sentence by sentence.
COUNTS = {
    "doan-cong-tac-bo-cong-thuong-lam-viec-tai-lai-chau": {
        "Observation": 24,
        "Attestation": 7,
        "Meeting": 1,
        "Participation": 10,
        "Group": 5,
        "Citation": 7,
        "Recommendation": 18,
        "Commitment": 7,
        "Goal": 1,
        "Assessment": 19,
        "Occurrence": 8,
    },
    "trien-khai-ke-hoach-phat-trien-kinh-te-xa-hoi-2021-2025": {
        "Observation": 18,
        "Attestation": 9,
        "Meeting": 1,
        "Participation": 14,
        "Group": 14,
        "Citation": 18,
        "Directive": 20,
        "Goal": 21,
        "Assessment": 5,
        "Occurrence": 7,
    },
    "thu-tuong-lam-viec-voi-tinh-lai-chau": {
        "Observation": 13,
        "Attestation": 5,
        "Meeting": 1,
        "Participation": 12,
        "Group": 9,
        "Citation": 6,
        "Directive": 25,
        "Recommendation": 3,
        "Commitment": 1,
        "Goal": 3,
        "Assessment": 33,
        "Occurrence": 1,
    },
    "hoi-nghi-truc-tuyen-6-thang-dau-nam-2022": {
        "Observation": 22,
        "Attestation": 3,
        "Meeting": 1,
        "Participation": 8,
        "Group": 4,
        "Citation": 4,
        "Directive": 16,
        "Recommendation": 4,
        "Goal": 3,
        "Assessment": 20,
        "Occurrence": 3,
    },
    "lai-chau-tang-toc-but-pha-2024": {
        "Observation": 17,
        "Attestation": 1,
        "Meeting": 2,
        "Participation": 3,
        "Group": 4,
        "Citation": 21,
        "Directive": 33,
        "Goal": 4,
        "Assessment": 8,
    },
}


def parse(path):
    """Parse one file."""
    return list(ox.parse(path=path, format=ox.RdfFormat.TURTLE))


@pytest.fixture(scope="module")
def articles():
    """Parse each article's file once, by slug."""
    return {article_graph(path).removeprefix(GRAPH): parse(path) for path in LAYOUT.article_files()}


@pytest.fixture(scope="module")
def record():
    """Open the record once."""
    with open_record(LAYOUT.root) as opened:
        yield opened


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_file_is_as_the_formatter_writes_it(path):
    """A machine-written file is byte for byte what the formatter gives, so that a diff shows facts only."""
    text = path.read_bytes().decode()

    assert format_turtle(text, path=path.name) == text


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_file_is_in_normal_form_c(path):
    """Vietnamese text is NFC in the graph."""
    assert unicodedata.is_normalized("NFC", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("slug", COUNTS)
def test_article_has_the_facts_that_were_counted(articles, slug):
    """Each article has as many facts of each kind as were counted in its text."""
    types = Counter(quad.object.value for quad in articles[slug] if quad.predicate.value == RDF.type)

    assert {kind: types[LCK + kind] for kind in KINDS if types[LCK + kind]} == COUNTS[slug]


def test_no_article_is_left_uncounted(articles):
    """A new article's counts are written down with it."""
    assert set(articles) == set(COUNTS)


@pytest.mark.parametrize("slug", COUNTS)
def test_article_describes_only_itself(articles, slug):
    """A bundle's subjects are its article, that article's evidence and that article's facts."""
    own = re.compile(f"{re.escape(ID)}(article/{slug}(#char=\\d+,\\d+)?|[a-z-]+/{slug}--[a-z0-9-]+)")

    foreign = {quad.subject.value for quad in articles[slug] if not own.fullmatch(quad.subject.value)}

    assert foreign == set()


@pytest.mark.parametrize("slug", COUNTS)
def test_all_evidence_is_used(articles, slug):
    """No span stands in the file that carries nothing."""
    evidence = {quad.subject.value for quad in articles[slug] if "#char=" in quad.subject.value}
    used = {quad.object.value for quad in articles[slug] if isinstance(quad.object, ox.NamedNode)}

    assert evidence - used == set()


@pytest.mark.parametrize("slug", COUNTS)
def test_question_finds_every_fact_of_an_article(record, articles, slug):
    """The question `article-facts` leaves out no fact: no figure, title, document or meeting."""
    facts = {
        quad.subject.value
        for quad in articles[slug]
        if quad.predicate.value == RDF.type and quad.object.value in {LCK + kind for kind in KINDS}
    }

    answer = record.query("article-facts", article=slug)

    assert facts - {str(term) for term in answer.column("fact")} == set()


def test_question_finds_every_figure(record, articles):
    """Every observation is in the answer about observations, with its value."""
    stated = {
        quad.subject.value: float(quad.object.value)
        for quads in articles.values()
        for quad in quads
        if quad.predicate.value == LCK.value
    }

    answers = [record.query("indicator-series", indicator=slug) for slug in indicators(articles)]

    rows = [
        row
        for answer in answers
        for row in zip(answer.column("observation"), answer.column("value"), strict=True)
    ]
    assert {str(fact): float(str(value)) for fact, value in rows} == stated
    assert len(stated) == sum(counts["Observation"] for counts in COUNTS.values())


def indicators(articles):
    """List the slugs of all indicators that have a figure."""
    named = {
        quad.object.value
        for quads in articles.values()
        for quad in quads
        if quad.predicate.value == LCK.indicator
    }
    return sorted(iri.rpartition("/")[2] for iri in named)


def test_question_finds_every_document(record):
    """Every document of the register is in the answer about documents."""
    register = parse(LAYOUT.registers / "documents.ttl")

    answer = record.query("documents")

    assert {quad.subject.value for quad in register} == {str(term) for term in answer.column("document")}


def test_question_finds_every_title(record, articles):
    """Every title that an article gives somebody is in the answer about who held which post."""
    stated = {
        quad.subject.value
        for quads in articles.values()
        for quad in quads
        if quad.object == ox.NamedNode(LCK.Attestation)
    }

    answer = record.query("post-holders")

    assert stated == {str(term) for term in answer.column("attestation")}
