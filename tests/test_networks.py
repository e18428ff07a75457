"""Networks in GEXF and GraphML, read back by networkx and held against GEXF's own schema."""

import io
from pathlib import Path

import networkx as nx
import pytest
from lxml import etree

from indexed import read_index
from laichau_kg.networks import network_of_company, network_of_ties, to_gexf, to_graphml
from laichau_kg.vocab import ID, LCK
from mini import FIRST, make_checkout

SCHEMA = Path(__file__).parent / "data" / "gexf" / "gexf.xsd"
WRITERS = {"gexf": to_gexf, "graphml": to_graphml}
READERS = {"gexf": nx.read_gexf, "graphml": nx.read_graphml}
MAKERS = {"ties": network_of_ties, "company": network_of_company}
MEETING = f"meeting/{FIRST}--hoi-nghi"


@pytest.fixture(scope="module")
def index():
    """The real record."""
    return read_index()


@pytest.fixture(scope="module")
def mini(tmp_path_factory):
    """The mini record."""
    return read_index(make_checkout(tmp_path_factory.mktemp("checkout")))


def read_back(network, form):
    """Write a network and read it with networkx."""
    return READERS[form](io.BytesIO(WRITERS[form](network)))


@pytest.mark.parametrize("which", MAKERS)
def test_gexfs_own_schema_accepts_it(index, which):
    """The file is GEXF 1.3 to the letter."""
    schema = etree.XMLSchema(etree.parse(SCHEMA))

    schema.assertValid(etree.fromstring(to_gexf(MAKERS[which](index))))


def test_the_schema_would_notice(index):
    """The test before is no formality."""
    broken = to_gexf(network_of_ties(index)).replace(b"<nodes>", b"<knots>").replace(b"</nodes>", b"</knots>")

    assert not etree.XMLSchema(etree.parse(SCHEMA)).validate(etree.fromstring(broken))


@pytest.mark.parametrize("form", WRITERS)
@pytest.mark.parametrize("which", MAKERS)
def test_another_program_reads_the_same_network(index, which, form):
    """Nodes, ties, labels and weights come back."""
    network = MAKERS[which](index)

    graph = read_back(network, form)

    assert {key: data["label"] for key, data in graph.nodes(data=True)} == {
        node.iri.removeprefix(ID): node.label for node in network.nodes
    }
    ties = sorted(
        (*sorted(ends), data["kind"], data["evidence"])
        for *ends, data in graph.edges(data=True)
        if "evidence" in data
    )
    assert ties == sorted(
        (*sorted((edge.source.removeprefix(ID), edge.target.removeprefix(ID))), edge.kind, edge.evidence)
        for edge in network.edges
        if edge.evidence
    )
    assert sorted(data["weight"] for *_, data in graph.edges(data=True)) == sorted(
        edge.weight for edge in network.edges
    )
    assert graph.is_directed() == network.directed


def test_every_participation_and_attestation_is_in_a_tie(index):
    """No fact about who was where is left out."""
    facts = {fact for edge in network_of_ties(index).edges for fact in edge.fact.split()}

    assert facts >= set(index.of_class(LCK.Participation, LCK.Attestation))


@pytest.mark.parametrize("which", MAKERS)
def test_ties_from_articles_name_article_and_evidence(index, which):
    """Only what belongs to what, which the registers know, rests on no article."""
    bare = [
        edge
        for edge in MAKERS[which](index).edges
        if edge.kind != "part-of" and not (edge.article and edge.evidence)
    ]

    assert bare == []


@pytest.mark.parametrize("which", MAKERS)
def test_ties_end_at_nodes(index, which):
    """No tie hangs in the air."""
    network = MAKERS[which](index)
    known = {node.iri for node in network.nodes}

    assert {end for edge in network.edges for end in (edge.source, edge.target)} <= known


def test_a_tie_to_a_meeting_says_all(mini):
    """Who chaired, when, by which article and words, in both languages."""
    graph = read_back(network_of_ties(mini), "graphml")

    (tie,) = [
        tie
        for source, target, tie in graph.edges(data=True)
        if (source, target, tie.get("role")) == ("person/tran-tien-dung", MEETING, "chair")
    ]

    assert tie["kind"] == "took-part"
    assert (tie["label"], tie["label_en"]) == ("Chủ trì", "Chair")
    assert tie["date"] == "2020-12-13"
    assert tie["article"] == f"{ID}article/{FIRST}"
    assert tie["evidence"] == f"{ID}article/{FIRST}#char=137,159"


def test_a_node_says_what_it_is(mini):
    """A meeting has its kind, its day and its address."""
    node = read_back(network_of_ties(mini), "gexf").nodes[MEETING]

    assert node["kind"] == "meeting"
    assert node["subkind"] == "conference"
    assert node["date"] == "2020-12-13"
    assert node["label_en"] == "Year-end conference"
    assert node["iri"] == ID + MEETING


def test_ties_of_company_weigh_as_much_as_the_meetings_shared(index):
    """Counted from the participations themselves, pair by pair."""
    present = {}
    for fact in index.of_class(LCK.Participation):
        who = index.one(fact, LCK.participant)
        if who.startswith(ID + "person/"):
            present.setdefault(who, set()).add(index.one(fact, LCK.meeting))
    shared = {
        (one, other): len(present[one] & present[other])
        for one in present
        for other in present
        if one < other and present[one] & present[other]
    }

    assert {(edge.source, edge.target): edge.weight for edge in network_of_company(index).edges} == shared
