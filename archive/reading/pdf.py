"""PDF files → Document: ruled tables by their lines, other text in reading order.

A PDF without ruled tables is read in content order, where label and figures of a row
follow each other; such rows are tables that are not `aligned`.
"""

from __future__ import annotations

import io
import logging
import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import pdfplumber
import pypdfium2

from archive.catalogue import PDF
from archive.reading.ruled import Part, joined, part_of, table_of
from archive.reading.unreadable import MAX_CELLS, MAX_CHARACTERS, Unreadable
from archive.reading.unruled import unruled
from archive.report import PAGE_NUMBER, Block, Document, Hints, Paragraph, Place, Table
from archive.webpage import printed

MAX_PAGES = 300
MAX_SECONDS = 60.0
MAX_OBJECTS = 20_000
"""Letters in groups, lines and pictures of one page; a full page of a table has some
hundreds.
"""
MAX_PAGE_CHARACTERS = 20_000
MAX_EDGES = 10_000
"""Sides of the lines and boxes of a page; a full page of a table has some hundreds."""
MIN_CHARACTERS = 20

AT_EDGE = re.compile(
    rf"{PAGE_NUMBER.pattern}|\s*(?:[-—–－─]?\s*\d{{1,4}}\s*[-—–－─]?|\d{{1,4}}\s*/\s*\d{{1,4}})\s*"
)
"""The number of a page, where it stands at the edge of one: also 3 and 3/9."""
TOO_SLOW = f"读取 PDF 超过 {MAX_SECONDS:.0f} 秒，已停止；请核对文件是否正常。"
_ENDS = "。！？；：”）"
_NUMBERED = re.compile(r"[一二三四五六七八九十]{1,2}、\S{2,30}(?:情况|事项|概述)")
"""A heading of the form begins a paragraph, however the line before it ended."""

# pdfminer reports every oddity of a font as a warning; the reader's own doubts are in
# `notes`.
logging.getLogger("pdfminer").setLevel(logging.ERROR)


def read_pdf(body: bytes, hints: Hints) -> Document:
    """Reads a PDF, scanned ones by recognition. Raises Unreadable for protected or
    damaged ones and past limits.
    """
    deadline = time.monotonic() + MAX_SECONDS
    lines = _pages_of(body, deadline)
    if sum(len(line) for page in lines for line in page) < MIN_CHARACTERS:
        from archive.reading.scan import (
            read_scanned_pdf,  # it reads its pages by this module
        )

        return read_scanned_pdf(body, PDF)
    with pdfplumber.open(io.BytesIO(body)) as file:
        title = str((file.metadata or {}).get("Title") or "").strip()
        blocks = blocks_of(_closed_after(file.pages), lines, deadline)
    return Document(tuple(blocks), PDF, meta={"title": title} if title else {})


def blocks_of(
    pages: Iterable[Any], lines: list[list[str]], deadline: float
) -> list[Block]:
    """The blocks of pages as pdfplumber has them; `lines` are those of each page in
    content order.

    Raises Unreadable past the limits and past the deadline (of the monotonic clock).
    """
    reader = _Reader(deadline, _running_lines(lines))
    for page in pages:
        reader.page(page)
    reader.end()
    if any(isinstance(block, Table) for block in reader.blocks):
        return reader.blocks
    return unruled(reader.blocks, _lines(lines, reader.furniture))


def _closed_after(pages: Iterable[Any]) -> Iterator[Any]:
    for page in pages:
        yield page
        page.close()


