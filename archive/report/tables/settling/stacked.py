"""Digits over several lines of one cell: one number that was wrapped, or two numbers.

Office programs wrap a long number in a narrow column (`222|3` for 2223), and editors
merge two rows of figures with a line break in each cell (25 above 238). Both look the
same; only a relation tells which it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from math import prod

from archive.report.model import Number
from archive.report.numbers import Kind, read_number
from archive.report.relations import Relation
from archive.report.tables.settling.arithmetic import (
    Figures,
    Values,
    holds,
    values_in,
)

Readings = Mapping[str, Sequence[Number]]
"""Key → every number that its cell may print, the joined one first."""

_MOST_READINGS = 3_000
"""More ways than this to read the cells of one relation prove nothing."""


def stacked(figures: Figures, rules: Sequence[Relation]) -> list[str]:
    """The keys of numbers that were joined from lines without anything to prove it.

    One is proved by a relation that holds with the joined number, and with no other
    reading of its lines and those of other cells in that relation.
    """
    readings: dict[str, list[Number]] = {}
    for key, figure in figures.items():
        lines = numbers_of_lines(figure.printed or "")
        if lines and figure.value is not None:
            readings[key] = [figure.value, *lines]

    if not readings:
        return []
    values = values_in(figures)
    unproved = set(readings)
    changed = True
    while changed:
        # What one relation has proved is known in the next.
        waiting = {key: readings[key] for key in unproved}
        proved: set[str] = set()
        for rule in rules:
            if _is_the_only_way(rule, values, waiting):
                proved.update(rule.keys)
        changed = not proved.isdisjoint(unproved)
        unproved -= proved
    return [key for key in readings if key in unproved]


def numbers_of_lines(printed: str) -> list[Number]:
    """The number of each line, where all lines of a cell could stand by themselves.

    A sign for nothing counts as 0. Empty for a single line, and where a line is part of
    a number for certain: `1,11|5`, `8462.|05`, `17|件`.
    """
    lines = list(filter(str.strip, printed.split("\n")))
    if len(lines) < 2:
        return []
    contents = list(map(read_number, lines))
    alone = {Kind.NUMBER, Kind.DASH, Kind.SLASH, Kind.NONE}
    if not alone.issuperset(content.kind for content in contents):
        return []
    return [content.value or 0 for content in contents]


def _is_the_only_way(rule: Relation, values: Values, waiting: Readings) -> bool:
    """Whether a relation holds with the joined numbers, and in no other way."""
    open_keys = [key for key in rule.keys if key in waiting]
    if not open_keys or not holds(rule, values):
        return False
    # 0 above 14 is no 14 that was wrapped: no number begins with 0.
    if any(waiting[key][0] in waiting[key][1:] for key in open_keys):
        return False
    if prod(len(waiting[key]) for key in open_keys) > _MOST_READINGS:
        return False
    ways = product(*(dict.fromkeys(waiting[key]) for key in open_keys))
    # The first way is the one with all numbers joined.
    next(ways)
    others = (dict(zip(open_keys, way, strict=True)) for way in ways)
    return not any(holds(rule, {**values, **read_so}) for read_so in others)
