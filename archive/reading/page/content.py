"""Where on its page a report is.

Around it stand menus, the catalogue of older reports by title, a foot. Two things lead
to it: the phrases of the statutory form, and the containers that the portals'
publishing systems put around an article.
"""

from __future__ import annotations

from itertools import islice

from archive.reading.page.tree import (
    Element,
    Layout,
    Sought,
    children,
    is_within,
)

# Headings of the six sections, and column heads and rows of the three tables.
KEYS = (
    "总体情况",
    "一、概述",
    "主动公开政府信息",
    "政府信息公开申请",
    "行政复议",
    "行政诉讼",
    "主要问题",
    "其他需要报告",
    "现行有效件数",
    "本年新公开数量",
    "本年新收",
    "结果维持",
    "信息处理费",
    "统计期限",
)
"""Phrases of the statutory form: headings and words of its tables, and of the free
reports before 2019. The smallest element that holds all that the page holds is the
report.
"""
_ENOUGH_KEYS = 3
_MOST_PLACES = 200

# By publishing system, as far as it is known which one uses a name.
_CONTAINERS = (
    *("ucap-content",),  # UCAP (开普云)
    *("trs_editor", "trs_editor_view", "trs_ueditor"),  # TRS (拓尔思)
    *("zoom", "zoomcon"),  # TRS and Hanweb (大汉)
    *("vsb_content", "vsb_content_2", "vsb_content_4", "v_news_content"),  # 博达
    *("ivs_content",),  # Shanghai
    *("webeditorview",),  # Epoint (国泰新点)
    *("article_content", "article-content"),  # Shanghai, Guangdong
    *("article-body", "con_text"),  # Hanweb
    *("news_cont_d_wrap", "wzzw-article"),  # Guangdong
)
"""Ids and classes (lower case) of the article's body, the surest first."""
_WRAPPERS = ("content", "article", "detail")
"""Names that portals give to the body, but to wrappers of other things as well."""
_KNOWN = (*_CONTAINERS, *_WRAPPERS)
_KNOWN_NAMES = frozenset(_KNOWN)
_WRAPPED = 40
"""A wrapper with no more characters than this is not the body."""
_WIDER, _SIGNATURE = 1.3, 200
"""A container around the report may hold so many times its text and so many signs more:
a date line, a signature.
"""
_MOST_OF_IT = 0.75
"""A block with this share of its surroundings' text is what they are about."""

_TEXT_TAGS = frozenset(
    ["p", "h1", "h2", "h3", "h4", "h5", "h6", "span", "a", "b", "strong", "font"]
)
"""Elements that hold a line of a report, never a report."""
_TABLE_PARTS = frozenset(["tr", "tbody", "thead", "tfoot"])
_LISTS = frozenset(["table", "ul", "ol"])
_TITLES = frozenset(["h1", "h2", "h3", "ucaptitle", "div", "p", "td", "span"])
_MOST_TITLES = 3000
_MOST_IN_TITLE = 3
"""Elements inside that of a title: it may be broken by <br> and <font>."""


def keys_in(text: str) -> int:
    """How many of the form's phrases are in a text without blanks."""
    return sum(key in text for key in KEYS)


def speaks_of_the_form(text: str) -> bool:
    """Whether a text without blanks holds enough of those phrases to be a report."""
    said = (key for key in KEYS if key in text)
    return len(list(islice(said, _ENOUGH_KEYS))) == _ENOUGH_KEYS


def content_of(root: Element, layout: Layout) -> Element:
    """The element that holds the report.

    It is the smallest one with every statutory phrase that the page has, widened to a
    known container. Without statutory phrases: a known container, else the block with
    most of the text.
    """
    wanted = _wanted(layout)
    if len(wanted) < _ENOUGH_KEYS:
        named = _named(layout)
        if named is None:
            return _largest(root, layout)
        return named
    smallest = _smallest(root, layout, wanted)
    # A row or a body of a table is read as nothing without its table.
    parent = smallest.getparent()
    while smallest.tag in _TABLE_PARTS and parent is not None:
        smallest = parent
        parent = smallest.getparent()
    return _widened(smallest, layout)


def _wanted(layout: Layout) -> list[list[int]]:
    """Where the phrases of the form stand, a list for each that the page has."""
    wanted: list[list[int]] = []
    for key in KEYS:
        places = _places(layout.text, key)
        if places:
            wanted.append(places)
    return wanted


def _places(text: str, key: str) -> list[int]:
    """Where a phrase stands in a text; on a page of lists only the first places."""
    places: list[int] = []
    at = text.find(key)
    while at >= 0 and len(places) < _MOST_PLACES:
        places.append(at)
        at = text.find(key, at + 1)
    return places


def _smallest(root: Element, layout: Layout, wanted: list[list[int]]) -> Element:
    """The innermost element that holds a place of each phrase."""
    smallest = root
    while True:
        inner = next(
            (one for one in _blocks(smallest) if _holds(layout, one, wanted)), None
        )
        if inner is None:
            return smallest
        smallest = inner


def _blocks(element: Element) -> list[Element]:
    """What is right inside an element and may itself hold a report."""
    return [child for child, name in children(element) if name not in _TEXT_TAGS]


def _holds(layout: Layout, element: Element, wanted: list[list[int]]) -> bool:
    """Whether an element holds every phrase that the page has."""
    stretch = layout.stretches.get(element)
    if stretch is None:
        return False
    return all(layout.holds_one(stretch, places) for places in wanted)


def _names(element: Element) -> set[str]:
    """The classes and the id of an element in lower case."""
    names = set((element.get("class") or "").lower().split())
    names.add((element.get("id") or "").lower())
    return names


def _widened(element: Element, layout: Layout) -> Element:
    """The outermost known container around the element that adds little."""
    most = layout.length(element) * _WIDER + _SIGNATURE
    widest = element
    for parent in element.iterancestors():
        if layout.length(parent) > most:
            break
        if not _names(parent).isdisjoint(_CONTAINERS):
            widest = parent
    return widest


def _named(layout: Layout) -> Element | None:
    """The first element of the surest known name; None when none has one."""
    found: dict[str, Element] = {}
    for element in layout.stretches:
        length = layout.length(element)
        for name in _names(element) & _KNOWN_NAMES:
            least = _WRAPPED if name in _WRAPPERS else 0
            if length > least:
                found.setdefault(name, element)
    surest = next(filter(found.__contains__, _KNOWN), None)
    if surest is None:
        return None
    return found[surest]


def _largest(root: Element, layout: Layout) -> Element:
    """The innermost block with three quarters of its surroundings' text."""
    element = root
    while True:
        longest = max(_blocks(element), key=layout.length, default=None)
        if longest is None or longest.tag in _LISTS:
            return element
        if layout.length(longest) <= layout.length(element) * _MOST_OF_IT:
            return element
        element = longest


def title_outside(layout: Layout, content: Element, title: str) -> str:
    """The title as the page prints it above the element that holds the report.

    Empty when the report holds its title itself, or the page prints none.
    """
    wanted = "".join(title.split())
    # Most pages print the title of their tab, with the name of the site, nowhere else.
    if wanted not in layout.text:
        return ""
    outside = ""
    sought = Sought(_TITLES, _MOST_TITLES, _MOST_IN_TITLE, {wanted})
    for element, stretch in layout.fields(sought):
        if is_within(element, content):
            return ""
        outside = outside or layout.words(stretch)
    return outside
