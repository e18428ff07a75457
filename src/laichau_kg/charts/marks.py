"""How a chart's marks look: a shape, a fill, a dash and a colour for each status."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import altair as alt

from laichau_kg.charts.figures import STATUSES
from laichau_kg.charts.palette import COLOURS, MUTED, PAPER

__all__ = ["ARROWS", "GUTTER", "ROW", "dash", "layered", "lines", "points", "stroke"]

GUTTER: Final = 50
ROW: Final = 16

_UP = "M0,-1L0,-3.4M-0.7,-2.5L0,-3.4L0.7,-2.5"
_DOWN = "M0,1L0,3.4M-0.7,2.5L0,3.4L0.7,2.5"
ARROWS: Final[Mapping[str, str]] = {"more-than": _UP, "at-least": _UP, "at-most": _DOWN}

_SHAPES: Final[Mapping[str, str]] = {"actual": "circle", "estimate": "diamond", "target": "cross"}
_FILLS: Final[Mapping[str, str]] = {**COLOURS, "estimate": PAPER}
_SIZES: Final[Mapping[str, int]] = {"actual": 75, "estimate": 110, "target": 120}
_DASHES: Final = [[1, 0], [7, 4], [2, 3]]


def stroke() -> alt.Stroke:
    """Give each status its colour; the shapes and dashes tell them apart without it."""
    return alt.Stroke("status:N", scale=_scale([COLOURS[status] for status in STATUSES]), legend=None)


def dash() -> alt.StrokeDash:
    """Give each status its dash: whole, long, short."""
    return alt.StrokeDash("status:N", scale=_scale(_DASHES), legend=None)


def points(chart: alt.Chart, status: str, **encoding: Any) -> alt.Chart:
    """Draw the figures of one status; an open shape is filled with the paper, so that no line shows."""
    drawn: alt.Chart = (
        chart.transform_filter(f"datum.status === '{status}'")
        .mark_point(
            shape=_SHAPES[status], fill=_FILLS[status], size=_SIZES[status], strokeWidth=1.8, opacity=1
        )
        .encode(stroke=stroke(), **encoding)
    )
    return drawn


def layered(layers: Sequence[alt.Chart], **properties: Any) -> dict[str, Any]:
    """Lay charts over each other, the first at the bottom.

    altair's own way copies each chart several times over, data and all.
    """
    written = [layer.to_dict(validate=False, context={"top_level": False}) for layer in layers]
    return {"layer": written, **properties}


def lines(data: str, top: float) -> alt.Chart:
    """Write lines of small print, from the chart's left edge."""
    drawn: alt.Chart = (
        alt.Chart(alt.NamedData(data))
        .mark_text(align="left", baseline="middle", lineHeight=ROW, color=MUTED, lineBreak="\n")
        .encode(x=alt.value(-GUTTER), y=alt.value(top), text="text:N")
    )
    return drawn


def _scale(values: list[Any]) -> alt.Scale:
    return alt.Scale(domain=list(STATUSES), range=values)
