"""What people come for, done in real Chromium: with the mouse, with the keyboard alone, without scripts."""

import csv
import re
from urllib.parse import unquote, unquote_plus, urlsplit

import pytest
from lxml import etree
from playwright.sync_api import expect

from browsing import chromium, window

PERSON = "doc/person/tran-tien-dung"
POST = "Chủ tịch Ủy ban nhân dân tỉnh Lai Châu"
INDICATOR = "doc/indicator/grdp-binh-quan-dau-nguoi"
PNG = b"\x89PNG\r\n\x1a\n"
OFFICIALS = "SELECT ?name { ?official a lck:Official ; foaf:name ?name } ORDER BY ?name"
MOST_STOPS = 400
# Notes whatever gets the focus: what it is called, and whether that shows.
NOTING = """() => {
  window.noted = [];
  document.addEventListener("focusin", ({ target }) => {
    const style = getComputedStyle(target);
    const shows = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    window.noted.push({ html: target.outerHTML.slice(0, 120), shows });
  });
}"""
STOPS = """() => [...document.querySelectorAll(
    "a[href], button, input, select, textarea, summary, [tabindex='0']"
  )]
  .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.disabled)
  .map((one) => one.outerHTML.slice(0, 120))"""


@pytest.fixture(scope="module")
def browser():
    """Give Chromium."""
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def page(browser):
    """Give a reader's window; each journey begins by going somewhere, which forgets what was before."""
    with window(browser, accept_downloads=True) as opened:
        yield opened


@pytest.fixture(scope="module")
def plain(browser):
    """Give a window where no script runs."""
    with window(browser, java_script_enabled=False) as opened:
        yield opened


def path_of(page):
    """Tell where a window is, without the server's name."""
    return urlsplit(page.url).path.lstrip("/")


def type_name(page, name):
    """Type a name into the search field and wait until something is suggested."""
    page.get_by_role("combobox").first.press_sequentially(name)
    expect(page.get_by_role("option").first).to_be_visible()


def downloaded(page, link):
    """Press a link and return the bytes of the file that comes."""
    with page.expect_download() as awaited:
        link.click()
    return awaited.value.path().read_bytes()


def tab_to(page, wanted):
    """Press the tabulator until an element has the focus."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if wanted.evaluate("(one) => one === document.activeElement"):
            return
    pytest.fail(f"{wanted} is never reached")


def test_official_is_suggested_without_diacritics(page, site):
    """A name typed plainly leads to the official's page."""
    page.goto(f"{site}vi/")
    type_name(page, "tran tien dung")
    page.get_by_role("option", name="Trần Tiến Dũng").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Trần Tiến Dũng")
    assert path_of(page) == f"vi/{PERSON}"


def test_post_shows_the_words_that_attest_it_and_where_they_stand(page, site):
    """Beside a post are the words, and a link to their place in the article."""
    page.goto(f"{site}vi/{PERSON}")
    post = page.get_by_role("listitem").filter(has=page.get_by_role("link", name=POST))
    expect(post.first.locator("q").first).to_have_text("Chủ tịch UBND tỉnh")
    post.first.get_by_role("link", name="Bài về hội nghị triển khai các kế hoạch").click()

    expect(page.locator(":target")).to_contain_text("Chủ tịch UBND tỉnh")
    assert unquote(urlsplit(page.url).fragment) == "char=618,636"


def test_target_stands_beside_what_was_reached(page, site):
    """The targets page sets 65 million beside the estimate of 47.2 million, and leads on."""
    page.goto(f"{site}en/targets")
    row = page.get_by_role("row").filter(has_text="GRDP per head").filter(has_text="65 million")

    expect(row).to_contain_text("47.2 million")
    row.get_by_role("link", name="GRDP per head").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("GRDP per head")


def test_targets_are_sorted_by_what_was_reached(page, site):
    """The choice of an order is a link, and says that it is chosen."""
    page.goto(f"{site}vi/targets")
    first = page.get_by_role("row").nth(1).inner_text()
    page.get_by_role("link", name="mức đạt").click()

    expect(page.get_by_role("link", name="mức đạt")).to_have_attribute("aria-current", "true")
    assert page.get_by_role("row").nth(1).inner_text() != first


def test_chart_is_drawn_with_its_description(page, site):
    """The picture is there, and its text tells the figures to those who do not see it."""
    page.goto(f"{site}en/{INDICATOR}")
    chart = page.get_by_role("img", name=re.compile("GRDP per head"))

    expect(chart).to_be_visible()
    assert chart.evaluate("(one) => one.complete && one.naturalWidth > 400")
    assert "65" in chart.get_attribute("alt")


