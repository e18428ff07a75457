import unicodedata

import pytest

from laichau_kg.errors import ParameterError, UnknownThingError
from laichau_kg.record import open_record
from laichau_kg.resolve import plain_literal, short_name
from laichau_kg.vocab import ID
from mini import make_checkout

CHAIRMAN = "post/chu-tich-uy-ban-nhan-dan-tinh-lai-chau"


@pytest.fixture(scope="module")
def record(tmp_path_factory):
    """The mini record, open."""
    with open_record(make_checkout(tmp_path_factory.mktemp("checkout"))) as record:
        yield record


@pytest.mark.parametrize(
    ("kind", "text", "thing"),
    [
        ("person", ID + "person/tran-tien-dung", "person/tran-tien-dung"),
        ("person", f"<{ID}person/tran-tien-dung>", "person/tran-tien-dung"),
        ("person", "lc-person:tran-tien-dung", "person/tran-tien-dung"),
        ("person", "tran-tien-dung", "person/tran-tien-dung"),
        ("person", "TRAN-TIEN-DUNG", "person/tran-tien-dung"),
        ("person", "person/tran-tien-dung", "person/tran-tien-dung"),
        ("person", "Trần Tiến Dũng", "person/tran-tien-dung"),
        ("person", unicodedata.normalize("NFD", "Trần Tiến Dũng"), "person/tran-tien-dung"),
        ("person", "TRẦN TIẾN DŨNG", "person/tran-tien-dung"),
        ("person", "  tran  tien dung ", "person/tran-tien-dung"),
        ("post", "Chủ tịch UBND tỉnh", CHAIRMAN),
        ("post", "chu tich ubnd tinh", CHAIRMAN),
        ("post", "Chairman of the People's Committee of Lai Châu province", CHAIRMAN),
        ("place", "Lai Châu", "place/lai-chau"),
        ("thing", "lai-chau", "place/lai-chau"),
        ("thing", "bo cong thuong", "organization/bo-cong-thuong"),
        ("period", "2020", "period/2020"),
        ("period", "năm 2020", "period/2020"),
        ("period", "2021-2025", "period/2021-2025"),
        ("period", "Giai đoạn 2021 – 2025", "period/2021-2025"),
        ("period", "6 tháng đầu năm 2022", "period/2022-h1"),
        ("period", "first half of 2022", "period/2022-h1"),
        ("fact", "hoi-nghi-thu-nghiem--grdp", "observation/hoi-nghi-thu-nghiem--grdp"),
        ("meeting", "Year-end conference", "meeting/hoi-nghi-thu-nghiem--hoi-nghi"),
        ("status", "target", "status/target"),
        ("indicator", "GRDP per head", "indicator/grdp-binh-quan-dau-nguoi"),
    ],
)
def test_a_thing_is_found_however_it_is_named(record, kind, text, thing):
    """IRI, prefixed name, slug and label, with or without marks and in any case, name one thing."""
    assert record.resolve(kind, text).value == ID + thing


def test_marks_decide_between_names_that_fold_alike(record):
    """A name written in full is the one meant, though another differs by a mark only."""
    assert record.resolve("person", "Tông Thanh Hải").value == ID + "person/tong-thanh-hai-2"


def test_a_name_that_two_bear_is_refused_with_both(record):
    """Without marks it could be either; the error lists them."""
    with pytest.raises(ParameterError, match="lc-person:tong-thanh-hai or lc-person:tong-thanh-hai-2"):
        record.resolve("person", "tong thanh hai")


@pytest.mark.parametrize(
    ("kind", "text", "near"),
    [
        ("person", "Tran Tien Dun", "Trần Tiến Dũng"),
        ("person", "tran-tien-dug", "tran-tien-dung"),
        ("place", "lc-place:lai-chao", "lai-chau"),
        ("organization", "Bộ Công Thươn", "Bộ Công Thương"),
    ],
)
def test_an_unknown_name_gets_the_nearest(record, kind, text, near):
    """A slip of the pen leads to the right name."""
    with pytest.raises(UnknownThingError) as caught:
        record.resolve(kind, text)

    assert near in caught.value.near


@pytest.mark.parametrize(
    ("kind", "text", "complaint"),
    [
        ("person", "lc-place:lai-chau", "is a place, not a person"),
        ("article", ID + "article/hoi-nghi-thu-nghiem#char=0,28", "is a span of evidence, not an article"),
        ("fact", "lc-place:lai-chau", "is a place, not a fact"),
    ],
)
def test_a_thing_of_another_kind_is_refused(record, kind, text, complaint):
    """The error says what the thing is."""
    with pytest.raises(ParameterError, match=complaint):
        record.resolve(kind, text)


@pytest.mark.parametrize("text", ["", "   ", "http://e x", "zzzzzz", "https://example.org/nothing"])
def test_what_names_nothing_is_unknown(record, text):
    """Empty, malformed and foreign names are all said to be unknown."""
    with pytest.raises(UnknownThingError):
        record.resolve("thing", text)


def test_search_lists_each_thing_once_best_first(record):
    """A whole name comes before a part of one."""
    found = [str(row[0]) for row in record.search("lai chau").rows]

    assert found[0] == ID + "place/lai-chau"
    assert len(found) == len(set(found))


def test_search_forgives_a_slip(record):
    """Where nothing holds the text, near names are given."""
    assert str(record.search("Trần Tiên Dungg").rows[0][2]) == "Trần Tiến Dũng"


@pytest.mark.parametrize(
    ("kind", "text", "plain"),
    [
        ("decimal", "47,2", "47.2"),
        ("decimal", "47.2", "47.2"),
        ("decimal", "1.000,5", "1.000,5"),
        ("date", "13/12/2020", "2020-12-13"),
        ("date", "3/2/2020", "2020-02-03"),
        ("date", "2020-12-13", "2020-12-13"),
        ("text", " a ", "a"),
    ],
)
def test_numbers_and_days_may_be_written_the_vietnamese_way(kind, text, plain):
    """A decimal comma and a day before its month are understood; the rest is left to the parameter."""
    assert plain_literal(kind, text) == plain


def test_foreign_iris_have_no_short_name():
    """An IRI outside all namespaces is written in full."""
    assert short_name("https://example.org/x") == "https://example.org/x"
