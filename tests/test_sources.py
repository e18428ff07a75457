import shutil

import pytest

from laichau_kg.errors import SourceError
from laichau_kg.layout import find_layout
from laichau_kg.sources import Mismatch, count_spans, verify_sources
from mini import FIRST, TEXTS, make_checkout


@pytest.fixture
def layout(tmp_path):
    """A mini record whose files may be spoilt."""
    folder = tmp_path / "checkout"
    folder.mkdir()
    return find_layout(make_checkout(folder))


@pytest.fixture
def texts(tmp_path):
    """A copy of the texts that may be spoilt."""
    return shutil.copytree(TEXTS, tmp_path / "texts")


def edit_article(layout, old, new):
    """Change the first article's facts."""
    path = next(layout.articles.glob(f"*{FIRST}.ttl"))
    facts = path.read_text(encoding="utf-8")
    assert old in facts
    path.write_text(facts.replace(old, new, 1), encoding="utf-8")


def test_sound_evidence_has_no_mismatch(layout, texts):
    """Texts as they were when the facts were drawn from them: nothing to report."""
    assert verify_sources(layout, texts) == ()


def test_spans_are_counted(layout):
    """The count says what was looked at, so that an empty report is no accident."""
    articles, spans = count_spans(layout)

    assert articles == 2
    assert spans > 20


def test_each_article_is_told_when_done(layout, texts):
    """Progress can be shown."""
    seen = []

    verify_sources(layout, texts, on_article=seen.append)

    assert seen == [FIRST, "tin-khong-ngay"]


def test_a_changed_word_is_reported_with_span_expected_and_found(layout, texts):
    """A figure changed in the text is found by the text's hash, the span's hash and the quoted words."""
    path = texts / "mot.txt"
    path.write_bytes(path.read_bytes().replace(b"43,7", b"43,8"))

    found = {(mismatch.what, mismatch.expected, mismatch.found) for mismatch in verify_sources(layout, texts)}

    assert ("exact", "'43,7 triệu đồng'", "'43,8 triệu đồng'") in found
    assert {what for what, _, _ in found} == {"sha256", "exact"}


def test_an_inserted_letter_shifts_all_that_follows(layout, texts):
    """Length and every later span differ; earlier ones still stand."""
    path = texts / "mot.txt"
    text = path.read_bytes().decode()
    at = text.index("GRDP")
    path.write_bytes((text[:at] + "X" + text[at:]).encode())

    found = verify_sources(layout, texts)

    assert any(mismatch.what == "length" for mismatch in found)
    assert all(int(mismatch.span.split("-")[1]) > at for mismatch in found if mismatch.span)


@pytest.mark.parametrize("newline", [b"\r\n", b"\r"])
def test_newlines_are_not_translated(layout, texts, newline):
    """A text saved with other line ends is another text."""
    path = texts / "mot.txt"
    path.write_bytes(path.read_bytes().replace(b"\n", newline))

    assert any(mismatch.what == "sha256" and not mismatch.span for mismatch in verify_sources(layout, texts))


def test_a_missing_text_is_a_finding(layout, texts):
    """The article whose text is not there is named, with the file."""
    (texts / "mot.txt").unlink()

    assert verify_sources(layout, texts) == (
        Mismatch(FIRST, "", "file", str(texts / "mot.txt"), "no such file"),
    )


def test_another_encoding_is_a_finding(layout, texts):
    """A text that is not UTF-8 is reported with the byte that shows it."""
    (texts / "mot.txt").write_bytes(b"H\xed i ngh")

    assert verify_sources(layout, texts) == (Mismatch(FIRST, "", "encoding", "UTF-8", "byte 0xed at 1"),)


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('oa:start "0"^^', 'oa:start "9000"^^', "offsets"),
        ('oa:start "0"^^', 'oa:start "28"^^', "offsets"),
        ('oa:exact "94,3%"', 'oa:exact "94,4%"', "exact"),
        ("lck:length ", "lck:length 1", "length"),
        ('lck:sourceFile "mot.txt"', 'lck:sourceFile "../mot.txt"', "file"),
    ],
)
def test_spoilt_facts_are_found(layout, texts, old, new, what):
    """A fault in the record's side is reported as well as one in the text."""
    edit_article(layout, old, new)

    assert what in {mismatch.what for mismatch in verify_sources(layout, texts)}


def test_evidence_named_by_other_offsets_than_its_own_is_found(layout, texts):
    """The IRI's offsets are those of the span."""
    edit_article(layout, 'oa:start "0"^^', 'oa:start "1"^^')

    assert {"iri", "sha256", "exact"} == {mismatch.what for mismatch in verify_sources(layout, texts)}


def test_no_folder_of_texts_is_an_error(layout, tmp_path):
    """A wrong folder is said at once, not once an article."""
    with pytest.raises(SourceError, match="no such folder"):
        verify_sources(layout, tmp_path / "nowhere")


def test_no_articles_is_an_error(layout, texts):
    """Nothing verified must not look like all verified."""
    shutil.rmtree(layout.articles)
    layout.articles.mkdir()

    with pytest.raises(SourceError, match="no articles"):
        verify_sources(layout, texts)


def test_a_mismatch_reads_as_one_line():
    """Article, span, what, expected and found stand in one sentence."""
    mismatch = Mismatch("bai", "3-9", "exact", "'a'", "'b'")

    assert str(mismatch) == "bai, span 3-9: the quoted words: expected 'a', found 'b'"
