import pytest

from drafted import found, lexicon
from laichau_kg.drafting import draft_text

LEAD = "Tỉnh Sơn La có nhiều đổi mới. "
TITLED = "Kinh tế tỉnh Sơn La 6 tháng đầu năm 2023 có nhiều đổi mới\n\n"


def test_the_title_s_period_holds_for_a_body_that_says_none():
    """It is inferred, with the title's words as its ground."""
    text = TITLED + "Thu ngân sách trên địa bàn đạt 900 tỷ đồng."

    (figure,) = [one for one in draft_text(text, lexicon()).candidates if one.kind == "observation"]

    assert figure.fields["period"] == "2023-h1"
    assert "period" in figure.inferred
    assert "6 tháng đầu năm 2023" in [text[span.start : span.end] for span in figure.evidence]


@pytest.mark.parametrize(
    ("body", "period"),
    [
        ("Năm 2022, thu ngân sách trên địa bàn đạt 900 tỷ đồng.", "2022"),
        ("Quý II, thu ngân sách trên địa bàn đạt 900 tỷ đồng.", "2023-q2"),
    ],
)
def test_a_period_said_in_the_body_goes_before_the_title_s(body, period):
    """Where it has no year, the title's year is meant."""
    assert found(TITLED + body, "observation")[0]["period"] == period


def test_the_period_of_a_plan_in_a_title_is_not_the_body_s():
    """What is to be done next year says nothing of what was reached."""
    text = "Tỉnh Sơn La triển khai nhiệm vụ năm 2024\n\nThu ngân sách trên địa bàn đạt 900 tỷ đồng."

    assert "period" not in found(text, "observation")[0]


HEADLINE = "Tốc độ tăng trưởng kinh tế 6 tháng đầu năm 2023 của tỉnh Sơn La đạt 6,5%\n\n"


@pytest.mark.parametrize(
    ("body", "values"),
    [
        ("Thu ngân sách đạt 90 tỷ đồng.", ["6.5", "90.0"]),
        ("Kinh tế tăng trưởng đạt 6,5%.", ["6.5"]),
    ],
)
def test_a_figure_of_the_headline_is_drafted_once(body, values):
    """The body's own statement of it goes first."""
    assert [one["value"] for one in found(HEADLINE + body, "observation")] == values


SECTORS = {
    "Khu vực công nghiệp và xây dựng tăng 6,78%.": "tang-truong-grdp-cong-nghiep-xay-dung",
    "Trong đó, khu vực nông, lâm nghiệp và thủy sản tăng 4%.": "tang-truong-grdp-nong-lam-thuy-san",
    "Khu vực dịch vụ và thuế sản phẩm tăng 7%.": None,
    "Dịch vụ lưu trú tăng 7%.": None,
}


@pytest.mark.parametrize("body", SECTORS)
def test_a_sector_grows_within_the_growth_that_was_spoken_of(body):
    """It needs no second mention of the product, but must be named alone."""
    assert found(HEADLINE + body, "observation")[-1].get("indicator") == SECTORS[body]


def test_another_sector_s_rise_is_not_the_growth_of_the_whole():
    """The sector named in between is what rose, in the period said right after."""
    text = "Năm 2023, tăng trưởng kinh tế khá, đặc biệt, ngành dệt may có mức tăng 14,8% trong quý II."

    figure = found(LEAD + text, "observation")[0]

    assert (figure.get("indicator"), figure["proposal"], figure["period"]) == (
        None,
        "ngành dệt may",
        "2023-q2",
    )


CONTRIBUTIONS = {
    "Khu vực dịch vụ tăng 7%, đóng góp 2,5 điểm phần trăm vào mức tăng chung.": "đóng góp của dịch vụ",
    "Khu vực dịch vụ đóng góp 2,5 điểm phần trăm vào mức tăng chung.": "đóng góp của Khu vực dịch vụ",
}


