"""Documents → lines of tables: the label texts of a row and the values after them.

A row of a table is a line. Where an original has one cell a row, or no rows at all
(text without tabs, numbers in a paragraph each), a line is a run of words with the
values that follow it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from archive.report.document import Cell, Document, Place, Table
from archive.report.model import Number
from archive.report.numbers import Kind, Printed, read_number
from archive.report.plain import PAGE_NUMBER

_LONGEST_LABEL = 120
"""A longer paragraph is text: no label, and no table goes on behind it."""
_BLANKS = re.compile(r"[ \t\u3000\xa0]+")
_TWO_IN_ONE = re.compile(r"\d[ \t\u3000\xa0]+\d|^0\d")
_LEAST_COLUMNS = 7
_SHORT_LABEL = 2
"""栏次, 序号, or 甲 and 乙 over the columns of labels."""
_BRACKETED = re.compile(r"[(（](\d{1,2})[)）]")
_LEAST_VALUES = 20
"""Paragraphs with fewer numbers standing by themselves are no tables."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value cell: what it says and the cell it stands in."""

    said: Printed
    cell: Cell

    @property
    def is_number(self) -> bool:
        return self.said.kind is Kind.NUMBER


@dataclass(frozen=True)
class Line:
    """A row of a table. `covering` are cells of earlier rows that span down over this
    one.

    `words` and `values` divide the cells: the texts up to the last one before the
    values, and what stands after it, blanks included.
    """

    table: Table
    cells: tuple[Cell, ...]
    covering: tuple[Cell, ...]
    words: tuple[Cell, ...]
    values: tuple[Value, ...]

    @property
    def aligned(self) -> bool:
        return self.table.aligned

    @property
    def blocks(self) -> set[int]:
        return {cell.at.block for cell in self.cells}

    @cached_property
    def core(self) -> tuple[Value, ...]:
        """The values without blanks at both ends: in a dump they pad the spans of
        labels and headings.
        """
        printed = [
            index
            for index, value in enumerate(self.values)
            if value.said.kind is not Kind.BLANK
        ]
        return self.values[printed[0] : printed[-1] + 1] if printed else ()

    @cached_property
    def numbers_columns(self) -> bool:
        """Whether the row gives each column its number, as printed forms do; it is none
        of figures.
        """
        if len(self.core) < _LEAST_COLUMNS or any(
            len(cell.text) > _SHORT_LABEL for cell in self.words
        ):
            return False
        numbers = [_column_number(value) for value in self.core]
        return numbers[0] is not None and numbers == [
            numbers[0] + place for place in range(len(numbers))
        ]

    @cached_property
    def edge(self) -> int:
        """The grid column in which the row ends on the right."""
        return max(
            (cell.column + cell.columns - 1 for cell in (*self.cells, *self.covering)),
            default=0,
        )

    def value_at(self, column: int) -> Value | None:
        """What stands in a grid column, also when it spans down from an earlier row."""
        cell = self._by_column.get(column)
        return Value(read_number(cell.text), cell) if cell else None

    @cached_property
    def _by_column(self) -> dict[int, Cell]:
        found: dict[int, Cell] = {}
        for cell in (*self.cells, *self.covering):
            for column in range(cell.column, cell.column + cell.columns):
                found.setdefault(column, cell)
        return found


def _column_number(value: Value) -> Number | None:
    """3, also as （3）."""
    bracketed = _BRACKETED.fullmatch(value.cell.text.strip())
    return int(bracketed[1]) if bracketed else value.said.value


def lines(document: Document) -> Iterator[Line]:
    """All table rows of a document in order, and paragraphs that are a table in fact."""
    loose: list[Cell] = []
    for block in document.blocks:
        if isinstance(block, Table):
            yield from _loose_lines(loose)
            loose = []
            yield from _table_lines(block)
        else:
            loose += _loose_cells(block.text, block.at)
    yield from _loose_lines(loose)


def is_words(text: str) -> bool:
    """Whether a cell holds words (a label, a heading) rather than a value, a stray sign
    or nothing.
    """
    said = read_number(text)
    return said.kind is Kind.UNREADABLE and any(sign.isalpha() for sign in text)


def _table_lines(table: Table) -> Iterator[Line]:
    rows = table.rows()
    if not table.aligned:
        filled = [sum(1 for cell in row if cell.text.strip()) for row in rows]
        if len(rows) > _LEAST_VALUES and filled.count(1) > 0.8 * len(rows):
            yield from _stream(table, [cell for row in rows for cell in row])
            return
    covering: list[Cell] = []
    for number, row in enumerate(rows, 1):
        covering = [cell for cell in covering if number < cell.row + cell.rows]
        if row:
            yield _line(table, row, tuple(covering))
        covering += [cell for cell in row if cell.rows > 1]


