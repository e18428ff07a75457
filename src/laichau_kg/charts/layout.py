"""Where things stand in a panel: its scales, and the figures' labels, so that none covers another."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from laichau_kg.charts.figures import Figure, Series
from laichau_kg.charts.panels import Panel, Segment, decimal_year
from laichau_kg.charts.wording import WORDS

__all__ = ["NARROW", "WIDE", "Placed", "Scales", "Size", "place_labels", "scales_of", "stretch", "years_of"]

_LETTER = 6.3
_LINE = 14.0
_MARK = 7.0
_ARROW = 20.0
_HEIGHTS: Final = ((1, 84), (3, 160))
_TALL: Final = 220
_LEAST_YEARS: Final = 3
_HALF = 0.5
_BEADS = 24
_MOST_LABELS = 40
_HEADROOM = 0.22
_ROOM_BELOW = 0.18
_ROOM_AT_NOUGHT = 0.1
_ABOVE, _BELOW, _HIGH_ABOVE, _FAR_BELOW = -15.0, 16.0, -29.0, 30.0

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Size:
    """The size of a panel's inside, in pixels, and how many letters a line of text may have."""

    name: str
    width: int
    letters: int


WIDE: Final = Size("wide", 580, 116)
NARROW: Final = Size("narrow", 260, 56)


@dataclass(frozen=True, slots=True)
class Scales:
    """The ends of a panel's axes, and its height in pixels."""

    x: tuple[int, int]
    y: tuple[float, float]
    width: int
    height: int

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Turn a year and a value into pixels from the upper left corner."""
        across = (x - self.x[0]) / (self.x[1] - self.x[0])
        up = (y - self.y[0]) / (self.y[1] - self.y[0])
        return across * self.width, (1 - up) * self.height


@dataclass(frozen=True, slots=True)
class Placed:
    """A label, the figure it belongs to, and where it stands: pixels from the figure, and its anchor."""

    figure: Figure
    text: str
    dx: float
    dy: float
    align: str


def stretch(figure: Figure) -> tuple[float, float, float]:
    """Give start, middle and end of a figure's period in years."""
    start, end = decimal_year(figure.first), decimal_year(figure.last + timedelta(days=1))
    return start, round((start + end) / 2, 4), end


def years_of(series: Series) -> tuple[int, int]:
    """Give the whole years that hold all figures, and a few more where they are very few."""
    first = min(figure.first.year for figure in series.figures)
    end = max(figure.last.year for figure in series.figures) + 1
    while end - first < _LEAST_YEARS:
        first, end = first - 1, end + (end - first < _LEAST_YEARS - 1)
    return first, end


def scales_of(panel: Panel, years: tuple[int, int], size: Size) -> Scales:
    """Choose a panel's axes: from nought, unless all its values lie far from it."""
    low = min(float(figure.span[0]) for figure in panel.figures)
    high = max(float(figure.span[1]) for figure in panel.figures)
    if low >= 0 and (low == high or low / high < _HALF):
        reach = high or 1.0
        bottom = -_ROOM_AT_NOUGHT * reach if low < _ROOM_AT_NOUGHT * reach else 0.0
    else:
        reach = (high - low) or 1.0
        bottom = low - _ROOM_BELOW * reach
    top = high + _HEADROOM * reach
    height = next((pixels for most, pixels in _HEIGHTS if len(panel.figures) <= most), _TALL)
    return Scales(years, (round(bottom, 6), round(top, 6)), size.width, height)


def place_labels(panel: Panel, scales: Scales, lang: str) -> tuple[Placed, ...]:
    """Write a label beside each figure, where there is room for it; the same figure twice is told once.

    Of very many figures only the last of each status are labelled: the table has them all.
    """
    taken = [box for figure in panel.figures for box in _marks(figure, scales)]
    taken += [box for segment in panel.segments for box in _beads(segment, scales)]
    told = Counter(map(_said, panel.figures))
    placed = []
    for figure in _labelled(panel, len(told)):
        count = told.pop(_said(figure), 0)
        if not count:
            continue
        text = _text(figure, lang)
        if count > 1:
            text = WORDS[lang]["times"].format(figure=text, count=count)
        own = _marks(figure, scales)
        for label, box in _candidates(figure, text, scales):
            if not any(_overlap(box, other) for other in taken if other not in own):
                placed.append(label)
                taken.append(box)
                break
    return tuple(placed)


def _labelled(panel: Panel, count: int) -> Iterable[Figure]:
    if count <= _MOST_LABELS:
        return panel.figures
    last = {figure.status: figure.last for figure in sorted(panel.figures, key=lambda one: one.last)}
    return [figure for figure in panel.figures if figure.last == last[figure.status]][:_MOST_LABELS]


def _text(figure: Figure, lang: str) -> str:
    text = figure.written(lang)
    if not figure.base_label:
        return text
    base = figure.base_label[:1].lower() + figure.base_label[1:]
    return f"{text} {WORDS[lang]['base'].format(base=base)}"


def _said(figure: Figure) -> tuple[object, ...]:
    return (figure.first, figure.last, figure.status, figure.measure, figure.bound, figure.span, figure.base)


def _marks(figure: Figure, scales: Scales) -> Sequence[Box]:
    start, middle, end = stretch(figure)
    low, high = map(float, figure.span)
    x, top = scales.at(middle, high)
    _, bottom = scales.at(middle, low)
    left, right = (scales.at(when, low)[0] for when in (start, end))
    up = _ARROW if figure.bound in {"more-than", "at-least"} else _MARK
    down = _ARROW if figure.bound == "at-most" else _MARK
    return [(x - _MARK, top - up, x + _MARK, bottom + down), (left, bottom - 1, right, bottom + 1)]


def _beads(segment: Segment, scales: Scales) -> Iterator[Box]:
    """Give small boxes along a line."""
    left, right = (scales.at(stretch(one)[1], float(one.value)) for one in (segment.start, segment.end))
    for step in range(_BEADS + 1):
        x = left[0] + (right[0] - left[0]) * step / _BEADS
        y = left[1] + (right[1] - left[1]) * step / _BEADS
        yield (x - 1, y - 1, x + 1, y + 1)


def _candidates(figure: Figure, text: str, scales: Scales) -> Iterator[tuple[Placed, Box]]:
    """Give the places for a label: above the figure, below it, farther above, farther below."""
    _, middle, _ = stretch(figure)
    low, high = map(float, figure.span)
    x, top = scales.at(middle, high)
    _, bottom = scales.at(middle, low)
    width = len(text) * _LETTER
    align, left = "center", x - width / 2
    if left < 0:
        align, left = "left", x - _MARK
    elif left + width > scales.width:
        align, left = "right", x - width + _MARK
    dx = {"center": 0.0, "left": -_MARK, "right": _MARK}[align]
    up = figure.bound in {"more-than", "at-least"}
    down = figure.bound == "at-most"
    for shift in (_ABOVE, _BELOW, _HIGH_ABOVE, _FAR_BELOW):
        if (shift == _ABOVE and up) or (shift == _BELOW and down):
            continue
        y = (top if shift < 0 else bottom) + shift
        box = (left, y - _LINE / 2, left + width, y + _LINE / 2)
        if box[1] >= -_LINE and box[3] <= scales.height:
            anchor = shift if shift < 0 else shift + (bottom - top)
            yield Placed(figure, text, dx, round(anchor, 2), align), box


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
