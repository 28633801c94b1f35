"""Rows of a table that are text of the report: portals set whole reports into one."""

from __future__ import annotations

from collections.abc import Set
from typing import cast

from lxml import etree

from archive.reading.grid import PROSE_CELL, PROSE_ROW
from archive.reading.page.tree import Element, strings

_MAY_BE_PROSE = etree.XPath(
    "|".join(
        f"descendant::{name}[descendant::table or string-length() > {PROSE_CELL}]"
        for name in ("td", "th", "caption")
    )
)


def large_cells(page: Element) -> Set[Element]:
    """The cells of a page that may hold text of the report: a table, or long text."""
    return set(cast(list[Element], _MAY_BE_PROSE(page)))


def is_prose(row: list[Element], large: Set[Element]) -> bool:
    """Whether a row of a table is text of the report, not figures with their labels.

    `large`: the large cells of the page.
    """
    if any(map(_is_prose_cell, filter(large.__contains__, row))):
        return True
    if len(row) != 1:
        return False
    (cell,) = row
    return PROSE_ROW.fullmatch(_compact(cell)) is not None


def _is_prose_cell(cell: Element) -> bool:
    """A cell that holds a table or a long text."""
    if next(cell.iter("table"), None) is not None:
        return True
    return len(_compact(cell)) > PROSE_CELL


def _compact(cell: Element) -> str:
    """The text of a cell, its pieces stripped."""
    return "".join(piece.strip() for piece in strings(cell))
