"""The pages of indicators and targets, and the charts that they show."""

import csv
import io
import json
import re

import pytest

from laichau_kg.web.pages.paging import part_of
from laichau_kg.web.wording import say

HTML = {"accept": "text/html"}
GRDP = "grdp-binh-quan-dau-nguoi"
PAGES = ["/indicators", f"/doc/indicator/{GRDP}", "/targets", "/network"]


def text_of(html):
    """Reduce a page to what is read of its main part, in one line."""
    main = html.partition("<main")[2].partition(">")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def rows(html):
    """List the rows of a page's tables, each as what is read of it."""
    return [text_of(f"<main>{row}</main>") for row in re.findall(r"(?s)<tr.*?</tr>", html)]


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("address", PAGES)
def test_page_is_small_and_keeps_the_policy(web, address, lang):
    """Each page is below 100 KB, has one heading, and no style or script of its own."""
    page = web.get(f"/{lang}{address}", headers=HTML)

    assert page.status_code == 200
    assert len(page.content) < 100_000
    assert page.text.count("<h1") == 1
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*(?:src=|ld\+json))", page.text)


@pytest.mark.parametrize(
    ("lang", "latest"), [("vi", "65 triệu đồng Năm 2025"), ("en", "65 million VND 2025")]
)
def test_index_tells_latest_result_and_target(web, lang, latest):
    """A line has the number of figures, the latest result with its status, and the latest target."""
    html = web.get(f"/{lang}/indicators", headers=HTML).text

    (line,) = [row for row in rows(html) if row.startswith(("GRDP bình quân", "GRDP per head"))]
    assert " 6 " in line
    assert "47" in line
    assert line.endswith(latest)


def test_index_lists_every_indicator_that_has_figures(web, web_service):
    """None is left out, whatever its topic."""
    html = web.get("/en/indicators", headers=HTML).text

    indicators = {
        str(iri).rpartition("/")[2] for iri in web_service.ask("indicators-index", "en").column("indicator")
    }
    assert {slug for slug in indicators if f'/en/doc/indicator/{slug}"' not in html} == set()


@pytest.mark.parametrize(
    ("page", "shown"), [("1", list(range(40))), ("3", list(range(80, 95)))], ids=["first", "last"]
)
def test_long_lists_are_parted(page, shown):
    """Each part has its items, and links to all parts."""
    part = part_of(range(95), {"page": page}, most=40)

    assert list(part.items) == shown
    assert part.addresses("/x?sort=a") == [(1, "/x?sort=a"), (2, "/x?sort=a&page=2"), (3, "/x?sort=a&page=3")]


def test_a_short_list_is_one_part():
    """There is nothing to turn over."""
    assert part_of([], {}, most=40).addresses("/x") == []


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_indicator_page_has_the_same_figures_as_its_chart(web, web_service, lang):
    """The table under the chart has each figure, with its evidence."""
    html = web.get(f"/{lang}/doc/indicator/{GRDP}", headers=HTML).text
    found = web_service.ask("indicator-series", lang, indicator=GRDP).records()

    read = text_of(html)
    assert html.count('class="badge') == len(found)
    assert [row["quote"] for row in found if f"{row['quote']}" not in read] == []


def test_picture_says_what_it_shows(web):
    """The picture's text tells the latest figures, and that the table has them all."""
    html = web.get(f"/en/doc/indicator/{GRDP}", headers=HTML).text

    alt = re.search(r'<img[^>]* alt="([^"]+)"', html)[1]
    assert "65 million VND (2025)" in alt
    assert alt.endswith(say("indicators.alt", "en", description="").strip().partition(".")[2].strip())


def test_contradiction_is_told_with_both_sources(web):
    """What does not agree is said in a sentence, with the words of both articles."""
    read = text_of(web.get(f"/en/doc/indicator/{GRDP}", headers=HTML).text)

    told = read.partition(say("indicators.contradictions", "en"))[2]
    assert "43.7 million VND; the later 47.2 million VND and its change imply 43.8 million VND" in told
    assert "43,7 triệu đồng" in told
    assert "47,2 triệu đồng" in told


def test_cross_check_tells_base_and_difference(web):
    """A level and its change imply a base, which is held against the one that is stated."""
    html = web.get(f"/en/doc/indicator/{GRDP}", headers=HTML).text

    assert any(re.search(r"2023 47\.2 .*3\.4 .*2020 43\.8 .*43\.7 .*0\.1", row) for row in rows(html))


def test_broader_and_narrower_indicators_are_linked(web):
    """From the whole to its parts, and back."""
    part = "tang-truong-grdp-dich-vu"

    assert (
        f"/en/doc/indicator/{part}" in web.get("/en/doc/indicator/toc-do-tang-truong-grdp", headers=HTML).text
    )
    assert (
        "/en/doc/indicator/toc-do-tang-truong-grdp" in web.get(f"/en/doc/indicator/{part}", headers=HTML).text
    )


def test_indicator_without_figures_has_a_page_without_chart(web, web_service):
    """What is only in the code list is explained, and nothing is drawn."""
    known = {iri.rpartition("/")[2] for iri in web_service.filed.things() if "/id/indicator/" in iri}
    used = {
        str(iri).rpartition("/")[2] for iri in web_service.ask("indicators-index", "en").column("indicator")
    }

    page = web.get(f"/en/doc/indicator/{min(known - used)}", headers=HTML)

    assert page.status_code == 200
    assert "<img" not in page.text


