"""Rows of a table that are text of the report: portals set whole reports into one."""

from __future__ import annotations

from archive.reading.grid import PROSE_CELL, PROSE_ROW
from archive.reading.page.tree import Element, strings


def is_prose(row: list[Element], has_inner: bool) -> bool:
    """Whether a row of a table is text of the report, not figures with their labels.

    `has_inner`: there are tables inside the table.
    """
    if any(map(_is_long, row)):
        return True
    if has_inner and any(map(_holds_table, row)):
        return True
    if len(row) != 1:
        return False
    (cell,) = row
    return PROSE_ROW.fullmatch(_compact(cell)) is not None


def _holds_table(cell: Element) -> bool:
    """Whether a table is set into a cell."""
    return next(cell.iter("table"), None) is not None


def _is_long(cell: Element) -> bool:
    """Whether a cell holds a long text."""
    written = "".join(strings(cell)) if len(cell) else cell.text or ""
    return len(written) > PROSE_CELL and len(_compact(cell)) > PROSE_CELL


def _compact(cell: Element) -> str:
    """The text of a cell, its pieces stripped."""
    return "".join(piece.strip() for piece in strings(cell))
