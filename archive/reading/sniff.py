"""What bytes are, by their content; names and declared types lie.

A `.doc` may be a web page, RTF or a file of WPS, and an `.xls` a page with a table.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Set
from typing import TYPE_CHECKING

from archive.catalogue import (
    DOC,
    DOCX,
    EXCEL_XML,
    FLAT_DOCX,
    FORMATS,
    HTML,
    MHTML,
    ODS,
    ODT,
    PDF,
    TEXT,
    WORD_XML,
    XLS,
    ZIP,
)
from archive.webpage import decode

if TYPE_CHECKING:
    from olefile import OleFileIO

EMPTY = "application/x-empty"
OLE = "application/x-ole-storage"
"""The format of older Office files, when it is none that is read."""
PROTECTED = "application/x-ole-storage; protected"
"""A Word or Excel file with a password."""
BINARY = "application/octet-stream"

_HEAD = 1024
_HEAD_OF_MESSAGE = 4096
_HEAD_OF_TEXT = 65536
# Zeros, blanks and the mark of UTF-8: a file of these is empty.
_NOTHING = b"\x00 \t\r\n\xef\xbb\xbf"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")

_MAGIC: tuple[tuple[bytes, str], ...] = (
    *((magic, one.media_type) for one in FORMATS for magic in one.begins),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE),
)
# What the library raises for damaged and protected archives.
_ZIP_TROUBLES = (
    zipfile.BadZipFile,
    OSError,
    ValueError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    zlib.error,
)
_ZIP_BEGINS = (b"PK\x03\x04", b"PK\x05\x06")

# The main part of a Word file; some programs number it.
# e.g. "word/document.xml", "word/document2.xml"
_WORD_PART = re.compile(r"word/document\d*\.xml")
_OTHER_PARTS = tuple((part, one.media_type) for one in FORMATS for part in one.parts)
# What an OLE file is, by the streams at its root: other files may be embedded further
# down.
_STREAMS = (
    ("EncryptedPackage", PROTECTED),
    ("WordDocument", DOC),
    ("Workbook", XLS),
    ("Book", XLS),
)
# The flag fEncrypted in the twelfth byte of a WordDocument stream ([MS-DOC], 2.5.2).
_ENCRYPTED = 1

_DOCTYPE = r"!doctype\s+html"
_FRAME = ("html", "head", "body", "meta", "title")
_TABLE = ("table", "tr", "td")
_BLOCKS = ("div", "p", "span", "font", "h[1-6]", "center")
_ANY_TAG = "|".join((_DOCTYPE, *_FRAME, *_TABLE, *_BLOCKS))
# e.g. "<p>", "<TABLE border=1>", "<!DOCTYPE html>"
# not "<w:p>"
_TAG = re.compile(rf"<(?:{_ANY_TAG})\b", re.I)
_FIRST_TAGS = r"!doctype|\?xml|!--|html|head|body|div|p|span|meta|title"
# What only a page begins with; a Markdown dump may hold tables as HTML further down.
# e.g. "<!DOCTYPE html>", "  <div class='a'>", "<?xml version='1.0'?>"
_BEGINS = re.compile(rf"\s*<(?:{_FIRST_TAGS})\b", re.I)
# What only a page holds, wherever it stands.
# e.g. "<html>", "<body bgcolor=white>"
# not "<table>"
_HOLDS = re.compile(rf"<(?:html|head|body|{_DOCTYPE})\b", re.I)
# A heading in Markdown.
# e.g. "## 一、总体情况", "#标题"
_MARKDOWN = re.compile(r"^#{1,6} ?\S", re.M)

_PROLOGUE = r"\s*<\?xml[^>]*>\s*(?:<\?[^>]*>\s*)*"
_OFFICE_ROOT = r"<(w:wordDocument|pkg:package|(?:ss:)?Workbook)\b"
_OFFICE_NAME = r"[^>]{0,2000}\bschemas[.-]microsoft[.-]com"
# Office files as one XML text: Word's and Excel's of 2003, and Word's with all parts.
# e.g. "<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office'>"
# not "<?xml version='1.0'?><html>"
_OFFICE_XML = re.compile(_PROLOGUE + _OFFICE_ROOT + _OFFICE_NAME)
_ROOTS = {"w:wordDocument": WORD_XML, "pkg:package": FLAT_DOCX}
# What no text holds: the sign of what can't be decoded, signs that control a terminal.
# e.g. "\ufffd", "\x07"
# not "一\n"
_ODD = re.compile("[\ufffd\x00-\x08\x0e-\x1f]")
_CONTROLS = bytes([*range(0x09), *range(0x0E, 0x20)])
_MULTIPART = rb"content-type:\s*multipart/related"
# How a saved page (RFC 2557) begins.
# e.g. b"From: <Saved by WebKit>", b"MIME-Version: 1.0"
_MESSAGE = re.compile(rb"\s*(?:from:|mime-version:|" + _MULTIPART + rb")", re.I)


def sniff(body: bytes) -> str:
    """The media type of the bytes; BINARY when they are nothing known.

    EMPTY, OLE and PROTECTED are no types of the catalogue but say what is wrong.
    """
    if not body.strip(_NOTHING):
        return EMPTY
    head = body[:_HEAD]
    media_type = _by_magic(head)
    if media_type == OLE:
        return _ole_type(body)
    if media_type:
        return media_type
    # other things may stand before it: line ends, a byte order mark
    if b"%PDF-" in head:
        return PDF
    if head.startswith(_ZIP_BEGINS):
        return _zip_type(body)
    if _is_message(body):
        return MHTML
    return _text_type(body)


def _by_magic(head: bytes) -> str:
    """The type that the first bytes tell; empty when they tell none."""
    for magic, media_type in _MAGIC:
        if head.startswith(magic):
            return media_type
    # BM are letters too; a picture has four zeros behind its size
    is_bitmap = head.startswith(b"BM") and head[6:10] == b"\x00" * 4
    if is_bitmap:
        return "image/bmp"
    # RIFF holds sounds and films as well
    is_webp = head.startswith(b"RIFF") and head[8:12] == b"WEBP"
    if is_webp:
        return "image/webp"
    return ""


def _is_message(body: bytes) -> bool:
    """Whether it is a saved page: a mail message with several parts that belong
    together.
    """
    head = body[:_HEAD_OF_MESSAGE]
    if not _MESSAGE.match(head[:_HEAD]):
        return False
    return b"multipart/related" in head.lower()


def _ole_type(body: bytes) -> str:
    """The type of an older Office file by its streams; OLE when it is none of them."""
    from olefile import OleFileIO

    try:
        with OleFileIO(io.BytesIO(body)) as file:
            return _type_of_streams(file)
    except Exception:  # the library has no error of its own for all that may be wrong
        return OLE


def _type_of_streams(file: OleFileIO) -> str:
    """The type by what is stored at the root of an OLE file."""
    for name, media_type in _STREAMS:
        if not file.exists(name):
            continue
        if media_type == DOC and _is_encrypted(file):
            return PROTECTED
        return media_type
    return OLE


def _is_encrypted(file: OleFileIO) -> bool:
    """Whether a Word file of 97 to 2003 has a password for reading."""
    head = file.openstream("WordDocument").read(12)
    return bool(head[11] & _ENCRYPTED)


def _zip_type(body: bytes) -> str:
    """The type of a zip by the parts in it; ZIP when it is none of a document.

    Also when it is damaged: the reader of archives then says so.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            names = set(map(_plain, archive.namelist()))
            declared = _declared(archive, names)
    except _ZIP_TROUBLES:
        return ZIP
    for name in names:
        if _WORD_PART.fullmatch(name):
            return DOCX
    if "content.xml" in names:
        return _open_document_type(declared)
    for part, media_type in _OTHER_PARTS:
        if part in names:
            return media_type
    return ZIP


