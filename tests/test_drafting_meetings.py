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
    "Tham gia buổi tiếp gồm có đồng chí Lò Thị Mai, Bí thư, Lãnh đạo Sở Du lịch, công chức Sở Y tế.": {
        ("attendee", "Lò Thị Mai"),
        ("attendee", "Lãnh đạo Sở Du lịch"),
        ("attendee", "công chức Sở Y tế"),
    },
    "Ông Lê Văn Nam, Chủ tịch UBND tỉnh có buổi tiếp xã giao Đoàn Hội Doanh nhân gồm 5 người.": {
        ("host", "Lê Văn Nam"),
        ("attendee", "Đoàn Hội Doanh nhân"),
    },
    "Đoàn đại biểu thành phố Mẫu (Hàn Quốc) do ngài Kim Min Ho dẫn đầu đã làm việc với tỉnh Sơn La.": {
        ("attendee", "Đoàn đại biểu thành phố Mẫu"),
        ("head-of-delegation", "Kim Min Ho"),
        ("host", "tỉnh Sơn La"),
    },
    "Tổ đại biểu do ông Lê Văn Nam, Giám đốc Sở Y tế làm Tổ trưởng có buổi tiếp xúc cử tri tại xã.": {
        ("head-of-delegation", "Lê Văn Nam"),
    },
    "Đồng chí Lò Thị Mai, Bí thư Tỉnh ủy dự và chỉ đạo hội nghị. Cùng dự có 80 cử tri xã Mẫu đến dự.": {
        ("attendee", "Lò Thị Mai"),
        ("attendee", "80 cử tri xã Mẫu"),
    },
    "Tại hội nghị, các đại biểu đã báo cáo tiến độ triển khai một số dự án.": {("reporter", "các đại biểu")},
    "Tham dự Hội nghị trực tiếp tại trụ sở Sở Y tế có đại diện các bệnh viện.": {
        ("attendee", "đại diện các bệnh viện")
    },
    "Chiều 9/2, dưới sự chủ trì, điều hành của ông Lê Văn Nam, HĐND tỉnh đã tổ chức Kỳ họp thứ 8.": {
        ("chair", "Lê Văn Nam")
    },
    "Ông Lê Văn Nam, Bí thư tiếp Đoàn đại biểu Đại sứ quán Mông Cổ. Tham gia Đoàn có bà Kim Min Ho.": {
        ("host", "Lê Văn Nam"),
        ("attendee", "Đoàn đại biểu Đại sứ quán Mông Cổ"),
        ("attendee", "Kim Min Ho"),
    },
    "Ông Lê Văn Nam đã có buổi tiếp xúc với cử tri. Tham dự buổi tiếp xúc còn có ông Lò Văn Sơn.": {
        ("attendee", "Lê Văn Nam"),
        ("attendee", "Lò Văn Sơn"),
    },
    "Dự và chủ trì hội nghị có ông Lê Văn Nam-Bí thư Tỉnh ủy; lãnh đạo các huyện.": {
        ("chair", "Lê Văn Nam"),
        ("attendee", "lãnh đạo các huyện"),
    },
    "Chủ trì Hội nghị, ông Lê Văn Nam; đồng chủ trì, Giám đốc Sở Y tế Lò Thị Mai.": {
        ("chair", "Lê Văn Nam"),
        ("chair", "Lò Thị Mai"),
    },
    "Chủ trì Hội nghị, ông Lê Văn Nam biểu dương đồng chí Lò Thị Mai.": {("chair", "Lê Văn Nam")},
    "Bộ trưởng Lê Văn Nam đã dẫn đầu đoàn cán bộ tới thăm và làm việc tại tỉnh Sơn La. "
    "Tham gia tiếp đoàn có đồng chí Lò Thị Mai, Bí thư Tỉnh ủy.": {
        ("head-of-delegation", "Lê Văn Nam"),
        ("host", "Lò Thị Mai"),
    },
    "Hội nghị bế mạc. Về phía tỉnh có lãnh đạo các sở; về phía huyện Mẫu có lãnh đạo các xã.": {
        ("attendee", "lãnh đạo các sở"),
        ("attendee", "lãnh đạo các xã"),
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


@pytest.mark.parametrize(
    ("issued", "told", "day"),
    [
        ("02/01/2024", "30/12", "2023-12-30"),
        ("28/12/2023", "05/1", "2024-01-05"),
        ("28/12/2023", "10/2", "2023-02-10"),
        ("29/2/2024", "29/2", "2024-02-29"),
    ],
)
def test_a_day_without_a_year_is_the_last_one_before_the_article(issued, told, day):
    """Or one that is about to come: what happened before the year's end is told after it."""
    text = (
        f"Tin tỉnh Sơn La hôm nay có gì\n\nNgày đăng: {issued}\n\n"
        f"Sáng {told}, UBND tỉnh tổ chức hội nghị về du lịch.\n"
    )

    assert [meeting["date"] for meeting in found(text, "meeting")] == [day]


def test_who_speaks_by_a_title_alone_is_the_one_who_holds_it():
    """The title tells who it is; "the deputies" of a roll are nobody in particular."""
    text = (
        "Sáng 2/4/2024, UBND tỉnh tổ chức Hội nghị. Dự Hội nghị có đồng chí Lê Văn Nam, Bí thư Tỉnh ủy.\n"
        "Phát biểu chỉ đạo Hội nghị, đồng chí Bí thư Tỉnh ủy biểu dương kết quả."
    )

    parts = {(part["role"], part["official"]) for part in found(text, "participation")}

    assert parts == {("attendee", "Lê Văn Nam"), ("speaker", "Lê Văn Nam")}


NAMES = {
    "Chiều 5/7, UBND tỉnh tổ chức họp báo công bố tình hình kinh tế quý II năm 2024.": (
        "họp báo công bố tình hình kinh tế quý II năm 2024"
    ),
    "Tại cuộc họp báo về du lịch diễn ra sáng 5/7/2024, Sở Du lịch cho biết, lượng khách tăng mạnh.": (
        "cuộc họp báo về du lịch"
    ),
    "Sáng 5/7/2024, đồng chí Lê Văn Nam dự hội nghị tổng kết công tác hội, do đồng chí Bùi Lan chủ trì.": (
        "hội nghị tổng kết công tác hội"
    ),
    "Sáng 5/7/2024, HĐND tỉnh khai mạc Kỳ họp thứ 9, HĐND tỉnh khóa XV nhằm xem xét nhiều nội dung.": (
        "Kỳ họp thứ 9, HĐND tỉnh khóa XV"
    ),
    "Sáng 5/7/2024, UBND tỉnh tổ chức Hội nghị đánh giá kết quả thực hiện nhiệm vụ phát triển kinh tế"
    " của tỉnh trong quý I và triển khai phương hướng cùng những giải pháp của quý tiếp theo.": (
        "Hội nghị đánh giá kết quả thực hiện nhiệm vụ phát triển kinh tế của tỉnh trong quý I"
    ),
    "Sáng 5/7/2024, các đại biểu dự Hội nghị.\nHội nghị xúc tiến đầu tư tỉnh Sơn La đã thu hút nhiều đoàn.": (
        "Hội nghị xúc tiến đầu tư tỉnh Sơn La"
    ),
}


@pytest.mark.parametrize("text", NAMES)
def test_a_name_ends_where_the_sentence_goes_on(text):
    """A name has no verb before it and ends at a word; the fuller one stands where the first says little."""
    assert [meeting["name"] for meeting in found(text, "meeting")] == [NAMES[text]]


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("Chiều 28/6, Cục Thống kê tỉnh Sơn La đã tổ chức họp báo về 6 tháng đầu năm 2023.", "2023-06-28"),
        ("Sáng 5/1, Cục Thống kê Sơn La tổ chức buổi họp báo về 6 tháng cuối năm 2023.", "2024-01-05"),
        ("Sáng 27/12, UBND tỉnh tổ chức họp báo về nhiệm vụ quý I/2024.", "2023-12-27"),
        ("Sáng 5/1, UBND tỉnh tổ chức họp báo về kết quả năm 2023.", None),
    ],
)
def test_a_day_without_a_year_takes_that_of_a_part_of_a_year_in_its_sentence(told, day):
    """It is the year in which the day lies nearest to that part; a whole year tells nothing."""
    assert [meeting.get("date") for meeting in found(told, "meeting")] == [day]


