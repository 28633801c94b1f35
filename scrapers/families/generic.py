"""The last resort: a plain list of links whose titles say annual report, and a link to
the next page.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from bs4 import Tag

from archive.webpage import ARTICLE_TITLE
from scrapers.articles import read_article
from scrapers.gone import open_list
from scrapers.leads import can_be_reports, entries, is_report_like, links, title_of
from scrapers.pages import Page, attribute, joined
from scrapers.source import Article, Capture, Changed, ListPage

# e.g. "下一页", "下页 >", "后一页", "Next", "»"
# not "上一页", "3"
_NEXT = re.compile(r"^(?:下一?页|后一?页|Next|[>»›])[ >»›]*$", re.IGNORECASE)
# e.g. "共 11 页", "1/11页"
# not "共 11 条", "11/1页"
_PAGES = re.compile(r"共\s*(\d{1,5})\s*页|(?<!\d)1\s*/\s*(\d{1,5})\s*页")
_WHERE = "(?:法定主动公开内容|政府|政务|部门|乡镇|历年|本?机关)*"
_OF_WHAT = "(?:信息)?(?:公开)?(?:工作)?"
# Menu entries and buttons that name the column, not a report of it.
# e.g. "政府信息公开年报", "部门年报", "历年年度报告专栏"
# not "示例县政府信息公开年报", "2023年政府信息公开年报"
_COLUMN = re.compile(f"^{_WHERE}{_OF_WHAT}(?:年报|年度报告)(?:专栏)?$")
_LONGEST_BUTTON = 40
_SEARCHED = 2_000_000


def recognise(page: Page) -> bool:
    """True for a page that links to something called an annual report, or calls itself
    so.
    """
    titles = (page.headline(), page.metas.get(ARTICLE_TITLE, ""))
    return any(map(is_report_like, titles)) or bool(_reports(page))


def list_page(capture: Capture) -> ListPage:
    """Links called annual reports.

    Raises Changed when there is none: then this is no list we know.
    """
    page = open_list(capture)
    anchors = _reports(page)
    if not anchors:
        raise Changed(
            f"页面 {capture.url} 的版式未知，也没有找到名为年度报告的链接，"
            "请核对来源的网址或补充该网站的采集规则。"
        )
    following = _next(page)
    note = "" if following else _note(page)
    return ListPage(can_be_reports(entries(page, anchors)), following, note)


def article(capture: Capture) -> Article:
    """The facts of an article page of any make."""
    return read_article(Page(capture))


def _note(page: Page) -> str:
    """What the first page of a list says of pages to which no link leads."""
    name = page.url.rsplit("/", 1)[-1]
    if "_" in name:
        return ""
    found = _PAGES.finditer(page.text[:_SEARCHED])
    pages = max((int(count[1] or count[2]) for count in found), default=1)
    if pages <= 1:
        return ""
    return f"列表共有 {pages} 页，但翻页由脚本完成，只读到这一页，可能不完整。"


def _reports(page: Page) -> list[Tag]:
    """The links called annual reports; those in menus where there are no others."""
    in_menus: list[Tag] = []
    reports: list[Tag] = []
    for anchor in links(page):
        leads_somewhere = page.absolute(attribute(anchor, "href"))
        if not leads_somewhere or not _names_report(title_of(anchor)):
            continue
        if page.is_furniture(anchor):
            in_menus.append(anchor)
        else:
            reports.append(anchor)
    return reports or in_menus


def _names_report(title: str) -> bool:
    """Whether a link is called as reports are, and not as their column is."""
    return is_report_like(title) and _COLUMN.match(title) is None


def _next(page: Page) -> str | None:
    """Where the link to the next page leads, on the same host; None without one.

    Links that run a script lead nowhere.
    """
    host = urlsplit(page.url).netloc
    for anchor in filter(_is_next, links(page)):
        url = page.absolute(attribute(anchor, "href"))
        is_another_page = bool(url) and url != page.url
        if is_another_page and urlsplit(url).netloc == host:
            return url
    return None


def _is_next(anchor: Tag) -> bool:
    """Whether a link says 下一页 or is marked as the one to the next page."""
    text = joined(anchor.get_text()[:_LONGEST_BUTTON])
    return bool(_NEXT.match(text)) or attribute(anchor, "rel") == "next"
