"""Workbooks (.xlsx, and by way of LibreOffice .xls, .et and .ods) → Document: every
visible sheet in order, of it what is neither hidden nor struck out.

A sheet's number is the page of what stands on it. Rows of figures become tables;
titles, headings and notes, which stand in a cell of their own, become paragraphs.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Set
from dataclasses import dataclass, replace
from typing import NamedTuple

from lxml import etree

from archive.catalogue import EXCEL_XML, ODS, XLS, XLSX
from archive.reading.cell_formats import Formats
from archive.reading.grid import PROSE_CELL, PROSE_ROW, Source, place
from archive.reading.looks import LEVEL, RAISED, STRUCK_OUT, held_apart
from archive.reading.office import converted
from archive.reading.package import Package, is_on
from archive.reading.sniff import sniff
from archive.reading.unreadable import MAX_CELLS, MAX_CHARACTERS, Unreadable
from archive.reading.unruled import is_row_label
from archive.report import Block, Document, Hints, Paragraph, Place, Table
from archive.webpage import visible

_KIND = "电子表格"
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_TOO_MANY = f"表格单元格超过 {MAX_CELLS} 个，不像一份年报；请核对文件。"
_ON = frozenset(["1", "true"])
_MAX_SHEETS = 50
_MAX_COLUMNS = 200
_MAX_MARKS = 2_000_000
OLDER = {
    XLS: ("xls", "旧版电子表格（.xls、.et）"),
    ODS: ("ods", "OpenDocument 表格（.ods）"),
    EXCEL_XML: ("xml", "XML 电子表格"),
}


class _Text(NamedTuple):
    """What is printed in a cell without what is struck out, and whether there was such."""

    text: str
    struck: bool = False


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Texts of the cells by (row, column), both from 1, and the merged ranges by their
    first cell: (rows, columns).
    """

    texts: dict[tuple[int, int], str]
    merged: dict[tuple[int, int], tuple[int, int]]
    hidden: int = 0
    """So many cells with text stand in hidden rows and columns; rows and columns are
    counted without these.
    """
    struck: bool = False


def read_workbook(body: bytes, hints: Hints) -> Document:
    """Reads a workbook. Raises Unreadable when it is damaged, protected, a bomb or far
    larger than a report.
    """
    media_type = sniff(body)
    if media_type in OLDER:
        return replace(
            read_workbook(converted(body, *OLDER[media_type], "xlsx"), hints),
            media_type=media_type,
        )
    builder = _Builder()
    notes = []
    with Package(body, _KIND) as file:
        if "xl/workbook.bin" in file.names:
            raise Unreadable(
                "二进制电子表格（.xlsb）暂不能读取，请另存为 .xlsx 后再导入。"
            )
        for number, (name, sheet) in enumerate(_sheets(file), 1):
            if sheet is None:
                notes.append(f"工作表“{name}”是隐藏的，未读取。")
                continue
            builder.sheet(sheet, number)
            if sheet.hidden:
                notes.append(
                    f"工作表“{name}”中有 {sheet.hidden} 格在隐藏的行或列中，未读取。"
                )
            if sheet.struck:
                notes.append(STRUCK_OUT)
    return Document(tuple(builder.blocks), XLSX, notes=tuple(dict.fromkeys(notes)))


def _sheets(file: Package) -> Iterator[tuple[str, _Sheet | None]]:
    """The sheets with their names; None for those that are hidden."""
    book, links = file.xml("xl/workbook.xml"), file.xml("xl/_rels/workbook.xml.rels")
    if book is None or links is None:
        raise Unreadable("电子表格中缺少正文部分，文件可能已损坏。")
    targets = {link.get("Id"): str(link.get("Target", "")) for link in links}
    since_1904 = any(
        element.get("date1904") in {"1", "true"}
        for element in book.iterfind("{*}workbookPr")
    )
    formats = Formats(file.xml("xl/styles.xml"), since_1904=since_1904)
    shared = _shared(file)
    sheets = book.findall("{*}sheets/{*}sheet")
    if len(sheets) > _MAX_SHEETS:
        raise Unreadable(
            f"电子表格有 {len(sheets)} 个工作表，不像一份年报；请核对文件。"
        )
    for sheet in sheets:
        target = next(
            (
                targets.get(str(value), "")
                for key, value in sheet.items()
                if str(key).endswith("}id")
            ),
            "",
        )
        name = str(sheet.get("name", ""))[:40]
        if sheet.get("state", "visible") != "visible":
            yield name, None
            continue
        path = target if target.startswith("/") else f"xl/{target}"
        part = file.part(path)
        if part is not None and part.count(b"<") > _MAX_MARKS:
            raise Unreadable(f"工作表“{name}”异常巨大，不像一份年报；请核对文件。")
        root = file.xml(path)
        if root is not None and etree.QName(root).localname == "worksheet":
            yield name, _sheet(root, shared, formats)


