"""A line: one row of a table, its cells divided into words and values."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from operator import attrgetter

from archive.report.document import Cell, Table
from archive.report.model import Number
from archive.report.numbers import Kind, read_number
from archive.report.tables.lines.values import Value

_LEAST_COLUMNS = 7
_BLOCK_OF = attrgetter("at.block")
_SHORT_LABEL = 2
"""栏次, 序号, or 甲 and 乙 over the columns of labels."""
# e.g. "（3）", "(12)"
# not "3"
_BRACKETED = re.compile(r"[(（](\d{1,2})[)）]")


@dataclass(frozen=True)
class Line:
    """A row of a table. `covering` are cells of earlier rows that span down over it.

    `words` and `values` divide the cells: the texts up to the last one before the
    values, and what stands after it, blanks included.
    """

    table: Table
    cells: tuple[Cell, ...]
    covering: tuple[Cell, ...]
    words: tuple[Cell, ...]
    values: tuple[Value, ...]
    trimmed: tuple[Value, ...] = field(init=False)
    """The values without blanks at both ends. In a dump they prove nothing: they pad
    what labels and headings spanned.
    """

    columns: dict[int, Cell] = field(init=False, compare=False, repr=False)
    """Grid column → the cell that stands there, the row's own before another's."""

    def __post_init__(self) -> None:
        columns = _by_column((*self.cells, *self.covering))
        object.__setattr__(self, "trimmed", _trimmed(self.values))
        object.__setattr__(self, "columns", columns)

    @property
    def aligned(self) -> bool:
        """Whether the columns of its cells can be trusted (see `Table`)."""
        return self.table.aligned

    @property
    def blocks(self) -> set[int]:
        """The numbers of the document's blocks that the row's cells stand in."""
        return set(map(_BLOCK_OF, self.cells))

    @property
    def has_blank(self) -> bool:
        """Whether one of its values is blank: a cell beside it may hold two numbers."""
        return Kind.BLANK in [content.kind for content, _ in self.values]

    @property
    def numbers_columns(self) -> bool:
        """Whether the row gives each column its number, 1 2 3 …, and no figures.

        Printed forms have such a row below the headings, with 栏次 or 甲 乙 beside it.
        Seven figures of a real row may count up by chance; a real row has a label.
        """
        if any(len(cell.text) > _SHORT_LABEL for cell in self.words):
            return False
        if len(self.trimmed) < _LEAST_COLUMNS:
            return False
        numbers = [_column_number(value) for value in self.trimmed]
        first = numbers[0]
        # A part of a table goes on counting: 8 9 10 …
        counted = [(first or 0) + place for place in range(len(numbers))]
        return numbers == counted

    @property
    def edge(self) -> int:
        """The grid column in which the row ends on the right.

        Rows of one table end in the same column, unless a cell is lost or superfluous.
        """
        return max(self.columns, default=0)

    def cell_at(self, column: int) -> Cell | None:
        """The cell in a grid column, also when it spans down from an earlier row.

        None where the grid has a hole.
        """
        return self.columns.get(column)

    def value_at(self, column: int) -> Value | None:
        """What the cell in a grid column says; None where the grid has a hole."""
        cell = self.cell_at(column)
        return Value(read_number(cell.text), cell) if cell else None


def _by_column(cells: Iterable[Cell]) -> dict[int, Cell]:
    """Grid column → cell; where two claim a column, the first of them.

    Wrong spans let cells overlap.
    """
    found: dict[int, Cell] = {}
    for cell in cells:
        _, at, _, width = cell
        first = at.column or 1
        found.setdefault(first, cell)
        if width == 1:
            continue
        for column in range(first + 1, first + width):
            found.setdefault(column, cell)
    return found


def _trimmed(values: tuple[Value, ...]) -> tuple[Value, ...]:
    """Some values without blanks at both ends."""
    kinds = [content.kind for content, _ in values]
    if Kind.BLANK not in kinds:
        return values
    printed = [at for at, kind in enumerate(kinds) if kind is not Kind.BLANK]
    if not printed:
        return ()
    first, last = printed[0], printed[-1]
    return values[first : last + 1]


def _column_number(value: Value) -> Number | None:
    """3, also as （3）, which is no number anywhere else.

    None for what is no number, which ends the counting.
    """
    bracketed = _BRACKETED.fullmatch(value.cell.text.strip())
    if bracketed:
        return int(bracketed[1])
    return value.number
