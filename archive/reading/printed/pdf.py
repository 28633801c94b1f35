"""PDF files → Document: ruled tables by their lines, other text in reading order.

A PDF without ruled tables is read in content order, where label and figures of a row
follow each other; such rows are tables that are not `aligned`. PDF files without text,
which are scans, are left to recognition.
"""

from __future__ import annotations

import io
import logging
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pdfplumber
import pypdfium2

from archive.catalogue import PDF
from archive.reading.printed.limits import (
    MAX_OBJECTS,
    MAX_PAGE_CHARACTERS,
    MAX_PAGES,
    MAX_SECONDS,
    MIN_CHARACTERS,
    TOO_SLOW,
)
from archive.reading.printed.pages import blocks_of
from archive.reading.unreadable import MAX_CHARACTERS, OnlyPictures, Unreadable
from archive.report import Document, Hints
from archive.webpage import printed

# pdfminer reports every oddity of a font as a warning; the reader's own doubts are in
# `notes`.
logging.getLogger("pdfminer").setLevel(logging.ERROR)

Boxes = list[tuple[float, float, float, float]]
"""Left, bottom, right and top in points from a page's lower left corner."""
_NOT_DRAWN = frozenset(
    [
        pypdfium2.raw.FPDF_TEXTRENDERMODE_INVISIBLE,
        pypdfium2.raw.FPDF_TEXTRENDERMODE_CLIP,
    ]
)


def read_pdf(body: bytes, hints: Hints) -> Document:
    """Reads a PDF that has text.

    Raises OnlyPictures for scans, Unreadable for protected or damaged files and past
    the limits.
    """
    deadline = time.monotonic() + MAX_SECONDS
    lines, unseen = _lines_of_pages(body, deadline)
    characters = sum(len(line) for page in lines for line in page)
    if characters < MIN_CHARACTERS:
        raise OnlyPictures
    with pdfplumber.open(io.BytesIO(body)) as file:
        told = (file.metadata or {}).get("Title")
        blocks, notes = blocks_of(_closed_after(file.pages, unseen), lines, deadline)
    meta: dict[str, str] = {}
    title = str(told or "").strip()
    if title:
        meta["title"] = title
    return Document(tuple(blocks), PDF, meta=meta, notes=tuple(notes))


def _closed_after(pages: Iterable[Any], unseen: Sequence[Boxes]) -> Iterator[Any]:
    """Pages one by one, without what stands in their unseen boxes.

    Each gives its memory back before the next is read.
    """
    for page, boxes in zip(pages, unseen, strict=True):
        if boxes:
            yield page.filter(lambda item, boxes=boxes: not _is_in(item, boxes))
        else:
            yield page
        page.close()


def _is_in(item: dict[str, Any], boxes: Boxes) -> bool:
    """Whether an item is a sign whose middle lies in one of the boxes."""
    if item["object_type"] != "char":
        return False
    x = (item["x0"] + item["x1"]) / 2
    y = (item["y0"] + item["y1"]) / 2
    return any(
        left <= x <= right and bottom <= y <= top for left, bottom, right, top in boxes
    )


def _lines_of_pages(
    body: bytes, deadline: float
) -> tuple[list[list[str]], list[Boxes]]:
    """The lines of each page in the order in which the file holds them, and the boxes
    of unseen text.

    pdfium is many times as fast as pdfplumber: what can't be read is refused here,
    before anything slow begins.
    """
    file = _opened(body)
    pages: list[list[str]] = []
    unseen: list[Boxes] = []
    characters = 0
    try:
        if len(file) > MAX_PAGES:
            raise Unreadable(
                f"PDF 共 {len(file)} 页，超过上限 {MAX_PAGES} 页，不像一份年报。"
            )
        for number, page in enumerate(file, 1):
            if time.monotonic() > deadline:
                raise Unreadable(TOO_SLOW)
            text = page.get_textpage()
            characters += _counted(text, page, number)
            if characters > MAX_CHARACTERS:
                raise Unreadable(f"PDF 超过 {MAX_CHARACTERS} 字，不像一份年报。")
            lines = text.get_text_bounded().split("\n")
            pages.append([printed(line).strip() for line in lines])
            unseen.append(_unseen(page))
            text.close()
            page.close()
    finally:
        file.close()
    return pages, unseen


def _unseen(page: Any) -> Boxes:
    """The boxes of text that is written and not drawn, on a page of drawn text.

    A scan with recognised text behind the picture has hardly any that is drawn: there
    the other is what is to be read.
    """
    drawn = 0.0
    boxes: Boxes = []
    for one in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT]):
        left, bottom, right, top = one.get_bounds()
        mode = pypdfium2.raw.FPDFTextObj_GetTextRenderMode(one.raw)
        if mode in _NOT_DRAWN:
            boxes.append((left, bottom, right, top))
        else:
            drawn += right - left
    written = sum(right - left for left, _, right, _ in boxes)
    if written < drawn:
        return boxes
    return []


def _opened(body: bytes) -> Any:
    """The file. Raises Unreadable when it is protected or damaged."""
    try:
        return pypdfium2.PdfDocument(body)
    except pypdfium2.PdfiumError as trouble:
        if "password" in str(trouble).lower():
            raise Unreadable(
                "PDF 文件有密码保护，无法读取；请提供未加密的文件。"
            ) from None
        raise Unreadable("PDF 文件已损坏，无法打开，请重新下载。") from None


def _counted(text: Any, page: Any, number: int) -> int:
    """The characters of a page. Raises Unreadable when too much is drawn on it."""
    count = int(text.count_chars())
    objects = pypdfium2.raw.FPDFPage_CountObjects(page)
    if count > MAX_PAGE_CHARACTERS or objects > MAX_OBJECTS:
        raise Unreadable(
            f"PDF 第 {number} 页的文字或线条过多，不像一份年报；请核对文件。"
        )
    return count
