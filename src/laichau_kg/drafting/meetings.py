"""The grammar of meetings: their kind, day, part of day, form and host, and who took which part in them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise

from laichau_kg.drafting.dates import Time, find_times, in_year
from laichau_kg.drafting.titles import Person
from laichau_kg.drafting.words import UPPER, Sentence, one_line
from laichau_kg.text import Span

__all__ = ["Meeting", "Part", "find_meetings", "find_parts"]

_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("study-conference", re.compile(r"\b[Hh]ội nghị\s+(?:(?:trực tuyến"
        r"|toàn quốc|toàn tỉnh)\s+)?(?:nghiên"
        r" cứu,?\s*)?(?:học tập|quán triệt"
        r"|sinh hoạt chuyên đề|tập huấn)")),
    ("conference", re.compile(r"\b[Hh]ội nghị\b|\b[Hh]ội thảo\b|\b[Pp]hiên"
        r" họp\b|\b[Kk]ỳ họp thứ\b|\b[Cc]uộc họp\b"
        r"|\b[Hh]ội đàm\b|\b[Tt]ọa đàm\b|\bhọp phiên\b|\bhọp với\b|\btổ chức họp\b")),
    ("working-session", re.compile(r"\b[Bb]uổi làm việc\b|\bthăm và làm việc\b|\b[Cc]uộc làm"
        r" việc\b|\b(?:đến|lên|về|tiếp và|có"
        r" buổi|tới)\s+làm việc (?:với|tại)\b"
        r"|\blàm việc với (?=tỉnh|Ban Thường"
        r" vụ|lãnh đạo|Thường trực)")),
    ("congress", re.compile(r"\b(?:tổ chức|khai mạc|bế mạc|tham dự|dự|tại"
        r"|diễn ra)\s+(?:phiên (?:trù bị|chính thức)\s+)?Đại"
        r" hội\b(?! đề)")),
)  # fmt: skip
_DAY = re.compile(
    r"\b(?:(Sáng|Chiều|Tối|Trưa)(?:\s+(?:nay|qua))?(?:\s+ngày)?|(?:Trong\s+)?[Nn]gày"
    r"|sáng ngày|chiều ngày|sáng|chiều)\s*\(?(?=\d)",
    re.IGNORECASE,
)
_PART_OF_DAY = {"sáng": "morning", "chiều": "afternoon", "tối": "evening"}
_ONLINE = re.compile(r"trực tuyến", re.IGNORECASE)
_HYBRID = re.compile(
    r"trực tiếp\s+(?:kết hợp|và|với)(?:\s+với)?\s+trực tuyến|kết hợp (?:với )?trực tuyến", re.IGNORECASE
)
_BODY = (
    rf"(?:(?:UBND|HĐND|UBMTTQ|Ủy ban nhân dân|Uỷ ban nhân dân|Hội đồng nhân"
    rf" dân)(?:\s+(?:tỉnh|huyện|thành phố)(?:\s+[{UPPER}][^\W\d_]*){{0,3}})?"
    rf"|(?:Ban Thường vụ\s+|Thường trực\s+|BTV\s+)?(?:Tỉnh|Thành|Huyện)"
    rf"\s+[uủ][ỷy](?:\s+[{UPPER}][^\W\d_]*){{0,3}}"
    rf"|(?:Bộ|Sở|Ban|Cục|Tổng cục)\s+[{UPPER}][^\W\d_]*(?:\s+[{UPPER}][^\W\d_]*"
    rf"|\s+(?:và|thôn|nghệ|hoạch|vụ|hội|chính|thương|trường))*|Chính phủ"
    rf"|Quốc hội)"
)
_HOLDS = re.compile(
    rf"({_BODY})\s+(?:phối hợp\s+[^.;]{{0,60}}?)?(?:đã\s+)?tổ chức\s+(?:[Hh]ội"
    rf" nghị|[Hh]ội thảo|buổi làm việc|[Kk]ỳ họp|[Đđ]ại hội|[Pp]hiên họp)"
)
_OF = re.compile(rf"\bcủa\s+({_BODY})")
_NAME_OF = re.compile(r"[^.;:\n(]{0,110}")
_SESSION_WITH = re.compile(
    rf"\b(?:làm việc|buổi làm việc)\s+(?:với|tại)\s+((?:tỉnh\s+[{UPPER}][^\W\d_]*\s+[{UPPER}][^\W\d_]*)"
    rf"|{_BODY})"
)
_DELEGATION = re.compile(rf"\bĐoàn công tác(?:\s+của)?\s+(?:{_BODY}|Trung ương)|\bĐoàn công tác\b")

_LIST_HEADS: tuple[tuple[str, str, re.Pattern[str]], ...] = (
    ("host", "receives", re.compile(r"\b(?:[Tt]iếp|[Đđ]ón)(?:,? (?:đón"
        r"|và|cùng) làm việc| và làm việc|,"
        r" làm việc)?(?: với)?\s+(?:với\s+)?(?:Đoàn[^.;:]{0,40}?)\s*(?:,\s*)?(?:"
        r"về phía tỉnh\s+)?có\s*:?\s+")),
    ("chair", "under-chair", re.compile(r"\bdưới sự (?:chủ trì|điều hành) của\s+(?:các đồng chí\s*:?\s*)?")),
    ("chair", "chairs-are", re.compile(r"\b(?:[Đđ]ồng )?[Cc]hủ trì (?:[Hh]ội"
        r" nghị|buổi làm việc|[Hh]ội thảo"
        r"|kỳ họp|phiên họp|cuộc họp)\s*(?:có"
        r"|gồm|là)\s*:?\s+")),
    ("attendee", "attends", re.compile(r"\b(?:[Cc]ùng\s+|[Tt]ham\s+)?[Dd]ự\s+(?:(?:tại\s+)?(?:[Hh]"
        r"ội nghị|buổi làm việc|cuộc làm"
        r" việc|[Hh]ội thảo|[Kk]ỳ họp|phiên"
        r" họp|cuộc họp|[Đđ]ại hội)\s*)?(?:còn\s+)?có\s*:?\s+")),
    ("attendee", "on-the-side-of", re.compile(r"\b[Vv]ề phía\s+[^.;:,]{3,50}?\s*(?:,\s*)?(?:còn\s+)?"
        r"có\s*:?\s+")),
    ("attendee", "to-the-points", re.compile(r"\bđến\s+(?:các\s+)?điểm cầu\s+(?:tại\s+)?")),
    ("discussant", "discusses", re.compile(r"\b(?:[Tt]ham luận|[Tt]hảo luận)\s+tại\s+(?:[Hh]ội"
        r" nghị|buổi làm việc|[Hh]ội thảo"
        r"|[Kk]ỳ họp)\s*,\s*")),
)  # fmt: skip
_CHAIRS_AFTER = re.compile(
    r"\b(?:đồng\s+|dự và\s+|và\s+|tham dự và\s+)?chủ trì\s+(?:[Hh]ội nghị"
    r"|buổi làm việc|[Hh]ội thảo|[Kk]ỳ họp|[Pp]hiên họp|[Cc]uộc họp|[Hh]ội đàm|[Cc]uộc làm việc)"
)
_ATTENDS = re.compile(
    r"\b(?:cùng\s+|tham\s+|đến\s+)?dự"
    r"(?:\s+(?:[Hh]ội nghị|buổi làm việc|[Pp]hiên họp|[Cc]uộc họp|[Kk]ỳ họp))?\s*[.;]?\s*$"
)
_LEADS = re.compile(r"\bdo\s+[^.;]{3,200}?\s*(?:làm [Tt]rưởng [Đđ]oàn|dẫn đầu)")
_CONCLUDES = re.compile(
    r"\b[Pp]hát biểu (?:bế mạc|kết luận|tổng kết)\b|\b[Kk]ết luận (?:[Hh]ội nghị|buổi làm việc|[Kk]ỳ họp)\b"
)
_SPEAKS = re.compile(
    r"\b[Pp]hát biểu(?: (?:tại|chỉ đạo|khai mạc|mở đầu|chào mừng|định hướng"
    r"|tiếp thu|cảm ơn|đề dẫn|ý kiến)| ý kiến|(?=,))|\b[Tt]hay mặt\b"
)
_REPORTS = re.compile(
    r"\b(?:đã\s+)?(?:báo cáo|trình bày báo cáo|trình bày|thông tin)\s+(?:với"
    r"|tóm tắt|tình hình|kết quả|một số|tại|về|khái quát|nhanh)\b"
)
_VERB = re.compile(
    r"\b(?:đã\s+)?(?:có những ý kiến|chia sẻ|tập trung|phát biểu|thảo luận"
    r"|trao đổi|kiến nghị|đề nghị|nêu|cho rằng|làm rõ|đề xuất|tham luận)\b"
)
_DISCUSSES_AFTER = re.compile(r"^Tại (?:[Hh]ội nghị|buổi làm việc|[Hh]ội thảo)\s*,\s*")
_END_OF_LIST = re.compile(
    r"\b(?:tham gia Đoàn|dự (?:[Hh]ội nghị|buổi làm việc)|dự và chủ trì|cùng dự|tham dự)\b"
)
_ADDRESS = re.compile(r"^(?:(?:và|cùng)\s+)?(?:(?:các|Các)\s+)?(?:đồng chí|Đồng chí|đ/c|ông|bà)\s*:?\s*")
_COMMA_ITEM = re.compile(rf",\s+(?:và\s+)?(?=(?:các\s+)?[{UPPER}]|đại diện|lãnh đạo|các đồng chí|cùng)")
_PLURAL_POSTS = re.compile(
    r"^(?:Bí thư|Chủ tịch|Phó Chủ tịch|Giám đốc|Trưởng)\b[^;]*\bcác (?:huyện|sở|xã|phường|đơn vị)"
)
_BOUNDARY = re.compile(r"\s*(?:;|\.(?=\s|$)|…|\.{3})\s*")


_NEAR = 160
_SHORT = 90


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting that an article tells of."""

    kind: str
    start: int
    end: int
    name: str
    day: date | None = None
    day_at: Span | None = None
    part_of_day: str = ""
    mode: str = ""
    organizer: str = ""
    organizer_at: Span | None = None
    place: str = ""
    evidence: tuple[Span, ...] = ()
    rule: str = "meeting"


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


