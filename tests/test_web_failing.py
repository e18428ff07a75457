"""What people and programs are told of errors, each in their way."""

import re
from html import unescape

import pytest
from starlette.exceptions import HTTPException

from laichau_kg.errors import (
    LimitExceededError,
    ParameterError,
    QueryError,
    SparqlSyntaxError,
    StoreBusyError,
    StoreError,
    UpdateRefusedError,
)
from laichau_kg.web.failing import Failure, said, told
from laichau_kg.web.wording import say

HTML = {"accept": "text/html"}
PROGRAM = {"accept": "application/json"}


def page_of(web, address):
    """Get an error's page: its text, and its links with their addresses."""
    html = unescape(web.get(address, headers=HTML).text.partition("<h1>")[2].partition("</main>")[0])
    return " ".join(re.sub(r"<[^>]+>", " ", html).split()), re.findall(r'<a href="([^"]+)">([^<]+)</a>', html)


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/vi/nothing", "Không có trang nào ở /vi/nothing."),
        ("/en/nothing", "There is nothing at /en/nothing."),
        ("/vi/doc/person/tran-tien-dun", "Hồ sơ không có gì tên là “tran-tien-dun”."),
        ("/en/doc/person/tran-tien-dun", "The record has nothing called “tran-tien-dun”."),
        ("/vi/questions/official-carreer", "Không có câu hỏi nào mang mã “official-carreer”."),
        ("/vi/shapes/Article-titel", "Không có quy tắc nào tên là “Article-titel”."),
        ("/vi/questions/official-career?oficial=x", "Trang này không có tham số “oficial”."),
        ("/vi/questions/meetings?from=hôm qua", "“hôm qua” không dùng được cho “Từ ngày này”. Cần một ngày"),
        ("/en/questions/meetings?from=2020", "“2020” does not fit “Not before this day”. A day"),
        ("/vi/questions/official-career?page=0", "“0” không dùng được cho “page”. Cần một số nguyên"),
        ("/vi/questions/official-career?page=99", "Câu trả lời có 1 trang; không có trang 99."),
        ("/vi/targets?page=99", "“99” không dùng được cho “page”. Cần số của một trang có thật."),
        ("/vi/targets?sort=x", "“x” không dùng được cho “sort”."),
        ("/vi/network?focus=person/x", "Hồ sơ không có gì tên là “person/x”."),
        ("/vi/graph/nothing-of-the-kind", "Hồ sơ không có gì tên là “nothing-of-the-kind”."),
    ],
)
def test_error_page_says_what_is_wrong_in_its_language(web, address, sentence):
    """A page has its own sentence, made of what the error knows, and no near names in it."""
    assert sentence in page_of(web, address)[0]


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("/vi/doc/person/tran-tien-dun", ("/vi/doc/person/tran-tien-dung", "Trần Tiến Dũng")),
        (
            "/vi/questions/official-carreer",
            ("/vi/questions/official-career", "Quá trình công tác của một người"),
        ),
        (
            "/vi/questions/official-career?oficial=x",
            ("/vi/questions/official-career?official=x", "official"),
        ),
        (
            "/vi/questions/co-participants?official=giang+a+tin&page=1",
            ("/vi/questions/co-participants?official=Gi%C3%A0ng+A+T%C3%ADnh&page=1", "Giàng A Tính"),
        ),
        ("/en/targets?sort=x", ("/en/targets?sort=period", "period")),
        ("/en/shapes/Article-titel", ("/en/shapes/Article-title", "Article-title")),
        (
            "/en/graph/lai-chau-tang-toc-but-pha-202",
            ("/en/graph/lai-chau-tang-toc-but-pha-2024", "lai-chau-tang-toc-but-pha-2024"),
        ),
    ],
)
def test_what_may_be_meant_is_a_link_that_asks_for_it(web, address, link):
    """A near name is shown once, by its label, and leads where the reader wanted to go."""
    text, links = page_of(web, address)

    assert link in links
    assert text.count(link[1]) == 1


def test_wrong_question_leads_back_to_its_form(web):
    """Who gave a wrong value can fill in the form again."""
    links = page_of(web, "/en/questions/official-career?official=nobody-at-all")[1]

    assert ("/en/questions/official-career", say("error.form", "en")) in links


@pytest.mark.parametrize(
    ("address", "detail"),
    [
        ("/nothing", "There is nothing at /nothing."),
        ("/doc/person/x.svg", "person/x is not in the record."),
        ("/doc/place/lai-chau.svg", "There is no form .svg of /doc/place/lai-chau; there are .html,"),
        ("/questions/official-career?page=99", "The answer has 1 pages; there is no page 99."),
        ("/dumps/x", "There is no file 'x' among the dumps; there are: "),
        (
            "/questions/official-career?official=giang+a+tin",
            "official: 'giang a tin' is not a person in the record. Did you mean Giàng A Tính",
        ),
    ],
)
def test_programs_are_told_in_english_with_all_that_is_known(web, address, detail):
    """Problem details have the library's own sentence."""
    assert web.get(address, headers=PROGRAM).json()["detail"].startswith(detail)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize(
    ("error", "status", "key"),
    [
        (SparqlSyntaxError("no", line=2, column=3), 400, "syntax-at"),
        (SparqlSyntaxError("no"), 400, "syntax"),
        (UpdateRefusedError("no"), 400, "refused"),
        (LimitExceededError("no", limit="time"), 400, "limit-time"),
        (LimitExceededError("no", limit="memory"), 400, "limit-memory"),
        (QueryError("no"), 400, "engine"),
        (StoreBusyError("no", after=5), 503, "busy"),
        (StoreError("no"), 503, "store"),
        (ParameterError("no", name="a", fault="missing"), 400, "parameter-missing"),
        (Failure(503, "error.crowd"), 503, "crowd"),
        (HTTPException(415, "no"), 415, "said-415"),
        (HTTPException(418, "no"), 418, "failed"),
        (ZeroDivisionError("no"), 500, "failed"),
    ],
)
def test_each_kind_of_error_has_its_sentence(web_service, lang, error, status, key):
    """What fails has a sentence in both languages, made of what the error knows, and a status."""
    known = {"seconds": getattr(error, "after", "30"), **vars(error)}

    assert said(web_service, error, lang) == say(f"error.{key}", lang, **known)
    assert told(error)[0] == status
