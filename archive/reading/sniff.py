"""What bytes are, by their content; names and declared types lie."""

from __future__ import annotations

import io
import re
import zipfile

from archive.reading.encoding import decode

EMPTY = "application/x-empty"
HTML = "text/html"
TEXT = "text/plain"
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODT = "application/vnd.oasis.opendocument.text"
OFD = "application/ofd"
OLE = "application/x-ole-storage"
RTF = "application/rtf"
MHTML = "multipart/related"
ZIP = "application/zip"
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
    (b"\x1f\x8b", "application/gzip"),
)
_PARTS = (
    ("word/document.xml", DOCX),
    ("xl/workbook.xml", XLSX),
    ("OFD.xml", OFD),
    ("content.xml", ODT),
)
_TAG = re.compile(r"<(?:!doctype\s+html|html|head|body|meta|title|table|tr|td|div|p|span|font|h[1-6]|center)\b", re.I)
_BEGINS = re.compile(r"\s*<(?:!doctype|\?xml|!--|html|head|body|div|p|span|meta|title)\b", re.I)
_HOLDS = re.compile(r"<(?:html|head|body|!doctype\s+html)\b", re.I)
"""What only a page begins with or holds; a Markdown dump may hold tables as HTML."""
_MARKDOWN = re.compile(r"^#{1,6} ?\S", re.M)
_MHTML = re.compile(rb"\s*(?:from:|mime-version:|content-type:\s*multipart/related)", re.I)


def sniff(body: bytes) -> str:
    """The media type of the bytes; BINARY when they are nothing known."""
    if not body.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        return EMPTY
    head = body[:1024]
    for magic, media_type in _MAGIC:
        if head.startswith(magic) and not (magic == b"BM" and head[6:10] != b"\x00" * 4):
            return media_type
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if b"%PDF-" in head:
        return PDF
    if head.startswith(b"PK\x03\x04"):
        return _zip_type(body)
    if _MHTML.match(head) and b"multipart/related" in body[:4096].lower():
        return MHTML
    return _text_type(body)


def _zip_type(body: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError):
        return ZIP
    return next((media_type for part, media_type in _PARTS if part in names), ZIP)


def _text_type(body: bytes) -> str:
    head = decode(body[:65536])
    if not body.startswith((b"\xff\xfe", b"\xfe\xff")) and b"\x00" in body[:65536]:
        return BINARY
    odd = sum(1 for character in head if character == "\ufffd" or (character < " " and character not in "\t\n\r\f\v"))
    if odd > max(2, len(head) * 0.05):
        return BINARY
    if _BEGINS.match(head) or _HOLDS.search(head):
        return HTML
    return HTML if _TAG.search(head) and not _MARKDOWN.search(head) else TEXT
