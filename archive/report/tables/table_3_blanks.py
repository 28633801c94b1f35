"""Dumps of table 3 from which the empty cells fell away, and what fits there by chance.

Programs that save a page as text leave nothing of an empty cell. Where zeros are left
blank, most rows are then too short, and a row of seven values need not be whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from archive.catalogue import APPLICANTS
from archive.report.tables.lines import Line, Value, numbers_of
from archive.report.tables.settling import adds_up


def loses_its_blanks(rows: Sequence[Line]) -> bool:
    """Whether half the rows of a dump have fewer than seven cells, empty ones included.

    A grid keeps its columns, and a dump with tabs its empty cells.
    """
    counts = [len(row.values) for row in rows if not row.aligned]
    short = [count for count in counts if count < len(APPLICANTS)]
    half = len(rows) / 2
    return len(short) >= half


def may_fit_by_chance(values: Sequence[Value] | None) -> bool:
    """Whether seven values may be six, one of them printed twice.

    Then a cell that fell away is made up for, and the columns before it are shifted. A
    row that adds up has no number twice but 0; where it is nothing but zeros, it does
    not matter how they stand.
    """
    if not values or len(values) != len(APPLICANTS):
        return False
    numbers = numbers_of(values)
    neighbours = pairwise(numbers)
    twice = {number for number, after in neighbours if number == after}
    twice.discard(None)
    if adds_up(numbers):
        return 0 in twice and any(numbers)
    return bool(twice)
