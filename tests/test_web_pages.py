"""The pages of officials, posts, bodies, meetings, documents and places."""

import re

import pytest

from laichau_kg.vocab import ID
from laichau_kg.web.pages.parts import listed
from laichau_kg.web.pages.statements import room, statements
from laichau_kg.web.pages.timelines import timeline
from laichau_kg.web.wording import say

HTML = {"accept": "text/html"}
WORKING_SESSION = "doan-cong-tac-bo-cong-thuong-lam-viec-tai-lai-chau--buoi-lam-viec"
PAGES = [
    "/officials",
    "/organizations",
    "/meetings",
    "/documents",
    "/places",
    "/doc/person/giang-pao-my",
    "/doc/post/bi-thu-tinh-uy-lai-chau",
    "/doc/organization/chinh-quyen-tinh-lai-chau",
    f"/doc/meeting/{WORKING_SESSION}",
    "/doc/document/quyet-dinh-200-qd-ttg",
    "/doc/place/lai-chau",
]


def attestation(official, post, day, number=0):
    """Make a row of the question `post-holders`."""
    return {
        "official": f"person/{official}",
        "officialLabel": official,
        "post": f"post/{post}",
        "postLabel": post,
        "organization": "organization/x",
        "organizationLabel": "x",
        "attestedOn": day,
        "attestation": f"attestation/{official}-{post}-{day}-{number}",
    }


def main_of(html):
    """Take the main part of a page."""
    return html.partition("<main")[2].partition("</main>")[0]


def text_of(html):
    """Reduce HTML to what is read of it, in one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def section_of(html, name):
    """Reduce a section of a page to what is read of it."""
    return text_of(html.partition(f'aria-labelledby="{name}"')[2].partition("</section>")[0])


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("address", PAGES)
def test_page_is_small_and_keeps_the_policy(web, address, lang):
    """Each page is below 100 KB, has one heading, and no style or script of its own."""
    page = web.get(f"/{lang}{address}", headers=HTML)

    assert page.status_code == 200
    assert len(page.content) < 100_000
    assert page.text.count("<h1") == 1
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*(?:src=|ld\+json))", page.text)


@pytest.mark.parametrize("address", PAGES)
def test_anchors_of_a_page_are_told_apart(web, address):
    """No two parts of a page have one name, and each section is named by its heading."""
    html = web.get(f"/en{address}", headers=HTML).text
    names = re.findall(r'\sid="([^"]+)"', html)

    assert len(names) == len(set(names))
    assert set(re.findall(r'aria-labelledby="([^"]+)"', html)) <= set(names)


@pytest.mark.parametrize(
    ("lang", "seen"), [("vi", "15/07/2020 – 19/11/2023"), ("en", "15 July 2020 – 19 November 2023")]
)
def test_officials_are_listed_with_posts_and_days(web, lang, seen):
    """An official stands in the index with each post, and the first and last day seen."""
    html = web.get(f"/{lang}/officials", headers=HTML).text
    (row,) = [row for row in re.findall(r"(?s)<tr>.*?</tr>", html) if "person/giang-pao-my" in row]

    assert row.count("/doc/post/") == 4
    assert seen in text_of(row)


@pytest.mark.parametrize(
    ("lang", "shown"),
    [
        ("vi", "Bí thư Tỉnh ủy Lai Châu nêu lần đầu 15/07/2020, lần cuối 19/11/2023 15/07/2020 :"),
        (
            "en",
            "Party Committee first shown 15 July 2020, last shown 19 November 2023 15 July 2020 :",
        ),
    ],
)
def test_posts_of_an_official_stand_on_a_timeline_with_their_evidence(web, lang, shown):
    """A post tells the days on which it is shown, and the words that show it, in the article's spelling."""
    posts = section_of(web.get(f"/{lang}/doc/person/giang-pao-my", headers=HTML).text, "posts")

    assert f"{shown} Bí thư Tỉnh uỷ ," in posts
    assert say("parts.timeline-note", lang) in posts


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("vi", "Chỉ đạo (36) "),
        ("en", "Orders and directives (36) "),
    ],
)
def test_official_page_tells_meetings_sayings_and_company(web, lang, said):
    """An official's page has the meetings with roles, what was said, and who was there too."""
    html = web.get(f"/{lang}/doc/person/tran-tien-dung", headers=HTML).text

    assert "/doc/meeting/trien-khai-ke-hoach" in html
    assert said in section_of(html, "said")
    assert "Giàng A Tính" in section_of(html, "companions")


