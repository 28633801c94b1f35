"""Percentiles by one stated method, against numbers worked out by hand."""

from __future__ import annotations

from fractions import Fraction
from statistics import median

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from archive.store import totals

NUMBERS = st.lists(st.integers(-(10**6), 10**6), min_size=1, max_size=60)


def test_eleven_values_by_hand() -> None:
    """0, 10, … 100: the shares are the values themselves."""
    found = totals.band([Fraction(10 * one) for one in range(11)])
    assert found == totals.Band(
        least=Fraction(0),
        p10=Fraction(10),
        p50=Fraction(50),
        p90=Fraction(90),
        most=Fraction(100),
        count=11,
    )


def test_ten_values_by_hand() -> None:
    """1 to 10: P10 lies at place 0.9 of 0 to 9, so at 1.9; P90 at 8.1, so at 9.1."""
    found = totals.band([Fraction(one) for one in range(10, 0, -1)])
    assert found is not None
    assert (found.p10, found.p50, found.p90) == (
        Fraction(19, 10),
        Fraction(11, 2),
        Fraction(91, 10),
    )


def test_of_nine_no_band_is_drawn() -> None:
    assert totals.band([Fraction(one) for one in range(9)]) is None


@given(NUMBERS, st.integers(0, 100))
def test_as_numpy_does_it(numbers: list[int], share: int) -> None:
    ordered = [Fraction(one) for one in sorted(numbers)]
    found = totals.percentile(ordered, Fraction(share, 100))
    assert abs(float(found) - float(np.percentile(numbers, share))) < 1e-6


@given(NUMBERS)
def test_half_is_the_median(numbers: list[int]) -> None:
    ordered = [Fraction(one) for one in sorted(numbers)]
    assert totals.percentile(ordered, Fraction(1, 2)) == Fraction(median(numbers))
