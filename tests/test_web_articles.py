"""The pages of articles and of their facts, and the findings on the home page."""

import re
from html import unescape
from shutil import copytree

import pytest

from laichau_kg import open_record
from laichau_kg.layout import find_layout
from laichau_kg.vocab import ID, LCK, PREFIXES
from laichau_kg.web import open_service
from laichau_kg.web.pages.home import home
from laichau_kg.web.rendering import render
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
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", main).split()))


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


FACTS = {
    "observation": (
        f"{PREMIER}--grdp-binh-quan-dau-nguoi-2023",
        "GRDP per head, 2023: 47.2 million VND (estimate)",
        "GRDP bình quân đầu người, năm 2023: 47,2 triệu đồng (ước thực hiện)",
    ),
    "attestation": (
        f"{WORKING}--giang-a-tinh-pho-chu-tich-uy-ban-nhan-dan-tinh-lai-chau",
        "Giàng A Tính, Vice Chairman of the People's Committee of Lai Châu province, on 15 July 2020",
        "Giàng A Tính, Phó Chủ tịch Ủy ban nhân dân tỉnh Lai Châu, ngày 15/07/2020",
    ),
    "citation": (
        f"{WORKING}--cong-van-1129-ubnd-ktn",
        "Official dispatch No. 1129/UBND-KTN of the People's Committee of Lai Châu province (based on)",
        "Công văn số 1129/UBND-KTN của UBND tỉnh Lai Châu (căn cứ vào)",
    ),
    "omission": (
        f"{PREMIER}--gio-cap-nhat",
        "Page furniture: The time of day at which the page was updated.",
        "Phần phụ của trang: Giờ cập nhật của trang.",
    ),
    "commitment": (
        f"{WORKING}--co-che-dac-thu",
        "The Ministry promised to consider special arrangements for Lai Châu.",
        "Bộ hứa xem xét một cơ chế dành riêng cho Lai Châu.",
    ),
    "group": (
        f"{WORKING}--co-quan-tham-muu-bo-cong-thuong",
        "Advisory bodies of the Ministry of Industry and Trade",
        "Các cơ quan tham mưu của Bộ Công Thương",
    ),
}


@pytest.mark.parametrize("kind", FACTS)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_heading_of_a_fact_is_what_it_says(web, lang, kind):
    """The heading is a sentence, not a number or a class."""
    slug, english, vietnamese = FACTS[kind]

    html = page(web, lang, f"/doc/{kind}/{slug}")

    heading = unescape(re.search(r"<h1>(.*?)</h1>", html)[1])
    assert heading == (english if lang == "en" else vietnamese)


@pytest.mark.parametrize("kind", FACTS)
def test_fact_shows_its_evidence_and_article(web, kind):
    """Each fact leads to its place on its article's page."""
    html = page(web, "en", f"/doc/{kind}/{FACTS[kind][0]}")

    slug = FACTS[kind][0].partition("--")[0]
    evidence = html.partition('id="evidence"')[2].partition("</section>")[0]
    assert f'href="/en/doc/article/{slug}#char=' in evidence
    assert f'href="/en/doc/article/{slug}"' in html


def test_figure_is_held_against_targets_and_other_figures(web):
    """A figure's page tells the target it counts for, what contradicts it, and what stands beside it."""
    text = read(page(web, "en", f"/doc/observation/{FACTS['observation'][0]}"))

    told = text.partition(say("facts.results", "en"))[2]
    compared, _, told = told.partition(say("indicators.contradictions", "en"))
    disagreeing, _, beside = told.partition(say("facts.beside", "en"))
    assert "not yet (91.7% of the target) GRDP per head, 2024: ~51.5 million VND (target)" in compared
    assert "2025: 65 million VND" in compared
    assert "43.7 million VND" in disagreeing
    assert "2023: 3.4 million VND (change, against 2020, estimate)" in beside
    assert "2020: 43.7" not in beside


def test_request_leads_to_its_answer_and_back(web):
    """What came in answer is on the request's page, and the request on the answer's."""
    asked = page(web, "en", f"/doc/recommendation/{WORKING}--phuong-an-dau-noi-thuy-dien")

    (answer,) = set(re.findall(rf'href="/en(/doc/commitment/{WORKING}--[^"#]+)"', asked))
    answered = page(web, "en", answer)
    assert say("facts.answered", "en") in asked
    assert f"/doc/recommendation/{WORKING}--phuong-an-dau-noi-thuy-dien" in answered
    assert say("facts.answers", "en") in answered


def test_inferred_value_says_so(web, web_service):
    """What is inferred is told beside the words it is inferred from."""
    text = read(page(web, "en", f"/doc/attestation/{FACTS['attestation'][0]}"))

    assert say("thing.inferred", "en", what=web_service.label(LCK.attestedOn, "en")) in text


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_home_tells_findings_with_their_words(web, lang):
    """A target with its result, a contradiction and a request, each with its evidence and a way on."""
    html = page(web, lang, "/")

    told = html.partition('id="findings"')[2].partition("</section>")[0]
    cards = told.split('<article class="fact finding">')[1:]
    assert [re.search(r"<h3>(.*?)</h3>", card)[1] for card in cards] == [
        say(f"home.{kind}", lang) for kind in ("target", "contradiction", "request")
    ]
    assert [card.count('class="source"') for card in cards] == [2, 2, 2]
    assert [card.count('class="onward"') for card in cards] == [1, 1, 1]
    percent = {"vi": "bằng 91,7% mục tiêu", "en": "91.7% of the target"}[lang]
    assert percent in cards[0]


def test_home_tells_a_request_to_its_end_where_the_record_has_it(web):
    """Where no article reports what came of it, that is said."""
    told = read(page(web, "en", "/"))

    assert say("home.request-open", "en") in told


def test_findings_are_those_that_there_are(tmp_path):
    """A record without figures or requests has no findings, and a home page all the same."""
    small = tmp_path / "record"
    copytree(find_layout().root / "ontology", small / "ontology")
    copytree(find_layout().root / "queries", small / "queries")
    copytree(find_layout().root / "data" / "registers", small / "data" / "registers")
    (small / "data" / "articles").mkdir()

    with open_record(small) as record:
        html = render(service := open_service(record), home(service, "en", {}), "en")

    assert 'id="findings"' not in html
    assert html.count("<h1>") == 1
