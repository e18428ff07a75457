"""The commands that answer: query, sparql, search, show."""

import io
import json
import re
import sys

import pytest

from laichau_kg.columns import heading
from laichau_kg.layout import find_layout
from laichau_kg.queries import Catalog
from mini import FIRST


@pytest.fixture(autouse=True)
def environment(monkeypatch):
    """No terminal, no width, no colour: what a pipe sees."""
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.delenv("LAICHAU_DEBUG", raising=False)


def test_query_without_id_lists_the_questions(laichau, checkout):
    """Each question is a line with id, question and parameters."""
    _, out, _ = laichau("query", "-f", "json")

    rows = json.loads(out)["results"]["bindings"]
    assert [row["id"]["value"] for row in rows] == list(Catalog.load(find_layout(checkout)))
    holders = next(row for row in rows if row["id"]["value"] == "post-holders")
    assert holders["parameters"]["value"] == "[post] [organization] [official]"


@pytest.mark.parametrize(("lang", "word"), [("en", "parameter"), ("vi", "tham số")])
def test_a_question_explains_itself(laichau, lang, word):
    """`query ID --help` tells title, question, parameters and an example."""
    code, out, _ = laichau("query", "post-holders", "--help", "--lang", lang)

    assert code == 0
    assert word in out
    assert "official" in out
    assert "laichau query post-holders post=" in out


@pytest.mark.parametrize("form", ["table", "json", "csv", "tsv", "md"])
def test_query_writes_every_form(laichau, form):
    """The same answer in each form, on stdout only."""
    code, out, err = laichau("query", "post-holders", "official=tran tien dung", "-f", form)

    assert (code, err) == (0, "")
    assert "Trần Tiến Dũng" in out


@pytest.mark.parametrize("before", [True, False])
def test_common_options_stand_before_or_after_the_command(laichau, before):
    """`--lang vi` means the same on either side."""
    words = ["query", "post-holders"]
    option = ["--lang", "vi"]

    _, out, _ = laichau(*(option + words if before else words + option))

    assert "Chủ tịch Ủy ban nhân dân tỉnh Lai Châu" in out


def test_table_shows_labels_and_source_not_iris(laichau):
    """A reader sees names, and each row's words and article."""
    _, out, _ = laichau("query", "post-holders")

    assert "https://" not in out
    assert "“Chủ tịch UBND tỉnh” – First trial article" in out


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_table_fits_the_width(laichau, monkeypatch, width):
    """No line is wider than the terminal, whatever is in it."""
    monkeypatch.setenv("COLUMNS", str(width))

    _, out, _ = laichau("query", "observations-in-period", "period=2020")

    assert out
    assert max(map(len, out.splitlines())) <= width


def test_every_heading_is_known_in_vietnamese(checkout):
    """Whatever column a question has, a Vietnamese reader gets it named."""
    names = {
        name
        for query in Catalog.load(find_layout(checkout)).values()
        for name in re.findall(r"\?(\w+)\s", re.search(r"\nSELECT(.*?)WHERE", query.text, re.DOTALL)[1] + " ")
    }

    untold = {name for name in names if name.isascii() and heading(name, "vi") == heading(name, "en")}

    assert untold <= {"sha256"}


def test_no_rows_is_said_beside_the_data(laichau):
    """An empty answer is no failure; a remark on stderr says so."""
    code, out, err = laichau("query", "post-holders", "official=tong-thanh-hai")

    assert (code, out) == (0, "")
    assert "No rows" in err


@pytest.mark.parametrize("form", ["ttl", "nt", "jsonld"])
def test_graphs_have_forms_of_their_own(laichau, form):
    """DESCRIBE gives linked data."""
    code, out, _ = laichau("sparql", "DESCRIBE lc-place:lai-chau", "-f", form)

    assert code == 0
    assert "lai-chau" in out


def test_sparql_is_read_from_a_file(laichau, tmp_path):
    """An argument that is a file's path is the file."""
    path = tmp_path / "ask.rq"
    path.write_text("ASK { ?s a lck:Meeting }", encoding="utf-8")

    assert laichau("sparql", str(path)) == (0, "true\n", "")


def test_sparql_is_read_from_stdin(laichau, monkeypatch):
    """A dash is stdin."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"ASK { ?s a lck:Nothing }")))

    assert laichau("sparql", "-") == (0, "false\n", "")


def test_a_file_in_another_encoding_is_refused(laichau, tmp_path):
    """A query is UTF-8."""
    path = tmp_path / "latin.rq"
    path.write_bytes(b"# caf\xe9\nASK {}")

    code, _, err = laichau("sparql", str(path))

    assert (code, "not UTF-8" in err) == (2, True)


def test_a_query_without_end_is_stopped(laichau):
    """The time limit stops the work and says so."""
    code, _, err = laichau(
        "sparql", "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", "--timeout", "0.5"
    )

    assert code == 2
    assert "Stopped after 0.5 s" in err


def test_search_and_show(laichau):
    """A found slug can be shown."""
    _, found, _ = laichau("search", "tran tien", "-f", "csv")

    assert "/id/person/tran-tien-dung,person,Trần Tiến Dũng" in found
    assert laichau("show", "tran-tien-dung", "-f", "csv")[0] == 0


def test_show_tells_what_a_thing_is_and_who_says_what_of_it(laichau):
    """First the thing's own properties, then what articles say of it, with the words."""
    _, out, _ = laichau("show", "tran-tien-dung")

    own, _, said = out.partition("What is said of it\n")
    assert own.startswith("Trần Tiến Dũng\nhttps://w3id.org/laichau-kg/id/person/tran-tien-dung\n")
    assert "“Chủ tịch UBND tỉnh” – First trial article" in said


def test_show_of_a_fact_has_its_evidence(laichau):
    """A figure is shown with what it says and the spans it rests on, quoted or by offsets."""
    _, out, _ = laichau("show", f"{FIRST}--von", "--lang", "vi")

    own, _, sources = out.partition("Căn cứ\n")
    assert "Bộ Công Thương" in own
    assert "“Công văn số 1129/UBND-KTN” – Bài thử nghiệm thứ nhất" in sources
    assert "Bài thử nghiệm thứ nhất – " in sources
