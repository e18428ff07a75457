import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laichau_kg.errors import QuoteNotFoundError
from laichau_kg.text import Span, fold, locate, near_names, nfc, read_numbers, sha256, slugify


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Ủy ban nhân dân tỉnh Lai Châu", "uy-ban-nhan-dan-tinh-lai-chau"),
        ("Đoàn Đại biểu Quốc hội", "doan-dai-bieu-quoc-hoi"),
        ("  Trần Tiến Dũng ", "tran-tien-dung"),
        ("Nghị quyết 12/NQ-CP", "nghi-quyet-12-nq-cp"),
        ("6 tháng đầu năm 2022", "6-thang-dau-nam-2022"),
    ],
)
def test_slug_is_ascii_and_kebab_case(name, slug):
    """A slug keeps letters and digits of the Vietnamese name, without marks; đ is d."""
    assert slugify(name) == slug


@given(st.text())
def test_slug_of_a_slug_is_itself(text):
    """Making a slug twice changes nothing more."""
    once = slugify(text)

    assert slugify(once) == once


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_fold_does_not_see_the_normal_form(form):
    """Composed and decomposed letters fold alike."""
    assert fold(unicodedata.normalize(form, "Giàng Páo Mỷ – ĐOÀN")) == "giang pao my – doan"


def test_nfc_composes():
    """A decomposed text comes back composed."""
    assert nfc(unicodedata.normalize("NFD", "Mường Tè")) == "Mường Tè"


@given(st.text(min_size=1), st.data())
def test_locate_finds_a_slice(text, data):
    """Whatever is cut out of a text is found in it, at the place it was cut from or before."""
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote = text[start:end]

    span = locate(quote, text)

    assert text[span.start : span.end] == quote
    assert span.start <= start


def test_locate_passes_over_what_starts_before_the_offset():
    """The second of two equal phrases can be had by starting after the first."""
    assert locate("11,5%", "11,5% và 11,5%", after=1) == Span(9, 14)


@pytest.mark.parametrize("quote", ["", "Sơn La"])
def test_locate_refuses_what_is_not_there(quote):
    """An empty or absent phrase is an error that names it."""
    with pytest.raises(QuoteNotFoundError) as caught:
        locate(quote, "Tỉnh Lai Châu")

    assert caught.value.quote == quote


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("47,2 triệu đồng", ["47.2"]),
        ("trên 5.406 tỷ đồng", ["5406"]),
        ("94.044/99.069 hộ, đạt 94,9%", ["94044", "99069", "94.9"]),
        ("9 - 10%/năm", ["9", "10"]),
        ("tăng 07 bậc", ["7"]),
        ("không còn xã dưới 15 tiêu chí", ["0", "15"]),
        ("đến thời điểm 15/6/2022", ["15", "6", "2022"]),
        ("60,9MW", ["60.9"]),
        ("không có số", []),
        ("1.2.3", []),
    ],
)
def test_numbers_are_read_as_vietnamese_news_writes_them(text, numbers):
    """A comma parts decimals, dots part thousands, and what is neither is left alone."""
    assert read_numbers(text) == [Decimal(number) for number in numbers]


def test_sha256_is_of_the_utf8_bytes():
    """The hash is that of the text's UTF-8 bytes."""
    assert sha256("Lai Châu") == "eb8316300dcbe340bc6d172d11dd4083829a277928b2bea20366ca87e8f13366"


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [("tran tien dung", "Trần Tiến Dũng"), ("Giàng A Tinh", "Giàng A Tính"), ("hai", "Tống Thanh Hải")],
)
def test_near_names_see_past_diacritics_and_slips(typed, nearest):
    """A name typed in haste leads to the right one first."""
    assert near_names(typed, ["Tống Thanh Hải", "Trần Tiến Dũng", "Giàng A Tính"])[0] == nearest


def test_near_names_of_something_else_are_none():
    """What is like nothing known gets no suggestion."""
    assert near_names("xyzzy", ["Trần Tiến Dũng"]) == []
