import pytest

from drafted import found, lexicon
from laichau_kg.drafting import draft_text

LEAD = "Tỉnh Sơn La có nhiều đổi mới. "
FIGURES = {
    "Năm 2022, thu ngân sách trên địa bàn đạt 4.318 tỷ đồng.": {
        "indicator": "thu-ngan-sach-tren-dia-ban", "period": "2022", "status": "actual", "measure": "level",
        "value": "4318.0", "unit": "billion-vnd",
    },
    "Doanh thu du lịch quý II/2023 ước đạt gần 920,5 tỷ đồng.": {
        "period": "2023-q2", "status": "estimate", "value": "920.5", "bound": "almost",
    },
    "Đến năm 2030, tỉnh phấn đấu tỷ lệ che phủ rừng ước đạt trên 50%.": {
        "indicator": "ty-le-che-phu-rung", "period": "2030", "status": "target", "bound": "more-than",
    },
    "Giai đoạn 2016 - 2020, tỷ lệ hộ nghèo bình quân giảm 4%/năm.": {
        "indicator": "muc-giam-ty-le-ho-ngheo", "measure": "average-per-year", "unit": "percentage-point",
        "period": "2016-2020",
    },
    "Năm 2022, tỷ lệ hộ nghèo giảm còn 12,5%.": {
        "indicator": "ty-le-ho-ngheo", "measure": "level", "unit": "percent",
    },
    "Năm 2021, chỉ số PAPI tăng 07 bậc so với năm 2020.": {
        "indicator": "chi-so-papi", "measure": "rank-change", "basePeriod": "2020", "unit": "rank",
    },
    "Năm 2021, chỉ số PCI xếp thứ 24/63.": {"measure": "level", "unit": "rank", "total": "63.0"},
    "Năm 2023, lượt khách du lịch đạt 2,2 triệu lượt, gấp 3 lần so với năm 2020.": {
        "indicator": "luot-khach-du-lich", "unit": "million-person-visits", "measure": "level",
    },
    "Năm 2023, mỗi năm giải quyết việc làm cho 9.000 lao động.": {
        "indicator": "giai-quyet-viec-lam", "measure": "average-per-year", "unit": "person",
    },
    "Năm 2024, phấn đấu tốc độ tăng trưởng GRDP đạt 8 - 9%.": {
        "status": "target", "value": "8.0", "valueMax": "9.0", "measure": "level",
    },
    "Năm 2022, tăng trưởng GRDP 7%, riêng các huyện nghèo 9%.": {"area": "son-la"},
    "Năm 2022 có thêm 3 xã đạt chuẩn nông thôn mới.": {
        "indicator": "xa-dat-chuan-nong-thon-moi-tang-them", "measure": "count", "value": "3.0",
    },
}  # fmt: skip


@pytest.mark.parametrize("text", FIGURES)
def test_a_figure_has_its_fields(text):
    """Indicator, period, status, measure, value, unit, bound and base are told from the sentence."""
    figure = found(LEAD + text, "observation")[0]

    assert {name: figure.get(name) for name in FIGURES[text]} == FIGURES[text]


def test_a_change_goes_on_with_the_indicator_before():
    """So does a share of the plan, and the base is the same time last year."""
    text = (
        "Quý I/2023, thu ngân sách trên địa bàn đạt 900 tỷ đồng, tăng 5% so với cùng kỳ, "
        "bằng 31% dự toán HĐND tỉnh giao."
    )

    level, change, share = found(LEAD + text, "observation")

    assert {one["indicator"] for one in (level, change, share)} == {"thu-ngan-sach-tren-dia-ban"}
    assert (change["measure"], change["basePeriod"]) == ("change", "2022-q1")
    assert (share["measure"], share["planIssuer"]) == ("share-of-plan", "HĐND tỉnh")


def test_a_base_said_last_holds_for_the_changes_before_it():
    """Two rises, one base."""
    text = "Năm 2023, lượt khách du lịch tăng 10%, doanh thu du lịch tăng 20% so với năm 2021."

    assert [one["basePeriod"] for one in found(LEAD + text, "observation")] == ["2021", "2021"]


def test_a_ratio_and_its_percentage_are_two_figures_of_one_indicator():
    """The count has the total, the percentage is a level."""
    count, level = found(LEAD + "Năm 2022, có 80/99 xã đạt chuẩn nông thôn mới, đạt 80,8%.", "observation")

    assert (count["measure"], count["total"], count["unit"]) == ("count", "99.0", "commune")
    assert (level["measure"], level["unit"]) == ("level", "percent")
    assert count["indicator"] == level["indicator"] == "xa-dat-chuan-nong-thon-moi"


def test_a_part_of_the_province_has_its_own_figure():
    """Poor districts are named apart."""
    text = "Năm 2022, mức giảm tỷ lệ hộ nghèo 3%, riêng các huyện nghèo giảm 5%."

    assert [one["area"] for one in found(LEAD + text, "observation")] == [
        "son-la",
        "cac-huyen-ngheo-lai-chau",
    ]


def test_another_province_has_its_own_figure():
    """A province named right before a figure is the one it is about."""
    text = "Mưa lũ làm 19 người bị thương (Hà Giang: 5 người; Lào Cai 14 người)."

    assert [one["area"] for one in found(LEAD + text, "observation")] == ["son-la", "ha-giang", "lao-cai"]


def test_an_unknown_indicator_leaves_the_words_before_as_a_proposal():
    """A figure that no label fits is still drafted."""
    figure = found(LEAD + "Năm 2022, sản lượng cá tầm đạt 120 tấn.", "observation")[0]

    assert "indicator" not in figure
    assert figure["proposal"] == "sản lượng cá tầm"


