"""The grammar of statements: sentences that order, ask or promise, who speaks and who is spoken to."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from laichau_kg.drafting.titles import Person
from laichau_kg.drafting.words import UPPER, Sentence, keys_of, words_of
from laichau_kg.text import Span

__all__ = ["Statement", "find_statements", "find_topics"]

_LEADERS = re.compile(r"\b(?:Thủ tướng|Chủ tịch|Bí thư|Tổng Bí thư)\b")
_ORDERS = re.compile(
    r"\b(?:yêu cầu|chỉ đạo(?= (?:các|UBND|Sở|sở|Ban|đồng chí))|giao nhiệm"
    r" vụ|giao cho|giao (?=(?:Sở|UBND|các)\b))"
)
_ASKS = re.compile(
    r"\b(?:đề nghị|kiến nghị|mong muốn|đề xuất(?= (?:Trung ương|Chính phủ|Bộ|Quốc hội|với|tỉnh)))"
)
_PROMISES = re.compile(
    r"\b(?:cam kết|hứa|sẽ (?:phối hợp|xem xét|hỗ trợ|tiếp tục|sớm|nghiên"
    r" cứu|trình|bố trí|báo cáo)|sẵn sàng|ghi nhận, tiếp thu)\b"
)
_NEEDS = re.compile(r"\b(?:cần(?: phải| tiếp tục| tập trung| quan tâm| có)?|phải)\b(?! thiết)")
_URGES = re.compile(
    r"(?:Tiếp tục|Tăng cường|Đẩy mạnh|Tập trung|Chú trọng|Khẩn trương|Nâng"
    r" cao|Thực hiện|Rà soát|Cần|Phát huy|Quán triệt|Chủ động)\b"
)
_NOUN = re.compile(r"\b(?:những|các|nội dung|nhóm|với những)\s+(?:nội dung\s+)?$", re.IGNORECASE)
_TO = re.compile(
    r"\s+(?:với\s+|cho\s+|tới\s+)?((?:tỉnh|Tỉnh|Bộ|Chính phủ|Quốc hội|Trung"
    r" ương|UBND|HĐND|Sở|Ban|các|Thủ tướng)\b(?:[\s,]+[^\W\d_]+){0,14}?)"
    r"(?=\s+(?:cần|phải|quan tâm|tiếp tục|thực hiện|tập trung|rà soát|xem"
    r" xét|sớm|bằng|một số|nghiên cứu|chỉ đạo|hỗ trợ|khẩn trương|chủ động"
    r"|đẩy mạnh|tăng cường)\b|\s*[:;.])"
)
_SPEAKING = re.compile(
    rf"\b(Thủ tướng(?: Chính phủ)?|Bộ trưởng|Thứ trưởng|Chủ tịch (?:UBND"
    rf"|HĐND) tỉnh|Bí thư Tỉnh [uủ][ỷy]|[Tt]ỉnh [{UPPER}][^\W\d_]* [{UPPER}][^\W\d_]*"
    rf"|Tỉnh|Bộ [{UPPER}][^\W\d_]*(?: (?:[Tt]hương|[Cc]hính|[Vv]ụ|tế|pháp|phòng|an|thông))?"
    r"|Bộ|Đồng chí|[Cc]ác đại biểu)\b"
)


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence that orders (``directive``), asks (``recommendation``) or promises (``commitment``)."""

    kind: str
    start: int
    end: int
    speaker: str
    speaker_at: Span | None
    to: str
    to_at: Span | None
    rule: str


def find_topics(text: str, start: int, end: int, topics: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Name the topics whose labels stand in a stretch.

    Args:
        text: The text.
        start: Where to begin.
        end: Where to stop.
        topics: The labels of each topic.
    """
    words = tuple(word.key for word in words_of(text, start, end))
    held = {words[at : at + length] for length in range(1, 7) for at in range(len(words) - length + 1)}
    return tuple(slug for slug, labels in topics.items() if any(keys_of(label) in held for label in labels))


def find_statements(text: str, sentences: Sequence[Sentence], persons: Sequence[Person]) -> list[Statement]:
    """Find statements, in order; sentences that only urge go on with the speaker of the one before."""
    found: list[Statement] = []
    last: Statement | None = None
    paragraph = -1
    for sentence in sentences:
        if sentence.paragraph > paragraph + 1:
            last = None
        paragraph = sentence.paragraph
        statement = _read(text, sentence, persons)
        if statement is None and last and _URGES.match(text, sentence.start):
            statement = Statement(
                last.kind,
                sentence.start,
                sentence.end,
                last.speaker,
                last.speaker_at,
                last.to,
                last.to_at,
                "urges-on",
            )
        elif statement is None and _URGES.match(text, sentence.start):
            statement = Statement("directive", sentence.start, sentence.end, "", None, "", None, "urges")
        if statement:
            found.append(statement)
            last = statement
    return found


def _read(text: str, sentence: Sentence, persons: Sequence[Person]) -> Statement | None:
    for rule, kind, pattern in (
        ("orders", "directive", _ORDERS),
        ("asks", "recommendation", _ASKS),
        ("promises", "commitment", _PROMISES),
        ("needs", "recommendation", _NEEDS),
    ):
        for verb in pattern.finditer(text, sentence.start, sentence.end):
            if _NOUN.search(text, max(sentence.start, verb.start() - 24), verb.start()):
                continue
            speaker, speaker_at = _speaker(text, sentence, verb.start(), persons)
            if (
                kind == "recommendation"
                and _LEADERS.search(text, sentence.start, verb.start())
                and rule in {"asks", "needs"}
            ):
                kind = "directive"  # noqa: PLW2901 - who leads and proposes, orders
            to = _TO.match(text, verb.end(), sentence.end)
            return Statement(
                kind, sentence.start, sentence.end, speaker, speaker_at, to[1].strip(" ,") if to else "",
                Span(*to.span(1)) if to else None, rule,
            )  # fmt: skip
    return None


def _speaker(
    text: str, sentence: Sentence, before: int, persons: Sequence[Person]
) -> tuple[str, Span | None]:
    named = [person for person in persons if sentence.start <= person.start < before]
    if named:
        return named[-1].name, Span(named[-1].start, named[-1].end)
    called = list(_SPEAKING.finditer(text, sentence.start, before))
    return (called[-1][1], Span(*called[-1].span(1))) if called else ("", None)
