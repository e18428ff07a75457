"""The figures of an indicator, read from the record, as a chart wants them: dated, and with their units."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final, Protocol

from laichau_kg.answers import Answer
from laichau_kg.charts.wording import MANY, WORDS
from laichau_kg.errors import ParameterError
from laichau_kg.terms import Iri
from laichau_kg.text import write_number
from laichau_kg.vocab import ID

__all__ = ["AMOUNTS", "STATUSES", "Figure", "Series", "Unit", "read_series", "write_figure"]

STATUSES: Final = ("actual", "estimate", "target")
AMOUNTS: Final = ("level", "count", "average-per-year")

_SERIES = "indicator-series"
_UNITS = "units"
_SIGNS: Mapping[str, str] = {"more-than": "> ", "at-least": "≥ ", "at-most": "≤ ", "about": "~"}
_ALMOST: Mapping[str, str] = {"vi": "gần ", "en": "nearly "}
_A_YEAR: Mapping[str, str] = {"vi": "/năm", "en": " a year"}


class Asked(Protocol):
    """What a chart asks of a record."""

    def query(self, query_id: str, /, **params: str) -> Answer:
        """Ask a canned question."""
        ...

    def resolve(self, kind: str, text: str) -> Iri:
        """Find the one thing of *kind* that *text* names."""
        ...


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit, and how it becomes its base unit."""

    slug: str
    label: str
    multiplier: Decimal
    base: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One observation of an indicator.

    Attributes:
        first: The first day of its period.
        last: The last day of its period.
        base: The slug of the period it is compared with, or nothing.
        prices: The slug of its price basis, or nothing where none is stated.
    """

    observation: str
    area: str
    area_label: str
    period_label: str
    first: date
    last: date
    status: str
    status_label: str
    measure: str
    measure_label: str
    bound: str
    bound_label: str
    value: Decimal
    value_max: Decimal | None
    total: Decimal | None
    unit: Unit
    base: str
    base_label: str
    prices: str
    prices_label: str
    article: str
    article_label: str
    evidence: str
    quote: str

    @property
    def months(self) -> int:
        """How many months its period has; 0 for less than one."""
        end = self.last + timedelta(days=1)
        return (end.year - self.first.year) * 12 + end.month - self.first.month

    @property
    def span(self) -> tuple[Decimal, Decimal]:
        """The least and the greatest value that it states."""
        return self.value, self.value if self.value_max is None else self.value_max

    def written(self, lang: str, *, with_unit: bool = False) -> str:
        """Write the figure as readers of *lang* do, with its bound, range and total; with its unit or not."""
        return write_figure(
            lang,
            value=self.value,
            value_max=self.value_max,
            total=self.total,
            bound=self.bound,
            measure=self.measure,
            unit=self.unit.label if with_unit else "",
        )


@dataclass(frozen=True, slots=True)
class Series:
    """All figures of one indicator.

    Attributes:
        indicator: The indicator's IRI.
        nature: level, flow or rate; or nothing where that is not said.
        answer: The rows that the figures were read from, with their evidence.
    """

    indicator: str
    label: str
    lang: str
    nature: str
    figures: tuple[Figure, ...]
    answer: Answer

    @property
    def slug(self) -> str:
        """The indicator's slug."""
        return _slug(self.indicator)

    @property
    def description(self) -> str:
        """What the figures say in a sentence or two, for who cannot see their chart."""
        first = min(self.figures, key=lambda figure: figure.first)
        last = max(self.figures, key=lambda figure: figure.last)
        told = WORDS[self.lang]["summary"].format(
            count=len(self.figures), first=first.period_label, last=last.period_label
        )
        several = len({figure.area for figure in self.figures}) > 1

        def where(figure: Figure) -> str:
            return f"{figure.area_label}, {figure.period_label}" if several else figure.period_label

        latest = [
            f"{figure.status_label}: {figure.written(self.lang, with_unit=True)} ({where(figure)})."
            for figure in self.figures
            if figure.last == last.last and figure.measure == last.measure
        ]
        return " ".join([f"{self.label}.", told, *latest])


