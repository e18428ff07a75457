import pytest

from drafted import found

LEAD = "Tỉnh Sơn La có nhiều đổi mới. "
SHARES = {
    "Thu ngân sách đạt 900 tỷ đồng, đạt 60% dự toán; thu nội địa 700 tỷ đồng, đạt 55%.": (
        "thu-noi-dia",
        "share-of-plan",
    ),
    "Thu ngân sách đạt 60% dự toán; giá trị sản xuất công nghiệp đạt 70%.": (
        "gia-tri-san-xuat-cong-nghiep",
        "share-of-plan",
    ),
    "Thu ngân sách đạt 60% dự toán. Thu nội địa đạt 700 tỷ đồng, chiếm 55%, bằng 40% dự toán.": (
        "thu-noi-dia",
        "share-of-plan",
    ),
    "Thu ngân sách đạt 60% dự toán; tỷ lệ che phủ rừng đạt 52%.": ("ty-le-che-phu-rung", "level"),
    "Có 80/99 xã đạt chuẩn nông thôn mới, đạt 80,8%.": ("xa-dat-chuan-nong-thon-moi", "level"),
}


@pytest.mark.parametrize("text", SHARES)
def test_a_percentage_after_a_share_of_the_plan_is_one_too(text):
    """Where the indicator is not itself a rate, and a plan was spoken of."""
    figure = found(f"{LEAD}Năm 2023 khá. {text}", "observation")[-1]

    assert (figure["indicator"], figure["measure"]) == SHARES[text]


def test_a_share_of_an_unknown_thing_keeps_its_words():
    """What the code list does not have is measured by its plan too."""
    text = "Năm 2023, thu ngân sách đạt 60% dự toán; thu phí cửa khẩu là 70 tỷ đồng, đạt 55%."

    figure = found(LEAD + text, "observation")[-1]

    assert (figure["proposal"], figure["measure"]) == ("thu phí cửa khẩu", "share-of-plan")


def test_what_stands_in_brackets_after_a_plan_is_its_aim():
    """The plan is the year's, and what follows the brackets is no aim."""
    text = "9 tháng năm 2023, thu ngân sách đạt 900 tỷ đồng, đạt 60% dự toán (1.500 tỷ đồng) và tăng 2%."

    level, share, aim, change = found(LEAD + text, "observation")

    assert (aim["status"], aim["period"], aim["measure"]) == ("target", "2023", "level")
    assert aim["indicator"] == level["indicator"]
    assert [level["status"], share["status"], change["status"]] == ["actual"] * 3


@pytest.mark.parametrize("issuer", ["Trung ương", "HĐND tỉnh", "HĐND huyện"])
def test_a_plan_has_the_issuer_that_gave_it(issuer):
    """Two plans of one sum are told apart."""
    text = f"Năm 2023, thu ngân sách đạt 900 tỷ đồng, đạt 59,9% so với dự toán {issuer} giao."

    assert found(LEAD + text, "observation")[1]["planIssuer"] == issuer


def test_a_share_of_last_year_s_level_has_no_measure_but_a_base():
    """It is neither a change nor a share of a plan."""
    text = "9 tháng năm 2023, thu ngân sách đạt 900 tỷ đồng, bằng 94,4% so cùng kỳ năm 2021."

    share = found(LEAD + text, "observation")[1]

    assert "measure" not in share
    assert share["basePeriod"] == "2021-m1-9"


def test_a_change_put_in_another_unit_is_still_a_change():
    """Its base is that of the change before."""
    text = "Năm 2023, sản lượng lương thực có hạt tăng 2,6% so với năm 2021, bằng 7.300 tấn."

    share, amount = found(LEAD + text, "observation")

    assert (amount["measure"], amount["indicator"]) == ("change", share["indicator"])


def test_a_part_of_a_list_is_named_by_the_word_before_it():
    """In a list of areas, rice is the area of rice."""
    text = "Năm 2023, diện tích gieo trồng đạt 900 ha, đạt 98% KH, trong đó, lúa 500 ha, đạt 99% KH."

    assert [one["indicator"] for one in found(LEAD + text, "observation")] == [
        "dien-tich-gieo-trong",
        "dien-tich-gieo-trong",
        "dien-tich-lua",
        "dien-tich-lua",
    ]


def test_an_amount_after_a_count_of_months_is_no_date():
    """The months are said already."""
    text = "Tổng thu ngân sách 9 tháng năm 2023 khá; thu nội địa 9 tháng 20,8 tỷ đồng."

    assert found(LEAD + text, "observation")[0]["value"] == "20.8"