PROPOSALS = {
    "Trồng mới cây mắc ca đạt 350 ha.": ("Trồng mới cây mắc ca", "hectare"),
    "Toàn tỉnh còn 120 hộ chưa có nhà kiên cố.": ("hộ chưa có nhà kiên cố", "household"),
    "Mưa lũ làm 45 ha hoa màu bị vùi lấp.": ("hoa màu bị vùi lấp", "hectare"),
    "Lực lượng chức năng xử lý khoảng 25 điểm sạt lở.": ("điểm sạt lở", None),
    "Giá trị ngành chế biến, chế tạo tăng 6%.": ("Giá trị ngành chế biến, chế tạo", "percent"),
    "Tỷ lệ phòng học kiên cố của tỉnh đến nay đạt 82%.": ("Tỷ lệ phòng học kiên cố của tỉnh", "percent"),
}


@pytest.mark.parametrize("text", PROPOSALS)
def test_a_proposal_says_what_is_counted(text):
    """It is the clause before the verb, or the things after the number; its words are evidence."""
    (draft,) = [one for one in draft_text(LEAD + text, lexicon()).candidates if one.kind == "observation"]

    assert (draft.fields["proposal"], draft.fields.get("unit")) == PROPOSALS[text]
    assert "words-" in draft.rule
    assert draft.evidence


def test_a_figure_that_goes_on_keeps_the_words_before():
    """The change of an unknown indicator is of the same words as its level."""
    text = "Năm 2022, sản lượng cá tầm đạt 120 tấn, tăng 5% so với năm 2021."

    assert [one["proposal"] for one in found(LEAD + text, "observation")] == ["sản lượng cá tầm"] * 2


def test_a_percentage_is_no_level_of_what_is_counted_otherwise():
    """A share of an area is drafted, though not as that area."""
    level, share = found(LEAD + "Diện tích chè đạt 900 ha, chiếm 64% tổng diện tích.", "observation")

    assert level["indicator"] == "dien-tich-che"
    assert "indicator" not in share


def test_the_rise_of_a_product_is_its_growth_rate():
    """Where the code list has the growth of an indicator, a rise in per cent is a level of that."""
    text = "Năm 2023, GRDP ước đạt 9.500 tỷ đồng, tăng 7,2% so với năm 2022."

    level, growth = found(LEAD + text, "observation")

    assert (level["indicator"], growth["indicator"]) == ("grdp", "toc-do-tang-truong-grdp")
    assert (growth["measure"], growth["status"]) == ("level", "estimate")


def test_a_sum_for_each_person_goes_on():
    """What a sum is for belongs to it, and the rise after it is of the same indicator."""
    text = "Năm 2024, GRDP bình quân đầu người đạt 48,22 triệu đồng/người/năm, tăng 10,98%."

    level, change = found(LEAD + text, "observation")

    assert level["indicator"] == change["indicator"] == "grdp-binh-quan-dau-nguoi"
    assert change["measure"] == "change"


def test_a_sector_answers_to_its_short_name_under_a_heading():
    """The heading names the broader indicator; the list under it, the sectors."""
    text = "Năm 2024, cơ cấu kinh tế chuyển dịch: nông, lâm nghiệp và thủy sản chiếm 15%; dịch vụ chiếm 58%."

    assert [one["indicator"] for one in found(LEAD + text, "observation")] == [
        "ty-trong-nong-lam-thuy-san",
        "ty-trong-dich-vu",
    ]


def test_brackets_hold_their_time_to_themselves():
    """A quarter named in brackets is not the time of what follows them."""
    text = "9 tháng năm 2024, tăng trưởng GRDP đạt 9% (quý III tăng 8%), trong đó khu vực dịch vụ tăng 11%."

    assert [one["period"] for one in found(LEAD + text, "observation")] == [
        "2024-m1-9",
        "2024-q3",
        "2024-m1-9",
    ]


def test_parts_of_an_estimate_are_estimates():
    """The words for "of these" open parts of the figure before, in the same sentence or the next."""
    text = "Năm 2023, doanh thu du lịch ước đạt 900 tỷ đồng. Trong đó, khách quốc tế đạt 15.000 lượt."

    assert [one["status"] for one in found(LEAD + text, "observation")] == ["estimate", "estimate"]


def test_a_related_indicator_answers_to_its_short_name_beside_the_other():
    """After tourists, receipts are those of tourism."""
    text = "Năm 2023, tỉnh đón 1,4 triệu lượt khách du lịch; doanh thu đạt 3.400 tỷ đồng."

    assert [one["indicator"] for one in found(LEAD + text, "observation")] == [
        "luot-khach-du-lich",
        "doanh-thu-du-lich",
    ]


def test_a_list_of_aims_stays_one_over_its_sentences():
    """After a sentence of aims, the next ones of the paragraph are aims too."""
    text = "Năm 2024, phấn đấu GRDP bình quân đầu người đạt 60 triệu đồng. Tỷ lệ che phủ rừng đạt 48%."

    assert [one["status"] for one in found(LEAD + text, "observation")] == ["target", "target"]


def test_the_period_of_a_document_is_not_the_figure_s():
    """A year in a plan's name says nothing of the figure beside it."""
    text = "Năm 2022, thực hiện Kế hoạch đầu tư công năm 2019, tỷ lệ giải ngân vốn đầu tư công đạt 90%."

    assert found(LEAD + text, "observation")[0]["period"] == "2022"


def test_a_gift_is_no_indicator():
    """Money that is given is an occurrence."""
    text = LEAD + "Nhân dịp này, Đoàn đã trao tặng Quỹ Vì người nghèo 200 triệu đồng."

    assert found(text, "observation") == []
    assert found(text, "occurrence")[0]["amount"] == "200.0"
