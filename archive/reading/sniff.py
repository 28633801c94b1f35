"""What bytes are, by their content; names and declared types lie."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Set

import olefile

from archive.catalogue import (
    DOC,
    DOCX,
    EXCEL_XML,
    FLAT_DOCX,
    GZIP,
    HTML,
    MHTML,
    ODS,
    ODT,
    OFD,
    PDF,
    RTF,
    TEXT,
    WORD_XML,
    XLS,
    XLSX,
    ZIP,
)
from archive.webpage import decode

EMPTY = "application/x-empty"
OLE = "application/x-ole-storage"
PROTECTED = "application/x-ole-storage; protected"
"""A Word or Excel file with a password."""
BINARY = "application/octet-stream"

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE),
    (b"{\\rtf", RTF),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"BM", "image/bmp"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"\x1f\x8b", GZIP),
)
_PARTS = (
    ("xl/workbook.xml", XLSX),
    ("xl/workbook.bin", XLSX),
    ("ofd.xml", OFD),
)
_WORD_PART = re.compile(r"word/document\d*\.xml")
_STREAMS = (
    ("EncryptedPackage", PROTECTED),
    ("WordDocument", DOC),
    ("Workbook", XLS),
    ("Book", XLS),
)
"""What an OLE file is, by the streams at its root: other files may be embedded further
down.
"""
_TAG = re.compile(
    r"<(?:!doctype\s+html|html|head|body|meta|title|table|tr|td|div|p|span|font|h[1-6]|center)\b",
    re.I,
)
_BEGINS = re.compile(
    r"\s*<(?:!doctype|\?xml|!--|html|head|body|div|p|span|meta|title)\b", re.I
)
_HOLDS = re.compile(r"<(?:html|head|body|!doctype\s+html)\b", re.I)
"""What only a page begins with or holds; a Markdown dump may hold tables as HTML."""
_MARKDOWN = re.compile(r"^#{1,6} ?\S", re.M)
_OFFICE_XML = re.compile(
    r"\s*<\?xml[^>]*>\s*(?:<\?[^>]*>\s*)*<(w:wordDocument|pkg:package|(?:ss:)?Workbook)\b[^>]{0,2000}"
    r"\bschemas[.-]microsoft[.-]com"
)
_ROOTS = {"w:wordDocument": WORD_XML, "pkg:package": FLAT_DOCX}
_ODD = re.compile("[\ufffd\x00-\x08\x0e-\x1f]")
_MHTML = re.compile(
    rb"\s*(?:from:|mime-version:|content-type:\s*multipart/related)", re.I
)


def sniff(body: bytes) -> str:
    """The media type of the bytes; BINARY when they are nothing known."""
    if not body.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        return EMPTY
    head = body[:1024]
    for magic, media_type in _MAGIC:
        if head.startswith(magic) and not (
            magic == b"BM" and head[6:10] != b"\x00" * 4
        ):
            return _ole_type(body) if media_type == OLE else media_type
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if b"%PDF-" in head:
        return PDF
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_type(body)
    if _MHTML.match(head) and b"multipart/related" in body[:4096].lower():
        return MHTML
    return _text_type(body)


def _ole_type(body: bytes) -> str:
    try:
        with olefile.OleFileIO(io.BytesIO(body)) as file:
            media_type = next(
                (media_type for name, media_type in _STREAMS if file.exists(name)), OLE
            )
            if (
                media_type == DOC and file.openstream("WordDocument").read(12)[11] & 1
            ):  # the flag fEncrypted
                return PROTECTED
            return media_type
    except Exception:  # the library has no error of its own for all that may be wrong
        return OLE


def _zip_type(body: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            names = {name.replace("\\", "/").lower() for name in archive.namelist()}
            declared = _declared(archive, names)
    except (
        zipfile.BadZipFile,
        OSError,
        ValueError,
        EOFError,
        NotImplementedError,
        RuntimeError,
        zlib.error,
    ):
        return ZIP
    if any(_WORD_PART.fullmatch(name) for name in names):
        return DOCX
    if "content.xml" in names:
        return (
            ODS
            if "spreadsheet" in declared
            else ODT
            if "text" in declared or not declared
            else BINARY
        )
    return next((media_type for part, media_type in _PARTS if part in names), ZIP)


def _declared(archive: zipfile.ZipFile, names: Set[str]) -> str:
    """What an OpenDocument file says it is."""
    if "mimetype" not in names:
        return ""
    with archive.open("mimetype") as part:
        return part.read(100).decode("ascii", "replace")


def _text_type(body: bytes) -> str:
    head = decode(body[:65536])
    if not body.startswith((b"\xff\xfe", b"\xfe\xff")) and b"\x00" in body[:65536]:
        return BINARY
    if len(_ODD.findall(head)) > max(2, len(head) * 0.05):
        return BINARY
    if office := _OFFICE_XML.match(head):
        return _ROOTS.get(office[1], EXCEL_XML)
    if _BEGINS.match(head) or _HOLDS.search(head):
        return HTML
    return HTML if _TAG.search(head) and not _MARKDOWN.search(head) else TEXT
