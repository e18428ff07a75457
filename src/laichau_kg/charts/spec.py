"""A chart as Vega-Lite: what differs in status differs in shape and dash, not in colour alone."""

import textwrap
from collections.abc import Mapping
from typing import Any, Final

import altair as alt

from laichau_kg.charts.figures import STATUSES, Figure, Series
from laichau_kg.charts.layout import WIDE, Placed, Scales, Size, place_labels, scales_of, stretch, years_of
from laichau_kg.charts.legend import Part, make_foot, make_legend
from laichau_kg.charts.marks import ARROWS, GUTTER, dash, layered, points, stroke
from laichau_kg.charts.palette import GRID, MUTED, PAPER, TEXT
from laichau_kg.charts.panels import Panel, make_panels
from laichau_kg.charts.wording import WORDS

__all__ = ["to_vega_lite"]

_FONT: Final = "Liberation Sans, Arial, Noto Sans, DejaVu Sans, sans-serif"
_LOCALES: Final[Mapping[str, Mapping[str, object]]] = {
    "vi": {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", " ₫"]},
    "en": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["₫", ""]},
}
_MOST_YEARS: Final[Mapping[str, int]] = {"wide": 12, "narrow": 6}
_TICKS_APART = 45
_YEAR = 12
_TITLE_LETTER = 1.45
_IS_RANGE = "isValid(datum.most)"

Rows = list[dict[str, Any]]


def to_vega_lite(series: Series, *, size: Size = WIDE) -> dict[str, Any]:
    """Draw *series*: a panel for each kind of figures that compare, a legend above, the sources below.

    The data is inline, each panel's under a name of its own.
    """
    panels = make_panels(series)
    years = years_of(series)
    several = len({panel.area for panel in panels}) > 1
    parts = [
        make_legend(series, size),
        *(
            _panel(panel, series.lang, number=number, scales=scales_of(panel, years, size), with_area=several)
            for number, panel in enumerate(panels, 1)
        ),
        make_foot(series, size),
    ]
    title = alt.TitleParams(
        textwrap.wrap(series.label, int(size.letters / _TITLE_LETTER)),
        subtitle=[] if several else [panels[0].area_label],
        anchor="start",
        fontSize=16,
        subtitleFontSize=12,
        offset=8,
    )
    return {
        "$schema": alt.SCHEMA_URL,
        "title": title.to_dict(),
        "description": series.description,
        "background": PAPER,
        "padding": 10,
        "spacing": 12,
        "vconcat": [drawn for drawn, _ in parts],
        "config": _config(series.lang),
        "datasets": {name: rows for _, data in parts for name, rows in data.items()},
    }


def _config(lang: str) -> dict[str, Any]:
    axis = {
        "labelColor": TEXT,
        "domainColor": MUTED,
        "gridColor": GRID,
        "labelFontSize": 11,
        "ticks": False,
        "labelPadding": 4,
    }
    return {
        "font": _FONT,
        "aria": False,
        "locale": {"number": dict(_LOCALES[lang])},
        "view": {"stroke": None},
        "axis": axis,
        "title": {"color": TEXT, "subtitleColor": TEXT},
        "text": {"color": TEXT, "fontSize": 11},
    }


