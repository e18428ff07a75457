"""Who took which part in a meeting: rolls of names and groups, and who chaired, spoke, hosted and led."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from laichau_kg.drafting.bodies import BODY, GUEST
from laichau_kg.drafting.meetings import Meeting
from laichau_kg.drafting.persons import Person, held_until
from laichau_kg.drafting.words import UPPER, Sentence, one_line
from laichau_kg.text import Span

__all__ = ["Part", "find_parts"]

_MET = rf"(?:(?:[Tt]ỉnh|huyện)(?:\s+[{UPPER}]\w*){{1,3}}|(?:lãnh đạo\s+)?{BODY})"
_SESSION_WITH = re.compile(rf"\b(?:làm việc|buổi làm việc)\s+(?:với|tại)\s+({_MET})")
_WORKS = re.compile(r"\blàm việc\s+(?:với|tại)\b|\btiếp xúc (?:với )?cử tri\b")
_RECEIVES = re.compile(
    r"(?:\b(?:(?:đã|vừa)\s+(?:có buổi\s+)?|có buổi\s+)(?:đón,?\s*)?tiếp(?: xã giao)?"
    r"(?:(?: và|,) làm việc(?: với)?)?|\btiếp(?: và|,) làm việc với"
    r"|(?<!trực )(?<!đón )(?<!kế )(?<!nối )\btiếp)\s+"
    rf"(?={GUEST}|Tổng|Tập|Công ty)"
)
_DELEGATION = re.compile(
    rf"\b[Đđ]oàn (?:công tác|cán bộ|giám sát|kiểm tra|khảo sát)(?:\s+của)?\s+(?:{_MET}|Trung ương)"
    r"|\b[Đđ]oàn (?:công tác|đại biểu|cán bộ)(?: của)? [^.;:,()]{3,70}?(?=\s+(?:\([^)]{2,40}\)\s+)?do\s)"
    r"|\b[Đđ]oàn công tác\b"
)
_GUESTS = re.compile(
    rf"[Đđ]oàn [^.;:,()]{{0,60}}?[{UPPER}][^.;:,()]{{0,60}}?"
    r"(?=\s+(?:do|gồm|đến|sang|nhân (?:dịp|chuyến)|thăm|đang)\b|\s*[.;:,()])"
)
_SESSION = (
    r"(?:[Hh]ội nghị|[Bb]uổi làm việc|[Cc]uộc làm việc|[Hh]ội thảo|[Kk]ỳ họp|[Pp]hiên họp|[Cc]uộc họp"
    r"|[Hh]ội đàm|[Bb]uổi (?:gặp mặt|tiếp(?: xúc(?: (?:với )?cử tri)?| và làm việc)?|đón tiếp|gặp|lễ)"
    r"|[Tt](?:ọa|oạ) đàm|[Đđ]ại hội|[Ll]ễ|[Hh]ọp)"
)
_ARE = r"(?:còn\s+)?(?:gồm\s+có|có|gồm)\s*:?\s+"
_IN_PLACE = r"(?:trực tiếp\s+|trực tuyến\s+)?(?:tại (?:điểm cầu|trụ sở|hội trường)\s[^.;:,]{0,60}?\s)?"
_LIST_HEADS: tuple[tuple[str, str, re.Pattern[str]], ...] = (
    ("host", "receives", re.compile(
        r"(?<!buổi )(?<!trực )\b(?:[Tt]iếp|[Đđ]ón)(?! tục| thu| theo| cận| xúc| nhận| đó| nối| viện)"
        r"(?:,? (?:đón|và|cùng) làm việc| và làm việc|, làm việc)?(?: với)?\s+(?:với\s+)?"
        r"[^.;:,]{0,60}?\s*(?:,\s*)?(?:về phía tỉnh\s+)?\bcó\s*:?\s+")),
    ("chair", "under-chair", re.compile(
        r"\bdưới sự (?:chủ trì|điều hành)(?:(?:,| và) (?:chủ trì|điều hành))? của\s+"
        r"(?:các đồng chí\s*:?\s*)?")),
    ("chair", "chairs-are", re.compile(
        rf"(?<!ự và )(?<!ự và đồng )\b(?:[Đđ]ồng )?[Cc]hủ trì {_SESSION}\s*(?:có|gồm|là|:)\s*:?\s+")),
    ("chair", "comes-and-chairs", re.compile(
        rf"\b[Dd]ự(?:,| và) (?:đồng )?chủ trì {_SESSION}\s+{_ARE}")),
    ("chair", "chairs-who", re.compile(rf"^(?:[Đđ]ồng )?[Cc]hủ trì {_SESSION},\s+", re.MULTILINE)),
    ("attendee", "attends", re.compile(
        r"\b(?:[Cc]ùng\s+|[Tt]ham\s+|[Đđ]ến\s+)?[Dd]ự(?! án| kiến| báo| toán| thảo| phòng| trữ| khuyết)"
        rf"(?:\s+và\s+(?!(?:đồng )?chủ trì)[^.;:,]{{3,20}}?)?\s+"
        rf"(?:(?:tại\s+)?{_SESSION}\s*)?{_IN_PLACE}{_ARE}")),
    ("attendee", "takes-part", re.compile(rf"\b[Tt]ham gia (?:{_SESSION}|[Đđ]oàn)\s+{_ARE}")),
    ("attendee", "comes-along", re.compile(
        r"\b[Cc]ùng (?:đi|tham gia|làm việc|tiếp)(?: (?:với )?[Đđ]oàn)?\s+(?:còn\s+)?có\s*:?\s+")),
    ("attendee", "in-presence-of", re.compile(
        r"\b(?:có|với) sự (?:tham dự|tham gia|góp mặt|có mặt|hiện diện) của\s+")),
    ("attendee", "on-the-side-of", re.compile(r"\b[Vv]ề phía\s+[^.;:,]{3,50}?\s*(?:,\s*)?(?:còn\s+)?"
        r"có\s*:?\s+")),
    ("attendee", "to-the-points", re.compile(r"\bđến\s+(?:các\s+)?điểm cầu\s+(?:tại\s+)?")),
    ("discussant", "discusses", re.compile(
        rf"\b(?:[Tt]ham luận|[Tt]hảo luận)\s+tại\s+{_SESSION}\s*,\s*")),
)  # fmt: skip
_CHAIRS_AFTER = re.compile(
    rf"\b(?:đồng\s+|dự và\s+|và\s+|tham dự và\s+)?chủ trì\s+(?:(?:điều hành|nội dung)\s+)?"
    rf"(?:{_SESSION}|tiếp công dân)"
)
_ATTENDS = re.compile(
    r"\b(?:cùng\s+|tham\s+|đến\s+)?dự(?:(?: và|,) (?:phát biểu )?(?:chỉ đạo|phát biểu|chúc mừng))?"
    rf"(?:\s+(?:tại\s+)?{_SESSION})?\s*[.;]?\s*$"
)
_LEADS = re.compile(r"\bdo\s+[^.;]{3,200}?\s*(?:làm (?:[Tt]rưởng [Đđ]oàn|[Tt]ổ trưởng)|dẫn đầu)")
_LEADS_ON = re.compile(r"\bdẫn đầu (?:một )?[Đđ]oàn\b")
_CONCLUDES = re.compile(rf"\b[Pp]hát biểu (?:bế mạc|kết luận|tổng kết)\b|\b[Kk]ết luận (?:tại )?{_SESSION}")
_SPEAKS = re.compile(
    r"\b[Pp]hát biểu(?: (?:tại|chỉ đạo|khai mạc|mở đầu|chào mừng|định hướng"
    r"|tiếp thu|cảm ơn|đề dẫn|ý kiến)| ý kiến|(?=,))|\b[Tt]hay mặt\b"
)
_REPORTS = re.compile(
    r"\b(?:đã\s+)?(?:[Bb]áo cáo|trình bày báo cáo|trình bày|thông tin|giới thiệu)\s+(?:với"
    r"|tóm tắt|tình hình|kết quả|một số|tại|về|khái quát|nhanh|tổng thể"
    r"|tiến độ)\b"
)
_VERB = re.compile(
    r"\b(?:đã\s+)?(?:có những ý kiến|chia sẻ|tập trung|phát biểu|thảo luận"
    r"|trao đổi|kiến nghị|đề nghị|nêu|cho rằng|làm rõ|đề xuất|tham luận|góp ý)\b"
)
_DISCUSSES_AFTER = re.compile(rf"^(?:Tại|Trong) {_SESSION}\s*,\s*")
_SPOKESMEN = re.compile(
    r"(?:đại diện|các đại biểu|các thành viên|các đồng chí|lãnh đạo|Thường trực|thành viên)"
)
_END_OF_LIST = re.compile(
    r"\b(?:tham gia Đoàn|dự (?:[Hh]ội nghị|buổi làm việc)|dự và chủ trì|cùng dự|tham dự)\b"
    r"|\b(?:(?:đến|về|tới) )?dự\s*$"
)
_ADDRESS = re.compile(
    r"^(?:(?:và|cùng)\s+)?(?:(?:các|Các)\s+)?(?:đồng chí|Đồng chí|đ/c|ông|bà)(?!\s*(?:trong|là)\b)\s*:?\s*"
)
_MANY = r"(?:[Cc]ác|[Đđ]ại diện|đại biểu|[Ll]ãnh đạo|[Tt]hủ trưởng|thành viên|công chức|cán bộ|Thường trực)"
_COMMA_ITEM = re.compile(
    rf",\s+(?:và\s+|cùng\s+)?(?=(?:các\s+)?[{UPPER}]|đại diện|đại biểu|lãnh đạo|các đồng chí|công chức"
    r"|cán bộ|cùng)"
)
_LEADERS_OF = re.compile(
    r"^(?:các đồng chí )?(?:đại diện |lãnh đạo |[Tt]hủ trưởng |thường trực )|\b(?:đến từ|thuộc)\b|:"
)
_NEW_KIND = re.compile(
    rf"(?:các đồng chí|[Đđ]ại diện|đại biểu|[Ll]ãnh đạo|công chức|cán bộ|các (?=[{UPPER}])"
    r"|(?:Phó )?(?:Chủ tịch|Bí thư|Giám đốc|Trưởng|Ủy viên|Thủ trưởng))"
)
_PLURAL_POSTS = re.compile(
    r"^(?:Bí thư|Chủ tịch|Phó Chủ tịch|Giám đốc|Trưởng)\b[^;]*\bcác (?:huyện|sở|xã|phường|đơn vị)"
)
_ONE_POST = re.compile(r"^(?:Phó )?(?:Tổng )?(?:Bí thư|Chủ tịch|Giám đốc|Tỉnh trưởng|Trưởng)\b(?!.*\bcác\b)")
_BOUNDARY = re.compile(r"\s*(?:;|\.(?=\s|$)|…|\.{3})\s*")
_NEAR = 160
_SHORT = 90
_CLOSE = 40


@dataclass(frozen=True, slots=True)
class Part:
    """Who took what part in a meeting: an official by name, or a body or group as it is called."""

    meeting: str
    role: str
    start: int
    end: int
    person: str = ""
    group: str = ""
    evidence: tuple[Span, ...] = ()
    rule: str = "part"


def find_parts(
    text: str, sentences: Sequence[Sentence], meetings: Sequence[Meeting], persons: Sequence[Person]
) -> list[Part]:
    """Find who took part, in the sentences about the chief meeting (the one most spoken of)."""
    if not meetings:
        return []
    chief = max(meetings, key=lambda meeting: len(meeting.evidence))
    parts: list[Part] = []
    for sentence in sentences:
        own = [person for person in persons if sentence.start <= person.start < sentence.end]
        at = _meeting_of(sentence, meetings, chief).key
        parts += _lists(text, sentence, own, at)
        parts += _chairs(text, sentence, own, at)
        parts += _attends(text, sentence, own, at)
        parts += _speakers(text, sentence, own, at)
        parts += _delegation(text, sentence, own, at)
    if chief.kind == "working-session" and not any(part.rule == "delegation" for part in parts):
        parts += _visitors(text, sentences, chief.key)
    unique: dict[tuple[str, str, str], Part] = {}
    for part in parts:
        key = (part.meeting, part.role, part.person or part.group.casefold())
        if key not in unique:
            unique[key] = part
    return list(unique.values())


def _visitors(text: str, sentences: Sequence[Sentence], meeting: str) -> Iterator[Part]:
    """Find the delegation that a working session was held with, where only its name stands somewhere."""
    for sentence in sentences:
        group = _DELEGATION.search(text, sentence.start, sentence.end)
        if group and group[0] != "Đoàn công tác":
            yield Part(meeting, "attendee", group.start(), group.end(), "", group[0], (), "visitors")
            return


def _meeting_of(sentence: Sentence, meetings: Sequence[Meeting], chief: Meeting) -> Meeting:
    """Give the meeting that a sentence names; else the one before it of several of the chief one's kind."""
    for meeting in meetings:
        if any(sentence.start <= span.start < sentence.end for span in meeting.evidence):
            return meeting
    alike = [one for one in meetings if one.kind == chief.kind and one.start < sentence.start]
    return alike[-1] if alike else chief


