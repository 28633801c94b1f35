"""A captured page as text and tree, within bounds, and its addresses resolved."""

from __future__ import annotations

import ipaddress
import re
import warnings
from collections.abc import Iterator
from functools import cached_property
from typing import Any
from urllib.parse import SplitResult, urljoin, urlsplit

from bs4 import (
    BeautifulSoup,
    MarkupResemblesLocatorWarning,
    Tag,
    XMLParsedAsHTMLWarning,
)
from bs4.element import NavigableString, PageElement, PreformattedString
from bs4.exceptions import ParserRejectedMarkup

from archive.webpage import FURNITURE_TAGS, UNSHOWN_TAGS, decode, names_furniture
from scrapers.source import Capture, Changed

MAX_PAGE_BYTES = 8 * 1024 * 1024
MAX_TAGS = 60_000
"""Pages above these are no list or article pages; the largest seen carry a report with
pasted Word markup.
"""
_MOST_NODES = 100
MAX_TITLE = 500
"""Characters of a title or link that are looked at."""
_WHOLE_PAGE = frozenset(("html", "body"))
"""Whatever they are called, they hold more than furniture."""
# e.g. "  ", "\u3000", "\u00a0", "甲\u200b乙"
# not "甲乙"
_BLANKS = re.compile(r"[\s\u3000\u00a0\u200b\ufeff]+")
# Browsers pass over line ends within an address.
# e.g. "/a\n/b.html"
_LINE_ENDS = re.compile(r"[\t\r\n]")
# Links that lead to no page of the web.
# e.g. "javascript:void(0)", "MAILTO:a@b.cn", "tel:000"
# not "/javascript/a.html", "http://a.cn/"
_NO_PAGE = re.compile(r"^(javascript|mailto|tel|data|about|file|ftp):", re.IGNORECASE)

# After how many seconds a page sends its readers on, and where to.
# e.g. "0;url=nb/index.html", "1; URL='./list.shtml'", "30,url=a.html"
# not "5", "url=a.html"
_REFRESH = re.compile(
    r"^\s*(\d{1,5})\s*[;,]\s*url\s*=\s*[\"']?([^\"'\s]{1,2000})", re.IGNORECASE
)
_MOST_METAS = 60

_OWNERS = ("gov", "com", "org", "net", "edu", "ac", "mil")
_PROVINCES = (
    *("bj", "sh", "tj", "cq", "he", "sx", "nm", "ln", "jl", "hl", "js", "zj"),
    *("ah", "fj", "jx", "sd", "ha", "hb", "hn", "gd", "gx", "hi", "sc", "gz"),
    *("yn", "xz", "sn", "gs", "qh", "nx", "xj", "tw", "hk", "mo"),
)
_SHARED = frozenset((*_OWNERS, *_PROVINCES))
"""Second levels under .cn below which names are registered."""


def joined(text: str) -> str:
    """Text on one line: runs of blanks (full-width ones too) as one space, ends cut."""
    return _BLANKS.sub(" ", text).strip()


def beginning(tag: Tag, most: int) -> str:
    """The first signs of an element's text, on one line; the rest is not looked at.

    Nor is what is nested deeper than buttons and headings are.
    """
    text = ""
    for node in first_nodes(tag, _MOST_NODES):
        if _is_text(node):
            text += str(node)
        if len(text) > most:
            break
    return joined(text[:most])


