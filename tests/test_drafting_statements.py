import pytest

from drafted import found


@pytest.mark.parametrize(
    ("text", "kind", "speaker"),
    [
        ("Chủ tịch UBND tỉnh Lê Văn Nam yêu cầu các sở, ngành rà soát tiến độ.", "directive", "Lê Văn Nam"),
        ("Tỉnh Sơn La kiến nghị Bộ Tài chính quan tâm bố trí vốn.", "recommendation", "Tỉnh Sơn La"),
        ("Bộ Tài chính sẽ phối hợp với tỉnh để tháo gỡ khó khăn.", "commitment", "Bộ Tài chính"),
    ],
)
def test_a_sentence_that_orders_asks_or_promises(text, kind, speaker):
    """The verb tells the kind, the words before it who speaks."""
    assert [one["by"] for one in found(text, kind)] == [speaker]


def test_what_is_urged_next_has_the_same_speaker():
    """Sentences that only urge go on with the speaker before."""
    text = "Đồng chí Lê Văn Nam yêu cầu các sở chủ động. Tăng cường kiểm tra tại cơ sở."

    assert [one["by"] for one in found(text, "directive")] == ["Lê Văn Nam", "Lê Văn Nam"]


def test_the_comrade_who_also_asks_goes_on_with_the_order():
    """Who leads and ordered before is meant, and asks no favour of those below."""
    text = (
        "Đồng chí Chủ tịch UBND tỉnh yêu cầu các sở chủ động. "
        "Đồng thời, đồng chí cũng đề nghị UBND các huyện tiếp tục rà soát."
    )

    assert [one["by"] for one in found(text, "directive")] == ["Chủ tịch UBND tỉnh", "Chủ tịch UBND tỉnh"]


def test_voters_ask_whatever_their_verb():
    """Those who are led give no orders."""
    text = "Cử tri xã Mẫu cũng yêu cầu Chính phủ xem xét giá vật tư."

    assert [one["by"] for one in found(text, "recommendation")] == ["Cử tri xã Mẫu"]


@pytest.mark.parametrize(
    "text",
    ["Tại buổi tiếp xúc, có 9 đề xuất, kiến nghị gửi đến Đoàn.", "Bà con có nhiều kiến nghị thiết thực."],
)
def test_requests_that_are_counted_ask_for_nothing(text):
    """They are nouns."""
    assert found(text, "recommendation") == []


def test_topics_are_found_by_their_labels():
    """The labels of the list of topics that stand in the sentence name its topics."""
    text = "Đồng chí Lê Văn Nam yêu cầu các sở phát triển du lịch."

    assert found(text, "directive")[0]["topic"].split() == ["tourism"]


def test_a_noun_is_no_verb():
    """The word for requests among nouns asks for nothing."""
    assert found("Những kiến nghị của tỉnh được ghi lại.", "recommendation") == []


@pytest.mark.parametrize(
    ("said", "to"),
    [
        (
            "yêu cầu các sở, ban, ngành có liên quan khẩn trương bổ sung báo cáo.",
            "các sở, ban, ngành có liên quan",
        ),
        ("giao Sở Tài chính chủ trì, phối hợp với Sở Nội vụ rà soát.", "Sở Tài chính"),
        (
            "yêu cầu Ban Quản lý dự án 2 và các nhà thầu tăng cường máy móc.",
            "Ban Quản lý dự án 2; các nhà thầu",
        ),
        ("kiến nghị Tỉnh ủy, UBND tỉnh quan tâm bố trí vốn.", "Tỉnh ủy; UBND tỉnh"),
        ("mong muốn thời gian tới tỉnh Sơn La tiếp tục hỗ trợ.", "tỉnh Sơn La"),
        ("yêu cầu UBND các huyện, thành phố đẩy nhanh tiến độ.", "UBND các huyện, thành phố"),
    ],
)
def test_whom_a_statement_is_addressed_to(said, to):
    """Bodies one by one, and whoever is only described as a whole, up to what they shall do."""
    text = f"Đồng chí Lê Văn Nam {said}"

    assert [one["to"] for kind in ("directive", "recommendation") for one in found(text, kind)] == [to]


