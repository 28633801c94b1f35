"""The last resort: a plain list of links whose titles say annual report, and a link to
the next page.
"""

from __future__ import annotations

import re

from bs4 import Tag

from scrapers.articles import read_article
from scrapers.gone import open_list
from scrapers.leads import can_be_reports, entries, is_report_like, links, title_of
from scrapers.pages import Page, attribute, joined
from scrapers.source import Article, Capture, Changed, ListPage

_NEXT = re.compile(r"(?:下一?页|后一?页|Next|[>»›])[ >»›]*", re.IGNORECASE)
_PAGES = re.compile(r"共\s*(\d{1,5})\s*页|(?<!\d)1\s*/\s*(\d{1,5})\s*页")


def recognise(page: Page) -> bool:
    """True for a page that links to something called an annual report, or calls itself
    so.
    """
    title = page.headline()
    return (
        is_report_like(title)
        or is_report_like(page.metas.get("articletitle", ""))
        or bool(_reports(page))
    )


def list_page(capture: Capture) -> ListPage:
    """Links called annual reports. Raises Changed when there is none: then this is no
    list we know.
    """
    page = open_list(capture)
    anchors = _reports(page)
    if not anchors:
        raise Changed(
            f"页面 {capture.url} 的版式未知，也没有找到名为年度报告的链接，"
            "请核对来源的网址或补充该网站的采集规则。"
        )
    following = _next(page)
    counts = [
        int(found[1] or found[2]) for found in _PAGES.finditer(page.text[:2_000_000])
    ]
    note = ""
    if (
        not following
        and max(counts, default=1) > 1
        and "_" not in page.url.rsplit("/", 1)[-1]
    ):
        note = (
            f"列表共有 {max(counts)} 页，但翻页由脚本完成，只读到这一页，可能不完整。"
        )
    return ListPage(can_be_reports(entries(page, anchors)), following, note)


def article(capture: Capture) -> Article:
    """The facts of an article page of any make."""
    return read_article(Page(capture))


def _reports(page: Page) -> list[Tag]:
    anchors = [
        anchor for anchor in links(page) if page.absolute(attribute(anchor, "href"))
    ]
    reports = [
        anchor
        for anchor in anchors
        if is_report_like(title_of(anchor)) and not _is_column(title_of(anchor))
    ]
    return [anchor for anchor in reports if not page.is_furniture(anchor)] or reports


def _is_column(title: str) -> bool:
    """Menu entries such as 政府信息公开年报 name the column, not a report."""
    return bool(
        re.fullmatch(
            r"(?:法定主动公开内容|政府|政务|部门|乡镇|历年|本?机关)*(?:信息)?(?:公开)?(?:工作)?(?:年报|年度报告)(?:专栏)?",
            title,
        )
    )


def _next(page: Page) -> str | None:
    for anchor in links(page):
        if (
            _NEXT.fullmatch(joined(anchor.get_text()[:40]))
            or attribute(anchor, "rel") == "next"
        ):
            url = page.absolute(attribute(anchor, "href"))
            if url and url != page.url and url.split("/")[2] == page.url.split("/")[2]:
                return url
    return None
