"""A captured page as text and tree: decoded, parsed within bounds, addresses resolved."""

from __future__ import annotations

import codecs
import re
import warnings
from collections.abc import Iterator
from functools import cached_property
from typing import Any
from urllib.parse import urljoin, urlsplit

from bs4 import (
    BeautifulSoup,
    MarkupResemblesLocatorWarning,
    Tag,
    XMLParsedAsHTMLWarning,
)
from bs4.element import NavigableString, PageElement, PreformattedString
from bs4.exceptions import ParserRejectedMarkup

from scrapers.source import Capture, Changed

MAX_PAGE_BYTES = 8 * 1024 * 1024
MAX_TAGS = 60_000
"""Pages above these are no list or article pages; the largest seen carry a report with
pasted Word markup.
"""
MAX_TITLE = 500
"""Characters of a title or link that are looked at."""
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_TEXTLESS = {"script", "style", "template", "noscript"}
_FURNITURE_TAGS = {"nav", "header", "footer", "aside", "select", "button"}
_FURNITURE = re.compile(
    r"(?:^|[-_])(?:nav\d*|menu|side|sidebar|sidemenu|foot|footer|top|crumbs?|location|position|share|related|"
    r"relation|friend|links?|search|toolbar|catalog(?:ue)?|sitemap|prevnext|page[-_]?head|mulu)(?:[-_]|$)",
    re.IGNORECASE,
)


def decode(body: bytes) -> str:
    """Text of a page: byte order mark, else strict UTF-8, else GB18030.

    Declared charsets are not trusted: pages declared gb2312 hold characters outside of
    it, and moved pages still declare their old charset.
    """
    for mark, charset in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(charset, "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return body.decode("gb18030", "replace")


def joined(text: str) -> str:
    """Text on one line: runs of blanks (also full-width ones) as one space, ends cut."""
    return re.sub(r"[\s\u3000\u00a0\u200b\ufeff]+", " ", text).strip()


class Page:
    """A capture made readable. Raises Changed when it can't be a web page at all."""

    def __init__(self, capture: Capture) -> None:
        if len(capture.body) > MAX_PAGE_BYTES:
            raise Changed(
                f"页面 {capture.url} 超过 {MAX_PAGE_BYTES // 1024 // 1024} MB，"
                "不像列表或文章页，请核对来源的网址。"
            )
        if capture.body.count(b"<") > MAX_TAGS:
            raise Changed(
                f"页面 {capture.url} 的标签超过 {MAX_TAGS} 个，不像列表或文章页，"
                "请核对来源的网址。"
            )
        self.capture = capture
        self.url = capture.url
        self.text = decode(capture.body).replace("\x00", "")

    @cached_property
    def soup(self) -> BeautifulSoup:
        return parse_html(self.text, self.url)

    @cached_property
    def base(self) -> str:
        tag = self.soup.find("base", href=True)
        return (
            resolve(attribute(tag, "href"), self.url) or self.url if tag else self.url
        )

    def absolute(self, href: str) -> str:
        """The address a link leads to; empty for scripts, anchors, mail and whatever is
        no web address.
        """
        return resolve(href, self.base)

    @cached_property
    def metas(self) -> dict[str, str]:
        """Meta names in lower case → first non-empty content."""
        found: dict[str, str] = {}
        for tag in self.soup.find_all("meta", attrs={"name": True}):
            content = joined(attribute(tag, "content"))
            if content:
                found.setdefault(attribute(tag, "name").strip().lower(), content)
        return found

    def strings(self) -> Iterator[str]:
        """Visible pieces of text in order, without page furniture (menus, head, foot)."""
        levels: list[Iterator[PageElement]] = [iter(self.soup.contents)]
        while levels:
            node = next(levels[-1], None)
            if node is None:
                levels.pop()
            elif isinstance(node, Tag):
                if node.name not in _TEXTLESS and not _is_furniture(node):
                    levels.append(iter(node.contents))
            elif (
                isinstance(node, NavigableString)
                and not isinstance(node, PreformattedString)
                and node.strip()
            ):
                yield joined(str(node))

    def is_furniture(self, tag: Tag) -> bool:
        """True inside an element that belongs to the portal, not to the page."""
        for parent in (tag, *tag.parents):
            known = self._furniture.get(id(parent))
            if known is None:
                known = self._furniture[id(parent)] = _is_furniture(parent)
            if known:
                return True
        return False

    @cached_property
    def _furniture(self) -> dict[int, bool]:
        return {}

    def headline(self) -> str:
        """The text of `<title>`, empty when absent."""
        return joined(self.soup.title.get_text()[:MAX_TITLE]) if self.soup.title else ""


def parse_html(text: str, url: str) -> BeautifulSoup:
    """Raises Changed when the parser gives up."""
    try:
        with warnings.catch_warnings():
            # The proxy of Hanweb answers in XML; the records in it are HTML all the
            # same.
            warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
            warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
            return BeautifulSoup(text, "lxml")
    except (ParserRejectedMarkup, AssertionError, ValueError, RecursionError):
        raise Changed(f"页面 {url} 的 HTML 无法解析，请核对来源的网址。") from None


def attribute(tag: Any, name: str) -> str:
    """An attribute as one string; empty when absent."""
    value = tag.get(name) if isinstance(tag, Tag) else None
    if isinstance(value, list):
        return " ".join(value)
    return value or ""


def resolve(href: str, base: str) -> str:
    """An absolute http(s) address without fragment, or empty."""
    href = re.sub(r"[\t\r\n]", "", href).strip().replace("\\", "/")
    if (
        not href
        or href.startswith("#")
        or re.match(r"(?i)(javascript|mailto|tel|data|about|file|ftp):", href)
    ):
        return ""
    try:
        absolute = urljoin(base, href)
        parts = urlsplit(absolute)
        if (
            parts.scheme not in {"http", "https"}
            or not parts.hostname
            or parts.username is not None
        ):
            return ""
        _ = parts.port
    except ValueError:
        return ""
    return parts._replace(fragment="").geturl()


def _is_furniture(tag: Tag) -> bool:
    if tag.name in {"html", "body"}:
        return False
    if tag.name in _FURNITURE_TAGS:
        return True
    names = tag.get("class")
    marks = [
        *(names if isinstance(names, list) else [names or ""]),
        attribute(tag, "id"),
    ]
    return any(_FURNITURE.search(mark) for mark in marks if mark)
