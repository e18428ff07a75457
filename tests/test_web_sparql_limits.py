"""The endpoint's limits, as its clients meet them."""

import threading
import time
from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from endpoint import ENDLESS, OFFICIALS, ask
from laichau_kg.web import create_app, open_service
from laichau_kg.web.pool import Limits


@pytest.fixture(scope="module")
def tight(web_service):
    """Give a service with one slot and little memory, and its client."""
    limits = Limits(slots=1, memory=64 * 2**20)
    service = open_service(web_service.record, base="http://testserver/", limits=limits)
    with TestClient(create_app(service)) as client:
        yield service, client


@pytest.fixture
def narrow(tight):
    """Give a function that narrows further limits and gives the client."""
    service, client = tight
    usual = service.pool.limits

    def narrowed(**limits):
        service.pool.limits = replace(usual, **limits)
        return client

    yield narrowed
    service.pool.limits = usual


def test_limits_are_announced(web):
    """Every answer says how many rows and seconds there may be, also to scripts from elsewhere."""
    answer = ask(web, "ASK {}")

    assert answer.headers["x-laichau-row-limit"] == "100000"
    assert answer.headers["x-laichau-time-limit"] == "30"
    assert "X-Laichau-Truncated" in answer.headers["access-control-expose-headers"]
    assert "x-laichau-truncated" not in answer.headers


def test_cut_answer_says_so(narrow):
    """Rows beyond the limit are left out, and a header tells."""
    client = narrow(rows=5)
    answer = ask(client, OFFICIALS, accept="text/csv")

    assert answer.headers["x-laichau-truncated"] == "rows"
    assert answer.text.count("\r\n") == 6


@pytest.mark.parametrize(("length", "status"), [(200, 400), (201, 413), (600, 414)])
def test_long_address_is_refused(narrow, length, status):
    """A query in the address has the same limit as one in a body; what is no query is 400 anyway."""
    assert ask(narrow(text=200), "x" * length).status_code == status


def test_body_that_grows_too_long_is_stopped(web):
    """A body that does not say how long it is is counted as it comes."""
    chunks = (b"#" * 10_000 for _ in range(40))
    answer = web.post("/sparql", content=chunks, headers={"content-type": "application/sparql-query"})

    assert answer.status_code == 413


def test_query_out_of_time_is_504(narrow):
    """A query that takes too long is stopped, and the sentence says what to do."""
    answer = ask(narrow(timeout=0.3), ENDLESS)

    assert answer.status_code == 504
    assert "Narrow it" in answer.json()["detail"]


def test_query_out_of_memory_is_507(narrow):
    """A query that needs too much is stopped."""
    hungry = "SELECT ?a WHERE { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c"
    answer = ask(narrow(), hungry)

    assert answer.status_code == 507
    assert "memory" in answer.json()["detail"]


def test_too_many_queries_are_asked_to_come_again(narrow):
    """When all slots are taken and waiting is in vain, the answer is 503 with Retry-After."""
    client = narrow(waiting=1, patience=0.1)
    endless = threading.Thread(target=ask, args=(client, ENDLESS))
    endless.start()
    answer = ask(client, "SELECT (RAND() AS ?x) {}")
    while answer.status_code == 200:  # the endless one was not there yet
        time.sleep(0.02)
        answer = ask(client, "SELECT (RAND() AS ?x) {}")
    narrow(timeout=0.01)  # ends the endless one
    endless.join()

    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) >= 1
