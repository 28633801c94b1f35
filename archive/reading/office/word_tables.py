"""Tables of Word files: rows of cells, merges, and rows that are no table at all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from archive.reading.grid import PROSE_CELL, PROSE_ROW, Source, place
from archive.reading.office.word_text import W, is_copy, text_of
from archive.reading.package import is_on
from archive.report import Place, Table
from archive.webpage import visible

_MAX_SPAN = 200
# What may stand around a row or a cell: content controls, tracked insertions.
_AROUND = frozenset(
    W + name for name in ("sdt", "sdtContent", "ins", "customXml", "smartTag", "moveTo")
)
# e.g. "3", "12"
# not "²"
_NUMBER = re.compile(r"\d{1,9}")


@dataclass(frozen=True, slots=True)
class WordCell:
    """A cell of one row."""

    text: str
    columns: int = 1
    continues: bool = False
    """Whether it is merged with the cell above it."""


Row = Sequence[WordCell]


def rows_of(table: etree._Element) -> list[etree._Element]:
    """The rows that are printed."""
    return [row for row in _children(table, "tr") if not _is_gone(row)]


def cells_of(row: etree._Element) -> list[etree._Element]:
    """The elements of a row's cells."""
    return _children(row, "tc")


def read_row(row: etree._Element) -> list[WordCell]:
    """The cells of a row; a row that is set in begins with an empty one."""
    cells: list[WordCell] = []
    before = row.find(f"{W}trPr/{W}gridBefore")
    if before is not None:
        cells.append(WordCell("", _number(before)))
    for cell in cells_of(row):
        span = cell.find(f"{W}tcPr/{W}gridSpan")
        merge = cell.find(f"{W}tcPr/{W}vMerge")
        continues = merge is not None and merge.get(f"{W}val") != "restart"
        columns = 1 if span is None else _number(span)
        cells.append(WordCell(_text(cell), columns, continues))
    return cells


def is_prose(row: etree._Element, cells: Row) -> bool:
    """Whether a row holds lines of the report: whole reports stand in one table.

    It does when a cell is too long for a label, when another table stands in it, or
    when it is a single cell that reads as a heading or a sentence.
    """
    for cell in cells:
        if len(cell.text) > PROSE_CELL:
            return True
    inner_table = next(row.iter(f"{W}tbl"), None)
    if inner_table is not None:
        return True
    if len(cells) != 1:
        return False
    return PROSE_ROW.fullmatch(cells[0].text) is not None


def table_of(rows: Sequence[Row], at: Place) -> Table:
    """A table of rows; cells that continue those above become row spans."""
    sources = [list(_sources(rows, index)) for index in range(len(rows))]
    return Table(place(sources, at), at)


def _sources(rows: Sequence[Row], index: int) -> Iterator[Source]:
    """The cells that begin in a row, with all rows that they reach over."""
    below = rows[index + 1 :]
    column = 1
    for cell in rows[index]:
        if not cell.continues:
            height = 1 + _continued(below, column)
            yield Source(cell.text, height, cell.columns)
        column += cell.columns


def _continued(below: Sequence[Row], column: int) -> int:
    """In how many rows below a cell that begins in a column is continued."""
    for count, row in enumerate(below):
        if not _continues(row, column):
            return count
    return len(below)


def _continues(row: Row, wanted: int) -> bool:
    """Whether a cell of a row begins in a column and continues the one above."""
    column = 1
    for cell in row:
        if column == wanted:
            return cell.continues
        column += cell.columns
    return False


def _text(cell: etree._Element) -> str:
    """The text of a cell, a line for each paragraph that is not empty."""
    lines: list[str] = []
    for paragraph in cell.iter(f"{W}p"):
        if is_copy(paragraph):
            continue
        line = text_of(paragraph).strip()
        if line:
            lines.append(line)
    return visible("\n".join(lines))


def _children(element: etree._Element, name: str) -> list[etree._Element]:
    """Children of that name, also inside content controls and tracked insertions.

    python-docx and others see only direct children, and so lose whole tables.
    """
    found: list[etree._Element] = []
    for child in element:
        if child.tag == f"{W}{name}":
            found.append(child)
        elif child.tag in _AROUND:
            found += _children(child, name)
    return found


def _is_gone(row: etree._Element) -> bool:
    """Whether a row is deleted under revision or hidden."""
    if row.find(f"{W}trPr/{W}del") is not None:
        return True
    return is_on(row.find(f"{W}trPr/{W}hidden"))


def _number(element: etree._Element) -> int:
    """So many columns, at least one; damaged files tell absurd numbers."""
    value = element.get(f"{W}val", "")
    if not _NUMBER.fullmatch(value):
        return 1
    return max(1, min(int(value), _MAX_SPAN))
