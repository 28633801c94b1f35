"""From numbers to places in a drawing, and the round numbers of an axis."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

_STEPS = (1, 2, 5, 10)


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight scale: `low` at `start`, `high` at `end`; upside down where the start
    is the greater, as heights are.
    """

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """The place of a value."""
        span = self.high - self.low
        return round(
            self.start + (value - self.low) / span * (self.end - self.start), 1
        )


def ticks(values: Sequence[float], most: int = 5) -> list[float]:
    """Round numbers around all values, and 0, which bars and heights begin at."""
    low, high = min([0.0, *values]), max([0.0, *values])
    if low == high:
        high = 1.0
    step = _step((high - low) / most)
    first, last = math.floor(low / step), math.ceil(high / step)
    # Sums of steps would not be round: 0.1 + 0.2.
    return [round(at * step, 10) for at in range(first, last + 1)]


def _step(least: float) -> float:
    """The smallest of 1, 2, 5 with as many zeros as needed that is not below."""
    power: float = 10.0 ** math.floor(math.log10(least))
    for step in _STEPS:
        if step * power >= least * (1 - 1e-9):
            return step * power
    return 10 * power


def fitted(
    values: Sequence[float], start: float, end: float
) -> tuple[Scale, list[float]]:
    """A scale for these values, and the numbers of its axis."""
    marks = ticks(values)
    return Scale(marks[0], marks[-1], start, end), marks


def apart(places: Sequence[float], least: float, most: float = math.inf) -> list[float]:
    """Places of words, in their order, moved down until none covers the one before;
    those that would lie below `most` are moved up together with what is in their way.
    """
    moved: list[float] = []
    for place in places:
        lowest = moved[-1] + least if moved else place
        moved.append(max(place, lowest))
    highest = most
    for at in range(len(moved) - 1, -1, -1):
        moved[at] = min(moved[at], highest)
        highest = moved[at] - least
    return moved