@pytest.mark.parametrize("body", CONTRIBUTIONS)
def test_a_contribution_names_who_contributes(body):
    """It is no growth of its own."""
    figure = found(HEADLINE + body, "observation")[-1]

    assert (figure.get("indicator"), figure["proposal"]) == (None, CONTRIBUTIONS[body])


LISTED = {
    "Khu vực nông, lâm nghiệp và thủy sản tăng 4%.": "Khu vực nông, lâm nghiệp và thủy sản",
    "Tỉnh có 12 xã đạt chuẩn văn hóa.": "xã đạt chuẩn văn hóa",
    "Sản lượng cá tầm đạt 120 tấn, chiếm 40%.": "Sản lượng cá tầm",
    "Sản lượng cá tầm (trừ cá giống và cá cảnh) đạt 120 tấn.": "Sản lượng cá tầm",
    "Doanh thu dịch vụ lưu trú, ăn uống, lữ hành tăng 9%.": "Doanh thu dịch vụ lưu trú, ăn uống, lữ hành",
}


@pytest.mark.parametrize("text", LISTED)
def test_a_proposal_is_whole_and_never_the_figure(text):
    """A comma within a listing cuts nothing off, and a share alone is of what was named before."""
    assert found(LEAD + "Năm 2023 khá. " + text, "observation")[-1]["proposal"] == LISTED[text]


def test_two_ranks_are_of_what_grew():
    """The rank among all provinces and that in the region, though the growth is not called by the product."""
    text = "Năm 2023, tốc độ tăng trưởng kinh tế đạt 7%, đứng thứ 22/63 tỉnh và thứ 4/14 tỉnh trong vùng."

    ranks = found(LEAD + text, "observation")[1:]

    assert [(one["indicator"], one["value"], one["total"]) for one in ranks] == [
        ("xep-hang-tang-truong-grdp", "22.0", "63.0"),
        ("xep-hang-tang-truong-grdp", "4.0", "14.0"),
    ]


def test_the_whole_year_said_in_a_report_on_a_part_is_the_year():
    """It holds for its own figure and what goes on with it, and no further."""
    text = "9 tháng năm 2023 khá. Năng suất lúa cả năm đạt 54 tạ/ha, tăng 2%; thu ngân sách đạt 90 tỷ đồng."

    assert [one["period"] for one in found(LEAD + text, "observation")] == ["2023", "2023", "2023-m1-9"]


def test_a_ratio_of_unknown_things_is_no_sum_of_money():
    """Nine of sixteen sources are no revenue."""
    text = "Năm 2023, thu nội địa đạt 900 tỷ đồng, trong đó, 9/16 khoản tăng."

    assert "indicator" not in found(LEAD + text, "observation")[1]


NOT_ALONE = {
    "Năm 2023, GRDP tăng 5%, trong đó dịch vụ lữ hành tăng 9%.": (None, "dịch vụ lữ hành"),
    "Năm 2023, GRDP tăng 5%, khu vực dịch vụ và thuế sản phẩm tăng 9%.": (
        None,
        "khu vực dịch vụ và thuế sản phẩm",
    ),
    "Năm 2023, tỷ trọng công nghiệp - xây dựng và dịch vụ chiếm 78%.": (
        None,
        "tỷ trọng công nghiệp - xây dựng và dịch vụ",
    ),
    "Năm 2023, kinh tế chuyển dịch với tỷ trọng công nghiệp - xây dựng và dịch vụ chiếm 78%.": (
        None,
        "tỷ trọng công nghiệp - xây dựng và dịch vụ",
    ),
    "Năm 2023, một số khoản thu nội địa tăng cao là: Thu từ doanh nghiệp nhà nước tăng 9%.": (
        None,
        "Thu từ doanh nghiệp nhà nước",
    ),
    "Năm 2023, tỷ trọng khu vực công nghiệp - xây dựng chiếm 78%.": ("ty-trong-cong-nghiep-xay-dung", None),
}


