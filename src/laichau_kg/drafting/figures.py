"""Put figures together: an amount, its indicator, area, period, status, measure, bound and base."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from laichau_kg.drafting.areas import Scope, find_scopes, place_before, subject_of
from laichau_kg.drafting.choosing import FREE, RATES, Chooser
from laichau_kg.drafting.cues import (
    DONE,
    ESTIMATE,
    GIVES,
    GOES_ON,
    ISSUER,
    LEVEL_BASES,
    PART_OF,
    PLAN,
    PRICE,
    REACHED,
    TARGET,
)
from laichau_kg.drafting.dates import Time, before_by_a_year, whole_year
from laichau_kg.drafting.figure import Figure, share_bases
from laichau_kg.drafting.indicators import Matcher
from laichau_kg.drafting.lexicon import Indicator, Lexicon
from laichau_kg.drafting.measures import measure_of
from laichau_kg.drafting.numbers import Amount, find_amounts
from laichau_kg.drafting.periods import Base, Calendar, find_bases, times_of, year_after, year_of
from laichau_kg.drafting.proposals import propose
from laichau_kg.drafting.words import Sentence
from laichau_kg.text import Span

__all__ = ["Figure", "find_figures"]

_TITLE = -2  # the number of no paragraph
_WITHIN = re.compile(r"\btrong (?:đó|số đó|số này)\b", re.IGNORECASE)


@dataclass(slots=True)
class _Walk:
    """What is remembered from one sentence to the next."""

    calendar: Calendar
    paragraph: int = -1
    target: Span | None = None
    said: Time | None = None
    subject: Scope | None = None  # whom the whole article is about, if not its province
    scope: Scope | None = None  # whom the paragraph is about
    last: list[Figure] = field(default_factory=list)


def find_figures(
    text: str,
    lexicon: Lexicon,
    sentences: Sequence[Sentence],
    *,
    blocked: Sequence[Span] = (),
    year: int | None = None,
    issued_year: int | None = None,
    title: Span | None = None,
) -> list[Figure]:
    """Find all figures of an article.

    Args:
        text: The whole text.
        lexicon: Code lists and registers.
        sentences: The sentences that are the article's own.
        blocked: Stretches whose dates belong to names (documents).
        year: The year to begin with where none is said.
        issued_year: The year of the article, if its page says it: later periods are aims.
        title: Where its title stands.
    """
    matcher = Matcher(lexicon.indicators)
    walk = _Walk(Calendar(text, year or year_of(text, sentences)), subject=subject_of(text, sentences, title))
    def read(sentence: Sentence) -> list[Figure]:
        reader = _Reader(
            walk,
            sentence,
            text=text,
            lexicon=lexicon,
            matcher=matcher,
            blocked=blocked,
            issued_year=issued_year,
        )
        walk.last = reader.read()
        return walk.last

    headline = read(Sentence(title.start, title.end, _TITLE)) if title else []
    figures = [figure for sentence in sentences for figure in read(sentence)]
    return [*_told_once(headline, figures), *figures]


def _told_once(headline: Sequence[Figure], figures: Sequence[Figure]) -> list[Figure]:
    """List the figures that only the headline states."""
    told = {(figure.amount.value, figure.unit) for figure in figures}
    return [
        figure
        for figure in headline
        if figure.indicator and (figure.amount.value, figure.unit) not in told
    ]


class _Reader(Chooser):
    """Reads one sentence."""

    def __init__(
        self,
        walk: _Walk,
        sentence: Sentence,
        *,
        text: str,
        lexicon: Lexicon,
        matcher: Matcher,
        blocked: Sequence[Span],
        issued_year: int | None,
    ) -> None:
        amounts = [
            amount
            for amount in find_amounts(text, lexicon.units, sentence.start, sentence.end)
            if not any(span.start <= amount.start < span.end for span in blocked)
        ]
        super().__init__(text, sentence, lexicon=lexicon, matcher=matcher, amounts=amounts, before=walk.last)
        self.walk, self.issued_year = walk, issued_year
        self.bases = find_bases(text, sentence, self.times)
        self.times = times_of(text, sentence, self.bases, blocked)
        self.scopes = find_scopes(text, sentence)
        self.within = False  # the figures from here on are parts of the one before

    def read(self) -> list[Figure]:
        """Give the figures of the sentence."""
        walk = self.walk
        if self.sentence.paragraph != walk.paragraph:
            walk.paragraph, walk.target, walk.said, walk.scope = self.sentence.paragraph, None, None, None
        first = self.amounts[0].start if self.amounts else self.sentence.end
        if walk.paragraph == _TITLE:
            walk.calendar.open(Span(self.sentence.start, self.sentence.end), self.times)
        else:
            walk.calendar.read(self.sentence, self.times, first)
        for number, amount in enumerate(self.amounts):
            before = self.sentence.start
            if self.done:
                named = self.done[-1].until
                before = max(self.done[-1].amount.end, named if named <= amount.whole else 0)
            after = self.amounts[number + 1].whole if number + 1 < len(self.amounts) else self.sentence.end
            figure = self._figure(amount, before, after)
            if figure is not None:
                self.done.append(figure)
        if self.done and all(figure.status != "target" for figure in self.done):
            walk.target = None
        walk.scope = self.scopes[-1] if self.scopes else walk.scope
        return share_bases(self.text, self.done, self.bases)

    def _figure(self, amount: Amount, before: int, after: int) -> Figure | None:
        text = self.text
        floor = max(before, text.rfind(";", before, amount.start) + 1)
        ceiling = text.find(";", amount.end, after)
        ceiling = after if ceiling < 0 else ceiling
        match, rules = self.choose(amount, floor, ceiling)
        if amount.rule == "none-left":
            if match is None:
                return None
            amount = replace(amount, end=match.end, unit=self.counting_unit(match.slug))
        slug = match.slug if match else ""
        lead = text[floor : amount.whole]
        if slug:
            variant = self.variant(slug, amount, floor)
            rules += [] if variant == slug else ["variant"]
            slug = variant
        indicator = self.lexicon.indicators.get(slug)
        measure = measure_of(
            text,
            amount,
            floor,
            match=match,
            indicator=indicator,
            units=self.lexicon.units,
            additions=self.matcher.additions,
        )
        if indicator and measure == "level" and amount.unit in RATES and not self.fit(amount)(slug):
            match, slug, indicator, rules = None, "", None, []  # a share of what is not counted in shares
        unit = _unit(amount, indicator)
        spans: list[Span] = [Span(match.start, match.end)] if match else []
        inferred: list[str] = []
        status, cue = self._status(amount, floor, inferred)
        period = self._period(amount, indicator, measure, (floor, ceiling), inferred)
        if self.issued_year and period and period.last and period.last.year > self.issued_year:
            status = "target"
        if status == "target":
            self.walk.target = cue or self.walk.target
        spans += [Span(cue.start, cue.end)] if cue else []
        spans += [Span(period.start, period.end)] if period else []
        base, base_span = self._base(amount, measure, period, ceiling, inferred)
        spans += [base_span] if base_span else []
        if (
            base
            and base_span
            and measure == "rank-change"
            and "period" in inferred
            and not self._own_time(amount)
        ):
            period = year_after(base)
        plan = PLAN.match(text, amount.end) if measure == "share-of-plan" else None
        issuer = ISSUER.search(plan[1]) if plan else None
        area, area_span = self._area(floor, amount, inferred)
        spans += [area_span] if area_span else []
        price = PRICE.search(text, self.sentence.start, self.sentence.end)
        proposal, named, rule = ("", None, "") if slug else self._proposal(floor, amount, ceiling)
        if not self._counts(amount, slug, lead, named):
            return None
        spans += [named] if named and not spans else []
        return Figure(
            amount=amount,
            indicator=slug,
            proposal=proposal,
            period=period,
            status=status,
            measure=measure,
            unit=unit,
            area=area,
            base=base,
            plan_issuer=issuer[1] if issuer else "",
            price_basis="constant-2010" if price else "",
            gift=not slug and bool(GIVES.search(text, self.sentence.start, amount.start)),
            evidence=tuple(dict.fromkeys(spans)),
            inferred=tuple(dict.fromkeys(inferred)),
            rules=(f"figure-{amount.rule}", *rules, *([rule] if rule else [])),
            until=match.end if match else named.end if named else 0,
        )

    def _counts(self, amount: Amount, slug: str, lead: str, named: Span | None) -> bool:
        """Say whether an amount is a figure at all: a bare count of things that nobody names is none."""
        if slug:
            return True
        says = named is not None and named != Span(amount.start, amount.end)
        unit = self.lexicon.units.units.get(amount.unit)
        if unit is None:
            return says and amount.rule == "things"
        return unit.base in LEVEL_BASES or amount.rule == "ratio" or bool(lead.strip()) or says

    def _status(self, amount: Amount, floor: int, inferred: list[str]) -> tuple[str, Span | None]:
        text, start = self.text, self.sentence.start
        target = next(iter(reversed(list(TARGET.finditer(text, start, amount.start)))), None)
        estimate = next(iter(reversed(list(ESTIMATE.finditer(text, floor, amount.start)))), None)
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

    def _own_time(self, amount: Amount) -> bool:
        return any(self.sentence.start <= time.start < amount.start for time in self.times)

    def _period(
        self,
        amount: Amount,
        indicator: Indicator | None,
        measure: str,
        reach: tuple[int, int],
        inferred: list[str],
    ) -> Time | None:
        calendar = self.walk.calendar
        near = self._said_period(amount, reach, inferred)
        if near and near.precision not in {"day", "month"}:
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

    def _base(
        self, amount: Amount, measure: str, period: Time | None, ceiling: int, inferred: list[str]
    ) -> tuple[Time | None, Span | None]:
        if measure not in {"change", "rank-change"} or period is None:
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

    def _area(self, floor: int, amount: Amount, inferred: list[str]) -> tuple[str, Span | None]:
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

    def _proposal(self, floor: int, amount: Amount, ceiling: int) -> tuple[str, Span | None, str]:
        """Give the words that say what an amount counts, where they stand, and the rule that found them."""
        things = not amount.unit or self.counts_things(amount)
        named = propose(self.text, amount, floor, ceiling, self.times, things=things)
        nothing = named == Span(amount.start, amount.end)
        after = not nothing and named.start >= amount.start
        last = self.previous(amount)
        if last and last.proposal and self.goes_on(floor, amount) and not (after and self._own_thing(amount)):
            return last.proposal, None if nothing else named, "goes-on"
        rule = "" if nothing else "words-after" if after else "words-before"
        return self.text[named.start : named.end], named, rule

    def _own_thing(self, amount: Amount) -> bool:
        return not amount.unit or amount.unit not in (*RATES, *FREE)


def _unit(amount: Amount, indicator: Indicator | None) -> str:
    """Give the unit of a figure: that of the text, or what its indicator makes of it."""
    if indicator is None:
        return amount.unit
    if amount.rule == "things" and len(indicator.units) == 1:
        return indicator.units[0]
    points = "percentage-point" in indicator.units and "percent" not in indicator.units
    return "percentage-point" if amount.unit == "percent" and points else amount.unit
