import sys
from types import ModuleType

import pytest
import rdflib
from typer.testing import CliRunner

from drafted import ROOT, lexicon
from laichau_kg.cli._app import app
from laichau_kg.drafting import bundle_draft, draft_text
from laichau_kg.turtle import format_turtle
from laichau_kg.vocab import LCK, PREFIXES

TEXT = (
    "Tỉnh Sơn La tổng kết công tác du lịch năm qua\n\nNgày đăng: 03/02/2024\n\n"
    "Sáng 2/2, UBND tỉnh tổ chức Hội nghị tổng kết. "
    "Đồng chí Lê Văn Nam – Chủ tịch UBND tỉnh chủ trì Hội nghị.\n"
    "Năm 2023, tỉnh Sơn La đón trên 4,5 triệu lượt khách du lịch; doanh thu du lịch đạt 4.800 tỷ đồng.\n"
    "Đồng chí yêu cầu các sở thực hiện Kế hoạch số 12/KH-UBND.\n"
    "Tác giả: Thu Hà\n"
)  # fmt: skip
OA, PROV = rdflib.Namespace(PREFIXES["oa"]), rdflib.Namespace(PREFIXES["prov"])


@pytest.fixture(scope="module")
def bundle():
    """Give the Turtle of a drafted article."""
    return bundle_draft(draft_text(TEXT, lexicon()), lexicon(), source_file="son-la.txt")


@pytest.fixture(scope="module")
def graph(bundle):
    """Give its triples."""
    return rdflib.Graph().parse(data=bundle, format="turtle")


def test_a_bundle_is_in_the_canonical_form(bundle):
    """What is written is byte for byte what the formatter gives."""
    assert format_turtle(bundle) == bundle


def test_the_same_text_gives_the_same_bundle(bundle):
    """Drafting is deterministic."""
    assert bundle_draft(draft_text(TEXT, lexicon()), lexicon(), source_file="son-la.txt") == bundle


def test_everything_drafted_is_a_candidate_that_names_its_rule(graph):
    """Nothing passes for reviewed but what follows from what is reviewed: evidence, and periods' days."""
    settled = {rdflib.URIRef(LCK.Evidence), rdflib.URIRef(LCK.Period)}
    drafted = {node for node, kind in graph.subject_objects(rdflib.RDF.type) if kind not in settled}

    assert set(graph.subjects(PROV.wasDerivedFrom)) < drafted
    assert drafted == set(graph.subjects(rdflib.RDF.type, rdflib.URIRef(LCK.Candidate)))
    assert drafted == set(graph.subjects(rdflib.URIRef(LCK.foundBy)))


def test_every_quotation_stands_in_the_text(graph):
    """Evidence holds exactly the words between its offsets."""
    quoted = [
        (int(graph.value(node, OA.start)), int(graph.value(node, OA.end)), str(exact))
        for node, exact in graph.subject_objects(OA.exact)
    ]

    assert quoted
    assert [TEXT[start:end] for start, end, _ in quoted] == [exact for _, _, exact in quoted]


def test_the_page_gives_title_date_and_author(graph):
    """What the page says of itself is the article's."""
    article = next(graph.subjects(rdflib.RDF.type, rdflib.URIRef(LCK.Article)))

    assert str(graph.value(article, rdflib.DCTERMS.title)) == TEXT.partition("\n")[0]
    assert str(graph.value(article, rdflib.DCTERMS.issued)) == "2024-02-03"
    assert str(graph.value(article, rdflib.URIRef(LCK.author))).endswith("/thu-ha")


def test_what_the_registers_lack_is_described(graph):
    """A new official, post, place and document come with the bundle."""
    made = {str(node).partition("/id/")[2] for node in graph.subjects(rdflib.RDF.type)}

    assert {"person/le-van-nam", "post/chu-tich-uy-ban-nhan-dan-tinh-son-la", "place/son-la"} <= made


ORDERS = (
    "Sáng 2/2/2024, UBND tỉnh Sơn La tổ chức Hội nghị tổng kết. "
    "Đồng chí Lê Văn Nam – Chủ tịch UBND tỉnh chủ trì Hội nghị.\n"
    "Đồng chí yêu cầu Sở Tài chính, các sở, ngành rà soát, báo cáo trước ngày 30/6.\n"
    "Giao Ban Thường vụ Huyện ủy chủ trì kiểm tra. Ban Thường vụ Huyện ủy Mẫu Sơn dự Hội nghị.\n"
)


