"""When a source is stale, and which runs of its history are kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.catalogue.collected.health import (
    Stale,
    period_of,
    staleness,
    surplus,
    years_in_a_row,
)

DAY = timedelta(days=1)
MARCH = datetime(2026, 3, 10, 8, tzinfo=UTC)
AUGUST = datetime(2026, 8, 10, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "success", "new", "years", "stale"),
    [
        # In the season three days are three intervals, in the rest of the year 42.
        (MARCH, MARCH - 2 * DAY, MARCH, 0, None),
        (MARCH, MARCH - 3.1 * DAY, MARCH, 0, Stale.NO_SUCCESS),
        (AUGUST, AUGUST - 41 * DAY, None, 9, None),
        (AUGUST, AUGUST - 43 * DAY, None, 9, Stale.NO_SUCCESS),
        # Never well: that is another thing.
        (MARCH, None, None, 9, None),
        # On 2 January the denser interval has only begun.
        (datetime(2026, 1, 2, tzinfo=UTC), datetime(2025, 12, 20, tzinfo=UTC), MARCH, 0, None),
        (datetime(2026, 1, 5, tzinfo=UTC), datetime(2025, 12, 20, tzinfo=UTC), MARCH, 0, Stale.NO_SUCCESS),
        # Steady for three years, and nothing for one.
        (MARCH, MARCH, MARCH - 366 * DAY, 3, Stale.NOTHING_NEW),
        (MARCH, MARCH, None, 3, Stale.NOTHING_NEW),
        (MARCH, MARCH, MARCH - 366 * DAY, 2, None),
        (MARCH, MARCH, MARCH - 364 * DAY, 3, None),
        (AUGUST, AUGUST, AUGUST - 366 * DAY, 3, None),
    ],
)  # fmt: skip
def test_stale(
    moment: datetime,
    success: datetime | None,
    new: datetime | None,
    years: int,
    stale: Stale | None,
) -> None:
    assert staleness(moment, 24, 336, success, new, years) == stale


@pytest.mark.parametrize(
    ("years", "in_a_row"),
    [
        ((2022, 2023, 2024), 3),
        ((2019, 2020, 2022, 2023, 2024), 3),
        ((2025, 2024), 2),
        # It ended long ago: nobody waits for it.
        ((2018, 2019, 2020, 2021), 0),
        ((), 0),
    ],
)
def test_years_in_a_row(years: tuple[int, ...], in_a_row: int) -> None:
    assert years_in_a_row(years, MARCH) == in_a_row


def test_a_week_and_a_month_by_the_calendar_of_china() -> None:
    assert period_of(MARCH - 90 * DAY, MARCH) == ""
    assert period_of(datetime(2025, 11, 30, 15, tzinfo=UTC), MARCH) == "2025-W48"
    assert period_of(datetime(2025, 11, 30, 16, tzinfo=UTC), MARCH) == "2025-W49"
    assert period_of(datetime(2023, 12, 31, 16, tzinfo=UTC), MARCH) == "2024-01"


ages = st.integers(0, 1500 * 24)


@given(st.lists(ages, max_size=120))
def test_one_of_each_period_stays_and_nothing_young_goes(hours: list[int]) -> None:
    runs = [(number, MARCH - timedelta(hours=age)) for number, age in enumerate(hours)]
    gone = set(surplus(runs, MARCH))
    kept = {number: at for number, at in runs if number not in gone}
    before = {period_of(at, MARCH) for _, at in runs} - {""}
    periods = [period_of(at, MARCH) for at in kept.values()]
    assert sorted(filter(None, periods)) == sorted(before)
    assert all(period_of(at, MARCH) for number, at in runs if number in gone)
    # The newest of all is never given up, and a second time nothing is.
    if runs:
        newest = max(runs, key=lambda one: (one[1], one[0]))
        assert newest[0] in kept
    assert surplus(kept.items(), MARCH) == []


def test_daily_runs_of_four_years() -> None:
    runs = [(age, MARCH - age * DAY) for age in range(1460)]
    kept = len(runs) - len(surplus(runs, MARCH))
    # 90 days, 91 weeks, 24 months.
    assert 91 + 90 + 23 <= kept <= 91 + 93 + 26
