"""ASP.NET portals of many makers: pages are turned by sending the page back to itself,
with its hidden fields and the name of the link that was clicked.
"""

from __future__ import annotations

import re

from scrapers.listing import (
    Layout,
    Mark,
    by_form,
    by_link,
    by_post_back,
)

# e.g. "javascript:__doPostBack('AspNetPager1','2')", "__doPostBack(&#39;p&#39;"
# not "function __doPostBack(eventTarget"
_PAGER = re.compile(r"__doPostBack\((?:'|\"|&#39;)")
# e.g. "name=\"__VIEWSTATE\"", "AspNetPager1"
# not "viewstate"
_TEXT = re.compile(r"__VIEWSTATE|AspNetPager")
MARKS = (
    Mark(_PAGER, 52, "由 ASP.NET 回传翻页（__doPostBack）"),
    Mark(_TEXT, 45, "页面带有 ASP.NET 的标记（__VIEWSTATE）"),
)
LISTS = Layout("ASP.NET", None, (by_post_back, by_link, by_form))
