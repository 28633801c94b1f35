"""HTML text → a tree as a browser builds it, and where the page's text is in it.

lexbor (HTML5) mends the markup: rows that were never begun, cells never ended, text
that strayed into a table. Its result is read into lxml's tree, which is the quicker one
to go through.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from lxml import etree
from lxml.etree import _Element as Element
from resiliparse.parse.html import HTMLTree

from archive.reading.unreadable import Unreadable
from archive.webpage import UNSHOWN_TAGS, visible

__all__ = [
    "TOO_DEEP",
    "Element",
    "Layout",
    "Stretch",
    "children",
    "is_within",
    "strings",
    "tree_of",
]

_MAX_MARKS = 150_000
"""Opening and closing tags; pages with pasted Word markup have some tens of thousands.
"""
_MAX_NESTING = 300
TOO_DEEP = "网页嵌套过深，读取已停止；请核对网页是否正常。"
_TEXTLESS = UNSHOWN_TAGS | {"head", "textarea", "select", "iframe"}
_SIGN = r"nbsp|ensp|emsp|ldquo|rdquo|mdash|hellip|lt|gt"
# Editors of portals escape what was escaped before: &nbsp; is printed as such.
# e.g. "&amp;nbsp;", "&amp;ldquo;", "&amp;#8221;", "&amp;#x201c;"
# not "&amp;", "&nbsp;", "A&amp;B;"
_ESCAPED_TWICE = re.compile(rf"&amp;({_SIGN}|#\d{{2,5}}|#x[0-9a-fA-F]{{2,4}});")


def tree_of(text: str) -> Element:
    """The page as a tree of visible characters, without comments.

    Raises Unreadable when it has more tags than any page of a portal.
    """
    if text.count("<") > _MAX_MARKS:
        raise Unreadable(
            f"网页标记过多（超过 {_MAX_MARKS} 个），不像一份年报；请核对网页。"
        )
    mended = str(HTMLTree.parse(text))
    if "&amp;" in mended:
        mended = _ESCAPED_TWICE.sub(r"&\1;", mended)
    parser = etree.HTMLParser(
        encoding="utf-8",
        huge_tree=True,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
    )
    # As bytes: libxml2 works on UTF-8, and turns a text into it more slowly.
    shown = visible(mended.replace("&nbsp;", " "))
    root: Element | None = etree.fromstring(shown.encode("utf-8", "replace"), parser)
    return etree.Element("html") if root is None else root


def children(element: Element) -> Iterator[tuple[Element, str]]:
    """The elements right inside an element, with their names."""
    for child in element if len(element) else ():
        name = child.tag
        if isinstance(name, str):
            yield child, name


def strings(element: Element) -> Iterator[str]:
    """The pieces of text in an element."""
    return map(str, element.itertext())


def is_within(element: Element, around: Element) -> bool:
    """Whether an element is another one or somewhere inside it."""
    while element is not around:
        parent = element.getparent()
        if parent is None:
            return False
        element = parent
    return True


class Stretch(NamedTuple):
    """What an element holds of a page's text: characters `begin` to `end` of the text
    without blanks, and pieces `first` to `last`.
    """

    begin: int
    end: int
    first: int
    last: int
    inside: int
    """How many elements are in it."""


_UNMEASURED = Stretch(0, 0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Layout:
    """The text of a page without blanks, in pieces as written, and the stretch of each
    element in page order.
    """

    text: str
    pieces: list[str]
    stretches: dict[Element, Stretch]

    @classmethod
    def of(cls, root: Element) -> Layout:
        """Measures a page, scripts and fields left out.

        Raises Unreadable when elements are nested deeper than on any page of a portal.
        """
        measured = _Measured()
        measured.measure(root, 0)
        return cls("".join(measured.compact), measured.pieces, measured.stretches)

    def length(self, element: Element) -> int:
        """Characters of an element's text without blanks."""
        stretch = self.stretches.get(element)
        return stretch.end - stretch.begin if stretch else 0

    def compact(self, stretch: Stretch) -> str:
        """The text of an element without blanks."""
        return self.text[stretch.begin : stretch.end]

    def words(self, stretch: Stretch) -> str:
        """The text of an element with a blank between its pieces."""
        return " ".join(self.pieces[stretch.first : stretch.last])

    def first_of(
        self, names: frozenset[str], most: int
    ) -> Iterator[tuple[Element, Stretch]]:
        """The first so many elements of these names, in page order."""
        found = (
            (one, stretch)
            for one, stretch in self.stretches.items()
            if one.tag in names
        )
        return islice(found, most)


@dataclass(slots=True)
class _Measured:
    """A layout while it is taken."""

    pieces: list[str] = field(default_factory=list)
    compact: list[str] = field(default_factory=list)
    """The pieces without blanks."""
    stretches: dict[Element, Stretch] = field(default_factory=dict)
    length: int = 0
    """Characters so far, without blanks."""

    def add(self, text: str) -> None:
        """A piece of text that is more than blanks."""
        words = text.split()
        if len(words) == 1:
            piece = compact = words[0]
        else:
            piece, compact = " ".join(words), "".join(words)
        self.pieces.append(piece)
        self.compact.append(compact)
        self.length += len(compact)

    def measure(self, element: Element, depth: int) -> None:
        """An element and what is inside it."""
        if depth > _MAX_NESTING:
            raise Unreadable(TOO_DEEP)
        begin, first, order = self.length, len(self.pieces), len(self.stretches)
        # Takes the element's place in page order, before those inside it.
        self.stretches[element] = _UNMEASURED
        text = element.text
        if text and not text.isspace():
            self.add(text)
        # Most elements hold nothing but text, and to ask is quicker than to look.
        for child in element if len(element) else ():
            if child.tag not in _TEXTLESS:
                self.measure(child, depth + 1)
            tail = child.tail
            if tail and not tail.isspace():
                self.add(tail)
        inside = len(self.stretches) - order - 1
        self.stretches[element] = Stretch(
            begin, self.length, first, len(self.pieces), inside
        )
