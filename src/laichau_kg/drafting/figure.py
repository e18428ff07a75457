"""A figure with all that its article says of it; and the base that several figures share."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from laichau_kg.drafting.dates import Time
from laichau_kg.drafting.numbers import Amount
from laichau_kg.drafting.periods import Base
from laichau_kg.text import Span

__all__ = ["Figure", "share_bases"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with all that its article says of it; what could not be told is empty."""

    amount: Amount
    indicator: str
    proposal: str
    period: Time | None
    status: str
    measure: str
    unit: str
    area: str = ""
    base: Time | None = None
    plan_issuer: str = ""
    price_basis: str = ""
    gift: bool = False
    evidence: tuple[Span, ...] = ()
    inferred: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    until: int = 0  # where the words that name it end


def share_bases(text: str, figures: Sequence[Figure], bases: Sequence[Base]) -> list[Figure]:
    """Give a base that is said once, after the last of several changes, to all of them.

    Args:
        text: The text.
        figures: The figures of a sentence, in order.
        bases: What the sentence measures its changes against.
    """
    later: Figure | None = None
    shared: list[Figure] = []
    for figure in reversed(figures):
        if figure.measure not in {"change", "rank-change"}:
            shared.append(figure)
            continue
        if later and ";" in text[figure.amount.end : later.amount.start]:
            later = None  # another item of a list: its base is its own
        later = later if "basePeriod" in figure.inferred else figure
        alike = later is not None and later is not figure and later.measure == figure.measure
        shared.append(_with_base(figure, later, bases) if later and alike else figure)
    return shared[::-1]


def _with_base(figure: Figure, later: Figure, bases: Sequence[Base]) -> Figure:
    moved = figure.measure == "rank-change" and "period" in figure.inferred
    period = later.period if moved else figure.period
    spans = {span.start for span in later.evidence}
    base = next((base for base in bases if base.start in spans), None)
    if base is None or period is None:
        return figure
    return replace(
        figure,
        base=base.of(period),
        period=period,
        evidence=(*figure.evidence, Span(base.start, base.end)),
        inferred=tuple(name for name in figure.inferred if name != "basePeriod"),
        rules=(*figure.rules, "shared-base"),
    )
