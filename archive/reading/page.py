"""The page around a report: where the report is in it, and what is furniture.

The containers are those that the portals' publishing systems put around an article.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag
from bs4.element import PageElement, PreformattedString

from archive.reading.encoding import visible

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
"""Phrases of the statutory form: the smallest element that holds all that the page holds is the report."""
_ENOUGH_KEYS = 3

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
_NOT_INTO = frozenset(["p", "h1", "h2", "h3", "h4", "h5", "h6", "span", "a", "b", "strong", "font"])
_TABLE_PARTS = frozenset(["tr", "tbody", "thead", "tfoot"])
_TEXTLESS = frozenset(["script", "style", "noscript", "template", "head", "textarea", "select", "iframe"])

_BUTTON = (
    "打印|关闭|返回顶部|返回列表|收藏|分享到?|扫一扫在手机(?:上)?打开当前页|我要纠错|纠错|下载|点击下载|大|中|小|微信|微博|字号|字体"
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


def content_of(soup: BeautifulSoup) -> Tag:
    """The smallest element that holds every statutory phrase the page holds, widened to a known container.

    Without statutory phrases: a known container, else the block with most of the text.
    """
    body = soup.body or soup
    layout = _Layout.of(body)
    wanted = {key: found for key in _KEYS if (found := layout.places_of(key))}
    if len(wanted) < _ENOUGH_KEYS:
        return _named(body, layout) or _largest(body, layout)
    element = body
    while True:
        smaller = next((child for child in layout.into(element) if layout.holds(child, wanted)), None)
        if smaller is None:
            break
        element = smaller
    while element.name in _TABLE_PARTS and isinstance(element.parent, Tag):
        element = element.parent
    return _widened(element, layout)


@dataclass(frozen=True, slots=True)
class _Layout:
    """The page's text without blanks, and which stretch of it each element holds."""

    text: str
    spans: dict[int, tuple[int, int]]

    @classmethod
    def of(cls, root: Tag) -> _Layout:
        pieces: list[str] = []
        spans: dict[int, tuple[int, int]] = {}
        length = 0
        stack: list[tuple[PageElement, int]] = [(root, -1)]
        while stack:
            node, start = stack.pop()
            if start >= 0:
                spans[id(node)] = (start, length)
            elif isinstance(node, Tag):
                if node.name in _TEXTLESS:
                    continue
                stack.append((node, length))
                stack.extend((child, -1) for child in reversed(node.contents))
            elif not isinstance(node, PreformattedString):
                piece = "".join(str(node).split())
                pieces.append(piece)
                length += len(piece)
        return cls("".join(pieces), spans)

    def places_of(self, key: str) -> list[int]:
        return [found.start() for found in re.finditer(re.escape(key), self.text)][:200]

    def length(self, tag: Tag) -> int:
        start, end = self.spans.get(id(tag), (0, 0))
        return end - start

    def into(self, tag: Tag) -> list[Tag]:
        return [child for child in tag.contents if isinstance(child, Tag) and child.name not in _NOT_INTO]

    def holds(self, tag: Tag, wanted: dict[str, list[int]]) -> bool:
        start, end = self.spans.get(id(tag), (0, 0))
        return all(any(start <= place < end for place in places) for places in wanted.values())


def _names(tag: Tag) -> set[str]:
    names = tag.get_attribute_list("class") + tag.get_attribute_list("id")
    return {str(name).lower() for name in names if name}


def _widened(element: Tag, layout: _Layout) -> Tag:
    """The outermost known container around the element that adds little: a date line, a signature."""
    most = layout.length(element) * 1.3 + 200
    widest = element
    for parent in element.parents:
        if layout.length(parent) > most:
            break
        if _names(parent) & set(_CONTAINERS):
            widest = parent
    return widest


def _named(body: Tag, layout: _Layout) -> Tag | None:
    found: dict[str, Tag] = {}
    for tag in body.find_all(True):
        for name in _names(tag):
            least = _WRAPPED if name in _WRAPPERS else 0
            if name in (*_CONTAINERS, *_WRAPPERS) and layout.length(tag) > least:
                found.setdefault(name, tag)
    return next((found[name] for name in (*_CONTAINERS, *_WRAPPERS) if name in found), None)


def _largest(body: Tag, layout: _Layout) -> Tag:
    """The innermost block with three quarters of its surroundings' text."""
    element = body
    while True:
        smaller = next(
            (child for child in layout.into(element) if layout.length(child) > layout.length(element) * 0.75), None
        )
        if smaller is None or smaller.name in {"table", "ul", "ol"}:
            return element
        element = smaller


def title_outside(soup: BeautifulSoup, content: Tag, title: str) -> str:
    """The title as printed on the page, when it stands above the element that holds the report."""
    wanted = "".join(title.split())
    outside = ""
    for tag in soup.find_all(["h1", "h2", "h3", "ucaptitle", "div", "p", "td", "span"], limit=3000):
        if holds_few(tag, 3) and "".join(tag.get_text().split()) == wanted:
            if any(around is content for around in (tag, *tag.parents)):
                return ""
            outside = outside or visible(tag.get_text(" ", strip=True))
    return outside


def holds_few(tag: Tag, most: int) -> bool:
    """Whether there are at most so many tags inside a tag."""
    for inner in tag.descendants:
        if isinstance(inner, Tag):
            most -= 1
            if most < 0:
                return False
    return True


def is_furniture(text: str) -> bool:
    """Whether a line belongs to the page, not to the report. Only short lines can."""
    return len(text) <= 120 and _FURNITURE.fullmatch(text.strip()) is not None
