"""Which value of a row of table 3 belongs to which kind of applicant.

In a grid the headings tell: 小计, 备注 and other columns of the agency's own fall away.
Headings are cut, repeated, or printed once for a table that goes on over several pages.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import mode

from archive.catalogue import APPLICANTS
from archive.report.document import Table
from archive.report.tables.labels import Vocabulary
from archive.report.tables.lines import Line, Value
from archive.report.tables.table_3_rows import NamedRow

_APPLICANTS = Vocabulary(APPLICANTS)
_HEAD_ROWS = 8
"""So many rows above the first figures may hold headings."""


@dataclass(frozen=True, slots=True)
class Head:
    """Where the applicants' columns are: grid columns of a table of that width."""

    columns: tuple[int, ...]
    """In the form's order. Empty when not all are found and those found stand in
    another order than the form's.
    """
    edge: int
    """The last grid column of the headings."""
    edges: Mapping[int, int]
    """Table → the grid column in which most of its rows end."""

    @property
    def in_order(self) -> bool:
        return bool(self.columns) and list(self.columns) == sorted(self.columns)

    def columns_of(self, row: Line) -> tuple[int, ...] | None:
        """The columns in this row's table, which may stand on another page.

        A part of a table that has only rows with wide labels lacks label columns on its
        left. None for a row that ends elsewhere than the rest of its table: a cell is
        lost or superfluous.
        """
        shift = self.edges.get(id(row.table), self.edge) - self.edge
        if not self.columns or row.edge != self.edge + shift:
            return None
        return tuple(column + shift for column in self.columns)


def heads_of(rows: Sequence[Line], table: list[NamedRow]) -> dict[int, Head | None]:
    """Table → its columns, for each grid in which rows of table 3 stand.

    A part without headings takes those of the part before.
    """
    heads: dict[int, Head | None] = {}
    head: Head | None = None
    edges = _edges(table)
    for row in table:
        grid = row.line.table
        if not row.line.aligned or id(grid) in heads:
            continue
        above = rows[max(0, row.number - _HEAD_ROWS) : row.number]
        lines = _heading_lines(above, grid)
        columns = _columns_in(lines)
        if columns:
            edge = max(line.edge for line in lines)
            head = _head(columns, edge, edges)
        if head and _contradicts_sums(head, table):
            head = replace(head, columns=())
        heads[id(grid)] = head
    return heads


def _heading_lines(above: Sequence[Line], grid: Table) -> list[Line]:
    """The rows without figures just above the first figures of a grid."""
    found: list[Line] = []
    for line in reversed(above):
        if line.table is not grid or line.trimmed:
            break
        found.append(line)
    return found


def _columns_in(lines: list[Line]) -> list[tuple[str, int]]:
    """The applicants named in some rows, and the grid columns of those headings."""
    found: list[tuple[str, int]] = []
    for line in lines:
        for cell in line.words:
            match = _APPLICANTS.recognise(cell.text)
            if match:
                found.append((match.key, cell.column))
    return found


def _edges(table: list[NamedRow]) -> dict[int, int]:
    """Table → the grid column in which most of its rows end."""
    found: dict[int, list[int]] = {}
    for row in table:
        found.setdefault(id(row.line.table), []).append(row.line.edge)
    return {grid: mode(edges) for grid, edges in found.items()}


def _head(
    cells: list[tuple[str, int]], edge: int, edges: Mapping[int, int]
) -> Head | None:
    """The seven columns, in whatever order, when each is printed once.

    Headings that are cut after the first line make two columns carry the same words;
    one that is hidden between two others is filled in.
    """
    printed = [key for key, _ in cells]
    found = {key: column for key, column in cells if printed.count(key) == 1}
    columns = [found.get(applicant.key) for applicant in APPLICANTS]
    for index in range(1, len(columns) - 1):
        before, after = columns[index - 1], columns[index + 1]
        is_hidden = columns[index] is None
        if is_hidden and before and after and after - before == 2:
            columns[index] = before + 1

    known = [column for column in columns if column]
    if len(set(known)) == len(columns):
        return Head(tuple(known), edge, edges)
    if known != sorted(known):
        return Head((), edge, edges)
    return None


def _contradicts_sums(head: Head, table: list[NamedRow]) -> bool:
    """Whether headings with 总计 before other columns are not to be trusted.

    They are where the sums speak for them, and not for the form's order as well.
    """
    if not head.columns or head.columns[-1] == max(head.columns):
        return False
    placed = [_by_column(row.line, head) for row in table]
    by_column = [values for values in placed if values]
    trimmed = [row.line.trimmed for row in table]
    in_order = [values for values in trimmed if len(values) == len(APPLICANTS)]
    speak_for_headings = not any(map(_is_broken, by_column))
    speak_for_form = not any(map(_is_broken, in_order))
    return speak_for_form or not speak_for_headings


def _is_broken(values: Sequence[Value]) -> bool:
    """Whether the last value is not the sum of the others, all of them being known."""
    numbers = [value.number for value in values]
    known = [number for number in numbers if number is not None]
    return len(known) == len(numbers) and sum(known[:-1]) != known[-1]


def values_of(row: Line, head: Head | None) -> list[Value] | None:
    """The seven values of a row by their columns.

    In a dump, or where the columns don't fit, all that the row has in order, which may
    be more or fewer. None where the columns stand in an order that is not known.
    """
    if row.aligned and head is not None:
        placed = _by_column(row, head)
        if placed or not head.in_order:
            return placed
    is_whole = len(row.values) == len(APPLICANTS)
    if row.aligned and head is None and is_whole:
        return list(row.values)

    # Seven printed values are the row, unless one of them may be of another cell: then
    # blanks around them count as well, and the row is read as one with too many.
    looks_whole = len(row.trimmed) == len(APPLICANTS)
    if looks_whole and (_has_blank(row) or _is_split(row)):
        return list(row.values)
    return list(row.trimmed)


def _has_blank(row: Line) -> bool:
    return any(value.is_blank for value in row.trimmed)


def _is_split(row: Line) -> bool:
    """Whether several values come from one cell, while there are blanks around them."""
    cells = {id(value.cell) for value in row.trimmed}
    return len(cells) < len(row.trimmed) < len(row.values)


def _by_column(row: Line, head: Head) -> list[Value] | None:
    """The values below the seven headings.

    None where a label or nothing stands there, or a number elsewhere.
    """
    columns = head.columns_of(row)
    last_label = max((cell.column for cell in row.words), default=0)
    if columns is None or min(columns) <= last_label:
        return None
    placed = _single_cells(row, columns)
    cells = {id(value.cell) for value in placed}
    numbers = {id(value.cell) for value in row.values if value.is_number}
    if len(cells) != len(columns) or numbers - cells:
        return None
    return placed


def _single_cells(row: Line, columns: Sequence[int]) -> list[Value]:
    """What stands in some columns; a cell that spans several of them is left out."""
    found = [row.value_at(column) for column in columns]
    return [value for value in found if value and value.cell.columns == 1]
