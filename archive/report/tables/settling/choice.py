"""Damaged rows together: which placements fit each other, and what is certain then."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod

from archive.catalogue import Status
from archive.report.model import Figure, Number
from archive.report.relations import Relation
from archive.report.tables.lines import Value
from archive.report.tables.settling.arithmetic import (
    Figures,
    Values,
    holds,
    values_in,
)
from archive.report.tables.settling.placements import HOLE, Placement, placements
from archive.report.tables.sheet import DamagedRow

MAX_COMBINATIONS = 4_000
"""More ways than this to read the rows of a report are not weighed against another."""


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A damaged row and those of its figures that are certain."""

    row: DamagedRow
    figures: Figures

    @property
    def is_settled(self) -> bool:
        """Whether all of its figures are certain."""
        return len(self.figures) == len(self.row.keys)


@dataclass(frozen=True, slots=True)
class OpenRow:
    """A damaged row: the keys of its columns, and every way its values may stand."""

    keys: tuple[str, ...]
    ways: list[Placement]


def placed_rows(
    damaged: Sequence[DamagedRow], figures: Figures, rules: Sequence[Relation]
) -> list[PlacedRow]:
    """The figures of damaged rows, as far as the relations leave them one way only.

    The rows are weighed together: what one of them can be depends, through the columns,
    on what the others are.
    """
    if not damaged:
        return []
    # Up to a few dozen ways a row; seven columns with two holes have twenty-one.
    rows = [OpenRow(row.keys, _ways(row, rules)) for row in damaged]
    chosen = choose(values_in(figures), rows, rules)
    return [
        _placed(row, open_row.ways, certain)
        for row, open_row, certain in zip(damaged, rows, chosen, strict=True)
    ]


def _ways(row: DamagedRow, rules: Sequence[Relation]) -> list[Placement]:
    """The ways to read a row; none where the values may fit by chance.

    With one of them twice and another one gone, any of them may stand anywhere.
    """
    if row.by_chance:
        return []
    return placements(row.numbers, row.keys, rules)


def _placed(
    row: DamagedRow, ways: list[Placement], certain: dict[str, Number]
) -> PlacedRow:
    """A row with its certain figures, each with the cell it was printed in, if any."""
    figures: dict[str, Figure] = {}
    for key, number in certain.items():
        value = _source(row, row.keys.index(key), ways)
        # A computed value has no cell; the row it is missing from is where to look.
        figures[key] = Figure(
            key,
            number,
            value.cell.text.strip() if value else None,
            Status.INFERRED,
            value.cell.at if value else row.at,
        )
    return PlacedRow(row, figures)


def _source(row: DamagedRow, column: int, ways: list[Placement]) -> Value | None:
    """The printed value behind an inferred one, when all ways take it from one cell.

    None when it was computed, or when two cells that print the same could be it.
    """
    sources = {way.sources[column] for way in ways}
    if len(sources) != 1 or HOLE in sources:
        return None
    return row.values[sources.pop()]


def choose(
    known: Values, rows: Sequence[OpenRow], rules: Sequence[Relation]
) -> list[dict[str, Number]]:
    """For each damaged row the values that are certain; none where no way is left.

    A combination of placements is possible when it breaks no relation through these
    rows. A value is certain when all possible combinations agree on it and either its
    row adds up without a hole to be filled, or another relation than the row's own
    confirms every cell of the row, or the whole row is 0.
    """
    # A row that adds up in no way has a wrong number in it, or more than one damage.
    live = [row for row in rows if row.ways]
    across = _across(live, rules)
    possible: list[dict[str, Number | None]] = []
    if prod(len(row.ways) for row in live) <= MAX_COMBINATIONS:
        possible = list(_possible(known, live, across))
    if not possible:
        return [{} for _ in rows]

    # Any combination will do for the proof: it asks only which relations can be tested.
    values = {**known, **possible[0]}
    certain: list[dict[str, Number]] = []
    for row in rows:
        is_proved = _is_proved(row, values, rules, across)
        certain.append(_agreed(row.keys, possible) if is_proved else {})
    return certain


def _is_proved(
    row: OpenRow, values: Values, rules: Iterable[Relation], across: list[Relation]
) -> bool:
    """Whether more speaks for a row than that its values can be made to add up.

    A lost cell and one that was computed for it always add up. What counts is a sum of
    printed values only, or the columns of the table.
    """
    if not row.ways:
        return False
    if _adds_up(row, rules) or _is_all_zero(row):
        return True
    # Each cell must stand in a column that adds up: one column proves one cell only.
    confirmed = _keys_of(rule for rule in across if holds(rule, values))
    return confirmed.issuperset(row.keys)


def _keys_of(rules: Iterable[Relation]) -> set[str]:
    """The keys of all cells through which one of these relations goes.

    A cell of table 3 stands in two or three, one of table 4 in one.
    """
    return {key for rule in rules for key in rule.keys}


def _across(rows: Sequence[OpenRow], rules: Iterable[Relation]) -> list[Relation]:
    """The relations that go through damaged rows and are not one row's own.

    A row's own sum was used up when its values were placed; it proves nothing more.
    """
    across = []
    for rule in rules:
        keys = set(rule.keys)
        touched = [row for row in rows if keys.intersection(row.keys)]
        is_own = any(keys.issubset(row.keys) for row in touched)
        if touched and not is_own:
            across.append(rule)
    return across


def _possible(
    known: Values, rows: Sequence[OpenRow], across: list[Relation]
) -> Iterator[dict[str, Number | None]]:
    """The combinations that break no relation, as the values of the damaged rows.

    Rows that have no way to be read are left out: nothing is known of their cells, and
    a sum through them can't be broken.
    """
    for combination in product(*(row.ways for row in rows)):
        values: dict[str, Number | None] = {}
        for row, way in zip(rows, combination, strict=True):
            values.update(zip(row.keys, way.values, strict=True))
        # The rows above and below are known: with them the columns can be tested.
        merged = {**known, **values}
        if not any(holds(rule, merged) is False for rule in across):
            yield values


def _agreed(keys: Iterable[str], possible: Sequence[Values]) -> dict[str, Number]:
    """The values of a row on which all possible combinations agree.

    Of 3 0 0 with a lost 0 each way of placing it gives the same figures.
    """
    agreed: dict[str, Number] = {}
    for key in keys:
        value = possible[0][key]
        is_common = all(values[key] == value for values in possible)
        if value is not None and is_common:
            agreed[key] = value
    return agreed


def _adds_up(row: OpenRow, rules: Iterable[Relation]) -> bool:
    """Whether a row is proved by its own sum: every value of it is a printed one.

    A value that was computed from the sum makes any row add up. The rows of table 2
    stand in no sum; nothing proves them.
    """
    if any(HOLE in way.sources for way in row.ways):
        return False
    return _keys_of(rules).issuperset(row.keys)


def _is_all_zero(row: OpenRow) -> bool:
    """Whether only zeros are left for a row: then it does not matter how they stand.

    In the reports of small bodies most rows are nothing but zeros.
    """
    return all(value == 0 for way in row.ways for value in way.values)
