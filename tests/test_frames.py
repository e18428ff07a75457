import pytest

from laichau_kg._frames import ANSWER, Answer, Question, answer_head, pack_question, unpack_question

QUESTIONS = [
    Question("ASK {}", "json", "ttl", 100_000),
    Question("SELECT ('tỉnh' AS ?x) {}", "csv", "", 1, ("http://e/a", "http://e/tỉnh"), ("http://e/b",)),
    Question("", "", "trig", 2**33),
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_question_is_read_as_it_was_written(question):
    """Text, forms, rows and graphs all come over."""
    text, *forms, default, named = unpack_question(pack_question(question))

    assert (text, *forms, tuple(default), tuple(named)) == tuple(question)


@pytest.mark.parametrize("question", QUESTIONS)
def test_part_of_a_question_is_none_yet(question):
    """What has not come whole is waited for."""
    written = pack_question(question)

    assert unpack_question(written[:5]) is None
    assert unpack_question(written[:-1]) is None


@pytest.mark.parametrize(
    "answer",
    [
        Answer("rows", b"a,b\r\n", is_truncated=True),
        Answer("graph", b"", is_tired=True),
        Answer("syntax", note={"message": "line 1: …", "line": 1, "column": 2}),
    ],
)
def test_answer_is_read_as_it_was_written(answer):
    """Kind, flags, note and body all come over."""
    written = answer_head(answer)
    kind, flags, note, body = ANSWER.unpack_from(written)

    assert Answer.unpacked(kind, flags, written[ANSWER.size :], answer.body) == answer
    assert (ANSWER.size + note, body) == (len(written), len(answer.body))
