"""Damaged rows and blank cells: what the arithmetic of the form leaves possible.

A value is taken as `inferred` only when every reading that the relations allow gives the same one;
otherwise the cell stays missing. What was printed in an anchored place is never changed here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations, product

from archive.report.model import Number
from archive.report.relations import Relation

Values = dict[str, Number | None]
Placement = tuple[int | None, ...]
"""For each column the index of the value that stands in it, or None for a hole."""

MAX_COMBINATIONS = 4000
_MAX_EXTRA = 3


def placements(numbers: list[Number | None], width: int) -> list[Placement]:
    """Every way to put the values of a row into `width` columns in order.

    Too few: holes anywhere. Too many: any of them superfluous. None stands for a blank, a dash or
    an unreadable cell; such values may also be padding, so both readings are listed.
    """
    found: dict[Placement, None] = {}
    readings = [list(range(len(numbers)))]
    printed = [index for index, number in enumerate(numbers) if number is not None]
    if len(printed) != len(numbers):
        readings.append(printed)
    for indexes in readings:
        if len(indexes) < width - _MAX_EXTRA or len(indexes) > width + _MAX_EXTRA:
            continue
        if len(indexes) >= width:
            for chosen in combinations(indexes, width):
                found[tuple(None if numbers[index] is None else index for index in chosen)] = None
        else:
            for columns in combinations(range(width), len(indexes)):
                slots: list[int | None] = [None] * width
                for column, index in zip(columns, indexes, strict=True):
                    slots[column] = None if numbers[index] is None else index
                found[tuple(slots)] = None
    return list(found)


def fitting(numbers: list[Number | None], keys: tuple[str, ...], rules: Iterable[Relation]) -> list[Values]:
    """The readings of one damaged row that its own relations allow, holes filled where they say how."""
    rules = [rule for rule in rules if set(rule.keys) <= set(keys)]
    found: list[Values] = []
    for placement in placements(numbers, len(keys)):
        values: Values = {
            key: None if index is None else numbers[index] for key, index in zip(keys, placement, strict=True)
        }
        fill(values, rules)
        if all(holds(rule, values) is not False for rule in rules) and values not in found:
            found.append(values)
    return found


def choose(known: Mapping[str, Number | None], rows: list[list[Values]], rules: tuple[Relation, ...]) -> Values:
    """The values on which all best combinations of the rows' readings agree; None for the others.

    A combination is acceptable only when it breaks no relation through a cell of these rows that
    could be tested; among those, the ones that satisfy most are best.
    """
    cells = {key for row in rows for values in row for key in values}
    nothing: Values = dict.fromkeys(cells)
    size = 1
    for row in rows:
        size *= max(1, len(row))
    if size > MAX_COMBINATIONS:
        return nothing if len(rows) == 1 else _one_by_one(known, rows, rules)
    touched = [rule for rule in rules if cells & set(rule.keys)]
    best: list[Values] = []
    most = -1
    for combination in product(*rows):
        values = dict(known)
        for part in combination:
            values.update(part)
        results = [holds(rule, values) for rule in touched]
        if False in results:
            continue
        satisfied = results.count(True)
        if satisfied > most:
            best, most = [], satisfied
        if satisfied == most:
            best.append({key: values[key] for key in cells})
    if not best:
        return nothing
    return {key: best[0][key] if all(values[key] == best[0][key] for values in best) else None for key in cells}


def _one_by_one(known: Mapping[str, Number | None], rows: list[list[Values]], rules: tuple[Relation, ...]) -> Values:
    """Too many combinations: only what every reading of a row by itself agrees on."""
    values: Values = {}
    for row in rows:
        values.update(choose(known, [row], rules))
    return values


def fill(values: Values, rules: Iterable[Relation]) -> set[str]:
    """Fills unknown values that follow from relations, counts being whole and not negative.

    One unknown follows from the rest; several on one side are all zero when the rest already
    balances. Returns the keys filled. A value that would be negative is not filled.
    """
    filled: set[str] = set()
    rules = list(rules)
    changed = True
    while changed:
        changed = False
        for rule in rules:
            unknown = [key for key in rule.keys if values.get(key) is None]
            if not unknown:
                continue
            left = sum(value for key in rule.left if (value := values.get(key)) is not None)
            right = sum(value for key in rule.right if (value := values.get(key)) is not None)
            on_left = [key for key in unknown if key in rule.left]
            difference = right - left if len(on_left) == len(unknown) else left - right if not on_left else None
            if difference is None or difference < 0 or (len(unknown) > 1 and difference != 0):
                continue
            for key in unknown:
                values[key] = difference
                filled.add(key)
            changed = True
    return filled


def holds(rule: Relation, values: Mapping[str, Number | None]) -> bool | None:
    """Whether a relation holds; None when a value is not known."""
    sides = rule.sides(values)
    return None if sides is None else sides[0] == sides[1]
