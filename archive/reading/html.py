"""HTML pages → Document: the report inside the page, without the page's furniture."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from functools import lru_cache
from itertools import chain
from types import MappingProxyType

from archive.catalogue import HTML
from archive.reading.dump import blocks_of
from archive.reading.grid import Source, place
from archive.reading.looks import held_apart
from archive.reading.page import (
    SKIPPED,
    TOO_DEEP,
    Element,
    Layout,
    Styles,
    as_shown,
    carried,
    cell_text,
    children,
    content_of,
    is_prose,
    large_cells,
    meta_of,
    only_shown,
    selected,
    speaks_of_the_form,
    strings,
    title_outside,
    tree_of,
)
from archive.reading.pictures import Picture, linked_pictures, picture_at, recognised
from archive.reading.unreadable import MAX_CELLS, MAX_CHARACTERS, Unreadable
from archive.report import (
    Block,
    Document,
    Heading,
    Hints,
    Note,
    Paragraph,
    Place,
    Table,
)
from archive.webpage import breaks_off, decode, is_furniture_line, names_viewed_file

_INLINE = frozenset(
    [
        *("a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em"),
        *("font", "i", "img", "ins", "kbd", "label", "mark", "q", "s", "samp", "small"),
        *("span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"),
        *("ruby", "rb", "rp"),
        *("o:p", "st1:chsdate"),  # pasted from Word
    ]
)
"""Elements within a line; all others are blocks of their own."""
# Markup is nested in every way: rows stand in forms and spans as well.
_CELLS = frozenset(["td", "th"])
_ROW_HOLDERS = frozenset(["tbody", "thead", "tfoot", "form", "div", "span"])
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_MAX_DEPTH = 150
# e.g. "2", " 3;", "500"
# not "x", "-1"
_NUMBER = re.compile(r"^\s*\d{1,4}")
_CARRIED = Note("carried")
_EMBEDDED = Note("embedded")


def read_html(
    body: bytes,
    hints: Hints,
    carried_pictures: Mapping[str, bytes] = MappingProxyType({}),
) -> Document:
    """Reads a page. Raises Unreadable when it is too large or nested without end.

    `carried_pictures`: address → picture, where the page came with its pictures;
    nothing is fetched.
    """
    text = decode(body)
    if len(text) > MAX_CHARACTERS:
        raise Unreadable(f"网页过长（{len(text)} 字），上限为 {MAX_CHARACTERS} 字。")
    root = tree_of(text)
    layout = Layout.of(root)
    meta = meta_of(root, layout)
    told = selected(text, hints.body)
    content, notes = _content(root, layout) if told is None else (told, [])
    notes += only_shown(content, Styles(content.getroottree().getroot()))
    walker = Walker(carried_pictures=carried_pictures)
    # Titles stand above the element that holds the body of the article.
    walker.line.append(title_outside(layout, content, meta.get("title", "")))
    walker.end_paragraph(level=1)
    walker.inside(content, 0)
    blocks, doubts = _with_pictures(walker, content)
    has_tables = any(isinstance(block, Table) for block in blocks)
    pictures = () if walker.pictures or has_tables else linked_pictures(content)
    notes += doubts
    if any(map(_shows_file, content.iter("iframe", "embed", "object"))):
        notes.append(_EMBEDDED)
    scanned = len(blocks) > len(walker.blocks)
    return Document(
        tuple(blocks),
        HTML,
        meta=meta,
        scanned=scanned,
        notes=tuple(notes),
        pictures=pictures,
        linked=_linked(content, layout),
        cut=breaks_off(text, "table"),
    )


def _linked(content: Element, layout: Layout) -> float:
    """The share of the text that stands in links; 0 for what scripts would show."""
    whole = layout.length(content)
    if not whole:
        return 0.0
    in_links = sum(layout.length(a) for a in content.iter("a") if a.get("href"))
    return min(in_links / whole, 1.0)


def _content(root: Element, layout: Layout) -> tuple[Element, list[Note]]:
    """The element that holds the report, and what is to be said of where it stood."""
    inside = "" if speaks_of_the_form(layout.text) else carried(root)
    if not inside:
        return content_of(root, layout), []
    root = tree_of(inside)
    return content_of(root, Layout.of(root)), [_CARRIED]


def _with_pictures(walker: Walker, content: Element) -> tuple[list[Block], list[Note]]:
    """The blocks, with those of pictures where these stand for the tables; doubts."""
    blocks = walker.blocks
    if any(isinstance(block, Table) for block in blocks):
        # Pictures beside tables are taken for ornaments.
        return blocks, []
    if walker.pictures:
        return recognised(blocks, walker.pictures)
    pictures = len(list(content.iter("img")))
    if pictures == 0:
        return blocks, []
    return blocks, [Note("pictures_unread", {"count": pictures})]


def _shows_file(tag: Element) -> bool:
    """Whether a frame or an object is a viewer of a PDF (or other file).

    The report may be there only: the page then has a title and nothing else.
    """
    address = tag.get("src") or tag.get("data") or ""
    return names_viewed_file(address)


class Walker:
    """Goes through a page in reading order and collects its blocks."""

    def __init__(
        self,
        first: int = 1,
        carried_pictures: Mapping[str, bytes] = MappingProxyType({}),
    ) -> None:
        """`first` is the number of the first block."""
        self.blocks: list[Block] = []
        self.pictures: list[Picture] = []
        self.carried_pictures = carried_pictures
        self.first = first
        self.line: list[str] = []
        """The pieces of the paragraph under way."""
        self.cells = 0
        self.large: Set[Element] | None = None
        """Cells that may hold text of the report, once the first table is met."""

    def walk(self, element: Element, depth: int) -> None:
        """What is in an element; its text goes on with the paragraph under way."""
        if depth > _MAX_DEPTH:
            raise Unreadable(TOO_DEEP)
        if element.text:
            self.line.append(element.text)
        for child in element:
            self.tag(child, depth)
            if child.tail:
                self.line.append(child.tail)

    def tag(self, tag: Element, depth: int) -> None:
        """An element, within the line or a block of its own."""
        name = tag.tag
        if name in SKIPPED or not isinstance(name, str):
            return
        if name == "img":
            self.picture(tag)
        elif name in _INLINE:
            self.walk(tag, depth + 1)
        else:
            self.end_paragraph()
            self.inside(tag, depth)

    def picture(self, tag: Element) -> None:
        """Keeps a picture that the page carries, with its place among the blocks."""
        body = picture_at(tag.get("src") or "", self.carried_pictures)
        if body:
            self.end_paragraph()
            self.pictures.append(Picture(len(self.blocks), body))

    def inside(self, tag: Element, depth: int) -> None:
        """An element that is a block of its own."""
        if tag.tag == "table":
            self.table(tag, depth)
        elif tag.tag == "pre":
            self.lines(held_apart("".join(strings(tag))))
        elif tag.tag != "br":
            self.walk(tag, depth + 1)
            self.end_paragraph(_HEADINGS.get(str(tag.tag), 0))

    def end_paragraph(self, level: int = 0) -> None:
        """The paragraph under way becomes a block; a heading if it has a level."""
        if not self.line:
            return
        text = as_shown("".join(self.line))
        self.line = []
        if not text or is_furniture_line(text):
            return
        at = self.next_place()
        self.blocks.append(Heading(text, at, level) if level else Paragraph(text, at))

    def next_place(self) -> Place:
        """The place of the block that comes next."""
        return Place(self.first + len(self.blocks))

    def lines(self, text: str) -> None:
        """Text that is shown line by line, as in a dump."""
        self.blocks += blocks_of(text.split("\n"), self.first + len(self.blocks))

    def table(self, table: Element, depth: int) -> None:
        """A data table becomes a Table; of a layout table only the contents count.

        Whole reports stand in one table: rows of figures between rows of prose.
        """
        rows: list[list[Element]] = []
        if self.large is None:
            self.large = large_cells(table.getroottree().getroot())
        for row in rows_of(table):
            if not is_prose(row, self.large):
                rows.append(row)
                continue
            self.grid(rows)
            rows = []
            for cell in row:
                self.walk(cell, depth + 1)
                self.end_paragraph()
        self.grid(rows)

    def grid(self, rows: list[list[Element]]) -> None:
        """Rows of figures become a Table; a box around a line of text is no table."""
        if not rows:
            return
        at = self.next_place()
        sources = [list(map(_source, row)) for row in rows]
        self.count(sources)
        texts = [source.text for source in chain.from_iterable(sources)]
        filled = list(filter(None, texts))
        has_columns = max(map(len, sources)) > 1
        if has_columns and len(filled) > 1:
            self.blocks.append(Table(place(sources, at), at))
            return
        for text in filled:
            self.line.append(text)
            self.end_paragraph()

    def count(self, rows: list[list[Source]]) -> None:
        """Raises Unreadable beyond the cells of any report."""
        self.cells += sum(map(len, rows))
        if self.cells > MAX_CELLS:
            raise Unreadable(
                f"表格单元格超过 {MAX_CELLS} 个，不像一份年报；请核对网页。"
            )


def rows_of(table: Element) -> Iterator[list[Element]]:
    """The rows of a table, not of tables inside it."""
    for child, name in children(table):
        if name == "tr":
            yield list(child.iterchildren(*_CELLS))
        elif name == "caption":
            yield [child]
        elif name in _ROW_HOLDERS:
            yield from rows_of(child)


def _source(cell: Element) -> Source:
    """A cell as written."""
    height = _span(cell.get("rowspan", "1"))
    width = _span(cell.get("colspan", "1"))
    return Source._make((cell_text(cell), height, width))


@lru_cache(maxsize=256)
def _span(printed: str) -> int:
    """A span as printed: `2`, `2;`, `0` (to the end, rows only); all odd ones 1."""
    found = _NUMBER.match(printed)
    return int(found[0]) if found else 1
