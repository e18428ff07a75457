"""What accepting would change is told by thing and in words, in both languages."""

import json

import pytest

from accepting import bare_record, bundle_of, full_record, swap
from laichau_kg._things import Value, read_things
from laichau_kg.accept import compare_with_record
from laichau_kg.cli import run
from laichau_kg.diff import Names, compare
from laichau_kg.errors import DataError
from laichau_kg.vocab import ID, LCK, PREFIXES
from mini import FIRST

LABEL = PREFIXES["skos"] + "prefLabel"
DUNG = f"{ID}person/tran-tien-dung"


@pytest.fixture(scope="module")
def bare(tmp_path_factory):
    """The record without the bundle's article."""
    return bare_record(tmp_path_factory.mktemp("bare"))


@pytest.fixture(scope="module")
def full(tmp_path_factory):
    """The record with the bundle's article."""
    return full_record(tmp_path_factory.mktemp("full"))


def test_a_new_article_is_told_with_all_its_things(bare, tmp_path):
    """Facts and register entries are listed by label, spans of evidence are only counted."""
    bundle = bundle_of(tmp_path)

    text = compare_with_record(bare, [bundle]).to_text("en")

    spans = sum("#char=" in iri for iri in read_things(bundle))
    assert "+ Article: First trial article  (lc-article:hoi-nghi-thu-nghiem)" in text
    assert "+ Official: Trần Tiến Dũng  (lc-person:tran-tien-dung)" in text
    assert "+ Participation: Trần Tiến Dũng, Chair, Year-end conference" in text
    assert "#char=" not in text
    assert f"evidence: {spans} spans added" in text


def test_a_changed_thing_is_told_property_by_property(full, tmp_path):
    """What goes and what comes stand below each other, by the property's name."""
    bundle = bundle_of(tmp_path, change=swap("lc-role:chair", "lc-role:reporter"))

    changes = compare_with_record(full, [bundle])

    assert changes.to_text("en").splitlines() == [
        "Changed",
        f"  ~ Participation: Trần Tiến Dũng, Reporter, Year-end conference  (lc-participation:{FIRST}--dung)",
        "      - is in role: Chair",
        "      + is in role: Reporter",
        "",
        "0 things added, 0 removed, 1 changed.",
    ]


def test_vietnamese_words_are_vietnamese(full, tmp_path):
    """Labels, verbs and the sum are in the language asked for."""
    bundle = bundle_of(tmp_path, change=swap("lc-role:chair", "lc-role:reporter"))

    text = compare_with_record(full, [bundle]).to_text("vi")

    assert "Sửa\n  ~ Sự tham dự: Trần Tiến Dũng" in text
    assert "Thêm 0, bỏ 0, sửa 1 đối tượng." in text


def test_a_fact_that_the_bundle_no_longer_has_is_removed(full, tmp_path):
    """A replaced article loses what the bundle does not say."""
    gone = "lc-goal:hoi-nghi-thu-nghiem--tinh-kha"

    def drop(text):
        head, _, tail = text.partition(f"\n{gone}\n")
        return head + "\n" + tail.partition("\n.\n")[2] if tail else text

    text = compare_with_record(full, [bundle_of(tmp_path, change=drop)]).to_text("en")

    assert f"- Goal: To become a fairly developed province.  ({gone})" in text


def test_json_has_the_statements_in_full(full, tmp_path):
    """Programs get IRIs and N-Triples values."""
    bundle = bundle_of(tmp_path, change=swap("lc-role:chair", "lc-role:reporter"))

    (one,) = json.loads(compare_with_record(full, [bundle]).to_json())["changes"]

    assert (one["how"], one["thing"]) == ("changed", f"{ID}participation/{FIRST}--dung")
    assert one["added"] == [[LCK.role, f"<{ID}role/reporter>"]]
    assert one["removed"] == [[LCK.role, f"<{ID}role/chair>"]]


def test_spelling_and_order_are_no_change(full, tmp_path):
    """Another layout of the same statements changes nothing."""
    bundle = bundle_of(tmp_path, change=lambda text: text.replace(" ;\n.\n", " .\n\n# a remark\n"))

    assert not compare_with_record(full, [bundle])


@pytest.mark.parametrize(
    ("change", "code"), [(lambda text: text, 0), (swap("lc-role:chair", "lc-role:host"), 1)]
)
def test_the_exit_code_tells_whether_anything_would_change(full, tmp_path, capfd, change, code):
    """0 when nothing would change, 1 when something would; nothing is written either way."""
    before = {path: path.read_bytes() for path in full.article_files()}

    assert run(["diff", str(bundle_of(tmp_path, change=change)), "--root", str(full.root)]) == code

    out, err = capfd.readouterr()
    assert out
    assert err == ""
    assert {path: path.read_bytes() for path in full.article_files()} == before
    assert not (full.root / "data" / ".accept").exists()


def test_a_diff_that_cannot_be_told_is_a_failure(full, tmp_path, capfd):
    """What is no Turtle is one sentence and exit code 2."""
    (tmp_path / "bad.ttl").write_text("lc-place:x\n", "utf-8")

    assert run(["diff", str(tmp_path / "bad.ttl"), "--root", str(full.root)]) == 2
    assert len(capfd.readouterr().err.splitlines()) == 1


def test_evidence_of_a_thing_is_no_thing_of_its_own():
    """Counts are of things; spans are apart."""
    span = f"{ID}article/a#char=1,2"
    after = {span: frozenset({(LCK.sha256, '"x"')}), DUNG: frozenset({(LABEL, '"Dũng"@vi')})}

    changes = compare({}, after, Names(after))

    assert [item.is_evidence for item in changes.items] == [True, False]
    assert changes.count("added") == 1


@pytest.mark.parametrize(
    ("written", "text", "language"),
    [
        ('"a\\"b\\\\c\\nd"', 'a"b\\c\nd', ""),
        ('"\\u0110\\U0001F600"@vi', "Đ😀", "vi"),
        ('"47.2"^^<http://www.w3.org/2001/XMLSchema#decimal>', "47.2", ""),
        ("<http://example.org/>", "http://example.org/", ""),
    ],
)
def test_values_are_read_as_n_triples_writes_them(written, text, language):
    """Escapes, languages and datatypes are taken apart."""
    value = Value.read(written)

    assert (value.text, value.language) == (text, language)


def test_what_is_no_value_is_refused():
    """A blank node, say, has no place in a change."""
    with pytest.raises(DataError, match="neither an IRI nor a literal"):
        Value.read("_:b0")
