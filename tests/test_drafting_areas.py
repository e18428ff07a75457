import pytest

from drafted import found, lexicon
from laichau_kg.drafting import bundle_draft, draft_text

LEAD = "Tỉnh Sơn La có nhiều đổi mới. "
AREAS = {
    "Năm 2023, thu ngân sách của cả nước đạt 900 tỷ đồng, tăng 5%.": ["viet-nam", "viet-nam"],
    "Năm 2023, tổng sản phẩm trong nước (GDP) tăng 5%; GRDP của tỉnh tăng 7%.": ["viet-nam", "son-la"],
    "Năm 2023, tăng trưởng GRDP đạt 7%, cao hơn bình quân cả nước và đứng đầu cả nước, ước tăng 1%.": [
        "son-la",
        "son-la",
    ],
    "Tại huyện Bắc Yên, năm 2023, thu ngân sách đạt 90 tỷ đồng.": ["huyen-bac-yen"],
    "Năm 2023, thu ngân sách của huyện Bắc Yên đạt 90 tỷ đồng; của tỉnh đạt 900 tỷ đồng.": [
        "huyen-bac-yen",
        "son-la",
    ],
    "Chủ tịch UBND huyện Bắc Yên cho biết thu ngân sách năm 2023 đạt 90 tỷ đồng.": ["son-la"],
    "Năm 2023, tỷ lệ hộ nghèo của thành phố Đà Nẵng còn 1%.": ["da-nang"],
}


@pytest.mark.parametrize("text", AREAS)
def test_a_figure_is_of_the_place_its_sentence_names(text):
    """The country, a district or another city, until the province is said again."""
    assert [one["area"] for one in found(LEAD + text, "observation")] == AREAS[text]


def test_a_place_said_first_holds_for_its_paragraph():
    """It is marked inferred in the sentences after."""
    text = LEAD + "\nTại huyện Bắc Yên, thu ngân sách đạt 90 tỷ đồng. Tỷ lệ hộ nghèo còn 9%.\nGRDP tăng 5%."

    figures = [one for one in draft_text(text, lexicon()).candidates if one.kind == "observation"]

    assert [one.fields["area"] for one in figures] == ["huyen-bac-yen", "huyen-bac-yen", "son-la"]
    assert ["area" in one.inferred for one in figures] == [False, True, False]


DISTRICT = "UBND huyện Bắc Yên, tỉnh Sơn La tổ chức hội nghị. Năm 2023, thu ngân sách đạt 90 tỷ đồng."


def test_news_of_a_district_gives_it_the_figures():
    """Its committee acts and the whole province is never spoken of."""
    assert found(DISTRICT, "observation")[0]["area"] == "huyen-bac-yen"


def test_news_that_speaks_of_the_province_is_not_of_a_district():
    """One sentence on all of the province is enough."""
    assert found(f"{DISTRICT} Toàn tỉnh có 9 xã đạt chuẩn.", "observation")[0]["area"] == "son-la"


def test_a_new_place_is_named_as_the_text_names_it():
    """A bundle gives it its level, its province and its English name."""
    bundle = bundle_draft(draft_text(DISTRICT, lexicon()), lexicon(), source_file="bac-yen.txt")

    place = bundle.partition("lc-place:huyen-bac-yen\n")[2].partition("\n.")[0]

    assert '"Huyện Bắc Yên"@vi' in place
    assert '"Bắc Yên district"@en' in place
    assert "lck:isPartOf lc-place:son-la" in place
    assert "lck:kind lc-place-kind:district" in place
