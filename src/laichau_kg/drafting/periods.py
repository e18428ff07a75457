"""Which period a place in an article speaks of: said beside it, at the head of its sentence, or before."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from laichau_kg.drafting.dates import (
    Time,
    before_by_a_month,
    before_by_a_year,
    find_times,
    in_year,
    whole_year,
)
from laichau_kg.drafting.words import Sentence
from laichau_kg.text import Span

__all__ = ["Base", "Calendar", "find_bases", "times_of", "year_after", "year_of"]

_HEAD = re.compile(
    r"^[\s\"“”(•*-]*(?:(?:theo đó|đồng thời|tuy nhiên|cụ thể|trong đó|mặt khác)\s*,?\s*)?"
    r"(?:(?:trong|đến|tới|tính|ước|hết|tính đến|ước đến|bước sang|bước vào|vào|của|lũy kế|luỹ kế)\s+)*"
    r"(?:(?:hết|cuối|thời điểm|thực hiện)\s+)?$",
    re.IGNORECASE,
)
_NEAR = 160
_BESIDE = 24
_BASE = re.compile(
    r"\b(?:so với|so)\s+(?=cùng kỳ|cùng kì|năm|giai đoạn|đầu|cuối|(?:ước )?thực"
    r" hiện|tháng|quý|6 tháng)|\bcùng k[ỳì](?!\s+họp)",
    re.IGNORECASE,
)
_LAST_YEAR = re.compile(r"(?:so(?: với)?\s+)?(?:cùng k[ỳì]|năm trước|năm ngoái)", re.IGNORECASE)
_MONTH_BEFORE = re.compile(r"tháng trước\b", re.IGNORECASE)
_SAME_OF_YEAR = re.compile(r"\bcùng k[ỳì] năm ((?:19|20)\d\d)\b", re.IGNORECASE)
_SINCE = re.compile(r"\b(?:kể )?từ\s+(?:cuối\s+|đầu\s+)?$", re.IGNORECASE)  # a past that goes on
_AHEAD = re.compile(
    r"\b(?:phấn đấu|mục tiêu|phương hướng|triển khai|bàn|dự toán|(?<!thực hiện )(?:nhiệm vụ|kế hoạch))\b",
    re.IGNORECASE,
)
_BESIDE_IT = re.compile(r"\s*(?:(?:trong|của|vào|ở|đến|tính đến)\s+)+(?=\S)")
_HIGHEST = re.compile(r"\bnhất\s+(?:kể )?từ\s+$", re.IGNORECASE)  # how far back a record goes
_ITEM = re.compile(
    r";\s*(?:(?:riêng|trong|đến|còn|và)\s+)*$", re.IGNORECASE
)  # where an item of a list begins
_PRICES = re.compile(r"\bgiá\s+(?:so sánh|cố định|hiện hành)(?:\s+năm)?\s*$", re.IGNORECASE)
# A year that belongs to a name: a week, a fair, a contest.
_NAMED = re.compile(
    r"\b(?:Tuần|Ngày hội|Lễ hội|Hội chợ|Festival|Giải|Hội thi|Cuộc thi"
    r"|Hội thao|Liên hoan|Diễn đàn|Tháng hành động"
    r"|Chuyên đề|chuyên đề|Chủ đề|chủ đề)\b[^.;:,]{0,80}$"
)


@dataclass(frozen=True, slots=True)
class Base:
    """What a change is measured against: a time, or the same time one year before."""

    start: int
    end: int
    time: Time | None
    same_period: bool

    def of(self, period: Time) -> Time:
        """Give the base of a figure about *period*."""
        if self.same_period:
            year = self.time.first.year if self.time and self.time.first else None
            earlier = before_by_a_year(period)
            if year is None or earlier.first is None or earlier.first.year == year or earlier.last is None:
                return earlier
            span = earlier.last.year - earlier.first.year
            return replace(
                earlier,
                first=earlier.first.replace(year=year),
                last=earlier.last.replace(year=year + span, day=min(earlier.last.day, 28))
                if earlier.last.month == 2  # noqa: PLR2004 - February
                else earlier.last.replace(year=year + span),
            )
        if self.time is None and period.precision == "month":
            return before_by_a_month(period)
        return self.time or before_by_a_year(period)


def find_bases(text: str, sentence: Sentence, times: Sequence[Time]) -> list[Base]:
    """Find in a sentence what its changes are measured against."""
    bases: list[Base] = []
    for found in _BASE.finditer(text, sentence.start, sentence.end):
        if bases and found.start() < bases[-1].end:
            continue
        same = _LAST_YEAR.match(text, found.start())
        after = next(
            (
                time
                for time in times
                if abs(time.start - found.end()) <= _BESIDE and time.start > found.start()
            ),
            None,
        )
        if after and re.search(r"[,;:(]", text[found.end() : after.start]):
            after = None
        before = _MONTH_BEFORE.match(text, found.end())
        if before and not same:
            bases.append(Base(found.start(), before.end(), None, same_period=False))
        elif same or after:
            end = after.end if after else (same.end() if same else found.end())
            tail = re.match(r"\s+năm\s+(?:trước|ngoái)", text[end : end + 16])
            bases.append(Base(found.start(), end + (tail.end() if tail else 0), after, bool(same)))
    return bases


def times_of(text: str, sentence: Sentence, bases: Sequence[Base], blocked: Sequence[Span]) -> list[Time]:
    """List the times that can be a figure's period: not a base, a price basis or part of a name."""
    return [
        time
        for time in find_times(text, sentence.start, sentence.end)
        if not any(base.start <= time.start < base.end for base in bases)
        and not any(span.start <= time.start < span.end for span in blocked)
        and not _PRICES.search(text, max(sentence.start, time.start - 24), time.start)
        and not _HIGHEST.search(text, max(sentence.start, time.start - 24), time.start)
        and not _NAMED.search(text, max(sentence.start, time.start - 90), time.start)
    ]


