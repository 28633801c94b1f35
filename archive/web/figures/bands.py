"""A number beside the band of its peers, as a small drawing: from P10 to P90, the
median, and the agency's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

WIDTH, HEIGHT = 320, 46
"""Of the drawing, in its own units."""
_MARGIN = 12


@dataclass(frozen=True, slots=True)
class BandDrawing:
    """Where everything stands, from the left."""

    begin: float
    middle: float
    end: float
    own: float | None
    """None where the agency has no number that can be placed."""
    width: int = WIDTH
    height: int = HEIGHT


def drawn(
    p10: Fraction, p50: Fraction, p90: Fraction, own: Fraction | None
) -> BandDrawing:
    """The band from one margin to the other, or beyond it as far as the own number."""
    low, high = min(p10, p90), max(p10, p90)
    if own is not None:
        low, high = min(low, own), max(high, own)
    span = high - low

    def at(value: Fraction) -> float:
        # All equal: one place in the middle.
        share = (value - low) / span if span else Fraction(1, 2)
        return round(_MARGIN + float(share) * (WIDTH - 2 * _MARGIN), 1)

    return BandDrawing(at(p10), at(p50), at(p90), None if own is None else at(own))
