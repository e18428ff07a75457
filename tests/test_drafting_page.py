"""What a page says of itself: its title, its day, who signs, and where it stood."""

import pytest

from laichau_kg.drafting.page import read_page

TOLD = "Sáng 4/7, UBND tỉnh tổ chức Hội nghị sơ kết.\nHội nghị kết thúc tốt đẹp."


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("04:35 15/03/2016", "2016-03-15"),
        ("Trí Phương - 22:45, 18/05/2023", "2023-05-18"),
        ("Thứ 3, 11.04.2023 | 07:54:45", "2023-04-11"),
        ("Chủ nhật, 17/12/2023 08:15", "2023-12-17"),
        ("(Ngày đăng :14/12/2020 7:56:02 SA)", "2020-12-14"),
        ("(Theo Công văn số 1/UBND-TH, ngày 23/11/2023)", None),
        ("Khởi công - 15/03/2016 là ngày vui", None),
        ("15/03/2016 là ngày khởi công công trình", None),
    ],
)
def test_the_day_stands_in_a_line_of_its_own(line, day):
    """With an hour, a day of the week or a word; a sentence that begins with a date is none."""
    issued = read_page(f"{line}\n{TOLD}").issued

    assert (issued.isoformat() if issued else None) == day


@pytest.mark.parametrize(
    ("text", "authors"),
    [
        (f"{TOLD}\nMinh Nghĩa\n", ["Minh Nghĩa"]),
        (f"{TOLD}\nThanh Hoa - Ngọc Duy\n", ["Thanh Hoa", "Ngọc Duy"]),
        (f"{TOLD}\nTin, ảnh: QUANG VINH\n", ["QUANG VINH"]),
        (f"{TOLD}\nTheo Phương Chi/mau.gov.vn\n", ["Phương Chi"]),
        (f"{TOLD}\nX.T\n", ["X.T"]),
        (f"Tỉnh họp bàn về nông nghiệp\nHữu Toàn\n05/09/2022 19:02\n{TOLD}\n", ["Hữu Toàn"]),
        (f"Tỉnh họp bàn về nông nghiệp\n\nTrí Phương - 22:45, 18/05/2023\n\n{TOLD}\n", ["Trí Phương"]),
        (f"{TOLD}\nSơn La\n", []),
        (f"{TOLD}\nĐồng chí phát biểu\n", []),
    ],
)
def test_who_signs(text, authors):
    """In a line that says so, or by a name alone at the foot or under the title; a place signs nothing."""
    assert [text[span.start : span.end] for span in read_page(text).authors] == authors


@pytest.mark.parametrize(
    ("text", "site"),
    [
        (f"{TOLD}\nNguồn: http://mau.gov.vn/tin/1.html\n", "mau.gov.vn"),
        (f"(mau.gov.vn) {TOLD}\n", "mau.gov.vn"),
        (TOLD, ""),
    ],
)
def test_where_it_stood(text, site):
    """After the word for source, or in brackets before the first sentence."""
    assert read_page(text).site == site


def test_a_title_needs_no_gap_before_the_first_sentence():
    """The line above a sentence that opens with its day is the title."""
    title = read_page(f"Hội nghị Ban Thường vụ Tỉnh ủy\n{TOLD}").title

    assert (title.start, title.end) == (0, 30)