def _pages_of(body: bytes, deadline: float) -> list[list[str]]:
    """The lines of each page in content order. Refuses what can't be read before
    anything slow begins.
    """
    try:
        file = pypdfium2.PdfDocument(body)
    except pypdfium2.PdfiumError as trouble:
        if "password" in str(trouble).lower():
            raise Unreadable(
                "PDF 文件有密码保护，无法读取；请提供未加密的文件。"
            ) from None
        raise Unreadable("PDF 文件已损坏，无法打开，请重新下载。") from None
    try:
        if len(file) > MAX_PAGES:
            raise Unreadable(
                f"PDF 共 {len(file)} 页，超过上限 {MAX_PAGES} 页，不像一份年报。"
            )
        pages: list[list[str]] = []
        characters = 0
        for page in file:
            if time.monotonic() > deadline:
                raise Unreadable(TOO_SLOW)
            text = page.get_textpage()
            count = text.count_chars()
            if (
                count > MAX_PAGE_CHARACTERS
                or pypdfium2.raw.FPDFPage_CountObjects(page) > MAX_OBJECTS
            ):
                raise Unreadable(
                    f"PDF 第 {len(pages) + 1} 页的文字或线条过多，不像一份年报；"
                    "请核对文件。"
                )
            characters += count
            if characters > MAX_CHARACTERS:
                raise Unreadable(f"PDF 超过 {MAX_CHARACTERS} 字，不像一份年报。")
            pages.append(
                [printed(line).strip() for line in text.get_text_bounded().split("\n")]
            )
            text.close()
            page.close()
    finally:
        file.close()
    return pages


def _running_lines(pages: list[list[str]]) -> frozenset[str]:
    """Heads and feet: lines that stand first or last on most pages, their numbers
    aside.
    """
    edges: Counter[str] = Counter()
    for lines in pages:
        full = [line for line in lines if line]
        edges.update({_shape(line) for line in full[:1] + full[-2:] if len(line) < 60})
    return frozenset(
        line for line, count in edges.items() if count >= max(3, len(pages) * 0.6)
    )


def _lines(pages: list[list[str]], furniture: frozenset[str]) -> list[tuple[str, int]]:
    """Lines in content order with their page, without page numbers, heads and feet."""
    found = []
    for number, lines in enumerate(pages, 1):
        full = [line for line in lines if line]
        for index, line in enumerate(full):
            at_edge = index == 0 or index >= len(full) - 2
            if not (at_edge and (AT_EDGE.fullmatch(line) or _shape(line) in furniture)):
                found.append((line, number))
    return found