@pytest.mark.parametrize(
    ("told", "organizer"),
    [
        (
            "Chiều 28/6, Cục Thống kê tỉnh Bà Rịa - Vũng Tàu đã tổ chức họp báo.",
            "Cục Thống kê tỉnh Bà Rịa - Vũng Tàu",
        ),
        ("Sáng 5/1, Cục Thuế Sơn La tổ chức buổi họp báo.", "Cục Thuế Sơn La"),
        ("Sáng 5/1, UBND tỉnh họp thường kỳ tháng 1.", "UBND tỉnh"),
        ("Ngày 13-10, Đảng bộ tỉnh Sơn La tổ chức khai mạc Đại hội lần thứ XV.", "Đảng bộ tỉnh Sơn La"),
    ],
)
def test_who_calls_the_press_or_sits_by_custom_is_the_host(told, organizer):
    """Branch offices are named with their province, with or without its level."""
    assert [meeting["organizer"] for meeting in found(told, "meeting")] == [organizer]


TWO = (
    "Sáng 5/4/2024, UBND tỉnh tổ chức Hội nghị về du lịch. Đồng chí Lê Văn Nam chủ trì Hội nghị.\n"
    "Phát biểu tại Hội nghị, đồng chí Bùi Thị Lan đề nghị các sở tiếp tục phối hợp.\n"
    "Chiều 7/4/2024, Tỉnh ủy tổ chức hội nghị về công tác cán bộ. "
    "Cùng dự có đồng chí Lò Thị Mai.\n"
    "Kết luận hội nghị, đồng chí Sùng A Chớ biểu dương các đơn vị."
)