def write_figure(
    lang: str,
    *,
    value: Decimal,
    value_max: Decimal | None = None,
    total: Decimal | None = None,
    bound: str = "exact",
    measure: str = "level",
    unit: str = "",
) -> str:
    """Write a figure with its bound, range and total, as readers of *lang* do; with its unit, if given.

    >>> write_figure("en", value=Decimal(5406), bound="more-than")
    '> 5,406'
    >>> write_figure("vi", value=Decimal(9), value_max=Decimal("10.5"), measure="average-per-year", unit="%")
    '9–10,5%/năm'
    >>> write_figure("en", value=Decimal(38), total=Decimal(94), unit="Commune")
    '38/94 communes'
    """
    text = (_ALMOST[lang] if bound == "almost" else _SIGNS.get(bound, "")) + write_number(value, lang)
    if value_max is not None:
        text += f"–{write_number(value_max, lang)}"
    if total is not None:
        text += f"/{write_number(total, lang)}"
    if unit:
        name = _in_a_sentence(unit)
        one = value == 1 and value_max is None and total is None
        text += unit if unit == "%" else f" {name if one else MANY.get(name, name)}"
    return text + (_A_YEAR[lang] if measure == "average-per-year" else "")


def read_series(record: Asked, indicator: str, *, lang: str, area: str | None = None) -> Series:
    """Read the figures of *indicator*, in one area or in all.

    Raises:
        UnknownThingError: there is no such indicator or area; the error has near names.
        ParameterError: several things have this name, or there are no figures to draw.
        StoreError: the store failed.
    """
    iri = record.resolve("indicator", indicator).value
    asked = {"indicator": iri, "lang": lang}
    if area is not None:
        asked["area"] = record.resolve("place", area).value
    answer = record.query(_SERIES, **asked)
    if not answer.rows:
        raise ParameterError(f"The record has no figures of {_slug(iri)} to draw.", name=indicator)
    units = _units(record, lang)
    figures = tuple(
        _figure({name: cell for name, cell in row.items() if cell is not None}, units)
        for row in answer.records()
    )
    first = answer.records()[0]
    return Series(iri, str(first["indicatorLabel"]), lang, _slug(str(first["nature"] or "")), figures, answer)


def _units(record: Asked, lang: str) -> dict[str, Unit]:
    rows = record.query(_UNITS, lang=lang).records()
    return {
        str(row["unit"]): Unit(
            slug=_slug(str(row["unit"])),
            label="%" if _slug(str(row["unit"])) == "percent" else str(row["unitLabel"]),
            multiplier=Decimal(str(row["multiplier"])),
            base=_slug(str(row["baseUnit"])),
        )
        for row in rows
    }


def _figure(row: Mapping[str, object], units: Mapping[str, Unit]) -> Figure:
    def text(name: str) -> str:
        return str(row.get(name, ""))

    def number(name: str) -> Decimal | None:
        return Decimal(text(name)) if name in row else None

    return Figure(
        observation=text("observation"),
        area=_slug(text("area")),
        area_label=text("areaLabel"),
        period_label=text("periodLabel"),
        first=date.fromisoformat(text("firstDay")),
        last=date.fromisoformat(text("lastDay")),
        status=_slug(text("status")),
        status_label=text("statusLabel"),
        measure=_slug(text("measure")),
        measure_label=text("measureLabel"),
        bound=_slug(text("bound")),
        bound_label=text("boundLabel"),
        value=Decimal(text("value")),
        value_max=number("valueMax"),
        total=number("total"),
        unit=units[text("unit")],
        base=_slug(text("basePeriod")),
        base_label=text("basePeriodLabel"),
        prices=_slug(text("priceBasis")),
        prices_label=text("priceBasisLabel"),
        article=text("article"),
        article_label=text("articleLabel"),
        evidence=text("evidence"),
        quote=text("quote"),
    )


def _in_a_sentence(label: str) -> str:
    """Write a name's first letter small, unless it is an abbreviation.

    >>> _in_a_sentence("Tỷ đồng"), _in_a_sentence("USD")
    ('tỷ đồng', 'USD')
    """
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def _slug(iri: str) -> str:
    return iri.removeprefix(ID).partition("/")[2]
