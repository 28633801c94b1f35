"""HTML text → a tree as a browser builds it, and where the page's text is in it.

lexbor (HTML5) mends the markup: rows that were never begun, cells never ended, text
that strayed into a table. Its result is read into lxml's tree, which is the quicker one
to go through.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
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
    "Sought",
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
_MAX_ATTRIBUTES = 500
"""Of one tag: parsers compare each with all before it. Pasted Word markup has a dozen.
"""
# What holds no tags: a comment, a script; one that is not closed goes on to the end.
_NO_TAGS = r"<!--.*?(?:-->|\Z)|<(?:script|style)\b.*?(?:</(?:script|style)|\Z)"
_VALUE = r"""\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+)?+"""
_ATTRIBUTE = rf"[\s/]*+[^\s/>][^\s/>=]*+(?:{_VALUE})?+"
_MANY = rf"(?P<many>(?:{_ATTRIBUTE}){{{_MAX_ATTRIBUTES + 1}}})"
# e.g. "<p>", "<td colspan=2 class='a > b'>", "<!-- <p a b c> -->"
# not "a < b", "</p>"
_TAG = re.compile(
    rf"{_NO_TAGS}|<[a-z][^\s/>]*+(?:{_MANY})?+(?:{_ATTRIBUTE})*+",
    re.IGNORECASE | re.DOTALL,
)
_TEXTLESS = UNSHOWN_TAGS | {"head", "textarea", "select", "iframe"}
_SIGN = r"nbsp|ensp|emsp|ldquo|rdquo|mdash|hellip|lt|gt"
# Editors of portals escape what was escaped before: &nbsp; is printed as such.
# e.g. "&amp;nbsp;", "&amp;ldquo;", "&amp;#8221;", "&amp;#x201c;"
# not "&amp;", "&nbsp;", "A&amp;B;"
_ESCAPED_TWICE = re.compile(rf"&amp;({_SIGN}|#\d{{2,5}}|#x[0-9a-fA-F]{{2,4}});")


def tree_of(text: str) -> Element:
    """The page as a tree of visible characters, without comments.

    Raises Unreadable when it has more tags than any page of a portal, or one of them
    more attributes.
    """
    if text.count("<") > _MAX_MARKS:
        raise Unreadable(
            f"网页标记过多（超过 {_MAX_MARKS} 个），不像一份年报；请核对网页。"
        )
    if any(tag["many"] for tag in _TAG.finditer(text)):
        raise Unreadable(
            f"一个标签的属性过多（超过 {_MAX_ATTRIBUTES} 个），"
            "不像一份年报；请核对网页。"
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


Stretch = tuple[int, int, int, str]
"""What an element holds of a page's text: where its pieces begin and end, and how many
elements are in it; its name last. A plain tuple, since a page has one for each of its
elements.
"""
_UNMEASURED = 0, 0, 0, ""


class Sought(NamedTuple):
    """Which elements are looked for by the text in them, blanks apart."""

    names: frozenset[str]
    most: int
    """So many elements of these names are looked at."""
    inside: int
    """No more elements than these are in one."""
    texts: Collection[str]
    """What its text is; or else it holds the sign and is not too long."""
    mark: re.Pattern[str] | None = None
    longest: int = 0


@dataclass(frozen=True, slots=True)
class Layout:
    """The text of a page without blanks, in pieces as written, and the stretch of each
    element in page order.
    """

    text: str
    pieces: list[str]
    """As written, those that are more than blanks."""
    places: list[int]
    """Where in the text each piece begins, and where the last one ends."""
    stretches: dict[Element, Stretch]

    @classmethod
    def of(cls, root: Element) -> Layout:
        """Measures a page, scripts and fields left out.

        Raises Unreadable when elements are nested deeper than on any page of a portal.
        """
        measured = _Measured()
        measured.measure(root, root.tag, 0)
        pieces = measured.texts
        compact = ["".join(piece.split()) for piece in pieces]
        places = list(accumulate(map(len, compact), initial=0))
        return cls("".join(compact), pieces, places, measured.stretches)

    @property
    def printed(self) -> str:
        """The whole text with a blank between its words."""
        return " ".join(" ".join(self.pieces).split())

    def length(self, element: Element) -> int:
        """Characters of an element's text without blanks."""
        stretch = self.stretches.get(element)
        return self.size(stretch) if stretch else 0

    def size(self, stretch: Stretch) -> int:
        """Characters of a stretch without blanks."""
        first, last, _, _ = stretch
        return self.places[last] - self.places[first]

    def holds_one(self, stretch: Stretch, places: Sequence[int]) -> bool:
        """Whether one of some places in the text, in order, is in a stretch."""
        first, last, _, _ = stretch
        at = bisect_left(places, self.places[first])
        return at < len(places) and places[at] < self.places[last]

    def words(self, stretch: Stretch) -> str:
        """The text of a stretch with a blank between its words and pieces."""
        first, last, _, _ = stretch
        return " ".join(" ".join(self.pieces[first:last]).split())

    def fields(self, sought: Sought) -> Iterator[tuple[Element, Stretch]]:
        """The elements that are looked for, in page order."""
        names, left, most_inside, texts, mark, longest = sought
        text, places, lengths = self.text, self.places, set(map(len, texts))
        marks = self._places_of(mark)
        next_mark = next(marks)
        for element, stretch in self.stretches.items():
            first, last, inside, name = stretch
            if name not in names:
                continue
            left -= 1
            if left < 0:
                return
            if inside > most_inside:
                continue
            begin, end = places[first], places[last]
            # Elements begin in the order of the text.
            while next_mark < begin:
                next_mark = next(marks)
            length = end - begin
            is_marked = next_mark < end and length <= longest
            is_named = length in lengths and text[begin:end] in texts
            if is_marked or is_named:
                yield element, stretch

    def _places_of(self, mark: re.Pattern[str] | None) -> Iterator[int]:
        """Where a sign stands in the text, in order; at last behind all text."""
        if mark is not None:
            for found in mark.finditer(self.text):
                yield found.start()
        yield len(self.text) + 1


@dataclass(slots=True)
class _Measured:
    """A layout while it is taken."""

    texts: list[str] = field(default_factory=list)
    """The pieces of text that are more than blanks."""
    stretches: dict[Element, Stretch] = field(default_factory=dict)

    def measure(self, element: Element, name: str, depth: int) -> None:
        """An element and what is inside it.

        Those that hold nothing but text are most, and measured with what is around
        them: pages of text recognition and of Word have an element for each sign.
        """
        if depth > _MAX_NESTING:
            raise Unreadable(TOO_DEEP)
        texts, stretches = self.texts, self.stretches
        first, order = len(texts), len(stretches)
        # Takes the element's place in page order, before those inside it.
        stretches[element] = _UNMEASURED
        text = element.text
        if text and not text.isspace():
            texts.append(text)
        for child in element:
            tag = child.tag
            if tag in _TEXTLESS:
                pass
            elif len(child) or depth == _MAX_NESTING:
                self.measure(child, tag, depth + 1)
            else:
                begin = len(texts)
                text = child.text
                if text and not text.isspace():
                    texts.append(text)
                stretches[child] = begin, len(texts), 0, tag
            tail = child.tail
            if tail and not tail.isspace():
                texts.append(tail)
        inside = len(stretches) - order - 1
        stretches[element] = first, len(texts), inside, name
