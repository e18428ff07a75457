"""Put figures together: an amount, its indicator, area, period, status, measure, bound and base."""

from collections.abc import Sequence
from dataclasses import replace

from laichau_kg.drafting.areas import subject_of
from laichau_kg.drafting.choosing import FREE, RATES
from laichau_kg.drafting.cues import (
    CONTRIBUTES,
    GIVES,
    ISSUER,
    LEVEL_BASES,
    PLAN,
    PRICE,
)
from laichau_kg.drafting.figure import Figure, share_bases
from laichau_kg.drafting.indicators import Match, Matcher
from laichau_kg.drafting.lexicon import Indicator, Lexicon
from laichau_kg.drafting.measures import measure_of
from laichau_kg.drafting.numbers import Amount, find_amounts
from laichau_kg.drafting.periods import Calendar, year_after, year_of
from laichau_kg.drafting.proposals import propose
from laichau_kg.drafting.telling import TITLE, Teller, Walk
from laichau_kg.drafting.words import Sentence
from laichau_kg.text import Span

__all__ = ["Figure", "find_figures"]


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
    walk = Walk(Calendar(text, year or year_of(text, sentences)), subject=subject_of(text, sentences, title))

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

    headline = read(Sentence(title.start, title.end, TITLE)) if title else []
    figures = [figure for sentence in sentences for figure in read(sentence)]
    return [*_told_once(headline, figures), *figures]


def _told_once(headline: Sequence[Figure], figures: Sequence[Figure]) -> list[Figure]:
    """List the figures that only the headline states."""
    told = {(figure.amount.value, figure.unit) for figure in figures}
    return [
        figure for figure in headline if figure.indicator and (figure.amount.value, figure.unit) not in told
    ]


class _Reader(Teller):
    """Reads one sentence."""

    def __init__(
        self,
        walk: Walk,
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
        super().__init__(
            walk, sentence, text=text, lexicon=lexicon, matcher=matcher, amounts=amounts, blocked=blocked
        )
        self.issued_year = issued_year

    def read(self) -> list[Figure]:
        """Give the figures of the sentence."""
        walk = self.walk
        if self.sentence.paragraph != walk.paragraph:
            walk.paragraph, walk.target, walk.said, walk.scope = self.sentence.paragraph, None, None, None
        first = self.amounts[0].start if self.amounts else self.sentence.end
        if walk.paragraph == TITLE:
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
        of_the_whole = {figure.indicator for figure in self.done} & self.matcher.of_the_whole
        related = {other for slug in of_the_whole for other in self.lexicon.indicators[slug].related}
        walk.growth |= of_the_whole | (related & self.matcher.of_the_whole)
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
        inferred: list[str] = []
        measure = self._measure(amount, floor, match, indicator, inferred)
        if indicator and measure == "level" and amount.unit in RATES and not self.fit(amount)(slug):
            match, slug, indicator, rules = None, "", None, []  # a share of what is not counted in shares
        unit = _unit(amount, indicator)
        spans: list[Span] = [Span(match.start, match.end)] if match else []
        status, cue = self.tell_status(amount, floor, inferred)
        period = self.tell_period(amount, indicator, measure, (floor, ceiling), inferred)
        if self.issued_year and period and period.last and period.last.year > self.issued_year:
            status = "target"
        if status == "target":
            self.walk.target = cue or self.walk.target
        if self.is_planned(amount):
            status, period = "target", self.whole_plan(period, inferred)
        spans += [Span(cue.start, cue.end)] if cue else []
        spans += [Span(period.start, period.end)] if period else []
        base, base_span = self.tell_base(amount, measure, period, ceiling, inferred)
        spans += [base_span] if base_span else []
        if (
            base
            and base_span
            and measure == "rank-change"
            and "period" in inferred
            and not self.has_own_time(amount)
        ):
            period = year_after(base)
        plan = PLAN.match(text, amount.end) if measure == "share-of-plan" else None
        issuer = ISSUER.search(plan[1]) if plan else None
        area, area_span = self.tell_area(floor, amount, inferred)
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
            until=plan.end() if plan else match.end if match else named.end if named else 0,
        )

    def _measure(
        self,
        amount: Amount,
        floor: int,
        match: Match | None,
        indicator: Indicator | None,
        inferred: list[str],
    ) -> str:
        measure = measure_of(
            self.text,
            amount,
            floor,
            match=match,
            indicator=indicator,
            units=self.lexicon.units,
            additions=self.matcher.additions,
        )
        if measure == "level" and self.reaches(amount, floor, match):
            inferred.append("measure")
            return "share-of-plan"
        return "change" if measure in {"level", "count"} and self.restates_change(amount, floor) else measure

    def _counts(self, amount: Amount, slug: str, lead: str, named: Span | None) -> bool:
        """Say whether an amount is a figure at all: a bare count of things that nobody names is none."""
        if slug:
            return True
        bare = amount.end if amount.unit else amount.start  # the noun of a known unit says nothing more
        says = named is not None and named != Span(amount.start, amount.end) and named.end != bare
        unit = self.lexicon.units.units.get(amount.unit)
        if unit is None:
            return says and amount.rule in {"things", "ratio"}
        return unit.base in LEVEL_BASES or amount.rule == "ratio" or bool(lead.strip()) or says

    def _proposal(self, floor: int, amount: Amount, ceiling: int) -> tuple[str, Span | None, str]:
        """Give the words that say what an amount counts, where they stand, and the rule that found them."""
        text = self.text
        if self.sector:
            return text[self.sector.start : self.sector.end], self.sector, "sector-before"
        last = self.previous(amount)
        if amount.unit in RATES and (adds := CONTRIBUTES.search(text, floor, amount.whole)):
            whose = propose(text, replace(amount, whole=adds.start()), floor, floor, self.times, things=False)
            known = whose != Span(amount.start, amount.end)
            words = text[whose.start : whose.end] if known else self._words(last)
            return f"đóng góp của {words}" if words else "", whose if known else None, "contribution"
        things = not amount.unit or self.counts_things(amount)
        named = propose(text, amount, floor, ceiling, self.times, things=things)
        nothing = named == Span(amount.start, amount.end)
        after = not nothing and named.start >= amount.start
        if last and last.proposal and self.goes_on(floor, amount) and not (after and self._own_thing(amount)):
            return last.proposal, None if nothing else named, "goes-on"
        if nothing:
            words = self._words(last) if self.goes_on(floor, amount) else ""
            return words, named, "goes-on" if words else ""
        return text[named.start : named.end], named, "words-after" if after else "words-before"

    def _words(self, figure: Figure | None) -> str:
        """Give the words that name what a figure counts."""
        if figure is None or figure.proposal or not figure.evidence:
            return figure.proposal if figure else ""
        return self.text[figure.evidence[0].start : figure.evidence[0].end] if figure.indicator else ""

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
