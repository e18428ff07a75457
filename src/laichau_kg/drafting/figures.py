"""Put figures together: an amount, its indicator, area, period, status, measure, bound and base."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from laichau_kg.drafting.areas import place_before
from laichau_kg.drafting.cues import (
    DONE,
    ESTIMATE,
    FALLS,
    GIVES,
    GOES_ON,
    ISSUER,
    LEVEL_BASES,
    MORE,
    MOVE,
    PART_OF,
    PLAN,
    PRICE,
    REACHED,
    TARGET,
)
from laichau_kg.drafting.dates import Time, before_by_a_year, whole_year
from laichau_kg.drafting.figure import Figure, share_bases
from laichau_kg.drafting.indicators import Match, Matcher
from laichau_kg.drafting.lexicon import Indicator, Lexicon
from laichau_kg.drafting.measures import is_count, measure_of
from laichau_kg.drafting.numbers import Amount, find_amounts
from laichau_kg.drafting.periods import Base, Calendar, find_bases, times_of, year_after, year_of
from laichau_kg.drafting.words import Sentence, words_of
from laichau_kg.text import Span

__all__ = ["Figure", "find_figures"]

_PROPOSAL = 8


@dataclass(slots=True)
class _Walk:
    """What is remembered from one sentence to the next."""

    calendar: Calendar
    paragraph: int = -1
    target: Span | None = None
    said: Time | None = None
    last: list[Figure] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)


def find_figures(
    text: str,
    lexicon: Lexicon,
    sentences: Sequence[Sentence],
    *,
    blocked: Sequence[Span] = (),
    year: int | None = None,
    issued_year: int | None = None,
) -> list[Figure]:
    """Find all figures of an article.

    Args:
        text: The whole text.
        lexicon: Code lists and registers.
        sentences: The sentences that are the article's own.
        blocked: Stretches whose dates belong to names (documents).
        year: The year to begin with where none is said.
        issued_year: The year of the article, if its page says it: later periods are aims.
    """
    matcher = Matcher(lexicon.indicators)
    walk = _Walk(Calendar(text, year or year_of(text, sentences)))
    for sentence in sentences:
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
        walk.figures += walk.last
    return walk.figures


class _Reader:
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
        self.text, self.lexicon, self.matcher = text, lexicon, matcher
        self.walk, self.sentence = walk, sentence
        self.issued_year = issued_year
        self.amounts = [
            amount
            for amount in find_amounts(text, lexicon.units, sentence.start, sentence.end)
            if not any(span.start <= amount.start < span.end for span in blocked)
        ]
        raw = times_of(text, sentence, (), ())
        self.bases = find_bases(text, sentence, raw)
        self.times = times_of(text, sentence, self.bases, blocked)
        self.done: list[Figure] = []

    def read(self) -> list[Figure]:
        """Give the figures of the sentence."""
        walk = self.walk
        if self.sentence.paragraph != walk.paragraph:
            walk.paragraph, walk.target, walk.said = self.sentence.paragraph, None, None
        first = self.amounts[0].start if self.amounts else self.sentence.end
        walk.calendar.read(self.sentence, self.times, first)
        for number, amount in enumerate(self.amounts):
            before = self.amounts[number - 1].end if number else self.sentence.start
            before = max(before, self.done[-1].amount.end) if self.done else before
            after = self.amounts[number + 1].whole if number + 1 < len(self.amounts) else self.sentence.end
            figure = self._figure(amount, before, after)
            if figure is not None:
                self.done.append(figure)
        if self.done and all(figure.status != "target" for figure in self.done):
            walk.target = None
        return share_bases(self.text, self.done, self.bases)

    def _figure(self, amount: Amount, before: int, after: int) -> Figure | None:
        text = self.text
        floor = max(before, text.rfind(";", before, amount.start) + 1)
        ceiling = text.find(";", amount.end, after)
        ceiling = after if ceiling < 0 else ceiling
        match, rules = self._indicator(amount, floor, ceiling)
        if amount.rule == "none-left":
            if match is None:
                return None
            amount = replace(amount, end=match.end, unit=self._counting_unit(match.slug))
        slug = match.slug if match else ""
        lead = text[floor : amount.whole]
        if slug:
            variant = self._variant(slug, amount, floor)
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
        unit = amount.unit
        if (
            indicator
            and unit == "percent"
            and "percentage-point" in indicator.units
            and "percent" not in indicator.units
        ):
            unit = "percentage-point"
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
            and measure == "rank-change"
            and base_span
            and period
            and "period" in inferred
            and not self._own_time(amount)
        ):
            period = year_after(base)
        plan = PLAN.match(text, amount.end) if measure == "share-of-plan" else None
        issuer = ISSUER.search(plan[1]) if plan else None
        area, area_span = self._area(floor, amount)
        spans += [area_span] if area_span else []
        price = PRICE.search(text, self.sentence.start, self.sentence.end)
        if not self._counts(amount, slug, lead):
            return None
        return Figure(
            amount=amount,
            indicator=slug,
            proposal="" if slug else self._proposal(floor, amount, ceiling),
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
            rules=(f"figure-{amount.rule}", *rules),
        )

    def _counts(self, amount: Amount, slug: str, lead: str) -> bool:
        """Say whether an amount is a figure at all: a bare count of things that nobody names is none."""
        if slug:
            return True
        unit = self.lexicon.units.units.get(amount.unit)
        return unit is not None and (unit.base in LEVEL_BASES or amount.rule == "ratio" or bool(lead.strip()))

    def _indicator(self, amount: Amount, floor: int, ceiling: int) -> tuple[Match | None, list[str]]:
        """Choose the indicator: of what is counted, named before, named after, ranked by, or gone on with."""
        before, after = self._named_beside(amount, floor, ceiling)
        noun = self._noun(amount)
        found: Match | None
        if noun and self._is_count(amount) and (found := self._counted(after, noun, floor)):
            return found, [found.rule]
        if amount.rule in {"top", "place"}:
            found = self._ranking(amount, before)
            return found, ["ranking"] if found else []
        found = (
            (before[-1] if before else None)
            or (replace(after, rule="label-after") if after else None)
            or self._further_on(amount, noun, ceiling)
            or self._by_unit(amount)
            or self._same(amount, floor)
            or self._growing(amount, floor)
            or self.matcher.find_loose(self.text, floor, amount.whole)
        )
        return found, [found.rule] if found else []

    def _growing(self, amount: Amount, floor: int) -> Match | None:
        if amount.unit != "percent" or not MOVE.search(self.text[floor : amount.whole]):
            return None
        return self.matcher.find_growth(self.text, floor, amount.whole)

    def _named_beside(self, amount: Amount, floor: int, ceiling: int) -> tuple[list[Match], Match | None]:
        indicators = self.lexicon.indicators
        parents = {figure.indicator for figure in self.done if figure.indicator}
        if PART_OF.match(self.text, self.sentence.start):
            parents |= {figure.indicator for figure in self.walk.last if figure.indicator}
        parents |= {slug for parent in parents for slug in indicators[parent].broader}
        before = self.matcher.find(self.text, floor, amount.whole, parents=parents)
        if self._is_count(amount) and amount.unit:
            before = [match for match in before if amount.unit in indicators[match.slug].units]
        noun = self._noun(amount)
        return before, self.matcher.find_after(self.text, noun[0], ceiling) if noun else None

    def _counted(self, after: Match | None, noun: tuple[int, int], floor: int) -> Match | None:
        around = None
        if noun[0] < noun[1]:
            around = self.matcher.find_around(self.text, noun, floor, self.sentence.end)
        return max(filter(None, (after, around)), key=lambda match: match.score, default=None)

    def _ranking(self, amount: Amount, before: Sequence[Match]) -> Match | None:
        known = before[-1].slug if before else (self.done[-1].indicator if self.done else "")
        if not known:
            return None
        slug = self.matcher.ranking(known)
        if not slug and self.lexicon.indicators[known].units == ("rank",):
            slug = known
        spot = before[-1] if before else amount
        return Match(slug, spot.start, spot.end, 1, "ranking") if slug else None

    def _further_on(self, amount: Amount, noun: tuple[int, int] | None, ceiling: int) -> Match | None:
        if not noun or not self._is_count(amount):
            return None
        for match in self.matcher.find(self.text, noun[0], ceiling):
            if amount.unit in self.lexicon.indicators[match.slug].units:
                return replace(match, rule="label-further-on")
        far = self.matcher.find_after(self.text, noun[0], self.sentence.end, gap=8)
        enough = far is not None and far.score >= 4  # noqa: PLR2004 - a short label far away is chance
        return replace(far, rule="label-parted") if far and enough else None

    def _by_unit(self, amount: Amount) -> Match | None:
        """Tell an indicator by a unit that only it has, such as doctors to ten thousand people."""
        compound = "/" in self.text[amount.start : amount.end]
        if not amount.unit or not compound or amount.rule != "amount" or amount.per_year:
            return None
        only = self.matcher.only_in(amount.unit)
        return Match(only, amount.start, amount.end, 1, "unit-of-one") if only else None

    def _same(self, amount: Amount, floor: int) -> Match | None:
        """Take the indicator of the figure before, where the clause goes on with it."""
        previous = self.done[-1] if self.done else None
        if previous is None or not previous.indicator:
            return None
        plan = amount.unit == "percent" and PLAN.match(self.text, amount.end)
        if not plan and not self._goes_on(floor, amount):
            return None
        span = previous.evidence[0] if previous.evidence else previous.amount
        return Match(self._told(previous), span.start, span.end, 1, "goes-on")

    def _told(self, previous: Figure) -> str:
        """Give the indicator a clause goes on with: the one in words, not the reduction it was read as."""
        if "variant" not in previous.rules or not previous.evidence:
            return previous.indicator
        span = previous.evidence[0]
        named = self.matcher.find(self.text, span.start, span.end)
        return named[0].slug if named else previous.indicator

    def _goes_on(self, floor: int, amount: Amount) -> bool:
        lead = self.text[floor : amount.whole]
        if GOES_ON.match(lead):
            return True
        return bool(place_before(self.text, self.lexicon.places, floor, amount.whole))

    def _noun(self, amount: Amount) -> tuple[int, int] | None:
        """Give the words that are counted: the unit, or for a percentage what follows it."""
        if amount.rule == "none-left":
            return amount.end, amount.end
        if amount.unit == "percent" and not amount.per_year:
            return amount.end, amount.end
        at = self.text.rfind(amount.noun, amount.start, amount.end) if amount.noun else -1
        return (at, at + len(amount.noun)) if at >= 0 else None

    def _is_count(self, amount: Amount) -> bool:
        return amount.rule == "none-left" or is_count(self.lexicon.units, amount.unit)

    def _counting_unit(self, slug: str) -> str:
        own = self.lexicon.indicators[slug].units
        return next((unit for unit in own if is_count(self.lexicon.units, unit)), own[0] if own else "")

    def _variant(self, slug: str, amount: Amount, floor: int) -> str:
        lead = self.text[floor : amount.whole]
        if MORE.search(lead):
            return self.matcher.variant(slug, grows="thêm") or slug
        if amount.unit in {"percent", "percentage-point"} and FALLS.search(lead):
            return self.matcher.variant(slug, grows="giảm") or slug
        return slug

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
        if self.done and self.done[-1].status == "estimate":
            lead = text[floor : amount.whole]
            if not REACHED.search(lead) or GOES_ON.match(lead):
                if text.rfind(";", self.done[-1].amount.end, amount.start) >= 0:
                    inferred.append("status")
                cue = next(
                    (span for span in self.done[-1].evidence if ESTIMATE.match(text, span.start)), None
                )
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
        near = self.walk.calendar.near(self.sentence, self.times, amount.start, *reach)
        if near is not None:
            return near
        last = self.done[-1] if self.done else None
        if last and last.period and self._goes_on(reach[0], amount):
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

    def _area(self, floor: int, amount: Amount) -> tuple[str, Span | None]:
        found = place_before(self.text, self.lexicon.places, floor, amount.whole)
        return found or ("", None)

    def _proposal(self, floor: int, amount: Amount, ceiling: int) -> str:
        last = self.done[-1] if self.done else None
        if last and last.proposal and self._goes_on(floor, amount):
            return last.proposal
        times = [time.end for time in self.times if floor <= time.start < amount.whole]
        words = words_of(self.text, max([floor, *times]), amount.whole)[-_PROPOSAL:]
        if len(words) < 2:  # noqa: PLR2004 - a verb alone says nothing
            words = words_of(self.text, floor, amount.whole)[-_PROPOSAL:]
        if words:
            return self.text[words[0].start : words[-1].end]
        after = words_of(self.text, amount.end, ceiling)[:_PROPOSAL]
        return self.text[after[0].start : after[-1].end] if after else ""
