"""Which reader reads which type of file."""

from __future__ import annotations

from collections.abc import Callable

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
    RTF,
    TEXT,
    WORD_XML,
    XLS,
    XLSX,
    ZIP,
)
from archive.reading.html import read_html
from archive.reading.mht import read_mht
from archive.reading.ofd import read_ofd
from archive.reading.office import read_office
from archive.reading.pdf import read_pdf
from archive.reading.sniff import BINARY, EMPTY, OLE, PROTECTED, sniff
from archive.reading.text import read_text
from archive.reading.unreadable import MAX_BYTES, Unreadable
from archive.reading.word import read_docx, read_flat_docx
from archive.reading.workbook import read_workbook
from archive.reading.zipped import read_packed
from archive.report import Document, Hints

__all__ = ["MAX_BYTES", "READERS", "RECOGNISED", "Unreadable", "read", "sniff"]


def _read_picture(body: bytes, hints: Hints) -> Document:
    from archive.reading.scan import (
        read_picture,  # only pictures pay for loading what reads them
    )

    return read_picture(body, hints)


READERS: dict[str, Callable[[bytes, Hints], Document]] = {
    HTML: read_html,
    PDF: read_pdf,
    DOCX: read_docx,
    FLAT_DOCX: read_flat_docx,
    DOC: read_office,
    RTF: read_office,
    ODT: read_office,
    WORD_XML: read_office,
    XLSX: read_workbook,
    XLS: read_workbook,
    ODS: read_workbook,
    EXCEL_XML: read_workbook,
    OFD: read_ofd,
    MHTML: read_mht,
    ZIP: lambda body, hints: read_packed(body, hints, read),
    GZIP: lambda body, hints: read_packed(body, hints, read),
    TEXT: read_text,
    **dict.fromkeys(PICTURES, _read_picture),
}

RECOGNISED = frozenset(one.media_type for one in FORMATS if one.may_be_pictures)
"""What may hold pictures of pages, whose reading takes seconds a page."""

_NOT_YET = {
    EMPTY: "文件为空，没有可读的内容；请重新下载。",
    OLE: "旧版 Office 文件已损坏，或不是 Word、Excel 文件，无法读取；"
    "请核对后另存为 .docx 再导入。",
    PROTECTED: "Office 文件有密码保护，无法读取；请取消密码后再导入。",
    "application/vnd.rar": "压缩包不能直接读取，请解压后再导入。",
    "application/x-7z-compressed": "压缩包不能直接读取，请解压后再导入。",
    BINARY: "不是可识别的文件类型，请核对文件是否完整。",
}


def read(body: bytes, hints: Hints = Hints()) -> Document:
    """The document in the bytes; its type is told from the content, never from the
    name.

    Raises Unreadable with a Chinese reason for everything that can't be read.
    """
    if len(body) > MAX_BYTES:
        raise Unreadable(
            f"文件有 {len(body) / 1048576:.0f} MB，超过上限 {MAX_BYTES // 1048576} MB。"
        )
    media_type = sniff(body)
    reader = READERS.get(media_type)
    if reader is None:
        raise Unreadable(_NOT_YET.get(media_type, _NOT_YET[BINARY]))
    try:
        document = reader(body, hints)
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
    if not document.blocks and media_type not in {
        HTML,
        MHTML,
    }:  # a page may hold nothing but a link or a picture
        raise Unreadable("文件中没有可读的文字。")
    return document
