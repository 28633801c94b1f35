"""A small column chart as numbers; the template draws it as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

HEIGHT = 120
STEP = 56
"""Width of a year, in the units of the drawing."""


@dataclass(frozen=True, slots=True)
class Column:
    """A year: `x` and `y` are the upper left corner of the bar; no value, no bar."""

    year: int
    value: int | Decimal | None
    x: int
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Chart:
    """The columns, and the size of the drawing in its own units."""

    columns: tuple[Column, ...]
    width: int
    height: int = HEIGHT
    step: int = STEP


def columns(values: Sequence[tuple[int, int | Decimal | None]]) -> Chart | None:
    """A column a year from the first to the last, gaps included.

    None when fewer than two years have a value.
    """
    known = {year: value for year, value in values if value is not None}
    if len(known) < 2:
        return None
    reported = [year for year, _ in values]
    # Years without a report leave a gap: a gap is news too.
    years = range(min(reported), max(reported) + 1)
    most = max(max(known.values()), 1)
    bars = []
    for at, year in enumerate(years):
        value = known.get(year)
        height = _height(value, most)
        bars.append(Column(year, value, at * STEP, HEIGHT - height, height))
    return Chart(tuple(bars), len(years) * STEP)


def _height(value: int | Decimal | None, most: int | Decimal) -> float:
    """The height of a bar beside one of `most`, which is as high as the drawing."""
    if value is None or value <= 0:
        return 0.0
    return round(float(value / most) * HEIGHT, 1)