def _plain(name: str) -> str:
    """A name as it is compared: programs write either slash, and either case."""
    return name.replace("\\", "/").lower()


def _declared(archive: zipfile.ZipFile, names: Set[str]) -> str:
    """What an OpenDocument file says it is; empty when it says nothing.

    The first part of the file, not compressed, is to be its media type.
    """
    if "mimetype" not in names:
        return ""
    with archive.open("mimetype") as part:
        return part.read(100).decode("ascii", "replace")


def _open_document_type(declared: str) -> str:
    """Texts and tables are read, presentations and drawings are not."""
    if "spreadsheet" in declared:
        return ODS
    if "text" in declared or not declared:
        return ODT
    return BINARY


def _may_be_odd(begins: bytes, head: str) -> bool:
    """Whether any sign of a text can be odd: looking at bytes is quicker than at signs.

    Each encoding writes a control sign as the byte of its number.
    """
    if "\ufffd" in head:
        return True
    return len(begins.translate(None, _CONTROLS)) < len(begins)


def _text_type(body: bytes) -> str:
    """Whether bytes are a web page, another sort of XML, or plain text; else BINARY."""
    begins = body[:_HEAD_OF_TEXT]
    # every other byte of UTF-16 may be zero, none of any other text
    if b"\x00" in begins and not body.startswith(_UTF_16):
        return BINARY
    head = decode(begins)
    # a damaged text has some odd signs, other files are full of them
    odd = len(_ODD.findall(head)) if _may_be_odd(begins, head) else 0
    if odd > max(2, len(head) * 0.05):
        return BINARY
    office = _OFFICE_XML.match(head)
    if office:
        return _ROOTS.get(office[1], EXCEL_XML)
    if _BEGINS.match(head) or _HOLDS.search(head):
        return HTML
    # a dump in Markdown may hold tables as HTML
    if _TAG.search(head) and not _MARKDOWN.search(head):
        return HTML
    return TEXT
