"""The grammar of statements: what is ordered, asked or promised, by whom, to whom, and by when."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from laichau_kg.drafting.addressing import ACTOR, addressees, bodies_in, due_of, meant_by
from laichau_kg.drafting.bodies import BODY
from laichau_kg.drafting.persons import Person, held_until
from laichau_kg.drafting.words import Sentence, keys_of, words_of
from laichau_kg.text import Span

__all__ = ["Statement", "find_statements", "find_topics"]

_LEADERS = re.compile(r"\b(?:Thủ tướng|Chủ tịch|Bí thư|Tổng Bí thư)\b")
_ABOVE = re.compile(r"\s+(?:với\s+)?(?:Bộ|Chính phủ|Quốc hội|Trung ương|Thủ tướng|Tổng cục|các bộ)\b")
_ORDERS = re.compile(
    r"\b(?:[Yy]êu cầu|[Ll]ưu ý|chỉ đạo(?= (?:các|UBND|Sở|sở|Ban|đồng chí))|giao nhiệm vụ|giao cho"
    r"|(?<!bàn )(?<!được )(?<!chuyển )(?<!tỉnh )(?<!ương )(?<!đã )[Gg]iao (?=(?:Sở|UBND|các|Ban|Công an"
    r"|Văn phòng"
    r"|Bộ|Thanh tra|đồng chí|Chủ tịch|Giám đốc|Trung tâm|Huyện|Đảng|Hội|Cục|Chi cục|Kho bạc|Ngân hàng)\b))"
)
_ASKS = re.compile(
    r"\b(?:[Đđ]ề nghị|[Kk]iến nghị|mong muốn|mong(?= (?:các|tỉnh|Bộ|UBND))"
    r"|đề xuất(?= (?:Trung ương|Chính phủ|Bộ|Quốc hội|với|tỉnh|UBND)))\b"
)
_PROMISES = re.compile(
    r"\b(?:cam kết|hứa|sẽ (?:phối hợp|xem xét|hỗ trợ|tiếp tục|sớm|nghiên"
    r" cứu|trình|bố trí|báo cáo)|sẵn sàng|ghi nhận, tiếp thu"
    r"|(?:khẳng định|cho biết|thông tin|bày tỏ|nhất trí)[^.;]{0,80}?\bsẽ (?!được|là|có|diễn ra|góp phần|tạo"
    r"|giúp|mang|trở))\b"
)
_NEEDS = re.compile(r"\b(?<!ân )(?:cần(?: phải| tiếp tục| tập trung| quan tâm| có)?|phải)\b(?! thiết)")
_URGES = re.compile(
    r"(?:Tiếp tục|Tăng cường|Đẩy mạnh|Tập trung|Chú trọng|Khẩn trương|Nâng"
    r" cao|Thực hiện|Rà soát|Cần|Phát huy|Quán triệt|Chủ động)\b"
)
_TOLD = re.compile(
    rf"(?:Các\s|Đối với\s)?({BODY}(?:(?:,|\s+và)\s+{BODY}){{0,4}}|Các [^.;:]{{3,60}}?)\s+"
    rf"(?=(?:khẩn trương|tập trung|tiếp tục|chủ động|tăng cường|phối hợp|rà soát|chủ trì|tham mưu|hướng dẫn"
    rf"|đẩy (?:nhanh|mạnh)"
    r"|sớm|nghiên cứu|nâng cao|thực hiện|cần|phải)\b)"
)
_NOUN = re.compile(
    r"\b(?:những|các|nhiều|đề xuất,|\d+|nội dung|nhóm|với những|ý kiến,|giải quyết(?: dứt điểm)?|tiếp thu"
    r"|trả lời|xem xét|tổng hợp|theo|đối với|với|một số|đáp ứng|phù hợp|nhận được|nghe)\s+(?:nội dung\s+)?$",
    re.IGNORECASE,
)
_NOUN_GOES_ON = re.compile(
    r"\s+(?:về|của|này|trên|nêu|chính đáng|nhiệm vụ|đặt ra|phát triển|mới|công việc|cử tri|đã)\b|\s*[.,;]"
)
_NEVER_NOUN = re.compile(
    r"(?:mong|giao|lưu ý|cam kết|hứa|sẽ|sẵn sàng|chỉ đạo|khẳng định|cho biết|thông tin)", re.IGNORECASE
)
_SAYS = (
    r"(?:cảm ơn|đã|cho biết|cho rằng|cũng|đề nghị|kiến nghị|đề xuất|hứa|cam kết|mong|bày tỏ|sẽ|khẳng định|nêu"
    r"|phản ánh|ghi nhận|giải trình|trả lời|đánh giá|thông tin|báo cáo|yêu cầu)\b"
)
_GROUP = re.compile(r"(?:[Cc]ử tri|[Đđ]ại diện|[Ll]ãnh đạo|[Nn]hà đầu tư)")
_GOES_ALONG = re.compile(r"(?:Trong đó|Đồng thời|Cùng với đó|Bên cạnh đó)\b")
_SPEAKING = re.compile(
    r"(?:^|(?<=[\s,;(]))"
    r"(Phó Thủ tướng(?: Chính phủ)?|Thủ tướng(?: Chính phủ)?|Bộ trưởng|Thứ trưởng|Đại sứ|Tổng [Ll]ãnh sự"
    r"|(?:Phó )?Chủ tịch (?:UBND|HĐND) (?:tỉnh|huyện)|Bí thư (?:Tỉnh|Huyện|Thành) [uủ][ỷy]"
    rf"|(?:[Cc]ử tri|[Đđ]ại diện|[Ll]ãnh đạo|[Nn]hà đầu tư)(?: [^\W\d_]+){{0,9}}?(?=\s+(?:{_SAYS}|\()"
    rf"|\s*$)(?<! và)"
    rf"|{BODY}|(?:[Tt]ỉnh|[Hh]uyện)(?: [^\W\d_a-zđ]\w*){{1,3}}|Tỉnh|Tập đoàn|Công ty|Bộ"
    r"|[Đđ]ồng chí|Ông|Bà|[Cc]ác đại biểu)(?=$|[\s,;)])"
)
_SOMEBODY = re.compile(r"[Đđ]ồng chí|Ông|Bà")
_ASKERS = re.compile(r"\b(?:cử tri|người dân|bà con|doanh nghiệp|nhà đầu tư)\b", re.IGNORECASE)
_CLOSES = re.compile(r"\s*(?:\([^)]{0,40}\)\s*)?(?:cũng|đã|còn|đều|cùng|và|thống nhất)?\s*$")
_SUBJECT = re.compile(rf"(?:^|(?<=[\s,;:])){ACTOR}[^.,;:]{{0,40}}$")
_NEXT_CLAUSE = re.compile(r";\s+")
_CLAUSE_VERB = 90


@dataclass(frozen=True, slots=True)
class Statement:
    """What orders (``directive``), asks (``recommendation``) or promises (``commitment``).

    *due* is the slug of a period, or the text's words where no year is known.
    """

    kind: str
    start: int
    end: int
    speaker: str
    speaker_at: Span | None
    to: tuple[str, ...]
    to_at: Span | None
    rule: str
    due: str = ""
    due_at: Span | None = None


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


def find_statements(
    text: str,
    sentences: Sequence[Sentence],
    persons: Sequence[Person],
    *,
    since: date | None = None,
    blocked: Sequence[Span] = (),
) -> list[Statement]:
    """Find statements, in order; those that name no speaker go on with the speaker of the one before.

    Args:
        text: The whole text.
        sentences: The article's own sentences.
        persons: The mentions of persons.
        since: The day of the article, for days that name no year.
        blocked: Names of documents, whose periods are their own.
    """
    found: list[Statement] = []
    last: Statement | None = None
    paragraph = -1
    for sentence in sentences:
        if sentence.paragraph > paragraph + 1:
            last = None
        paragraph = sentence.paragraph
        for clause in _clauses(text, sentence):
            statement = _read(text, clause, persons) or _urged(text, clause, last)
            if statement is None:
                continue
            if not statement.speaker:
                statement = _spoken(text, sentence, statement, last, persons)
            due, due_at = due_of(text, _verb_of(text, statement), statement.end, since=since, blocked=blocked)
            statement = replace(statement, due=due, due_at=due_at)
            found.append(statement)
            last = statement
    return found


def _clauses(text: str, sentence: Sentence) -> Iterator[Sentence]:
    """Part a sentence at semicolons after which something else is ordered, asked or promised."""
    start = sentence.start
    for cut in _NEXT_CLAUSE.finditer(text, sentence.start, sentence.end):
        ahead = min(sentence.end, cut.end() + _CLAUSE_VERB)
        stop = text.find(";", cut.end(), ahead)
        ahead = stop if stop > 0 else ahead
        goes_on = _verb(text, cut.end(), ahead, needs=False) or _TOLD.match(text, cut.end(), sentence.end)
        if goes_on and _verb(text, start, cut.start(), needs=False):
            yield Sentence(start, cut.start(), sentence.paragraph)
            start = cut.end()
    yield Sentence(start, sentence.end, sentence.paragraph)


def _verb(text: str, start: int, end: int, *, needs: bool = True) -> tuple[str, str, re.Match[str]] | None:
    """Find the verb that first orders, asks or promises; that something is needed counts last."""
    first: tuple[str, str, re.Match[str]] | None = None
    for rule, kind, pattern in (
        ("orders", "directive", _ORDERS),
        ("asks", "recommendation", _ASKS),
        ("promises", "commitment", _PROMISES),
    ):
        verb = next(
            (one for one in pattern.finditer(text, start, end) if not _is_noun(text, start, one)), None
        )
        if verb and (first is None or verb.start() < first[2].start()):
            first = (rule, kind, verb)
    if first is None and needs and (verb := _NEEDS.search(text, start, end)):
        return ("needs", "recommendation", verb)
    return first


def _is_noun(text: str, floor: int, verb: re.Match[str]) -> bool:
    """Say whether a verb is a noun here: "giải quyết kiến nghị của cử tri", "đáp ứng yêu cầu nhiệm vụ"."""
    if _NEVER_NOUN.match(verb[0]):
        return False
    before = text[max(floor, verb.start() - 24) : verb.start()]
    return bool(_NOUN.search(before) or _NOUN_GOES_ON.match(text, verb.end()))


def _read(text: str, clause: Sentence, persons: Sequence[Person]) -> Statement | None:
    found = _verb(text, clause.start, clause.end)
    if found is None:
        return None
    rule, kind, verb = found
    speaker, speaker_at = _speaker(text, clause, verb.start(), persons)
    to, to_at = addressees(text, verb.end() - (text[verb.end() - 1] == " "), clause.end)
    if rule == "needs" and not to and (told := _told(text, clause, verb.start())):
        to, to_at = told
        speaker, speaker_at = (
            ("", None) if speaker_at and speaker_at.start == to_at.start else (speaker, speaker_at)
        )
    if kind == "recommendation" and not verb[0].startswith("mong") and not _ABOVE.match(text, verb.end()):
        own = [title.text for person in persons if person.name == speaker for title in person.titles]
        if _LEADERS.search(text, clause.start, verb.start()) or (
            rule == "asks" and any(_LEADERS.search(title) for title in own)
        ):
            kind = "directive"  # who leads and proposes, orders
    if kind == "directive" and _ASKERS.search(speaker):
        kind = "recommendation"  # who is led and demands, asks
    return Statement(kind, clause.start, clause.end, speaker, speaker_at, to, to_at, rule)


def _told(text: str, clause: Sentence, before: int) -> tuple[tuple[str, ...], Span] | None:
    """Find who has to do what is needed: the subject of "cần", "phải"."""
    found = _SUBJECT.search(text[clause.start : before])
    words = found[0].strip() if found else ""
    start = clause.start + found.start() if found else 0
    return ((words,), Span(start, start + len(words))) if words else None


def _urged(text: str, clause: Sentence, last: Statement | None) -> Statement | None:
    """Read a sentence that only urges, or that begins with who is told, after a statement."""
    if _URGES.match(text, clause.start):
        if last:
            return replace(last, start=clause.start, end=clause.end, rule="urges-on")
        return Statement("directive", clause.start, clause.end, "", None, (), None, "urges")
    told = _TOLD.match(text, clause.start, clause.end)
    if told and last and last.kind == "directive":
        span = Span(told.start(1), told.end(1))
        return replace(
            last, start=clause.start, end=clause.end, to=bodies_in(told[1]), to_at=span, rule="told-next"
        )
    return None


def _spoken(
    text: str, sentence: Sentence, statement: Statement, last: Statement | None, persons: Sequence[Person]
) -> Statement:
    """Give a statement that names no speaker the one before, or who the lines before are about."""
    if last and last.speaker:
        to, to_at = statement.to, statement.to_at
        if not to and _GOES_ALONG.match(text, statement.start):
            to, to_at = last.to, last.to_at
        is_order = statement.rule == "asks" and last.kind == "directive" and not _is_upward(text, statement)
        kind = "directive" if is_order else statement.kind
        return replace(
            statement, kind=kind, speaker=last.speaker, speaker_at=last.speaker_at, to=to, to_at=to_at
        )
    floor = text.rfind("\n", 0, max(0, text.rfind("\n", 0, sentence.start))) + 1
    near = [person for person in persons if floor <= person.start < sentence.start]
    if near:
        return replace(statement, speaker=near[-1].name, speaker_at=Span(near[-1].start, near[-1].end))
    bodies = list(re.finditer(BODY, text[floor : sentence.start]))
    if bodies and statement.rule == "orders":
        span = Span(floor + bodies[0].start(), floor + bodies[0].end())
        return replace(statement, speaker=bodies[0][0], speaker_at=span)
    return statement


def _is_upward(text: str, statement: Statement) -> bool:
    """Say whether a statement goes to those above."""
    found = _verb(text, statement.start, statement.end)
    return bool(found and _ABOVE.match(text, found[2].end()))


def _verb_of(text: str, statement: Statement) -> int:
    found = _verb(text, statement.start, statement.end)
    return found[2].start() if found else statement.start


def _speaker(
    text: str, sentence: Sentence, before: int, persons: Sequence[Person]
) -> tuple[str, Span | None]:
    """Find who speaks: who is named last before the verb, is meant by a title alone, or a body."""
    named = [person for person in persons if sentence.start <= person.start < before]
    called = [
        one
        for one in _SPEAKING.finditer(text, sentence.start, before)
        if _stands_before(text, one, sentence.start, before)
    ]
    last = called[-1] if called else None
    if named and (last is None or last.start(1) < held_until(named[-1])):
        return named[-1].name, Span(named[-1].start, named[-1].end)
    if last is None:
        return (named[-1].name, Span(named[-1].start, named[-1].end)) if named else ("", None)
    meant = meant_by(last[1], last.start(1), persons)
    if meant is None and _SOMEBODY.fullmatch(last[1]):
        return "", None
    return (meant.name if meant else last[1]), Span(*last.span(1))


def _stands_before(text: str, called: re.Match[str], start: int, before: int) -> bool:
    """Say whether who is called stands as the subject: right before the verb, or before all else."""
    if called.start(1) == start:
        return True
    if text.endswith(("của ", "các "), 0, called.start(1)):
        return False
    if _GROUP.match(called[1]) or re.match(BODY, called[1]):
        between = text[called.end(1) : before]
        return bool(_CLOSES.match(between)) or not re.search(r"[,;:]", between)
    return True