_LIST_ENDS = {
    "to-the-points": re.compile(r",?\s*dưới sự"),
    "under-chair": re.compile(r"\s(?:đã|diễn ra)\s"),
    "discusses": _VERB,
    "chairs-who": re.compile(
        r"\b(?:đã|yêu cầu|nhấn mạnh|khẳng định|đánh giá|phát biểu|cho biết|đề nghị|biểu dương|chỉ đạo|nêu)\b"
    ),
}


def _lists(text: str, sentence: Sentence, persons: Sequence[Person], meeting: str) -> Iterator[Part]:
    for role, rule, head in _LIST_HEADS:
        heads = list(head.finditer(text, sentence.start, sentence.end))
        bounds = [*(one.start() for one in heads), sentence.end]
        for found, until in zip(heads, bounds[1:], strict=True):
            ends = _LIST_ENDS.get(rule)
            over = ends.search(text, found.end(), until) if ends else None
            stop = over.start() if over else until
            pattern = Part(meeting, role, 0, 0, evidence=(Span(*found.span()),), rule=rule)
            for part in _items(text, found.end(), stop, persons, pattern):
                if not part.group or rule not in {"comes-and-chairs", "chairs-who"}:
                    yield part
                elif rule == "comes-and-chairs":  # who is named chairs, the rest came
                    yield replace(part, role="attendee")