class _Reader:
    """Collects pages into blocks; a paragraph or a table may go on over a page break."""

    def __init__(self, deadline: float, furniture: frozenset[str]) -> None:
        self.blocks: list[Block] = []
        self.deadline = deadline
        self.furniture = furniture
        self.text = ""
        self.text_page = 1
        self.ended_early = False
        self.is_long = False
        self.part: Part | None = None
        self.part_page = 0
        self.left, self.right, self.width = 0.0, 0.0, 0.0
        self.cells = 0

    def page(self, page: Any) -> None:
        if time.monotonic() > self.deadline:
            raise Unreadable(TOO_SLOW)
        if _is_printed_twice(page.chars):
            page = page.dedupe_chars()
        if len(page.edges) > MAX_EDGES:
            raise Unreadable(
                f"PDF 第 {page.page_number} 页的线条过多，不像一份年报；请核对文件。"
            )
        tables = [table for table in page.find_tables() if len(table.cells) > 1]
        boxes = [table.bbox for table in tables]
        rest = page.filter(lambda item: not _inside(item, boxes)) if boxes else page
        found = rest.extract_text_lines(return_chars=False, strip=False)
        lines = [line for line in found if not self._is_furniture(line, page.height)]
        self._margins(lines, page.width)
        pieces: list[tuple[float, Any]] = [(line["top"], line) for line in lines]
        pieces += [(table.bbox[1], table) for table in tables]
        for index, (_, piece) in enumerate(sorted(pieces, key=lambda pair: pair[0])):
            if isinstance(piece, dict):
                self.end_table()
                self.line(piece, page.page_number)
            else:
                self.end_paragraph()
                self.table(
                    piece,
                    page,
                    goes_on=index == 0 and self.part_page == page.page_number - 1,
                )

    def _margins(self, lines: list[dict[str, Any]], width: float) -> None:
        """The widest margins so far; a page with a few short lines says nothing about
        them.
        """
        texts = [line for line in lines if len(line["text"].strip()) > 10] or lines
        if not texts:
            return
        left, right = (
            min(line["x0"] for line in texts),
            max(line["x1"] for line in texts),
        )
        if self.right and abs(width - self.width) < 1:
            left, right = min(left, self.left), max(right, self.right)
        self.left, self.right, self.width = left, right, width

    def _is_furniture(self, line: dict[str, Any], height: float) -> bool:
        if not (line["top"] > height * 0.86 or line["top"] < height * 0.1):
            return False
        return (
            AT_EDGE.fullmatch(line["text"]) is not None
            or _shape(line["text"]) in self.furniture
        )

    def line(self, line: dict[str, Any], page: int) -> None:
        """A line begins a paragraph when it is indented or the line before it ended
        early.
        """
        text = printed(line["text"]).strip()
        if not text:
            return
        size = max(line["bottom"] - line["top"], 6.0)
        indented = line["x0"] > self.left + size * 0.8
        if self.text and (indented or self._is_over(text) or _NUMBERED.fullmatch(text)):
            self.end_paragraph()
        if not self.text:
            self.text_page = page
        self.text += (" " if _are_words(self.text[-1:], text[0]) else "") + text
        # 。 can't begin a line, so a line may be short by two or three signs without
        # ending the paragraph
        short = 0.8 if text[-1] in _ENDS else 2.8
        self.ended_early = line["x1"] < self.right - size * short
        self.is_long = line["x1"] > (self.left + self.right) / 2

    def _is_over(self, following: str) -> bool:
        """Whether the paragraph has ended; a long number or address that did not fit
        goes on with it.
        """
        token = (
            following[0].isascii()
            and following[0].isalnum()
            and self.text[-1] not in "。！？；"
        )
        return self.ended_early and not (token and self.is_long)

    def end_paragraph(self) -> None:
        if self.text:
            self.blocks.append(
                Paragraph(self.text, Place(len(self.blocks) + 1, page=self.text_page))
            )
        self.text = ""
        self.ended_early = False

    def table(self, table: Any, page: Any, *, goes_on: bool) -> None:
        part = part_of(table, page)
        self.cells += len(part.boxes)
        if self.cells > MAX_CELLS:
            raise Unreadable(
                f"表格单元格超过 {MAX_CELLS} 个，不像一份年报；请核对文件。"
            )
        whole = joined(self.part, part) if self.part and goes_on else None
        if whole is None:
            self.end_table()
        self.part, self.part_page = whole or part, page.page_number

    def end_table(self) -> None:
        if self.part and any(box.text for box in self.part.boxes):
            self.blocks.append(table_of(self.part, len(self.blocks) + 1))
        self.part = None

    def end(self) -> None:
        self.end_paragraph()
        self.end_table()


def _is_printed_twice(chars: list[dict[str, Any]]) -> bool:
    """Whether a sign may stand twice within a point, which is how some programs make
    bold.
    """
    signs = [(sign["text"], sign["x0"], sign["top"]) for sign in chars]
    return any(
        len(
            {
                (text, (left + right) // 2, (top + down) // 2)
                for text, left, top in signs
            }
        )
        < len(signs)
        for right in (0, 1)
        for down in (0, 1)
    )


def _are_words(before: str, after: str) -> bool:
    return (
        bool(before)
        and before.isascii()
        and before.isalnum()
        and after.isascii()
        and after.isalpha()
    )


def _shape(line: str) -> str:
    """A line with its numbers levelled, to know running heads and feet by."""
    return re.sub(r"\d+", "0", "".join(line.split()))


def _inside(
    item: dict[str, Any], boxes: list[tuple[float, float, float, float]]
) -> bool:
    if item.get("object_type") != "char":
        return False
    x, y = (item["x0"] + item["x1"]) / 2, (item["top"] + item["bottom"]) / 2
    return any(x0 <= x <= x1 and top <= y <= bottom for x0, top, x1, bottom in boxes)