def year_of(text: str, sentences: Sequence[Sentence]) -> int | None:
    """Tell the year an article speaks of from what it compares with: the year after "cùng kỳ năm …".

    None where it compares with no named year.
    """
    for sentence in sentences:
        if found := _SAME_OF_YEAR.search(text, sentence.start, sentence.end):
            return int(found[1]) + 1
    return None


class Calendar:
    """What period is being spoken of while a text is read from its start."""

    def __init__(self, text: str, year: int | None) -> None:
        self._text = text
        self.year = year
        self.now: Time | None = None
        self._firm = False
        self.years: Time | None = None

    def read(self, sentence: Sentence, times: Sequence[Time], first_figure: int) -> None:
        """Take note of the times of a sentence; those before its first figure can hold for what follows."""
        for time in times:
            full = self.dated(time)
            if full.first is None:
                continue
            if full.precision == "multi-year" and not full.until:
                self.years = full
            if full.precision == "day" or time.start > first_figure:
                continue
            if _SINCE.search(self._text, sentence.start, time.start):
                continue
            firm = self.is_head(sentence, time)
            if firm or not self._firm:
                self.now, self._firm = full, self._firm or firm
            if self.year is None or firm:
                self.year = full.last.year if full.last else self.year

    def open(self, title: Span, times: Sequence[Time]) -> None:
        """Begin with the period a title tells, unless of a plan: it holds until another is said."""
        for time in times:
            full = self.dated(time)
            if full.first is None or full.last is None or full.precision in {"day", "multi-year"}:
                continue
            if not _AHEAD.search(self._text, title.start, time.start):
                self.now, self.year = full, self.year or full.last.year
            return

    def dated(self, time: Time) -> Time:
        """Give a time the year that is being spoken of, if it names none."""
        if time.first is not None:
            return time
        year = (
            self.now.last.year
            if self.now and self.now.last and self.now.precision != "multi-year"
            else self.year
        )
        return in_year(time, year) if year is not None else time

    def is_head(self, sentence: Sentence, time: Time) -> bool:
        """Say whether a time opens its sentence."""
        return bool(_HEAD.match(self._text[sentence.start : time.start]))

    def _opens_item(self, sentence: Sentence, time: Time) -> bool:
        return bool(_ITEM.search(self._text, sentence.start, time.start))

    def near(
        self, sentence: Sentence, times: Sequence[Time], figure: Span, floor: int, ceiling: int
    ) -> Time | None:
        """Choose the time that is said for a figure: right after it, before it, or further after it.

        Args:
            sentence: Its sentence.
            times: The sentence's times.
            figure: Where it stands.
            floor: Where its own words begin.
            ceiling: Where they end.
        """
        at = figure.start
        beside = _BESIDE_IT.match(self._text, figure.end, ceiling)
        said = next((time for time in times if beside and time.start == beside.end()), None)
        if said is not None:
            return self.dated(said)
        own = [
            time
            for time in times
            if floor <= time.start < at and (at - time.end <= _NEAR or self._opens_item(sentence, time))
        ]
        if own:
            return self.dated(own[-1])
        after = [
            time
            for time in times
            if at < time.start < ceiling and "," not in self._text[figure.end : time.start].rstrip(", ")
        ]
        if after:
            return self.dated(after[0])
        colon = self._text.rfind(":", sentence.start, at)
        before = [
            time
            for time in times
            if time.start < floor
            and (
                time.start < colon
                or self.is_head(sentence, time)
                or at - time.end <= _NEAR
                or self._opens_item(sentence, time)
            )
        ]
        heads = [
            time for time in times if time.start < at and (time.start < colon or self.is_head(sentence, time))
        ]
        chosen = before[-1:] or heads[-1:]
        return self.dated(chosen[0]) if chosen else None


def year_after(time: Time) -> Time:
    """Give the year after the one in which *time* ends."""
    return whole_year((time.last.year if time.last else 0) + 1, time.start, time.end)
