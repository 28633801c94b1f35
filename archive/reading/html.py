"""HTML pages → Document: the report inside the page, without the page's furniture."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, Tag, XMLParsedAsHTMLWarning
from bs4.element import NavigableString, PageElement, PreformattedString

from archive.reading.encoding import decode, visible
from archive.reading.grid import PROSE_CELL, PROSE_ROW, Source, place
from archive.reading.meta import meta_of
from archive.reading.page import content_of, is_furniture, title_outside
from archive.reading.sniff import HTML
from archive.reading.unreadable import MAX_CELLS, MAX_CHARACTERS, Unreadable
from archive.report.document import Block, Document, Heading, Paragraph, Place, Table
from archive.report.model import Hints

_SKIPPED = frozenset(
    {"script", "style", "noscript", "template", "select", "option", "button", "input", "textarea", "nav", "iframe"}
    | {"object", "embed", "svg", "head", "link", "meta", "xml"}
)
_INLINE = frozenset(
    {
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "img",
        "ins",
        "kbd",
        "label",
    }
    | {"mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"}
    | {"o:p", "st1:chsdate", "ruby", "rb", "rp"}
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_MAX_DEPTH = 150
_MAX_NESTING = 300
_TOO_DEEP = "网页嵌套过深，读取已停止；请核对网页是否正常。"
_MAX_MARKS = 150_000
"""Opening and closing tags; pages with pasted Word markup have some tens of thousands."""
_HAN_BREAK = re.compile(r"(?<=[\u3400-\u9fff，。；：、！？）（“”])[ \t]*\n\s*(?=[\u3400-\u9fff，。；：、！？）（“”])")
_FILE = re.compile(r"\.(?:pdf|ofd|docx?|wps|rtf|odt|xlsx?|et)\b")
_SPACE = re.compile(r"[ \t\n\f]+")


def read_html(body: bytes, hints: Hints) -> Document:
    """Reads a page. Raises Unreadable when it is too large or nested without end."""
    text = decode(body)
    if len(text) > MAX_CHARACTERS:
        raise Unreadable(f"网页过长（{len(text)} 字），上限为 {MAX_CHARACTERS} 字。")
    soup = soup_of(text)
    meta = meta_of(soup)
    content = content_of(soup)
    walker = Walker()
    walker.line.append(title_outside(soup, content, meta.get("title", "")))
    walker.end_paragraph(level=1)
    if content.name == "table":
        walker.table(content, 0)
    else:
        walker.walk(content, 0)
    walker.end_paragraph()
    notes = []
    pictures = len(content.find_all("img"))
    if pictures and not any(isinstance(block, Table) for block in walker.blocks):
        notes.append(f"网页正文中有 {pictures} 张图片而没有表格，图片中的文字未能读取。")
    if content.find(_is_embedded_file):
        notes.append("网页正文中嵌有文件，文件未随网页读取，请另行导入该文件。")
    return Document(tuple(walker.blocks), HTML, meta=meta, notes=tuple(notes))


def soup_of(text: str) -> BeautifulSoup:
    """The page as a tree. Raises Unreadable when it has more tags, or deeper ones, than any page of a portal."""
    if text.count("<") > _MAX_MARKS:
        raise Unreadable(f"网页标记过多（超过 {_MAX_MARKS} 个），不像一份年报；请核对网页。")
    with warnings.catch_warnings():  # XHTML pages and pages of one line are read as any other
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        soup = BeautifulSoup(text, "lxml")
    level: list[Tag] = [soup]
    for _ in range(_MAX_NESTING):
        level = [child for tag in level for child in tag.contents if isinstance(child, Tag)]
        if not level:
            return soup
    raise Unreadable(_TOO_DEEP)


class Walker:
    """Goes through a page in reading order and collects blocks; `first` is the number of the first one."""

    def __init__(self, first: int = 1) -> None:
        self.blocks: list[Block] = []
        self.first = first
        self.line: list[str] = []
        self.cells = 0

    def walk(self, element: Tag, depth: int) -> None:
        if depth > _MAX_DEPTH:
            raise Unreadable(_TOO_DEEP)
        for child in element.children:
            if isinstance(child, NavigableString):
                if not isinstance(child, PreformattedString):
                    self.line.append(str(child))
            elif isinstance(child, Tag):
                self.tag(child, depth)

    def tag(self, tag: Tag, depth: int) -> None:
        name = tag.name.lower()
        if name in _SKIPPED or _is_hidden(tag):
            return
        if name == "br":
            self.end_paragraph()
        elif name == "table":
            self.end_paragraph()
            self.table(tag, depth)
        elif name in _HEADINGS:
            self.end_paragraph()
            self.walk(tag, depth + 1)
            self.end_paragraph(_HEADINGS[name])
        elif name in _INLINE:
            self.walk(tag, depth + 1)
        else:
            self.end_paragraph()
            self.walk(tag, depth + 1)
            self.end_paragraph()

    def end_paragraph(self, level: int = 0) -> None:
        text = tidy("".join(self.line))
        self.line = []
        if not text or is_furniture(text):
            return
        at = Place(self.first + len(self.blocks))
        self.blocks.append(Heading(text, at, level) if level else Paragraph(text, at))

    def table(self, table: Tag, depth: int) -> None:
        """A data table becomes a Table; of a layout table only the contents count.

        Whole reports stand in one table: rows of figures between rows of prose.
        """
        rows: list[list[Tag]] = []
        for row in rows_of(table):
            if _is_prose(row):
                self.grid(rows)
                rows = []
                for cell in row:
                    self.walk(cell, depth + 1)
                    self.end_paragraph()
            else:
                rows.append(row)
        self.grid(rows)

    def grid(self, rows: list[list[Tag]]) -> None:
        if not rows:
            return
        at = Place(self.first + len(self.blocks))
        sources = [
            [Source(cell_text(cell), _span(cell, "rowspan"), _span(cell, "colspan")) for cell in row] for row in rows
        ]
        self.cells += sum(map(len, sources))
        if self.cells > MAX_CELLS:
            raise Unreadable(f"表格单元格超过 {MAX_CELLS} 个，不像一份年报；请核对网页。")
        texts = [source.text for row in sources for source in row if source.text]
        if len(texts) > 1 and max(map(len, sources)) > 1:
            self.blocks.append(Table(place(sources, at), at))
        else:  # a box around a line of text
            for text in texts:
                self.line.append(text)
                self.end_paragraph()


def rows_of(table: Tag) -> Iterator[list[Tag]]:
    """The rows of a table (not of tables inside it); cells outside a row make a row of their own."""
    stray: list[Tag] = []
    for child in table.children:
        if not isinstance(child, Tag):
            continue
        if child.name in {"td", "th"}:
            stray.append(child)
        elif child.name == "tr":
            yield [cell for cell in child.children if isinstance(cell, Tag) and cell.name in {"td", "th"}]
        elif child.name in {"tbody", "thead", "tfoot", "form", "caption", "div", "span"}:
            if child.name == "caption":
                yield [child]
            else:
                yield from rows_of(child)
    if stray:
        yield stray


def cell_text(cell: Tag) -> str:
    """A cell's text; breaks and paragraphs inside become newlines."""
    parts: list[str] = []
    stack: list[PageElement] = list(reversed(cell.contents))
    while stack:
        node = stack.pop()
        if isinstance(node, Tag):
            if node.name in _SKIPPED or _is_hidden(node):
                continue
            if node.name in {"br", "p", "div", "li", "tr"}:
                parts.append("\v")
                stack.append(NavigableString("\v"))
            stack.extend(reversed(node.contents))
        elif not isinstance(node, PreformattedString):
            text = str(node)
            parts.append(text if text == "\v" else _SPACE.sub(" ", text))
    lines = (visible(line).strip(" \u3000") for line in "".join(parts).split("\v"))
    return "\n".join(line for line in lines if line)


