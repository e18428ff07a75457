"""The editor, which the endpoint shows to browsers."""

import re
from urllib.parse import urlencode

import pytest

from endpoint import BROWSER, FORM, OFFICIALS, ask
from laichau_kg.vocab import BASE
from laichau_kg.web.pages.sparql import SHOWN


@pytest.mark.parametrize(("lang", "heading"), [("vi", "Truy vấn"), ("en", "Query")])
def test_browser_gets_the_editor(web, lang, heading):
    """People get a form in their language, with the prefixes and ready questions."""
    page = web.get(f"/{lang}/sparql", headers=BROWSER)

    assert page.status_code == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.headers["content-language"] == lang
    assert f'<label for="query">{heading}</label>' in page.text
    assert "<code>lck:</code>" in page.text
    assert '<option value="official-career">' in page.text


def test_language_of_the_editor_is_negotiated(web):
    """Without a prefix the browser's languages decide."""
    page = web.get("/sparql", headers=BROWSER | {"accept-language": "en-GB,en;q=0.8"})

    assert page.headers["content-language"] == "en"
    assert page.headers["vary"] == "Accept, Accept-Language"


def test_editor_shows_the_answer_with_links(web):
    """The answer is a table whose things lead to their pages."""
    page = web.get("/en/sparql", params={"query": OFFICIALS}, headers=BROWSER)

    assert '<a href="/en/doc/person/tran-tien-dung">lc-person:tran-tien-dung</a>' in page.text
    assert '<th scope="col">official</th>' in page.text


def test_download_of_the_editor_gives_the_form(web):
    """A download sends the editor's fields and gets the form, whatever the browser accepts most."""
    graph = f"{BASE}graph/register-officials"
    asked = {"query": OFFICIALS, "default-graph-uri": graph}
    page = web.get("/en/sparql", params=asked, headers=BROWSER).text
    answer = web.post("/sparql", content=urlencode(asked | {"format": "tsv"}), headers=FORM | BROWSER)

    assert f'<input type="hidden" name="default-graph-uri" value="{graph}">' in page
    assert 'form="editor" formaction="/sparql" formmethod="post" name="format" value="tsv"' in page
    assert answer.headers["content-type"] == "text/tab-separated-values; charset=utf-8"
    assert answer.text.startswith("?official\t?name\n")


@pytest.mark.parametrize("head", ["SELECT (1 AS ?x) {} # ", "SELECT "])
def test_editor_stays_small_whatever_is_asked(web, head):
    """A query of 15,000 bytes, answered or refused, is written twice and no more."""
    query = head + '"ề" ' * 2500
    page = web.get("/vi/sparql", params={"query": query}, headers=BROWSER)

    assert len(query.encode()) >= 15_000
    assert len(page.content) < 100_000


def test_editor_shows_the_first_rows_of_many(web):
    """A long answer is cut on the page, which says so."""
    page = web.get("/en/sparql", params={"query": "SELECT ?s { ?s ?p ?o }"}, headers=BROWSER)

    assert page.text.count("<tr><td>") == SHOWN + page.text.count(":</code></td>")
    assert f"This page shows the first {SHOWN} rows; the downloads have up to 100,000." in page.text
    assert len(page.content) < 100_000


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("ASK {}", "Yes (true)"),
        ("ASK { FILTER (false) }", "No (false)"),
        ("SELECT * { <http://e/none> ?p ?o }", "No rows"),
        ("CONSTRUCT { lc-place:lai-chau rdfs:comment 'a < b' } {}", "a &lt; b"),
        ("SELECT (12.5 AS ?x) {}", '<td class="number">12.5</td>'),
        ("SELECT (12.5 AS ?x) {}", '<th scope="col" class="number">x</th>'),
        ("SELECT ('tỉnh'@vi AS ?x) {}", '<td lang="vi">tỉnh</td>'),
        ("SELECT (<javascript:alert(1)> AS ?x) {}", "<td>javascript:alert(1)</td>"),
    ],
)
def test_editor_shows_each_kind_of_answer(web, query, shown):
    """Yes and no, nothing, graphs, numbers and texts each have their look, and no markup gets through."""
    page = web.get("/en/sparql", params={"query": query}, headers=BROWSER)

    assert shown in page.text


@pytest.mark.parametrize(
    ("lang", "where"),
    [
        ("vi", "Dòng 1, cột 8: chưa đúng cú pháp SPARQL 1.1."),
        ("en", "Line 1, column 8: this is not SPARQL 1.1."),
    ],
)
def test_editor_keeps_a_wrong_query_and_says_what_is_wrong(web, lang, where):
    """The text stands in the field again, the complaint above it, with the status of the error."""
    page = web.get(f"/{lang}/sparql", params={"query": "SELECT </textarea> {"}, headers=BROWSER)

    assert page.status_code == 400
    assert f"<p>{where}</p>" in page.text
    assert "SELECT <mark>&lt;/textarea&gt;</mark> {" in page.text
    assert "SELECT &lt;/textarea&gt; {</textarea>" in page.text
    assert 'aria-invalid="true"' in page.text


def test_editor_takes_a_query_by_post(web):
    """A query that is too long for an address can be posted from a form."""
    page = web.post("/en/sparql", content=urlencode({"query": OFFICIALS}), headers=FORM | BROWSER)

    assert page.status_code == 200
    assert "lc-person:tran-tien-dung" in page.text


@pytest.mark.parametrize("example", ["official-career", "documents", "record-size"])
def test_ready_question_can_be_changed_and_run(web, example):
    """The text of a canned question stands in the field, and the engine takes it."""
    page = web.get("/en/sparql", params={"example": example}, headers=BROWSER)
    field = re.search(r"<textarea[^>]*>\n(.*)</textarea>", page.text, re.DOTALL)[1]
    text = field.replace("&lt;", "<").replace("&gt;", ">").replace("&#34;", '"').replace("&amp;", "&")

    assert f'<option value="{example}" selected>' in page.text
    assert ask(web, text).status_code == 200


def test_unknown_example_is_passed_over(web):
    """A stale link to an example still opens the editor."""
    page = web.get("/en/sparql", params={"example": "no-such-question"}, headers=BROWSER)

    assert page.status_code == 200