@dataclass(slots=True)
class _Seen:
    kind: str
    mentions: list[Span] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)


def find_meetings(
    text: str, sentences: Sequence[Sentence], *, blocked: Sequence[Span] = (), year: int | None = None
) -> list[Meeting]:
    """Find the meetings: one a kind, told from its mentions; the first dated one gives the day.

    Args:
        text: The whole text.
        sentences: The article's own sentences.
        blocked: Stretches that are names of documents: a congress in a resolution's name is no meeting.
        year: The year of the article, for days that name none.
    """
    seen: dict[str, _Seen] = {}
    for sentence in sentences:
        taken: list[Span] = []
        for kind, pattern in _KINDS:
            for found in pattern.finditer(text, sentence.start, sentence.end):
                span = Span(*found.span())
                if any(span.start < other.end and other.start < span.end for other in (*taken, *blocked)):
                    continue
                if kind != "congress" and _is_news_of_another(text, sentence, span):
                    continue
                taken.append(span)
                entry = seen.setdefault(kind, _Seen(kind))
                entry.mentions.append(span)
                if sentence not in entry.sentences:
                    entry.sentences.append(sentence)
    return [_meeting(text, entry, year) for entry in seen.values()]


def _is_news_of_another(text: str, sentence: Sentence, span: Span) -> bool:
    """Say whether a sentence only wishes for meetings to come ("tổ chức các hội nghị xúc tiến")."""
    return bool(
        re.search(r"\b(?:các|nhiều|những)\s+$", text[max(sentence.start, span.start - 8) : span.start])
    )


