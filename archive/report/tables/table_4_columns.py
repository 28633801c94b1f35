"""The fifteen columns of table 4: what its headings say, and the values below them.

The headings stand in three rows: 行政复议 and 行政诉讼; below the latter 未经复议直接起
诉 and 复议后起诉; and below all of them three times the five outcomes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from archive.catalogue import KINDS, OUTCOMES, proceeding_keys
from archive.report.document import Cell
from archive.report.tables.labels import Vocabulary, bare
from archive.report.tables.lines import Line, Value, cells_of

WIDTH = len(KINDS) * len(OUTCOMES)
"""Fifteen."""
_KINDS, _OUTCOMES = Vocabulary(KINDS), Vocabulary(OUTCOMES)
_BY_WORDS = {
    bare(text): outcome.key for outcome in OUTCOMES for text in outcome.printed
}
_LONGEST_FIRST = sorted(_BY_WORDS, key=len, reverse=True)
# e.g. "结果维持", "尚未审结总计"
# not "结果"
_WORDS = re.compile("|".join(_LONGEST_FIRST))

Heading = tuple[str, Cell]
"""The key of a kind or an outcome, and the cell that names it."""


@dataclass(frozen=True)
class Headings:
    """The headings that stand together above a row of figures."""

    kinds: tuple[Heading, ...] = ()
    outcomes: tuple[Heading, ...] = ()
    blocks: frozenset[int] = frozenset()
    last: Line | None = None
    """The lowest row of them."""

    @property
    def are_enough(self) -> bool:
        """Whether two of the three groups of outcomes were read at least."""
        return len(self.outcomes) >= 2 * len(OUTCOMES)

    def and_row(self, row: Line) -> Headings:
        """With one more row of headings; a repeated heading begins anew.

        On the next page the headings may be printed once more.
        """
        before = self if self._go_on(row) else Headings()
        return Headings(
            before.kinds + kinds_in(row),
            before.outcomes + outcomes_in(row),
            before.blocks | row.blocks,
            row,
        )

    def and_outcomes(self, outcomes: tuple[Heading, ...]) -> Headings:
        """With outcomes that stand in front of the figures, in the same row."""
        return replace(self, outcomes=self.outcomes + outcomes)

    def _go_on(self, row: Line) -> bool:
        """Whether a row of headings belongs to these.

        A table in two parts, reviews and lawsuits, has five outcomes in one and ten in
        the other.
        """
        if self.last is None or len(self.outcomes) < WIDTH - len(OUTCOMES):
            return True
        if row.table is not self.last.table:
            return False
        return len(self.outcomes) < WIDTH


def kinds_in(row: Line) -> tuple[Heading, ...]:
    """The kinds of proceedings named in a row.

    行政诉讼 alone is none: it stands above both kinds of lawsuits.
    """
    return tuple(_KINDS.named_in(row.words))


def outcomes_in(row: Line) -> tuple[Heading, ...]:
    """The outcomes named in a row; in a dump their words may be cut (结果 | 维持).

    There all headings of a row are read as one text, and stand for one cell.
    """
    if row.aligned:
        return tuple(_OUTCOMES.named_in(row.words))
    text = bare("".join(cell.text for cell in row.words))
    return tuple((_BY_WORDS[found], row.words[0]) for found in _WORDS.findall(text))


def values_below(row: Line, headings: Headings) -> list[Value]:
    """The fifteen values of a row of a grid, in the form's order.

    Empty where the headings are not all there, or the row ends elsewhere than they do.
    """
    last = headings.last
    if not row.aligned or last is None:
        return []
    # On another page the table may have other columns on its left, or none.
    shift = row.table.width - last.table.width
    if row.edge != last.edge + shift:
        return []

    columns = _columns(headings)
    placed = [row.value_at(columns[key] + shift) for key in columns]
    found = list(filter(None, placed))
    if len(cells_of(found)) == WIDTH:
        return found
    return []


def _columns(headings: Headings) -> dict[str, int]:
    """Key → grid column in the form's order, when all fifteen headings are there.

    The kind above a column names it. Where that is not plain, since 行政诉讼 may be all
    that stands above ten columns, its place in the order does.
    """
    ordered = sorted(headings.outcomes, key=_grid_column)
    if len(ordered) != WIDTH or not _stand_apart(ordered):
        return {}
    # Two columns of the same name leave one of the fifteen without a column.
    columns: dict[str, int] = {}
    for index, (outcome, cell) in enumerate(ordered):
        above = _kinds_above(cell, headings.kinds)
        in_order = KINDS[index // len(OUTCOMES)].key
        kind = above[0] if len(above) == 1 else in_order
        columns[f"{kind}.{outcome}"] = cell.column
    if set(columns) != set(proceeding_keys()):
        return {}
    return {key: columns[key] for key in proceeding_keys()}


def _kinds_above(cell: Cell, kinds: Iterable[Heading]) -> list[str]:
    """The kinds whose heading spans the column of a cell.

    Wrong spans leave a column below no heading, or below two.
    """
    return [
        kind
        for kind, group in kinds
        if group.column <= cell.column < group.column + group.columns
    ]


def are_out_of_order(headings: Headings) -> bool:
    """Whether the outcomes that can be read stand in another order than the form's.

    Some may be missing; more than fifteen are headings of several tables, of which no
    order can be told.
    """
    ordered = sorted(headings.outcomes, key=_grid_column)
    # In a dump all headings may stand in one cell: then they are in order as printed.
    printed = ordered if _stand_apart(ordered) else headings.outcomes
    official = [outcome.key for _ in KINDS for outcome in OUTCOMES]
    keys = [key for key, _ in printed]
    if len(keys) > WIDTH:
        return False
    return not _is_part(keys, official)


def _is_part(keys: Iterable[str], official: Iterable[str]) -> bool:
    """Whether keys are found in the official list one behind the other.

    Others may stand between them.
    """
    rest = iter(official)
    # `in` uses up the iterator as far as the key it finds.
    return all(key in rest for key in keys)


def _stand_apart(headings: list[Heading]) -> bool:
    """Whether each heading has a column of its own.

    Those of a dump that were read as one text have not.
    """
    columns = {cell.column for _, cell in headings}
    return len(columns) == len(headings)


def _grid_column(heading: Heading) -> int:
    return heading[1].column
