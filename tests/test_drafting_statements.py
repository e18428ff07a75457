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


def test_topics_are_found_by_their_labels():
    """The labels of the list of topics that stand in the sentence name its topics."""
    text = "Đồng chí Lê Văn Nam yêu cầu các sở phát triển du lịch."

    assert found(text, "directive")[0]["topic"].split() == ["tourism"]


def test_a_noun_is_no_verb():
    """The word for requests among nouns asks for nothing."""
    assert found("Những kiến nghị của tỉnh được ghi lại.", "recommendation") == []
