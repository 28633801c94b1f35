"""ASP.NET portals of many makers: pages are turned by sending the page back to itself,
with its hidden fields and the name of the link that was clicked.
"""

from __future__ import annotations

import re

from scrapers.articles import read_article
from scrapers.listing import (
    Layout,
    Mark,
    Sign,
    by_form,
    by_link,
    by_post_back,
    read_list,
    surest,
)
from scrapers.pages import Page
from scrapers.source import Article, Capture, ListPage

# e.g. "javascript:__doPostBack('AspNetPager1','2')", "__doPostBack(&#39;p&#39;"
# not "function __doPostBack(eventTarget"
_PAGER = re.compile(r"__doPostBack\((?:'|\"|&#39;)")
# e.g. "name=\"__VIEWSTATE\"", "AspNetPager1"
# not "viewstate"
_TEXT = re.compile(r"__VIEWSTATE|AspNetPager")
_MARKS = (
    Mark(_PAGER, 52, "由 ASP.NET 回传翻页（__doPostBack）"),
    Mark(_TEXT, 45, "页面带有 ASP.NET 的标记（__VIEWSTATE）"),
)
_LISTS = Layout("ASP.NET", None, (by_post_back, by_link, by_form))


def recognise(page: Page) -> Sign:
    """By its hidden fields, or its pager."""
    return surest(page, _MARKS)


def list_page(capture: Capture) -> ListPage:
    """The reports of one list page. Raises Changed when there is no list."""
    return read_list(capture, _LISTS)


def article(capture: Capture) -> Article:
    """The facts of an article page."""
    return read_article(Page(capture))