@pytest.mark.parametrize(
    ("form", "media_type"),
    [("svg", "image/svg+xml"), ("png", "image/png"), ("csv", "text/csv"), ("json", "application/json")],
)
def test_chart_is_downloaded_in_each_form(web, form, media_type):
    """Each form comes with its media type and an ETag."""
    response = web.get(f"/charts/{GRDP}.vi.{form}")

    assert response.status_code == 200
    assert response.headers["content-type"].partition(";")[0] == media_type
    assert (
        web.get(f"/charts/{GRDP}.vi.{form}", headers={"if-none-match": response.headers["etag"]}).status_code
        == 304
    )


def test_language_of_a_chart_is_in_its_name_or_its_query(web):
    """Both ways lead to the same picture; without either it is Vietnamese."""
    named = [
        web.get(f"/charts/{GRDP}{name}").content for name in (".en.svg", ".svg?lang=en", ".vi.svg", ".svg")
    ]

    assert named[0] == named[1] != named[2] == named[3]


def test_narrow_chart_is_for_telephones(web):
    """It is no wider than a telephone's page."""
    svg = web.get(f"/charts/{GRDP}.vi.narrow.svg").text

    assert int(re.search(r'<svg[^>]* width="(\d+)"', svg)[1]) <= 340


def test_downloads_hold_the_figures(web):
    """CSV has them with their evidence, Vega-Lite with its data inline."""
    table = list(csv.DictReader(io.StringIO(web.get(f"/charts/{GRDP}.en.csv").text, newline="")))
    spec = json.loads(web.get(f"/charts/{GRDP}.en.json").text)

    drawn = [row for name, data in spec["datasets"].items() if name.startswith("figures-") for row in data]
    assert len(table) == len(drawn) == 6
    assert {row["evidence"] for row in table} == {row["evidence"] for row in drawn}


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/charts/nothing.svg", 404),
        (f"/charts/{GRDP}.fr.svg", 404),
        (f"/charts/{GRDP}.pdf", 404),
        (f"/charts/{GRDP}.svg?lang=fr", 400),
        (f"/charts/{GRDP}.svg?size=huge", 400),
        ("/vi/targets?sort=size", 400),
        ("/vi/targets?page=0", 400),
        ("/vi/targets?page=99", 400),
        ("/vi/targets?page=x", 400),
        ("/vi/network?focus=person/nobody", 404),
    ],
)
def test_wrong_address_is_refused_with_a_sentence(web, address, status):
    """What is not there, or not understood, is said."""
    response = web.get(address, headers=HTML)

    assert response.status_code == status
    assert re.search(r'<p class="lead">[^<]+\.</p>', response.text)


def test_targets_are_all_listed_once(web, web_service):
    """Each target has one row, whatever number of results compares."""
    html = web.get("/en/targets", headers=HTML).text

    targets = set(web_service.ask("targets-and-results", "en").column("target"))
    assert len(rows(html)) - 1 == len(targets) == 32


@pytest.mark.parametrize(
    ("lang", "words"),
    [("en", {"met so far", "not yet", "not known"}), ("vi", {"đến kỳ đó đạt", "chưa đạt", "chưa rõ"})],
)
def test_what_was_reached_is_told_in_words_and_by_a_mark(web, lang, words):
    """A state is a word with a mark of its own, not a colour."""
    html = web.get(f"/{lang}/targets", headers=HTML).text
    style = web.get("/static/site.css").text

    found = set(re.findall(r'class="reached (reached-[a-z-]+)">([^<]+)', html))
    marks = re.findall(r'\.(reached-[a-z-]+)::before \{ content: "(.)"', style)
    assert {word for _, word in found} == words
    assert {state for state, _ in found} <= dict(marks).keys()
    assert len({mark for _, mark in marks}) == len(marks)


@pytest.mark.parametrize("sort", ["indicator", "period", "reached"])
def test_targets_are_sorted_by_links_alone(web, sort):
    """Each order has a link, marks itself, and has the same targets."""
    html = web.get(f"/en/targets?sort={sort}", headers=HTML).text
    listed = rows(html)[1:]

    assert f'href="/en/targets?sort={sort}" aria-current="true"' in html
    assert sorted(listed) == sorted(rows(web.get("/en/targets", headers=HTML).text)[1:])


def test_targets_by_period_go_from_early_to_late(web):
    """The column that is sorted by stands in order."""
    html = web.get("/en/targets?sort=period", headers=HTML).text

    ends = [int(years[-4:]) for years in re.findall(r"</th>\s*<td[^>]*>([\d–]+)</td>", html)]
    assert ends == sorted(ends)
    assert len(set(ends)) > 1


def test_targets_by_what_was_reached_stand_in_groups(web):
    """Each state's targets stand together."""
    html = web.get("/en/targets?sort=reached", headers=HTML).text.partition("<tbody>")[2]

    states = re.findall(r'class="reached reached-([a-z-]+)"', html)
    assert len(list(dict.fromkeys(states))) == sum(
        one != other for one, other in zip(states, ["", *states], strict=False)
    )


def test_target_is_told_with_its_latest_result(web):
    """Target, result, period and share stand in one row."""
    html = web.get("/en/targets", headers=HTML).text

    (row,) = [row for row in rows(html) if row.startswith("GRDP per head") and "~51.5" in row]
    assert "47.2 million VND Estimate, 2023 not yet 91.7% of the target" in row
    assert "51,5 triệu đồng" in row


def test_indicator_leads_to_its_targets(web):
    """The link ends at the first of them."""
    page = web.get(f"/en/doc/indicator/{GRDP}", headers=HTML).text

    assert f'href="/en/targets#{GRDP}"' in page
    assert f'<tr id="{GRDP}">' in web.get("/en/targets", headers=HTML).text