@pytest.fixture(scope="module")
def orders():
    """Give the triples of a draft with orders."""
    return rdflib.Graph().parse(
        data=bundle_draft(draft_text(ORDERS, lexicon()), lexicon(), source_file="x.txt"), format="turtle"
    )


def test_an_order_keeps_whom_it_is_for_and_by_when(orders):
    """A body is a new entry with its kind and English name, who is only described a group."""
    order = next(iter(sorted(orders.subjects(rdflib.URIRef(LCK.due)))))

    to = {str(node).partition("/id/")[2] for node in orders.objects(order, rdflib.URIRef(LCK.to))}
    assert to == {"organization/so-tai-chinh", "group/x--cac-so-nganh"}
    assert str(orders.value(order, rdflib.URIRef(LCK.due))).endswith("/period/2024-06-30")
    body = rdflib.URIRef("https://w3id.org/laichau-kg/id/organization/so-tai-chinh")
    assert str(orders.value(body, rdflib.URIRef(LCK.kind))).endswith("/department")
    assert rdflib.Literal("Department of Finance", lang="en") in set(
        orders.objects(body, rdflib.SKOS.prefLabel)
    )


def test_who_speaks_as_before_is_marked_as_inferred(orders):
    """An order that names nobody rests on the words that name the speaker."""
    inferred = set(orders.subjects(rdflib.URIRef(LCK.infers), rdflib.URIRef(LCK.by)))

    assert len(inferred) == 1
    assert inferred <= set(orders.subjects(rdflib.URIRef(LCK.inferredFrom)))


TWO_MEETINGS = (
    "Sáng 5/4, UBND tỉnh tổ chức họp thường kỳ quý I năm 2024. Đồng chí Lê Văn Nam, Bí thư Tỉnh ủy chủ trì.\n"
    "Ngày 7/4/2024, UBND tỉnh tổ chức họp chuyên đề. Đồng chí Lò Thị Mai, Giám đốc Sở Y tế chủ trì.\n"
)


@pytest.fixture(scope="module")
def two_meetings():
    """Give the triples of a draft that tells of two meetings."""
    turtle = bundle_draft(draft_text(TWO_MEETINGS, lexicon()), lexicon(), source_file="x.txt")
    return rdflib.Graph().parse(data=turtle, format="turtle")


def test_a_post_is_seen_on_the_day_of_the_meeting_told_of_last(two_meetings):
    """Whoever came to the second meeting was not seen at the first."""
    seen = {
        str(two_meetings.value(fact, rdflib.URIRef(PREFIXES["org"] + "member"))).rpartition("/")[2]: str(day)
        for fact, day in two_meetings.subject_objects(rdflib.URIRef(LCK.attestedOn))
    }

    assert seen == {"le-van-nam": "2024-04-05", "lo-thi-mai": "2024-04-07"}


def test_a_day_whose_year_is_told_elsewhere_is_inferred(two_meetings):
    """It rests on the words that name the year."""
    inferred = list(two_meetings.subjects(rdflib.URIRef(LCK.infers), rdflib.URIRef(LCK.date)))

    assert [str(two_meetings.value(one, rdflib.URIRef(LCK.date))) for one in inferred] == ["2024-04-05"]
    grounds = str(two_meetings.value(inferred[0], rdflib.URIRef(LCK.inferredFrom)))
    start, end = grounds.partition("#char=")[2].split(",")
    assert TWO_MEETINGS[int(start) : int(end)] == "quý I năm 2024"


def test_a_due_day_without_a_year_waits_as_a_proposal():
    """Review asks for it."""
    turtle = bundle_draft(
        draft_text("Đồng chí Lê Văn Nam yêu cầu Sở Tài chính báo cáo trước ngày 30/6.", lexicon()),
        lexicon(),
        source_file="x.txt",
    )

    assert 'lck:proposal "due: 30/6" ;' in turtle


