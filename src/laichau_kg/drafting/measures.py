"""Tell what a figure measures: level, change, share of a plan, move in a ranking, count, yearly average."""

from collections.abc import Collection

from laichau_kg.drafting.cues import (
    AVERAGE,
    EQUALS,
    EVERY_YEAR,
    GROWTH,
    LEVEL_BASES,
    MOVE,
    OF_BASE,
    PLAN,
    SHARE,
    TO_LEVEL,
)
from laichau_kg.drafting.indicators import Match
from laichau_kg.drafting.lexicon import Indicator
from laichau_kg.drafting.numbers import Amount, UnitList
from laichau_kg.drafting.words import keys_of

__all__ = ["is_count", "measure_of"]


def is_count(units: UnitList, slug: str) -> bool:
    """Say whether a unit counts things: communes, projects, people."""
    unit = units.units.get(slug)
    return unit is not None and unit.base not in LEVEL_BASES


def measure_of(  # noqa: PLR0911 - one way out for each measure
    text: str,
    amount: Amount,
    floor: int,
    *,
    match: Match | None,
    indicator: Indicator | None,
    units: UnitList,
    additions: Collection[str],
) -> str:
    """Tell the measure of an amount from the words before it; nothing where the code list has none.

    "Bằng 94% so với cùng kỳ" is neither a change nor a share of a plan.

    Args:
        text: The text.
        amount: The amount.
        floor: Where its own words begin.
        match: Where its indicator stands.
        indicator: What is counted.
        units: The units of the code list.
        additions: The indicators that count an addition themselves.
    """
    lead = text[max(floor, match.start) if match and match.end <= amount.start else floor : amount.whole]
    if amount.unit == "rank":
        return "level" if amount.rule in {"top", "place"} else "rank-change"
    if _is_share(text, amount, indicator, lead):
        return "share-of-plan"
    if amount.per_year or AVERAGE.search(lead) or EVERY_YEAR.search(text, floor, amount.start):
        return "average-per-year"
    if amount.rule in {"ratio", "none-left"}:
        return "count"
    equals = amount.unit == "percent" and EQUALS.search(lead) and OF_BASE.match(text, amount.end)
    if equals and not _is_growth(amount, indicator, additions):
        return ""
    moves = bool(MOVE.search(lead)) and not TO_LEVEL.search(lead)
    if amount.unit == "times" or (moves and not _is_growth(amount, indicator, additions)):
        return "change"
    return "count" if is_count(units, amount.unit) or amount.rule == "things" else "level"


def _is_share(text: str, amount: Amount, indicator: Indicator | None, lead: str) -> bool:
    rate = indicator is not None and set(indicator.units) <= {"percent", "percentage-point"}
    plan = amount.unit == "percent" and not rate and PLAN.match(text, amount.end)
    return bool(plan and SHARE.search(lead or ", "))


def _is_growth(amount: Amount, indicator: Indicator | None, additions: Collection[str]) -> bool:
    """Say whether an indicator itself counts growth, a reduction or an addition: its rise is a level."""
    if indicator is None:
        return False
    if indicator.slug in additions or "percentage-point" in indicator.units:
        return True
    labels = (keys_of(label) for label in indicator.labels)
    growth = any(label[: len(lead)] == lead for label in labels for lead in GROWTH)
    return growth and amount.unit != "percentage-point"
