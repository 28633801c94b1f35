"""Word files (.docx) → Document, read off `word/document.xml`.

Read: content controls, tracked insertions, text boxes (once). Dropped: tracked
deletions, struck-out and hidden text, field codes, the fallback copies of drawings.
Numbers that Word makes for headings (一、（一） 1.) are printed by Word but stand
nowhere in the text; they are made again from `word/numbering.xml`.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import replace

from lxml import etree

from archive.catalogue import DOCX, FLAT_DOCX, HTML, MHTML, PICTURES
from archive.reading.grid import PROSE_CELL, PROSE_ROW, Source, place
from archive.reading.html import read_html
from archive.reading.looks import LEVEL, RAISED, STRUCK_OUT, held_apart
from archive.reading.mht import read_mht
from archive.reading.numbering import Numbering
from archive.reading.package import Package, is_on, parsed
from archive.reading.sniff import sniff
from archive.reading.unreadable import MAX_CELLS, MAX_CHARACTERS, Unreadable
from archive.report import Block, Document, Heading, Hints, Paragraph, Place, Table
from archive.webpage import visible

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_KIND = "Word 文件"
_PKG = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
_MAIN = re.compile(r"word/document\d*\.xml")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DROPPED = {
    f"{W}{name}"
    for name in ("del", "moveFrom", "instrText", "delText", "rPr", "pPr", "sectPr")
} | {_FALLBACK}
_MAX_DEPTH = 60
_LEAST_TEXT = 60
"""Signs; a file with fewer, and pictures, is a scan."""
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_OLD_PICTURE = "{urn:schemas-microsoft-com:vml}imagedata"
_LEVEL_AGAIN = etree.Element("level")
"""Stands behind the contents of a raised run while they are gone through."""
_EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
_OLD_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
"""The same words under the name of the ISO standard ("strict" files)."""
_TRANSITIONAL = W[1:-1].encode()


def read_docx(body: bytes, hints: Hints) -> Document:
    """Reads a Word file. Raises Unreadable when it is damaged, protected or a
    decompression bomb.
    """
    with Package(body, _KIND) as file:
        main = next((name for name in file.names if _MAIN.fullmatch(name)), "")
        parts = (main, "word/numbering.xml", "word/styles.xml")
        document, numbering, styles = (_transitional(file.part(name)) for name in parts)
        core = file.xml("docProps/core.xml")
        page = _page_inside(file)
        pictures = (
            _pictures(file, main, document)
            if document is not None and _length(document) < _LEAST_TEXT
            else []
        )
    if (
        page is not None
        and document is not None
        and not any(text.text for text in document.iter(f"{W}t"))
    ):
        return replace(
            (read_html if sniff(page) == HTML else read_mht)(page, hints),
            media_type=DOCX,
        )
    title = (
        core.findtext("{http://purl.org/dc/elements/1.1/}title")
        if core is not None
        else None
    )
    if pictures:
        from archive.reading.scan import (
            read_pictures,  # only pictures pay for loading what reads them
        )

        return read_pictures(pictures, DOCX, (title or "").strip())
    return _document(document, numbering, styles, (title or "").strip())


def _length(document: etree._Element) -> int:
    return sum(len((text.text or "").strip()) for text in document.iter(f"{W}t"))


def _pictures(file: Package, main: str, document: etree._Element) -> list[bytes]:
    """The pictures of a text in its order."""
    folder, name = posixpath.split(main)
    links = file.xml(f"{folder}/_rels/{name}.rels")
    targets = (
        {link.get("Id"): str(link.get("Target", "")) for link in links}
        if links is not None
        else {}
    )
    names = [blip.get(_EMBED) for blip in document.iter(f"{_DRAWING}blip")]
    names += [old.get(_OLD_ID) for old in document.iter(_OLD_PICTURE)]
    parts = (
        file.part(posixpath.join("/", folder, targets[name]))
        for name in names
        if name in targets
    )
    return [body for body in parts if body and sniff(body) in PICTURES]


def _page_inside(file: Package) -> bytes | None:
    """The web page that Word is to show in place of a text ("altChunk"): so programs
    write that know HTML only.
    """
    links = file.xml("word/_rels/document.xml.rels")
    for link in links if links is not None else ():
        if str(link.get("Type", "")).endswith("/aFChunk"):
            page = file.part(posixpath.join("/word", str(link.get("Target", ""))))
            if page is not None and sniff(page) in {HTML, MHTML}:
                return page
    return None


def read_flat_docx(body: bytes, hints: Hints) -> Document:
    """Reads a Word file whose parts stand in one XML text. Raises Unreadable when it is
    damaged.
    """
    parts = {
        part.get(f"{_PKG}name", "").lower(): part.find(f"{_PKG}xmlData")
        for part in parsed(body, _KIND)
    }
    roots = (
        parts.get(f"/word/{name}.xml") for name in ("document", "numbering", "styles")
    )
    document, numbering, styles = (
        None if root is None or not len(root) else root[0] for root in roots
    )
    return replace(_document(document, numbering, styles, ""), media_type=FLAT_DOCX)


def _transitional(body: bytes | None) -> etree._Element | None:
    return None if body is None else parsed(body.replace(_STRICT, _TRANSITIONAL), _KIND)


def _document(
    root: etree._Element | None,
    numbering: etree._Element | None,
    styles: etree._Element | None,
    title: str,
) -> Document:
    if root is None:
        raise Unreadable("Word 文件中缺少正文部分，文件可能已损坏。")
    walker = _Walker(Numbering(numbering, styles))
    content = root.find(f"{W}body")
    if content is not None:
        walker.walk(content, 0)
    struck = any(
        _is_struck(run) and run.findtext(f"{W}t") for run in root.iter(f"{W}r")
    )
    meta = {"title": title} if title else {}
    return Document(
        tuple(walker.blocks), DOCX, meta=meta, notes=(STRUCK_OUT,) if struck else ()
    )


class _Walker:
    """Goes through the body in order and collects blocks."""

    def __init__(self, numbering: Numbering) -> None:
        self.blocks: list[Block] = []
        self.numbering = numbering
        self.cells = 0
        self.characters = 0

    def walk(self, element: etree._Element, depth: int) -> None:
        if depth > _MAX_DEPTH:
            raise Unreadable("Word 文件嵌套过深，读取已停止。")
        for child in element:
            if child.tag == f"{W}p":
                self.paragraph(child, depth)
            elif child.tag == f"{W}tbl":
                self.table(child, depth)
            elif child.tag not in _DROPPED and isinstance(child.tag, str):
                self.walk(child, depth + 1)

    def paragraph(self, element: etree._Element, depth: int) -> None:
        number, level = self.numbering.of(element)
        text = visible(number + text_of(element)).strip(" \u3000\t\n")
        self.characters += len(text)
        if self.characters > MAX_CHARACTERS:
            raise Unreadable(
                f"文件超过 {MAX_CHARACTERS} 字，不像一份年报；请核对文件。"
            )
        if text:
            at = Place(len(self.blocks) + 1)
            self.blocks.append(
                Heading(text, at, level) if level else Paragraph(text, at)
            )
        for box in element.iter(f"{W}txbxContent"):
            if not _is_copy(box):
                self.walk(box, depth + 1)

    def table(self, table: etree._Element, depth: int) -> None:
        """A table's rows of figures; rows of prose (whole reports stand in one table)
        are walked into.
        """
        elements = [row for row in _direct(table, "tr") if not _is_gone(row)]
        rows = [_row(row) for row in elements]
        self.cells += sum(map(len, rows))
        if self.cells > MAX_CELLS:
            raise Unreadable(
                f"表格单元格超过 {MAX_CELLS} 个，不像一份年报；请核对文件。"
            )
        figures: list[list[tuple[Source, bool]]] = []
        for row, cells in zip(elements, rows, strict=True):
            if not _is_prose(row, cells):
                figures.append(cells)
                continue
            self.grid(figures)
            figures = []
            for cell in _direct(row, "tc"):
                self.walk(cell, depth + 1)
        self.grid(figures)

    def grid(self, rows: list[list[tuple[Source, bool]]]) -> None:
        """Rows of figures become a Table; a box around a line of text is a paragraph."""
        at = Place(len(self.blocks) + 1)
        texts = [cell.text for row in rows for cell, _ in row if cell.text]
        if len(texts) > 1 and max(map(len, rows)) > 1:
            self.blocks.append(_grid(rows, at))
        else:
            for text in texts:
                self.blocks.append(Paragraph(text, Place(len(self.blocks) + 1)))


def _grid(rows: list[list[tuple[Source, bool]]], at: Place) -> Table:
    """A table from rows of (cell, continues the cell above): vertical merges become row
    spans.
    """
    merged: list[list[Source]] = []
    for index, row in enumerate(rows):
        column, sources = 1, []
        for cell, continued in row:
            if not continued:
                height = 1
                while index + height < len(rows) and _continues(
                    rows[index + height], column
                ):
                    height += 1
                sources.append(Source(cell.text, height, cell.columns))
            column += cell.columns
        merged.append(sources)
    return Table(place(merged, at), at)


def _continues(row: list[tuple[Source, bool]], wanted: int) -> bool:
    column = 1
    for cell, continued in row:
        if column == wanted:
            return continued
        column += cell.columns
    return False


def _is_prose(row: etree._Element, cells: list[tuple[Source, bool]]) -> bool:
    if (
        any(len(cell.text) > PROSE_CELL for cell, _ in cells)
        or next(row.iter(f"{W}tbl"), None) is not None
    ):
        return True
    return len(cells) == 1 and PROSE_ROW.fullmatch(cells[0][0].text) is not None


def _row(row: etree._Element) -> list[tuple[Source, bool]]:
    cells: list[tuple[Source, bool]] = []
    properties = row.find(f"{W}trPr")
    before = properties.find(f"{W}gridBefore") if properties is not None else None
    if before is not None:
        cells.append((Source("", 1, _number(before, 1)), False))
    for cell in _direct(row, "tc"):
        span = cell.find(f"{W}tcPr/{W}gridSpan")
        merge = cell.find(f"{W}tcPr/{W}vMerge")
        lines = (
            text_of(paragraph).strip()
            for paragraph in cell.iter(f"{W}p")
            if not _is_copy(paragraph)
        )
        text = visible("\n".join(line for line in lines if line))
        continued = merge is not None and merge.get(f"{W}val", "continue") != "restart"
        cells.append(
            (Source(text, 1, _number(span, 1) if span is not None else 1), continued)
        )
    return cells


def _is_copy(paragraph: etree._Element) -> bool:
    """Whether a paragraph stands in the second copy of a text box."""
    return any(parent.tag == _FALLBACK for parent in paragraph.iterancestors())


def _direct(element: etree._Element, name: str) -> list[etree._Element]:
    """Children of that name, also inside content controls and tracked insertions."""
    found: list[etree._Element] = []
    for child in element:
        if child.tag == f"{W}{name}":
            found.append(child)
        elif child.tag in {
            f"{W}sdt",
            f"{W}sdtContent",
            f"{W}ins",
            f"{W}customXml",
            f"{W}smartTag",
            f"{W}moveTo",
        }:
            found += _direct(child, name)
    return found


def text_of(paragraph: etree._Element) -> str:
    """The visible text of a paragraph, without text boxes (they are read on their own)."""
    parts: list[str] = []
    stack = list(reversed(paragraph))
    while stack:
        element = stack.pop()
        if (
            element.tag in _DROPPED
            or element.tag == f"{W}txbxContent"
            or not isinstance(element.tag, str)
        ):
            continue
        if element.tag == f"{W}r":
            if _is_hidden(element) or _is_struck(element):
                continue
            if _is_raised(element):
                parts.append(RAISED)
                stack.append(_LEVEL_AGAIN)
        if element.tag == f"{W}t":
            parts.append(element.text or "")
        elif element.tag == f"{W}tab":
            parts.append(" ")
        elif element.tag in {f"{W}br", f"{W}cr"}:
            parts.append("" if element.get(f"{W}type") == "page" else "\n")
        elif element.tag == f"{W}noBreakHyphen":
            parts.append("-")
        elif element is _LEVEL_AGAIN:
            parts.append(LEVEL)
        else:
            stack.extend(reversed(element))
    return held_apart("".join(parts))


def _is_gone(row: etree._Element) -> bool:
    """Whether a row is deleted or hidden."""
    return row.find(f"{W}trPr/{W}del") is not None or is_on(
        row.find(f"{W}trPr/{W}hidden")
    )


def _is_struck(run: etree._Element) -> bool:
    return any(is_on(run.find(f"{W}rPr/{W}{name}")) for name in ("strike", "dstrike"))


def _is_raised(run: etree._Element) -> bool:
    place = run.find(f"{W}rPr/{W}vertAlign")
    return place is not None and place.get(f"{W}val") in {"superscript", "subscript"}


def _is_hidden(run: etree._Element) -> bool:
    """Hidden text (instructions for filling the form in) is not printed."""
    return is_on(run.find(f"{W}rPr/{W}vanish"))


def _number(element: etree._Element, default: int) -> int:
    value = element.get(f"{W}val", "")
    return max(1, min(int(value), 200)) if re.fullmatch(r"\d{1,9}", value) else default
