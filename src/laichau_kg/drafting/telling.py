"""Tell a figure's status, period, base and place from its sentence and from what was said before it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from laichau_kg.drafting.areas import Scope, find_scopes, place_before
from laichau_kg.drafting.choosing import RATES, Chooser
from laichau_kg.drafting.cues import (
    DONE,
    ESTIMATE,
    GOES_ON,
    PART_OF,
    REACHED,
    SAME_AMOUNT,
    TARGET,
    WHOLE_YEAR,
)
from laichau_kg.drafting.dates import Time, before_by_a_year, whole_year
from laichau_kg.drafting.figure import Figure
from laichau_kg.drafting.indicators import Matcher
from laichau_kg.drafting.lexicon import Indicator, Lexicon
from laichau_kg.drafting.numbers import Amount
from laichau_kg.drafting.periods import Base, Calendar, find_bases, times_of
from laichau_kg.drafting.words import Sentence
from laichau_kg.text import Span

__all__ = ["TITLE", "Teller", "Walk"]

TITLE = -2  # the number of no paragraph
_WITHIN = re.compile(r"\btrong (?:đó|số đó|số này)\b", re.IGNORECASE)


@dataclass(slots=True)
class Walk:
    """What is remembered from one sentence to the next."""

    calendar: Calendar
    paragraph: int = -1
    target: Span | None = None
    said: Time | None = None
    subject: Scope | None = None  # whom the whole article is about, if not its province
    scope: Scope | None = None  # whom the paragraph is about
    growth: frozenset[str] = frozenset()  # the growth of a whole that was spoken of, and what it relates to
    last: list[Figure] = field(default_factory=list)


class Teller(Chooser):
    """Tells what one sentence and those before it say of its figures.

    Args:
        walk: What is remembered from the sentences before.
        sentence: The sentence.
        text: The text.
        lexicon: Code lists and registers.
        matcher: Finds indicators by their labels.
        amounts: The amounts of the sentence.
        blocked: Stretches whose dates belong to names.
    """

    def __init__(
        self,
        walk: Walk,
        sentence: Sentence,
        *,
        text: str,
        lexicon: Lexicon,
        matcher: Matcher,
        amounts: Sequence[Amount],
        blocked: Sequence[Span],
    ) -> None:
        super().__init__(
            text,
            sentence,
            lexicon=lexicon,
            matcher=matcher,
            amounts=amounts,
            before=walk.last,
            growth=walk.growth,
        )
        self.walk = walk
        self.bases = find_bases(text, sentence, self.times)
        self.times = times_of(text, sentence, self.bases, blocked)
        self.scopes = find_scopes(text, sentence)
        self.within = False  # the figures from here on are parts of the one before

    def tell_status(self, amount: Amount, floor: int, inferred: list[str]) -> tuple[str, Span | None]:
        """Tell whether a figure is an aim, an estimate or a result, and by which words."""
        text, start = self.text, self.sentence.start
        target = next(iter(reversed(list(TARGET.finditer(text, start, amount.start)))), None)
        estimate = next(iter(reversed(list(ESTIMATE.finditer(text, floor, amount.start)))), None)
        if target and estimate and target[0].casefold() == "dự kiến" and target.end() < floor:
            target = None  # another clause of the list says itself how sure it is
        if target and not DONE.search(text, target.end(), amount.start):
            return "target", Span(*target.span())
        if estimate:
            return "estimate", Span(*estimate.span())
        if self.walk.target and not target and not self._past(amount):
            inferred.append("status")
            return "target", self.walk.target
        last, part = self.previous(amount), PART_OF.match(text, start)
        if last is None and part and self.walk.last:
            last = self.walk.last[0]
        if last and last.status == "estimate":
            lead = text[floor : amount.whole]
            within = part or _WITHIN.search(text, last.amount.end, amount.start)
            if within or not REACHED.search(lead) or GOES_ON.match(lead) or self.within:
                self.within = self.within or bool(within)
                if part or text.rfind(";", last.amount.end, amount.start) >= 0:
                    inferred.append("status")
                cue = next((span for span in last.evidence if ESTIMATE.match(text, span.start)), None)
                return "estimate", cue
        return "actual", None

    def _past(self, amount: Amount) -> bool:
        return bool(DONE.search(self.text, self.sentence.start, amount.start))

    def _said_here(self, period: Time | None) -> bool:
        """Say whether a period stands in this sentence and can hold for the rest of its list."""
        return (
            period is not None
            and period.precision != "day"
            and any(time.start == period.start and time.end == period.end for time in self.times)
        )

    def restates_change(self, amount: Amount, floor: int) -> bool:
        """Say whether an amount only puts the change before it in another unit: "tăng 7%, bằng 90 tấn"."""
        last = self.previous(amount)
        if last is None or last.measure != "change" or (amount.unit in RATES) == (last.unit in RATES):
            return False
        floor = max([floor, *(base.end for base in self.bases if base.end <= amount.whole)])
        return amount.unit not in RATES and bool(SAME_AMOUNT.fullmatch(self.text, floor, amount.whole))

    def whole_plan(self, period: Time | None, inferred: list[str]) -> Time | None:
        """Give the period of a plan: the year, where only a part of it is reported on."""
        if period is None or period.last is None or period.precision in {"year", "multi-year"}:
            return period
        inferred.append("period")
        return whole_year(period.last.year, period.start, period.end)

    def has_own_time(self, amount: Amount) -> bool:
        """Say whether a time stands before a figure in its sentence."""
        return any(self.sentence.start <= time.start < amount.start for time in self.times)

    def tell_period(
        self,
        amount: Amount,
        indicator: Indicator | None,
        measure: str,
        reach: tuple[int, int],
        inferred: list[str],
    ) -> Time | None:
        """Tell a figure's period: said in its sentence, or spoken of before."""
        calendar = self.walk.calendar
        near = self._said_period(amount, reach, inferred)
        known = self.walk.said or calendar.now
        aside = near and known and near.start >= amount.end  # said of this figure alone
        if near and not aside and near.start < near.end and near.precision not in {"day", "month"}:
            self.walk.said = near
        said = self.walk.said
        if said and calendar.now and said.start < calendar.now.start:
            said = None
        period = near or said or calendar.now
        if period is None or period.last is None:
            return period
        years = calendar.years
        average = measure == "average-per-year"
        if years and years.last and period.precision != "multi-year":
            adds = indicator is not None and indicator.slug in self.matcher.additions
            if average and (years.last >= period.last or near is None):
                inferred.append("period")
                return years
            if adds and period.until and years.last == period.last:
                inferred.append("period")
                return years
        level = indicator is not None and indicator.nature == "level" and not average
        if level and period.precision == "multi-year":
            inferred.append("period")
            return whole_year(period.last.year, period.start, period.end)
        return period

    def _said_period(self, amount: Amount, reach: tuple[int, int], inferred: list[str]) -> Time | None:
        """Find the period in the sentence: beside the figure, or said for the one before in the same list."""
        apart = [
            span for span in self.closed if not span.start < amount.start < span.end
        ]  # what stands in other brackets
        times = [time for time in self.times if not any(span.start < time.start < span.end for span in apart)]
        figure = Span(amount.start, amount.end)
        year = self.walk.calendar.year
        if year and WHOLE_YEAR.search(self.text, reach[0], amount.whole):
            inferred.append("period")
            return whole_year(year, amount.start, amount.start)
        near = self.walk.calendar.near(self.sentence, times, figure, *reach)
        if near is not None:
            return near
        last = self.previous(amount)
        if last and last.period and self.goes_on(reach[0], amount):
            if "period" in last.inferred:
                inferred.append("period")
            return last.period
        if last and self._said_here(last.period):
            return last.period
        inferred.append("period")
        return None

    def tell_base(
        self, amount: Amount, measure: str, period: Time | None, ceiling: int, inferred: list[str]
    ) -> tuple[Time | None, Span | None]:
        """Tell what a change is measured against."""
        if measure not in {"change", "rank-change", ""} or period is None:
            return None, None
        own = self._base_at(amount, ceiling)
        if own:
            return own.of(period), Span(own.start, own.end)
        inferred.append("basePeriod")
        return before_by_a_year(period), None

    def _base_at(self, amount: Amount, ceiling: int) -> Base | None:
        after = [base for base in self.bases if amount.end <= base.start < ceiling]
        if after:
            return after[0]
        head = [
            base for base in self.bases
            if base.end <= amount.start and ":" in self.text[base.end : amount.start]
        ]  # fmt: skip
        return head[-1] if head else None

    def tell_area(self, floor: int, amount: Amount, inferred: list[str]) -> tuple[str, Span | None]:
        """Give the place a figure is about: named beside it or before; none is the province."""
        if found := place_before(self.text, self.lexicon.places, floor, amount.whole):
            return found
        said = [scope for scope in self.scopes if scope.end <= amount.start]
        scope = said[-1] if said else self.walk.scope or self.walk.subject
        if scope is None or not scope.slug:
            return "", None
        if not said:
            inferred.append("area")
        return scope.slug, Span(scope.start, scope.end)
