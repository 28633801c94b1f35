"""Word files (.docx) → Document, read off `word/document.xml`.

Read: content controls, tracked insertions, text boxes (once). Dropped: tracked
deletions, struck-out and hidden text, field codes, the fallback copies of drawings.
Numbers that Word makes for headings (一、（一） 1.) are printed by Word but stand
nowhere in the text; they are made again from `word/numbering.xml`.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from archive.catalogue import DOCX, FLAT_DOCX, HTML, MHTML, PICTURES
from archive.reading.html import read_html
from archive.reading.looks import STRUCK_OUT
from archive.reading.mht import read_mht
from archive.reading.office.numbering import Numbering
from archive.reading.office.word_body import WordBody
from archive.reading.office.word_text import W, is_struck
from archive.reading.package import Package, parsed
from archive.reading.sniff import sniff
from archive.reading.unreadable import OnlyPictures, Unreadable
from archive.report import Document, Hints

_NAME = "Word 文件"
# e.g. "word/document.xml", "word/document2.xml"
_MAIN = re.compile(r"word/document\d*\.xml")
_PARTS = ("document", "numbering", "styles")
_LEAST_TEXT = 60
"""Signs; a file with fewer, and pictures, is a scan."""

_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_PKG = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_OLD_PICTURE = "{urn:schemas-microsoft-com:vml}imagedata"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
"""The same words under the name of the ISO standard ("strict" files)."""
_TRANSITIONAL = W[1:-1].encode()


@dataclass(frozen=True, slots=True)
class _Parts:
    """The parts of a Word file that its text is made of, as far as it has them."""

    document: etree._Element | None
    numbering: etree._Element | None
    styles: etree._Element | None
    title: str = ""

    @property
    def texts(self) -> Iterator[str]:
        if self.document is not None:
            yield from (text.text or "" for text in self.document.iter(f"{W}t"))


def read_docx(body: bytes, hints: Hints) -> Document:
    """Reads a Word file.

    Raises OnlyPictures for scans, Unreadable when it is damaged, protected or a
    decompression bomb.
    """
    with Package(body, _NAME) as file:
        main = next((name for name in file.names if _MAIN.fullmatch(name)), "")
        parts = _parts(file, main)
        page = _page_inside(file)
        pictures = _pictures(file, main, parts) if _is_nearly_empty(parts) else []
    is_empty = parts.document is not None and not any(parts.texts)
    if page is not None and is_empty:
        read = read_html if sniff(page) == HTML else read_mht
        return replace(read(page, hints), media_type=DOCX)
    if pictures:
        raise OnlyPictures(pictures, parts.title)
    return _document(parts)


def read_flat_docx(body: bytes, hints: Hints) -> Document:
    """Reads a Word file whose parts stand in one XML text.

    Raises Unreadable when it is damaged.
    """
    data = {
        part.get(f"{_PKG}name", "").lower(): part.find(f"{_PKG}xmlData")
        for part in parsed(body, _NAME)
    }
    document, numbering, styles = (
        _first_child(data.get(f"/word/{name}.xml")) for name in _PARTS
    )
    found = _document(_Parts(document, numbering, styles))
    return replace(found, media_type=FLAT_DOCX)


def _first_child(element: etree._Element | None) -> etree._Element | None:
    return None if element is None or not len(element) else element[0]


def _parts(file: Package, main: str) -> _Parts:
    names = (main, "word/numbering.xml", "word/styles.xml")
    document, numbering, styles = (_transitional(file.part(name)) for name in names)
    core = file.xml("docProps/core.xml")
    title = core.findtext(_TITLE) if core is not None else None
    return _Parts(document, numbering, styles, (title or "").strip())


def _transitional(body: bytes | None) -> etree._Element | None:
    """A part as XML, with the names of the usual files."""
    if body is None:
        return None
    return parsed(body.replace(_STRICT, _TRANSITIONAL), _NAME)


def _is_nearly_empty(parts: _Parts) -> bool:
    if parts.document is None:
        return False
    return sum(len(text.strip()) for text in parts.texts) < _LEAST_TEXT


def _pictures(file: Package, main: str, parts: _Parts) -> list[bytes]:
    """The pictures of a text in its order."""
    assert parts.document is not None
    folder, name = posixpath.split(main)
    links = file.xml(f"{folder}/_rels/{name}.rels")
    targets = {
        link.get("Id"): str(link.get("Target", ""))
        for link in (links if links is not None else ())
    }
    found: list[bytes] = []
    for number in _picture_numbers(parts.document):
        if number in targets:
            body = file.part(posixpath.join("/", folder, targets[number]))
            if body and sniff(body) in PICTURES:
                found.append(body)
    return found


def _picture_numbers(document: etree._Element) -> Iterator[str | None]:
    """By which number each picture is told, those of Word before 2007 last."""
    for picture in document.iter(f"{_DRAWING}blip"):
        yield picture.get(f"{_RELATION}embed")
    for picture in document.iter(_OLD_PICTURE):
        yield picture.get(f"{_RELATION}id")


def _page_inside(file: Package) -> bytes | None:
    """The web page that Word is to show in place of a text ("altChunk").

    So programs write Word files that know HTML only.
    """
    links = file.xml("word/_rels/document.xml.rels")
    for link in links if links is not None else ():
        if not str(link.get("Type", "")).endswith("/aFChunk"):
            continue
        page = file.part(posixpath.join("/word", str(link.get("Target", ""))))
        if page is not None and sniff(page) in {HTML, MHTML}:
            return page
    return None


def _document(parts: _Parts) -> Document:
    if parts.document is None:
        raise Unreadable("Word 文件中缺少正文部分，文件可能已损坏。")
    body = WordBody(Numbering(parts.numbering, parts.styles))
    content = parts.document.find(f"{W}body")
    if content is not None:
        body.walk(content)
    meta = {"title": parts.title} if parts.title else {}
    notes = (STRUCK_OUT,) if _has_struck_text(parts.document) else ()
    return Document(tuple(body.blocks), DOCX, meta=meta, notes=notes)


def _has_struck_text(document: etree._Element) -> bool:
    runs = document.iter(f"{W}r")
    return any(is_struck(run) and run.findtext(f"{W}t") for run in runs)
