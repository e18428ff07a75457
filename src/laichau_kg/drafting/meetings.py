"""The grammar of meetings: their kind, name, day, part of day, form and host."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from laichau_kg.drafting.bodies import BODY, GUEST
from laichau_kg.drafting.dates import Time, find_times, in_year
from laichau_kg.drafting.words import UPPER, Sentence, one_line, stands_apart
from laichau_kg.text import Span

__all__ = ["Meeting", "find_meetings"]

_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("study-conference", re.compile(r"\b[Hh]ội nghị\s+(?:(?:trực tuyến"
        r"|toàn quốc|toàn tỉnh)\s+)?(?:nghiên"
        r" cứu,?\s*)?(?:học tập|quán triệt"
        r"|sinh hoạt chuyên đề|tập huấn)")),
    ("conference", re.compile(r"(?<!Trung tâm )\b[Hh]ội nghị\b|\b[Hh]ội thảo\b|\b[Pp]hiên họp\b"
        r"|\b[Kk]ỳ họp thứ\b|\b[Cc]uộc họp\b|\b[Hh]ội đàm\b|\b[Tt](?:ọa|oạ) đàm\b|\bhọp phiên\b|\bhọp với\b"
        r"|\b[Hh]ọp báo\b|\btổ chức họp\b"
        r"|\bhọp (?=để|nghe|bàn|thông qua|đánh giá|xem xét|triển khai|cho ý kiến|thường kỳ|chuyên đề)"
        r"|\b(?:[Bb]uổi|[Cc]uộc|đã|có) tiếp xúc (?:với )?cử tri\b")),
    ("working-session", re.compile(r"\b[Bb]uổi làm việc\b|\bthăm và làm việc\b|\b[Cc]uộc làm việc\b"
        r"|\b(?:đến|lên|về|tiếp và|tiếp,|có buổi|tới)\s+làm việc (?:với|tại)\b"
        r"|\b(?:đã|vừa)\s+(?:tiếp và\s+|đến\s+)?làm việc với\b"
        r"|\blàm việc với (?=tỉnh|Ban Thường vụ|lãnh đạo|Thường trực)"
        r"|\b[Bb]uổi (?:đón )?tiếp\b(?! (?:xúc|công dân|dân))|\bchào xã giao\b"
        rf"|(?<!trực )(?<!đón )(?<!kế )(?<!nối )\b(?:(?:đã|vừa) )?tiếp (?={GUEST})")),
    ("congress", re.compile(r"\b(?:tổ chức|khai mạc|bế mạc|tham dự|dự|tại"
        r"|diễn ra)\s+(?:phiên (?:trù bị|chính thức)\s+)?Đại"
        r" hội\b(?! đề)")),
)  # fmt: skip
_DAY = re.compile(
    r"\b(?:(Sáng|Chiều|Tối|Trưa)(?:\s+(?:nay|qua))?(?:\s+ngày)?|(?:Trong\s+)?[Nn]gày"
    r"|sáng ngày|chiều ngày|sáng|chiều|tối)\s*\(?(?=\d)",
    re.IGNORECASE,
)
_PART_OF_DAY = {"sáng": "morning", "chiều": "afternoon", "tối": "evening"}
_ONLINE = re.compile(r"trực tuyến", re.IGNORECASE)
_HYBRID = re.compile(
    r"trực tiếp\s+(?:kết hợp|và|với)(?:\s+với)?\s+trực tuyến|kết hợp (?:với )?trực tuyến", re.IGNORECASE
)
_HOLDS = re.compile(
    rf"({BODY})\s+(?:phối hợp\s+[^.;]{{0,60}}?)?(?:(?:đã|vừa)\s+)?"
    rf"(?:(?:tổ chức|khai mạc|tiến hành)\s+(?:khai mạc\s+|trọng thể\s+)?"
    rf"(?:(?:buổi\s+)?[Hh]ọp\b|[Hh]ội nghị|[Hh]ội thảo|buổi làm việc"
    rf"|[Kk]ỳ họp|[Đđ]ại hội|[Pp]hiên họp|[Cc]uộc họp|[Tt]ọa đàm)|họp (?:phiên|thường kỳ|chuyên đề))"
)
_OF = re.compile(rf"\bcủa\s+({BODY})")
# What leads in to a meeting and is no part of its name.
_LEADS_IN = re.compile(r"(?:(?:đã|vừa|có|tổ chức|khai mạc|bế mạc|tham dự|dự|tại|diễn ra)\s+)+", re.IGNORECASE)
_NAME_ENDS = re.compile(
    r"\.(?=\s|$)|[;:\n(]"
    r"|\s+(?:diễn ra|được tổ chức|đã|đang|sẽ|vừa|nhằm|cho biết|dưới sự|(?:với|có) sự|với chủ đề"
    r"|(?:còn )?(?:có|gồm) (?=(?:các|đồng chí|ông|bà|đại diện|lãnh đạo)\b)"
    r"|do (?=(?:đồng chí|ông|bà|các đồng chí)\b)|vào (?=(?:sáng|chiều|tối|ngày|lúc)\b)"
    r"|(?:sáng|chiều|tối) (?=nay|ngày|qua|\d)|ngày (?=\d))\b"
    rf"|,\s+(?=[{UPPER}]|(?:đồng chí|các đồng chí|ông|bà|dưới sự|do|với|tại|ngày|sáng|chiều|tối|đã|được|có"
    r"|theo|trong đó|qua đó|nhằm|để|đại biểu|các đại biểu|đại diện|lãnh đạo|nhiều|cùng|về phía|tỉnh|nhưng"
    r"|song)\b)"
)
_NUMBERED = re.compile(r"\bthứ \w+$")  # "Kỳ họp thứ 6, HĐND tỉnh khóa IX" goes on over its comma
_GOES_ON_AT = re.compile(r",\s(?!chống\b)|\s(?=(?:và|để|nhằm)\s)")
_LOOSE_END = re.compile(r"(?:[\s,–-]+(?:và|của|về|các|với|để|trong|một|số|tại|cho|theo))+$")
_LONGEST_NAME = 100
_KIND_WORDS = 3
_NAMED_BY = 12
_SHORTEST_NAME = 40
_LEAD = 40
_CLAUSE = 160
_SAME_DAY = re.compile(r"(?:\W*)(?:(Sáng|Chiều|Tối)\s+)?[Cc]ùng ngày\b")
# What stands before a meeting that is held, or only spoken of again, or still to come.
_HELD = re.compile(
    r"\b(?:tổ chức|khai mạc|chủ trì|điều hành|diễn ra|tiến hành|dự|có)\s+(?:cuộc\s+|buổi\s+|phiên\s+)?$"
)
_IS_VERB = re.compile(
    r"họp|tổ chức|khai mạc|thăm|đến|lên|về|tới|tiếp|đã|vừa|làm việc|chào|có|diễn ra|tham dự"
)
_AGAIN = re.compile(r"\b(?:tại|trong|sau|kết thúc|theo)\s+(?:cuộc\s+|buổi\s+|phiên\s+)?$", re.IGNORECASE)
_NOT_YET = re.compile(r"\b(?:sẽ|dự kiến|chuẩn bị|kế hoạch|về việc|ban hành)\b")
_FAR = timedelta(days=60)
_SOON = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting that an article tells of.

    *key* tells it from the others of the article; *is_opened* says that a
    sentence opens with its day and tells that it was held; *year_at* is
    where the year of its day stands, if not with the day.
    """

    kind: str
    start: int
    end: int
    name: str
    key: str = ""
    day: date | None = None
    day_at: Span | None = None
    year_at: Span | None = None
    part_of_day: str = ""
    mode: str = ""
    organizer: str = ""
    organizer_at: Span | None = None
    is_opened: bool = False
    evidence: tuple[Span, ...] = ()
    rule: str = "meeting"


