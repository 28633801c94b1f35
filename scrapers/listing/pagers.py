"""Where the next page of a list is, by links; and how much a list says it holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeGuard
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag

from scrapers.leads import links, target_of
from scrapers.listing.hidden import hidden_markup
from scrapers.pages import Page, attribute, beginning, joined, parse_html
from scrapers.source import Form


@dataclass(frozen=True, slots=True)
class Turn:
    """How a list goes on, and what its pager says of the whole."""

    next_url: str | None = None
    form: Form = ()
    instead: str | None = None
    """Where the next page is if there is none at `next_url`."""
    total: int | None = None
    pages: int | None = None
    note: str = ""


_NEXT_WORDS = "下一?页|后一?页|向后|Next"
# e.g. "下一页", "下页 >", "后一页", "Next", "»", "[下一页]", "下一页 >>"
# not "上一页", "3", "下一篇"
NEXT = re.compile(rf"^[\[【]?\s*(?:{_NEXT_WORDS}|[>»›]+)[\s>»›\]】]*$", re.IGNORECASE)
# e.g. "next", "page-next", "p_next p_fun"
# not "next_d", "nextgroup"
_NEXT_CLASS = re.compile(r"(?:^|[\s_-])next(?:$|\s)", re.IGNORECASE)
_LONGEST_BUTTON = 40
_MOST_IN_PAGER = 400
_SEARCHED = 1_000_000
_AROUND = 60

_ENTRIES = r"(?:条|篇|则|个?(?:记录|信息|结果))"
_TOTALS = "(?:总记录数?|记录总数|总条数|总数)"
_ALL = r"(?:共|总共|共有|共计|总计)\s*(?:有|找到)?\s*[:：]?"
# How many entries; looked for near words of a pager only.
# e.g. "共 19 条", "共有19条记录", "总记录数：19", "共19篇", "总数:19"
# not "共 3 页", "第19条"
_TOTAL = re.compile(
    rf"{_ALL}\s*(\d{{1,6}})\s*{_ENTRIES}|{_TOTALS}\s*[:：]?\s*(\d{{1,6}})"
)
_SLASH = r"(?<![\d/])\d{1,5}\s*/\s*"
# How many pages.
# e.g. "共 11 页", "1/11页", "第1/11页", "总页数：11", "页次：1/11", "共11 页"
# not "共 11 条", "2024/01/19"
_PAGES = re.compile(
    rf"(?:{_ALL}|总页数\s*[:：]?)\s*(\d{{1,5}})\s*页"
    rf"|{_SLASH}(\d{{1,5}})\s*页|页次?\s*[:：]?\s*{_SLASH}(\d{{1,5}})(?![\d/])"
    r"|总页数\s*[:：]?\s*(\d{1,5})"
)
# e.g. "下页", "首页", "总记录", "每页 10 条"
# not "第一条"
_OF_PAGER = re.compile(r"页|总?记录|总条数")


# e.g. "<a href=\"p2.html\">下一页</a>", "<div class='Pager'>"
# not "<li><a href='a'>"
_OF_PAGES = re.compile("页|page", re.IGNORECASE)


def told(page: Page) -> Turn:
    """How many entries and pages the words of a pager say; no next page."""
    text = joined(page.soup.get_text()[:_SEARCHED])
    hidden = " ".join(
        parse_html(one, page.url).get_text() for one in _pager_markup(page)
    )
    return _told_in(f"{text} {hidden}")


def _told_in(text: str) -> Turn:
    """What a text says; a number of entries counts only near words of a pager.

    A report says 共12条 as well.
    """
    totals: list[int] = []
    for found in _TOTAL.finditer(text):
        begin = max(0, found.start() - _AROUND)
        around = text[begin : found.end() + _AROUND]
        if _OF_PAGER.search(around):
            totals.append(_said(found))
    pages = map(_said, _PAGES.finditer(text))
    return Turn(total=max(totals, default=None), pages=max(pages, default=None))


def _said(found: re.Match[str]) -> int:
    """The number in whichever wording was found."""
    digits = next(filter(None, found.groups()))
    return int(digits)


def _pager_markup(page: Page) -> Iterator[str]:
    """Hidden markup that holds a pager and not a list."""
    for markup in hidden_markup(page):
        if _OF_PAGES.search(markup):
            yield markup


def by_link(page: Page) -> Turn | None:
    """The link to the next page, on the same host; the hidden ones as well."""
    url = _next_among(page, links(page))
    if url:
        return Turn(url)
    for markup in _pager_markup(page):
        url = _next_among(page, _anchors(parse_html(markup, page.url)))
        if url:
            return Turn(url)
    return None


def _anchors(soup: BeautifulSoup) -> list[Tag]:
    """The links of a piece of markup; a pager has few."""
    found = soup.find_all("a", limit=_MOST_IN_PAGER)
    tags = filter(_is_tag, found)
    return list(tags)


def _is_tag(node: object) -> TypeGuard[Tag]:
    return isinstance(node, Tag)


def _next_among(page: Page, anchors: Iterable[Tag]) -> str | None:
    """Where the link to the next page leads; that of the number after this page's
    where no link says next.
    """
    anchors = list(anchors)
    for anchor in filter(says_next, anchors):
        url = _another_page(page, anchor)
        if url:
            return url
    if any(says_next(anchor) for anchor in anchors):
        return None
    return _next_number(page, anchors)


def says_next(anchor: Tag) -> bool:
    """Whether a link says 下一页 or is marked as the one to the next page."""
    text = beginning(anchor, _LONGEST_BUTTON)
    title = joined(attribute(anchor, "title")[:_LONGEST_BUTTON])
    if NEXT.match(text) or NEXT.match(title):
        return True
    if attribute(anchor, "rel") == "next":
        return True
    is_marked = _NEXT_CLASS.search(attribute(anchor, "class")) is not None
    return is_marked and len(text) <= _LONGEST_BUTTON and "篇" not in text


def _another_page(page: Page, anchor: Tag) -> str:
    """Where a link leads if that is another address of the same host."""
    url = target_of(page, anchor)
    if not url or url == page.url:
        return ""
    is_same_host = urlsplit(url).netloc == urlsplit(page.url).netloc
    return url if is_same_host else ""


_MARKED = "current|cur|on|active|now|p_no_d|thisclass"
# The number of the page shown stands without a link, or is marked.
# e.g. "current", "p_no_d", "on", "active", "cur"
# not "content", "once"
_CURRENT = re.compile(rf"(?:^|[\s_-])(?:{_MARKED})(?:$|\s)")


# e.g. "2", "[3]", "【12】"
# not "第2页", "20240119"
_NUMBER = re.compile(r"^[\[【]?\s*([0-9]{1,4})\s*[\]】]?$")


def _next_number(page: Page, anchors: list[Tag]) -> str | None:
    """Where the number behind that of this page leads, in a row of numbers."""
    for anchor in filter(follows_shown, anchors):
        return _another_page(page, anchor) or None
    return None


def follows_shown(anchor: Tag) -> bool:
    """Whether a link is the number behind that of the page shown."""
    number = _page_number(anchor)
    if number is None or number < 2:
        return False
    return _shown_number(anchor) == number - 1


def _page_number(tag: Tag) -> int | None:
    """The number that an element is, in full."""
    text = beginning(tag, _LONGEST_BUTTON)
    found = _NUMBER.match(text)
    return int(found[1]) if found else None


def _shown_number(anchor: Tag) -> int | None:
    """The number of the page shown, in the row in which a number is."""
    row = anchor.parent
    while row is not None and row.name in {"li", "span", "em", "b"}:
        row = row.parent
    if row is None:
        return None
    for tag in row.find_all(["a", "span", "em", "b", "strong", "li", "font"], limit=60):
        number = _page_number(tag)
        if number is None:
            continue
        is_link = tag.name == "a" or tag.find("a") is not None
        if not is_link or _CURRENT.search(attribute(tag, "class")):
            return number
    return None
