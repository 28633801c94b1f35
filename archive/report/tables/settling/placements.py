"""Every way to put the values of a damaged row into its columns.

A text saved from a page loses its cells' borders: empty cells fall away, the last total
of a row is cut, a cell is printed twice. Which value belongs into which column is then
open, but their order is not, and the row must still add up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from archive.report.model import Number
from archive.report.relations import Relation
from archive.report.tables.settling.arithmetic import following, holds

Numbers = Sequence[Number | None]
Slots = tuple[int | None, ...]
"""For each column the index of the value that stands in it, or None for a hole."""

HOLE = -1
"""In `Placement.sources`: the column's value was computed, it is not printed."""
MAX_LOST = 2
"""A row that lost more cells than this is not settled …"""
MAX_EXTRA = 3
"""… nor one with more superfluous ones."""


@dataclass(frozen=True, slots=True)
class Placement:
    """One way to read a damaged row: a value for each of its columns.

    `sources`: which of the printed values it is, or HOLE.
    """

    values: tuple[Number | None, ...]
    sources: tuple[int, ...]


def placements(
    numbers: Numbers, keys: Sequence[str], rules: Iterable[Relation]
) -> list[Placement]:
    """Every way to put a row's values into its columns that its own relations allow.

    The values stay in order. Too few: holes anywhere, filled where the relations say
    how. Too many: repeated ones and zeros are superfluous. None stands for a blank, a
    dash or an unreadable cell, which may also be padding.
    """
    own = [rule for rule in rules if set(rule.keys) <= set(keys)]
    found: dict[tuple[Number | None, ...], Placement] = {}
    for slots in _orders(numbers, len(keys)):
        # Two ways that give the same figures are one: 0 0 with a 0 lost among them.
        row = _completed(slots, numbers, keys, own)
        if row is not None:
            sources = tuple(HOLE if index is None else index for index in slots)
            found.setdefault(row, Placement(row, sources))
    return list(found.values())


def _completed(
    slots: Slots, numbers: Numbers, keys: Sequence[str], own: list[Relation]
) -> tuple[Number | None, ...] | None:
    """The row with its holes filled as its own relations say; None if these forbid it.

    One hole in a row with a sum is filled by it, two only if nothing is left for them.
    """
    values: dict[str, Number | None] = {}
    for key, index in zip(keys, slots, strict=True):
        values[key] = None if index is None else numbers[index]
    values |= following(values, own, trivially=True)
    if any(holds(rule, values) is False for rule in own):
        return None
    return tuple(values[key] for key in keys)


def _orders(numbers: Numbers, width: int) -> Iterator[Slots]:
    """The orders to be tried: of all cells, and of those alone that hold a number.

    A blank of a dump can be an empty cell in its column, or what is left of a label
    that spanned several columns.
    """
    # A dump with as many cells as columns may still have lost one and kept a blank that
    # is none: both readings are tried.
    everything = range(len(numbers))
    printed = [index for index in everything if numbers[index] is not None]
    yield from _in_columns(everything, numbers, width)
    if len(printed) < len(everything):
        yield from _in_columns(printed, numbers, width)


def _in_columns(chosen: Sequence[int], numbers: Numbers, width: int) -> Iterator[Slots]:
    """All ways to put some of the cells into the columns.

    None when far too few or too many are there: a sum can't choose between so many.
    """
    missing = width - len(chosen)
    if 0 < missing <= MAX_LOST:
        yield from _with_holes(chosen, numbers, width)
    elif -MAX_EXTRA <= missing <= 0:
        yield from _without_superfluous(chosen, numbers, width)


def _with_holes(chosen: Sequence[int], numbers: Numbers, width: int) -> Iterator[Slots]:
    """The values in all the columns they may stand in, with nothing in the others.

    Empty cells fall away when a page is saved as text; the order of the rest stays.
    """
    for columns in combinations(range(width), len(chosen)):
        slots: list[int | None] = [None] * width
        for column, index in zip(columns, chosen, strict=True):
            slots[column] = _if_printed(index, numbers)
        yield tuple(slots)


def _without_superfluous(
    chosen: Sequence[int], numbers: Numbers, width: int
) -> Iterator[Slots]:
    """The values without those that may be too many, in all ways."""
    for kept in combinations(chosen, width):
        dropped = set(chosen).difference(kept)
        if all(_may_be_superfluous(index, numbers) for index in dropped):
            yield tuple(_if_printed(index, numbers) for index in kept)


def _if_printed(index: int, numbers: Numbers) -> int | None:
    """The slot of a cell; a cell without a number leaves its column open."""
    if numbers[index] is None:
        return None
    return index


def _may_be_superfluous(index: int, numbers: Numbers) -> bool:
    """Whether a value can be one too many.

    It is nothing, a stray 0, or the same as its neighbour: LibreOffice puts a column
    more into some old Word files, and other programs print a merged cell once for each
    column that it spans.
    """
    # A merged cell that is printed twice stands twice in a row.
    before = numbers[max(index - 1, 0) : index]
    after = numbers[index + 1 : index + 2]
    value = numbers[index]
    if not value:
        return True
    return value in (*before, *after)
