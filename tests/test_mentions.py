"""What a text mentions: each figure, date, document, name and title is found, and no figure escapes."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laichau_kg.mentions import find_items

FORMS = {
    "figures": [
        "đạt [9.068,73] tỷ đồng",
        "tăng [20,0%] và [26 %]",
        "có [06] sản phẩm, [475,6]ha, [60,9]MW",
        "tăng [9 - 10%]/năm, từ [9% -11%]",
        "[45/46] phiếu, [94.044/99.069] hộ",
        "xếp thứ [24/63], tốp [15].",
        "phòng dịch Covid-19 và COP26 tốn [3] tỷ",
        "lượt truy cập: [7,535,028]",
        "đạt [2.024] tỷ đồng, [2024] tấn",
    ],
    "dates": [
        "Chiều ngày [13/12], họp; sáng [21/7].",
        "ngày [04/08/2022] và [25-10-2017]",
        "từ [24-25/11/2021] đến ([29/4])",
        "ngày [10 tháng 12 năm 2016]",
        "[tháng 6/2022], [10/2025], [quý\xa0I năm 2021], [Quý III]",
        "[6 tháng đầu năm 2022] và [9 tháng]",
        "giai đoạn [2021 - 2025], [2016–2020], năm [2023].",
        "(Ngày đăng: [14/12/2020] [7:56:02 SA]), [13h46']",
    ],
    "documents": [
        "theo [Quyết định số 1585/QĐ-TTg] và [57-NQ/TW]",
        "[67/2016/NQ-HĐND], [72/2025/QH15], [09-ĐA/TU], [3841/UBND-TH]",
        "[Nghị quyết 30a], [Kết luận số 21-KL/TW], [79-KH/TƯ]",
        "[19- NQ/TW] và [4732/KHUBND]",
    ],
    "names": [
        "[Phó Chủ tịch UBND] tỉnh [Giàng A Tính] dự",
        "đồng chí [Vừ A Tiến] nói",
        "[Bộ trưởng Bộ] Công Thương [Trần Tuấn Anh] đánh giá",
        "[Chủ tịch UBND] tỉnh Hà Giang [Nguyễn Văn Sơn] dự",
        "[Trần Tiến Dũng] – [Phó Bí thư Tỉnh] ủy, [Chủ tịch UBND] tỉnh nhấn mạnh",
        "[Giàng Páo Mỷ] - [Ủy\xa0viên Ban] Chấp hành Trung ương Đảng, [Bí thư Tỉnh] ủy; đại diện",
        "[Lò Văn Cương], [UVBTV Tỉnh] ủy, và đoàn",
    ],
    "nothing": [
        "tư tưởng Hồ Chí Minh",
        "huyện Than Uyên và thành phố Hà Nội",
        "Chủ tịch UBND tỉnh đề nghị các sở",
        "Đoàn đại biểu Quốc hội tỉnh Lai Châu",
        "",
    ],
}
KINDS = {"figures": {"figure"}, "dates": {"date"}, "documents": {"document"}, "names": {"name", "title"}}
CASES = [pytest.param(kind, marked, id=marked) for kind, rows in FORMS.items() for marked in rows]
MARKED = re.compile(r"\[([^\]]*)\]")


@pytest.mark.parametrize(("kind", "marked"), CASES)
def test_what_stands_in_brackets_is_found(kind, marked):
    """In a text without its brackets, just what stood in them is found."""
    expected = MARKED.findall(marked)

    found = find_items(MARKED.sub(r"\1", marked))
    items = [item for item in found if item.kind in KINDS.get(kind, {item.kind})]

    assert [item.words for item in items] == expected


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="0123456789.,/-–% hThángquýIVăđồQĐNT \n\xa0", max_size=60))
def test_no_digit_escapes_and_nothing_overlaps(text):
    """Every digit is in one item, but for those that are part of a word."""
    items = find_items(text)
    held = [at for item in items if item.kind != "name" for at in range(item.start, item.end)]
    in_words = {at for found in re.finditer(r"[^\W\d_][-‑–]?\d+", text) for at in range(*found.span())}

    escaped = [at for at, char in enumerate(text) if char.isdecimal() and at not in {*held, *in_words}]

    assert escaped == []
    assert len(held) == len(set(held))
    assert [item.words for item in items] == [text[item.start : item.end] for item in items]
