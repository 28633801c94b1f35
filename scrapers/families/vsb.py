"""VSB (博达): articles `/info/COL/ID.htm`, lists `name.htm`, older pages `name/N.htm`.

Pages count backwards: of three, the newest is `name.htm`, then come `name/2.htm` and
`name/1.htm`. So only the link to the next page can be followed, never a number. Titles
are cut with "..." and have no attribute that holds them whole: the page itself says
what it is.
"""

from __future__ import annotations

import re

from scrapers.listing import Layout, Mark, by_link

# e.g. "/info/1021/3201.htm", "/zwgk/info/1021/3201.htm"
# not "/info/iList.jsp"
_ARTICLE = re.compile(r"/info/\d+/\d+\.html?$")
_IN_LISTS = (
    *(r"class=[\"']?p_(?:pages|next|no_d)\b", r"id=[\"']?line_?u\d+_\d+"),
    *("_showDynClick", "urltype=tree.TreeTempUrl"),
)
_IN_ARTICLES = ("v_news_content", "vsb_content", "_newscontent_fromname")
_IN_BOTH = ("_sitegray", "VSB_COMMON", "/_vsl/", "Announced by Visual SiteBuilder")
# e.g. "<span class=\"p_pages\">", "<li id=\"line_u5_0\">", "<div id=\"vsb_content\">"
# e.g. "<li id='lineu9_3'>", "_showDynClickBatch(["
# not "<li id=\"line_1\">"
_TEXT = re.compile("|".join((*_IN_LISTS, *_IN_ARTICLES, *_IN_BOTH)))
MARKS = (
    Mark(_TEXT, 76, "页面带有博达（VSB）的标记"),
    Mark(_ARTICLE, 74, "文章地址为 /info/N/N.htm", in_address=True),
)
LISTS = Layout("博达", _ARTICLE, (by_link,))
