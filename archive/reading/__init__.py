"""Bytes → Document. One file a format, one function each; READERS is the table."""

from __future__ import annotations

from collections.abc import Callable

from archive.reading import sniff as types
from archive.reading.archived import read_mht
from archive.reading.html import read_html
from archive.reading.ofd import read_ofd
from archive.reading.office import read_office
from archive.reading.packed import read_packed
from archive.reading.pdf import read_pdf
from archive.reading.sniff import sniff
from archive.reading.text import read_text
from archive.reading.unreadable import MAX_BYTES, Unreadable
from archive.reading.word import read_docx, read_flat_docx
from archive.reading.workbook import read_workbook
from archive.report.document import Document
from archive.report.model import Hints

__all__ = ["MAX_BYTES", "READERS", "RECOGNISED", "Unreadable", "read", "sniff"]


def _read_picture(body: bytes, hints: Hints) -> Document:
    from archive.reading.scan import read_picture  # only pictures pay for loading what reads them

    return read_picture(body, hints)


READERS: dict[str, Callable[[bytes, Hints], Document]] = {
    types.HTML: read_html,
    types.PDF: read_pdf,
    types.DOCX: read_docx,
    types.FLAT_DOCX: read_flat_docx,
    types.DOC: read_office,
    types.RTF: read_office,
    types.ODT: read_office,
    types.WORD_XML: read_office,
    types.XLSX: read_workbook,
    types.XLS: read_workbook,
    types.ODS: read_workbook,
    types.EXCEL_XML: read_workbook,
    types.OFD: read_ofd,
    types.MHTML: read_mht,
    types.ZIP: lambda body, hints: read_packed(body, hints, read),
    types.GZIP: lambda body, hints: read_packed(body, hints, read),
    types.TEXT: read_text,
    **dict.fromkeys(types.PICTURES, _read_picture),
}

RECOGNISED = frozenset({types.PDF, types.DOCX, types.DOC, types.OFD, types.ZIP, types.GZIP, *types.PICTURES})
"""What may hold pictures of pages, whose reading takes seconds a page."""

_NOT_YET = {
    types.EMPTY: "文件为空，没有可读的内容；请重新下载。",
    types.OLE: "旧版 Office 文件已损坏，或不是 Word、Excel 文件，无法读取；请核对后另存为 .docx 再导入。",
    types.PROTECTED: "Office 文件有密码保护，无法读取；请取消密码后再导入。",
    "application/vnd.rar": "压缩包不能直接读取，请解压后再导入。",
    "application/x-7z-compressed": "压缩包不能直接读取，请解压后再导入。",
    types.BINARY: "不是可识别的文件类型，请核对文件是否完整。",
}


def read(body: bytes, hints: Hints = Hints()) -> Document:  # noqa: B008 - frozen, shared safely
    """The document in the bytes; its type is told from the content, never from the name.

    Raises Unreadable with a Chinese reason for everything that can't be read.
    """
    if len(body) > MAX_BYTES:
        raise Unreadable(f"文件有 {len(body) / 1048576:.0f} MB，超过上限 {MAX_BYTES // 1048576} MB。")
    media_type = sniff(body)
    reader = READERS.get(media_type)
    if reader is None:
        raise Unreadable(_NOT_YET.get(media_type, _NOT_YET[types.BINARY]))
    try:
        document = reader(body, hints)
    except Unreadable:
        raise
    except (RecursionError, MemoryError):
        raise Unreadable("文件嵌套过深或过大，读取已停止；请核对文件是否正常。") from None
    except Exception as trouble:
        raise Unreadable(f"文件已损坏或格式异常（{type(trouble).__name__}），无法读取。") from trouble
    if not document.blocks and media_type not in {
        types.HTML,
        types.MHTML,
    }:  # a page may hold nothing but a link or a picture
        raise Unreadable("文件中没有可读的文字。")
    return document
