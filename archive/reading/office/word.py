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
from archive.reading.office.word_looks import only_shown
from archive.reading.office.word_text import W
from archive.reading.package import Package, parsed
from archive.reading.sniff import sniff
from archive.reading.unreadable import OnlyPictures, Unreadable
from archive.report import Document, Hints, Note

_NAME = "Word 文件"
# e.g. "word/document.xml", "word/document2.xml"
_MAIN = re.compile(r"word/document\d*\.xml")
# Signs; a file with fewer, and pictures, is a scan.
_LEAST_TEXT = 60

_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_PKG = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_OLD_PICTURE = "{urn:schemas-microsoft-com:vml}imagedata"
# The same words under the name of the ISO standard ("strict" files).
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = W[1:-1].encode()


@dataclass(frozen=True, slots=True)
class _Parts:
    """The parts of a Word file that its text is made of, as far as it has them."""

    document: etree._Element | None
    numbering: etree._Element | None
    styles: etree._Element | None
    title: str = ""

    @property
    def texts(self) -> list[str]:
        """The texts of all runs, also of those that are not printed."""
        if self.document is None:
            return []
        return [text.text or "" for text in self.document.iter(f"{W}t")]


def read_docx(body: bytes, hints: Hints) -> Document:
    """Reads a Word file.

    Raises OnlyPictures for scans, Unreadable when it is damaged, protected or a
    decompression bomb.
    """
    with Package(body, _NAME) as file:
        main = _main_part(file)
        parts = _parts(file, main)
        page = _page_inside(file)
        pictures: list[bytes] = []
        if parts.document is not None and _length(parts) < _LEAST_TEXT:
            pictures = _pictures(file, main, parts.document)
    is_empty = parts.document is not None and not any(parts.texts)
    if page is not None and is_empty:
        return replace(_read_page(page, hints), media_type=DOCX)
    if pictures:
        raise OnlyPictures(pictures, parts.title)
    return _document(parts)


def _main_part(file: Package) -> str:
    """The name of the part with the text; empty when there is none."""
    for name in file.names:
        if _MAIN.fullmatch(name):
            return name
    return ""


def _read_page(page: bytes, hints: Hints) -> Document:
    """A web page, alone or saved with its pictures."""
    if sniff(page) == HTML:
        return read_html(page, hints)
    return read_mht(page, hints)


def read_flat_docx(body: bytes, hints: Hints) -> Document:
    """Reads a Word file whose parts stand in one XML text.

    Raises Unreadable when it is damaged.
    """
    data = {
        part.get(f"{_PKG}name", "").lower(): part.find(f"{_PKG}xmlData")
        for part in parsed(body, _NAME)
    }

    def part(name: str) -> etree._Element | None:
        content = data.get(f"/word/{name}.xml")
        if content is None or not len(content):
            return None
        return content[0]

    parts = _Parts(part("document"), part("numbering"), part("styles"))
    return replace(_document(parts), media_type=FLAT_DOCX)


def _parts(file: Package, main: str) -> _Parts:
    """The parts of a file; `main` is the name of the one with the text."""
    title = None
    core = file.xml("docProps/core.xml")
    if core is not None:
        title = core.findtext(_TITLE)
    return _Parts(
        document=_transitional(file.part(main)),
        numbering=_transitional(file.part("word/numbering.xml")),
        styles=_transitional(file.part("word/styles.xml")),
        title=(title or "").strip(),
    )


def _transitional(body: bytes | None) -> etree._Element | None:
    """A part as XML, with the names of the usual files."""
    if body is None:
        return None
    return parsed(body.replace(_STRICT, _TRANSITIONAL), _NAME)


def _length(parts: _Parts) -> int:
    """Signs of the text, without blanks at the ends of runs."""
    return sum(len(text.strip()) for text in parts.texts)


def _pictures(file: Package, main: str, document: etree._Element) -> list[bytes]:
    """The pictures of a text in its order.

    The text names them by numbers, which a part beside it (`_rels`) explains.
    """
    folder, name = posixpath.split(main)
    targets = {}
    for link in _links(file, f"{folder}/_rels/{name}.rels"):
        targets[link.get("Id")] = str(link.get("Target", ""))
    found: list[bytes] = []
    for number in _picture_numbers(document):
        if number not in targets:
            continue
        body = file.part(posixpath.join("/", folder, targets[number]))
        if body and sniff(body) in PICTURES:
            found.append(body)
    return found


def _links(file: Package, part: str) -> Iterator[etree._Element]:
    """What a part with links holds; nothing when the file has no such part."""
    links = file.xml(part)
    if links is not None:
        yield from links


def _picture_numbers(document: etree._Element) -> list[str | None]:
    """By which number each picture is told, those of Word before 2007 last."""
    pictures = document.iter(f"{_DRAWING}blip")
    older = document.iter(_OLD_PICTURE)
    numbers = [picture.get(f"{_RELATION}embed") for picture in pictures]
    numbers += [picture.get(f"{_RELATION}id") for picture in older]
    return numbers


def _page_inside(file: Package) -> bytes | None:
    """The web page that Word is to show in place of a text ("altChunk").

    So programs write Word files that know HTML only.
    """
    for link in _links(file, "word/_rels/document.xml.rels"):
        if not str(link.get("Type", "")).endswith("/aFChunk"):
            continue
        target = str(link.get("Target", ""))
        page = file.part(posixpath.join("/word", target))
        if page is None:
            continue
        if sniff(page) in {HTML, MHTML}:
            return page
    return None


def _document(parts: _Parts) -> Document:
    """The document of the parts. Raises Unreadable when there is no text among them."""
    if parts.document is None:
        raise Unreadable("Word 文件中缺少正文部分，文件可能已损坏。")
    struck = only_shown(parts.document, parts.styles)
    body = WordBody(Numbering(parts.numbering, parts.styles))
    content = parts.document.find(f"{W}body")
    if content is not None:
        body.walk(content)
    meta: dict[str, str] = {}
    if parts.title:
        meta["title"] = parts.title
    notes: tuple[Note, ...] = ()
    if struck:
        notes = (STRUCK_OUT,)
    return Document(tuple(body.blocks), DOCX, meta=meta, notes=notes)