def _shared(file: Package) -> list[_Text]:
    """The texts that cells refer to by number."""
    root = file.xml("xl/sharedStrings.xml")
    return [] if root is None else [_text(item) for item in root.iterfind("{*}si")]


def _text(item: etree._Element) -> _Text:
    """A text with its parts of different looks, without the reading aids."""
    parts = [part.text or "" for part in item.iterfind("{*}t")]
    struck = False
    for run in item.iterfind("{*}r"):
        text = run.findtext("{*}t") or ""
        if is_on(run.find("{*}rPr/{*}strike")):
            struck |= bool(text.strip())
            continue
        place = run.find("{*}rPr/{*}vertAlign")
        raised = place is not None and place.get("val") in {"superscript", "subscript"}
        parts.append(f"{RAISED}{text}{LEVEL}" if raised else text)
    return _Text(held_apart("".join(parts)), struck)


def _sheet(root: etree._Element, shared: list[_Text], formats: Formats) -> _Sheet:
    texts: dict[tuple[int, int], str] = {}
    struck = False
    hidden_rows: list[int] = []
    row = 0
    for line in root.iterfind("{*}sheetData/{*}row"):
        row = _integer(line.get("r")) or row + 1
        if line.get("hidden") in _ON:
            hidden_rows.append(row)
        column = 0
        for cell in line.iterfind("{*}c"):
            at = _position(cell.get("r"))
            row, column = at if at else (row, column + 1)
            shown = _shown(cell, shared, formats)
            struck |= shown.struck
            text = visible(shown.text).strip(" \u3000\t\n")
            if text and column <= _MAX_COLUMNS:
                texts[row, column] = text
            if len(texts) > MAX_CELLS:
                raise Unreadable(_TOO_MANY)
    merged = {}
    for range_ in root.iterfind("{*}mergeCells/{*}mergeCell"):
        first, _, last = str(range_.get("ref", "")).partition(":")
        start, end = _position(first), _position(last)
        if start and end and end >= start:
            merged[start] = end[0] - start[0] + 1, max(1, end[1] - start[1] + 1)
    sheet = _Sheet(texts, merged, struck=struck)
    hidden_columns = _hidden_columns(root)
    return (
        _without(sheet, sorted(set(hidden_rows)), hidden_columns)
        if hidden_rows or hidden_columns
        else sheet
    )


def _hidden_columns(root: etree._Element) -> list[int]:
    hidden: set[int] = set()
    for column in root.iterfind("{*}cols/{*}col"):
        if column.get("hidden") in _ON:
            last = min(_integer(column.get("max")), _MAX_COLUMNS)
            hidden.update(range(max(_integer(column.get("min")), 1), last + 1))
    return sorted(hidden)


def _without(sheet: _Sheet, rows: list[int], columns: list[int]) -> _Sheet:
    """The sheet as if these rows and columns, in order, were not there; of a merged
    cell its visible part is left.
    """

    def moved(row: int, column: int) -> tuple[int, int]:
        return row - bisect_left(rows, row), column - bisect_left(columns, column)

    merged = {}
    for (row, column), (high, wide) in sheet.merged.items():
        (top, left), (below, behind) = (
            moved(row, column),
            moved(row + high, column + wide),
        )
        if below > top and behind > left:
            merged[row, column] = below - top, behind - left
    gone_rows, gone_columns = set(rows), set(columns)
    shown = {
        at: text
        for at, text in sheet.texts.items()
        if at in merged or (at[0] not in gone_rows and at[1] not in gone_columns)
    }
    return replace(
        sheet,
        texts={moved(*at): text for at, text in shown.items()},
        merged={moved(*at): size for at, size in merged.items()},
        hidden=len(sheet.texts) - len(shown),
    )