def test_chart_is_downloaded_as_svg(page, site):
    """A well-formed drawing arrives, with the indicator's name in it."""
    page.goto(f"{site}en/{INDICATOR}")
    drawing = etree.fromstring(downloaded(page, page.get_by_role("link", name="SVG", exact=True)))

    assert drawing.tag == "{http://www.w3.org/2000/svg}svg"
    assert "GRDP per head" in "".join(drawing.itertext())


def test_chart_is_downloaded_as_png(page, site):
    """A picture of a useful size arrives."""
    page.goto(f"{site}en/{INDICATOR}")
    picture = downloaded(page, page.get_by_role("link", name="PNG", exact=True))

    assert picture.startswith(PNG)
    assert int.from_bytes(picture[16:20]) > 800


def test_request_is_followed_to_the_promise_it_met(page, site):
    """From the question to the request, from the answer to the words of the promise."""
    page.goto(f"{site}en/questions")
    page.get_by_role("link", name="From request to result").click()
    page.get_by_label("Whether it was answered").select_option("Answered")
    page.get_by_role("button", name="Ask").click()
    row = page.get_by_role("row").filter(has_text="enough capital soon goes to powering villages")
    row.get_by_role("link", name="The Ministry took note of all").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("The Ministry took note of all")
    expect(page.get_by_role("link", name="Report on the working session").first).to_be_visible()


def test_meeting_shows_what_was_asked_and_what_came_of_it(page, site):
    """On the meeting's page the promise stands under the request."""
    page.goto(f"{site}en/doc/meeting/doan-cong-tac-bo-cong-thuong-lam-viec-tai-lai-chau--buoi-lam-viec")
    request = page.locator(".threads > li").filter(has_text="enough capital soon goes to powering villages")

    expect(request.get_by_role("listitem")).to_contain_text("The Ministry took note of all")


def test_answer_of_a_question_is_downloaded_as_csv(page, site):
    """The form is filled in, the answer read, and taken along."""
    page.goto(f"{site}vi/questions/official-career")
    page.locator("main").get_by_role("combobox").select_option("Trần Tiến Dũng")
    page.get_by_role("button", name="Hỏi").click()
    shown = page.get_by_role("row").filter(has_text="Chủ tịch UBND tỉnh").count()
    table = downloaded(page, page.get_by_role("link", name="CSV", exact=True)).decode()
    rows = list(csv.DictReader(table.splitlines()))

    assert shown == 2
    assert [row["quote"] for row in rows].count("Chủ tịch UBND tỉnh") == shown


def test_query_by_hand_is_answered_with_rows(page, site):
    """What is typed into the editor is asked."""
    page.goto(f"{site}en/sparql")
    page.get_by_role("textbox", name="Query").fill(OFFICIALS)
    page.get_by_role("button", name="Run the query").click()

    expect(page.get_by_role("cell", name="Trần Tiến Dũng")).to_be_visible()
    expect(page.get_by_role("table").first.get_by_role("row")).to_have_count(9)


def test_query_with_a_fault_is_kept_and_told_where_it_is(page, site):
    """The message names line and column; what was typed stays."""
    page.goto(f"{site}en/sparql")
    page.get_by_role("textbox", name="Query").fill("SELECT ?name {\n  ?official foaf:name name\n}")
    page.get_by_role("button", name="Run the query").click()

    expect(page.get_by_role("alert")).to_contain_text("Line 2, column 23")
    expect(page.get_by_role("textbox", name="Query")).to_have_value(re.compile("foaf:name name"))


@pytest.mark.parametrize(
    ("address", "heading"),
    [
        (PERSON, "Trần Tiến Dũng"),
        ("search?q=tran+tien+dung", "Search the record"),
        ("sparql?query=ASK%20%7B%7D", "SPARQL"),
        ("network?focus=person%2Ftran-tien-dung", "Network around Trần Tiến Dũng"),
    ],
)
def test_switch_of_language_stays_on_the_same_thing(page, site, address, heading):
    """The page is the same, in the other language."""
    page.goto(f"{site}vi/{address}")
    page.get_by_role("link", name="English").click()

    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert unquote_plus(page.url.removeprefix(f"{site}en/")) == unquote_plus(address)


@pytest.mark.parametrize(("locale", "lang"), [("en-GB", "en"), ("fr-FR", "vi")])
def test_first_page_speaks_the_reader_s_language(browser, site, locale, lang):
    """Without a language in the address the browser's counts; else Vietnamese."""
    with window(browser, locale=locale) as page:
        page.goto(site)

        expect(page.locator("html")).to_have_attribute("lang", lang)