@pytest.mark.parametrize(
    ("said", "due"),
    [
        ("báo cáo UBND tỉnh trước ngày 15/7/2024", "2024-07-15"),
        ("báo cáo UBND tỉnh trước 31/5", "2024-05-31"),
        ("báo cáo UBND tỉnh trước ngày 10/1", "2025-01-10"),
        ("hoàn thành chậm nhất vào cuối tháng 9/2024", "2024-09"),
        ("trình HĐND tỉnh trong quý III năm 2024", "2024-q3"),
        ("hoàn thành trong năm 2025", "2025"),
        ("thực hiện Nghị quyết về du lịch giai đoạn 2021 - 2025", None),
        ("rà soát tiến độ", None),
    ],
)
def test_by_when_it_is_to_be_done(said, due):
    """A day without a year is the next such day; a document's own period is no time limit."""
    text = (
        "Tỉnh Sơn La họp bàn về du lịch\n\nNgày đăng: 02/02/2024\n\n"
        f"Đồng chí Lê Văn Nam yêu cầu Sở Tài chính {said}.\n"
    )

    assert [one.get("due") for one in found(text, "directive")] == [due]


def test_a_due_day_without_any_year_is_kept_in_words():
    """Nobody knows the year; the day is not lost."""
    text = "Đồng chí Lê Văn Nam yêu cầu Sở Tài chính báo cáo trước ngày 30/6."

    assert [one["due"] for one in found(text, "directive")] == ["30/6"]


@pytest.mark.parametrize(
    ("called", "name"),
    [
        ("Đồng chí", "Lò Thị Mai"),
        ("Đồng chí Bí thư Tỉnh ủy", "Lê Văn Nam"),
        ("Chủ tịch UBND tỉnh", "Lò Thị Mai"),
    ],
)
def test_who_is_called_by_a_title_alone_is_the_one_who_holds_it(called, name):
    """And "the comrade" is who was named last."""
    text = (
        "Bí thư Tỉnh ủy Lê Văn Nam và Chủ tịch UBND tỉnh Lò Thị Mai dự hội nghị. "
        f"{called} yêu cầu Sở Tài chính rà soát tiến độ."
    )

    assert [one["by"] for one in found(text, "directive")] == [name]


def test_a_sentence_may_hold_several_statements():
    """What is asked after a semicolon has its own addressee and time limit."""
    text = (
        "Đồng chí Lê Văn Nam đề nghị Bộ Tài chính bố trí vốn trong năm 2024; "
        "đề nghị Bộ Nội vụ giao biên chế trước ngày 1/9/2024."
    )

    asked = [(one["to"], one["due"], one["by"]) for one in found(text, "recommendation")]
    assert asked == [
        ("Bộ Tài chính", "2024", "Lê Văn Nam"),
        ("Bộ Nội vụ", "2024-09-01", "Lê Văn Nam"),
    ]


def test_who_is_told_next_needs_no_verb_of_its_own():
    """After an order, a clause that begins with a body is one more, by the same speaker."""
    text = (
        "Đồng chí Lê Văn Nam yêu cầu Sở Nội vụ rà soát biên chế; Công an tỉnh, Sở Y tế tăng cường kiểm tra. "
        "Sở Xây dựng khẩn trương hướng dẫn các xã."
    )

    assert [(one["to"], one["by"]) for one in found(text, "directive")] == [
        ("Sở Nội vụ", "Lê Văn Nam"),
        ("Công an tỉnh; Sở Y tế", "Lê Văn Nam"),
        ("Sở Xây dựng", "Lê Văn Nam"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Những yêu cầu nhiệm vụ mới được nêu rõ.",
        "Sở Y tế tiếp thu ý kiến, kiến nghị của cử tri.",
        "Đoàn ân cần thăm hỏi các gia đình.",
        "Trung ương giao Sở Y tế 5 chỉ tiêu.",
    ],
)
def test_what_only_sounds_like_an_order_is_none(text):
    """Nouns, "ân cần", and what was assigned in a plan."""
    kinds = ("directive", "recommendation", "commitment")

    assert [kind for kind in kinds if found(text, kind)] == []
