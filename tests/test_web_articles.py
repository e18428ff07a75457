"""The pages of articles and of their facts, and the findings on the home page."""

import re

import pytest

from laichau_kg.vocab import ID, LCK, PREFIXES
from laichau_kg.web.wording import say

HTML = {"accept": "text/html"}
HAS_SOURCE = PREFIXES["oa"] + "hasSource"
ARTICLES = [
    "doan-cong-tac-bo-cong-thuong-lam-viec-tai-lai-chau",
    "hoi-nghi-truc-tuyen-6-thang-dau-nam-2022",
    "lai-chau-tang-toc-but-pha-2024",
    "thu-tuong-lam-viec-voi-tinh-lai-chau",
    "trien-khai-ke-hoach-phat-trien-kinh-te-xa-hoi-2021-2025",
]
WORKING = "doan-cong-tac-bo-cong-thuong-lam-viec-tai-lai-chau"
PREMIER = "thu-tuong-lam-viec-voi-tinh-lai-chau"


def read(html):
    """Reduce a page to what is read of its main part, in one line."""
    main = html.partition("<main")[2].partition(">")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def page(web, lang, address):
    """Fetch a page."""
    response = web.get(f"/{lang}{address}", headers=HTML)
    assert response.status_code == 200
    return response.text


def test_articles_are_those_of_the_record(web_service):
    """The list here, which names the tests, is the record's."""
    assert [f"{ID}article/{slug}" for slug in ARTICLES] == web_service.filed.instances(LCK.Article)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_index_lists_the_newest_first(web, lang):
    """Each article has its card; those without a day come last."""
    html = page(web, lang, "/articles")

    cards = re.findall(rf'card-title" href="/{lang}/doc/article/([^"]+)"', html)
    assert cards[:3] == [PREMIER, ARTICLES[4], WORKING]
    assert sorted(cards) == ARTICLES
    assert html.count(f'"faint">{say("articles.undated", lang)}') == 2


@pytest.mark.parametrize("slug", ARTICLES)
def test_every_place_of_the_article_has_one_anchor(web, web_service, slug):
    """An evidence's fragment is an id of the page, whatever rests on it."""
    html = page(web, "vi", f"/doc/article/{slug}")

    anchors = re.findall(r'\sid="(char=[^"]+)"', html)
    places = web_service.filed.subjects(HAS_SOURCE, f"{ID}article/{slug}")
    assert sorted(anchors) == sorted(place.partition("#")[2] for place in places)


@pytest.mark.parametrize("slug", ARTICLES)
def test_every_fact_of_the_article_is_told_once(web, web_service, slug):
    """The page has one link to the page of each fact, in the order of their first words."""
    html = page(web, "en", f"/doc/article/{slug}")

    facts = [str(fact) for fact in web_service.ask("article-facts", "en", article=slug).column("fact")]
    linked = re.findall(r'</small> <a href="/en/doc/([^"]+)"', html)
    told = [one for one in linked if not one.startswith("omission/")]
    assert sorted(ID + one for one in told) == sorted(facts)
    starts = [int(start) for start in re.findall(r'<li id="char=(\d+),', html.partition('id="omissions"')[0])]
    assert starts == sorted(starts)


@pytest.mark.parametrize(("lang", "told"), [("vi", "10.001 ký tự"), ("en", "10,001 characters")])
def test_article_tells_where_it_is_from(web, lang, told):
    """Title, site, author, day and length stand at its head."""
    text = read(page(web, lang, f"/doc/article/{ARTICLES[4]}"))

    head = text.partition(say("articles.facts", lang, count=127))[0]
    assert told in head
    assert "cchc.laichau.gov.vn" in head
    assert "Anh Nga" in head
    assert {"vi": "14/12/2020", "en": "14 December 2020"}[lang] in head


def test_omission_is_told_with_its_reason(web):
    """What is left out stands below the facts, with why."""
    text = read(page(web, "en", f"/doc/article/{PREMIER}"))

    told = text.partition(say("articles.omissions-lead", "en"))[2]
    assert "Page furniture: The time of day at which the page was updated." in told


def test_article_without_omissions_has_no_list_of_them(web):
    """A section of nothing is left away."""
    html = page(web, "en", "/doc/article/hoi-nghi-truc-tuyen-6-thang-dau-nam-2022")

    assert say("articles.omissions", "en") not in html


def test_unknown_day_is_said_to_be_so(web):
    """An article without a day says that, not nothing."""
    text = read(page(web, "vi", "/doc/article/lai-chau-tang-toc-but-pha-2024"))

    assert f"{say('articles.published', 'vi')} {say('articles.undated', 'vi')}" in text


def test_words_of_an_article_are_in_its_language(web):
    """A quotation on an English page says that it is Vietnamese."""
    html = page(web, "en", f"/doc/article/{PREMIER}")

    assert '<p class="at" lang="vi">“Ủy viên Trung ương Đảng”</p>' in html