def _line(table: Table, row: list[Cell], covering: tuple[Cell, ...]) -> Line:
    """Words, then values. In a dump, words after seven values or more (a remark) end
    the row.
    """
    is_label = [is_words(cell.text) for cell in row]
    last = max((index for index, words in enumerate(is_label) if words), default=-1)
    values = _values(table, row[last + 1 :])
    if not any(value.said.kind is not Kind.BLANK for value in values):
        first = is_label.index(True) if True in is_label else 0
        before = next(
            (
                index
                for index in range(first, len(row))
                if not is_label[index] and row[index].text.strip()
            ),
            -1,
        )
        if before > 0:
            after = next(index for index in range(before, len(row)) if is_label[index])
            begin = (
                next(index for index in range(before, -1, -1) if is_label[index]) + 1
            )
            words = tuple(
                cell
                for cell, label in zip(row[:begin], is_label, strict=False)
                if label
            )
            return Line(
                table, tuple(row), covering, words, _values(table, row[begin:after])
            )
    words = tuple(cell for cell, label in zip(row, is_label, strict=True) if label)
    return Line(table, tuple(row), covering, words, values)


def _values(table: Table, cells: Iterable[Cell]) -> tuple[Value, ...]:
    """In a dump, several numbers in one cell are taken apart, and a gap between columns
    is a blank.
    """
    found: list[Value] = []
    before: Cell | None = None
    for cell in cells:
        if not table.aligned and before is not None and before.row == cell.row:
            gap = cell.column - before.column - before.columns
            found += [Value(Printed(Kind.BLANK), cell)] * min(max(gap, 0), 20)
        before = cell
        parts = () if table.aligned else _BLANKS.split(cell.text.strip())
        if len(parts) > 1 and all(
            read_number(part).kind is Kind.NUMBER for part in parts
        ):
            found += [Value(read_number(part), cell) for part in parts]
        else:
            found.append(Value(read_number(cell.text), cell))
    return doubted(found, _TWO_IN_ONE)


def doubted(values: Sequence[Value], apart: re.Pattern[str]) -> tuple[Value, ...]:
    """Digits in one cell that could be two numbers are none where a cell beside them is
    empty: it may be from there.
    """
    if all(value.said.kind is not Kind.BLANK for value in values):
        return tuple(values)
    found = list(values)
    for at, value in enumerate(values):
        if value.is_number and apart.search(value.cell.text.strip()):
            beside = (*values[max(at - 1, 0) : at], *values[at + 1 : at + 2])
            if any(one.said.kind is Kind.BLANK for one in beside):
                found[at] = Value(Printed(Kind.UNREADABLE), value.cell)
    return tuple(found)


def may_lack_one(values: Sequence[Value]) -> bool:
    """Whether a row that ends in an empty total may have lost a cell before: its last
    number can be the total.
    """
    *parts, end = (value.said.value or 0 for value in values[:-1])
    return values[-1].said.kind is Kind.BLANK and end > 0 and end >= sum(parts)


def _stream(table: Table, cells: Iterable[Cell]) -> Iterator[Line]:
    """Cells without rows: words up to a value, then all values up to the next words."""
    words: list[Cell] = []
    values: list[Cell] = []
    for cell in cells:
        if is_words(cell.text):
            if values:
                yield from _run(table, words, values)
                words, values = [], []
            words.append(cell)
        elif words:
            values.append(cell)
    if words:
        yield from _run(table, words, values)


def _run(table: Table, words: list[Cell], values: list[Cell]) -> Iterator[Line]:
    if not any(value.text.strip() for value in values):
        values = []
    head = words[:-1] if values else words
    if head:
        yield Line(table, tuple(head), (), tuple(head), ())
    if values:
        yield Line(
            table, (words[-1], *values), (), (words[-1],), _values(table, values)
        )


def _loose_cells(text: str, at: Place) -> Iterator[Cell]:
    """The words of a line, each by itself unless they make a sentence, and the numbers
    after them.
    """
    for line in text.split("\n"):
        if not line.strip() or PAGE_NUMBER.fullmatch(line):
            continue
        parts = line[:400].split()
        end = len(parts)
        while end and read_number(parts[end - 1]).kind not in (
            Kind.UNREADABLE,
            Kind.BLANK,
        ):
            end -= 1
        if len(line) > _LONGEST_LABEL:
            yield Cell(line, at)
            continue
        for part in parts[:end]:
            yield Cell(part, at)
        for part in parts[end:]:
            yield Cell(part, at)


def _loose_lines(cells: list[Cell]) -> Iterator[Line]:
    """Lines of paragraphs, each run between long paragraphs by itself."""
    run: list[Cell] = []
    for cell in [*cells, Cell("。" * (_LONGEST_LABEL + 1), Place(0))]:
        if len(cell.text) <= _LONGEST_LABEL:
            run.append(cell)
            continue
        if sum(1 for one in run if not is_words(one.text)) >= _LEAST_VALUES:
            yield from _stream(Table((), run[0].at, aligned=False), run)
        run = []
