import functools
import json
import re
from html import unescape
from pathlib import Path

import pyoxigraph as ox
import pytest

from laichau_kg.layout import find_layout
from laichau_kg.queries import Catalog
from laichau_kg.terms import Iri
from laichau_kg.vocab import ID
from laichau_kg.web.asking import OWN

CATALOG = Catalog.load(find_layout(Path(__file__).parents[1]))
HTML = {"accept": "text/html"}
MOST_BYTES = 100_000
NEEDED = {
    "about": {"thing": "place/lai-chau"},
    "indicator-series": {"indicator": "grdp-binh-quan-dau-nguoi"},
    "observations-in-period": {"period": "2020"},
}


def complete(web_service, query_id):
    """Give a question what it needs: the evidence of any meeting, for a fact is known by its slug only."""
    needed = dict(NEEDED.get(query_id, {}))
    if query_id == "evidence":
        meeting = next(iri for iri in web_service.things if "/id/meeting/" in iri)
        needed["fact"] = meeting.rpartition("/id/")[2]
    return needed


@pytest.mark.parametrize("query_id", CATALOG)
def test_no_parameter_has_a_name_that_the_address_uses(query_id):
    """A question's parameters and the web's own names do not meet, its language aside."""
    names = {parameter.name for parameter in CATALOG[query_id].parameters}

    assert names & set(OWN) == {"lang"}


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_index_lists_every_question(web, lang):
    """Each question stands in the index with its sentence."""
    page = web.get(f"/{lang}/questions", headers=HTML)

    assert [
        query.id
        for query in CATALOG.values()
        if f'href="/{lang}/questions/{query.id}"' not in page.text
        or query.question[lang] not in unescape(page.text)
    ] == []


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("query_id", CATALOG)
def test_question_is_a_page_with_form_answer_and_sparql(web, web_service, query_id, lang):
    """A page has a labelled field a parameter, its answer, its SPARQL, and stays small."""
    query = CATALOG[query_id]
    page = web.get(f"/{lang}/questions/{query_id}", params=complete(web_service, query_id), headers=HTML)

    assert page.status_code == 200
    assert len(page.content) < MOST_BYTES
    fields = set(re.findall(r'<label for="p-(\w+)">', page.text))
    assert fields == {parameter.name for parameter in query.parameters[:-1]}
    assert 'id="answer"' in page.text
    assert "SELECT DISTINCT" in page.text


@pytest.fixture(scope="module")
def answer_of(web_service):
    """Give ``answer_of(query_id)``: the library's own Vietnamese answer, asked once."""

    @functools.cache
    def ask(query_id):
        return web_service.record.query(query_id, lang="vi", **complete(web_service, query_id))

    return ask


@pytest.mark.parametrize("form", ["json", "csv", "tsv"])
@pytest.mark.parametrize("query_id", CATALOG)
def test_question_gives_the_librarys_answer_as_data(web, web_service, answer_of, query_id, form):
    """By suffix the answer is, to the byte, what the library writes."""
    given = complete(web_service, query_id)

    body = web.get(f"/questions/{query_id}.{form}", params={**given, "lang": "vi"})

    assert body.text == getattr(answer_of(query_id), f"to_{form}")()


@pytest.mark.parametrize("query_id", CATALOG)
def test_question_gives_what_its_answer_names_as_turtle(web, web_service, answer_of, query_id):
    """The Turtle of an answer tells of every thing that the answer names."""
    given = complete(web_service, query_id)

    turtle = web.get(f"/questions/{query_id}.ttl", params={**given, "lang": "vi"}).content

    told = {quad.subject.value for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE)}
    cells = {
        cell.value
        for row in answer_of(query_id).rows
        for cell in row
        if isinstance(cell, Iri) and cell.value.startswith(ID)
    }
    named = {iri for iri in cells if iri in web_service.filed}
    assert named <= told


def test_form_of_an_answer_is_negotiated(web):
    """Without a suffix, Accept decides."""
    answer = web.get("/questions/officials-index", headers={"accept": "text/csv"})

    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert "Accept" in answer.headers["vary"]


def test_parts_of_a_long_answer_make_the_whole(web):
    """Paging loses no row and repeats none; Link leads from part to part."""
    whole = json.loads(web.get("/questions/article-facts.json").text)["results"]["bindings"]
    parts, address = [], "/questions/article-facts.json?page=1&size=97"
    while address:
        part = web.get(address)
        parts += json.loads(part.text)["results"]["bindings"]
        follow = re.search(r'<http://testserver([^>]*)>; rel="next"', part.headers["link"])
        address = follow and follow[1].replace("article-facts?", "article-facts.json?")

    assert parts == whole


