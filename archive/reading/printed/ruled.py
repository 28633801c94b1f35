"""Ruled tables of pages → one Table, also when a table goes on over several pages.

The parts of a table share their rules' positions across, not their column numbers: a
part may hold only rows whose label spans several columns (the first page of table 3
often does, with 一、 and 二、 and （一）). A row may be cut in two by the page's end.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pdfplumber.utils.text import extract_text

from archive.report import Cell, Place, Table
from archive.webpage import printed

_NEAR = 2.5
"""Points by which the rules of one column may differ."""
_SAME_EDGE = 4.0
"""Points by which the outer rules of a cell may differ from one page to the next."""
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

    @property
    def is_figure(self) -> bool:
        return _FIGURE.fullmatch(self.text) is not None

    @property
    def begins_a_row(self) -> bool:
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
        return min(box.left for box in self.boxes), max(box.right for box in self.boxes)

    @property
    def first_row(self) -> list[Box]:
        """The cells that begin in the first row."""
        return [box for box in self.boxes if box.row == 0]

    @property
    def last_row(self) -> list[Box]:
        """The cells that reach into the last row."""
        last = self.height - 1
        return [box for box in self.boxes if box.row <= last < box.row + box.rows]


def part_of(table: Any, page: Any) -> Part:
    """A table that pdfplumber found on a page, with the text of its cells."""
    tops = _edges(top for _, top, _, _ in table.cells)
    signs = _Signs(page, table.bbox)
    boxes = []
    for left, top, right, bottom in sorted(table.cells, key=_reading_order):
        boxes.append(
            Box(
                left,
                right,
                row=_nearest(tops, top),
                rows=_spanned(tops, top, bottom),
                text=signs.text_within(left, top, right, bottom),
                page=page.page_number,
            )
        )
    return Part(tuple(boxes), len(tops))


def _reading_order(cell: tuple[float, float, float, float]) -> tuple[int, float]:
    left, top, _, _ = cell
    return round(top), left


class _Signs:
    """The signs of a table from the top down, so that those of a row are found fast."""

    def __init__(self, page: Any, bbox: tuple[float, float, float, float]) -> None:
        _, top, _, bottom = bbox
        inside = (sign for sign in page.chars if top <= _height(sign) < bottom)
        self._signs = sorted(inside, key=_height)
        self._heights = [_height(sign) for sign in self._signs]

    def text_within(self, left: float, top: float, right: float, bottom: float) -> str:
        """The lines of a cell; a sign belongs where its middle lies."""
        first = bisect_left(self._heights, top)
        last = bisect_left(self._heights, bottom)
        inside = [
            sign for sign in self._signs[first:last] if left <= _middle(sign) < right
        ]
        found = extract_text(inside, x_tolerance=2, y_tolerance=2)
        lines = [printed(line).strip() for line in found.split("\n")]
        return "\n".join(filter(None, lines))


def _middle(sign: dict[str, Any]) -> float:
    return float(sign["x0"] + sign["x1"]) / 2


def _height(sign: dict[str, Any]) -> float:
    return float(sign["top"] + sign["bottom"]) / 2


def joined(above: Part, below: Part) -> Part | None:
    """Two parts on consecutive pages as one; None when their outer rules differ."""
    if not _have_same_edges(above, below):
        return None
    upper = list(above.boxes)
    lower = []
    is_cut = _is_cut(above.last_row, below.first_row)
    # the two halves of a row that is cut are one row
    shift = above.height - is_cut
    for box in below.boxes:
        index = _index_above(box, upper, above.height)
        # an empty cell over several rows is the rest of a label printed further up
        goes_on = is_cut or (not box.text and box.rows > 1)
        if box.row == 0 and index is not None and goes_on:
            other = upper[index]
            text = "\n".join(filter(None, (other.text, box.text)))
            rows = other.rows + box.rows - is_cut
            upper[index] = replace(other, text=text, rows=rows)
        else:
            lower.append(replace(box, row=box.row + shift))
    return Part((*upper, *lower), shift + below.height)


def _have_same_edges(above: Part, below: Part) -> bool:
    pairs = zip(above.edges, below.edges, strict=True)
    return all(abs(one - other) <= _SAME_EDGE for one, other in pairs)


def _index_above(box: Box, upper: Sequence[Box], height: int) -> int | None:
    """Which cell at the end of the upper part stands between the same rules."""
    for index, other in enumerate(upper):
        if box.is_below(other) and other.row + other.rows >= height:
            return index
    return None


def table_of(part: Part, block: int) -> Table:
    """The part as a Table with grid columns over all its pages.

    `block` is its number among the blocks of the document, from 1.
    """
    lefts = _edges(box.left for box in part.boxes)
    cells = []
    for box in sorted(part.boxes, key=lambda box: (box.row, box.left)):
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
    if len(first) < 2:
        return False
    pairs = []
    for box in first:
        above = next((other for other in last if box.is_below(other)), None)
        if above is None:
            return False
        pairs.append((box, above))
    if any(box.begins_a_row and not box.is_figure for box, _ in pairs):
        return False
    two_figures = any(box.is_figure and above.is_figure for box, above in pairs)
    if two_figures and not _are_last_digits(pairs):
        return False
    holds_figures = any(box.is_figure or above.is_figure for box, above in pairs)
    return holds_figures and any(box.begins_a_row for box in last)


def _are_last_digits(pairs: list[tuple[Box, Box]]) -> bool:
    """Whether a row holds the ends of figures that were too wide for their cells.

    Then it holds no words, and not below every figure there is one: short ones fit.
    """
    if any(below.text and not below.is_figure for below, _ in pairs):
        return False
    return any(not below.text and above.is_figure for below, above in pairs)


def _edges(values: Iterable[float]) -> list[float]:
    """The positions of rules in order, those close together taken for one."""
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
    within = [edge for edge in edges if begin - _NEAR <= edge < end - _NEAR]
    return max(1, len(within))