@dataclass(frozen=True, slots=True)
class _Opening:
    """The day that a sentence opens with: the month and day as written, its part, and where it stands."""

    shape: str
    part: str
    sentence: Sentence


@dataclass(slots=True)
class _Seen:
    kind: str
    key: str
    opening: _Opening | None = None
    mentions: list[Span] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Day:
    day: date | None
    at: Span
    part: str
    year_at: Span | None = None


def find_meetings(
    text: str, sentences: Sequence[Sentence], *, blocked: Sequence[Span] = (), issued: date | None = None
) -> list[Meeting]:
    """Find the meetings, told from their mentions; the first dated mention gives the day.

    Those of one kind are one, unless sentences that open with different
    days tell of each that it was held. The one most spoken of has, if no
    mention of it is dated, the day that the article opens with.

    Args:
        text: The whole text.
        sentences: The article's own sentences.
        blocked: Stretches that are names of documents: a congress in a resolution's name is no meeting.
        issued: The day of the article, for days that name no year.
    """
    seen: list[_Seen] = []
    last: _Opening | None = None
    for sentence in sentences:
        opening = _opening(text, sentence, last)
        last = opening or last
        taken: set[int] = set()
        for kind, pattern in _KINDS:
            for found in pattern.finditer(text, sentence.start, sentence.end):
                span = Span(*found.span())
                places = range(span.start, span.end)
                if not taken.isdisjoint(places) or not stands_apart(span.start, span.end, blocked):
                    continue
                if kind != "congress" and _is_news_of_another(text, sentence, span):
                    continue
                taken.update(places)
                held = opening if opening and _is_held(text, sentence, span) else None
                entry = _entry(seen, kind, held)
                entry.mentions.append(span)
                if not entry.sentences or entry.sentences[-1] is not sentence:
                    entry.sentences.append(sentence)
    chief = max(seen, key=lambda entry: len(entry.mentions), default=None)
    lead = next((one for one in sentences if _DAY.search(text[one.start : one.start + _LEAD])), None)
    lead = lead if lead in sentences[:2] else None
    return [_meeting(text, entry, issued, lead if entry is chief else None) for entry in seen]