def _items(text: str, at: int, stop: int, persons: Sequence[Person], pattern: Part) -> Iterator[Part]:
    """Part a list of participants: by semicolons, then by commas before a capital or a new kind of people."""
    while at < stop:
        end = _BOUNDARY.search(text, at, stop)
        finish = end.start() if end else stop
        named = [person for person in persons if at <= person.start < finish]
        for person in named:
            yield replace(pattern, start=person.start, end=person.end, person=person.name)
        if named:
            last = max(max((title.end for title in person.titles), default=0) for person in named)
            last = max(last, *(person.end for person in named))
            rest = re.match(r"\s*,?\s*(?:và|cùng)?\s*", text[last:finish])
            begin = last + (rest.end() if rest else 0)
            if begin < finish and re.match(rf"(?:cùng|{_MANY})\b", text[begin:finish]):
                yield from _groups(text, begin, finish, pattern)
        else:
            yield from _groups(text, at, finish, pattern)
        at = end.end() if end else stop


def _groups(text: str, at: int, finish: int, pattern: Part) -> Iterator[Part]:
    if joined := re.match(r"(?:cùng|và)\s+", text[at:finish]):
        at += joined.end()
    address = _ADDRESS.match(text[at:finish])
    are_many = bool(address and "các" in address[0].casefold())
    at += address.end() if address else 0
    are_many = are_many or bool(_ONE_POST.match(text[at:finish]))
    piece = text[at:finish]
    cuts = [0]
    if not _PLURAL_POSTS.match(piece):
        for cut in _COMMA_ITEM.finditer(piece):
            if _parts_here(piece, cuts[-1], cut):
                cuts.append(cut.end())
    for start, stop in pairwise([*(at + cut for cut in cuts), finish]):
        over = _END_OF_LIST.search(text, start, stop)
        words = text[start : over.start() if over else stop].rstrip(" ,;.…\n")
        words = words.removesuffix(" và").removesuffix(" cùng").rstrip(" ,")
        if len(words.split()) >= 2 and (are_many or not _ONE_POST.match(words)):  # noqa: PLR2004 - one word is a leftover
            yield replace(pattern, start=start, end=start + len(words), group=one_line(words))