@pytest.mark.parametrize(("lang", "when"), [("vi", "nêu ngày 15/07/2020"), ("en", "shown on 15 July 2020")])
def test_post_page_tells_who_was_shown_in_it(web, lang, when):
    """A post's page has its body, and each official who is shown in it, with the day."""
    html = web.get(f"/{lang}/doc/post/bo-truong-bo-cong-thuong", headers=HTML).text

    assert "/doc/organization/bo-cong-thuong" in main_of(html)
    assert f"Trần Tuấn Anh {when}" in section_of(html, "holders")


@pytest.mark.parametrize(
    ("lang", "kind", "name"),
    [("vi", "Bộ", "Bộ Công Thương"), ("en", "Ministry", "Ministry of Industry and Trade")],
)
def test_bodies_are_listed_by_kind(web, lang, kind, name):
    """A body stands under its kind, with what it is part of and who is shown in its posts."""
    html = web.get(f"/{lang}/organizations", headers=HTML).text
    section = section_of(html, "ministry")

    assert section.removeprefix("> ").startswith(f"{kind} (1) {name}")
    assert section.endswith("Trần Tuấn Anh")


@pytest.mark.parametrize(
    ("lang", "attended"),
    [
        ("vi", "Đoàn công tác của Bộ Công Thương: Người dự"),
        ("en", "Delegation of the Ministry of Industry and Trade: Attendee"),
    ],
)
def test_body_page_tells_posts_meetings_and_promises(web, lang, attended):
    """A body's page has its posts, the meetings that its delegation was at, and what it promised."""
    html = web.get(f"/{lang}/doc/organization/bo-cong-thuong", headers=HTML).text

    assert "Trần Tuấn Anh" in section_of(html, "posts")
    assert attended in section_of(html, "meetings")
    assert f"{say('statements.commitments', lang)} (7)" in section_of(html, "said")
    assert say("statements.recommendations", lang) in section_of(html, "heard")


def test_body_page_lists_the_documents_it_issued(web):
    """A document stands on the page of its issuer, with its kind and how often it is cited."""
    html = web.get("/en/doc/organization/dai-hoi-dang-bo-tinh-lai-chau-lan-thu-xiv", headers=HTML).text

    assert "citations: 6" in section_of(html, "documents")


@pytest.mark.parametrize(("lang", "day"), [("vi", "13/12/2020"), ("en", "13 December 2020")])
def test_meetings_are_listed_latest_first(web, lang, day):
    """The latest meeting comes first, those without a date last."""
    rows = re.findall(r"(?s)<tr>.*?</tr>", web.get(f"/{lang}/meetings", headers=HTML).text)[1:]

    assert text_of(rows[0]).startswith(day)
    assert text_of(rows[-1]).startswith(say("parts.undated", lang))


@pytest.mark.parametrize(
    ("lang", "asked"),
    [("vi", "Kiến nghị và điều đã đáp lại (18)"), ("en", "What was asked, and what came of it (18)")],
)
def test_meeting_page_follows_what_was_asked(web, lang, asked):
    """A meeting's page has who was there, each request with the replies to it, and what stayed open."""
    html = web.get(f"/{lang}/doc/meeting/{WORKING_SESSION}", headers=HTML).text
    requests = html.partition('aria-labelledby="requests"')[2].partition("</section>")[0]

    assert "Trần Tuấn Anh" in section_of(html, "participants")
    assert asked in text_of(requests)
    assert 'class="replies"' in requests
    assert say("meetings.unanswered", lang) in text_of(requests)


def test_meeting_page_has_the_chair_before_the_attendees(web):
    """Who led the meeting comes first."""
    html = web.get(
        "/en/doc/meeting/trien-khai-ke-hoach-phat-trien-kinh-te-xa-hoi-2021-2025--hoi-nghi-trien-khai-ke-hoach",
        headers=HTML,
    ).text
    participants = html.partition('aria-labelledby="participants"')[2].partition("</section>")[0]
    roles = re.findall(r"<dt>(.*?)</dt>", participants)

    assert (roles[0], roles[-1]) == ("Chair", "Attendee")


@pytest.mark.parametrize(
    ("lang", "entry"),
    [
        ("vi", "1129/UBND-KTN của UBND tỉnh Lai Châu · Ủy ban nhân dân tỉnh Lai Châu · số lần nhắc: 1"),
        ("en", "· People's Committee of Lai Châu province · citations: 1"),
    ],
)
def test_documents_are_listed_with_number_issuer_and_citations(web, lang, entry):
    """A document stands under its kind, with its number, its issuer and how often it is cited."""
    html = web.get(f"/{lang}/documents", headers=HTML).text

    assert entry in section_of(html, "dispatch").replace("&#39;", "'")


