"""Drawn pages → blocks: tables where rules are drawn, other text in reading order.

A paragraph or a table may go on over a page break.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Any

from archive.reading.looks import STRUCK_OUT
from archive.reading.printed.content_order import lines_of
from archive.reading.printed.limits import MAX_EDGES, TOO_SLOW
from archive.reading.printed.page_edges import PageEdges, Pages
from archive.reading.printed.paragraphs import Line, Paragraphs
from archive.reading.printed.ruled import Part, joined, part_of, table_of
from archive.reading.printed.shown_signs import unshown
from archive.reading.printed.unruled import unruled
from archive.reading.unreadable import MAX_CELLS, Unreadable
from archive.report import Block, Note, Table

_HEAD, _FOOT = 0.1, 0.86
"""Of a page's height: what stands above or below may be a running head or foot."""


def blocks_of(
    pages: Iterable[Any], lines: Pages, deadline: float
) -> tuple[list[Block], list[Note]]:
    """The blocks of pages in the form that pdfplumber gives them, and what is to be
    said of what was left out.

    `lines` are those of each page in the order in which the file holds them. Raises
    Unreadable past the limits and past the deadline (of the monotonic clock, seconds).
    """
    reader = _PageReader(PageEdges(lines), deadline)
    for page in pages:
        reader.read(page)
    reader.end()
    if any(isinstance(block, Table) for block in reader.blocks):
        return reader.blocks, reader.notes
    between = PageEdges(reader.lines).lines_between()
    return unruled(reader.blocks, between), reader.notes


class _PageReader:
    """Collects pages into blocks."""

    def __init__(self, edges: PageEdges, deadline: float) -> None:
        self.blocks: list[Block] = []
        self.notes: list[Note] = []
        self.lines: list[list[str]] = []
        """Those of each page, in the order in which the file holds their signs."""
        self._edges = edges
        self._deadline = deadline
        self._paragraphs = Paragraphs(self.blocks)
        self._tables = _Tables(self.blocks)

    def read(self, page: Any) -> None:
        """Adds a page.

        Raises Unreadable past the deadline and for pages full of lines.
        """
        if time.monotonic() > self._deadline:
            raise Unreadable(TOO_SLOW)
        if _is_printed_twice(page.chars):
            page = page.dedupe_chars()
        if len(page.edges) > MAX_EDGES:
            raise Unreadable(
                f"PDF 第 {page.page_number} 页的线条过多，不像一份年报；请核对文件。"
            )
        page = self._shown(page)
        self.lines.append(lines_of(page.chars))
        # a single cell is a frame around text
        tables = [table for table in page.find_tables() if len(table.cells) > 1]
        lines = self._lines_beside(tables, page)
        self._paragraphs.measure(lines, page.width)
        for index, piece in enumerate(_from_the_top(lines, tables)):
            if isinstance(piece, dict):
                self._tables.end()
                self._paragraphs.add(piece, page.page_number)
            else:
                self._paragraphs.end()
                self._tables.add(piece, page, is_first=index == 0)

    def _shown(self, page: Any) -> Any:
        """The page without what is struck out or can't be seen."""
        gone, struck = unshown(page)
        if struck and STRUCK_OUT not in self.notes:
            self.notes.append(STRUCK_OUT)
        if not gone:
            return page
        return page.filter(lambda item: id(item) not in gone)

    def end(self) -> None:
        self._paragraphs.end()
        self._tables.end()

    def _lines_beside(self, tables: list[Any], page: Any) -> list[Line]:
        """The lines of a page outside its tables, heads and feet left out."""
        rest = page
        if tables:
            boxes = [table.bbox for table in tables]
            rest = page.filter(lambda item: not _is_inside(item, boxes))
        lines = rest.extract_text_lines(return_chars=False, strip=False)
        return [line for line in lines if not self._is_at_edge(line, page.height)]

    def _is_at_edge(self, line: Line, height: float) -> bool:
        """Whether a line is a running head or foot, by its place and its text."""
        is_in_text = height * _HEAD <= line["top"] <= height * _FOOT
        if is_in_text:
            return False
        return self._edges.has(line["text"])


class _Tables:
    """Puts the parts of a table together, and adds it to `blocks` once it has ended."""

    def __init__(self, blocks: list[Block]) -> None:
        self._blocks = blocks
        self._part: Part | None = None
        self._page = 0
        self._cells = 0

    def add(self, table: Any, page: Any, *, is_first: bool) -> None:
        """Adds a table of a page; `is_first`: no text stands above it.

        It goes on with the table that ended the page before, when their rules fit.
        """
        part = part_of(table, page)
        self._cells += len(part.boxes)
        if self._cells > MAX_CELLS:
            raise Unreadable(
                f"表格单元格超过 {MAX_CELLS} 个，不像一份年报；请核对文件。"
            )
        whole: Part | None = None
        is_on_next_page = self._page == page.page_number - 1
        if self._part and is_first and is_on_next_page:
            whole = joined(self._part, part)
        if whole is None:
            self.end()
            whole = part
        self._part = whole
        self._page = page.page_number

    def end(self) -> None:
        """Ends the table, if there is one. Rules around nothing are ornaments."""
        part = self._part
        self._part = None
        if part is None:
            return
        if any(box.text for box in part.boxes):
            number = len(self._blocks) + 1
            self._blocks.append(table_of(part, number))


def _from_the_top(lines: list[Line], tables: list[Any]) -> list[Line | Any]:
    """Lines and tables of a page in the order of their upper edges."""
    placed: list[tuple[float, Any]] = []
    for line in lines:
        placed.append((line["top"], line))
    for table in tables:
        _, top, _, _ = table.bbox
        placed.append((top, table))
    placed.sort(key=lambda pair: pair[0])
    return [piece for _, piece in placed]


def _is_printed_twice(signs: list[dict[str, Any]]) -> bool:
    """Whether a sign may stand twice within a point: so some programs make bold.

    Signs are sorted into squares of two points. Two that are a point apart may fall
    into neighbouring squares, hence four grids, each moved by a point.
    """
    placed = [(sign["text"], sign["x0"], sign["top"]) for sign in signs]
    for right, down in ((0, 0), (0, 1), (1, 0), (1, 1)):
        squares = set()
        for text, left, top in placed:
            across = (left + right) // 2
            below = (top + down) // 2
            squares.add((text, across, below))
        if len(squares) < len(placed):
            return True
    return False


def _is_inside(
    item: dict[str, Any], boxes: list[tuple[float, float, float, float]]
) -> bool:
    """Whether a sign's middle lies in one of the boxes (left, top, right, bottom).

    Lines and pictures are in none: only signs are parted between tables and text.
    """
    if item.get("object_type") != "char":
        return False
    x = (item["x0"] + item["x1"]) / 2
    y = (item["top"] + item["bottom"]) / 2
    for left, top, right, bottom in boxes:
        if left <= x <= right and top <= y <= bottom:
            return True
    return False
