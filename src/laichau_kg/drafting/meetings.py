"""The grammar of meetings: their kind, day, part of day, form and host."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from laichau_kg.drafting.bodies import BODY
from laichau_kg.drafting.dates import Time, find_times, in_year
from laichau_kg.drafting.words import Sentence, one_line
from laichau_kg.text import Span

__all__ = ["Meeting", "find_meetings"]

_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("study-conference", re.compile(r"\b[Hh]ội nghị\s+(?:(?:trực tuyến"
        r"|toàn quốc|toàn tỉnh)\s+)?(?:nghiên"
        r" cứu,?\s*)?(?:học tập|quán triệt"
        r"|sinh hoạt chuyên đề|tập huấn)")),
    ("conference", re.compile(r"(?<!Trung tâm )\b[Hh]ội nghị\b|\b[Hh]ội thảo\b|\b[Pp]hiên họp\b"
        r"|\b[Kk]ỳ họp thứ\b|\b[Cc]uộc họp\b|\b[Hh]ội đàm\b|\b[Tt](?:ọa|oạ) đàm\b|\bhọp phiên\b|\bhọp với\b"
        r"|\btổ chức họp\b|\bhọp (?=để|nghe|bàn|thông qua|đánh giá|xem xét|triển khai|cho ý kiến)"
        r"|\b(?:[Bb]uổi|[Cc]uộc|đã|có) tiếp xúc cử tri\b")),
    ("working-session", re.compile(r"\b[Bb]uổi làm việc\b|\bthăm và làm việc\b|\b[Cc]uộc làm việc\b"
        r"|\b(?:đến|lên|về|tiếp và|tiếp,|có buổi|tới)\s+làm việc (?:với|tại)\b"
        r"|\b(?:đã|vừa)\s+(?:tiếp và\s+|đến\s+)?làm việc với\b"
        r"|\blàm việc với (?=tỉnh|Ban Thường vụ|lãnh đạo|Thường trực)"
        r"|\b[Bb]uổi (?:đón )?tiếp\b(?! (?:xúc|công dân|dân))|\bchào xã giao\b"
        r"|\b(?:đã|vừa) tiếp (?=ông|bà|đồng chí|[Đđ]oàn|Bộ trưởng|Thứ trưởng|Đại sứ)")),
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
    rf"(?:(?:tổ chức|khai mạc|tiến hành)\s+(?:họp\b|[Hh]ội nghị|[Hh]ội thảo|buổi làm việc|[Kk]ỳ họp"
    rf"|[Đđ]ại hội|[Pp]hiên họp|[Cc]uộc họp|[Tt]ọa đàm)|họp phiên)"
)
_OF = re.compile(rf"\bcủa\s+({BODY})")
_NAME_OF = re.compile(r"[^.;:\n(]{0,110}")
_LEAD = 40


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


@dataclass(slots=True)
class _Seen:
    kind: str
    mentions: list[Span] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)


def find_meetings(
    text: str, sentences: Sequence[Sentence], *, blocked: Sequence[Span] = (), year: int | None = None
) -> list[Meeting]:
    """Find the meetings: one a kind, told from its mentions; the first dated one gives the day.

    The one most spoken of has, if no mention of it is dated, the day that the article opens with.

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
    chief = max(seen.values(), key=lambda entry: len(entry.mentions), default=None)
    lead = next((one for one in sentences if _DAY.search(text[one.start : one.start + _LEAD])), None)
    lead = lead if lead in sentences[:2] else None
    return [_meeting(text, entry, year, lead if entry is chief else None) for entry in seen.values()]


def _is_news_of_another(text: str, sentence: Sentence, span: Span) -> bool:
    """Say whether a sentence only wishes for meetings to come ("tổ chức các hội nghị xúc tiến")."""
    return bool(
        re.search(r"\b(?:các|nhiều|những)\s+$", text[max(sentence.start, span.start - 8) : span.start])
    )


def _meeting(text: str, entry: _Seen, year: int | None, lead: Sentence | None) -> Meeting:
    main = entry.mentions[0]
    day, day_at, part = None, None, ""
    for sentence in entry.sentences:
        found = _day(text, sentence, year)
        if found:
            day, day_at, part = found
            break
    if day_at is None and lead is not None and (found := _day(text, lead, year)):
        day, day_at, part = found
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
        day, day_at, part, mode, organizer, organizer_at, "",
        tuple(dict.fromkeys((Span(main.start, finish), *entry.mentions[:6]))),
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
    found = re.compile(r"(\d{1,2})\s?[/.–-]\s?(\d{1,2})(?![\d/%])").match(text, at)
    return Time(at, found.end(), "day", None, None, f"{int(found[2])}/{int(found[1])}") if found else None
