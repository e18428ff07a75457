import pyoxigraph as ox
import pytest
import rdflib
from rdflib import DCAT, DCTERMS, RDF, VOID, URIRef

from laichau_kg import _dump
from laichau_kg.dataset import DATASET, Distribution, describe, to_ntriples, to_turtle
from laichau_kg.layout import find_layout
from laichau_kg.store import record_files
from laichau_kg.turtle import format_turtle
from laichau_kg.vocab import LCK, PREFIXES
from mini import make_checkout

THE_SET = URIRef(DATASET)


@pytest.fixture(scope="module")
def statistics(tmp_path_factory):
    """What the mini record holds."""
    layout = find_layout(make_checkout(tmp_path_factory.mktemp("checkout")))
    return _dump.measure(_dump.read_quads(record_files(layout)))


@pytest.fixture(scope="module")
def described(statistics):
    """The description, with one file."""
    file = Distribution("record.trig", "trig", 1234, "ab" * 32)
    return rdflib.Graph().parse(data=to_turtle(describe(statistics, [file])))


@pytest.mark.parametrize("property_", [DCTERMS.title, DCTERMS.description, DCAT.keyword])
def test_what_people_read_is_in_both_languages(described, property_):
    """Title, description and keywords are in Vietnamese and English."""
    assert {text.language for text in described.objects(THE_SET, property_)} == {"vi", "en"}


@pytest.mark.parametrize(
    "property_",
    [
        DCTERMS.license, DCTERMS.publisher, DCTERMS.spatial, DCTERMS.temporal, DCTERMS.modified,
        DCTERMS.language, DCAT.theme, URIRef(PREFIXES["dcat"] + "version"), DCAT.distribution,
        VOID.vocabulary, VOID.triples, VOID.classPartition, VOID.exampleResource,
    ],
)  # fmt: skip
def test_catalogues_find_what_they_ask_for(described, property_):
    """What DCAT-AP recommends and VoID counts is there."""
    assert list(described.objects(THE_SET, property_))


def test_the_date_is_the_newest_articles(described):
    """Nothing hangs on the clock: the set is as new as its newest article."""
    assert str(described.value(THE_SET, DCTERMS.modified)) == "2020-12-14"


def test_the_time_covered_is_that_of_the_figures(described):
    """From the first day of the earliest period a figure is about to the last of the latest."""
    period = described.value(THE_SET, DCTERMS.temporal)

    days = str(described.value(period, DCAT.startDate)), str(described.value(period, DCAT.endDate))

    assert days == ("2020-01-01", "2025-12-31")


def test_counts_are_of_distinct_triples(statistics):
    """A triple in two graphs is one triple of the set."""
    triple = (ox.NamedNode("http://e/s"), ox.NamedNode("http://e/p"), ox.Literal("o"))
    quads = [ox.Quad(*triple, ox.NamedNode(f"http://e/{graph}")) for graph in "ab"]

    assert _dump.measure(quads).triples == 1
    assert statistics.triples == sum(statistics.properties.values())


def test_classes_are_counted(described):
    """The partition of a class says how many instances it has."""
    part = described.value(predicate=VOID["class"], object=URIRef(LCK.Observation))

    assert int(described.value(part, VOID.entities)) == 5


def test_a_file_has_type_size_and_licence(described):
    """A distribution says what to expect before it is fetched."""
    file = described.value(THE_SET, DCAT.distribution)

    assert described.value(file, RDF.type) == DCAT.Distribution
    assert str(described.value(file, DCAT.mediaType)).endswith("/application/trig")
    assert str(described.value(file, DCTERMS.license)) == "https://creativecommons.org/licenses/by/4.0/"


def test_description_is_in_the_one_form(statistics):
    """Formatting the description changes no byte."""
    text = to_turtle(describe(statistics))

    assert format_turtle(text) == text


def test_a_dump_cannot_hold_its_own_hash(statistics):
    """The description within a dump names no files."""
    assert "dcat#distribution" not in to_ntriples(describe(statistics))
