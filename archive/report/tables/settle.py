"""Damaged rows and blank cells: what the arithmetic of the form leaves possible.

A value is taken only when every reading that the relations allow gives the same one,
and when more than the relation it was computed from speaks for it. What was printed in
its place is never changed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, product
from math import prod

from archive.report.model import Number
from archive.report.relations import Relation

Values = dict[str, Number | None]
Slots = tuple[int | None, ...]
"""For each column the index of the value that stands in it, or None for a hole."""

MAX_COMBINATIONS = 4_000
MAX_LOST = 2
"""A row that lost more cells than this is not settled …"""
MAX_EXTRA = 3
"""… nor one with more superfluous ones."""
HOLE = -1
"""In `Reading.sources`: the column's value was computed, it is not printed."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a damaged row: a value for each column, and which of the printed
    values it is.
    """

    values: tuple[Number | None, ...]
    sources: tuple[int, ...]


def readings(
    numbers: Sequence[Number | None], keys: Sequence[str], rules: Iterable[Relation]
) -> list[Reading]:
    """Every way to put the values of a row into its columns in order that the row's own
    relations allow.

    Too few: holes anywhere, filled where the relations say how. Too many: repeated ones
    and zeros are superfluous. None stands for a blank, a dash or an unreadable cell,
    which may also be padding.
    """
    own = [rule for rule in rules if set(rule.keys) <= set(keys)]
    found: dict[tuple[Number | None, ...], Reading] = {}
    for slots in _placements(numbers, len(keys)):
        values: Values = {
            key: None if index is None else numbers[index]
            for key, index in zip(keys, slots, strict=True)
        }
        fill(values, own, trivially=True)
        if all(holds(rule, values) is not False for rule in own):
            sources = tuple(HOLE if index is None else index for index in slots)
            row = tuple(values[key] for key in keys)
            found.setdefault(row, Reading(row, sources))
    return list(found.values())


def _placements(numbers: Sequence[Number | None], width: int) -> Iterable[Slots]:
    indexes = list(range(len(numbers)))
    printed = [index for index in indexes if numbers[index] is not None]
    for chosen in [indexes] if len(printed) == len(indexes) else [indexes, printed]:
        if len(chosen) >= width:
            if len(chosen) <= width + MAX_EXTRA:
                for kept in combinations(chosen, width):
                    if not all(
                        _is_repeated(index, numbers)
                        for index in set(chosen).difference(kept)
                    ):
                        continue
                    yield tuple(
                        index if numbers[index] is not None else None for index in kept
                    )
        elif len(chosen) >= width - MAX_LOST:
            for columns in combinations(range(width), len(chosen)):
                slots: list[int | None] = [None] * width
                for column, index in zip(columns, chosen, strict=True):
                    slots[column] = index if numbers[index] is not None else None
                yield tuple(slots)


def _is_repeated(index: int, numbers: Sequence[Number | None]) -> bool:
    """Whether a value can be superfluous: nothing, a stray 0, or the same as its
    neighbour (cells get doubled).
    """
    return not numbers[index] or numbers[index] in (
        *numbers[max(index - 1, 0) : index],
        *numbers[index + 1 : index + 2],
    )


def shared_columns(
    rows: Sequence[Sequence[Number | None]], width: int
) -> tuple[int, ...] | None:
    """The columns that make sense of a whole table with superfluous ones (小计, a
    second 其他).

    All rows have the same number of values; the last of those kept is the sum of the
    others in every row. None unless exactly one choice of columns does that and three
    rows or more are not all 0.
    """
    lengths = {len(row) for row in rows}
    length = lengths.pop() if len(lengths) == 1 else 0
    if not width < length <= width + MAX_EXTRA:
        return None
    fitting = [
        kept
        for kept in combinations(range(length), width)
        if all(_adds_up(row, kept) for row in rows)
    ]
    filled = sum(1 for row in rows if any(row))
    return fitting[0] if len(fitting) == 1 and filled >= 3 else None


def _adds_up(row: Sequence[Number | None], kept: tuple[int, ...]) -> bool:
    values = [row[index] for index in kept]
    return (
        None not in values
        and sum(value for value in values[:-1] if value is not None) == values[-1]
    )


def choose(
    known: Mapping[str, Number | None],
    rows: Sequence[tuple[tuple[str, ...], list[Reading]]],
    rules: Sequence[Relation],
) -> list[dict[str, Number]]:
    """For each damaged row the values that are certain; rows that have no reading get
    none.

    A combination of readings is possible when it breaks no relation through these rows.
    A value is certain when all possible combinations agree on it and either its row
    adds up without a hole to be filled, or another relation than the row's own confirms
    every cell of the row, or the whole row is 0.
    """
    live = [(keys, found) for keys, found in rows if found]
    possible: list[Values] = []
    cells = {key for keys, _ in live for key in keys}
    across = [
        rule
        for rule in rules
        if cells & set(rule.keys) and not any(set(rule.keys) <= set(k) for k, _ in live)
    ]
    if 0 < prod(len(found) for _, found in live) <= MAX_COMBINATIONS:
        possible = list(_possible(known, live, across))
    summed = {key for rule in rules for key in rule.keys}
    return [
        _certain(keys, found, known, possible, across, in_sums=set(keys) <= summed)
        if found
        else {}
        for keys, found in rows
    ]


def _possible(
    known: Mapping[str, Number | None],
    rows: Sequence[tuple[tuple[str, ...], list[Reading]]],
    across: list[Relation],
) -> Iterable[Values]:
    """The combinations that break no relation, as the values of the damaged rows."""
    for combination in product(*(found for _, found in rows)):
        values = {
            key: value
            for (keys, _), reading in zip(rows, combination, strict=True)
            for key, value in zip(keys, reading.values, strict=True)
        }
        merged = {**known, **values}
        if all(holds(rule, merged) is not False for rule in across):
            yield values


def _certain(
    keys: tuple[str, ...],
    found: list[Reading],
    known: Mapping[str, Number | None],
    possible: list[Values],
    across: list[Relation],
    *,
    in_sums: bool,
) -> dict[str, Number]:
    if not possible:
        return {}
    agreed: dict[str, Number] = {}
    for key in keys:
        value = possible[0][key]
        if value is not None and all(values[key] == value for values in possible):
            agreed[key] = value
    complete = all(HOLE not in reading.sources for reading in found)
    if (complete and in_sums) or all(
        value == 0 for reading in found for value in reading.values
    ):
        return agreed
    tested = {
        key
        for rule in across
        if holds(rule, {**known, **possible[0]})
        for key in rule.keys
    }
    return agreed if set(keys) <= tested else {}


def fill(
    values: Values,
    rules: Iterable[Relation],
    *,
    trivially: bool = False,
    doubtful: Collection[str] = (),
) -> set[str]:
    """Fills unknown values that follow from relations, counts being whole and not
    negative.

    One unknown follows from the rest; several on one side are all zero when the rest
    already balances. Relations between nothing but zeros prove nothing unless
    `trivially`, and none through a `doubtful` cell does. Returns the keys filled.
    """
    filled: set[str] = set()
    sound = [rule for rule in rules if not any(key in doubtful for key in rule.keys)]
    changed = True
    while changed:
        changed = False
        for rule in sound:
            for key, value in _follows(rule, values, trivially).items():
                values[key] = value
                filled.add(key)
                changed = True
    return filled


def _follows(rule: Relation, values: Values, trivially: bool) -> dict[str, Number]:
    unknown = [key for key in rule.keys if values.get(key) is None]
    if not unknown:
        return {}
    on_left = [key for key in unknown if key in rule.left]
    if on_left and len(on_left) != len(unknown):
        return {}
    left = sum(value for key in rule.left if (value := values.get(key)) is not None)
    right = sum(value for key in rule.right if (value := values.get(key)) is not None)
    difference = right - left if on_left else left - right
    if difference < 0 or (len(unknown) > 1 and difference != 0):
        return {}
    if not trivially and not any(values.get(key) for key in rule.keys):
        return {}
    return dict.fromkeys(unknown, difference)


def holds(rule: Relation, values: Mapping[str, Number | None]) -> bool | None:
    """Whether a relation holds; None when it can't be told.

    Counts not being negative, a side that is more than the other one whole breaks it
    whatever the unknown values are.
    """
    left, left_is_known = _sum(rule.left, values)
    right, right_is_known = _sum(rule.right, values)
    if left_is_known and right_is_known:
        return left == right
    if (left > right and right_is_known) or (left < right and left_is_known):
        return False
    return None


def _sum(
    keys: Iterable[str], values: Mapping[str, Number | None]
) -> tuple[Number, bool]:
    """The sum of what is known, and whether that is all."""
    total: Number = 0
    is_known = True
    for key in keys:
        value = values.get(key)
        if value is None or (isinstance(value, Decimal) and not value.is_finite()):
            is_known = False
        else:
            total += value
    return total, is_known


def single_repairs(
    values: Mapping[str, Number | None], rules: Sequence[Relation]
) -> Values:
    """Misread cells: each the only one whose correction mends every broken relation
    through it.

    Only where the broken relations don't cross: each has exactly one such cell, which
    stands in two or more of them and in none that holds. Returns the corrected values.
    """
    broken = [rule for rule in rules if holds(rule, values) is False]
    mended: Values = {}
    for rule in broken:
        able = {
            key: value
            for key in rule.keys
            if (value := _repair(key, values, rules)) is not None
        }
        if len(able) != 1:
            return {}
        mended.update(able)
    return mended


def _repair(
    key: str, values: Mapping[str, Number | None], rules: Sequence[Relation]
) -> Number | None:
    """The one value of a cell with which all relations through it hold, when now two or
    more and all are broken.
    """
    through = [rule for rule in rules if key in rule.keys]
    if len(through) < 2 or any(holds(rule, values) is not False for rule in through):
        return None
    wanted: set[Number] = set()
    for rule in through:
        sides = rule.sides(values)
        if sides is None:
            return None
        left, right = sides
        now = values[key] or 0
        wanted.add(now + (right - left if key in rule.left else left - right))
    value = wanted.pop() if len(wanted) == 1 else None
    return value if value is not None and value >= 0 else None
