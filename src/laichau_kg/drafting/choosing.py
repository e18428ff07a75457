"""Choose the indicator of a figure: named before it or after it, told by its unit, or gone on with."""

import re
from collections.abc import Sequence
from dataclasses import replace

from laichau_kg.drafting.areas import place_before
from laichau_kg.drafting.cues import (
    ALONE,
    AT_CLAUSE,
    AT_HEAD,
    CONTRIBUTES,
    EQUALS,
    FALLS,
    GOES_ON,
    MORE,
    MORE_THAN_SECTOR,
    MOVE,
    OF_ALL,
    ONLY_GROWS,
    OTHER_SECTOR,
    OTHER_SUBJECT,
    PART_OF,
    PLAN,
    PLANNABLE,
    PLANNED,
    PORTION,
    SECTOR,
    SECTOR_FIRST,
    TO_LEVEL,
    WITH_OTHERS,
)
from laichau_kg.drafting.figure import Figure
from laichau_kg.drafting.indicators import Fit, Match, Matcher
from laichau_kg.drafting.lexicon import Lexicon
from laichau_kg.drafting.measures import is_count
from laichau_kg.drafting.numbers import Amount
from laichau_kg.drafting.periods import times_of
from laichau_kg.drafting.proposals import subject
from laichau_kg.drafting.words import Sentence
from laichau_kg.text import Span

__all__ = ["FREE", "RATES", "Chooser"]

RATES = frozenset(("percent", "percentage-point"))
FREE = frozenset(("", "times", "rank"))  # units that any indicator may have
# What a physical amount is an amount of: "900 ha chè" is the area of tea.
_MEASURED = {"square-metre": "diện tích", "tonne": "sản lượng", "head": "tổng đàn"}
_PART = re.compile(r"(?:[,;:]|\btrong đó)\s*([^\W\d_]+(?: [^\W\d_]+){0,2})\s+$")
_HARMED = re.compile(r"\b(?:bị|thiệt hại|hư hỏng|cuốn trôi|hỗ trợ)\b", re.IGNORECASE)
_CLOSED = re.compile(r"\([^()]*\)")
_WITHIN = re.compile(r"\btrong (?:đó|số đó|số này)\b", re.IGNORECASE)
_SCALE = re.compile(r"(?:(?:nghìn|ngàn|vạn|triệu|tỷ|tỉ)\s+)+", re.IGNORECASE)
_MONEY = frozenset(("vnd", "usd"))