def tidy(text: str) -> str:
    """Text as a browser shows it; a line break of the source between Chinese characters is none."""
    return _SPACE.sub(" ", _HAN_BREAK.sub("", visible(text))).strip(" \u3000")


def _is_prose(row: list[Tag]) -> bool:
    if any(_holds_a_table(cell) or len(cell.get_text(strip=True)) > PROSE_CELL for cell in row):
        return True
    return len(row) == 1 and PROSE_ROW.fullmatch(row[0].get_text(strip=True)) is not None


def _holds_a_table(cell: Tag) -> bool:
    return any(isinstance(inner, Tag) and inner.name == "table" for inner in cell.descendants)


def _is_hidden(tag: Tag) -> bool:
    style = str(tag.get("style", "")).replace(" ", "").lower()
    return "display:none" in style or tag.get("hidden") is not None


def _is_embedded_file(tag: Tag) -> bool:
    """A viewer of a PDF (or other file) in the page."""
    address = str(tag.get("src") or tag.get("data") or "").lower()
    return tag.name in {"iframe", "embed", "object"} and _FILE.search(address) is not None


def _span(cell: Tag, name: str) -> int:
    """A span as printed: `2`, `2;`, `0` (to the end, rows only); everything odd is 1."""
    found = re.match(r"\s*(\d{1,4})", str(cell.get(name, "1")))
    return int(found[1]) if found else 1
