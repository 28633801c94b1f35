"""Ruled tables of pages → one Table, also when a table goes on over several pages.

The parts of a table share their rules' positions across, not their column numbers: a
part may hold only rows whose label spans several columns (the first page of table 3
often does, with 一、 and 二、 and （一）). A row may be cut in two by the page's end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from archive.reading.printed.cell_texts import CellTexts
from archive.report import Cell, Place, Table

# Points by which the rules of one column may differ.
_NEAR = 2.5
# Points by which the outer rules of a cell may differ from one page to the next.
_SAME_EDGE = 4.0
# How the label of a row of the forms begins.
# e.g. "一、本年新收", "（一）予以公开", "1.属于国家秘密", "① 规章"
# not "不予公开"
_BEGINS = re.compile(
    r"^(?:[（(]?\s*[一二三四五六七八]\s*[、）)]|\d{1,2}\s*[.．、]|[①-⑳])"
)
# What stands in a cell for a number, all of it.
# e.g. "12", "1,204", "３.５", "-", "无"
_FIGURE = re.compile(r"[\d０-９,，.．\s]+|[-—/／无]")


@dataclass(frozen=True, slots=True)
class Box:
    """A cell between its rules: left and right in points, rows counted from 0."""

    left: float
    right: float
    row: int
    rows: int
    text: str
    page: int
    is_full: bool = False
    """Whether its last line is digits and had no place for one more."""

    @property
    def is_figure(self) -> bool:
        """Whether it holds a number, or what is printed for none."""
        return _FIGURE.fullmatch(self.text) is not None

    @property
    def begins_a_row(self) -> bool:
        """Whether it holds the label of a row of the forms."""
        return _BEGINS.match(self.text) is not None

    def is_below(self, other: Box) -> bool:
        """Whether it stands between the same rules as another, further down."""
        return (
            abs(self.left - other.left) < _SAME_EDGE
            and abs(self.right - other.right) < _SAME_EDGE
        )


@dataclass(frozen=True, slots=True)
class Part:
    """What stands of a table on one page, or on several when joined."""

    boxes: tuple[Box, ...]
    height: int

    @property
    def edges(self) -> tuple[float, float]:
        """Its outer rules: left and right in points."""
        left = min(box.left for box in self.boxes)
        right = max(box.right for box in self.boxes)
        return left, right

    @property
    def first_row(self) -> list[Box]:
        """The cells that begin in the first row."""
        return [box for box in self.boxes if box.row == 0]

    @property
    def last_row(self) -> list[Box]:
        """The cells that reach into the last row, also from rows above it."""
        last = self.height - 1
        found = []
        for box in self.boxes:
            if box.row <= last < box.row + box.rows:
                found.append(box)
        return found


def part_of(table: Any, page: Any) -> Part:
    """A table that pdfplumber found on a page, with the text of its cells."""
    tops = _edges(top for _, top, _, _ in table.cells)
    texts = CellTexts(page, table)
    boxes = []
    for cell in sorted(table.cells, key=_reading_order):
        left, top, right, bottom = cell
        text, is_full = texts.within(cell)
        boxes.append(
            Box(
                left,
                right,
                row=_nearest(tops, top),
                rows=_spanned(tops, top, bottom),
                text=text,
                page=page.page_number,
                is_full=is_full,
            )
        )
    return Part(tuple(boxes), len(tops))


def _reading_order(cell: tuple[float, float, float, float]) -> tuple[int, float]:
    """Rows from the top, in a row from the left; rules of a row may differ a little."""
    left, top, _, _ = cell
    return round(top), left


def joined(above: Part, below: Part) -> Part | None:
    """Two parts on consecutive pages as one; None when their outer rules differ."""
    if not _have_same_edges(above, below):
        return None
    upper = list(above.boxes)
    lower: list[Box] = []
    is_cut = _is_cut(above.last_row, below.first_row)
    # the two halves of a row that is cut are one row
    shift = above.height - is_cut
    for box in below.boxes:
        index = _index_above(box, upper, above.height)
        # an empty cell over several rows is the rest of a label printed further up
        is_rest = not box.text and box.rows > 1
        goes_on = box.row == 0 and (is_cut or is_rest)
        if index is None or not goes_on:
            lower.append(replace(box, row=box.row + shift))
            continue
        other = upper[index]
        texts = filter(None, (other.text, box.text))
        # Digits that did not fit may stand on the next page.
        is_rest = other.is_full and box.text.isdecimal()
        text = ("" if is_rest else "\n").join(texts)
        rows = other.rows + box.rows - is_cut
        upper[index] = replace(other, text=text, rows=rows, is_full=box.is_full)
    return Part((*upper, *lower), shift + below.height)


def _have_same_edges(above: Part, below: Part) -> bool:
    """Whether the outer rules of two parts stand in the same places across."""
    left, right = above.edges
    left_below, right_below = below.edges
    if abs(left - left_below) > _SAME_EDGE:
        return False
    return abs(right - right_below) <= _SAME_EDGE


def _index_above(box: Box, upper: Sequence[Box], height: int) -> int | None:
    """Which cell at the end of the upper part stands between the same rules."""
    for index, other in enumerate(upper):
        if box.is_below(other) and other.row + other.rows >= height:
            return index
    return None


def table_of(part: Part, block: int) -> Table:
    """The part as a Table with grid columns over all its pages.

    `block` is its number among the blocks of the document, from 1. Columns are told by
    the rules: a page on which a label spans several has fewer cells, not fewer columns.
    """
    lefts = _edges(box.left for box in part.boxes)
    in_order = sorted(part.boxes, key=lambda box: (box.row, box.left))
    cells = []
    for box in in_order:
        column = 1 + _nearest(lefts, box.left)
        columns = _spanned(lefts, box.left, box.right)
        at = Place(block, box.row + 1, column, page=box.page)
        cells.append(Cell(box.text, at, rows=box.rows, columns=columns))
    first_page = min(box.page for box in part.boxes)
    return Table(tuple(cells), Place(block, page=first_page))


def _is_cut(last: list[Box], first: list[Box]) -> bool:
    """Whether the first row of a page goes on with the last row of the page before.

    It does when it has the same columns, no label of its own, and no figure below a
    figure (but for digits that did not fit).
    """
    pairs = _one_below_the_other(last, first)
    if len(pairs) < 2 or len(pairs) < len(first):
        return False
    holds_figures = False
    holds_two = False
    for below, above in pairs:
        if below.begins_a_row and not below.is_figure:
            return False
        holds_figures = holds_figures or below.is_figure or above.is_figure
        holds_two = holds_two or (below.is_figure and above.is_figure)
    if holds_two and not _are_last_digits(pairs):
        return False
    # a row of headings, with neither label nor figures, is printed whole
    is_labelled = any(box.begins_a_row for box in last)
    return holds_figures and is_labelled


def _one_below_the_other(last: list[Box], first: list[Box]) -> list[tuple[Box, Box]]:
    """The cells of a first row, each with that of the last row before it above it.

    Those that stand between other rules are left out.
    """
    pairs: list[tuple[Box, Box]] = []
    for box in first:
        for other in last:
            if box.is_below(other):
                pairs.append((box, other))
                break
    return pairs


def _are_last_digits(pairs: list[tuple[Box, Box]]) -> bool:
    """Whether a row holds the ends of figures that were too wide for their cells.

    Then it holds no words, and not below every figure there is one: short ones fit.
    Each pair is a cell of the row and the cell above it.
    """
    some_fit = False
    for below, above in pairs:
        if below.text and not below.is_figure:
            return False
        if above.is_figure and not below.text:
            some_fit = True
    return some_fit


def _edges(values: Iterable[float]) -> list[float]:
    """The positions of rules in order, those close together taken for one.

    Programs draw a rule for each cell, and round every one by itself.
    """
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > _NEAR:
            edges.append(value)
    return edges


def _nearest(edges: Sequence[float], value: float) -> int:
    """The number, from 0, of the rule closest to a position."""
    return min(range(len(edges)), key=lambda index: abs(edges[index] - value))


def _spanned(edges: Sequence[float], begin: float, end: float) -> int:
    """So many rows or columns begin between two positions; at least one."""
    count = 0
    for edge in edges:
        if begin - _NEAR <= edge < end - _NEAR:
            count += 1
    return max(1, count)
