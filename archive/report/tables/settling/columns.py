"""A table 3 in which every row has the same columns too many.

Some agencies put in a column of their own: 小计 after the five kinds of organisations,
or a second 其他. In a dump nothing but the sums tells which one it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from archive.catalogue import APPLICANTS, Status
from archive.report.model import Figure
from archive.report.tables.settling.arithmetic import adds_up
from archive.report.tables.settling.placements import MAX_EXTRA, Numbers
from archive.report.tables.sheet import DamagedRow

_LEAST_PROOF = 3
"""Fewer rows that are not all 0 prove nothing: zeros add up in any columns."""


@dataclass(frozen=True, slots=True)
class WideTable:
    """The rows of a table 3 with superfluous columns, and the columns that are kept."""

    rows: tuple[DamagedRow, ...] = ()
    kept: tuple[int, ...] = ()

    @property
    def dropped(self) -> list[int]:
        """The columns that are not counted, from 0.

        They are the same in all rows, since all have the same number of values.
        """
        columns = range(len(self.rows[0].values))
        return sorted(set(columns) - set(self.kept))

    def figures(self) -> dict[str, Figure]:
        """The figures of the kept columns: inferred, since their place was computed."""
        figures: dict[str, Figure] = {}
        for row in self.rows:
            for key, column in zip(row.keys, self.kept, strict=True):
                value = row.values[column]
                printed = value.cell.text.strip()
                figures[key] = Figure(
                    key, value.number, printed, Status.INFERRED, value.cell.at
                )
        return figures


def wide_table(damaged: Sequence[DamagedRow]) -> WideTable:
    """The damaged rows of table 3, if dropping the same columns mends them all.

    Without any rows if there is no such choice of columns, or more than one: then each
    row is settled by itself.
    """
    rows = tuple(row for row in damaged if row.keys[0].startswith("requests."))
    kept = shared_columns([row.numbers for row in rows], len(APPLICANTS))
    if kept is None:
        return WideTable()
    return WideTable(rows, kept)


def shared_columns(rows: Sequence[Numbers], width: int) -> tuple[int, ...] | None:
    """The `width` columns that make sense of rows which all have a few more.

    All rows have the same number of values; the last of those kept is the sum of the
    others in every row. None unless exactly one choice of columns does that and three
    rows or more are not all 0.
    """
    # A column of the agency's own is there in every row, also where it holds a 0.
    lengths = set(map(len, rows))
    if len(lengths) != 1:
        # Cells were lost or doubled here and there: these are no columns.
        return None
    (length,) = lengths
    if not width < length <= width + MAX_EXTRA:
        return None

    # With 小计 of the five organisations or a second 其他 beside them, the total tells
    # which columns are counted; the agency's own adds nothing to it.
    choices = combinations(range(length), width)
    fitting = [kept for kept in choices if _add_up(rows, kept)]
    proofs = sum(1 for row in rows if any(row))
    if len(fitting) != 1 or proofs < _LEAST_PROOF:
        return None
    return fitting[0]


def _add_up(rows: Sequence[Numbers], kept: tuple[int, ...]) -> bool:
    """Whether these columns make every row add up.

    A row with anything but a number in one of them does not: what is not known proves
    no column superfluous.
    """
    return all(adds_up([row[column] for column in kept]) for row in rows)
