"""Cells with spans → positions in a grid."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from archive.reading.unreadable import Unreadable
from archive.report import Cell, Place

# No cell spans more.
_MAX_COLUMNS = 200
_WIDEST = 500
PROSE_CELL = 300
"""A cell with more characters than this holds text of the report, not a figure or a
label.
"""
_NUMERAL = "[一二三四五六七八九]"
_SECTION = rf"{_NUMERAL}、.{{2,40}}"
_PART = rf"（{_NUMERAL}）.*"
_TITLE = ".*年度报告"
_SENTENCE = ".*。.*"
_LONG_LINE = ".{80,}"
# What a row that is a single cell says, from end to end, when it is a line of the
# report set into a table.
# e.g. "二、主动公开政府信息情况", "（一）主动公开"
# e.g. "2023年度报告", "以上数据截至年底。"
# not "规章"
PROSE_ROW = re.compile(
    "|".join((_SECTION, _PART, _TITLE, _SENTENCE, _LONG_LINE)),
    re.DOTALL,
)


class Source(NamedTuple):
    """A cell as written in the file. `rows` 0 means down to the end of the table."""

    text: str
    rows: int = 1
    columns: int = 1


def place(rows: list[list[Source]], at: Place) -> tuple[Cell, ...]:
    """Every cell at its grid position, from 1, in a table that stands at `at`.

    Spans that leave the table or run into a taken cell are cut. Raises Unreadable for a
    table wider than any report's.
    """
    taken = _Taken()
    cells: list[Cell] = []
    block, page = at.block, at.page
    new = tuple.__new__
    for row, sources in enumerate(rows, 1):
        column = 1
        for source in sources:
            column = taken.first_free(row, column)
            text, height, width = source
            # web pages say rowspan=0 for "to the end", and damaged ones absurd numbers
            if height != 1:
                height = min(height or len(rows), len(rows) - row + 1)
            if width != 1:
                width = taken.free_width(row, column, min(width, _MAX_COLUMNS))
            if height > 1:
                taken.add(range(column, column + width), last=row + height - 1)
            # A cell so made takes half the time, and a page has hundreds.
            where = new(Place, (block, row, column, page, None))
            cells.append(new(Cell, (text, where, height, width)))
            column += width
    return tuple(cells)


class _Taken:
    """Which positions cells from further up span down into."""

    def __init__(self) -> None:
        self._last: dict[int, int] = {}
        """Column → the last row that is taken there."""

    def first_free(self, row: int, column: int) -> int:
        """The first free column of a row from a column on."""
        last = self._last
        while last.get(column, 0) >= row:
            column += 1
        if column > _WIDEST:
            raise Unreadable(f"表格超过 {_WIDEST} 列，不像一份年报；请核对文件。")
        return column

    def free_width(self, row: int, column: int, wanted: int) -> int:
        """So many columns are free from a column on; at least one, at most `wanted`."""
        width = 1
        while width < wanted and self._is_free(row, column + width):
            width += 1
        return width

    def add(self, columns: Iterable[int], last: int) -> None:
        """Takes columns down to the row `last`."""
        self._last |= dict.fromkeys(columns, last)

    def _is_free(self, row: int, column: int) -> bool:
        return self._last.get(column, 0) < row
