"""JSP portals of many makers: `iList.jsp?node_id=X&cat_id=N&cur_page=2`, or a form with
the number of the page.
"""

from __future__ import annotations

import re

from scrapers.listing import (
    NO_SIGN,
    Layout,
    Mark,
    Sign,
    entries_of,
    surest,
)
from scrapers.pages import Page

# e.g. "/info/iList.jsp", "/eportal/ui", "/xxgk/list.do"
# not "/nb/index.html"
_ADDRESS = re.compile(r"\.(?:jsp|do|action)$|/eportal/ui$", re.IGNORECASE)
_MARKS = (Mark(_ADDRESS, 40, "网址由 JSP 程序给出", in_address=True),)
LISTS = Layout("JSP")


def recognise(page: Page) -> Sign:
    """By its address, where the page has a list."""
    sign = surest(page, _MARKS)
    has_list = sign and entries_of(page).leads
    return sign if has_list else NO_SIGN
