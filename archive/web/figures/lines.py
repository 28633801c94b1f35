"""A number year by year as a line; a year without one is a gap, not a zero."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

STEP, HEIGHT = 64, 110
"""Width of a year, and the height, in the units of the drawing."""


@dataclass(frozen=True, slots=True)
class Point:
    """A year; `y` is None without a number."""

    year: int
    x: float
    y: float | None
    told: str


@dataclass(frozen=True, slots=True)
class Line:
    """The points, the pieces of line between years that follow one another, and the
    size of the drawing.
    """

    points: tuple[Point, ...]
    pieces: tuple[str, ...]
    """Each as the points of an SVG polyline."""
    width: int
    height: int = HEIGHT


def drawn(years: Sequence[tuple[int, Fraction | None, str]]) -> Line | None:
    """A line from 0 to the greatest number. `years`: the oldest first, each with its
    number and that in words. None where fewer than two have a number.
    """
    numbers = {year: value for year, value, _ in years if value is not None}
    if len(numbers) < 2:
        return None
    values = (*numbers.values(), Fraction(0))
    most, least = max(values), min(values)
    span = most - least or Fraction(1)
    first, last = min(numbers), max(numbers)
    known = {year: (value, told) for year, value, told in years}
    points = []
    for year in range(first, last + 1):
        value, told = known.get(year, (None, ""))
        y = None if value is None else round(float((most - value) / span) * HEIGHT, 1)
        points.append(Point(year, (year - first) * STEP + STEP / 2, y, told))
    width = len(points) * STEP
    return Line(tuple(points), tuple(_pieces(points)), width)


def _pieces(points: Sequence[Point]) -> list[str]:
    pieces: list[list[str]] = [[]]
    for one in points:
        if one.y is None:
            pieces.append([])
        else:
            pieces[-1].append(f"{one.x},{one.y}")
    return [" ".join(piece) for piece in pieces if len(piece) > 1]
