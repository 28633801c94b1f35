"""The last resort: a plain list of links whose titles say annual report, and a link to
the next page.
"""

from __future__ import annotations

import re
from dataclasses import replace

from bs4 import Tag

from archive.webpage import ARTICLE_TITLE
from scrapers.gone import open_list
from scrapers.leads import (
    entries,
    links,
    target_of,
    title_of,
)
from scrapers.listing import (
    NO_SIGN,
    Layout,
    Sign,
    counted_beside,
    kept_pages,
    list_of,
)
from scrapers.pages import Page
from scrapers.source import Capture, Changed, ListPage
from scrapers.titles import is_report_like, sifted

_WHERE = "(?:法定主动公开内容|政府|政务|部门|乡镇|历年|本?机关)*"
_OF_WHAT = "(?:信息)?(?:公开)?(?:工作)?"
# Menu entries and buttons that name the column, not a report of it.
# e.g. "政府信息公开年报", "部门年报", "历年年度报告专栏"
# not "示例县政府信息公开年报", "2023年政府信息公开年报"
_COLUMN = re.compile(f"^{_WHERE}{_OF_WHAT}(?:年报|年度报告)(?:专栏)?$")
_LISTS = Layout("年度报告")


def recognise(page: Page) -> Sign:
    """By links to what is called an annual report, or by its own name."""
    titles = (page.headline(), page.metas.get(ARTICLE_TITLE, ""))
    if any(map(is_report_like, titles)):
        return Sign(12, "页面标题为年度报告")
    if _reports(page) or _hidden(page):
        return Sign(10, "页面上有名为年度报告的链接")
    return NO_SIGN


def list_page(capture: Capture) -> ListPage:
    """Links called annual reports; all entries where the column is named so.

    Raises Changed when there is none: then this is no list we know.
    """
    page = open_list(capture)
    reports = _reports(page)
    if not reports and not _hidden(page):
        raise Changed(
            f"页面 {capture.url} 的版式未知，也没有找到名为年度报告的链接，"
            "请核对来源的网址或补充该网站的采集规则。"
        )
    read = list_of(page, _LISTS)
    if not reports:
        return read
    named = sifted(entries(page, reports))
    cut = (lead for lead in read.leads if lead.title.endswith(("…", "...")))
    both = sifted([*named.taken, *cut])
    others = {lead.url: lead for lead in (*read.leads, *read.passed, *named.passed)}
    for lead in both.taken:
        others.pop(lead.url, None)
    counted, passed = counted_beside(page, reports), tuple(others.values())
    return replace(read, leads=both.taken, entries=counted, passed=passed)


def _hidden(page: Page) -> list[Page]:
    """Lists of reports that stand in the source of a page only."""
    return list(filter(_reports, kept_pages(page)))


def _reports(page: Page) -> list[Tag]:
    """The links called annual reports; those in menus where there are no others."""
    in_menus: list[Tag] = []
    reports: list[Tag] = []
    for anchor in links(page):
        if not target_of(page, anchor) or not _names_report(title_of(anchor)):
            continue
        if page.is_furniture(anchor):
            in_menus.append(anchor)
        else:
            reports.append(anchor)
    return reports or in_menus


def _names_report(title: str) -> bool:
    """Whether a link is called as reports are, and not as their column is."""
    return is_report_like(title) and _COLUMN.match(title) is None
