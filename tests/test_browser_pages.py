"""Every kind of page in real Chromium: accessible, narrow, quiet, and whole without scripts."""

from urllib.parse import quote

import pytest

from browsing import NARROW, WIDE, Visitor, chromium, rules_broken, window
from laichau_kg.web.pages import KIND_VIEWS

MEETING = "doan-cong-tac-bo-cong-thuong-lam-viec-tai-lai-chau"
PLAN = "trien-khai-ke-hoach-phat-trien-kinh-te-xa-hoi-2021-2025"
QUERY = quote("SELECT ?official ?name { ?official foaf:name ?name } ORDER BY ?name")
THINGS = {
    "article": PLAN,
    "assessment": f"{MEETING}--bo-truong-danh-gia-cao",
    "attestation": f"{MEETING}--giang-pao-my-bi-thu-tinh-uy-lai-chau",
    "author": "anh-nga",
    "citation": f"{MEETING}--cong-van-1129-ubnd-ktn",
    "commitment": f"{MEETING}--tiep-thu-kien-nghi",
    "directive": "hoi-nghi-truc-tuyen-6-thang-dau-nam-2022--day-manh-xuat-nhap-khau",
    "document": "cac-chuong-trinh-de-an-ket-noi-ngang-lai-chau",
    "goal": "hoi-nghi-truc-tuyen-6-thang-dau-nam-2022--hoan-thanh-chi-tieu-ke-hoach-2022",
    "group": "hoi-nghi-truc-tuyen-6-thang-dau-nam-2022--dai-bieu-tham-luan",
    "indicator": "grdp-binh-quan-dau-nguoi",
    "meeting": f"{MEETING}--buoi-lam-viec",
    "observation": f"{PLAN}--grdp-binh-quan-dau-nguoi-2020",
    "occurrence": f"{MEETING}--du-an-cap-dien-nong-thon-2015-2020",
    "omission": f"{MEETING}--danh-gia",
    "organization": "uy-ban-nhan-dan-tinh-lai-chau",
    "participation": f"{MEETING}--giang-a-tinh-bao-cao",
    "period": "2020",
    "person": "tran-tien-dung",
    "place": "lai-chau",
    "post": "chu-tich-uy-ban-nhan-dan-tinh-lai-chau",
    "recommendation": f"{MEETING}--von-cap-dien-thon-ban",
    "scheme": "topics",
    "status": "target",
    "topic": "agriculture",
    "unit": "million-vnd",
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
    "network": "/network",
    "network of one": "/network?focus=person/tran-tien-dung",
    "questions": "/questions",
    "question": "/questions/official-career",
    "answer": "/questions/official-career?official=tran-tien-dung",
    "search": "/search",
    "search found": "/search?q=tran+tien+dung",
    "sparql": "/sparql",
    "sparql answer": f"/sparql?query={QUERY}",
    "sparql fault": "/sparql?query=SELECT",
    "catalog": "/catalog",
    "dumps": "/dumps/",
    "ontology": "/ontology",
    "shapes": "/shapes",
    "graph": f"/graph/{PLAN}",
    "unknown": "/doc/person/tran-tien-dun",
    **{kind: f"/doc/{kind}/{slug}" for kind, slug in THINGS.items()},
}
FAULTS = {"unknown": 404, "sparql fault": 400}
# Each page in each language, in each scheme, wide and narrow; not all with all, for that shows no more.
LOOKS = {"vi": ("light", WIDE), "en": ("dark", NARROW)}
# Kinds whose pages are of one make; of these every other is seen in Vietnamese, the rest in English.
ALIKE = sorted(set(THINGS) - set(KIND_VIEWS) - {"observation", "recommendation"})
VISITS = [
    f"{lang} {name}"
    for name in PAGES
    for place, lang in enumerate(LOOKS)
    if name not in ALIKE or ALIKE.index(name) % 2 == place
]


@pytest.fixture(scope="module")
def browser():
    """Give Chromium."""
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def visitor(browser):
    """Give somebody who visits pages."""
    return Visitor(browser)


@pytest.fixture(scope="module", params=VISITS)
def seen(request, visitor, site):
    """Give what a visit of a page in one language showed; the tests of a visit run one after the other."""
    lang, _, name = request.param.partition(" ")
    scheme, viewport = LOOKS[lang]
    return name, lang, visitor.visit(f"{site}{lang}{PAGES[name]}", scheme=scheme, viewport=viewport)


def test_every_kind_with_a_page_of_its_own_is_visited():
    """A new special page cannot be forgotten here."""
    assert set(KIND_VIEWS) <= set(THINGS)


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
    """At 320 pixels nothing but tables within their frames is scrolled sideways."""
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


def test_content_is_there_without_scripts(seen):
    """The same text and the same fields stand in the page where no script runs."""
    assert seen[2].plain == seen[2].content


def test_forms_can_be_sent_without_scripts(seen):
    """Each form has its button."""
    assert seen[2].unsendable == []
