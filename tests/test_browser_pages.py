"""Every kind of page in real Chromium: accessible, narrow, quiet, and whole without scripts."""

from urllib.parse import quote

import pytest

from browsing import NARROW, WIDE, Visitor, chromium, rules_broken, window
from laichau_kg.web.pages import KIND_VIEWS
from mini import FIRST, TEXTS
from serving import serving

MEETING = "doan-cong-tac-bo-cong-thuong-lam-viec-tai-lai-chau"
PLAN = "trien-khai-ke-hoach-phat-trien-kinh-te-xa-hoi-2021-2025"
QUERY = quote("SELECT ?official ?name { ?official foaf:name ?name } ORDER BY ?name")
THINGS = {
    "article": PLAN,
    "document": "cac-chuong-trinh-de-an-ket-noi-ngang-lai-chau",
    "indicator": "grdp-binh-quan-dau-nguoi",
    "meeting": f"{MEETING}--buoi-lam-viec",
    "organization": "uy-ban-nhan-dan-tinh-lai-chau",
    "period": "2020",
    "person": "tran-tien-dung",
    "place": "lai-chau",
    "post": "chu-tich-uy-ban-nhan-dan-tinh-lai-chau",
    "recommendation": f"{MEETING}--von-cap-dien-thon-ban",
    "scheme": "topics",
}
PAGES = {
    "home": "/",
    "officials": "/officials",
    "organizations": "/organizations",
    "meetings": "/meetings",
    "documents": "/documents",
    "places": "/places",
    "articles": "/articles",
    "indicators": "/indicators",
    "targets": "/targets",
    "network": "/network?focus=person/tran-tien-dung",
    "questions": "/questions",
    "question": "/questions/indicator-series",
    "answer": "/questions/official-career?official=tran-tien-dung",
    "search": "/search?q=tran+tien+dung",
    "sparql answer": f"/sparql?query={QUERY}",
    "sparql fault": "/sparql?query=SELECT",
    "catalog": "/catalog",
    "dumps": "/dumps/",
    "ontology": "/ontology",
    "shapes": "/shapes",
    "rule": "/shapes/Article-title",
    "graph": f"/graph/{PLAN}",
    "unknown": "/doc/person/tran-tien-dun",
    "fact in its text": f"/doc/observation/{FIRST}--dien-thon-ban",
    **{kind: f"/doc/{kind}/{slug}" for kind, slug in THINGS.items()},
}
FAULTS = {"unknown": 404, "sparql fault": 400}
# Each page once: in turn Vietnamese on light paper, wide, and English on dark paper, narrow; the words
# of the two differ in length, and a fault of the frame or of a piece shows in either.
LOOKS = (("vi", "light", WIDE), ("en", "dark", NARROW))
# What is most used and most made of pieces is seen both ways.
BOTH_WAYS = ("home", "answer", "targets", "meeting")
VISITS = [
    f"{LOOKS[look][0]} {name}"
    for place, name in enumerate(PAGES)
    for look in (range(2) if name in BOTH_WAYS else (place % 2,))
]
# What is seen of the made-up articles.
SMALL = ("catalog", "dumps", "fact in its text")
# Where scripts add something: suggestions, sorting.
SCRIPTED = ("home", "officials", "answer")


@pytest.fixture(scope="module")
def browser():
    """Give Chromium."""
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def visitor(browser):
    """Give somebody who visits pages."""
    return Visitor(browser)


@pytest.fixture(scope="module")
def small(checkout):
    """Give the address of a server over the made-up articles with their texts; its dumps are soon made."""
    with serving("--root", str(checkout), "--sources", str(TEXTS)) as (_, address):
        yield address


@pytest.fixture(scope="module", params=VISITS)
def seen(request, visitor, site, small):
    """Give what a visit of a page in one language showed; the tests of a visit run one after the other."""
    lang, _, name = request.param.partition(" ")
    (looked,) = [look for look in LOOKS if look[0] == lang]
    _, scheme, viewport = looked
    server = small if name in SMALL else site
    return name, lang, visitor.visit(f"{server}{lang}{PAGES[name]}", scheme=scheme, viewport=viewport)


def test_every_view_of_a_thing_is_visited():
    """A new special page cannot be forgotten here."""
    assert set(KIND_VIEWS.values()) == {KIND_VIEWS[kind] for kind in THINGS if kind in KIND_VIEWS}


def test_axe_would_find_faults(browser):
    """The judge judges: a picture without words, faint letters and a nameless field are found."""
    with window(browser) as page:
        page.set_content(
            '<html lang="vi"><title>Lỗi</title><main><h1>Lỗi</h1><img src="data:,"><input>'
            '<p style="color: #aaa; background: #fff">mờ</p></main>'
        )
        found = {fault.partition(":")[0] for fault in rules_broken(page)}

    assert found == {"image-alt", "label", "color-contrast"}


def test_page_is_what_its_address_says(seen):
    """It answers, in the language of its address."""
    name, lang, visit = seen

    assert (visit.status, visit.language) == (FAULTS.get(name, 200), lang)


def test_axe_finds_nothing(seen):
    """WCAG 2.2 AA and axe's best practice hold."""
    assert seen[2].faults == []


def test_page_fits_a_narrow_window(seen):
    """At 320 pixels nothing but what lies within its frame is scrolled sideways."""
    assert seen[2].too_wide == []


def test_browser_has_no_complaint(seen):
    """No script fails, the policy is not broken, no file is missing."""
    assert seen[2].messages == []


def test_no_request_leaves_the_server(seen):
    """All that a page needs comes from where it came from."""
    assert seen[2].abroad == []


def test_printed_page_is_content_without_navigation(seen):
    """On paper there are heading and content, and nothing to press."""
    assert (seen[2].printed, seen[2].printed_navigation) == (True, [])


def test_tables_are_cards_in_a_narrow_window(seen):
    """No table but those of free queries has to be scrolled sideways."""
    assert seen[2].sideways == []


def test_forms_can_be_sent(seen):
    """Each form has its button, for where no script runs."""
    assert seen[2].unsendable == []


@pytest.mark.parametrize("name", SCRIPTED)
def test_content_is_there_without_scripts(visitor, site, name):
    """The same text and the same fields stand in the page where no script runs."""
    with_scripts, without = visitor.read_both_ways(f"{site}vi{PAGES[name]}")

    assert without == with_scripts


def test_sentence_around_the_words_is_shown_and_no_more(browser, small):
    """With the texts a fact's page has the sentence, the words marked in it, and not the article."""
    with window(browser) as page:
        page.goto(f"{small}vi{PAGES['fact in its text']}")
        sentence = page.get_by_role("blockquote").filter(has_text="Có 937/994 thôn bản dùng điện lưới")

        assert sentence.locator("mark").first.inner_text() == "937/994 thôn bản"
        assert "Tỉnh tặng 10 triệu đồng" not in page.get_by_role("main").inner_text()
