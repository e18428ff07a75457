from dataclasses import replace

import pytest

from drafted import lexicon
from laichau_kg.drafting import draft_text
from laichau_kg.drafting.indicators import Matcher
from laichau_kg.drafting.lexicon import Indicator


@pytest.fixture(scope="module")
def matcher():
    """Give a matcher of the record's indicators."""
    return Matcher(lexicon().indicators)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("tổng sản phẩm bình quân đầu người", "grdp-binh-quan-dau-nguoi"),
        ("Tỷ lệ hộ nghèo", "ty-le-ho-ngheo"),
        ("tỉ lệ hộ nghèo", "ty-le-ho-ngheo"),
        ("TY LE HO NGHEO", "ty-le-ho-ngheo"),
        ("tổng mức bán lẻ hàng hoá và doanh thu dịch vụ", "tong-muc-ban-le-hang-hoa-va-doanh-thu-dich-vu"),
        ("Chỉ số năng lực cạnh tranh cấp tỉnh (PCI)", "chi-so-pci"),
    ],
)
def test_a_label_is_found_however_it_is_typed(matcher, text, slug):
    """Case, diacritics, the placing of tones and i for y do not matter."""
    assert [match.slug for match in matcher.find(text, 0, len(text))] == [slug]


@pytest.mark.parametrize("text", ["sản lượng, diện tích", "cán bộ", "đạn bọ"])
def test_marks_tell_words_apart_where_a_text_has_them(matcher, text):
    """Điện is not diện, and bò is not bộ."""
    assert matcher.find(text, 0, len(text)) == []


def test_the_longest_label_wins(matcher):
    """The reduction of the poverty rate is not the poverty rate."""
    text = "mức giảm tỷ lệ hộ nghèo"

    assert [match.slug for match in matcher.find(text, 0, len(text))] == ["muc-giam-ty-le-ho-ngheo"]


def test_a_narrower_indicator_answers_to_its_short_name_beside_its_broader_one(matcher):
    """A sector is known by its short name only where GRDP growth was just spoken of."""
    text = "trong đó dịch vụ"

    alone = matcher.find(text, 0, len(text))
    beside = matcher.find(text, 0, len(text), parents=["toc-do-tang-truong-grdp"])

    assert alone == []
    assert [match.slug for match in beside] == ["tang-truong-grdp-dich-vu"]


def test_a_new_indicator_needs_no_code():
    """A label in the code list is enough for a figure to find its indicator."""
    new = Indicator("dien-tich-mac-ca", ("Diện tích cây mắc ca",), ("tonne",), "level")
    richer = replace(lexicon(), indicators={**lexicon().indicators, "dien-tich-mac-ca": new})
    text = "Tỉnh Sơn La. Năm 2023, diện tích cây mắc ca đạt 1.250 tấn."

    before = draft_text(text, lexicon()).candidates[0].fields
    after = draft_text(text, richer).candidates[0].fields

    assert before["proposal"] == "diện tích cây mắc ca"
    assert after["indicator"] == "dien-tich-mac-ca"