def _meeting(text: str, entry: _Seen, year: int | None) -> Meeting:
    main = entry.mentions[0]
    day, day_at, part = None, None, ""
    for sentence in entry.sentences:
        found = _day(text, sentence, year)
        if found:
            day, day_at, part = found
            break
    mode = organizer = ""
    organizer_at: Span | None = None
    for sentence in entry.sentences[:3]:
        words = text[sentence.start : sentence.end]
        if not mode and entry.kind != "working-session":
            mode = "hybrid" if _HYBRID.search(words) else "online" if _ONLINE.search(words) else ""
        holds = _HOLDS.search(text, sentence.start, sentence.end)
        if holds and not organizer:
            organizer, organizer_at = holds[1], Span(*holds.span(1))
    if not organizer and entry.kind == "study-conference":
        sentence = entry.sentences[0]
        of = list(_OF.finditer(text, main.end, sentence.end))
        if of:
            organizer, organizer_at = of[-1][1], Span(*of[-1].span(1))
    name = _NAME_OF.match(text, main.start)
    finish = min(name.end() if name else main.end, entry.sentences[0].end)
    return Meeting(
        entry.kind, main.start, main.end, one_line(text[main.start : finish]).strip(" ,"),
        day, day_at, part, mode, organizer, organizer_at, "", tuple(entry.mentions[:6]),
    )  # fmt: skip