def _shown(cell: etree._Element, shared: list[_Text], formats: Formats) -> _Text:
    kind = cell.get("t", "n")
    style = _integer(cell.get("s"))
    value = cell.findtext("{*}v") or ""
    if kind == "inlineStr":
        item = cell.find("{*}is")
        shown = _Text("") if item is None else _text(item)
    elif kind == "s":
        index = _integer(value)
        shown = shared[index] if index < len(shared) else _Text("")
    else:
        shown = _Text(formats.shown(value, style) if kind == "n" and value else value)
    return _Text("", struck=True) if shown.text and formats.struck(style) else shown


def _position(reference: str | None) -> tuple[int, int] | None:
    """`B12` → (12, 2)."""
    found = _REFERENCE.fullmatch(reference or "")
    if not found:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column


def _integer(text: str | None) -> int:
    return (
        int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else 0
    )


class _Builder:
    """Collects the sheets' rows into tables and paragraphs."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.rows: list[list[Source]] = []
        self.cells = 0
        self.characters = 0

    def sheet(self, sheet: _Sheet, page: int) -> None:
        """A blank row ends a table, unless a merged cell reaches over it."""
        rows: dict[int, list[int]] = {}
        for row, column in sorted(sheet.texts):
            rows.setdefault(row, []).append(column)
        width = max((columns[-1] for columns in rows.values()), default=0)
        covered = _covered(sheet, max(rows, default=0), width)
        before = inside = 0
        for row, filled in rows.items():
            for blank in range(before + 1, min(row, inside)):
                self.row(sheet, blank, width, covered)
            if row > max(before + 1, inside):
                self.end_table(page)
            if _is_prose(sheet, row, filled, width):
                self.end_table(page)
                for column in filled:
                    self.paragraph(sheet.texts[row, column], page)
            else:
                inside = max(
                    [
                        inside,
                        *(
                            row + sheet.merged.get((row, column), (1, 1))[0]
                            for column in filled
                        ),
                    ]
                )
                self.row(sheet, row, width, covered)
            before = row
        self.end_table(page)

    def row(
        self, sheet: _Sheet, row: int, width: int, covered: Set[tuple[int, int]]
    ) -> None:
        sources, column = [], 1
        while column <= width:
            if (row, column) in covered:
                column += 1
                continue
            rows, columns = sheet.merged.get((row, column), (1, 1))
            columns = min(columns, width - column + 1)
            sources.append(Source(sheet.texts.get((row, column), ""), rows, columns))
            column += columns
        self.cells += len(sources)
        if self.cells > MAX_CELLS:
            raise Unreadable(_TOO_MANY)
        self.rows.append(sources)

    def paragraph(self, text: str, page: int) -> None:
        self.characters += len(text)
        if self.characters > MAX_CHARACTERS:
            raise Unreadable(
                f"文件超过 {MAX_CHARACTERS} 字，不像一份年报；请核对文件。"
            )
        self.blocks.append(Paragraph(text, Place(len(self.blocks) + 1, page=page)))

    def end_table(self, page: int) -> None:
        texts = [cell.text for row in self.rows for cell in row if cell.text]
        if any(sum(bool(cell.text) for cell in row) > 1 for row in self.rows):
            at = Place(len(self.blocks) + 1, page=page)
            self.blocks.append(Table(place(self.rows, at), at))
        else:
            for text in texts:
                self.paragraph(text, page)
        self.rows = []


def _covered(sheet: _Sheet, last: int, width: int) -> set[tuple[int, int]]:
    """Positions that a merged cell beginning further up reaches over; those beside it
    are taken by its width.
    """
    covered: set[tuple[int, int]] = set()
    area = 0
    for (first, left), (rows, columns) in sheet.merged.items():
        below = range(first + 1, min(first + rows, last + 1))
        right = range(left, min(left + columns, width + 1))
        area += len(below) * len(right)
        if area > 10 * MAX_CELLS:
            raise Unreadable(_TOO_MANY)
        covered.update((row, column) for row in below for column in right)
    return covered


def _is_prose(sheet: _Sheet, row: int, filled: list[int], width: int) -> bool:
    """Whether a row holds a line of the report: a title, a heading, a note."""
    texts = [sheet.texts[row, column] for column in filled]
    if any(len(text) > PROSE_CELL for text in texts):
        return True
    if len(texts) != 1 or not PROSE_ROW.fullmatch(texts[0]):
        return False
    _, columns = sheet.merged.get((row, filled[0]), (1, 1))
    return columns >= width or "。" in texts[0] or not is_row_label(texts[0])
