"""Documents → lines of tables: the label texts of a row and the values after them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from archive.report.document import Cell, Document, Table
from archive.report.numbers import Kind, Printed, read_number


@dataclass(frozen=True, slots=True)
class Value:
    """A value cell: what it says and the cell it stands in."""

    said: Printed
    cell: Cell

    @property
    def is_number(self) -> bool:
        return self.said.kind is Kind.NUMBER


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table. `covering` are cells of earlier rows that span down over this one."""

    table: Table
    cells: tuple[Cell, ...]
    covering: tuple[Cell, ...]

    @property
    def aligned(self) -> bool:
        return self.table.aligned

    @property
    def texts(self) -> list[Cell]:
        """The cells with words in them, left to right."""
        return [cell for cell in self.cells if is_words(cell.text)]

    @property
    def label(self) -> str:
        """The text right before the values."""
        texts = self.texts
        return texts[-1].text if texts else ""

    @property
    def values(self) -> list[Value]:
        """What stands after the last words, blanks included; several numbers in one cell are taken apart."""
        last = max((index for index, cell in enumerate(self.cells) if is_words(cell.text)), default=-1)
        found: list[Value] = []
        for cell in self.cells[last + 1 :]:
            parts = cell.text.split()
            if not self.aligned and len(parts) > 1 and all(read_number(part).kind is Kind.NUMBER for part in parts):
                found += [Value(read_number(part), cell) for part in parts]
            else:
                found.append(Value(read_number(cell.text), cell))
        return found

    def at(self, column: int) -> Cell | None:
        """The cell at a grid column of this row."""
        for cell in self.cells:
            if cell.column <= column < cell.column + cell.columns:
                return cell
        return None


def is_words(text: str) -> bool:
    """Whether a cell holds words (a label, a heading) rather than a value or nothing."""
    return read_number(text).kind is Kind.UNREADABLE


def lines(document: Document) -> Iterator[Line]:
    """All table rows of a document in order."""
    for block in document.blocks:
        if isinstance(block, Table):
            rows = block.rows()
            tall = [cell for cell in block.cells if cell.rows > 1]
            for number, row in enumerate(rows, 1):
                covering = tuple(cell for cell in tall if cell.row < number < cell.row + cell.rows)
                if row:
                    yield Line(block, tuple(row), covering)


def trimmed(values: list[Value]) -> list[Value]:
    """Without blanks at both ends: in a dump they pad the spans of labels and headings."""
    numbers = [index for index, value in enumerate(values) if value.said.kind is not Kind.BLANK]
    return values[numbers[0] : numbers[-1] + 1] if numbers else []


def value_at(row: Line, column: int) -> Value | None:
    """The value that stands in a grid column, also one that spans down from an earlier row."""
    cell = row.at(column) or next((cell for cell in row.covering if _covers(cell, column)), None)
    if cell is None:
        return None
    return Value(read_number(cell.text), cell)


def _covers(cell: Cell, column: int) -> bool:
    return cell.column <= column < cell.column + cell.columns