def _parts_here(piece: str, since: int, cut: re.Match[str]) -> bool:
    """Say whether a comma parts two groups: not in brackets, nor among the bodies whose leaders came."""
    held = piece[since : cut.start()]
    if held.count("(") > held.count(")"):
        return False
    return bool(_NEW_KIND.match(piece, cut.end())) or not _LEADERS_OF.search(held)


def _chairs(text: str, sentence: Sentence, persons: Sequence[Person], meeting: str) -> Iterator[Part]:
    found = _CHAIRS_AFTER.search(text, sentence.start, sentence.end)
    if found:
        for person in persons:
            if person.end <= found.start() and not _CONCLUDES.search(text, sentence.start, person.start):
                yield Part(
                    meeting,
                    "chair",
                    person.start,
                    person.end,
                    person.name,
                    "",
                    (Span(*found.span()),),
                    "chairs",
                )


def _attends(text: str, sentence: Sentence, persons: Sequence[Person], meeting: str) -> Iterator[Part]:
    """Find who is said to attend at the end of a sentence: "Đồng chí …, Chủ tịch HĐND tỉnh dự."."""
    found = _ATTENDS.search(text, sentence.start, sentence.end)
    if found and not _CHAIRS_AFTER.search(text, sentence.start, sentence.end):
        for person in persons:
            if person.end <= found.start():
                cue = (Span(*found.span()),)
                yield Part(
                    meeting, "attendee", person.start, person.end, person.name, "", cue, "attends-after"
                )


