"""When sources and pages are looked at again."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.catalogue.collected.schedule import (
    CHINA,
    LONGEST_LOOK,
    is_season,
    next_look,
    next_season,
    next_visit,
    retry_at,
)

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MOMENTS = st.integers(0, 11 * 365 * 24 * 60).map(
    lambda minutes: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
HOURS = st.integers(1, 8760)
IDS = st.integers(1, 10**6)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2026, 1, 1, tzinfo=CHINA), True),
        (datetime(2025, 12, 31, 15, 59, tzinfo=UTC), False),
        (datetime(2025, 12, 31, 16, 0, tzinfo=UTC), True),
        (datetime(2026, 4, 30, 23, 59, tzinfo=CHINA), True),
        (datetime(2026, 4, 30, 16, 0, tzinfo=UTC), False),
        (datetime(2026, 11, 27, tzinfo=UTC), False),
    ],
)
def test_the_season_goes_by_the_time_of_china(moment: datetime, expected: bool) -> None:
    assert is_season(moment) is expected


@given(IDS, HOURS, HOURS, MOMENTS)
def test_a_source_is_looked_at_in_its_hours(
    source_id: int, season_hours: int, rest_hours: int, moment: datetime
) -> None:
    found = next_visit(source_id, season_hours, rest_hours, moment)
    assert found > moment
    hours = season_hours if is_season(moment) else max(season_hours, rest_hours)
    assert found <= moment + hours * 1.5 * HOUR + timedelta(milliseconds=1)
    if not is_season(moment):
        latest = max(next_season(moment), moment + season_hours * 1.5 * HOUR)
        assert found <= latest + timedelta(milliseconds=1)


@given(IDS, st.integers(24, 336), MOMENTS)
def test_a_source_that_is_looked_at_at_its_time_keeps_its_pace(
    source_id: int, hours: int, moment: datetime
) -> None:
    first = next_visit(source_id, hours, hours, moment)
    second = next_visit(source_id, hours, hours, first + timedelta(minutes=20))
    is_capped = second >= next_season(first) - hours * HOUR
    if not is_capped:
        assert abs(second - first - hours * HOUR) < timedelta(milliseconds=1)


def most_in_a_minute(moments: list[datetime]) -> int:
    minutes = Counter(one.replace(second=0, microsecond=0) for one in moments)
    return max(minutes.values())


@pytest.mark.parametrize(
    ("moment", "most"),
    [
        (datetime(2026, 2, 3, 4, tzinfo=UTC), 4),
        (datetime(2026, 7, 3, 4, tzinfo=UTC), 2),
        # All that would be due after New Year come on the day before.
        (datetime(2025, 12, 30, 4, tzinfo=UTC), 4),
    ],
)
def test_thousands_are_not_due_at_once(moment: datetime, most: int) -> None:
    found = [next_visit(one, 24, 336, moment) for one in range(1, 3001)]
    assert most_in_a_minute(found) <= most


def test_a_year_of_a_source() -> None:
    """Daily in the season, every two weeks then, and no season begins without it."""
    moment, end = datetime(2026, 1, 1, tzinfo=CHINA), datetime(2027, 1, 3, tzinfo=CHINA)
    visits = []
    while moment < end:
        moment = next_visit(7, 24, 336, moment)
        visits.append(moment.astimezone(CHINA))
    months = Counter((one.year, one.month) for one in visits)
    assert months[2026, 2] == 28
    assert months[2026, 7] in (2, 3)
    around = [one for one in visits if abs(one - next_season(visits[0])) < DAY]
    assert len(around) == 2
    assert len(visits) < 150


@given(st.integers(0, 10**6), MOMENTS)
def test_looks_become_rarer(looks: int, moment: datetime) -> None:
    now, later = next_look(looks, moment), next_look(looks + 1, moment)
    assert moment + DAY <= now <= later <= moment + LONGEST_LOOK
    assert next_look(0, moment) == moment + DAY


@given(st.integers(0, 50), MOMENTS, st.integers(-400, 400))
def test_a_fresh_page_is_looked_at_often(
    looks: int, moment: datetime, age: int
) -> None:
    published = moment.astimezone(CHINA).date() - age * DAY
    pause = next_look(looks, moment) - moment
    expected = min(pause, max(age * DAY / 2, DAY)) if age >= 0 else pause
    assert next_look(looks, moment, published) == moment + expected


def test_how_often_a_page_is_looked_at() -> None:
    moment, published = datetime(2026, 3, 1, tzinfo=UTC), date(2026, 3, 1)
    days = []
    for looks in range(18):
        following = next_look(looks, moment, published)
        days.append((following - moment).days)
        moment = following
    assert days[:8] == [1, 1, 1, 1, 2, 3, 4, 7]
    assert days == sorted(days)
    assert days[-1] == 180


@given(st.integers(1, 100), MOMENTS)
def test_retries_come_ever_later(failures: int, moment: datetime) -> None:
    assert moment < retry_at(failures, moment) <= retry_at(failures + 1, moment)


def test_the_first_retries() -> None:
    moment = datetime(2026, 3, 1, tzinfo=UTC)
    hours = [(retry_at(count, moment) - moment) / HOUR for count in range(1, 8)]
    assert hours == [0.5, 3, 12, 48, 96, 168, 168]