def _day(text: str, sentence: Sentence, year: int | None) -> tuple[date | None, Span, str] | None:
    for found in _DAY.finditer(text, sentence.start, sentence.end):
        times = [
            time
            for time in find_times(text, max(sentence.start, found.start()), sentence.end)
            if time.precision == "day"
        ]
        near = next((time for time in times if 0 <= time.start - found.end() <= 3), None)  # noqa: PLR2004 - a bracket, a space
        near = near or _short_day(text, found.end())
        if near is None:
            continue
        said = next(_years(text, sentence), None) if year is None else year
        full: Time = in_year(near, said) if said is not None else near
        word = re.match(r"sáng|chiều|tối", found[0].casefold())
        return full.first, Span(near.start, near.end), _PART_OF_DAY.get(word[0], "") if word else ""
    return None


def _years(text: str, sentence: Sentence) -> Iterator[int]:
    """List the years of a sentence's months: an article's only year may stand there."""
    for time in find_times(text, sentence.start, sentence.end):
        if time.first is not None and time.precision == "month":
            yield time.first.year


def _short_day(text: str, at: int) -> Time | None:
    found = re.compile(r"(\d{1,2})[/.-](\d{1,2})(?![\d/%])").match(text, at)
    return Time(at, found.end(), "day", None, None, f"{int(found[2])}/{int(found[1])}") if found else None


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
        kind = _meeting_of(sentence, meetings, chief)
        parts += _lists(text, sentence, own, kind)
        parts += _chairs(text, sentence, own, kind)
        parts += _attends(text, sentence, own, kind)
        parts += _speakers(text, sentence, own, kind)
        parts += _delegation(text, sentence, own, kind)
    if chief.kind == "working-session" and not any(part.rule == "delegation" for part in parts):
        parts += _visitors(text, sentences, chief.kind)
    unique: dict[tuple[str, str, str], Part] = {}
    for part in parts:
        key = (part.meeting, part.role, part.person or part.group.casefold())
        if key not in unique:
            unique[key] = part
    return list(unique.values())


def _visitors(text: str, sentences: Sequence[Sentence], kind: str) -> Iterator[Part]:
    """Find the delegation that a working session was held with, where only its name stands somewhere."""
    for sentence in sentences:
        group = _DELEGATION.search(text, sentence.start, sentence.end)
        if group and group[0] != "Đoàn công tác":
            yield Part(kind, "attendee", group.start(), group.end(), "", group[0], (), "visitors")
            return


def _meeting_of(sentence: Sentence, meetings: Sequence[Meeting], chief: Meeting) -> str:
    for meeting in meetings:
        if any(sentence.start <= span.start < sentence.end for span in meeting.evidence):
            return meeting.kind
    return chief.kind


def _lists(text: str, sentence: Sentence, persons: Sequence[Person], kind: str) -> Iterator[Part]:
    for role, rule, head in _LIST_HEADS:
        for found in head.finditer(text, sentence.start, sentence.end):
            stop = sentence.end
            if rule == "to-the-points":
                over = re.compile(r",?\s*dưới sự").search(text, found.end(), sentence.end)
                stop = over.start() if over else sentence.end
            if rule == "under-chair":
                over = re.compile(r"\s(?:đã|diễn ra)\s").search(text, found.end(), sentence.end)
                stop = over.start() if over else sentence.end
            if rule == "discusses":
                over = _VERB.search(text, found.end(), sentence.end)
                stop = over.start() if over else sentence.end
            pattern = Part(kind, role, 0, 0, evidence=(Span(*found.span()),), rule=rule)
            yield from _items(text, found.end(), stop, persons, pattern)


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
            if begin < finish and re.match(r"(?:các|đại diện|lãnh đạo)\b", text[begin:finish]):
                yield from _groups(text, begin, finish, pattern)
        else:
            yield from _groups(text, at, finish, pattern)
        at = end.end() if end else stop