def run(*words):
    """Run the program in this process."""
    return CliRunner().invoke(app, ["draft", *map(str, words), "--root", str(ROOT)])


def test_the_command_writes_a_file(tmp_path, bundle):
    """Laichau draft TEXT -o FILE.ttl."""
    (tmp_path / "son-la.txt").write_bytes(TEXT.encode())

    result = run(tmp_path / "son-la.txt", "-o", tmp_path / "out.ttl")

    assert result.exit_code == 0
    assert (tmp_path / "out.ttl").read_bytes().decode() == bundle


@pytest.mark.parametrize(
    ("more", "post", "asks"),
    [
        ([], "lc-post:chu-tich-uy-ban-nhan-dan-huyen-mau", True),
        (["--province", "Sơn La"], "lc-post:bi-thu-tinh-uy-son-la", False),
    ],
)
def test_the_province_may_be_said(tmp_path, more, post, asks):
    """A paper seldom names its own; where it does not, the program says how to."""
    text = "Bí thư Tỉnh ủy Lê Văn Nam thăm Chủ tịch UBND huyện Mẫu Lò Thị Mai."
    (tmp_path / "x.txt").write_text(text, encoding="utf-8")

    result = run(tmp_path / "x.txt", *more)

    assert post in result.stdout
    assert ("--province" in result.stderr) == asks


def plug(monkeypatch, *candidates):
    """Make a module whose function proposes candidates."""
    module = ModuleType("my_extractor")
    module.propose = lambda _text: candidates
    monkeypatch.setitem(sys.modules, "my_extractor", module)
    return "my_extractor:propose"


def proposal(**changes):
    """Give a proposal that stands in the text."""
    start = TEXT.index("4.800 tỷ đồng")
    fields = {"indicator": "doanh-thu-du-lich", "value": "4800.0"}
    given = {
        "kind": "observation",
        "start": start,
        "end": start + 13,
        "quote": "4.800 tỷ đồng",
        "fields": fields,
    }
    return given | changes


def test_another_extractor_s_candidates_come_in(monkeypatch, tmp_path):
    """--with MODULE:FUNCTION adds what it proposes."""
    (tmp_path / "son-la.txt").write_bytes(TEXT.encode())

    result = run(tmp_path / "son-la.txt", "--with", plug(monkeypatch, proposal(rule="my-model")))

    assert result.exit_code == 0
    assert 'lck:foundBy "my-model" ;' in result.stdout


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"quote": "4.801 tỷ đồng"}, "does not stand at"),
        ({"end": 10**6}, "lies outside the text"),
        ({"kind": "rumour"}, "is no kind of candidate"),
        ({"fields": {"colour": "red"}}, "has no field"),
        ({"start": None}, "lies outside the text"),
    ],
)
def test_a_proposal_that_does_not_stand_in_the_text_is_refused(monkeypatch, tmp_path, changes, words):
    """Every extractor is held to the evidence rules."""
    (tmp_path / "son-la.txt").write_bytes(TEXT.encode())

    result = run(tmp_path / "son-la.txt", "--with", plug(monkeypatch, proposal(**changes)))

    assert words in str(result.exception)


@pytest.mark.parametrize("name", ["nowhere", "no_such_module:draft", "json:no_such_function"])
def test_an_extractor_that_is_not_there_is_named(tmp_path, name):
    """A function that cannot be imported is said so."""
    (tmp_path / "son-la.txt").write_bytes(TEXT.encode())

    assert name.split(":")[0] in str(run(tmp_path / "son-la.txt", "--with", name).exception)


def test_a_text_that_is_not_utf_8_is_refused(tmp_path):
    """The byte that is wrong is named."""
    (tmp_path / "bad.txt").write_bytes(b"T\xff")

    assert "byte 1 is not UTF-8" in str(run(tmp_path / "bad.txt").exception)


@pytest.mark.parametrize("text", ["", "\n\n", "no facts here", "%%% 5 5 5 //", "Năm 2022", "Bí thư"])
def test_a_poor_text_drafts_to_little(text):
    """Nothing to find is no failure."""
    turtle = bundle_draft(draft_text(text, lexicon()), lexicon(), source_file="x.txt")

    assert "lck:Article" in turtle
