"""Where the nodes of a network stand on a plane, and where their names do: always the same.

The layout is Fruchterman and Reingold's (1991), begun from a Halton sequence
and reckoned in square roots only, so that nothing depends on chance or on a
library of functions.
"""

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

__all__ = ["Label", "lay_out", "place_names"]

_ROUNDS: Final = 260
_GRAVITY: Final = 0.04
_LEAST: Final = 0.01
_LETTER: Final = 7.2
_LINE: Final = 15.0
_LETTERS: Final = 22
_LINES: Final = 3
_AWAY: Final = 5.0

Point = tuple[float, float]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Label:
    """A name in lines, beside its node: where the first line stands, and its anchor."""

    lines: tuple[str, ...]
    x: float
    y: float
    anchor: str


def lay_out(count: int, edges: Sequence[tuple[int, int]], *, width: float, height: float) -> list[Point]:
    """Give *count* nodes places in a frame: tied ones near each other, all others apart.

    Args:
        count: How many nodes there are; *edges* name them from 0.
        edges: Pairs of nodes that are tied.
        width: The frame's width.
        height: Its height.
    """
    if count == 1:
        return [(width / 2, height / 2)]
    places = [[_halton(one, 2) * width, _halton(one, 3) * height] for one in range(1, count + 1)]
    ideal = sqrt(width * height / max(count, 1)) * 0.8
    for turn in range(_ROUNDS):
        moves = _pushes(places, ideal)
        for one, other in edges:
            across, down, far = _between(places[one], places[other])
            pull = far / ideal
            moves[one][0] -= across * pull
            moves[one][1] -= down * pull
            moves[other][0] += across * pull
            moves[other][1] += down * pull
        heat = width / 8 * (1 - turn / _ROUNDS) + 1
        for place, move in zip(places, moves, strict=True):
            move[0] += (width / 2 - place[0]) * _GRAVITY
            move[1] += (height / 2 - place[1]) * _GRAVITY
            far = max(sqrt(move[0] * move[0] + move[1] * move[1]), _LEAST)
            step = min(far, heat) / far
            place[0] += move[0] * step
            place[1] += move[1] * step
    return _framed(places, width, height)


def place_names(names: Sequence[str], points: Sequence[Point], radii: Sequence[float]) -> list[Label]:
    """Write each node's name where it covers least of the nodes and of the names before it."""
    taken = [(x - r, y - r, x + r, y + r) for (x, y), r in zip(points, radii, strict=True)]
    labels = []
    for name, (x, y), radius in zip(names, points, radii, strict=True):
        lines = _wrapped(name)
        label, box = min(
            _candidates(lines, x, y, radius),
            key=lambda candidate: sum(_overlap(candidate[1], other) for other in taken),
        )
        labels.append(label)
        taken.append(box)
    return labels


def _pushes(places: Sequence[Sequence[float]], ideal: float) -> list[list[float]]:
    moves = [[0.0, 0.0] for _ in places]
    for one in range(len(places)):
        for other in range(one):
            across, down, far = _between(places[one], places[other])
            push = ideal * ideal / (far * far)
            moves[one][0] += across * push
            moves[one][1] += down * push
            moves[other][0] -= across * push
            moves[other][1] -= down * push
    return moves


def _between(one: Sequence[float], other: Sequence[float]) -> tuple[float, float, float]:
    across, down = one[0] - other[0], one[1] - other[1]
    return across, down, max(sqrt(across * across + down * down), _LEAST)


def _framed(places: Sequence[Sequence[float]], width: float, height: float) -> list[Point]:
    """Stretch the drawing to its frame."""
    sides = []
    for side, length in enumerate((width, height)):
        low = min(place[side] for place in places)
        reach = max(place[side] for place in places) - low
        sides.append([(place[side] - low) / reach * length if reach else length / 2 for place in places])
    return [(round(x, 1), round(y, 1)) for x, y in zip(*sides, strict=True)]


def _halton(place: int, base: int) -> float:
    """Return the *place*-th number of the Halton sequence of *base*."""
    share, found = 1.0, 0.0
    while place:
        share /= base
        found += share * (place % base)
        place //= base
    return found


def _wrapped(name: str) -> tuple[str, ...]:
    lines = textwrap.wrap(name, _LETTERS, break_on_hyphens=False)
    return (*lines[: _LINES - 1], lines[_LINES - 1] + " …") if len(lines) > _LINES else tuple(lines)


def _candidates(lines: tuple[str, ...], x: float, y: float, radius: float) -> Iterator[tuple[Label, Box]]:
    """Give the places for a name: below its node, above it, right and left of it."""
    width, height = max(map(len, lines)) * _LETTER, len(lines) * _LINE
    away = radius + _AWAY
    for anchor, left, top in (
        ("middle", x - width / 2, y + away),
        ("middle", x - width / 2, y - away - height),
        ("start", x + away, y - height / 2),
        ("end", x - away - width, y - height / 2),
    ):
        at = {"middle": x, "start": left, "end": x - away}[anchor]
        label = Label(lines, round(at, 1), round(top + _LINE * 0.8, 1), anchor)
        yield label, (left, top, left + width, top + height)


def _overlap(one: Box, other: Box) -> float:
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across * down if across > 0 and down > 0 else 0.0