def test_page_of_a_long_answer_leads_to_the_next(web):
    """A page shows 25 rows and links to the part before and the next."""
    page = web.get("/en/questions/article-facts?page=2", headers=HTML).text

    assert page.count("<tr>") == 26
    assert 'rel="prev"' in page
    assert 'rel="next"' in page
    assert "Rows 26–50 of" in page


@pytest.mark.parametrize(
    ("address", "status", "told"),
    [
        ("/questions/official-carreer", 404, "official-career"),
        ("/questions/official-career?oficial=x", 400, "Did you mean official?"),
        ("/questions/official-career?official=giang%20a%20tin", 400, "Giàng A Tính"),
        ("/questions/official-career?official=", 200, "bindings"),
        ("/questions/indicator-series", 400, "indicator-series needs indicator"),
        ("/questions/official-career?lang=fr", 400, "vi or en"),
        ("/questions/official-career?page=0", 400, "a number from 1"),
        ("/questions/official-career?page=-1", 400, "a number from 1"),
        ("/questions/official-career?size=100000", 400, "a number from 1"),
        ("/questions/official-career?page=1000", 404, "pages"),
    ],
)
def test_bad_question_is_answered_with_what_to_do(web, address, status, told):
    """What is wrong is named, with near names; an empty field counts as not filled."""
    answer = web.get(address, headers={"accept": "application/json"})

    assert (answer.status_code, told in answer.text) == (status, True)


def test_form_keeps_what_was_given_and_suggests_names(web):
    """A slug in the address is a name in the field, and the names of its kind are suggested."""
    page = web.get("/vi/questions/indicator-series?indicator=ty-le-ho-ngheo", headers=HTML).text

    assert re.search(r'<input id="p-indicator"[^>]* value="Tỷ lệ hộ nghèo"', page)
    assert '<option value="GRDP bình quân đầu người">' in page


@pytest.mark.parametrize(
    "address", ["/en/questions/follow-through?answered=yes", "/en/questions/commitments"]
)
def test_statement_in_an_answer_leads_to_its_page(web, address):
    """What a promise says is a link to the promise."""
    page = web.get(address, headers=HTML)

    assert re.search(
        r'<td[^>]*><a href="/en/doc/commitment/[^"]+--tiep-thu-kien-nghi">[^<]{20,}</a></td>', page.text
    )


def test_who_may_have_spoken_is_suggested(web):
    """Where anything may be named, officials, bodies, groups and places are suggested."""
    page = web.get("/en/questions/directives", headers=HTML).text

    assert '<option value="Phạm Minh Chính">' in page
    assert 'list="l-by"' in page


@pytest.mark.parametrize(
    ("address", "name", "option"),
    [
        ("observations-in-period?period=2020&status=target", "status", '<option value="Target" selected>'),
        ("directives", "topic", '<option value="Agriculture">'),
        ("follow-through?answered=no", "answered", '<option value="no" selected>Not answered</option>'),
        ("follow-through", "answered", '<option value="">any</option>'),
    ],
)
def test_what_has_few_values_is_a_list_to_choose_from(web, address, name, option):
    """Codes, and values that the question lists, are a select; the value given is the one selected."""
    page = web.get(f"/en/questions/{address}", headers=HTML).text
    select = page.partition(f'<select id="p-{name}"')[2].partition("</select>")[0]

    assert option in select
    assert select.count(" selected") == option.count(" selected")


def test_field_has_a_short_label_and_a_hint(web):
    """What a parameter means is its label as far as it is short; the rest stands below it."""
    page = web.get("/en/questions/official-career", headers=HTML).text

    assert '<label for="p-official">The official</label>' in page
    assert '<select id="p-official" name="official" aria-describedby="h-official">' in page
    assert '<span class="hint" id="h-official">Everybody if left out.</span>' in page


def test_value_that_is_not_listed_is_refused(web):
    """Where the values are listed another one is told what there is, and OpenAPI lists them."""
    answer = web.get("/questions/follow-through?answered=perhaps", headers={"accept": "application/json"})
    parameters = web.get("/openapi.json").json()["paths"]["/questions/follow-through"]["get"]["parameters"]

    assert answer.status_code == 400
    assert "yes or no is wanted" in answer.json()["detail"]
    assert next(one for one in parameters if one["name"] == "answered")["schema"]["enum"] == ["yes", "no"]


def test_question_leads_to_the_sparql_editor(web, web_service):
    """The way to the editor carries the question's SPARQL, which asks the same."""
    page = web.get("/en/questions/officials-index", headers=HTML).text
    text = unescape(re.search(r'(?s)<textarea name="query"[^>]*>\n(.*)</textarea>', page)[1])

    answer = web.get("/sparql", params={"query": text}, headers={"accept": "text/tab-separated-values"})

    assert '<form class="editor" action="/en/sparql" method="get">' in page

    assert answer.status_code == 200
    assert len(answer.text.splitlines()) == len(web_service.record.query("officials-index")) + 1