def _opening(text: str, sentence: Sentence, last: _Opening | None) -> _Opening | None:
    """Read the day that a sentence opens with; "on the same day" is that of the last one, at another time."""
    ahead = min(sentence.end, sentence.start + _LEAD)
    if last and (same := _SAME_DAY.match(text, sentence.start, ahead)):
        part = _PART_OF_DAY[same[1].casefold()] if same[1] else f"after {sentence.start}"
        return _Opening(last.shape, part, last.sentence)
    found = _DAY.search(text, sentence.start, ahead)
    time = _time_at(text, sentence, found.end()) if found else None
    return _Opening(time.shape, _part(found[0]), sentence) if found and time else None


def _entry(seen: list[_Seen], kind: str, held: _Opening | None) -> _Seen:
    """Give the meeting that a mention is of: a new one where it is held on a day that none yet has."""
    own = [entry for entry in seen if entry.kind == kind]
    if own and held is None:
        return own[-1]
    for entry in own:
        if held and (entry.opening is None or _is_same(entry.opening, held)):
            entry.opening = entry.opening or held
            return entry
    seen.append(_Seen(kind, f"{kind}-{len(own) + 1}" if own else kind, held))
    return seen[-1]


def _is_same(one: _Opening, other: _Opening) -> bool:
    return one.shape == other.shape and (not one.part or not other.part or one.part == other.part)


def _is_held(text: str, sentence: Sentence, span: Span) -> bool:
    """Say whether a mention tells that a meeting was held, and not that something was said at it."""
    before = text[max(sentence.start, span.start - _CLAUSE) : span.start]
    if _AGAIN.search(before) or _NOT_YET.search(before):
        return False
    return bool(_HELD.search(before) or _IS_VERB.match(text, span.start, span.end))


def _is_news_of_another(text: str, sentence: Sentence, span: Span) -> bool:
    """Say whether a sentence only wishes for meetings to come ("tổ chức các hội nghị xúc tiến")."""
    return bool(
        re.search(r"\b(?:các|nhiều|những)\s+$", text[max(sentence.start, span.start - 8) : span.start])
    )


def _meeting(text: str, entry: _Seen, issued: date | None, lead: Sentence | None) -> Meeting:
    main = entry.mentions[0]
    days = (_day(text, sentence, issued) for sentence in entry.sentences)
    found = next((one for one in days if one), None)
    if found is None and entry.opening:
        same = _day(text, entry.opening.sentence, issued)
        part = entry.opening.part if entry.opening.part in _PART_OF_DAY.values() else ""
        found = _Day(same.day, same.at, part, same.year_at) if same else None
    if found is None and lead is not None:
        found = _day(text, lead, issued)
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
    name = _name(text, entry)
    return Meeting(
        entry.kind, main.start, main.end, one_line(text[name.start : name.end]), entry.key,
        found.day if found else None, found.at if found else None, found.year_at if found else None,
        found.part if found else "", mode, organizer, organizer_at, entry.opening is not None,
        tuple(dict.fromkeys((_held_by(main, name), *entry.mentions[:6]))),
    )  # fmt: skip


