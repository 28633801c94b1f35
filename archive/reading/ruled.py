"""Ruled tables of PDF pages → one Table, also when a table goes on over several pages.

The parts of a table share their rules' positions across, not their column numbers (a
part may hold only rows whose label spans several columns), and a row may be cut in two
by the page's end.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from pdfplumber.utils.text import extract_text

from archive.report import Cell, Place, Table
from archive.webpage import printed

_NEAR = 2.5
"""Points by which the rules of one column may differ."""
_SAME_EDGE = 4.0
_BEGINS = re.compile(r"[（(]?\s*[一二三四五六七八]\s*[、）)]|\d{1,2}\s*[.．、]|[①-⑳]")
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


@dataclass(frozen=True, slots=True)
class Part:
    """What stands of a table on one page, or on several when joined."""

    boxes: tuple[Box, ...]
    height: int

    @property
    def edges(self) -> tuple[float, float]:
        return min(box.left for box in self.boxes), max(box.right for box in self.boxes)

    def at_row(self, row: int) -> list[Box]:
        return [box for box in self.boxes if box.row <= row < box.row + box.rows]


def part_of(table: Any, page: Any) -> Part:
    """A table that pdfplumber found on a page, with the text of its cells."""
    tops = _edges(box[1] for box in table.cells)
    first, last = table.bbox[1], table.bbox[3]
    signs = sorted(
        (sign for sign in page.chars if first <= _height(sign) < last), key=_height
    )
    heights = [_height(sign) for sign in signs]
    boxes = []
    for left, top, right, bottom in sorted(
        table.cells, key=lambda box: (round(box[1]), box[0])
    ):
        row = min(range(len(tops)), key=lambda index: abs(tops[index] - top))
        rows = max(1, sum(1 for edge in tops if top - _NEAR <= edge < bottom - _NEAR))
        across = signs[bisect_left(heights, top) : bisect_left(heights, bottom)]
        inside = [sign for sign in across if left <= _middle(sign) < right]
        found = extract_text(inside, x_tolerance=2, y_tolerance=2)
        lines = (printed(line).strip() for line in found.split("\n"))
        boxes.append(
            Box(
                left,
                right,
                row,
                rows,
                "\n".join(line for line in lines if line),
                page.page_number,
            )
        )
    return Part(tuple(boxes), len(tops))


def _middle(sign: dict[str, Any]) -> float:
    return float(sign["x0"] + sign["x1"]) / 2


def _height(sign: dict[str, Any]) -> float:
    return float(sign["top"] + sign["bottom"]) / 2


def joined(above: Part, below: Part) -> Part | None:
    """Two parts on consecutive pages as one; None when their outer rules differ."""
    if any(
        abs(one - other) > _SAME_EDGE
        for one, other in zip(above.edges, below.edges, strict=True)
    ):
        return None
    upper, lower = list(above.boxes), []
    first = [box for box in below.boxes if box.row == 0]
    cut = _is_cut(above.at_row(above.height - 1), first)
    shift = above.height - cut
    for box in below.boxes:
        index = next(
            (
                i
                for i, other in enumerate(upper)
                if _same(box, other) and _reaches(other, above.height)
            ),
            None,
        )
        goes_on = cut or (not box.text and box.rows > 1)
        if box.row == 0 and index is not None and goes_on:
            text = "\n".join(filter(None, (upper[index].text, box.text)))
            upper[index] = replace(
                upper[index], text=text, rows=upper[index].rows + box.rows - cut
            )
        else:
            lower.append(replace(box, row=box.row + shift))
    return Part((*upper, *lower), shift + below.height)


def table_of(part: Part, block: int) -> Table:
    """The part as a Table with grid columns over all its pages."""
    lefts = _edges(box.left for box in part.boxes)
    cells = []
    for box in sorted(part.boxes, key=lambda box: (box.row, box.left)):
        column = 1 + min(
            range(len(lefts)), key=lambda index: abs(lefts[index] - box.left)
        )
        columns = max(
            1, sum(1 for edge in lefts if box.left - _NEAR <= edge < box.right - _NEAR)
        )
        at = Place(block, box.row + 1, column, page=box.page)
        cells.append(Cell(box.text, at, rows=box.rows, columns=columns))
    return Table(tuple(cells), Place(block, page=min(box.page for box in part.boxes)))


def _is_cut(last: list[Box], first: list[Box]) -> bool:
    """Whether the first row below goes on with the last above: same columns, no new
    label, no cell with two figures.
    """
    if (
        not all(any(_same(box, other) for other in last) for box in first)
        or len(first) < 2
    ):
        return False
    pairs = [(box, next(other for other in last if _same(box, other))) for box in first]
    are_digits = _are_last_digits(pairs)
    figures = False
    for box, above in pairs:
        if (
            _FIGURE.fullmatch(box.text)
            and _FIGURE.fullmatch(above.text)
            and not are_digits
        ):
            return False
        if box.text and not _FIGURE.fullmatch(box.text) and _BEGINS.match(box.text):
            return False
        figures = figures or bool(
            _FIGURE.fullmatch(box.text) or _FIGURE.fullmatch(above.text)
        )
    return figures and any(_BEGINS.match(box.text) for box in last)


def _are_last_digits(pairs: list[tuple[Box, Box]]) -> bool:
    """Whether a row holds no label and not a figure below each: those above were too
    wide for their cells.
    """
    no_words = all(
        not below.text or _FIGURE.fullmatch(below.text) for below, _ in pairs
    )
    return no_words and any(
        not below.text and _FIGURE.fullmatch(above.text) for below, above in pairs
    )


def _same(one: Box, other: Box) -> bool:
    return (
        abs(one.left - other.left) < _SAME_EDGE
        and abs(one.right - other.right) < _SAME_EDGE
    )


def _reaches(box: Box, height: int) -> bool:
    return box.row + box.rows >= height


def _edges(values: Iterable[float]) -> list[float]:
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > _NEAR:
            edges.append(value)
    return edges
