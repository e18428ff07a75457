"""What stands above and below a chart's panels: what the marks mean, and where the figures come from."""

import textwrap
from collections.abc import Sequence
from typing import Any

import altair as alt

from laichau_kg.charts.figures import STATUSES, Series
from laichau_kg.charts.layout import Size
from laichau_kg.charts.marks import ARROWS, GUTTER, ROW, dash, layered, lines, points, stroke
from laichau_kg.charts.wording import WORDS

__all__ = ["Part", "make_foot", "make_legend"]

_LETTER = 6.1
_GAP = 22
_SAMPLE = 34
_TOP = 8.0
_MOST_SOURCES = 4

Part = tuple[dict[str, Any], dict[str, list[dict[str, Any]]]]


def make_legend(series: Series, size: Size) -> Part:
    """Draw what the shapes and bars mean, of those that are there; and give the data it needs."""
    labels = {figure.status: figure.status_label for figure in series.figures}
    statuses = [status for status in STATUSES if status in labels]
    rows = _placed([(status, labels[status]) for status in statuses], size)
    notes = _notes(series, size)
    bottom = rows[-1]["top"]
    width, height = size.width + GUTTER, bottom + ROW * (len(notes) + 0.5)
    across = alt.Scale(domain=[0, width], range=[-GUTTER, size.width], nice=False, zero=False)
    down = alt.Scale(domain=[0, height], range=[0, height], nice=False, zero=False)
    base = alt.Chart(alt.NamedData("legend"))

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", scale=across, axis=None)

    y = alt.Y("top:Q", scale=down, axis=None)
    layers = [
        base.mark_rule(strokeWidth=1.5).encode(
            x=x("left"), x2="right:Q", y=y, stroke=stroke(), strokeDash=dash()
        ),
        *(points(base, status, x=x("at"), y=y) for status in statuses),
        base.mark_text(align="left", baseline="middle", fontSize=12).encode(
            x=x("text_at"), y=y, text="label:N"
        ),
        lines("notes", bottom + ROW + 2),
    ]
    drawn = layered(layers, width=size.width, height=height)
    return drawn, {"legend": rows, "notes": [{"text": "\n".join(notes)}]}


def make_foot(series: Series, size: Size) -> Part:
    """Name the articles that the figures come from, and the record; and give the data it needs."""
    words = WORDS[series.lang]
    articles = list(dict.fromkeys(figure.article_label or figure.article for figure in series.figures))
    named = articles[:_MOST_SOURCES]
    if len(articles) > len(named):
        named.append(words["more"].format(count=len(articles) - len(named)))
    text = textwrap.wrap(f"{words['source']}{'; '.join(named)}.", size.letters)
    text += textwrap.wrap(words["data"], size.letters)
    drawn = layered([lines("sources", 4)], width=size.width, height=ROW * len(text))
    return drawn, {"sources": [{"text": "\n".join(text)}]}


def _placed(entries: Sequence[tuple[str, str]], size: Size) -> list[dict[str, Any]]:
    """Set the entries side by side, and in further rows where they find no room."""
    rows: list[dict[str, Any]] = []
    left, top = 0.0, _TOP
    for status, label in entries:
        width = _SAMPLE + 8 + len(label) * _LETTER
        if left and left + width > size.width + GUTTER:
            left, top = 0.0, top + ROW + 2
        rows.append(
            {
                "status": status,
                "label": label,
                "left": round(left, 1),
                "at": round(left + _SAMPLE / 2, 1),
                "right": round(left + _SAMPLE, 1),
                "text_at": round(left + _SAMPLE + 8, 1),
                "top": top,
            }
        )
        left += width + _GAP
    return rows


def _notes(series: Series, size: Size) -> list[str]:
    words = WORDS[series.lang]
    notes = [words["period"]]
    if any(figure.value_max is not None for figure in series.figures):
        notes.append(words["range"])
    if any(figure.bound in ARROWS for figure in series.figures):
        notes.append(words["bound"])
    notes.append(words["gap"])
    return textwrap.wrap(" ".join(notes), size.letters)
