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
        """Reads what an element holds. Raises Unreadable past the limits."""
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
        number, level = self._numbering.of(element)
        text = visible(number + text_of(element)).strip(" \u3000\t\n")
        self._characters += len(text)
        if self._characters > MAX_CHARACTERS:
            raise Unreadable(
                f"文件超过 {MAX_CHARACTERS} 字，不像一份年报；请核对文件。"
            )
        if text and level:
            self.blocks.append(Heading(text, self._place(), level))
        elif text:
            self.blocks.append(Paragraph(text, self._place()))
        for box in element.iter(f"{W}txbxContent"):
            if not is_copy(box):
                self.walk(box, depth + 1)

    def _read_table(self, table: etree._Element, depth: int) -> None:
        """A table's rows of figures; rows of prose are walked into."""
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
        """Rows of figures become a Table, a box around a line of text a paragraph."""
        texts = [cell.text for row in rows for cell in row if cell.text]
        if len(texts) > 1 and max(map(len, rows)) > 1:
            self.blocks.append(table_of(rows, self._place()))
        else:
            for text in texts:
                self.blocks.append(Paragraph(text, self._place()))

    def _place(self) -> Place:
        """Where the next block stands."""
        return Place(len(self.blocks) + 1)
