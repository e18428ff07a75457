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
