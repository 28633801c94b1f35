"""From links to leads: whole titles, dates, which links can be reports, and where a
list may lead.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable, Iterator
from datetime import date
from urllib.parse import urlsplit

from bs4 import Tag

from scrapers.pages import MAX_TITLE, Page, attribute, joined
from scrapers.source import Changed, Lead

MAX_LINKS = 5_000

# 2024-01-19, 2024.01.19, 2024/1/19, 2024年1月19日; never a part of a longer number.
DATE = re.compile(
    r"(?<!\d)(20\d\d|19\d\d)\s?[-./年]\s?(\d{1,2})\s?[-./月]\s?(\d{1,2})(?:\s?日)?(?!\d)"
)
_TRAILING_DATE = re.compile(
    r"[\s(（\[【]*(?:(?:20\d\d|19\d\d)[-./年])?\d{1,2}[-./月]\d{1,2}日?[\])）】\s]*$"
)
_REPORT = re.compile(r"年\s*度?\s*报\s*告?|公开.{0,12}报告|年报")
_OTHER = re.compile(
    r"网站.{0,8}(?:工作|监管)?年度?报[告表]|法治政府|决算|预算|统计年[报鉴]|财政年报|执法.{0,6}年报|企业年报|法人年度报告|"
    r"图解|一图|图说|长图|评查|第三方评估|考核"
)
_ABOUT_REPORTS = re.compile(
    r"通知|通报|指南|目录|办法|规定|制度|规范|要点|方案|公示|公告|启事|答记者问|格式"
)
_BODY_OR_YEAR = re.compile(
    r"20\d\d|[〇零○一二三四五六七八九]{4}年|[局委办厅府镇乡院会站处所]|街道|中心"
)

# Second levels under .cn below which names are registered: kinds of owners, and the
# provinces.
_SHARED = frozenset((
    "gov", "com", "org", "net", "edu", "ac", "mil", "bj", "sh", "tj", "cq", "he", "sx", "nm", "ln", "jl", "hl",
    "js", "zj", "ah", "fj", "jx", "sd", "ha", "hb", "hn", "gd", "gx", "hi", "sc", "gz", "yn", "xz", "sn", "gs",
    "qh", "nx", "xj", "tw", "hk", "mo",
))  # fmt: skip


def first_date(text: str) -> date | None:
    """The first calendar date in a text that exists; None when there is none."""
    for found in DATE.finditer(text):
        try:
            return date(*(int(part) for part in found.groups()))
        except ValueError:
            continue
    return None


def title_of(anchor: Tag) -> str:
    """The whole title of a link: its title attribute when that says more, else its text
    without a date.
    """
    # Text nodes are joined without a separator: titles are broken by <br> and <font> in
    # the middle of words.
    whole = joined(anchor.get_text()[:MAX_TITLE])
    text = _TRAILING_DATE.sub("", whole) or whole
    full = joined(attribute(anchor, "title")[:MAX_TITLE])
    start = re.sub(r"[.…]+$", "", text)
    if full and (not text or len(full) >= len(text) or full.startswith(start)):
        return full
    return text


def is_about_something_else(title: str) -> bool:
    """True for titles that are surely no disclosure report: pictures, budgets, notices
    about reports.
    """
    if _OTHER.search(title):
        return True
    return bool(_ABOUT_REPORTS.search(title)) and not re.search(
        r"年度报告$|年报$|报告的[公通]告$|的函$", title
    )


def is_report_like(title: str) -> bool:
    """True when the title itself says annual report on disclosure."""
    return bool(_REPORT.search(title)) and not is_about_something_else(title)


def can_be_reports(leads: Iterable[Lead]) -> tuple[Lead, ...]:
    """Leads that may be reports, in order, each address once.

    In a mixed list (some titles say report) a bare title stays only when it is short
    and names a body or a year; whether something is a report is decided later, from its
    text.
    """
    unique = list({lead.url: lead for lead in reversed(list(leads))}.values())[::-1]
    mixed = any(is_report_like(lead.title) for lead in unique)
    return tuple(lead for lead in unique if _may_stay(lead.title, mixed))


def _may_stay(title: str, mixed: bool) -> bool:
    if is_report_like(title):
        return True
    if is_about_something_else(title):
        return False
    return not mixed or (len(title) <= 24 and bool(_BODY_OR_YEAR.search(title)))


def links(page: Page) -> list[Tag]:
    """All links of a page. Raises Changed when there are more than any list of reports
    has.
    """
    found = page.soup.find_all("a", href=True, limit=MAX_LINKS + 1)
    if len(found) > MAX_LINKS:
        raise Changed(
            f"页面 {page.url} 的链接超过 {MAX_LINKS} 个，不像年报列表，"
            "请核对来源的网址。"
        )
    return list(found)


def entries(page: Page, anchors: Iterable[Tag]) -> Iterator[Lead]:
    """A lead for each link that has a title and leads to a place this list may lead to."""
    for anchor in anchors:
        url, title = page.absolute(attribute(anchor, "href")), title_of(anchor)
        if url and title and may_lead_to(page.url, url):
            yield Lead(url, title, _date_beside(anchor))


def _date_beside(anchor: Tag) -> date | None:
    """The date of a list entry: inside the link, or in the entry around it."""
    if found := first_date(anchor.get_text(" ")[-40:]):
        return found
    for parent in list(anchor.parents)[:3]:
        if (
            parent.name in {"li", "tr", "dd", "p", "div", "dl"}
            and len(parent.find_all("a", limit=4)) <= 3
        ):
            rest = [
                text
                for text in parent.find_all(string=True)
                if anchor not in text.parents
            ]
            if found := first_date(" ".join(rest)):
                return found
    return None


def may_lead_to(page_url: str, url: str) -> bool:
    """Lists lead to their own site, or to another host of the government: copies on
    dropped domains are hijacked.
    """
    here, there = _host(page_url), _host(url)
    return site(here) == site(there) or there == "gov.cn" or there.endswith(".gov.cn")


def site(host: str) -> str:
    """The part of a host name that one owner registered: `www.jyj.shili.gov.cn` →
    `shili.gov.cn`.
    """
    try:
        ipaddress.ip_address(host)
    except ValueError:
        parts = host.split(".")
        return ".".join(
            parts[-3:]
            if parts[-1] == "cn" and parts[-2:-1] and parts[-2] in _SHARED
            else parts[-2:]
        )
    return host


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").rstrip(".").lower()
