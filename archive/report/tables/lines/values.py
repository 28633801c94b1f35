"""The value cells of a row: what each of them says, and when that is to be doubted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from archive.report.document import Cell, Table
from archive.report.model import Number
from archive.report.numbers import Kind, Printed, read_number

# e.g. " ", "\u3000\t", "\xa0"
_BLANKS = re.compile(r"[ \t\u3000\xa0]+")
# Digits that stand apart in one line, or go on behind a 0: 3 and 4, or 0 and 12?
# e.g. "3 4", "012"
# not "34", "3\n4"
_TWO_IN_ONE = re.compile(r"\d[ \t\u3000\xa0]+\d|^0\d")
_WIDEST_GAP = 20
"""A gap of more columns is an accident of the layout."""


class Value(NamedTuple):
    """A value cell: what it says and the cell it stands in."""

    content: Printed
    cell: Cell

    @property
    def number(self) -> Number | None:
        """The number printed, None for a blank, a dash or anything unreadable."""
        return self.content.value

    @property
    def is_number(self) -> bool:
        return self.content.kind is Kind.NUMBER

    @property
    def is_blank(self) -> bool:
        return self.content.kind is Kind.BLANK


def numbers_of(values: Iterable[Value]) -> list[Number | None]:
    """The number of each value; None for those that print none."""
    return [value.number for value in values]


def cells_of(values: Iterable[Value]) -> set[int]:
    """The cells that values stand in, by identity: others may print the same.

    One cell can hold several values, in a dump, and one value can be asked for by
    several columns, where a merged cell spans them.
    """
    return {id(value.cell) for value in values}


@lru_cache(maxsize=4_096)
def is_words(text: str) -> bool:
    """Whether a cell holds words (a label, a heading).

    Otherwise it holds a value, a stray sign or nothing. 无 is a value: it stands for
    nothing, in a cell of its own.
    """
    if read_number(text).kind is not Kind.UNREADABLE:
        return False
    return any(map(str.isalpha, text))


def values_of(table: Table, cells: Sequence[Cell]) -> tuple[Value, ...]:
    """The values in some cells of a row.

    In a dump (text saved from a page or a file, whose columns cannot be trusted)
    several numbers in one cell are taken apart, and a gap between columns is a blank.
    """
    if table.aligned:
        contents = [read_number(text) for text, _, _, _ in cells]
        read = list(map(Value._make, zip(contents, cells, strict=True)))
        return doubted(read, _TWO_IN_ONE)
    found: list[Value] = []
    before: Cell | None = None
    for cell in cells:
        found += _blanks_between(before, cell)
        found += _taken_apart(cell)
        before = cell
    return doubted(found, _TWO_IN_ONE)


def _blanks_between(before: Cell | None, cell: Cell) -> list[Value]:
    """A blank for each column that is skipped between two cells of a row.

    Two tabs in a row are an empty cell between them.
    """
    if before is None or before.row != cell.row:
        return []
    # Columns of a dump count the tabs or blanks in front of a cell.
    gap = cell.column - before.column - before.columns
    return [Value(Printed(Kind.BLANK), cell)] * min(gap, _WIDEST_GAP)


def _taken_apart(cell: Cell) -> list[Value]:
    """The numbers of a dump's cell one by one, where it holds nothing but numbers.

    A space between columns is all that some programs leave of a ruled line. Where one
    of the parts is no number (17 件, 3 项), they belong together.
    """
    parts = _BLANKS.split(cell.text.strip())
    contents = [read_number(part) for part in parts]
    are_numbers = all(content.kind is Kind.NUMBER for content in contents)
    if are_numbers and len(parts) > 1:
        return [Value(content, cell) for content in contents]
    return [Value(read_number(cell.text), cell)]


def doubted(values: Sequence[Value], apart: re.Pattern[str]) -> tuple[Value, ...]:
    """The values, with those made unreadable that may be two numbers.

    `apart` finds digits in one cell that could be two numbers. They are none where a
    cell beside them is empty: one of them may be from there. Between printed cells they
    are one number that was wrapped or spaced out.
    """
    # Most rows print something in each cell.
    kinds = [content.kind for content, _ in values]
    if Kind.BLANK not in kinds:
        return tuple(values)
    found = list(values)
    for at, value in enumerate(values):
        if not value.is_number or not apart.search(value.cell.text.strip()):
            continue
        before = values[max(at - 1, 0) : at]
        after = values[at + 1 : at + 2]
        if any(beside.is_blank for beside in (*before, *after)):
            found[at] = Value(Printed(Kind.UNREADABLE), value.cell)
    return tuple(found)


def may_lack_one(values: Sequence[Value]) -> bool:
    """Whether a row that ends in an empty total may have lost a cell before it.

    Its last number can then be the total: it is as much as all others together. PDF
    files made from Word lose empty cells, and the total with the last column.
    """
    *row, total = values
    if not total.is_blank:
        return False
    *parts, end = (value.number or 0 for value in row)
    # A row of zeros that ends in a blank lacks nothing that matters.
    return end > 0 and end >= sum(parts)
