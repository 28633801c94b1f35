"""Digital PDF files → Document: ruled tables by their lines, other text in reading order.

A PDF without ruled tables is read in content order, where label and figures of a row follow each
other; such rows are tables that are not `aligned`.
"""

from __future__ import annotations

import io
import logging
import re
import time
from collections.abc import Iterator
from typing import Any

import pdfplumber
import pypdfium2

from archive.reading.encoding import visible
from archive.reading.grid import Source, place
from archive.reading.sniff import PDF
from archive.reading.unreadable import MAX_CELLS, MAX_CHARACTERS, Unreadable
from archive.report.document import Block, Cell, Document, Paragraph, Place, Table
from archive.report.model import Hints

MAX_PAGES = 300
MAX_SECONDS = 60.0

_PAGE_NUMBER = re.compile(
    r"\s*(?:[-—–－─]?\s*\d{1,4}\s*[-—–－─]?|第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?|\d{1,4}\s*/\s*\d{1,4})\s*"
)
_NUMBER = re.compile(r"[\d０-９][\d０-９,，.．]*|[-—–－/／]|无")
_ENDS = "。！？；：”）"
_NUMBERED = re.compile(r"[一二三四五六七八九十]{1,2}、\S{2,30}")
"""A line like a heading of the form begins a paragraph, however the line before it ended."""

# pdfminer reports every oddity of a font as a warning; the reader's own doubts are in `notes`.
logging.getLogger("pdfminer").setLevel(logging.ERROR)


def read_pdf(body: bytes, hints: Hints) -> Document:
    """Reads a digital PDF. Raises Unreadable for scans, protected and damaged files, and past the limits."""
    _check(body)
    deadline = time.monotonic() + MAX_SECONDS
    reader = _Reader(deadline)
    with pdfplumber.open(io.BytesIO(body)) as file:
        title = str((file.metadata or {}).get("Title") or "").strip()
        for page in file.pages:
            reader.page(page)
            page.close()
    reader.end_paragraph()
    if not any(isinstance(block, Table) for block in reader.blocks):
        reader.blocks = list(_unruled(body, deadline))
    return Document(tuple(reader.blocks), PDF, meta={"title": title} if title else {})


def _check(body: bytes) -> None:
    """Refuses what can't be read before anything slow begins."""
    try:
        file = pypdfium2.PdfDocument(body)
    except pypdfium2.PdfiumError as trouble:
        if "password" in str(trouble).lower():
            raise Unreadable("PDF 文件有密码保护，无法读取。") from None
        raise Unreadable("PDF 文件已损坏，无法打开，请重新下载。") from None
    try:
        if len(file) > MAX_PAGES:
            raise Unreadable(f"PDF 共 {len(file)} 页，超过上限 {MAX_PAGES} 页，不像一份年报。")
        characters = 0
        for page in file:
            text = page.get_textpage()
            characters += text.count_chars()
            text.close()
            page.close()
        if characters < 20:
            raise Unreadable(f"PDF 共 {len(file)} 页，没有文字层（扫描件），暂不能识别图中文字。")
        if characters > MAX_CHARACTERS:
            raise Unreadable(f"PDF 超过 {MAX_CHARACTERS} 字，不像一份年报。")
    finally:
        file.close()


class _Reader:
    """Collects pages into blocks; a paragraph may go on over a page break."""

    def __init__(self, deadline: float) -> None:
        self.blocks: list[Block] = []
        self.deadline = deadline
        self.text = ""
        self.text_page = 1
        self.cells = 0

    def page(self, page: Any) -> None:
        if time.monotonic() > self.deadline:
            raise Unreadable(f"读取 PDF 超过 {MAX_SECONDS:.0f} 秒，已停止；请核对文件是否正常。")
        tables = [table for table in page.find_tables() if len(table.cells) > 1]
        boxes = [table.bbox for table in tables]
        rest = page.filter(lambda item: not _inside(item, boxes)) if boxes else page
        lines = [(line["top"], line) for line in rest.extract_text_lines(return_chars=False, strip=False)]
        pieces: list[tuple[float, Any]] = [*lines, *((table.bbox[1], table) for table in tables)]
        self._margins([line for _, line in lines])
        for top, piece in sorted(pieces, key=lambda pair: pair[0]):
            if isinstance(piece, dict):
                if not self._is_page_number(piece, top, page.height):
                    self.line(piece, page.page_number)
            else:
                self.end_paragraph()
                self.table(piece, page)

    def _margins(self, lines: list[dict[str, Any]]) -> None:
        texts = [line for line in lines if len(line["text"].strip()) > 10] or lines
        self.left = min((line["x0"] for line in texts), default=0.0)
        self.right = max((line["x1"] for line in texts), default=0.0)

    @staticmethod
    def _is_page_number(line: dict[str, Any], top: float, height: float) -> bool:
        at_edge = top > height * 0.88 or top < height * 0.08
        return at_edge and _PAGE_NUMBER.fullmatch(line["text"]) is not None

    def line(self, line: dict[str, Any], page: int) -> None:
        """A line begins a paragraph when it is indented or the line before it ended early."""
        text = visible(line["text"]).strip()
        if not text:
            return
        size = max(line["bottom"] - line["top"], 6.0)
        indented = line["x0"] > self.left + size * 0.8
        heading = self.text[-1:] in _ENDS and _NUMBERED.fullmatch(text)
        if self.text and (indented or self.ended_early or heading):
            self.end_paragraph()
        if not self.text:
            self.text_page = page
        joint = (
            " "
            if self.text[-1:].isascii() and self.text[-1:].isalnum() and text[0].isascii() and text[0].isalpha()
            else ""
        )
        self.text += joint + text
        self.ended_early = line["x1"] < self.right - size * 1.6

    ended_early = False

    def end_paragraph(self) -> None:
        if self.text:
            self.blocks.append(Paragraph(self.text, Place(len(self.blocks) + 1, page=self.text_page)))
        self.text = ""
        self.ended_early = False

    def table(self, table: Any, page: Any) -> None:
        at = Place(len(self.blocks) + 1, page=page.page_number)
        cells = list(_cells(table, page, at))
        self.cells += len(cells)
        if self.cells > MAX_CELLS:
            raise Unreadable(f"表格单元格超过 {MAX_CELLS} 个，不像一份年报；请核对文件。")
        if any(cell.text for cell in cells):
            self.blocks.append(Table(tuple(cells), at))


