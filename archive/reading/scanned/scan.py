"""Pages as dots → Document, by character recognition.

A page is straightened, its ruling lines are found, and what was recognised is put
between them; then it is read as a page of a digital PDF is.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence

from archive.reading.printed import DrawnPage, blocks_of, is_page_number
from archive.reading.scanned.raster import (
    MAX_PAGES,
    Dots,
    pages_of_pdf,
    pages_of_picture,
)
from archive.reading.unreadable import Unreadable
from archive.report import Document, Note

MAX_SECONDS = 300.0
_NO_MODELS = (
    "这是扫描件或图片，需要文字识别组件（rapidocr、onnxruntime、opencv）才能读取；"
    "请安装 disclosure-archive[ocr]。"
)
_RECOGNISED = Note("recognised")


def read_scanned_pdf(body: bytes, media_type: str) -> Document:
    """A PDF file whose pages are pictures.

    Raises Unreadable past the limits and for too coarse pictures.
    """
    return _document(pages_of_pdf(body), media_type, "")


def read_picture(body: bytes, media_type: str) -> Document:
    """A picture, or the pages of a TIFF.

    Raises Unreadable past the limits and for too coarse pictures.
    """
    return _document(pages_of_picture(body), media_type, "")


def read_pictures(
    bodies: Sequence[bytes], media_type: str, title: str = ""
) -> Document:
    """The pages of a file that holds nothing but pictures, in order.

    Seals and logos among them are passed over. Raises Unreadable as `read_picture`
    does, and when every picture is too coarse.
    """
    pages: list[Dots] = []
    refusal = ""
    for body in bodies[:MAX_PAGES]:
        try:
            pages += pages_of_picture(body)
        except Unreadable as trouble:
            refusal = str(trouble)
    if not pages:
        raise Unreadable(refusal)
    return _document(pages, media_type, title)


def _document(pages: Iterable[Dots], media_type: str, title: str) -> Document:
    """The document of all pages; recognised text is never said to be certain."""
    deadline = time.monotonic() + MAX_SECONDS
    recognised = _recognised(pages, deadline)
    lines = [_lines(page) for page in recognised]
    blocks, notes = blocks_of(recognised, lines, deadline)
    if not blocks:
        raise Unreadable("图片中没有识别出文字。")
    meta = {"title": title} if title else {}
    return Document(
        tuple(blocks), media_type, meta, scanned=True, notes=(_RECOGNISED, *notes)
    )


def _recognised(pages: Iterable[Dots], deadline: float) -> list[DrawnPage]:
    """The pages with what is recognised on them.

    Raises Unreadable past the deadline, and when the models are not installed.
    """
    found: list[DrawnPage] = []
    for number, page in enumerate(pages, 1):
        if time.monotonic() > deadline:
            raise Unreadable(
                f"识别超过 {MAX_SECONDS:.0f} 秒（已识别 {number - 1} 页），已停止。"
            )
        # What is too coarse or too large has been refused by now, without the models:
        # they take a second and a gigabyte to load, and may not be installed.
        try:
            from archive.reading.scanned.recognised_page import recognised_page
        except ImportError:
            raise Unreadable(_NO_MODELS) from None
        found.append(recognised_page(page, number))
    return found


def _lines(page: DrawnPage) -> list[str]:
    """The lines of a page in reading order, without its number."""
    lines = page.extract_text_lines(return_chars=False)
    texts = [line["text"] for line in lines]
    return [text for text in texts if not is_page_number(text)]