@pytest.mark.parametrize(
    ("lang", "how"), [("vi", "cách nhắc: Triển khai thực hiện"), ("en", "cited as: Implements")]
)
def test_document_page_tells_what_rests_on_it(web, lang, how):
    """A document's page parts what rests on it from mere mentions, each with how it is cited."""
    html = web.get(
        f"/{lang}/doc/document/nghi-quyet-dai-hoi-dang-bo-tinh-lai-chau-lan-thu-xiv", headers=HTML
    ).text
    resting = section_of(html, "resting")

    assert how in resting
    assert "/doc/directive/" in html.partition('aria-labelledby="resting"')[2].partition("</section>")[0]
    assert f"{say('documents.mentions', lang)} (1)" in section_of(html, "mentions")


@pytest.mark.parametrize(
    ("lang", "row"), [("vi", "Nhóm huyện Tỉnh Lai Châu 3"), ("en", "Group of districts Lai Châu province 3")]
)
def test_places_are_listed_with_what_they_are_part_of(web, lang, row):
    """A place stands in the index with its kind, the greater place, and the number of figures."""
    html = web.get(f"/{lang}/places", headers=HTML).text
    (found,) = [found for found in re.findall(r"(?s)<tr>.*?</tr>", html) if "cac-huyen-ngheo" in found]

    assert text_of(found).endswith(row)


@pytest.mark.parametrize(
    ("lang", "result"),
    [("vi", "4,7 điểm phần trăm/năm"), ("en", "4.7 percentage points a year 2021–2023 · actual")],
)
def test_place_page_tells_its_own_latest_figures(web, lang, result):
    """A place's page has its own figures, not those of the place around it."""
    html = web.get(f"/{lang}/doc/place/cac-huyen-ngheo-lai-chau", headers=HTML).text
    figures = html.partition('aria-labelledby="figures"')[2].partition("</section>")[0]

    assert figures.count('<th scope="row">') == 1
    assert result in text_of(figures)


@pytest.mark.parametrize(
    ("lang", "told"), [("vi", "1 bậc thay đổi thứ hạng"), ("en", "1 rank change of rank")]
)
def test_place_page_tells_changes_from_amounts(web, lang, told):
    """A figure that is no amount says what it is."""
    figures = section_of(web.get(f"/{lang}/doc/place/lai-chau", headers=HTML).text, "figures")

    assert told in figures


def test_timeline_marks_days_only():
    """Each day is one mark on the axis, and an article without a date makes none."""
    rows = [
        attestation("an", "chair", "2020-01-01"),
        attestation("an", "chair", "2022-12-31"),
        attestation("an", "chair", None),
    ]

    (line,) = timeline(rows, 5).lines

    assert line.marks == ("2.0%", "97.9%")
    assert line.undated
    assert [row["attestedOn"] for row in line.shown] == ["2020-01-01", "2022-12-31", None]


def test_timeline_of_undated_articles_has_no_axis():
    """Without any day there are no years to draw."""
    drawn = timeline([attestation("an", "chair", None)], 5)

    assert (drawn.ticks, drawn.lines[0].marks) == ([], ())


def test_timeline_is_cut_after_the_latest():
    """What was shown last is kept; the rest is counted, and long ages get few years on the axis."""
    rows = [attestation("an", f"post-{year}", f"{year}-06-01") for year in range(2000, 2020)]

    drawn = timeline(rows, 3)

    assert [line.days[0][:4] for line in drawn.lines] == ["2019", "2018", "2017"]
    assert drawn.left == 17
    assert len(drawn.ticks) <= 9


def test_long_lists_are_cut_and_lead_to_the_question():
    """A hundred rows are shown, and the rest is counted."""
    cut = listed(range(250), "/questions/x")

    assert (len(cut.items), cut.left, cut.count, cut.address) == (100, 150, 250, "/questions/x")


def test_statements_of_a_page_share_its_room(web_service):
    """A page with many lists shows the beginning of each, and counts the rest."""
    province = f"{ID}organization/chinh-quyen-tinh-lai-chau"

    most = room(web_service, by=province, to=province)
    said = statements(web_service, "en", most, by=province)
    heard = statements(web_service, "en", most, to=province)
    sizes = [group.listed.count for group in (*said, *heard)]

    assert sum(sizes) > sum(len(group.listed.items) for group in (*said, *heard))
    assert sum(len(group.listed.items) for group in (*said, *heard)) <= 40
    assert all(group.listed.items for group in (*said, *heard))


def test_a_page_with_room_cuts_no_list(web_service):
    """Where there is room for all, all are shown."""
    official = f"{ID}person/giang-pao-my"
    groups = statements(web_service, "en", room(web_service, by=official, to=official), by=official)

    assert [(group.kind, group.listed.left) for group in groups] == [
        ("recommendations", 0),
        ("assessments", 0),
    ]