def _cells(table: Any, page: Any, at: Place) -> Iterator[Cell]:
    """Origin cells with spans, from the rectangles the rules make."""
    lefts = _edges(box[0] for box in table.cells)
    tops = _edges(box[1] for box in table.cells)
    for x0, top, x1, bottom in sorted(table.cells, key=lambda box: (round(box[1]), box[0])):
        row, column = _index(tops, top), _index(lefts, x0)
        rows = max(1, sum(1 for edge in tops if top - 2 <= edge < bottom - 2))
        columns = max(1, sum(1 for edge in lefts if x0 - 2 <= edge < x1 - 2))
        inside = page.within_bbox((x0, top, x1, bottom), strict=False).extract_text(x_tolerance=2, y_tolerance=2) or ""
        text = "\n".join(line for line in (visible(part).strip() for part in inside.split("\n")) if line)
        yield Cell(text, Place(at.block, row, column, page=at.page), rows=rows, columns=columns)


def _edges(values: Iterator[float]) -> list[float]:
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > 2:
            edges.append(value)
    return edges


def _index(edges: list[float], value: float) -> int:
    return 1 + min(range(len(edges)), key=lambda index: abs(edges[index] - value))


def _inside(item: dict[str, Any], boxes: list[tuple[float, float, float, float]]) -> bool:
    if item.get("object_type") != "char":
        return False
    x, y = (item["x0"] + item["x1"]) / 2, (item["top"] + item["bottom"]) / 2
    return any(x0 <= x <= x1 and top <= y <= bottom for x0, top, x1, bottom in boxes)


def _unruled(body: bytes, deadline: float) -> Iterator[Block]:
    """Text in content order; a line that ends in numbers is a row of label and figures."""
    file = pypdfium2.PdfDocument(body)
    rows: list[tuple[list[str], int]] = []
    count = 0
    paragraph, started = "", 1
    try:
        for number, page in enumerate(file, 1):
            if time.monotonic() > deadline:
                raise Unreadable(f"读取 PDF 超过 {MAX_SECONDS:.0f} 秒，已停止；请核对文件是否正常。")
            lines = [visible(line).strip() for line in page.get_textpage().get_text_bounded().split("\n")]
            for line in lines:
                if not line or (_PAGE_NUMBER.fullmatch(line) and line in lines[:1] + lines[-2:]):
                    continue
                words = line.split()
                figures = len(words)
                while figures and _NUMBER.fullmatch(words[figures - 1]):
                    figures -= 1
                is_row = len(words) - figures >= 1 and len(line) < 120
                if is_row and paragraph:
                    count += 1
                    yield Paragraph(paragraph, Place(count, page=started))
                    paragraph = ""
                if is_row:
                    label = ["".join(words[:figures])] if figures else []
                    rows.append((label + words[figures:], number))
                    continue
                if rows:
                    count += 1
                    yield _rows(rows, count)
                    rows = []
                if paragraph and paragraph[-1] in _ENDS:
                    count += 1
                    yield Paragraph(paragraph, Place(count, page=started))
                    paragraph = ""
                started = started if paragraph else number
                paragraph += line
                if len(line) < 22:
                    count += 1
                    yield Paragraph(paragraph, Place(count, page=started))
                    paragraph = ""
    finally:
        file.close()
    if rows:
        yield _rows(rows, count + 1)
    elif paragraph:
        yield Paragraph(paragraph, Place(count + 1, page=started))


def _rows(rows: list[tuple[list[str], int]], block: int) -> Table:
    at = Place(block, page=rows[0][1])
    return Table(place([[Source(text) for text in texts] for texts, _ in rows], at), at, aligned=False)
