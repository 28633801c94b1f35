"""Formats that LibreOffice makes a .docx or an .xlsx of, which is then read.

Older Word files (.doc, WPS's .wps), .rtf, .odt and Word's XML of 2003; older workbooks
(.xls, WPS's .et), .ods and Excel's XML of 2003.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from archive.catalogue import DOC, EXCEL_XML, ODS, ODT, RTF, WORD_XML, XLS
from archive.reading.office.libreoffice import converted
from archive.reading.office.word import read_docx
from archive.reading.office.workbook import read_workbook
from archive.reading.sniff import sniff
from archive.report import Document, Hints


@dataclass(frozen=True, slots=True)
class Older:
    """A format that is converted."""

    ending: str
    """Of a file's name, without the dot, by which LibreOffice knows the format."""
    name: str
    """In Chinese."""


TEXTS = {
    DOC: Older("doc", "旧版 Word 文件（.doc、.wps）"),
    RTF: Older("rtf", "RTF 文件"),
    ODT: Older("odt", "OpenDocument 文件（.odt）"),
    WORD_XML: Older("xml", "Word XML 文件"),
}
WORKBOOKS = {
    XLS: Older("xls", "旧版电子表格（.xls、.et）"),
    ODS: Older("ods", "OpenDocument 表格（.ods）"),
    EXCEL_XML: Older("xml", "XML 电子表格"),
}


def read_older_text(body: bytes, hints: Hints) -> Document:
    """Reads what LibreOffice Writer opens.

    Raises OnlyPictures for scans, Unreadable as `read_docx` does and when LibreOffice
    is missing or takes too long.
    """
    media_type = sniff(body)
    older = TEXTS[media_type]
    newer = converted(body, older.ending, older.name, "docx")
    return replace(read_docx(newer, hints), media_type=media_type)


def read_older_workbook(body: bytes, hints: Hints) -> Document:
    """Reads what LibreOffice Calc opens.

    Raises Unreadable as `read_workbook` does and when LibreOffice is missing or takes
    too long.
    """
    media_type = sniff(body)
    older = WORKBOOKS[media_type]
    newer = converted(body, older.ending, older.name, "xlsx")
    return replace(read_workbook(newer, hints), media_type=media_type)