@pytest.mark.parametrize("text", NOT_ALONE)
def test_a_sector_named_with_more_words_is_not_that_sector(text):
    """A part of it, and two together, are something else."""
    figure = found(LEAD + text, "observation")[-1]

    assert (figure.get("indicator"), figure.get("proposal")) == NOT_ALONE[text]


def test_the_country_s_figure_in_brackets_is_not_the_province_s():
    """What stands in brackets after a name is of that name."""
    text = "Năm 2023, tăng trưởng kinh tế đạt 9%, cao hơn bình quân cả nước (ước tăng 8%)."

    assert [one["area"] for one in found(LEAD + text, "observation")] == ["son-la", "viet-nam"]


@pytest.mark.parametrize(
    "said", ["6 tháng năm 2023 của tỉnh", "6 tháng/2023", "nửa đầu năm, 6 tháng năm 2023"]
)
def test_half_a_year_needs_no_word_for_its_beginning(said):
    """Six months of a year are its first six."""
    assert found(f"{LEAD}Thu ngân sách {said} đạt 90 tỷ đồng.", "observation")[0]["period"] == "2023-h1"


def test_a_record_s_year_is_not_the_figure_s():
    """The highest since a year is not of that year."""
    text = "Năm 2023, GRDP tăng 9,5%, cao nhất từ năm 2014, khu vực dịch vụ tăng 8%."

    assert {one["period"] for one in found(LEAD + text, "observation")} == {"2023"}


def test_an_estimate_in_its_own_clause_is_no_aim_of_the_clause_before():
    """What is expected of one thing says nothing of the next."""
    text = "Năm 2023, dự kiến 17 xã đạt chuẩn nông thôn mới; thu ngân sách ước đạt 90 tỷ đồng."

    assert [one["status"] for one in found(LEAD + text, "observation")] == ["target", "estimate"]


def test_a_time_that_opens_an_item_holds_for_all_of_it():
    """However long the item is, a time at the head of the sentence does not come back."""
    long = "vượt qua nhiều khó khăn do thiên tai, dịch bệnh và giá cả tăng cao, " * 3
    text = f"Năm 2021, GRDP tăng 5%; năm 2022, {long}tỷ lệ hộ nghèo còn 9%."

    assert [one["period"] for one in found(LEAD + text, "observation")] == ["2021", "2022"]


def test_a_sector_that_opens_a_sentence_is_what_grows():
    """Growth without a word for the whole is of the sector the sentence begins with."""
    text = "GRDP tăng 5%. Sản xuất dệt may khởi sắc khi tốc độ tăng trưởng đạt mức 4%."

    figure = found(f"{LEAD}Năm 2023, {text}", "observation")[-1]

    assert (figure.get("indicator"), figure["proposal"]) == (None, "Sản xuất dệt may")


def test_a_time_compared_with_in_passing_is_not_the_next_sentence_s():
    """What is said right after one figure is of that figure alone."""
    text = "Quý I/2024, GRDP tăng 4%, cao hơn mức tăng 2% của quý IV/2023. Khu vực dịch vụ tăng 6%."

    assert [one["period"] for one in found(LEAD + text, "observation")] == ["2024-q1", "2023-q4", "2024-q1"]


@pytest.mark.parametrize("written", ["ha", "héc ta", "héc-ta"])
def test_a_hectare_is_written_in_three_ways(written):
    """With a stroke, with a blank, or short."""
    figure = found(f"{LEAD}Năm 2023, diện tích chè đạt 900 {written}.", "observation")[0]

    assert (figure["indicator"], figure["unit"]) == ("dien-tich-che", "hectare")


def test_the_structure_of_the_product_parts_into_sectors():
    """Its sectors answer to their short names."""
    text = "Năm 2023, cơ cấu GRDP chuyển dịch, khu vực nông - lâm - thủy sản còn 11%, dịch vụ chiếm 58%."

    assert [one["indicator"] for one in found(LEAD + text, "observation")] == [
        "ty-trong-nong-lam-thuy-san",
        "ty-trong-dich-vu",
    ]
