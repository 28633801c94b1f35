"""File formats: what a file is called, what it ends in, what it may hold.

To add one: a record here, a line in `archive.reading.readers.READERS`, a golden
document in `tests/reports/`. Where neither its first bytes (`begins`) nor the names
in a zip (`parts`) tell it, `archive.reading.sniff` does.
"""

from __future__ import annotations

from dataclasses import dataclass

HTML = "text/html"
TEXT = "text/plain"
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DOC = "application/msword"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
XLS = "application/vnd.ms-excel"
ODT = "application/vnd.oasis.opendocument.text"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
OFD = "application/ofd"
WORD_XML = "application/vnd.ms-word.xml"
"""Word's files of 2003 as XML."""
EXCEL_XML = "application/vnd.ms-excel.xml"
"""Excel's files of 2003 as XML."""
FLAT_DOCX = "application/vnd.ms-word.flat-opc"
"""All parts of a .docx in one XML text."""
RTF = "application/rtf"
MHTML = "multipart/related"
ZIP = "application/zip"
GZIP = "application/gzip"
RAR = "application/vnd.rar"
SEVEN_ZIP = "application/x-7z-compressed"
ARCHIVES = frozenset((ZIP, GZIP, RAR, SEVEN_ZIP))
"""What holds files, of which one may be a report."""


@dataclass(frozen=True, slots=True)
class Format:
    """A file format that is read."""

    media_type: str
    label: str
    """What visitors read, in Chinese."""
    endings: tuple[str, ...]
    """Of file names, with the dot; a file that is handed out gets the first."""
    may_be_pictures: bool = False
    """Whether it may hold nothing but pictures of pages: seconds a page to read."""
    is_linked: bool = True
    """Whether a link to such a file beside a report is taken for an attachment."""
    begins: tuple[bytes, ...] = ()
    """With one of these begins every such file, and no other."""
    parts: tuple[str, ...] = ()
    """Names, in lower case, of which a zip holds one when it is such a file."""


FORMATS: tuple[Format, ...] = (
    # A link to a page leads to another article, not to an attachment.
    Format(HTML, "网页", (".html", ".htm", ".shtml"), is_linked=False),
    Format(PDF, "PDF", (".pdf",), may_be_pictures=True),
    # WPS Office names its texts .wps and its sheets .et; inside they are Office files.
    Format(DOC, "Word（doc）", (".doc", ".wps"), may_be_pictures=True),
    Format(DOCX, "Word（docx）", (".docx", ".docm"), may_be_pictures=True),
    Format(TEXT, "文本", (".txt", ".md"), is_linked=False),
    # OFD is China's own page format (GB/T 33190), in which official papers are issued.
    Format(OFD, "OFD", (".ofd",), may_be_pictures=True, parts=("ofd.xml",)),
    Format(RTF, "RTF", (".rtf",), begins=(b"{\\rtf",)),
    Format(ODT, "OpenDocument（odt）", (".odt",)),
    Format(ODS, "电子表格（ods）", (".ods",)),
    # Both XML forms of Word are called .xml; only the first bytes tell them apart.
    Format(WORD_XML, "Word（xml）", (".xml",), is_linked=False),
    Format(FLAT_DOCX, "Word（xml）", (".xml",), is_linked=False),
    Format(XLS, "电子表格（xls）", (".xls", ".et")),
    Format(EXCEL_XML, "电子表格（xml）", (".xml",), is_linked=False),
    Format(
        XLSX,
        "电子表格（xlsx）",
        (".xlsx",),
        parts=("xl/workbook.xml", "xl/workbook.bin"),
    ),
    # What counts is what lies inside: often one report and its tables.
    Format(ZIP, "压缩包（zip）", (".zip",), may_be_pictures=True),
    Format(
        GZIP,
        "压缩包（gz）",
        (".gz",),
        may_be_pictures=True,
        is_linked=False,
        begins=(b"\x1f\x8b",),
    ),
    # WinRAR writes the second form since 2013, and many offices still the first.
    Format(
        RAR,
        "压缩包（rar）",
        (".rar",),
        may_be_pictures=True,
        begins=(b"Rar!\x1a\x07\x00", b"Rar!\x1a\x07\x01\x00"),
    ),
    Format(
        SEVEN_ZIP,
        "压缩包（7z）",
        (".7z",),
        may_be_pictures=True,
        begins=(b"7z\xbc\xaf\x27\x1c",),
    ),
    # Saved by browsers: one page with its pictures in one file.
    Format(MHTML, "网页归档（mht）", (".mht", ".mhtml")),
    Format(
        "image/png",
        "图片（png）",
        (".png",),
        may_be_pictures=True,
        is_linked=False,
        begins=(b"\x89PNG\r\n\x1a\n",),
    ),
    Format(
        "image/jpeg",
        "图片（jpg）",
        (".jpg", ".jpeg"),
        may_be_pictures=True,
        is_linked=False,
        begins=(b"\xff\xd8\xff",),
    ),
    Format(
        "image/tiff",
        "图片（tiff）",
        (".tif", ".tiff"),
        may_be_pictures=True,
        is_linked=False,
        begins=(b"II*\x00", b"MM\x00*"),
    ),
    Format(
        "image/bmp", "图片（bmp）", (".bmp",), may_be_pictures=True, is_linked=False
    ),
    Format(
        "image/gif",
        "图片（gif）",
        (".gif",),
        may_be_pictures=True,
        is_linked=False,
        begins=(b"GIF8",),
    ),
    Format(
        "image/webp", "图片（webp）", (".webp",), may_be_pictures=True, is_linked=False
    ),
)
"""In the order in which pages list them."""

BY_MEDIA_TYPE = {one.media_type: one for one in FORMATS}

PICTURES = tuple(
    one.media_type for one in FORMATS if one.media_type.startswith("image/")
)


def format_of(media_type: str) -> Format | None:
    """The record of a media type; None for what is not read."""
    return BY_MEDIA_TYPE.get(media_type)


def is_picture(media_type: str) -> bool:
    return media_type in PICTURES


def attachment_endings() -> tuple[str, ...]:
    """Endings of files that are taken for attachments of a report, with the dot."""
    return tuple(ending for one in FORMATS if one.is_linked for ending in one.endings)


def file_endings() -> tuple[str, ...]:
    """Endings of all files that are known, with the dot."""
    read = (ending for one in FORMATS for ending in one.endings)
    return tuple(dict.fromkeys(read))
