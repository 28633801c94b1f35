"""Percentiles, by one method everywhere. Pure.

Linear between the two nearest of the values in order, the smallest being 0 and the
largest 100: definition 7 of Hyndman and Fan (1996), PERCENTILE.INC of spreadsheets.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

FEWEST_PEERS = 10
"""Of fewer values no band is drawn: its ends would be single agencies."""


@dataclass(frozen=True, slots=True)
class Band:
    """Where most of the values lie."""

    least: Fraction
    p10: Fraction
    p50: Fraction
    p90: Fraction
    most: Fraction
    count: int


def percentile(ordered: Sequence[Fraction], share: Fraction) -> Fraction:
    """The value below which this share (0 to 1) of all lies; `ordered` holds at least
    one.
    """
    at = share * (len(ordered) - 1)
    whole = at.numerator // at.denominator
    low = ordered[whole]
    if whole == at:
        return low
    return low + (ordered[whole + 1] - low) * (at - whole)


def band(values: Sequence[Fraction]) -> Band | None:
    """The band of values in any order; None of fewer than FEWEST_PEERS."""
    if len(values) < FEWEST_PEERS:
        return None
    ordered = sorted(values)
    return Band(
        least=ordered[0],
        p10=percentile(ordered, Fraction(1, 10)),
        p50=percentile(ordered, Fraction(1, 2)),
        p90=percentile(ordered, Fraction(9, 10)),
        most=ordered[-1],
        count=len(ordered),
    )
