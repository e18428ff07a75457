import pytest

from drafted import found

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


def test_an_unknown_indicator_leaves_the_words_before_as_a_proposal():
    """A figure that no label fits is still drafted."""
    figure = found(LEAD + "Năm 2022, sản lượng cá tầm đạt 120 tấn.", "observation")[0]

    assert "indicator" not in figure
    assert figure["proposal"].endswith("sản lượng cá tầm đạt")


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