def _groups(text: str, at: int, finish: int, pattern: Part) -> Iterator[Part]:
    address = _ADDRESS.match(text[at:finish])
    at += address.end() if address else 0
    piece = text[at:finish]
    cuts = [0]
    if not _PLURAL_POSTS.match(piece):
        cuts += [cut.end() for cut in _COMMA_ITEM.finditer(piece)]
    for start, stop in pairwise([*(at + cut for cut in cuts), finish]):
        over = _END_OF_LIST.search(text, start, stop)
        words = text[start : over.start() if over else stop].rstrip(" ,;.…\n")
        if len(words.split()) >= 2:  # noqa: PLR2004 - one word is a leftover
            yield replace(pattern, start=start, end=start + len(words), group=one_line(words))


def _chairs(text: str, sentence: Sentence, persons: Sequence[Person], kind: str) -> Iterator[Part]:
    found = _CHAIRS_AFTER.search(text, sentence.start, sentence.end)
    if found:
        for person in persons:
            if person.end <= found.start() and not _CONCLUDES.search(text, sentence.start, person.start):
                yield Part(
                    kind, "chair", person.start, person.end, person.name, "", (Span(*found.span()),), "chairs"
                )


def _attends(text: str, sentence: Sentence, persons: Sequence[Person], kind: str) -> Iterator[Part]:
    """Find who is said to attend at the end of a sentence: "Đồng chí …, Chủ tịch HĐND tỉnh dự."."""
    found = _ATTENDS.search(text, sentence.start, sentence.end)
    if found and not _CHAIRS_AFTER.search(text, sentence.start, sentence.end):
        for person in persons:
            if person.end <= found.start():
                cue = (Span(*found.span()),)
                yield Part(kind, "attendee", person.start, person.end, person.name, "", cue, "attends-after")


def _speakers(text: str, sentence: Sentence, persons: Sequence[Person], kind: str) -> Iterator[Part]:
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
        after = [] if role == "reporter" else after
        before = [person for person in persons if person.end <= found.start()]
        who = (after[:1] if found[0][0].isupper() or not before else []) or before[-1:]
        for person in who:
            yield Part(kind, role, person.start, person.end, person.name, "", (Span(*found.span()),), rule)
            return
    if opening := _DISCUSSES_AFTER.match(text[sentence.start : sentence.end]):
        at = sentence.start + opening.end()
        verb = _VERB.search(text, at, sentence.end)
        words = text[at : verb.start()].rstrip() if verb else ""
        if (
            verb
            and not persons
            and re.match(r"(?:đại diện|các đại biểu|tỉnh|lãnh đạo)", words)
            and len(words) <= _SHORT
        ):
            role = "discussant" if re.match(r"(?:đại diện|các đại biểu|lãnh đạo)", words) else "speaker"
            words = re.sub(r"\s+(?:cũng|đã|có)$", "", words)
            yield Part(kind, role, at, at + len(words), "", words, (Span(*verb.span()),), "discusses")


def _delegation(text: str, sentence: Sentence, persons: Sequence[Person], kind: str) -> Iterator[Part]:
    leads = _LEADS.search(text, sentence.start, sentence.end)
    if leads:
        for person in persons:
            if leads.start() <= person.start < leads.end():
                yield Part(
                    kind,
                    "head-of-delegation",
                    person.start,
                    person.end,
                    person.name,
                    "",
                    (Span(*leads.span()),),
                    "leads",
                )
                break
    met = _SESSION_WITH.search(text, sentence.start, sentence.end)
    if met and (group := _DELEGATION.search(text, sentence.start, met.start())):
        yield Part(
            kind, "attendee", group.start(), group.end(), "", group[0], (Span(*met.span()),), "delegation"
        )
        yield Part(kind, "host", met.start(1), met.end(1), "", met[1], (Span(*met.span()),), "received-by")
    elif met and persons and persons[0].end <= met.start() and met.start() - persons[0].end <= 20:  # noqa: PLR2004
        yield Part(
            kind,
            "attendee",
            persons[0].start,
            persons[0].end,
            persons[0].name,
            "",
            (Span(*met.span()),),
            "meets",
        )
        yield Part(kind, "attendee", met.start(1), met.end(1), "", met[1], (Span(*met.span()),), "meets")