def _name(text: str, entry: _Seen) -> Span:
    """Give a meeting's name: as it is first mentioned, or, where that says no more than its kind, later."""
    names = []
    for mention in entry.mentions[:_NAMED_BY]:
        stop = next(one.end for one in entry.sentences if one.start <= mention.start < one.end)
        names.append(_name_at(text, mention, stop))
    first, *others = names
    if len(text[first.start : first.end].split()) > _KIND_WORDS:
        return first
    word = text[first.start : first.end].casefold().split()[:1]
    fuller = (name for name in others if text[name.start : name.end].casefold().split()[:1] == word)
    return next(
        (name for name in fuller if len(text[name.start : name.end].split()) > _KIND_WORDS + 1), first
    )


def _held_by(main: Span, name: Span) -> Span:
    """Give the stretch of a mention and its name; a name that stands elsewhere is evidence by itself."""
    return Span(main.start, max(main.end, name.end)) if name.start <= main.end else name


def _name_at(text: str, main: Span, stop: int) -> Span:
    """Follow a meeting's name from its kind to where the sentence goes on, at most to a length, by words."""
    leads = _LEADS_IN.match(text, main.start, main.end)
    start = leads.end() if leads else main.start
    least = max(main.end, start)
    ends = (
        end.start()
        for end in _NAME_ENDS.finditer(text, least, stop)
        if text[end.start()] != "," or not _NUMBERED.search(text[start : end.start()])
    )
    end = next(ends, stop)
    if end - start > _LONGEST_NAME:
        cuts = _GOES_ON_AT.finditer(text, start + _SHORTEST_NAME, start + _LONGEST_NAME)
        rests = [cut.start() for cut in cuts]
        end = rests[-1] if rests else text.rfind(" ", least, start + _LONGEST_NAME)
    name = text[start : max(end, least)].rstrip(" ,–-")
    return Span(start, start + len(_LOOSE_END.sub("", name)))


def _time_at(text: str, sentence: Sentence, at: int) -> Time | None:
    """Give the day that stands at a place, or just after it."""
    times = find_times(text, max(sentence.start, at - _LEAD), min(sentence.end, at + _LEAD))
    days = (time for time in times if time.precision == "day" and 0 <= time.start - at <= 3)  # noqa: PLR2004 - a bracket, a space
    return next(days, None) or _short_day(text, at)


def _part(words: str) -> str:
    word = re.match(r"sáng|chiều|tối", words.casefold())
    return _PART_OF_DAY[word[0]] if word else ""


def _day(text: str, sentence: Sentence, issued: date | None) -> _Day | None:
    for found in _DAY.finditer(text, sentence.start, sentence.end):
        near = _time_at(text, sentence, found.end())
        if near is None:
            continue
        at, part = Span(near.start, near.end), _part(found[0])
        if near.first is not None or issued is not None:
            day = near.first if near.first is not None or issued is None else _last_before(near, issued)
            return _Day(day, at, part)
        return _told_year(text, sentence, near, part)
    return None


def _last_before(near: Time, issued: date) -> date | None:
    """Date a day by the article's: the last such day, or one that is about to come."""
    days = [in_year(near, issued.year + step).first for step in (1, 0, -1)]
    return next((day for day in days if day and day <= issued + _SOON), None)


def _told_year(text: str, sentence: Sentence, near: Time, part: str) -> _Day:
    """Date a day by the sentence's first month, quarter or half with a year: the nearest such day."""
    at = Span(near.start, near.end)
    for time in find_times(text, sentence.start, sentence.end):
        if time.first is None or time.last is None or time.precision in {"day", "year", "multi-year"}:
            continue
        days = [in_year(near, time.first.year + step).first for step in (-1, 0, 1)]
        first, last = time.first, time.last
        gaps = [(max(first - day, day - last, timedelta()), day) for day in days if day]
        gap, day = min(gaps, default=(_FAR, None))
        if day and gap < _FAR:
            return _Day(day, at, part, Span(time.start, time.end))
    return _Day(None, at, part)


def _short_day(text: str, at: int) -> Time | None:
    found = re.compile(r"(\d{1,2})\s?[/.–-]\s?(\d{1,2})(?![\d/%])").match(text, at)
    return Time(at, found.end(), "day", None, None, f"{int(found[2])}/{int(found[1])}") if found else None
