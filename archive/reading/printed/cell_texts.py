"""The texts of ruled cells, digits that were wrapped put together.

A number too wide for its column goes on in the next line of its cell. Two numbers one
above the other look the same, but for the room that is left beside the first.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from typing import Any, NamedTuple

from pdfplumber.utils.clustering import cluster_objects
from pdfplumber.utils.text import extract_text

from archive.webpage import printed

Sign = dict[str, Any]
Edges = tuple[float, float, float, float]
"""Left, top, right and bottom of a cell in points."""

_WIDEST_MARGIN = 6.0
"""Points at one side of a cell; so much word processors leave and no more."""
_SAME_LINE = 2.0


class CellText(NamedTuple):
    """What stands in a cell. `is_full`: no digit more had a place in its last line."""

    text: str
    is_full: bool = False


class CellTexts:
    """The signs of a table from the top down, so that those of a row are found fast."""

    def __init__(self, page: Any, table: Any) -> None:
        _, top, _, bottom = table.bbox
        self._cells: Sequence[Edges] = table.cells
        self._signs = []
        for sign in page.chars:
            if top <= _height(sign) < bottom:
                self._signs.append(sign)
        self._signs.sort(key=_height)
        self._heights = [_height(sign) for sign in self._signs]

    def within(self, cell: Edges) -> CellText:
        """The lines of a cell; a sign belongs where its middle lies.

        Signs of one cell may reach over its rules by a little.
        """
        inside = self._inside(cell)
        found = extract_text(inside, x_tolerance=2, y_tolerance=2)
        lines = [printed(line).strip() for line in found.split("\n")]
        lines = list(filter(None, lines))
        if not lines or not any(map(_are_digits, lines)):
            return CellText("\n".join(lines))

        rows = cluster_objects(inside, "bottom", _SAME_LINE)
        if len(rows) != len(lines):
            return CellText("\n".join(lines))
        full = [self._is_full(cell, row) for row in rows]
        return CellText(_joined(lines, full), full[-1] and _are_digits(lines[-1]))

    def _inside(self, cell: Edges) -> list[Sign]:
        left, top, right, bottom = cell
        first = bisect_left(self._heights, top)
        last = bisect_left(self._heights, bottom)
        inside = []
        for sign in self._signs[first:last]:
            if left <= _middle(sign) < right:
                inside.append(sign)
        return inside

    def _is_full(self, cell: Edges, row: Sequence[Sign]) -> bool:
        """Whether a line of a cell has no room for one digit more."""
        left, _, right, _ = cell
        width = max(sign["x1"] for sign in row) - min(sign["x0"] for sign in row)
        digit = max(sign["x1"] - sign["x0"] for sign in row)
        return bool(right - left - width < digit + 2 * self._margin)

    @cached_property
    def _margin(self) -> float:
        """What is left free at one side of a cell: where the longest label begins."""
        margin = _WIDEST_MARGIN
        for cell in self._cells:
            inside = self._inside(cell)
            # Figures may reach over the edge of a cell too narrow for one digit.
            if inside and not inside[0]["text"].isdecimal():
                begin = min(float(sign["x0"]) for sign in inside)
                margin = min(margin, begin - cell[0])
        return max(margin, 0.0)


def _joined(lines: Sequence[str], full: Sequence[bool]) -> str:
    """The lines of a cell; digits below digits that filled their line follow them."""
    text = lines[0]
    for number, line in enumerate(lines[1:]):
        above = lines[number]
        is_rest = _are_digits(above) and _are_digits(line) and len(line) <= len(above)
        text += line if is_rest and full[number] else f"\n{line}"
    return text


def _are_digits(line: str) -> bool:
    return line.isascii() and line.isdigit()


def _middle(sign: Sign) -> float:
    """How far to the right of a page the middle of a sign lies."""
    return float(sign["x0"] + sign["x1"]) / 2


def _height(sign: Sign) -> float:
    """How far down a page the middle of a sign lies."""
    return float(sign["top"] + sign["bottom"]) / 2
