"""Which reader reads which type of file, and what is said of the others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from types import MappingProxyType
from typing import cast

from archive.catalogue import (
    DOC,
    DOCX,
    EXCEL_XML,
    FLAT_DOCX,
    FORMATS,
    GZIP,
    HTML,
    MHTML,
    ODS,
    ODT,
    OFD,
    PDF,
    PICTURES,
    RAR,
    RTF,
    SEVEN_ZIP,
    TEXT,
    WORD_XML,
    XLS,
    XLSX,
    ZIP,
)
from archive.reading.sniff import BINARY, EMPTY, OLE, PROTECTED, sniff
from archive.reading.unreadable import MAX_BYTES, OnlyPictures, Unreadable, too_large
from archive.report import Document, Hints

__all__ = ["MAX_BYTES", "READERS", "RECOGNISED", "Unreadable", "read", "sniff"]


Reader = Callable[[bytes, Hints], Document]

READERS: dict[str, tuple[str, str]] = {
    HTML: ("html", "read_html"),
    PDF: ("printed", "read_pdf"),
    DOCX: ("office", "read_docx"),
    FLAT_DOCX: ("office", "read_flat_docx"),
    DOC: ("office", "read_older_text"),
    RTF: ("office", "read_older_text"),
    ODT: ("office", "read_older_text"),
    WORD_XML: ("office", "read_older_text"),
    XLSX: ("office", "read_workbook"),
    XLS: ("office", "read_older_workbook"),
    ODS: ("office", "read_older_workbook"),
    EXCEL_XML: ("office", "read_older_workbook"),
    OFD: ("printed", "read_ofd"),
    MHTML: ("mht", "read_mht"),
    ZIP: ("readers", "read_archive"),
    GZIP: ("readers", "read_archive"),
    RAR: ("readers", "read_archive"),
    SEVEN_ZIP: ("readers", "read_archive"),
    TEXT: ("text", "read_text"),
    **dict.fromkeys(PICTURES, ("readers", "read_picture")),
}
"""Media type → the part of this room that reads it, and its function.

Named here and loaded with the first file of its kind: a web page is read in less time
than it takes to load what PDF files need.
"""

RECOGNISED = frozenset(one.media_type for one in FORMATS if one.may_be_pictures)
"""What may hold pictures of pages, whose reading takes seconds a page."""

# Why files of other types are not read, and what to do.
_REFUSED = {
    EMPTY: "文件为空，没有可读的内容；请重新下载。",
    OLE: "旧版 Office 文件已损坏，或不是 Word、Excel 文件，无法读取；"
    "请核对后另存为 .docx 再导入。",
    PROTECTED: "Office 文件有密码保护，无法读取；请取消密码后再导入。",
    BINARY: "不是可识别的文件类型，请核对文件是否完整。",
}


_NO_PICTURES: Mapping[str, bytes] = MappingProxyType({})


def read(
    body: bytes, hints: Hints = Hints(), pictures: Mapping[str, bytes] = _NO_PICTURES
) -> Document:
    """The document in the bytes.

    Its type is told from the content, never from the name. `pictures` are those that a
    page shows, by their addresses as they are written in it.

    Raises Unreadable with a Chinese reason for everything that can't be read.
    """
    if len(body) > MAX_BYTES:
        raise too_large(len(body), MAX_BYTES)
    media_type = sniff(body)
    if media_type not in READERS:
        raise Unreadable(_REFUSED.get(media_type, _REFUSED[BINARY]))
    try:
        document = _read(body, media_type, hints, pictures)
    except Unreadable:
        raise
    except (RecursionError, MemoryError):
        raise Unreadable(
            "文件嵌套过深或过大，读取已停止；请核对文件是否正常。"
        ) from None
    except Exception as trouble:
        raise Unreadable(
            f"文件已损坏或格式异常（{type(trouble).__name__}），无法读取。"
        ) from trouble
    # a web page may hold nothing but a link or a picture
    if not document.blocks and media_type not in {HTML, MHTML}:
        raise Unreadable("文件中没有可读的文字。")
    return document


def _read(
    body: bytes, media_type: str, hints: Hints, pictures: Mapping[str, bytes]
) -> Document:
    """What is printed in a file; where nothing is, what its pictures show."""
    try:
        if media_type == HTML:
            # imported here, as all readers are
            from archive.reading.html import read_html

            return read_html(body, hints, pictures)
        return reader_of(media_type)(body, hints)
    except OnlyPictures as scan:
        return _recognised(body, media_type, scan)


def reader_of(media_type: str) -> Reader:
    """The function that reads a type of file, loaded now if it was not."""
    part, name = READERS[media_type]
    return cast(Reader, getattr(import_module(f"archive.reading.{part}"), name))


def read_archive(body: bytes, hints: Hints) -> Document:
    """Files in archives are read as any others are."""
    from archive.reading.zipped import read_packed

    return read_packed(body, hints, read)


def read_picture(body: bytes, hints: Hints) -> Document:
    """Nothing is printed in a picture; it is all to be recognised."""
    raise OnlyPictures([body])


def _recognised(body: bytes, media_type: str, scan: OnlyPictures) -> Document:
    """What the models read off the pictures of a file."""
    # imported here: only scans and pictures pay for loading what reads them
    from archive.reading.scanned import read_picture, read_pictures, read_scanned_pdf

    if media_type == PDF:
        return read_scanned_pdf(body, media_type)
    if media_type in PICTURES:
        return read_picture(body, media_type)
    return read_pictures(scan.pictures, media_type, scan.title)
