"""OFD files (GB/T 33190-2016) → Document: pages are read as those of a PDF are.

Like PDF, OFD says where each sign stands on a page, and not what is a table. Pictures,
seals and annotations are not read.
"""

from __future__ import annotations

import time

from archive.catalogue import OFD
from archive.reading.package import Package
from archive.reading.printed.canvas import Canvas
from archive.reading.printed.limits import MAX_SECONDS, MIN_CHARACTERS, TOO_SLOW
from archive.reading.printed.ofd_file import KIND, OfdFile
from archive.reading.printed.pages import blocks_of
from archive.reading.unreadable import MAX_CHARACTERS, OnlyPictures, Unreadable
from archive.report import Document, Hints, Note


def read_ofd(body: bytes, hints: Hints) -> Document:
    """Reads an OFD file that has text.

    Raises OnlyPictures for scans, Unreadable for protected and damaged files, for those
    without anything to read, and past the limits.
    """
    deadline = time.monotonic() + MAX_SECONDS
    with Package(body, KIND) as package:
        file = OfdFile(package)
        canvases = _drawn(file, deadline)
        if _count_signs(canvases) < MIN_CHARACTERS:
            raise _without_text(file, canvases)
    pages = (canvas.page() for canvas in canvases)
    lines = [canvas.lines for canvas in canvases]
    blocks, notes = blocks_of(pages, lines, deadline)
    meta: dict[str, str] = {}
    if file.title:
        meta["title"] = file.title
    unknown = sum(canvas.unknown for canvas in canvases)
    if unknown:
        notes.append(Note("signs_unknown", {"count": unknown}))
    return Document(tuple(blocks), OFD, meta=meta, notes=tuple(notes))


def _drawn(file: OfdFile, deadline: float) -> list[Canvas]:
    """All pages. Raises Unreadable past the limits."""
    canvases: list[Canvas] = []
    for number, page in enumerate(file.pages, 1):
        if time.monotonic() > deadline:
            raise Unreadable(TOO_SLOW.replace("PDF", "OFD"))
        canvases.append(file.drawn(page, number))
        if _count_signs(canvases) > MAX_CHARACTERS:
            raise Unreadable(f"OFD 文件超过 {MAX_CHARACTERS} 字，不像一份年报。")
    return canvases


def _count_signs(canvases: list[Canvas]) -> int:
    """How many signs stand on all pages so far."""
    return sum(len(canvas.signs) for canvas in canvases)


def _without_text(file: OfdFile, canvases: list[Canvas]) -> OnlyPictures | Unreadable:
    """What is to be raised for a file on whose pages nothing is written."""
    pictures = file.pictures()
    if pictures:
        return OnlyPictures(pictures, file.title)
    lacking = "没有可读的文字"
    if any(canvas.pictures for canvas in canvases):
        lacking = "没有文字（扫描件），图片也不能读取"
    return Unreadable(f"OFD 文件共 {len(canvases)} 页，{lacking}；请提供电子版。")
