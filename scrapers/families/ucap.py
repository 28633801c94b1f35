"""UCAP (开普云): lists by a search service in JSON, or in pages `list_2.shtml` whose
list may stand inside a comment for a script to show.

Its pages have made-up elements, `<ucaptitle>` and `<ucapcontent>`; a meta tag or a
script names the column for the service.
"""

from __future__ import annotations

import re

from scrapers.gone import open_list
from scrapers.listing import (
    Layout,
    Mark,
    by_count,
    by_link,
    is_data,
    list_of,
    list_of_answer,
)
from scrapers.pages import Page
from scrapers.source import Capture, Changed, ListPage

_SERVICES = "common/search|searchList"
_HOST = r"(?:https?://[\w.:-]{1,100})?"
_FOLDER = r"(?:[\w-]{1,40}/)?"
_REST = r"[^\"'\s<>]{1,1000}"
# e.g. "/common/search/8a9b0c?_isAgg=true&page=1", "/searchList/8a9b0c"
# not "/search4/s"
_SERVICE = re.compile(rf"/(?:{_SERVICES})/\w+")
# e.g. "<ucaptitle>", "id=\"UCAP-CONTENT\"", "<UCAPCONTENT >"
# not "ucap.js"
_TEXT = re.compile(r"<ucap(?:title|content)\b|UCAP-CONTENT", re.IGNORECASE)
# e.g. "createPageHTML('page_div',3,1,'list','shtml',19)"
# not "createPageHTML(3, 0, 'index', 'html')"
_PAGER = re.compile(r"createPageHTML\s*\(\s*[\"'][^\"']{1,60}[\"']\s*,\s*\d", re.I)
# e.g. "/site/c1/202401/0a1b2c3d4e5f60718293a4b5c6d7e8f9.shtml"
# e.g. "/c1/202401/c01_3.shtml"
# not "/art/2024/1/9/art_1_2.html"
_ARTICLE = re.compile(r"/\d{6}/(?:[0-9a-f]{32}|c\d+_\w+)\.s?html?$", re.IGNORECASE)
# e.g. "var manuscriptUrl=\"/common/search/8a9b?_isAgg=true&page=\""
# e.g. "manuscriptUrl = '/searchList/8a9b?page='"
# not "manuscriptUrl=url"
_ADDRESS = re.compile(rf"[\"']({_HOST}/{_FOLDER}(?:{_SERVICES})/{_REST})[\"']")
MARKS = (
    Mark(_SERVICE, 92, "网址是开普云的检索接口", in_address=True),
    Mark(_ADDRESS, 82, "列表由开普云的检索接口给出"),
    Mark(_TEXT, 80, "页面带有开普云的标记（ucaptitle、UCAP-CONTENT）"),
    Mark(_PAGER, 78, "开普云的翻页脚本 createPageHTML('page_div', …)"),
    Mark(_ARTICLE, 60, "文章地址为 /YYYYMM/<32位>.shtml", in_address=True),
)
_PARAMETERS = "_isAgg=true&_isJson=true&_pageSize=15&_template=index&page="
_LISTS = Layout("开普云", _ARTICLE, (by_link, by_count), keeps_list_hidden=True)
HAS_SHELLS = True


def list_page(capture: Capture) -> ListPage:
    """An answer of the service, or a page of the static form.

    Of a page that asks the service only how it is asked. Raises Changed for anything
    else.
    """
    if is_data(capture):
        return list_of_answer(capture)
    page = open_list(capture)
    service = _service(page)
    if service:
        return ListPage((), service)
    read = list_of(page, _LISTS)
    if not read.leads and not read.next_url and not read.pages:
        raise Changed(f"页面 {page.url} 中没有开普云的列表，栏目可能已改版。")
    return read


def _service(page: Page) -> str:
    """Where the first page is asked for, by a script or by the meta of the column.

    Empty for pages of the static form.
    """
    found = _ADDRESS.search(page.text)
    if found is None:
        return _by_meta(page)
    url = page.absolute(found[1].replace("&amp;", "&"))
    if _ENDS_WITH_NUMBER.search(url):
        return url
    if url.endswith("page="):
        return f"{url}1"
    joint = "&" if "?" in url else "?"
    wanted = _PARAMETERS if "_isJson" not in url else "page="
    return f"{url}{joint}{wanted}1"


# e.g. "/common/search/8a?page=1&_isAgg=true"
# not "/common/search/8a?_isAgg=true&page="
_ENDS_WITH_NUMBER = re.compile(r"[?&]page=\d")


def _by_meta(page: Page) -> str:
    """The service of a column that shows no list, pager or link at all."""
    channel = page.metas.get("channelid", "")
    if not channel.isalnum() or _PAGER.search(page.text):
        return ""
    if _shows_list(page):
        return ""
    return page.absolute(f"/common/search/{channel}?{_PARAMETERS}1")


def _shows_list(page: Page) -> bool:
    """Whether a page shows a list of its own, or keeps one in its source."""
    try:
        return bool(list_of(page, _LISTS).entries)
    except Changed:
        return False
