"""The page around a report: where the report is in it, and what is furniture.

The containers are those that the portals' publishing systems put around an article.
"""

from __future__ import annotations

import re

from archive.reading.tree import Element, Layout, children, is_within

_KEYS = (
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
"""Phrases of the statutory form: the smallest element that holds all that the page
holds is the report.
"""
_ENOUGH_KEYS = 3
_MOST_PLACES = 200

_CONTAINERS = (
    "ucap-content", "trs_editor", "trs_editor_view", "trs_ueditor", "zoom", "zoomcon", "vsb_content", "vsb_content_2",
    "vsb_content_4", "v_news_content", "ivs_content", "webeditorview", "article_content", "article-content",
    "article-body", "con_text", "news_cont_d_wrap", "wzzw-article",
)  # fmt: skip
"""Ids and classes (lower case) of the article's body, the surest first."""
_WRAPPERS = ("content", "article", "detail")
"""Names that portals give to the body, but to wrappers of other things as well."""
_WRAPPED = 40
"""A wrapper with no more characters than this is not the body."""
_NOT_INTO = frozenset(
    ["p", "h1", "h2", "h3", "h4", "h5", "h6", "span", "a", "b", "strong", "font"]
)
_TABLE_PARTS = frozenset(["tr", "tbody", "thead", "tfoot"])
_LISTS = frozenset(["table", "ul", "ol"])
_TITLES = frozenset(["h1", "h2", "h3", "ucaptitle", "div", "p", "td", "span"])
_MOST_TITLES = 3000

_BUTTON = (
    "打印|关闭|返回顶部|返回列表|收藏|分享到?|扫一扫在手机(?:上)?打开当前页|我要"
    "纠错|纠错|下载|点击下载|大|中|小|微信|微博|字号|字体"
    "|繁體版|繁体版|无障碍(?:浏览)?|长者版|适老化|智能问答|网站支持IPv6"
)
_FILE = r"\.(?:pdf|docx?|wps|ofd|xlsx?|rtf|zip|rar|jpe?g|png)"
_FURNITURE = re.compile(
    rf"(?:(?:[【\[]?(?:{_BUTTON})[】\]]?[\s|/]*)+"
    r"|[【\[]?\s*(?:字体|字号)\s*[:：].{0,20}"
    r"|(?:上|下)一篇\s*[:：]?.{0,60}"
    r"|分享到\s*[:：]?.{0,20}"
    r"|(?:浏览|点击|阅读)(?:次数|量|率)\s*[:：]?\s*\d*\s*次?"
    r"|(?:当前位置|您?(?:现在的)?所在位置)\s*[:：].{0,80}"
    r"|(?:打印|关闭)(?:本页|窗口)?(?:\s*[|/]?\s*(?:打印|关闭)(?:本页|窗口)?)*"
    r"|扫一扫.{0,20}"
    rf"|附件\s*\d*\s*[:：【]?.{{0,80}}{_FILE}[】\]]?.{{0,20}}"
    r"|来源\s*[:：].{0,40}(?:发布(?:时间|日期)|时间|日期)\s*[:：].{0,80}"
    r"|(?:发布(?:时间|日期)|信息来源|来源|作者)\s*[:：].{0,40})",
    re.IGNORECASE,
)


def keys_in(text: str) -> int:
    """How many of the form's phrases are in a text without blanks."""
    return sum(key in text for key in _KEYS)


def speaks_of_the_form(text: str) -> bool:
    """Whether a text without blanks holds enough of the form's phrases to be a report."""
    return keys_in(text) >= _ENOUGH_KEYS


def content_of(root: Element, layout: Layout) -> Element:
    """The smallest element that holds every statutory phrase the page holds, widened to
    a known container.

    Without statutory phrases: a known container, else the block with most of the text.
    """
    body = root.find("body")
    if body is None:
        body = root
    wanted = [places for key in _KEYS if (places := _places(layout.text, key))]
    if len(wanted) < _ENOUGH_KEYS:
        named = _named(layout)
        return _largest(body, layout) if named is None else named
    element: Element | None = body
    smallest = body
    while element is not None:
        smallest = element
        element = next(
            (child for child in _into(element) if _holds(layout, child, wanted)), None
        )
    while smallest.tag in _TABLE_PARTS and (parent := smallest.getparent()) is not None:
        smallest = parent
    return _widened(smallest, layout)


def _places(text: str, key: str) -> list[int]:
    places: list[int] = []
    at = text.find(key)
    while at >= 0 and len(places) < _MOST_PLACES:
        places.append(at)
        at = text.find(key, at + 1)
    return places


def _into(element: Element) -> list[Element]:
    return [child for child, name in children(element) if name not in _NOT_INTO]


def _holds(layout: Layout, element: Element, wanted: list[list[int]]) -> bool:
    stretch = layout.stretches.get(element)
    if stretch is None:
        return False
    return all(
        any(stretch.begin <= place < stretch.end for place in places)
        for places in wanted
    )


def _names(element: Element) -> set[str]:
    return {
        *(element.get("class") or "").lower().split(),
        (element.get("id") or "").lower(),
    }


def _widened(element: Element, layout: Layout) -> Element:
    """The outermost known container around the element that adds little: a date line, a
    signature.
    """
    most = layout.length(element) * 1.3 + 200
    widest = element
    for parent in element.iterancestors():
        if layout.length(parent) > most:
            break
        if not _names(parent).isdisjoint(_CONTAINERS):
            widest = parent
    return widest


def _named(layout: Layout) -> Element | None:
    found: dict[str, Element] = {}
    for element in layout.stretches:
        for name in _names(element):
            least = _WRAPPED if name in _WRAPPERS else 0
            if name in (*_CONTAINERS, *_WRAPPERS) and layout.length(element) > least:
                found.setdefault(name, element)
    return next(
        (found[name] for name in (*_CONTAINERS, *_WRAPPERS) if name in found), None
    )


def _largest(body: Element, layout: Layout) -> Element:
    """The innermost block with three quarters of its surroundings' text."""
    element = body
    while True:
        most = layout.length(element) * 0.75
        smaller = next(
            (child for child in _into(element) if layout.length(child) > most), None
        )
        if smaller is None or smaller.tag in _LISTS:
            return element
        element = smaller


def title_outside(layout: Layout, content: Element, title: str) -> str:
    """The title as printed on the page, when it stands above the element that holds the
    report.
    """
    wanted = "".join(title.split())
    outside = ""
    for element, stretch in layout.first_of(_TITLES, _MOST_TITLES):
        if (
            stretch.end - stretch.begin == len(wanted)
            and stretch.inside <= 3
            and layout.compact(stretch) == wanted
        ):
            if is_within(element, content):
                return ""
            outside = outside or layout.words(stretch)
    return outside


def is_furniture(text: str) -> bool:
    """Whether a line belongs to the page, not to the report. Only short lines can."""
    return len(text) <= 120 and _FURNITURE.fullmatch(text.strip()) is not None