def _speakers(text: str, sentence: Sentence, persons: Sequence[Person], meeting: str) -> Iterator[Part]:
    for role, rule, pattern in (
        ("concluding-speaker", "concludes", _CONCLUDES),
        ("reporter", "reports", _REPORTS),
        ("speaker", "speaks", _SPEAKS),
    ):
        found = pattern.search(text, sentence.start, sentence.end)
        if not found:
            continue
        if role == "speaker" and _CONCLUDES.search(text, sentence.start, sentence.end):
            continue
        after = [person for person in persons if 0 <= person.start - found.end() <= _NEAR]
        after = [] if role == "reporter" and not found[0][0].isupper() else after
        before = [person for person in persons if person.end <= found.start()]
        who = (after[:1] if found[0][0].isupper() or not before else []) or before[-1:]
        for person in who:
            yield Part(meeting, role, person.start, person.end, person.name, "", (Span(*found.span()),), rule)
            return
    if opening := _DISCUSSES_AFTER.match(text[sentence.start : sentence.end]):
        at = sentence.start + opening.end()
        reports = _REPORTS.search(text, at, sentence.end)
        verb = _VERB.search(text, at, sentence.end)
        verb = reports if reports and (not verb or reports.start() < verb.start()) else verb
        words = text[at : verb.start()].rstrip() if verb else ""
        if verb and not persons and len(words) <= _SHORT and re.match(rf"{_SPOKESMEN.pattern}|tỉnh", words):
            role = "reporter" if verb is reports else "discussant" if _SPOKESMEN.match(words) else "speaker"
            words = re.sub(r"\s+(?:cũng|đã|có)$", "", words)
            yield Part(meeting, role, at, at + len(words), "", words, (Span(*verb.span()),), "discusses")


def _delegation(text: str, sentence: Sentence, persons: Sequence[Person], meeting: str) -> Iterator[Part]:
    leads = _LEADS.search(text, sentence.start, sentence.end)
    led = [person for person in persons if leads and leads.start() <= person.start < leads.end()][:1]
    if leads is None and (leads := _LEADS_ON.search(text, sentence.start, sentence.end)):
        led = [person for person in persons if person.end <= leads.start()][-1:]
    for person in led:
        cue = (Span(*leads.span()),) if leads else ()
        start, end = person.start, person.end
        yield Part(meeting, "head-of-delegation", start, end, person.name, "", cue, "leads")
    yield from _callers(text, sentence, persons, meeting, is_led=bool(leads))


def _received(
    text: str, sentence: Sentence, persons: Sequence[Person], meeting: str, receives: re.Match[str]
) -> Iterator[Part]:
    """Find who received whom: a delegation by its name, or the first who is named, if nobody leads it."""
    cue = (Span(*receives.span()),)
    for person in persons:
        if person.end <= receives.start():
            yield Part(meeting, "host", person.start, person.end, person.name, "", cue, "receives-one")
    if delegation := _GUESTS.match(text, receives.end(), sentence.end):
        yield Part(meeting, "attendee", *delegation.span(), "", delegation[0], cue, "receives-many")
    guest = next((person for person in persons if person.start >= receives.end()), None)
    if guest and not _LEADS.search(text, sentence.start, sentence.end):
        yield Part(meeting, "attendee", guest.start, guest.end, guest.name, "", cue, "receives-one")


def _callers(
    text: str, sentence: Sentence, persons: Sequence[Person], meeting: str, *, is_led: bool
) -> Iterator[Part]:
    """Find who came to whom: a guest who is received, a delegation and its hosts, or people at a session."""
    if receives := _RECEIVES.search(text, sentence.start, sentence.end):
        yield from _received(text, sentence, persons, meeting, receives)
        return
    works = _WORKS.search(text, sentence.start, sentence.end)
    if not works:
        return
    cue = (Span(*works.span()),)
    met = _SESSION_WITH.search(text, sentence.start, sentence.end)
    if met and (group := _DELEGATION.search(text, sentence.start, met.start())):
        yield Part(meeting, "attendee", group.start(), group.end(), "", group[0], cue, "delegation")
        yield Part(meeting, "host", met.start(1), met.end(1), "", met[1], cue, "received-by")
        return
    callers = [person for person in persons if person.end <= works.start()]
    if is_led or _CHAIRS_AFTER.search(text, sentence.start, sentence.end):
        return
    if callers and works.start() - max(held_until(person) for person in callers) <= _CLOSE:
        for person in callers:
            yield Part(meeting, "attendee", person.start, person.end, person.name, "", cue, "meets")
        if met:
            yield Part(meeting, "attendee", met.start(1), met.end(1), "", met[1], cue, "meets")
