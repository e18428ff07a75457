import pytest
from starlette.testclient import TestClient

from laichau_kg import open_record
from laichau_kg.vocab import ID
from laichau_kg.web import create_app, open_service
from laichau_kg.web.excerpts import MOST, bounds, cut, excerpt, passages
from mini import FIRST, TEXTS, make_checkout

ARTICLE = f"{ID}article/{FIRST}"
TEXT = (TEXTS / "mot.txt").read_text("utf-8")


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """The mini record's folder."""
    return make_checkout(tmp_path_factory.mktemp("checkout"))


@pytest.fixture(scope="module")
def record(checkout):
    """The mini record."""
    with open_record(checkout) as opened:
        yield opened


@pytest.fixture(scope="module")
def with_texts(record):
    """The mini record served with its texts."""
    return open_service(record, sources=TEXTS)


@pytest.fixture(scope="module")
def without_texts(record):
    """The mini record served without texts."""
    return open_service(record)


def evidence(service, fact):
    """Ask for the evidence of a fact."""
    return service.ask("evidence", "en", fact=fact).records()


def test_words_are_shown_in_their_sentence(with_texts):
    """A span comes with what stands around it up to the sentence's ends."""
    start = TEXT.index("937/994")

    found = excerpt(with_texts, f"{ARTICLE}#char={start},{start + 7}")

    assert (found.before, found.words) == ("Có ", "937/994")
    assert found.after == " thôn bản dùng điện lưới, đạt 94,3%."


def test_nothing_is_shown_without_texts(without_texts):
    """Who gives no texts sees no sentence."""
    assert excerpt(without_texts, f"{ARTICLE}#char=0,5") is None


def test_another_text_of_that_name_is_not_shown(record, tmp_path):
    """A text whose hash is not the record's is taken for none."""
    (tmp_path / "mot.txt").write_text(TEXT.replace("43,7", "99,9"), "utf-8")
    service = open_service(record, sources=tmp_path)

    assert excerpt(service, f"{ARTICLE}#char=0,5") is None


@pytest.mark.parametrize(
    "iri",
    [f"{ARTICLE}#char=0,999999", f"{ID}article/none#char=0,5", f"{ARTICLE}", f"{ID}place/x#char=0,5", "x"],
)
def test_what_is_no_span_of_a_text_is_not_shown(with_texts, iri):
    """An address that leads nowhere in a text gives nothing."""
    assert excerpt(with_texts, iri) is None


def test_sentence_without_end_is_cut():
    """Of a text without full stops no more than `MOST` signs are shown on either side."""
    text = "chữ " * 1000

    shown = cut(text, 2000, 2003)

    assert len(shown.before) <= MOST
    assert len(shown.after) <= MOST


def test_long_sentence_is_cut_between_words():
    """No half of a word stands at either end."""
    text = "thuộc " * 500

    shown = cut(text, 1500, 1505)

    assert shown.before.startswith("thuộc ")
    assert shown.after.endswith(" thuộc")


def test_words_without_a_space_are_cut_at_the_span():
    """Where no space is near, nothing is shown around the words."""
    assert bounds("a" * 2000, 900, 910) == (900, 910)


def test_decimal_point_and_comma_end_no_sentence():
    """Only a stop before a space ends a sentence."""
    text = "Thu 1.616 tỷ đồng, bằng 26,4% kế hoạch. Hết"

    assert bounds(text, 24, 29) == (0, 39)


def test_spans_of_one_sentence_come_together(with_texts):
    """A fact's spans in one sentence are marked in one passage, in their order."""
    spans = [("Chủ tịch UBND tỉnh", "stated"), ("Trần Tiến Dũng", "main")]
    rows = [
        {
            "evidence": f"{ARTICLE}#char={TEXT.index(words)},{TEXT.index(words) + len(words)}",
            "article": ARTICLE,
            "articleLabel": "Mẫu",
            "quote": words,
            "basis": basis,
            "inferredLabel": None,
        }
        for words, basis in spans
    ]

    (passage,) = passages(with_texts, rows)

    assert [text for text, marked in passage.parts if marked] == [words for words, _ in spans]
    assert "".join(text for text, _ in passage.parts).startswith("Chiều ngày 13/12")
    assert passage.main


def test_quotes_stand_in_for_sentences(with_texts, without_texts):
    """Without texts a passage has the words that the record quotes."""
    fact = next(iri for iri in with_texts.things if "/observation/" in iri)

    (passage,) = passages(without_texts, evidence(without_texts, fact))

    marked = [text for text, is_marked in passage.parts if is_marked]
    assert marked
    assert all(text in TEXT or text in (TEXTS / "hai.txt").read_text("utf-8") for text in marked)


def test_page_of_a_fact_shows_its_sentence(with_texts):
    """The page of a fact has the words marked in their sentence, and not the whole article."""
    fact = next(iri for iri in with_texts.things if f"/observation/{FIRST}" in iri)

    page = TestClient(create_app(with_texts)).get(
        fact.replace("https://w3id.org/laichau-kg/id", "/en/doc"), headers={"accept": "text/html"}
    )

    assert "<mark>" in page.text
    assert "Hội nghị thử nghiệm cuối năm\n" not in page.text
