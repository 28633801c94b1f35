"""TRS WCM (拓尔思), the commonest family: article addresses end in `tYYYYMMDD_N.html`.

Lists are `ul > li > a` with the date beside or inside the link, in older portals tables
in GBK. The pager is drawn by the script call `createPageHTML(pages, current, "index",
"html")`; pages count from zero, so that page 2 is `index_1.html`, on some portals from
one.
"""

from __future__ import annotations

import re

from scrapers.leads import links
from scrapers.listing import (
    NO_SIGN,
    Layout,
    Mark,
    Sign,
    by_count,
    by_link,
    leads_to,
    surest,
)
from scrapers.pages import Page

# e.g. "/nb/202401/t20240119_105.html", "/t20240119_1_2.shtml", "/t240119_7.htm"
# not "/nb/index_1.html", "/art/2024/1/9/art_1_2.html"
_ARTICLE = re.compile(r"/t(?:20\d{6}|\d{6})_\d+(?:_\d+)?\.s?html?$")
_MARK_TEXTS = (
    *("TRS_Editor", "trs_editor_view", "TRS_UEDITOR", "TRS_WCM", "WCMCMS"),
    r"createPageHTML\(\s*\d",
)
# e.g. "<div class=TRS_Editor>", "createPageHTML(3, 0"
# not "createPageHTML(_nPageCount"
_TEXT = re.compile("|".join(_MARK_TEXTS), re.IGNORECASE)
_MARKS = (
    Mark(_ARTICLE, 72, "文章地址为 tYYYYMMDD_N.html", in_address=True),
    Mark(_TEXT, 70, "页面带有拓尔思的标记或翻页脚本"),
)
LISTS = Layout("拓尔思", _ARTICLE, (by_link, by_count))


def recognise(page: Page) -> Sign:
    """By its marks, its pager, or addresses such as only its articles have."""
    sign = surest(page, _MARKS)
    if sign:
        return sign
    if any(leads_to(page, anchor, _ARTICLE) for anchor in links(page)):
        return Sign(55, "列表中有 tYYYYMMDD_N.html 形式的文章地址")
    return NO_SIGN
