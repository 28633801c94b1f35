"""Cells with spans → positions in a grid."""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.reading.unreadable import Unreadable
from archive.report import Cell, Place

_MAX_COLUMNS = 200
"""No cell spans more."""
_WIDEST = 500
PROSE_CELL = 300
"""A cell with more characters than this holds text of the report, not a figure or a
label.
"""
PROSE_ROW = re.compile(
    r"[一二三四五六七八九]、.{2,40}|（[一二三四五六七八九]）.*|.*年度报告|.*。.*|.{80,}",
    re.DOTALL,
)
"""What a row that is a single cell says when it is a line of the report set into a
table.
"""


@dataclass(frozen=True, slots=True)
class Source:
    """A cell as written in the file. `rows` 0 means down to the end of the table."""

    text: str
    rows: int = 1
    columns: int = 1


def place(rows: list[list[Source]], at: Place) -> tuple[Cell, ...]:
    """Every cell at its grid position. Spans that leave the table or run into a taken
    cell are cut.

    Raises Unreadable for a table wider than any report's.
    """
    taken: dict[int, int] = {}
    """Column → the last row that a cell further up spans down into."""
    cells: list[Cell] = []
    for row, sources in enumerate(rows, 1):
        column = 1
        for source in sources:
            while taken.get(column, 0) >= row:
                column += 1
            if column > _WIDEST:
                raise Unreadable(f"表格超过 {_WIDEST} 列，不像一份年报；请核对文件。")
            height = min(source.rows or len(rows), len(rows) - row + 1)
            width = 1
            while (
                width < min(source.columns, _MAX_COLUMNS)
                and taken.get(column + width, 0) < row
            ):
                width += 1
            if height > 1:
                taken |= dict.fromkeys(range(column, column + width), row + height - 1)
            where = Place(at.block, row, column, page=at.page)
            cells.append(Cell(source.text, where, rows=height, columns=width))
            column += width
    return tuple(cells)
