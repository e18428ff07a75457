"""What the endpoint remembers, and what a client need not ask again."""

import pytest

from endpoint import OFFICIALS, ask
from laichau_kg.web.pool import Pool


@pytest.fixture
def asked(monkeypatch):
    """Give the list of texts that reach the processes."""
    texts = []
    ask_pool = Pool.ask

    def noted(self, text, **more):
        texts.append(text)
        return ask_pool(self, text, **more)

    monkeypatch.setattr(Pool, "ask", noted)
    return texts


def test_head_is_get_without_a_body(web):
    """HEAD gives the headers of GET, the length among them."""
    params = {"query": OFFICIALS}
    got = web.get("/sparql", params=params)
    head = web.head("/sparql", params=params)

    assert head.status_code == 200
    assert head.content == b""
    for name in ("content-type", "content-length", "etag"):
        assert head.headers[name] == got.headers[name]


def test_answer_that_is_known_is_not_sent_again(web):
    """The record does not change while it is served, so an answer is known by its question."""
    tag = ask(web, OFFICIALS).headers["etag"]
    again = web.get("/sparql", params={"query": OFFICIALS}, headers={"if-none-match": f'"x", {tag}'})

    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["etag"] == tag


def test_answer_to_get_is_remembered(web, asked):
    """The same GET is answered from memory, byte for byte; in another form it is asked."""
    query = OFFICIALS + " # remembered"
    first, again = ask(web, query), ask(web, query)
    ask(web, query, accept="text/csv")

    assert again.content == first.content
    assert again.headers["content-type"] == first.headers["content-type"]
    assert asked == [query, query]


@pytest.mark.parametrize("query", ["SELECT (RAND() AS ?x) {}", "SELECT ?x {"])
def test_chance_and_errors_are_not_remembered(web, asked, query):
    """What may come out differently is asked anew, and so is what failed."""
    ask(web, query)
    ask(web, query)

    assert asked == [query, query]


def test_post_is_asked_anew(web, asked):
    """A POST reaches the engine each time."""
    for _ in range(2):
        web.post("/sparql", content="ASK {}", headers={"content-type": "application/sparql-query"})

    assert asked == ["ASK {}", "ASK {}"]


@pytest.mark.parametrize(
    "other", [{"accept": "text/csv"}, {"format": "tsv"}, {"default-graph-uri": "http://e/"}]
)
def test_another_form_or_dataset_has_another_etag(web, other):
    """A tag names one answer in one form."""
    assert ask(web, OFFICIALS).headers["etag"] != ask(web, OFFICIALS, **other).headers["etag"]


@pytest.mark.parametrize("function", ["NOW()", "RAND()", "UUID()", "struuid( )"])
def test_answer_that_may_differ_has_no_etag(web, function):
    """What is asked of the clock or of chance is new each time."""
    answer = ask(web, f"SELECT ({function} AS ?x) {{}}")

    assert answer.status_code == 200
    assert "etag" not in answer.headers
