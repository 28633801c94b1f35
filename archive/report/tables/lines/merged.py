"""Rows that an editor merged into one, with a line break in every cell.

The label then holds two labels of the form, one above the other. Where every other cell
holds as many numbers, it is plain which belongs to which.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from archive.report.document import Cell
from archive.report.numbers import Kind, read_number
from archive.report.tables.lines.line import Line
from archive.report.tables.lines.values import Value

_ALONE = frozenset([Kind.NUMBER, Kind.DASH, Kind.SLASH, Kind.NONE])
"""What can stand in a cell by itself."""


def parted(row: Line, are_labels: Callable[[list[str]], bool]) -> Iterator[Line]:
    """The rows that were merged into one; any other row as it is.

    `are_labels` says whether some texts are labels of rows, each another. A row with
    several labels whose numbers don't match them one to one is left without values: a
    single number may be the sum of both.
    """
    if not row.words or "\n" not in row.words[-1].text:
        yield row
        return
    labels = _lines(row.words[-1])
    if len(labels) < 2 or not row.aligned or not are_labels(labels):
        yield row
        return
    contents = [_lines(value.cell) for value in row.values]
    if not all(_match(lines, len(labels)) for lines in contents):
        yield replace(row, values=())
        return
    for index in range(len(labels)):
        yield _part(row, index)


def _lines(cell: Cell) -> list[str]:
    """The lines of a cell that say something."""
    return list(filter(str.strip, cell.text.split("\n")))


def _match(lines: list[str], count: int) -> bool:
    """Whether a cell holds so many numbers, one a line."""
    if len(lines) != count:
        return False
    return all(read_number(line).kind in _ALONE for line in lines)


def _part(row: Line, index: int) -> Line:
    """One of the rows: of its label and its values the line of that number."""
    label = row.words[-1]
    split = {id(label)} | {id(value.cell) for value in row.values}
    cells: list[Cell] = []
    words: list[Cell] = []
    values: list[Value] = []
    for cell in row.cells:
        part = cell
        if id(cell) in split:
            line = _lines(cell)[index]
            part = cell._replace(text=line)
        cells.append(part)
        if any(cell is word for word in row.words):
            words.append(part)
        elif id(cell) in split:
            values.append(Value(read_number(part.text), part))
    return replace(row, cells=tuple(cells), words=tuple(words), values=tuple(values))
