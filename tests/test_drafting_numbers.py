from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafted import lexicon
from laichau_kg.drafting.numbers import find_amounts, read_number

AMOUNTS = {
    "9.068,73 tỷ đồng": ("9068.73", None, None, "billion-vnd"),
    "31,209 tỷ": ("31.209", None, None, "billion-vnd"),
    "3.470 tỷ": ("3470", None, None, "billion-vnd"),
    "168 nghìn tỷ đồng": ("168000", None, None, "billion-vnd"),
    "47 vạn người": ("470000", None, None, "person"),
    "1,45 triệu lượt khách": ("1.45", None, None, "million-person-visits"),
    "2.235USD": ("2235", None, None, "usd"),
    "26 %": ("26", None, None, "percent"),
    "60,9MW": ("60.9", None, None, "megawatt"),
    "4,6 điểm %": ("4.6", None, None, "percentage-point"),
    "3 điểm phần trăm": ("3", None, None, "percentage-point"),
    "06 sản phẩm": ("6", None, None, "product"),
    "9 - 10%": ("9", "10", None, "percent"),
    "9% -11%": ("9", "11", None, "percent"),
    "1.900-2.000USD": ("1900", "2000", None, "usd"),
    "7 đến 8%": ("7", "8", None, "percent"),
    "38/94 xã": ("38", None, "94", "commune"),
    "94.044/99.069 hộ": ("94044", None, "99069", "household"),
    "4.318 tỷ đồng/6.033 tỷ đồng": ("4318", None, "6033", "billion-vnd"),
    "45/46 phiếu": ("45", None, "46", ""),
    "xếp thứ 24/63": ("24", None, "63", "rank"),
    "tốp 15": ("15", None, None, "rank"),
    "13,1 bác sỹ/1 vạn dân": ("13.1", None, None, "doctors-per-10000"),
    "không còn xã": ("0", None, None, ""),
    "475,6ha": ("475.6", None, None, "hectare"),
    "4,5 nghìn ha": ("4500", None, None, "hectare"),
    "58,4 tạ/ha": ("58.4", None, None, "quintal-per-hectare"),
    "285.600 con": ("285600", None, None, "head"),
    "21,4/23,6 km": ("21.4", None, "23.6", "kilometre"),
    "9.068,73 km2": ("9068.73", None, None, "square-kilometre"),
    "2 triệu m3": ("2000000", None, None, "cubic-metre"),
    "1.245 triệu kWh": ("1245", None, None, "million-kilowatt-hours"),
    "36 tỷ kWh": ("36000", None, None, "million-kilowatt-hours"),
    "2,87 tỷ USD": ("2870", None, None, "million-usd"),
    "38,6 triệu tấn": ("38600", None, None, "thousand-tonnes"),
    "125 doanh nghiệp": ("125", None, None, "enterprise"),
    "9,2 bác sĩ/vạn dân": ("9.2", None, None, "doctors-per-10000"),
    "180 điểm sạt lở": ("180", None, None, ""),
}


@pytest.mark.parametrize("text", AMOUNTS)
def test_an_amount_is_read_whole(text):
    """Value, upper value, total and unit are read in the forms that news uses."""
    amount = find_amounts(text, lexicon().units)[0]

    value, upper, total, unit = AMOUNTS[text]
    assert amount.value == Decimal(value)
    assert amount.value_max == (Decimal(upper) if upper else None)
    assert amount.total == (Decimal(total) if total else None)
    assert amount.unit == unit


BOUNDS = {
    "đạt 5%": "exact",
    "trên 5%": "more-than",
    "hơn 5%": "more-than",
    "gần 5%": "almost",
    "khoảng 5%": "about",
    "trên dưới 5%": "about",
    "ít nhất 5%": "at-least",
    "5% trở lên": "at-least",
    "không quá 5%": "at-most",
    "dưới 5%": "at-most",
    "tối thiểu 5%": "at-least",
    "không thấp hơn 5%": "at-least",
}


@pytest.mark.parametrize("text", BOUNDS)
def test_the_word_before_a_number_bounds_it(text):
    """Trên, gần, khoảng and the like are read as bounds."""
    assert find_amounts(text, lexicon().units)[0].bound == BOUNDS[text]


@pytest.mark.parametrize(
    "text",
    [
        "ngày 19/6", "năm 2024", "5 năm qua", "6 tháng đầu năm", "lần thứ 14", "Covid-19", "1585/QĐ-TTg",
        "lúc 13h46", "khóa XV", "3 nhiệm vụ", "Nghị quyết số 12", "02 đồng chí", "25 đồng chí", "quốc lộ 279",
        "5 con đường", "62 tuổi", "0219 3866 123 để biết", "thôn 12 xã", "7 giờ 30 phút", "28 nhiệm vụ",
    ],
)  # fmt: skip
def test_what_is_no_amount_is_left(text):
    """Dates, durations, ordinals and document numbers are no amounts."""
    assert find_amounts(text, lexicon().units) == []


def test_a_slash_between_two_units_parts_two_amounts():
    """45,8 tỷ đồng/6.521 hộ are two figures, no ratio."""
    amounts = find_amounts("45,8 tỷ đồng/6.521 hộ", lexicon().units)

    assert [(str(amount.value), amount.unit, amount.total) for amount in amounts] == [
        ("45.8", "billion-vnd", None),
        ("6521", "household", None),
    ]


def test_a_yearly_amount_says_so():
    """The year after a slash belongs to the amount."""
    amount = find_amounts("đạt 2.142 tỷ đồng/năm", lexicon().units)[0]

    assert amount.per_year
    assert "đạt 2.142 tỷ đồng/năm"[amount.start : amount.end] == "2.142 tỷ đồng/năm"


@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_a_number_reads_back_as_it_was_written(value):
    """Written with thousand dots and a decimal comma, a number is read as itself."""
    whole, part = format(value, ",.2f").split(".")

    assert read_number(whole.replace(",", ".") + "," + part) == value