def _panel(panel: Panel, lang: str, *, number: int, scales: Scales, with_area: bool) -> Part:
    placed = place_labels(panel, scales, lang)
    data = {
        f"figures-{number}": [_row(figure, lang) for figure in panel.figures],
        f"lines-{number}": _segments(panel),
        f"labels-{number}": [_label(label) for label in placed],
        f"years-{number}": [{"year": year} for year in range(scales.x[0], scales.x[1] + 1)],
    }
    heading = [", ".join([panel.measures[0], *map(_lower, panel.measures[1:])]), panel.unit.label]
    heading += [panel.prices_label, _length(panel.months, lang), panel.area_label if with_area else ""]
    title = alt.TitleParams(
        textwrap.wrap(" · ".join(filter(None, heading)), scales.width // 6),
        anchor="start",
        fontSize=12,
        offset=6,
    )
    layers = _layers(panel, number, scales)
    drawn = layered(layers, width=scales.width, height=scales.height, title=title.to_dict())
    return drawn, {name: rows for name, rows in data.items() if rows}


def _layers(panel: Panel, number: int, scales: Scales) -> list[alt.Chart]:
    """Draw, from the bottom up: the years' edges, lines, periods, ranges, marks, arrows, labels."""
    x, y = _Axis(alt.X, _years_axis(scales)), _Axis(alt.Y, _values_axis(scales))
    figures = alt.Chart(alt.NamedData(f"figures-{number}"))
    layers = [
        alt.Chart(alt.NamedData(f"years-{number}"))
        .mark_rule(color=GRID)
        .encode(x=x("year"), y=alt.value(0), y2=alt.value(scales.height))
    ]
    if panel.segments:
        joined = alt.Chart(alt.NamedData(f"lines-{number}")).mark_rule(strokeWidth=1.5)
        layers.append(
            joined.encode(
                x=x("start"), x2="end:Q", y=y("value"), y2="next:Q", stroke=stroke(), strokeDash=dash()
            )
        )
    ends = ["value", "most"] if any(figure.value_max is not None for figure in panel.figures) else ["value"]
    if "most" in ends:
        ranged = figures.transform_filter(_IS_RANGE).mark_rule(strokeWidth=2)
        layers.append(ranged.encode(x=x("at"), y=y("value"), y2="most:Q", stroke=stroke()))
    layers += [
        _with(figures, end)
        .mark_rule(strokeWidth=2)
        .encode(x=x("start"), x2="end:Q", y=y(end), stroke=stroke())
        for end in ends
    ]
    told = [alt.Tooltip(f"{field}:N") for field in ("period", "statusLabel", "label", "article", "quote")]
    present = {figure.status for figure in panel.figures}
    layers += [
        points(_with(figures, end), status, x=x("at"), y=y(end), tooltip=told)
        for status in STATUSES
        if status in present
        for end in ends
    ]
    layers += _arrows(panel, figures, x, y)
    moved: dict[str, Any] = {name: alt.ExprRef(f"datum.{name}") for name in ("dx", "dy", "align")}
    labels = alt.Chart(alt.NamedData(f"labels-{number}")).mark_text(baseline="middle", **moved)
    return [*layers, labels.encode(x=x("at"), y=y("most"), text="text:N")]


def _with(figures: alt.Chart, end: str) -> alt.Chart:
    return figures.transform_filter(_IS_RANGE) if end == "most" else figures


class _Axis:
    """Makes encodings that share one scale and one axis."""

    def __init__(self, channel: Any, shared: Mapping[str, Any]) -> None:
        self._channel = channel
        self._shared = shared

    def __call__(self, field: str) -> Any:
        return self._channel(f"{field}:Q", **self._shared)


def _years_axis(scales: Scales) -> dict[str, Any]:
    first, end = scales.x
    most = _MOST_YEARS["narrow" if scales.width < WIDE.width else "wide"]
    step = -(-(end - first) // most)
    axis = alt.Axis(
        values=[year + 0.5 for year in range(first, end, step)],
        labelExpr="'' + floor(datum.value)",
        labelFlush=False,
        grid=False,
        title=None,
    )
    return {"axis": axis, "scale": alt.Scale(domain=[first, end], nice=False, zero=False)}


def _values_axis(scales: Scales) -> dict[str, Any]:
    ticks = max(2, scales.height // _TICKS_APART)
    axis = alt.Axis(
        tickCount=ticks, title=None, domain=False, minExtent=GUTTER, maxExtent=GUTTER, format=",~f"
    )
    return {"axis": axis, "scale": alt.Scale(domain=list(scales.y), nice=False, zero=False)}


def _arrows(panel: Panel, figures: alt.Chart, x: _Axis, y: _Axis) -> list[alt.Chart]:
    bounds = dict.fromkeys(figure.bound for figure in panel.figures if figure.bound in ARROWS)
    return [
        figures.transform_filter(f"datum.bound === '{bound}'")
        .mark_point(shape=ARROWS[bound], size=130, strokeWidth=1.8, opacity=1)
        .encode(x=x("at"), y=y("value"), stroke=stroke())
        for bound in bounds
    ]


def _segments(panel: Panel) -> Rows:
    return [
        {
            "status": segment.start.status,
            "start": stretch(segment.start)[1],
            "end": stretch(segment.end)[1],
            "value": float(segment.start.value),
            "next": float(segment.end.value),
        }
        for segment in panel.segments
    ]


def _label(label: Placed) -> dict[str, Any]:
    return {
        "at": stretch(label.figure)[1],
        "most": float(label.figure.span[1]),
        "text": label.text,
        "dx": label.dx,
        "dy": label.dy,
        "align": label.align,
    }


def _row(figure: Figure, lang: str) -> dict[str, Any]:
    start, middle, end = stretch(figure)
    low, high = figure.span
    row = {
        "period": figure.period_label,
        "firstDay": figure.first.isoformat(),
        "lastDay": figure.last.isoformat(),
        "start": start,
        "at": middle,
        "end": end,
        "status": figure.status,
        "statusLabel": figure.status_label,
        "measure": figure.measure,
        "bound": figure.bound,
        "value": float(low),
        "unit": figure.unit.slug,
        "label": figure.written(lang),
        "article": figure.article_label,
        "quote": figure.quote,
        "observation": figure.observation,
        "evidence": figure.evidence,
    }
    return row if figure.value_max is None else {**row, "most": float(high)}


def _length(months: int | None, lang: str) -> str:
    """Name the length of a panel's periods, where it matters and is not a year."""
    words = WORDS[lang]
    if months is None or months == _YEAR:
        return ""
    if months == 0:
        return words["days"]
    years, rest = divmod(months, _YEAR)
    return words["months"].format(count=months) if rest else words["years"].format(count=years)


def _lower(label: str) -> str:
    return label[:1].lower() + label[1:]
