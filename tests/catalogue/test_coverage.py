"""The state of a body and year: one rule, its order, and when a report is missed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.catalogue.duties import (
    COVERED_SINCE,
    NOT_MISSING,
    OBSTACLES,
    Coverage,
    Way,
    last_day,
    state_of,
)

H, U, W, R = (
    Coverage.HELD,
    Coverage.UNREACHABLE,
    Coverage.WITHHELD,
    Coverage.UNREAD,
)
WHOLE, NONE = Way(was_read_whole=True), Way()
obstacles = st.none() | st.sampled_from(sorted(OBSTACLES))
ways = st.builds(Way, obstacles, st.booleans())


@pytest.mark.parametrize(
    ("way", "held", "own", "existed", "is_over", "state"),
    [
        (NONE, True, None, True, True, H),
        (Way(U), True, W, False, False, H),
        (WHOLE, False, R, True, True, R),
        # Named by a list before the last day is over, and withheld.
        (WHOLE, False, W, True, False, W),
        (Way(U, was_read_whole=True), False, None, True, False, Coverage.NOT_DUE),
        (WHOLE, False, None, False, True, Coverage.NOT_DUE),
        (Way(U, was_read_whole=True), False, None, True, True, U),
        (Way(W), False, None, True, True, W),
        (NONE, False, None, True, True, Coverage.NO_SOURCE),
        (WHOLE, False, None, True, True, Coverage.NOT_SEEN),
    ],
)
def test_the_first_that_holds_counts(
    way: Way,
    held: bool,
    own: Coverage | None,
    existed: bool,
    is_over: bool,
    state: Coverage,
) -> None:
    told = state_of(way, held=held, own_obstacle=own, existed=existed, is_over=is_over)
    assert told is state


@given(ways, st.booleans(), obstacles, st.booleans(), st.booleans())
def test_nobody_is_said_to_be_unseen_whose_list_was_not_read(
    way: Way, held: bool, own: Coverage | None, existed: bool, is_over: bool
) -> None:
    state = state_of(way, held=held, own_obstacle=own, existed=existed, is_over=is_over)
    assert (state is Coverage.HELD) == held
    if state is Coverage.NOT_SEEN:
        assert way.was_read_whole
        assert way.obstacle is None
        assert existed
        assert is_over
    if state in OBSTACLES:
        assert state in (own, way.obstacle)
    is_missing = state not in NOT_MISSING
    if is_missing and own is None:
        assert existed
        assert is_over


@given(ways, st.booleans(), st.booleans())
def test_time_alone_makes_nothing_more_certain(
    way: Way, existed: bool, is_over: bool
) -> None:
    """What is due stays due: a state changes by what we do, or by the last day."""
    before = state_of(
        way, held=False, own_obstacle=None, existed=existed, is_over=is_over
    )
    after = state_of(way, held=False, own_obstacle=None, existed=existed, is_over=True)
    assert before in (after, Coverage.NOT_DUE)


@pytest.mark.parametrize(
    ("name", "level", "day"),
    [
        ("示例市商务局", "市", date(2024, 1, 31)),
        ("示例市人民政府", "市", date(2024, 3, 31)),
        ("示例市人民政府办公室", "市", date(2024, 3, 31)),
        ("示例镇人民政府", "乡镇", date(2024, 3, 31)),
        ("示例市第一医院", "市", date(2024, 3, 31)),
    ],
)
def test_a_report_is_missed_after_the_laws_last_day(
    name: str, level: str, day: date
) -> None:
    is_government = name.endswith("政府")
    assert last_day(2023, name, level, is_government=is_government) == day


@given(
    st.integers(COVERED_SINCE, 2100), st.sampled_from(["省", "市", "县", "乡镇", ""])
)
def test_every_report_is_missed_by_april(year: int, level: str) -> None:
    told = last_day(year, "示例市商务局", level, is_government=False)
    assert date(year + 1, 1, 31) <= told <= date(year + 1, 3, 31)