class Chooser:
    """Chooses the indicators of one sentence's figures, one after the other.

    Args:
        text: The text.
        sentence: The sentence.
        lexicon: Code lists and registers.
        matcher: Finds indicators by their labels.
        amounts: The amounts of the sentence.
        before: The figures of the sentence before.
        growth: The growth rates spoken of so far that the code list parts by sector.
    """

    def __init__(
        self,
        text: str,
        sentence: Sentence,
        *,
        lexicon: Lexicon,
        matcher: Matcher,
        amounts: Sequence[Amount],
        before: Sequence[Figure],
        growth: frozenset[str] = frozenset(),
    ) -> None:
        self.text, self.sentence = text, sentence
        self.lexicon, self.matcher = lexicon, matcher
        self.amounts, self.sentence_before, self.growth = amounts, before, growth
        self.done: list[Figure] = []
        self.joined = False  # a sector is named together with another, so that no sector's name fits
        self.sector: Span | None = None  # the sector that the figure being read is of, if the words name it
        self.times = times_of(text, sentence, (), ())
        self.closed = [
            Span(*found.span())
            for found in _CLOSED.finditer(text, sentence.start, sentence.end)
            if any(found.start() < amount.start < found.end() for amount in amounts)
        ]

    def choose(self, amount: Amount, floor: int, ceiling: int) -> tuple[Match | None, list[str]]:
        """Choose the indicator: of what is counted, named before, named after, ranked by, or gone on with."""
        if amount.unit in RATES and CONTRIBUTES.search(self.text, floor, amount.whole):
            return None, []  # what a part adds to the growth of the whole is not its own growth
        before, after = self._named_beside(amount, floor, ceiling)
        noun = self._noun(amount)
        fit = self.fit(amount)
        found: Match | None
        if noun and self.counts_things(amount) and (found := self._counted(amount, after, noun, floor)):
            return found, [found.rule]
        if amount.rule in {"top", "place"}:
            found = self._ranking(amount, before)
            return found, ["ranking"] if found else []
        if sector := self._sector(amount, floor, before[-1] if before else None):
            return sector, [sector.rule]
        self.sector = self._other_sector(amount, before[-1]) if before else None
        if self.sector or (self.joined and not before):
            return None, []
        found = (
            (before[-1] if before else None)
            or (replace(after, rule="label-after") if after else None)
            or self._measured(amount, noun, ceiling)
            or self._listed(amount, floor)
            or self._further_on(amount, noun, ceiling)
            or self._by_unit(amount)
            or self._same(amount, floor)
            or self._growing(amount, floor)
            or self.matcher.find_loose(self.text, floor, amount.whole, fit=fit)
        )
        return found, [found.rule] if found else []

    def fit(self, amount: Amount) -> Fit:
        """Tell how well indicators fit an amount: by their units."""
        known, indicators = self.lexicon.units.units, self.lexicon.indicators

        def base(unit: str) -> str:
            own = known[unit].base if unit in known else unit
            return "vnd" if own in _MONEY else own

        def fit(slug: str) -> int:
            units = indicators[slug].units
            if units and amount.rule in {"things", "ratio"} and not amount.unit:
                return 0 if any(is_count(self.lexicon.units, unit) for unit in units) else -1
            if amount.unit in FREE or not units:
                return 0
            if amount.unit in RATES:
                return int(any(unit in RATES for unit in units))
            return 1 if base(amount.unit) in {base(unit) for unit in units} else -1

        return fit

    def _measured(self, amount: Amount, noun: tuple[int, int] | None, ceiling: int) -> Match | None:
        """Find what a physical amount is of by the words after it: "900 ha chè"."""
        unit = self.lexicon.units.units.get(amount.unit)
        lead = _MEASURED.get(unit.base) if unit else None
        if lead is None or noun is None or _HARMED.search(self.text, self.sentence.start, self.sentence.end):
            return None
        return self.matcher.find_measured(self.text, lead, noun[1], ceiling, fit=self.fit(amount))

    def _listed(self, amount: Amount, floor: int) -> Match | None:
        """Find what a physical amount in a list is of by the words before it: "…, trong đó lúa 900 ha"."""
        unit = self.lexicon.units.units.get(amount.unit)
        lead = _MEASURED.get(unit.base) if unit else None
        part = _PART.search(self.text, floor, amount.whole)
        if lead is None or part is None or not any(figure.unit == amount.unit for figure in self.done):
            return None
        return self.matcher.find_measured(self.text, lead, part.start(1), amount.whole, fit=self.fit(amount))

    def _sector(self, amount: Amount, floor: int, before: Match | None) -> Match | None:
        """Find the growth of a sector that is named alone, after growth was spoken of."""
        lead = self.text[floor : amount.whole]
        if amount.unit != "percent" or not self.growth or not MOVE.search(lead):
            return None
        if before and before.rule == "narrower":
            return None
        near = any(figure.indicator in self.growth for figure in self.sentence_before)
        named = self.matcher.find(self.text, floor, amount.whole, parents=self.growth)
        for match in named:
            head = self.text[floor : match.start]
            alone = match.rule == "narrower" and ONLY_GROWS.fullmatch(self.text, match.end, amount.whole)
            if alone and (SECTOR.search(head) or (near and AT_CLAUSE.search(head))):
                return replace(match, rule="sector")
        return None

    def _other_sector(self, amount: Amount, match: Match) -> Span | None:
        """Find the sector named between the growth of the whole and a figure, which is of that sector."""
        if amount.unit != "percent" or match.slug not in self.matcher.of_the_whole:
            return None
        found = OTHER_SECTOR.search(self.text, match.end, amount.whole)
        if not found and not OF_ALL.search(self.text, match.start, match.end):
            found = SECTOR_FIRST.match(self.text, self.sentence.start, match.start)
        return subject(self.text, found.start(1), amount.whole) if found else None

    def _growing(self, amount: Amount, floor: int) -> Match | None:
        if amount.unit != "percent" or not MOVE.search(self.text[floor : amount.whole]):
            return None
        return self.matcher.find_growth(self.text, floor, amount.whole)

    def _named_beside(self, amount: Amount, floor: int, ceiling: int) -> tuple[list[Match], Match | None]:
        indicators = self.lexicon.indicators
        parents = {figure.indicator for figure in self.done if figure.indicator}
        if PART_OF.match(self.text, self.sentence.start):
            parents |= {figure.indicator for figure in self.sentence_before if figure.indicator}
        parents |= {slug for parent in parents for slug in indicators[parent].broader}
        parents |= {slug for parent in parents for slug in indicators[parent].related}
        named = self.matcher.find(self.text, self.sentence.start, amount.whole)
        parents |= {match.slug for match in named if match.slug in self.matcher.broader}
        last = self.previous(amount)
        fit = self.fit(amount)
        before = self.matcher.find(
            self.text, floor, amount.whole, parents=parents, beside=last.indicator if last else "", fit=fit
        )
        if self.counts_things(amount) and amount.unit:
            before = [match for match in before if amount.unit in indicators[match.slug].units]
        joined = [match.slug for match in before if not self._alone(match, amount, floor)]
        if before and OTHER_SUBJECT.search(self.text, before[-1].end, amount.whole):
            before = []
        self.joined = bool(joined)
        wholes = {whole for slug in joined for whole in indicators[slug].broader}
        before = [match for match in before if match.slug not in {*joined, *wholes}]
        noun = self._noun(amount)
        return before, self.matcher.find_after(self.text, noun[0], ceiling, fit=fit) if noun else None

    def _alone(self, match: Match, amount: Amount, floor: int) -> bool:
        """Say whether a sector's short name is all that is named: "dịch vụ", not "dịch vụ lữ hành"."""
        text, broader = self.text, self.lexicon.indicators[match.slug].broader
        more = MORE_THAN_SECTOR.match(text, match.end, amount.whole)
        if match.rule != "narrower":
            return not (broader and more and more[0].split()[0] == "và")
        grows = any(slug in self.matcher.of_the_whole for slug in broader)
        if grows and PORTION.search(text, floor, amount.whole):
            return False
        return not (more or WITH_OTHERS.search(text[floor : match.start]))

    def _counted(
        self, amount: Amount, after: Match | None, noun: tuple[int, int], floor: int
    ) -> Match | None:
        around = None
        if noun[0] < noun[1]:
            around = self.matcher.find_around(self.text, noun, floor, self.sentence.end, fit=self.fit(amount))
        if after and after.rule == "label":
            return after
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
        if not noun or not self.counts_things(amount):
            return None
        part = _WITHIN.search(self.text, noun[0], ceiling)
        ceiling = part.start() if part else ceiling
        for match in self.matcher.find(self.text, noun[0], ceiling):
            if amount.unit in self.lexicon.indicators[match.slug].units:
                return replace(match, rule="label-further-on")
        far = self.matcher.find_after(self.text, noun[0], self.sentence.end, gap=8, fit=self.fit(amount))
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
        plan = amount.unit == "percent" and PLAN.match(self.text, amount.end)
        previous = self._reported(amount) if plan else self.previous(amount)
        if previous is None or not previous.indicator or self.fit(amount)(previous.indicator) < 0:
            return None
        planned = self.is_planned(amount)
        if amount.rule == "things" or not (plan or planned or self.goes_on(floor, amount)):
            return None
        span = previous.evidence[0] if previous.evidence else previous.amount
        return Match(self._told(previous), span.start, span.end, 1, "goes-on")

    def is_planned(self, amount: Amount) -> bool:
        """Say whether an amount stands in brackets after a plan: it is the plan's own."""
        return bool(PLANNED.search(self.text, self.sentence.start, amount.whole))

    def reaches(self, amount: Amount, floor: int, match: Match | None) -> bool:
        """Say whether a percentage is what was reached of a plan that the figures before it are measured by.

        "Thu nội địa 900 tỷ đồng, *đạt 50%*" is a share of the plan where
        another share of a plan was told before, in the sentence or the last.
        """
        if amount.unit != "percent" or amount.per_year or not ALONE.match(self.text, amount.end):
            return False
        told = [*self.sentence_before, *self.done]
        if not EQUALS.search(self.text, floor, amount.whole):
            return False
        if not any(figure.measure == "share-of-plan" for figure in told):
            return False
        if match is not None:
            units = self.lexicon.indicators[match.slug].units
            return bool(units) and not any(unit in RATES for unit in units)
        last = self.previous(amount)
        goes_on = last is not None and last.unit not in (*RATES, *FREE) and self.goes_on(floor, amount)
        return goes_on or bool(PLANNABLE.match(self.text, floor, amount.whole))

    def _reported(self, amount: Amount) -> Figure | None:
        """Give the figure a share of a plan is of: the one before, past what only goes on with that one."""
        for figure in reversed(self.done):
            if ";" in self.text[figure.amount.end : amount.start]:
                return None
            if figure.indicator or "goes-on" not in figure.rules:
                return figure
        return None

    def previous(self, amount: Amount) -> Figure | None:
        """Give the figure before in the sentence; one in brackets is none for those outside."""
        for figure in reversed(self.done):
            held = next((span for span in self.closed if span.start < figure.amount.start < span.end), None)
            if held is None or held.start < amount.start < held.end:
                return figure
        return None

    def _told(self, previous: Figure) -> str:
        """Give the indicator a clause goes on with: the one in words, not the reduction it was read as."""
        if "variant" not in previous.rules or not previous.evidence:
            return previous.indicator
        span = previous.evidence[0]
        named = self.matcher.find(self.text, span.start, span.end)
        return named[0].slug if named else previous.indicator

    def goes_on(self, floor: int, amount: Amount) -> bool:
        """Say whether the clause goes on with the figure before: it begins with a verb, a link or a place."""
        lead = self.text[floor : amount.whole]
        for time in self.times:
            if floor <= time.start < amount.whole and AT_HEAD.match(self.text[floor : time.start]):
                lead = self.text[time.end : amount.whole]
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
        if at < 0:
            return None
        scale = _SCALE.match(self.text, at, at + len(amount.noun))
        return (scale.end() if scale else at, at + len(amount.noun))

    def counts_things(self, amount: Amount) -> bool:
        """Say whether an amount counts things."""
        return amount.rule == "none-left" or is_count(self.lexicon.units, amount.unit)

    def counting_unit(self, slug: str) -> str:
        """Give the unit in which an indicator counts things."""
        own = self.lexicon.indicators[slug].units
        return next((unit for unit in own if is_count(self.lexicon.units, unit)), own[0] if own else "")

    def variant(self, slug: str, amount: Amount, floor: int) -> str:
        """Give the reduction, growth, addition or share of an indicator where the words say so."""
        lead = self.text[floor : amount.whole]
        if MORE.search(lead):
            return self.matcher.variant(slug, grows="thêm") or slug
        if amount.unit not in RATES or PLAN.match(self.text, amount.end):
            return slug
        if FALLS.search(lead) and (falls := self.matcher.variant(slug, grows="giảm")):
            return falls
        if self.fit(amount)(slug):
            return slug
        moves = MOVE.search(lead) and not TO_LEVEL.search(lead)
        return self.matcher.variant(slug, grows="tăng" if moves else "tỷ lệ") or slug
