"""The body of a Word file → blocks, in order."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from archive.reading.office.numbering import Numbering
from archive.reading.office.word_tables import (
    Row,
    cells_of,
    is_prose,
    read_row,
    rows_of,
    table_of,
)
from archive.reading.office.word_text import DROPPED, W, is_copy, text_of
from archive.reading.unreadable import MAX_CELLS, MAX_CHARACTERS, Unreadable
from archive.report import Block, Heading, Paragraph, Place
from archive.webpage import visible

_MAX_DEPTH = 60


class WordBody:
    """Goes through the body and collects its blocks."""

    def __init__(self, numbering: Numbering) -> None:
        self.blocks: list[Block] = []
        self._numbering = numbering
        self._cells = 0
        self._characters = 0

    def walk(self, element: etree._Element, depth: int = 0) -> None:
        """Reads what an element holds, in order; `depth` counts the elements around it.

        Whatever is neither a paragraph nor a table is gone into: content controls,
        tracked insertions, and what newer versions of Word may add. Raises Unreadable
        past the limits.
        """
        if depth > _MAX_DEPTH:
            raise Unreadable("Word 文件嵌套过深，读取已停止。")
        for child in element:
            if child.tag == f"{W}p":
                self._read_paragraph(child, depth)
            elif child.tag == f"{W}tbl":
                self._read_table(child, depth)
            elif child.tag not in DROPPED and isinstance(child.tag, str):
                self.walk(child, depth + 1)

    def _read_paragraph(self, element: etree._Element, depth: int) -> None:
        """Adds a paragraph or a heading with the number that Word prints before it."""
        number, level = self._numbering.of(element)
        text = visible(number + text_of(element)).strip(" \u3000\t\n")
        self._characters += len(text)
        if self._characters > MAX_CHARACTERS:
            raise Unreadable(
                f"文件超过 {MAX_CHARACTERS} 字，不像一份年报；请核对文件。"
            )
        if text:
            self._add_text(text, level)
        # a text box hangs on a paragraph and is read behind it
        for box in element.iter(f"{W}txbxContent"):
            if not is_copy(box):
                self.walk(box, depth + 1)

    def _add_text(self, text: str, level: int = 0) -> None:
        """Adds a heading of a level, or a paragraph (0)."""
        if level:
            self.blocks.append(Heading(text, self._place(), level))
        else:
            self.blocks.append(Paragraph(text, self._place()))

    def _read_table(self, table: etree._Element, depth: int) -> None:
        """A table's rows of figures; rows of prose are walked into.

        Rows of prose part a table: what stands before and behind them are two.
        """
        elements = rows_of(table)
        rows = [read_row(row) for row in elements]
        self._cells += sum(map(len, rows))
        if self._cells > MAX_CELLS:
            raise Unreadable(
                f"表格单元格超过 {MAX_CELLS} 个，不像一份年报；请核对文件。"
            )
        figures: list[Row] = []
        for element, row in zip(elements, rows, strict=True):
            if not is_prose(element, row):
                figures.append(row)
                continue
            self._add_rows(figures)
            figures = []
            for cell in cells_of(element):
                self.walk(cell, depth + 1)
        self._add_rows(figures)

    def _add_rows(self, rows: Sequence[Row]) -> None:
        """Rows of figures become a Table, a box around a line of text a paragraph.

        A table has two filled cells, and two cells side by side.
        """
        texts: list[str] = []
        width = 0
        for row in rows:
            texts += [cell.text for cell in row if cell.text]
            width = max(width, len(row))
        if len(texts) > 1 and width > 1:
            self.blocks.append(table_of(rows, self._place()))
            return
        for text in texts:
            self._add_text(text)

    def _place(self) -> Place:
        """Where the next block stands."""
        return Place(len(self.blocks) + 1)
