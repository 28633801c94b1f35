"""NFCMS, the ordinary pages of the same province as gkmlpt: `/…/content/post_N.html`,
lists `index_2.html` counted from one, with links to the next page.
"""

from __future__ import annotations

import re

from scrapers.listing import Layout, Mark, by_count, by_link

# e.g. "/zwgk/nb/content/post_8000123.html", "/content/mpost_8000123.html"
# not "/content/article/1"
_ARTICLE = re.compile(r"/content/m?post_\d+\.html?$")
# e.g. "var NFCMS_SITE_ID = 755001", "NFCMS_POST_ID"
# not "NFC"
_TEXT = re.compile(r"NFCMS_(?:SITE|POST)_ID")
# e.g. "href=\"/zwgk/nb/content/post_8000123.html\"", "href='content/post_1.html'"
# not "content/post.html", "mycontent/post_1.html"
_LINKS = re.compile(r"[/\"']content/post_\d+\.html")
MARKS = (
    Mark(_TEXT, 79, "页面带有 NFCMS 的标记"),
    Mark(_ARTICLE, 69, "文章地址为 content/post_N.html", in_address=True),
    Mark(_LINKS, 58, "列表中有 content/post_N.html 形式的文章地址"),
)
LISTS = Layout("NFCMS", _ARTICLE, (by_link, by_count))
