"""Drawn pages → blocks: tables where rules are drawn, other text in reading order.

A paragraph or a table may go on over a page break.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Any

from archive.reading.printed.limits import MAX_EDGES, TOO_SLOW
from archive.reading.printed.page_edges import PageEdges, Pages
from archive.reading.printed.paragraphs import Line, Paragraphs
from archive.reading.printed.ruled import Part, joined, part_of, table_of
from archive.reading.printed.unruled import unruled
from archive.reading.unreadable import MAX_CELLS, Unreadable
from archive.report import Block, Table

_HEAD, _FOOT = 0.1, 0.86
"""Of a page's height: what stands above or below may be a running head or foot."""


def blocks_of(pages: Iterable[Any], lines: Pages, deadline: float) -> list[Block]:
    """The blocks of pages in the form that pdfplumber gives them.

    `lines` are those of each page in the order in which the file holds them. Raises
    Unreadable past the limits and past the deadline (of the monotonic clock, seconds).
    """
    edges = PageEdges(lines)
    reader = _PageReader(edges, deadline)
    for page in pages:
        reader.read(page)
    reader.end()
    if any(isinstance(block, Table) for block in reader.blocks):
        return reader.blocks
    return unruled(reader.blocks, edges.lines_between())


class _PageReader:
    """Collects pages into blocks."""

    def __init__(self, edges: PageEdges, deadline: float) -> None:
        self.blocks: list[Block] = []
        self._edges = edges
        self._deadline = deadline
        self._paragraphs = Paragraphs(self.blocks)
        self._tables = _Tables(self.blocks)

    def read(self, page: Any) -> None:
        if time.monotonic() > self._deadline:
            raise Unreadable(TOO_SLOW)
        if _is_printed_twice(page.chars):
            page = page.dedupe_chars()
        if len(page.edges) > MAX_EDGES:
            raise Unreadable(
                f"PDF 第 {page.page_number} 页的线条过多，不像一份年报；请核对文件。"
            )
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

    def end(self) -> None:
        self._paragraphs.end()
        self._tables.end()

    def _lines_beside(self, tables: list[Any], page: Any) -> list[Line]:
        """The lines of a page outside its tables, heads and feet left out."""
        boxes = [table.bbox for table in tables]
        if boxes:
            rest = page.filter(lambda item: not _is_inside(item, boxes))
        else:
            rest = page
        lines = rest.extract_text_lines(return_chars=False, strip=False)
        return [line for line in lines if not self._is_at_edge(line, page.height)]

    def _is_at_edge(self, line: Line, height: float) -> bool:
        in_text = height * _HEAD <= line["top"] <= height * _FOOT
        return not in_text and self._edges.has(line["text"])


class _Tables:
    """Puts the parts of a table together and adds it, once it has ended, to `blocks`."""

    def __init__(self, blocks: list[Block]) -> None:
        self._blocks = blocks
        self._part: Part | None = None
        self._page = 0
        self._cells = 0

    def add(self, table: Any, page: Any, *, is_first: bool) -> None:
        """Adds a table of a page; `is_first`: nothing of the text stands above it."""
        part = part_of(table, page)
        self._cells += len(part.boxes)
        if self._cells > MAX_CELLS:
            raise Unreadable(
                f"表格单元格超过 {MAX_CELLS} 个，不像一份年报；请核对文件。"
            )
        whole = None
        if self._part and is_first and self._page == page.page_number - 1:
            whole = joined(self._part, part)
        if whole is None:
            self.end()
        self._part = whole or part
        self._page = page.page_number

    def end(self) -> None:
        """Ends the table, if there is one. Rules around nothing are ornaments."""
        if self._part and any(box.text for box in self._part.boxes):
            self._blocks.append(table_of(self._part, len(self._blocks) + 1))
        self._part = None


def _from_the_top(lines: list[Line], tables: list[Any]) -> list[Line | Any]:
    """Lines and tables of a page in the order of their upper edges."""
    placed: list[tuple[float, Any]] = [(line["top"], line) for line in lines]
    placed += [(table.bbox[1], table) for table in tables]
    placed.sort(key=lambda pair: pair[0])
    return [piece for _, piece in placed]


def _is_printed_twice(signs: list[dict[str, Any]]) -> bool:
    """Whether a sign may stand twice within a point: so some programs make bold."""
    placed = [(sign["text"], sign["x0"], sign["top"]) for sign in signs]
    # Signs are sorted into squares of two points. Two that are a point apart may fall
    # into neighbouring squares, hence four grids, each moved by a point.
    for right, down in ((0, 0), (0, 1), (1, 0), (1, 1)):
        squares = {
            (text, (left + right) // 2, (top + down) // 2) for text, left, top in placed
        }
        if len(squares) < len(placed):
            return True
    return False


def _is_inside(
    item: dict[str, Any], boxes: list[tuple[float, float, float, float]]
) -> bool:
    """Whether a sign's middle lies in one of the boxes (left, top, right, bottom)."""
    if item.get("object_type") != "char":
        return False
    x = (item["x0"] + item["x1"]) / 2
    y = (item["top"] + item["bottom"]) / 2
    return any(x0 <= x <= x1 and top <= y <= bottom for x0, top, x1, bottom in boxes)
