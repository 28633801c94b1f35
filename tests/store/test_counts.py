"""Counts are kept: pages read them, whoever writes counts anew, and not too often."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from archive.store import Store, counting, recount, recount_if_due
from archive.store.rows import CountRow
from tests.store.filing import file, report


def reports(store: Store) -> int:
    with store.session() as session:
        return counting.holdings(session).reports


def set_back(store: Store, seconds: float, took: int) -> None:
    """As if the last count had been so long ago, and taken so many milliseconds."""
    moment = datetime.now(UTC) - timedelta(seconds=seconds)
    values = {"value": moment.isoformat(), "number": took}
    change = update(CountRow).where(CountRow.kind == "counted").values(**values)
    with store.session() as session:
        session.execute(change)


def test_what_was_never_counted_is_counted_when_asked(store: Store) -> None:
    file(store, "a", report(year=2022))
    assert reports(store) == 1
    file(store, "b", report(year=2023))
    assert reports(store) == 2


def test_counts_are_kept_until_they_are_made_anew(store: Store) -> None:
    file(store, "a", report(year=2022))
    store.write(recount)
    file(store, "b", report(year=2023))
    assert reports(store) == 1
    recount_if_due(store)
    assert reports(store) == 1, "this was done a moment ago"
    store.write(recount)
    assert reports(store) == 2


@pytest.mark.parametrize(
    ("seconds", "took", "is_due"),
    [(11, 0, True), (9, 0, False), (11, 1000, False), (21, 1000, True)],
)
def test_counting_takes_a_small_part_of_the_time(
    store: Store, seconds: float, took: int, is_due: bool
) -> None:
    store.write(recount)
    file(store, "a", report())
    set_back(store, seconds, took)
    recount_if_due(store)
    assert reports(store) == int(is_due)