def first_nodes(tag: Tag, most: int) -> Iterator[PageElement]:
    """The first nodes inside an element, in order.

    The parser's own way through them begins by going to the last one.
    """
    waiting = tag.contents[:most][::-1]
    while waiting and most > 0:
        node = waiting.pop()
        most -= 1
        yield node
        if isinstance(node, Tag):
            waiting += node.contents[:most][::-1]


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
        """The page as a tree."""
        return parse_html(self.text, self.url)

    @cached_property
    def base(self) -> str:
        """The address to which links are relative: `<base>`, else the page's own."""
        tag = self.soup.find("base", href=True)
        if tag is None:
            return self.url
        return resolve(attribute(tag, "href"), self.url) or self.url

    def absolute(self, href: str) -> str:
        """The address a link leads to.

        Empty for scripts, anchors, mail and whatever is no web address.
        """
        return resolve(href, self.base)

    @cached_property
    def metas(self) -> dict[str, str]:
        """Names of meta tags in lower case → first non-empty content."""
        found: dict[str, str] = {}
        for tag in self.soup.find_all("meta", attrs={"name": True}):
            content = joined(attribute(tag, "content"))
            if content:
                found.setdefault(attribute(tag, "name").strip().lower(), content)
        return found

    def strings(self) -> Iterator[str]:
        """Visible pieces of text in order, without page furniture (menus, head, foot).

        Goes down by a list of levels and not by calling itself: pages may be nested
        deeper than Python goes.
        """
        levels: list[Iterator[PageElement]] = [iter(self.soup.contents)]
        while levels:
            node = next(levels[-1], None)
            if node is None:
                levels.pop()
            elif isinstance(node, Tag):
                if node.name not in UNSHOWN_TAGS and not _is_furniture(node):
                    levels.append(iter(node.contents))
            elif _is_text(node):
                yield joined(str(node))

    def is_furniture(self, tag: Tag) -> bool:
        """True inside an element that belongs to the portal, not to the page."""
        for parent in (tag, *tag.parents):
            known = self._furniture.get(id(parent))
            if known is None:
                known = _is_furniture(parent)
                self._furniture[id(parent)] = known
            if known:
                return True
        return False

    @cached_property
    def _furniture(self) -> dict[int, bool]:
        """Identity of an element → whether it is furniture, as far as was asked."""
        return {}

    def headline(self) -> str:
        """The text of `<title>`, empty when absent."""
        title = self.soup.title
        return joined(title.get_text()[:MAX_TITLE]) if title else ""


def refreshes(page: Page, within: int) -> Iterator[str]:
    """Where a page sends its readers on by a meta tag, in so many seconds or fewer."""
    for meta in page.soup.find_all("meta", limit=_MOST_METAS):
        if attribute(meta, "http-equiv").lower() != "refresh":
            continue
        wish = _REFRESH.match(attribute(meta, "content"))
        url = page.absolute(wish[2]) if wish else ""
        if wish and url and int(wish[1]) <= within:
            yield url


def parse_html(text: str, url: str) -> BeautifulSoup:
    """Text as a tree. Raises Changed when the parser gives up."""
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
    if not isinstance(tag, Tag):
        return ""
    value = tag.get(name)
    if isinstance(value, list):
        return " ".join(value)
    return value or ""


def resolve(href: str, base: str) -> str:
    """An absolute http(s) address without fragment.

    Empty for what leads to no page: scripts, anchors, addresses with a user name.
    """
    href = _LINE_ENDS.sub("", href).strip().replace("\\", "/")
    if not href or href.startswith("#") or _NO_PAGE.match(href):
        return ""
    try:
        parts = urlsplit(urljoin(base, href))
        if not _is_web_address(parts):
            return ""
    except ValueError:
        return ""
    return parts._replace(fragment="").geturl()


def _is_web_address(parts: SplitResult) -> bool:
    """Whether anybody may ask for an address. Raises ValueError for a bad port.

    Addresses with a user name show one host and lead to another.
    """
    _ = parts.port
    is_web = parts.scheme in {"http", "https"}
    return is_web and bool(parts.hostname) and parts.username is None


def _is_text(node: PageElement) -> bool:
    """Text that is shown; comments and declarations are preformatted strings."""
    if not isinstance(node, NavigableString) or isinstance(node, PreformattedString):
        return False
    return bool(node.strip())


def _is_furniture(tag: Tag) -> bool:
    """Whether an element is furniture by its own name, class or id."""
    if tag.name in _WHOLE_PAGE:
        return False
    if tag.name in FURNITURE_TAGS:
        return True
    marks = [*attribute(tag, "class").split(), attribute(tag, "id")]
    return any(names_furniture(mark) for mark in marks)


def of_same_site(page_url: str, url: str) -> bool:
    """Whether two addresses are of one site, or of hosts below the same name."""
    return site(host_of(page_url)) == site(host_of(url))


def site(host: str) -> str:
    """The part of a host name that one owner registered: `www.jyj.shili.gov.cn` →
    `shili.gov.cn`.
    """
    if _is_ip_address(host):
        return host
    parts = host.split(".")
    is_shared = parts[-1] == "cn" and not _SHARED.isdisjoint(parts[-2:-1])
    registered = 3 if is_shared else 2
    return ".".join(parts[-registered:])


def _is_ip_address(host: str) -> bool:
    """Whether a host has no name: some portals are linked by their number."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def host_of(url: str) -> str:
    """The host of an address, without the dot that may end a full name.

    Empty for what is no address.
    """
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return host.rstrip(".").lower()
