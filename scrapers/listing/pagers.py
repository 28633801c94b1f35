"""Where the next page of a list is, by links."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeGuard
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag

from scrapers.leads import links, target_of
from scrapers.listing.said import pager_markup
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


def by_link(page: Page) -> Turn | None:
    """The link to the next page, on the same host; the hidden ones as well."""
    url = _next_among(page, links(page))
    if url:
        return Turn(url)
    for markup in pager_markup(page):
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
