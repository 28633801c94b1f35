"""A page without a list of its own, whose list stands in a frame or at the address to
which it sends its readers on: that is read.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from bs4 import Tag

from archive.webpage import names_furniture, names_viewed_file
from scrapers.gone import open_list
from scrapers.leads import may_lead_to
from scrapers.listing import NO_SIGN, Sign, entries_of
from scrapers.pages import Page, attribute, refreshes
from scrapers.source import Capture, Changed, ListPage

# Of several frames, those with such names hold the list.
# e.g. "mainFrame", "listIframe", "/xxgk/nb_list.html", "zfxxgknb", "content"
# not "topFrame", "weather"
_OF_LIST = re.compile(r"list|main|content|right|nb|ndbg|report|xxgk", re.IGNORECASE)
_OTHERS = ("top", "head", "foot", "menu", "left", "nav", "weather", "tianqi")
_COUNTERS = ("count", "share", "bdshare", "video", "player", "login", "search")
# e.g. "topFrame", "/inc/weather.html", "left"
# not "list"
_OF_FURNITURE = re.compile("|".join((*_OTHERS, *_COUNTERS)), re.IGNORECASE)
_AT_ONCE = 3
"""Seconds; whoever is given longer is meant to read the page."""
_HOMES = frozenset(("", "index.html", "index.htm", "index.shtml", "index.jsp"))
_WORDLESS = 20
"""Signs; whoever is told something before is sent on because a page is gone."""
HAS_SHELLS = True


def recognise(page: Page) -> Sign:
    """By a frame, where the page has no list of reports of its own."""
    if not _frames(page) or entries_of(page).leads:
        return NO_SIGN
    return Sign(48, "页面没有列表，列表在框架（frame）或它转往的网页内")


def list_page(capture: Capture) -> ListPage:
    """The address of the frame that holds the list. Raises Changed without one."""
    page = open_list(capture)
    frames = _frames(page)
    if not frames:
        raise Changed(f"页面 {capture.url} 中没有可读取的框架，栏目可能已改版。")
    return ListPage((), frames[0])


def _frames(page: Page) -> list[str]:
    """Addresses of the frames that may hold a list, the likeliest first."""
    likely: list[str] = []
    others: list[str] = []
    for frame in page.soup.find_all(["iframe", "frame"], limit=20):
        url = page.absolute(attribute(frame, "src"))
        if not url or not _may_hold_list(page, frame, url):
            continue
        is_likely = _OF_LIST.search(_names(frame)) is not None
        (likely if is_likely else others).append(f"{url}{_mark(frame)}")
    return [*_sent_on(page), *likely, *others]


def _sent_on(page: Page) -> list[str]:
    """Where a page without words sends its readers; not to the home page."""
    text = "".join(page.strings())
    if len(text) > _WORDLESS:
        return []
    urls = refreshes(page, _AT_ONCE)
    return [url for url in urls if _is_inside(page, url)]


def _is_inside(page: Page, url: str) -> bool:
    """Whether an address is another page behind the home page of a site."""
    is_home = urlsplit(url).path.strip("/") in _HOMES
    return not is_home and url != page.url and may_lead_to(page.url, url)


def _mark(frame: Tag) -> str:
    """What stands behind `#` in a frame's address: of a shell it names the column."""
    _, sharp, column = attribute(frame, "src").partition("#")
    return f"{sharp}{column}" if column.isalnum() else ""


def _names(frame: Tag) -> str:
    """What a frame is called, by itself and in its address."""
    path = attribute(frame, "src").split("?")[0]
    return " ".join((attribute(frame, "name"), attribute(frame, "id"), path))


def _may_hold_list(page: Page, frame: Tag, url: str) -> bool:
    """Whether a frame can be that of a list: no menu, no counter, no viewer."""
    if url == page.url or not may_lead_to(page.url, url):
        return False
    if names_viewed_file(url):
        return False
    marks = (attribute(frame, name) for name in ("name", "id", "class"))
    if any(map(names_furniture, marks)):
        return False
    is_hidden = attribute(frame, "height") in {"0", "1"}
    is_furniture = _OF_FURNITURE.search(_names(frame)) is not None
    return not is_hidden and not is_furniture
