"""LonSun (龙讯): `/public/column/ORG?type=4&action=list&nav=3`, entries in
`ul.xxgk_nav_list`.

The pager is drawn by `Ls.pagination`, which is given the number of pages and the
beginning of their addresses.
"""

from __future__ import annotations

import re

from scrapers.listing import Layout, Mark, by_link, by_lonsun

_PAGES = r"(?:public/(?:column/)?\d+|openness|OpennessContent|OpennessAnnualReport)"
# e.g. "/public/column/6595721", "/openness/OpennessAnnualReport/show/1.html"
# not "/public/index.html"
_ADDRESS = re.compile(rf"/{_PAGES}\b", re.IGNORECASE)
_ARTICLES = (
    *(r"/public/\d+/\d+\.html?$", r"/show/\d+\.html?$"),
    *(r"/content/article/\d+$", "annual_report/"),
)
# e.g. "/public/6595721/12345.html", "/OpennessContent/show/345.html"
# e.g. "/content/article/12345", "/xxgk/openness/detail/annual_report/5e0c.html"
# not "/public/column/6595721"
_ARTICLE = re.compile("|".join(_ARTICLES))
# e.g. "Ls.pagination(\"#page_public_info\"", "<ul class=\"xxgk_nav_list\">"
# e.g. "/assets/js/lonsun.js"
# not "pagination"
_TEXT = re.compile(r"Ls\.pagination|xxgk_nav_list|page_public_info|lonsun", re.I)
MARKS = (
    Mark(_TEXT, 77, "页面带有龙讯的标记（xxgk_nav_list、Ls.pagination）"),
    Mark(_ADDRESS, 68, "网址为龙讯的信息公开目录", in_address=True),
)
LISTS = Layout("龙讯", _ARTICLE, (by_link, by_lonsun))