def test_skip_link_is_the_first_stop_and_leads_to_the_content(page, site):
    """It shows itself when it has the focus, and moves the focus."""
    page.goto(f"{site}vi/officials")
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")

    expect(page.get_by_role("main")).to_be_focused()


def test_menu_is_used_by_keyboard(page, site):
    """Tab goes to an entry, Enter opens it."""
    page.goto(f"{site}vi/")
    tab_to(page, page.get_by_role("navigation", name="Chuyên mục").get_by_role("link", name="Mục tiêu"))
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Mục tiêu")


def test_suggestion_is_taken_by_keyboard(page, site):
    """Arrow and Enter take a suggestion."""
    page.goto(f"{site}vi/")
    tab_to(page, page.get_by_role("combobox").first)
    type_name(page, "tran tien dung")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option", selected=True)).to_contain_text("Trần Tiến Dũng")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Trần Tiến Dũng")


def test_suggestions_are_closed_by_escape(page, site):
    """The list goes; what was typed stays."""
    page.goto(f"{site}vi/")
    field = page.get_by_role("combobox").first
    type_name(page, "tran tien dung")
    page.keyboard.press("Escape")

    expect(page.get_by_role("option")).to_have_count(0)
    expect(field).to_have_value("tran tien dung")


def test_question_is_asked_by_keyboard(page, site):
    """A letter chooses the official, Tab goes to the button, Enter asks."""
    page.goto(f"{site}vi/questions/official-career")
    tab_to(page, page.locator("main").get_by_role("combobox"))
    page.keyboard.type("Trần Tiến")
    tab_to(page, page.get_by_role("button", name="Hỏi"))
    page.keyboard.press("Enter")

    expect(page.get_by_role("cell", name="Trần Tiến Dũng").first).to_be_visible()
    assert "official=" in page.url


def test_query_is_written_and_run_by_keyboard(page, site):
    """The editor lets the focus go on with Tab."""
    page.goto(f"{site}en/sparql")
    tab_to(page, page.get_by_role("textbox", name="Query"))
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type(OFFICIALS)
    tab_to(page, page.get_by_role("button", name="Run the query"))
    page.keyboard.press("Enter")

    expect(page.get_by_role("cell", name="Trần Tiến Dũng")).to_be_visible()


def test_table_is_sorted_by_keyboard(page, site):
    """A head is a button; which way it sorts is told to screen readers."""
    page.goto(f"{site}vi/officials")
    head = page.get_by_role("columnheader").first
    tab_to(page, head.get_by_role("button"))
    page.keyboard.press("Enter")
    expect(head).to_have_attribute("aria-sort", "ascending")
    page.keyboard.press("Enter")

    expect(head).to_have_attribute("aria-sort", "descending")
    expect(page.get_by_role("rowheader").first).to_contain_text("Trần Tuấn Anh")


@pytest.mark.parametrize(
    "address",
    [
        "vi/",
        f"en/{INDICATOR}",
        "en/questions/official-career",
        "vi/sparql?query=ASK%20%7B%7D",
    ],
)
def test_every_stop_is_reached_by_tab_and_shows_that_it_has_the_focus(page, site, address):
    """Nothing traps the focus, nothing is left out, nothing hides it."""
    page.goto(f"{site}{address}")
    stops = page.evaluate(STOPS)
    page.evaluate(NOTING)
    for _ in stops:
        page.keyboard.press("Tab")
    reached = page.evaluate("() => window.noted")

    assert sorted(one["html"] for one in reached) == sorted(stops)
    assert [one["html"] for one in reached if not one["shows"]] == []


def test_search_answers_without_scripts(plain, site):
    """Where no script runs the field in the head still finds."""
    plain.goto(f"{site}vi/")
    plain.get_by_role("searchbox").fill("tran tien dung")
    plain.get_by_role("searchbox").press("Enter")
    plain.get_by_role("main").get_by_role("link", name="Trần Tiến Dũng").click()

    expect(plain.get_by_role("heading", level=1)).to_have_text("Trần Tiến Dũng")


def test_question_answers_without_scripts(plain, site):
    """Where no script runs the form still asks."""
    plain.goto(f"{site}en/questions/official-career")
    plain.get_by_role("main").get_by_role("combobox").select_option("Trần Tiến Dũng")
    plain.get_by_role("button", name="Ask").click()

    expect(plain.get_by_role("cell", name="Trần Tiến Dũng").first).to_be_visible()
