import pytest

from laichau_kg.drafting.dates import before_by_a_year, find_times, in_year

TIMES = {
    "25-10-2017": "2017-10-25",
    "04/08/2022": "2022-08-04",
    "ngày 10 tháng 12 năm 2016": "2016-12-10",
    "6 tháng đầu năm 2022": "2022-h1",
    "06 tháng cuối năm 2021": "2021-h2",
    "quý I/2024": "2024-q1",
    "quí III năm 2023": "2023-q3",
    "9 tháng đầu năm 2023": "2023-m1-9",
    "tháng 10/2025": "2025-10",
    "giai đoạn 2021 - 2025": "2021-2025",
    "giai đoạn 2021–2025": "2021-2025",
    "nhiệm kỳ 2015-2020": "2015-2020",
    "5 năm qua (2016 - 2020)": "2016-2020",
    "năm 2024": "2024",
    "7 tháng năm 2024": "2024-m1-7",
    "lũy kế 10 tháng năm 2024": "2024-m1-10",
    "5 tháng/2023": "2023-m1-5",
    "6 tháng năm 2023": "2023-h1",
    "tháng Năm năm 2024": "2024-05",
}


@pytest.mark.parametrize("text", TIMES)
def test_a_time_with_its_year_has_a_slug(text):
    """Days, halves, quarters, months, years and spans of years are named as the registers do."""
    assert [time.slug for time in find_times(text)] == [TIMES[text]]


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Sáng ngày 13/12", "2020-12-13"),
        ("(22/11)", "2020-11-22"),
        ("6 tháng đầu năm", "2020-h1"),
        ("quý II", "2020-q2"),
        ("lũy kế 7 tháng", "2020-m1-7"),
        ("8 tháng đầu năm", "2020-m1-8"),
        ("6 tháng qua", "2020-h1"),
        ("trong tháng Chín", "2020-09"),
    ],
)  # fmt: skip
def test_a_time_without_a_year_takes_the_one_it_is_given(text, slug):
    """The year often stands only in the page's date line."""
    time = find_times(text)[0]

    assert time.slug == ""
    assert in_year(time, 2020).slug == slug


@pytest.mark.parametrize(
    "text",
    [
        "45/46 phiếu",
        "31/2/2020",
        "1585/QĐ-TTg",
        "38/94 xã",
        "13,1/2020",
        "kỳ hạn 6 tháng",
        "trẻ 8 tháng tuổi",
    ],
)
def test_what_is_no_date_is_left(text):
    """Ratios, impossible days and document numbers are no dates."""
    assert find_times(text) == []


def test_until_is_heard():
    """Đến năm 2025 is the end of a stretch; năm 2025 is not."""
    assert [time.until for time in find_times("đến năm 2025 và trong năm 2026")] == [True, False]


@pytest.mark.parametrize(
    ("text", "slug"),
    [("quý I/2024", "2023-q1"), ("15/6/2022", "2021-06-15"), ("giai đoạn 2021-2025", "2020")],
)
def test_the_same_time_a_year_before(text, slug):
    """The same period of last year is what most changes are measured against."""
    assert before_by_a_year(find_times(text)[0]).slug == slug
