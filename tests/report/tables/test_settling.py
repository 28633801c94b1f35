"""The steps of settling, each by itself: only what the sums leave one way is taken."""

from __future__ import annotations

import pytest

from archive.report.model import Number
from archive.report.relations import Relation
from archive.report.tables.settling import adds_up, holds, placements
from archive.report.tables.settling.arithmetic import following
from archive.report.tables.settling.choice import OpenRow, choose
from archive.report.tables.settling.columns import shared_columns
from archive.report.tables.settling.placements import HOLE
from archive.report.tables.settling.scans import single_repairs

Numbers = list[Number | None]


def summed(keys: str) -> Relation:
    """The last key is the sum of the others, one letter each."""
    *parts, total = keys
    return Relation(tuple(parts), (total,), "applicants")


def valued(keys: str, numbers: Numbers) -> dict[str, Number | None]:
    return dict(zip(keys, numbers, strict=True))


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ([1, 2, 3], True),
        ([1, 2, 4], False),
        ([1, None, 3], None),
        ([3, None, 3], None),
        ([4, None, 3], False),
        ([1, 2, None], None),
        ([None, None, 0], None),
    ],
)
def test_a_sum_is_broken_only_when_no_value_could_mend_it(
    numbers: Numbers, expected: bool | None
) -> None:
    assert holds(summed("abt"), valued("abt", numbers)) is expected


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [([1, 2, 3], True), ([1, 2, 4], False), ([1, None, 1], None), ([0], True)],
)
def test_whether_the_last_is_the_sum(numbers: Numbers, expected: bool | None) -> None:
    assert adds_up(numbers) is expected


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ([1, None, 3], {"b": 2}),
        ([1, 2, None], {"t": 3}),
        ([None, None, 3], {}),
        ([4, None, 3], {}),
        ([0, None, 0], {}),
        ([1, 2, 3], {}),
        ([1, None, None], {}),
    ],
)
def test_what_follows_from_a_sum(numbers: Numbers, expected: dict[str, int]) -> None:
    assert following(valued("abt", numbers), [summed("abt")]) == expected


def test_several_cells_are_zero_when_the_rest_balances_already() -> None:
    values = valued("abct", [3, None, None, 3])
    assert following(values, [summed("abct")]) == {"b": 0, "c": 0}


def test_zeros_prove_nothing_unless_that_is_asked_for() -> None:
    values = valued("abt", [0, None, 0])
    assert following(values, [summed("abt")], trivially=True) == {"b": 0}


def test_nothing_follows_through_a_doubtful_cell() -> None:
    values = valued("abt", [1, None, 3])
    assert following(values, [summed("abt")], doubtful={"a"}) == {}


def test_what_follows_can_be_what_another_sum_lacked() -> None:
    values = valued("abtcu", [1, None, 3, None, 5])
    assert following(values, [summed("bcu"), summed("abt")]) == {"b": 2, "c": 3}


def test_a_lost_cell_may_have_stood_wherever_the_row_adds_up() -> None:
    found = placements([1, 2, 6], "abct", [summed("abct")])
    lost_before = {(3, 1, 2, 6), (1, 3, 2, 6), (1, 2, 3, 6)}
    total_lost = {(1, 2, 6, 9)}
    assert {one.values for one in found} == lost_before | total_lost
    assert {one.sources.count(HOLE) for one in found} == {1}


def test_a_doubled_cell_falls_away_and_one_that_is_no_double_does_not() -> None:
    found = placements([1, 2, 2, 3], "abt", [summed("abt")])
    assert [one.values for one in found] == [(1, 2, 3)]
    assert placements([1, 9, 2, 3], "abt", [summed("abt")]) == []


def test_far_too_few_values_are_not_placed() -> None:
    assert placements([6], "abct", [summed("abct")]) == []


def test_a_row_is_certain_when_printed_values_alone_add_up() -> None:
    rules = [summed("abt")]
    row = OpenRow(tuple("abt"), placements([1, 2, 2, 3], "abt", rules))
    assert choose({}, [row], rules) == [{"a": 1, "b": 2, "t": 3}]


def test_a_row_with_a_computed_value_needs_every_column_to_confirm_it() -> None:
    own = summed("abt")
    columns = [summed("aA"), summed("bB"), summed("tT")]
    row = OpenRow(tuple("abt"), placements([1, 3], "abt", [own, *columns]))
    known: dict[str, Number | None] = {"A": 1, "B": 2, "T": 3}
    assert choose(known, [row], [own, *columns]) == [{"a": 1, "b": 2, "t": 3}]
    assert choose(known, [row], [own, *columns[:2]]) == [{}]


def test_the_columns_that_a_whole_table_has_too_many() -> None:
    rows: list[Numbers] = [[1, 2, 3, 6, 9], [2, 2, 4, 8, 12], [5, 0, 5, 10, 15]]
    assert shared_columns(rows, 4) is None
    rows = [[1, 2, 3, 3], [4, 5, 9, 9], [0, 7, 1, 7]]
    assert shared_columns(rows, 3) == (0, 1, 3)
    assert shared_columns(rows[1:], 3) is None
    assert shared_columns([*rows, [1, 2, 3]], 3) is None


def test_a_misread_digit_is_the_one_cell_that_mends_both_sums() -> None:
    rules = [summed("abt"), summed("cdu"), summed("acx"), summed("bdy")]
    values = valued("abtcduxy", [7, 2, 3, 4, 5, 9, 5, 7])
    assert single_repairs(values, rules) == {"a": 1}
    assert single_repairs({**values, "d": 6}, rules) == {"a": 1, "d": 5}
    assert single_repairs({**values, "b": 3}, rules) == {}
    assert single_repairs(valued("abt", [7, 2, 3]), rules[:1]) == {}
