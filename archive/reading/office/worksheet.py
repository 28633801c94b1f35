"""A sheet of a workbook: texts of cells, merged ranges, hidden rows and columns.

Hidden rows and columns are not read: who opens the file does not see them either.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from lxml import etree

from archive.reading.office.cell_formats import Formats, integer
from archive.reading.office.sheet_texts import CellText, shown
from archive.reading.unreadable import MAX_CELLS, Unreadable
from archive.webpage import visible

Position = tuple[int, int]
"""Row and column, both from 1."""

MAX_COLUMNS = 200
TOO_MANY = f"表格单元格超过 {MAX_CELLS} 个，不像一份年报；请核对文件。"
# e.g. "B12", "$AA$3"
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_ON = frozenset(["1", "true"])


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is to be seen of a sheet."""

    texts: dict[Position, str]
    merged: dict[Position, tuple[int, int]]
    """First cell of a merged range → so many rows and columns."""
    hidden: int = 0
    """So many cells with text stand in hidden rows and columns; rows and columns are
    counted without these.
    """
    struck: bool = False
    """Whether something was struck out."""


@dataclass(slots=True)
class _Cells:
    texts: dict[Position, str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    struck: bool = False


def read_sheet(
    root: etree._Element, shared: Sequence[CellText], formats: Formats
) -> Sheet:
    """Reads a sheet. Raises Unreadable when it has more cells than any report."""
    cells = _read_cells(root, shared, formats)
    sheet = Sheet(cells.texts, _merged(root), struck=cells.struck)
    columns = _hidden_columns(root)
    if not cells.hidden_rows and not columns:
        return sheet
    return _without(sheet, sorted(cells.hidden_rows), sorted(columns))


def _read_cells(
    root: etree._Element, shared: Sequence[CellText], formats: Formats
) -> _Cells:
    """The texts of all cells, also of the hidden ones, which are left out later.

    Rows and cells may be written without telling where they stand: then they follow
    those before them.
    """
    found = _Cells()
    row = 0
    for line in root.iterfind("{*}sheetData/{*}row"):
        row = integer(line.get("r")) or row + 1
        if line.get("hidden") in _ON:
            found.hidden_rows.add(row)
        column = 0
        for cell in line.iterfind("{*}c"):
            at = _position(cell.get("r"))
            if at is None:
                column += 1
            else:
                row, column = at
            printed = shown(cell, shared, formats)
            if printed.struck:
                found.struck = True
            text = visible(printed.text).strip(" \u3000\t\n")
            if text and column <= MAX_COLUMNS:
                found.texts[row, column] = text
            if len(found.texts) > MAX_CELLS:
                raise Unreadable(TOO_MANY)
    return found


def _merged(root: etree._Element) -> dict[Position, tuple[int, int]]:
    """The merged ranges (`A1:C2`) by their first cell; those that are none left out."""
    merged = {}
    for area in root.iterfind("{*}mergeCells/{*}mergeCell"):
        first, _, last = str(area.get("ref", "")).partition(":")
        start = _position(first)
        end = _position(last)
        if start is None or end is None or end < start:
            continue
        rows = end[0] - start[0] + 1
        columns = end[1] - start[1] + 1
        merged[start] = rows, max(1, columns)
    return merged


def _hidden_columns(root: etree._Element) -> set[int]:
    """The columns that are hidden; a range of them may reach far beyond the text."""
    hidden: set[int] = set()
    for column in root.iterfind("{*}cols/{*}col"):
        if column.get("hidden") in _ON:
            first = max(integer(column.get("min")), 1)
            last = min(integer(column.get("max")), MAX_COLUMNS)
            hidden.update(range(first, last + 1))
    return hidden


def _without(sheet: Sheet, rows: list[int], columns: list[int]) -> Sheet:
    """The sheet as if these rows and columns, in order, were not there.

    Of a merged cell its visible part is left.
    """

    def moved(row: int, column: int) -> Position:
        rows_before = bisect_left(rows, row)
        columns_before = bisect_left(columns, column)
        return row - rows_before, column - columns_before

    merged = {}
    for (row, column), (high, wide) in sheet.merged.items():
        top, left = moved(row, column)
        below, behind = moved(row + high, column + wide)
        if below > top and behind > left:
            merged[row, column] = below - top, behind - left
    kept = _outside(sheet.texts, merged, set(rows), set(columns))
    return replace(
        sheet,
        texts={moved(*at): text for at, text in kept.items()},
        merged={moved(*at): size for at, size in merged.items()},
        hidden=len(sheet.texts) - len(kept),
    )


def _outside(
    texts: dict[Position, str],
    merged: dict[Position, tuple[int, int]],
    rows: set[int],
    columns: set[int],
) -> dict[Position, str]:
    """The texts outside hidden rows and columns.

    A merged cell's text stays although its first row or column is hidden: it is shown
    in what is left of the cell.
    """
    kept = {}
    for at, text in texts.items():
        row, column = at
        is_hidden = row in rows or column in columns
        if at in merged or not is_hidden:
            kept[at] = text
    return kept


def _position(reference: str | None) -> Position | None:
    """`B12` → (12, 2); None for what names no cell.

    Columns are letters that count from A to Z, then from AA on.
    """
    found = _REFERENCE.fullmatch(reference or "")
    if not found:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column
