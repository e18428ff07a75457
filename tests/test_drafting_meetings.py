import pytest

from drafted import found

HELD = (
    "Chiều ngày 14/3/2023, UBND tỉnh tổ chức Hội nghị trực tuyến bàn về du lịch tỉnh Sơn La. "
    "Đồng chí Lê Văn Nam – Chủ tịch UBND tỉnh chủ trì Hội nghị. "
    "Dự Hội nghị có đồng chí Bùi Thị Lan - Phó Bí thư Tỉnh ủy; đại diện lãnh đạo các sở, ngành.\n"
    "Tham luận tại Hội nghị, các đại biểu đã trao đổi nhiều ý kiến.\n"
    "Phát biểu kết luận Hội nghị, đồng chí Lê Văn Nam đề nghị các sở, ngành khẩn trương thực hiện."
)
SESSION = (
    "Sáng 2/4/2024, Đoàn công tác của Bộ Tài chính do đồng chí Đỗ Minh Tùng – Thứ trưởng Bộ Tài chính "
    "làm Trưởng đoàn có buổi làm việc với tỉnh Sơn La. "
    "Tiếp và làm việc với Đoàn có đồng chí Lê Văn Nam - Chủ tịch UBND tỉnh; lãnh đạo các sở, ngành. "
    "Tại buổi làm việc, đồng chí Lê Văn Nam đã báo cáo một số kết quả."
)


def test_a_conference_has_its_day_form_and_host():
    """Day, part of day, form and organiser stand in the opening sentence."""
    meeting = found(HELD, "meeting")[0]

    assert meeting["kind"] == "conference"
    assert (meeting["date"], meeting["partOfDay"]) == ("2023-03-14", "afternoon")
    assert (meeting["mode"], meeting["organizer"]) == ("online", "UBND tỉnh")


def test_the_parts_in_a_conference():
    """Chair, attendees, discussants and who concludes are told apart."""
    parts = {(part["role"], part.get("official") or part["group"]) for part in found(HELD, "participation")}

    assert parts == {
        ("chair", "Lê Văn Nam"),
        ("attendee", "Bùi Thị Lan"),
        ("attendee", "đại diện lãnh đạo các sở, ngành"),
        ("discussant", "các đại biểu"),
        ("concluding-speaker", "Lê Văn Nam"),
    }


def test_the_parts_in_a_working_session():
    """A delegation, its head, the hosts and who reports are told apart."""
    parts = {
        (part["role"], part.get("official") or part["group"]) for part in found(SESSION, "participation")
    }

    assert parts == {
        ("attendee", "Đoàn công tác của Bộ Tài chính"),
        ("head-of-delegation", "Đỗ Minh Tùng"),
        ("host", "tỉnh Sơn La"),
        ("host", "Lê Văn Nam"),
        ("host", "lãnh đạo các sở, ngành"),
        ("reporter", "Lê Văn Nam"),
    }


def test_a_congress_in_the_name_of_a_resolution_is_no_meeting():
    """What only gives a document its name did not take place here."""
    assert found("Tỉnh Sơn La thực hiện Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XV.", "meeting") == []


PHRASINGS = {
    "Chiều 2/4/2024, ông Lê Văn Nam - Chủ tịch UBND tỉnh đã tiếp ông Gary Tseng - Giám đốc Công ty Mẫu.": {
        ("host", "Lê Văn Nam"),
        ("attendee", "Gary Tseng"),
    },
    "Các đồng chí: Lê Văn Nam, Bí thư Tỉnh ủy; Lò Thị Mai, Phó Bí thư đã làm việc với trưởng các ban.": {
        ("attendee", "Lê Văn Nam"),
        ("attendee", "Lò Thị Mai"),
    },
    "Dự họp có đồng chí Lò Thị Mai, Bí thư Tỉnh ủy, lãnh đạo Thanh tra tỉnh, Sở Y tế. Hội nghị bế mạc.": {
        ("attendee", "Lò Thị Mai"),
        ("attendee", "lãnh đạo Thanh tra tỉnh, Sở Y tế"),
    },
    "Hội thảo có sự tham dự của lãnh đạo các tỉnh; các nhà khoa học đến từ Viện Mẫu, Viện Thử.": {
        ("attendee", "lãnh đạo các tỉnh"),
        ("attendee", "các nhà khoa học đến từ Viện Mẫu, Viện Thử"),
    },
    "Tại cuộc họp, Thường trực và thành viên UBND tỉnh đã thảo luận dự thảo.": {
        ("discussant", "Thường trực và thành viên UBND tỉnh")
    },
}


@pytest.mark.parametrize("text", PHRASINGS)
def test_the_parts_in_other_phrasings(text):
    """Who receives and who calls, and whose leaders came."""
    drafted = {(part["role"], part.get("official") or part["group"]) for part in found(text, "participation")}

    assert drafted == PHRASINGS[text]


def test_a_meeting_without_a_day_is_held_on_the_day_the_article_opens_with():
    """The first sentence tells of the guests' coming, the second of the session."""
    text = (
        "Tin tỉnh Sơn La hôm nay có gì\n\nThứ 3, 11.04.2023 | 07:54:45\n1,192 lượt xem\n\n"
        "Ngày 10/4, các nhà đầu tư đến tìm hiểu. Buổi làm việc diễn ra tại trụ sở UBND tỉnh.\n"
    )

    assert [meeting["date"] for meeting in found(text, "meeting")] == ["2023-04-10"]


def test_who_speaks_by_a_title_alone_is_the_one_who_holds_it():
    """The title tells who it is; "the deputies" of a roll are nobody in particular."""
    text = (
        "Sáng 2/4/2024, UBND tỉnh tổ chức Hội nghị. Dự Hội nghị có đồng chí Lê Văn Nam, Bí thư Tỉnh ủy.\n"
        "Phát biểu chỉ đạo Hội nghị, đồng chí Bí thư Tỉnh ủy biểu dương kết quả."
    )

    parts = {(part["role"], part["official"]) for part in found(text, "participation")}

    assert parts == {("attendee", "Lê Văn Nam"), ("speaker", "Lê Văn Nam")}
