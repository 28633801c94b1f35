"""Which value of a row of table 3 belongs to which kind of applicant.

In a grid the headings tell, and a column without numbers, such as 备注, falls away.
Headings are cut, repeated, or printed once for a table that goes on over several pages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from statistics import mode

from archive.catalogue import APPLICANTS
from archive.report.document import Cell, Table
from archive.report.numbers import Kind, read_number
from archive.report.tables.labels import Vocabulary
from archive.report.tables.lines import Line, Value, cells_of, numbers_of
from archive.report.tables.settling import adds_up
from archive.report.tables.table_3_rows import NamedRow

_APPLICANTS = Vocabulary(APPLICANTS)
_ORGANISATIONS = [applicant.key for applicant in APPLICANTS[1:-2]]
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
        """Whether all seven are known and stand as in the form."""
        if not self.columns:
            return False
        return list(self.columns) == sorted(self.columns)

    def columns_of(self, row: Line) -> tuple[int, ...] | None:
        """The columns in this row's table, which may stand on another page.

        A part of a table that has only rows with wide labels lacks label columns on its
        left. None for a row that ends elsewhere than the rest of its table: a cell is
        lost or superfluous.
        """
        shift = self.edges.get(id(row.table), self.edge) - self.edge
        if not self.columns or row.edge != self.edge + shift:
            return None
        if shift == 0:
            return self.columns
        return tuple(column + shift for column in self.columns)


def heads_of(rows: Sequence[Line], table: list[NamedRow]) -> dict[int, Head | None]:
    """Table → its columns, for each grid in which rows of table 3 stand.

    A table that was cut into several at page ends has its headings in the first part
    only, or in each: a part without takes those of the part before.
    """
    heads: dict[int, Head | None] = {}
    head: Head | None = None
    edges = _edges(table)
    for row in table:
        grid = row.line.table
        if not row.line.aligned or id(grid) in heads:
            continue
        above = rows[max(0, row.number - _HEAD_ROWS) : row.number]
        headings = _heading_lines(above, grid)
        head = _head(headings, edges) if _applicants_in(headings) else head
        if head and _contradicts_sums(head, table):
            head = replace(head, columns=())
        heads[id(grid)] = head
    return heads


def are_out_of_order(rows: Sequence[Line], table: list[NamedRow]) -> bool:
    """Whether the headings of a dump name the kinds of organisations in another order.

    自然人, 其他 and 总计 don't count: they span two rows of headings, and a dump prints
    them before or behind the others.
    """
    first = table[0].number
    above = [row for row in rows[max(0, first - _HEAD_ROWS) : first] if not row.trimmed]
    keys = [key for key, _ in _applicants_in(above) if key in _ORGANISATIONS]
    # The headings may be printed once more on the next page.
    found = list(dict.fromkeys(keys))
    return found != sorted(found, key=_ORGANISATIONS.index)


def _heading_lines(above: Sequence[Line], grid: Table) -> list[Line]:
    """The rows without figures just above the first figures of a grid, nearest first.

    They hold 申请人情况, 法人或其他组织 and the applicants in up to three rows, and the
    note on how the table must add up.
    """
    found: list[Line] = []
    for line in reversed(above):
        if line.table is not grid or line.trimmed:
            break
        found.append(line)
    return found


def _applicants_in(headings: Sequence[Line]) -> list[tuple[str, int]]:
    """The applicants named in some rows, and the grid columns of those headings.

    The same one may be named twice, where a heading is repeated or was cut.
    """
    words = chain.from_iterable(line.words for line in headings)
    return [(key, cell.column) for key, cell in _APPLICANTS.named_in(words)]


def _edges(table: list[NamedRow]) -> dict[int, int]:
    """Table → the grid column in which most of its rows end.

    The others lost a cell or have one too many; in them no column can be trusted.
    """
    found: dict[int, list[int]] = {}
    for row in table:
        found.setdefault(id(row.line.table), []).append(row.line.edge)
    return {grid: mode(edges) for grid, edges in found.items()}


def _head(headings: Sequence[Line], edges: Mapping[int, int]) -> Head | None:
    """The seven columns, in whatever order, when each is printed once.

    None when some are not found, and those found stand as in the form: then the values
    of a row are taken in order.
    """
    # Two applicants in one column mean that a heading spans its neighbour's.
    columns = _filled_in(_columns(headings))
    known = list(filter(None, columns))
    edge = max(line.edge for line in headings)
    if len(set(known)) == len(APPLICANTS):
        return Head(tuple(known), edge, edges)
    if known != sorted(known):
        return Head((), edge, edges)
    return None


def _columns(headings: Sequence[Line]) -> list[int | None]:
    """The grid column of each applicant, where it is named once.

    Headings that are cut after the first line make two columns carry the same words.
    """
    # 总计 and 其他 also stand in other rows above the figures.
    cells = _applicants_in(headings)
    times = Counter(key for key, _ in cells)
    found = {key: column for key, column in cells if times[key] == 1}
    return [found.get(applicant.key) for applicant in APPLICANTS]


def _filled_in(columns: list[int | None]) -> list[int | None]:
    """The columns, and each that is hidden where just one fits between two others.

    A heading that could not be read leaves such a gap.
    """
    found = list(columns)
    for index in range(1, len(found) - 1):
        before, column, after = found[index - 1 : index + 2]
        if column or not before or not after:
            continue
        if after - before == 2:
            found[index] = before + 1
    return found


def _contradicts_sums(head: Head, table: list[NamedRow]) -> bool:
    """Whether headings with 总计 before other columns are not to be trusted.

    They are where the sums speak for them, and not for the form's order as well. More
    often the cells of the headings were shifted, and the figures stand as in the form.
    """
    # 总计 at the end is what the form prints; no other order is so easily mistaken.
    if not head.columns or head.columns[-1] == max(head.columns):
        return False
    by_headings = [_by_column(row.line, head) or [] for row in table]
    in_order = [row.line.trimmed for row in table]
    if _is_broken(by_headings):
        return True
    return not _is_broken(in_order)


def _is_broken(rows: Sequence[Sequence[Value]]) -> bool:
    """Whether the last value of some row is not the sum of those before it.

    A row with a blank in it proves nothing, nor does one of other than seven values.
    """
    whole = [numbers_of(row) for row in rows if len(row) == len(APPLICANTS)]
    return any(adds_up(numbers) is False for numbers in whole)


def values_of(row: Line, head: Head | None) -> list[Value] | None:
    """The seven values of a row by their columns.

    In a dump, or where the columns don't fit, all that the row has in order, which may
    be more or fewer. None where the columns stand in an order that is not known.
    """
    if not row.aligned:
        return _in_order(row)
    if head is None:
        # No headings at all: seven cells are the seven columns, blanks included.
        is_whole = len(row.values) == len(APPLICANTS)
        if is_whole:
            return list(row.values)
        return _in_order(row)
    placed = _by_column(row, head)
    if placed or not head.in_order:
        return placed
    return _in_order(row)


def _in_order(row: Line) -> list[Value]:
    """The values from the first printed one to the last, as they are in a dump.

    If they are seven they are the row, unless they hold a blank or parts of one cell:
    then the blanks around them count as well, and it is open which are superfluous.
    """
    # Blanks at both ends may be what a dump left of merged labels and headings.
    is_seven = len(row.trimmed) == len(APPLICANTS)
    has_blank = any(value.is_blank for value in row.trimmed)
    is_split = len(cells_of(row.trimmed)) < len(row.trimmed) < len(row.values)
    if is_seven and (has_blank or is_split):
        return list(row.values)
    return list(row.trimmed)


def _by_column(row: Line, head: Head) -> list[Value] | None:
    """The values below the seven headings.

    None where a label or nothing stands there, or a number elsewhere: then a cell has
    moved, and only the sums can tell which.
    """
    # A row that ends elsewhere than its table has no columns that could be trusted.
    columns = head.columns_of(row) or ()
    last_label = max([cell.column for cell in row.words], default=0)
    if min(columns, default=0) <= last_label:
        return None

    # Each column must have a cell of its own, with nothing but one column below it.
    below: list[Cell] = []
    for cell in map(row.columns.get, columns):
        # A cell that spans several columns is a heading, or what was merged by mistake.
        if cell is None or cell.columns > 1:
            return None
        below.append(cell)
    # Most rows are their seven values, each printed, and nothing else.
    if below == [cell for _, cell in row.values] and not row.has_blank:
        return list(row.values)
    # A remark beside the table is no number and does not disturb; 小计 is one and does.
    taken = set(map(id, below))
    numbers = {id(cell) for said, cell in row.values if said.kind is Kind.NUMBER}
    if len(taken) != len(columns) or numbers - taken:
        return None
    return [Value(read_number(cell.text), cell) for cell in below]
