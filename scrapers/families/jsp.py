"""JSP portals of many makers: `iList.jsp?node_id=X&cat_id=N&cur_page=2`, or a form with
the number of the page.
"""

from __future__ import annotations

import re

from scrapers.articles import read_article
from scrapers.listing import (
    NO_SIGN,
    Layout,
    Mark,
    Sign,
    entries_of,
    read_list,
    surest,
)
from scrapers.pages import Page
from scrapers.source import Article, Capture, ListPage

# e.g. "/info/iList.jsp", "/eportal/ui", "/xxgk/list.do"
# not "/nb/index.html"
_ADDRESS = re.compile(r"\.(?:jsp|do|action)$|/eportal/ui$", re.IGNORECASE)
_MARKS = (Mark(_ADDRESS, 40, "网址由 JSP 程序给出", in_address=True),)
_LISTS = Layout("JSP")


def recognise(page: Page) -> Sign:
    """By its address, where the page has a list."""
    sign = surest(page, _MARKS)
    has_list = sign and entries_of(page).leads
    return sign if has_list else NO_SIGN


def list_page(capture: Capture) -> ListPage:
    """The reports of one list page. Raises Changed when there is no list."""
    return read_list(capture, _LISTS)


def article(capture: Capture) -> Article:
    """The facts of an article page."""
    return read_article(Page(capture))
