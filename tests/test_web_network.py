"""The network of officials, bodies and meetings: its layout, its drawing, and the table beside it."""

import re

import pytest

from laichau_kg.answers import Answer
from laichau_kg.terms import Iri, Literal
from laichau_kg.vocab import ID
from laichau_kg.web.drawing import lay_out, place_names
from laichau_kg.web.pages.network import MOST, network
from laichau_kg.web.rendering import render
from laichau_kg.web.wording import say

HTML = {"accept": "text/html"}
DUNG = "person/tran-tien-dung"
PARTICIPANTS = ("meeting", "participant", "roleLabel", "date", "article", "articleLabel", "evidence")


class Crowd:
    """A service that knows of one meeting with very many people."""

    def __init__(self, people):
        self._people = people

    def ask(self, query_id, _lang):
        """Give the people of the one meeting, and no posts."""
        if query_id == "post-holders":
            return Answer(("official", "organization", "postLabel", "attestedOn"), ())
        rows = [
            (
                Iri(f"{ID}meeting/big"),
                Iri(f"{ID}person/p{number:04}"),
                Literal("Attendee"),
                None,
                Iri(f"{ID}article/mot"),
                Literal("Article one"),
                Iri(f"{ID}article/mot#char=1,2"),
            )
            for number in range(self._people)
        ]
        return Answer(PARTICIPANTS, tuple(rows))

    def once(self, _key, make):
        """Remember nothing."""
        return make()

    def label(self, iri, _lang):
        """Name a thing by its slug."""
        return iri.rpartition("/")[2]


def test_layout_is_the_same_every_time():
    """Nothing in it depends on chance."""
    edges = [(0, 1), (1, 2), (2, 3), (3, 0), (4, 0)]

    assert lay_out(6, edges, width=500, height=300) == lay_out(6, edges, width=500, height=300)


def test_layout_stays_in_its_frame():
    """Each node is inside, and none lies on another."""
    places = lay_out(9, [(0, number) for number in range(1, 8)], width=500, height=300)

    assert all(0 <= x <= 500 and 0 <= y <= 300 for x, y in places)
    assert len(set(places)) == 9


def test_tied_nodes_are_nearer_than_others():
    """Two groups without a tie between them stand apart."""
    edges = [(0, 1), (1, 2), (2, 0), (3, 4), (4, 5), (5, 3)]
    places = lay_out(6, edges, width=400, height=400)

    def far(one, other):
        return sum((a - b) ** 2 for a, b in zip(places[one], places[other], strict=True)) ** 0.5

    within = max(far(one, other) for one, other in edges)
    between = min(far(one, other) for one in (0, 1, 2) for other in (3, 4, 5))
    assert within < between


@pytest.mark.parametrize("count", [1, 2])
def test_small_networks_are_laid_out(count):
    """One node stands in the middle; two stand apart."""
    assert len(set(lay_out(count, [], width=100, height=100))) == count


def test_names_avoid_each_other():
    """Of two nodes side by side one is named below, the other elsewhere."""
    names = place_names(["A rather long name", "Another long name"], [(100, 100), (140, 100)], [10, 10])

    assert names[0].y != names[1].y


def test_long_names_are_cut_with_a_sign():
    """A meeting's subject is told in three lines; the link's title has it whole."""
    (name,) = place_names(["word " * 30], [(100, 100)], [10])

    assert len(name.lines) == 3
    assert name.lines[-1].endswith("…")


@pytest.mark.parametrize(("lang", "role"), [("vi", "Chủ trì"), ("en", "Chair")])
def test_table_tells_each_tie_with_role_and_source(web, lang, role):
    """The table has what the drawing shows: who, as what, where, when, and who says so."""
    html = web.get(f"/{lang}/network", headers=HTML).text

    lines = html.count("<line ")
    assert html.partition("<tbody>")[2].count("<tr>") == lines > 20
    assert role in html
    assert f'href="/{lang}/doc/article/' in html


def test_every_node_is_a_link_with_a_name(web):
    """The keyboard reaches each node, and a screen reader names it with its kind."""
    html = web.get("/en/network", headers=HTML).text

    links = re.findall(
        r'<a href="/en/network\?focus=([a-z]+)/[a-z0-9-]+" class="node \1" aria-label="([^"]+)"', html
    )
    assert {kind for kind, _ in links} == {"person", "organization", "meeting"}
    assert any(name == "Trần Tiến Dũng, official, 4 ties" for _, name in links)


def test_kinds_differ_in_shape(web):
    """An official is round, a body square, a meeting a diamond."""
    html = web.get("/en/network", headers=HTML).text

    shapes = set(re.findall(r'class="node (\w+)".*?</title>\s*<(\w+) ', html, re.DOTALL))
    assert shapes == {("person", "circle"), ("organization", "rect"), ("meeting", "path")}


def test_focus_shows_what_is_around(web):
    """In focus are a person's own ties; the drawing has those two steps away too."""
    html = web.get(f"/en/network?focus={DUNG}", headers=HTML).text

    firsts = set(re.findall(r'<th scope="row"><a href="([^"]+)"', html))
    assert firsts == {f"/en/doc/{DUNG}"}
    assert "Network around Trần Tiến Dũng" in html
    assert "Tống Thanh Hải" in html
    assert "Trần Tuấn Anh" not in html


def test_focus_leads_to_the_page_and_back_to_the_whole(web):
    """Nobody is stuck in a part."""
    html = web.get(f"/vi/network?focus={DUNG}", headers=HTML).text

    assert f'href="/vi/doc/{DUNG}" class="node person in-focus"' in html
    assert 'href="/vi/network"' in html


def test_other_language_keeps_the_focus(web):
    """The switch leads to the same part of the network."""
    html = web.get(f"/vi/network?focus={DUNG}", headers=HTML).text

    assert f'href="/en/network?focus={DUNG}" hreflang="en"' in html


@pytest.mark.parametrize("focus", ["", "meeting/big", "person/p0500"])
def test_a_large_network_is_drawn_in_part_and_says_so(focus):
    """Of a thousand people the most tied are drawn, and those in focus always."""
    page = network(Crowd(1000), "en", {"focus": focus} if focus else {})

    shown = {node.place for node in page.values["nodes"]}
    assert len(shown) == MOST
    assert focus == "" or focus in shown
    assert page.values["undrawn"] == 1001 - MOST


def test_page_of_a_large_network_is_small(web_service):
    """Table and drawing are cut, and the page says how much is left out."""
    page = network(Crowd(1000), "en", {})
    html = render(web_service, page, "en")

    assert len(html.encode()) < 100_000
    assert say("network.part", "en", count=MOST, left=1001 - MOST) in html


def test_drawing_is_the_same_every_time():
    """Two requests give the same places."""
    first, second = (network(Crowd(20), "en", {}).values["nodes"] for _ in range(2))

    assert first == second