def test_two_conferences_on_two_days_are_two():
    """Each has its own day, part of day and host."""
    drafted = [(one["key"], one["date"], one["organizer"]) for one in found(TWO, "meeting")]

    assert drafted == [
        ("conference", "2024-04-05", "UBND tỉnh"),
        ("conference-2", "2024-04-07", "Tỉnh ủy"),
    ]


def test_who_takes_part_goes_to_the_nearest_of_two_conferences():
    """Up to where the second one is opened all belong to the first."""
    drafted = {(part["meeting"], part["role"], part["official"]) for part in found(TWO, "participation")}

    assert drafted == {
        ("conference", "chair", "Lê Văn Nam"),
        ("conference", "speaker", "Bùi Thị Lan"),
        ("conference-2", "attendee", "Lò Thị Mai"),
        ("conference-2", "concluding-speaker", "Sùng A Chớ"),
    }


@pytest.mark.parametrize(
    ("then", "count"),
    [
        ("Chiều cùng ngày, đồng chí Lê Văn Nam chủ trì hội nghị về y tế.", 2),
        ("Chiều cùng ngày, hội nghị tiếp tục với phần thảo luận.", 1),
        ("Chiều cùng ngày, kế tiếp đồng chí Lê Văn Nam là các đại biểu thảo luận tại hội nghị.", 1),
        ("Ngày 9/4/2024, tại hội nghị, các đại biểu đi thăm mô hình.", 1),
        ("Ngày 9/5/2024, UBND tỉnh sẽ tổ chức hội nghị về y tế.", 1),
        ("Sáng 5/4, UBND tỉnh tổ chức hội nghị với sự tham gia của các sở.", 1),
    ],
)
def test_a_conference_that_is_only_spoken_of_again_stays_one(then, count):
    """Another day, or another part of it, makes another one only where that was held."""
    told = f"Sáng 5/4/2024, UBND tỉnh tổ chức Hội nghị về du lịch.\n{then}"

    assert len(found(told, "meeting")) == count


def test_posts_without_names_after_the_comrades_are_groups():
    """Whoever holds such a post and is named elsewhere is not the one meant."""
    text = (
        "Sáng 2/4/2024, đồng chí Lò Thị Mai, Phó Chủ tịch HĐND tỉnh chủ trì hội nghị. "
        "Cùng dự có các đồng chí Phó Chủ tịch HĐND tỉnh, Phó Chủ tịch UBND tỉnh; Ủy viên UBND tỉnh."
    )

    drafted = {part.get("official") or part["group"] for part in found(text, "participation")}

    assert drafted == {"Lò Thị Mai", "Phó Chủ tịch HĐND tỉnh", "Phó Chủ tịch UBND tỉnh", "Ủy viên UBND tỉnh"}
