"""One page for all departments: links named 市教育局, below headings of years.

A link says who, the heading above it when, and the name of the site what 市 stands for;
together they are the title of the entry. Some of the links lead straight to a file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bs4 import Tag

from archive.webpage import SITE_NAME, names_attachment
from scrapers.gone import open_list
from scrapers.leads import (
    may_lead_to,
    target_of,
    title_of,
)
from scrapers.listing import NO_SIGN, Sign
from scrapers.pages import Page, attribute, beginning, first_nodes, joined
from scrapers.source import Capture, Changed, Lead, ListPage
from scrapers.titles import is_about_something_else, is_report_like

_REPORTS = "(?:政府信息公开|信息公开|政务公开)?(?:工作)?(?:年度报告|年报|报告)?"
# A heading of a group, or the tab that opens one.
# e.g. "2023年", "2023年度", "2023年度政府信息公开年报", "2019", "2023年度 (12)"
# not "示例市教育局2023年年报", "2023年工作动态"
_YEAR = re.compile(
    rf"^(20\d\d)\s*年?\s*度?\s*{_REPORTS}(?:汇总)?\s*[:：]?(?:\s*[(（]\d{{1,4}}[)）])?$"
)
_OFFICES = "街道|中心|集团|公司|大学|支队|总队"
# Who a link may name without saying report.
# e.g. "市教育局", "示例镇人民政府", "某某街道办事处", "市发展改革委", "示例县"
# not "更多", "首页", "联系我们"
_BODY = re.compile(rf"(?:[局委办厅府镇乡院会处所]|..[县区]|{_OFFICES})$")
# What 市 stands for.
# e.g. "示例市人民政府门户网站", "示例县政府网"
# not "示例市教育局"
_PLACE = re.compile(r"^(.{2,12}?[市县区州盟旗])(?:人民)?政府")
# Between the name of a page and that of its site.
# e.g. "部门年报_示例市人民政府", "部门年报 - 示例县政府网", "年报|示例市"
# not "部门年报"
_BETWEEN = re.compile(r"[-_|—–]+")
# Who is named by the rank of the place.
# e.g. "市教育局", "县政府办公室", "市政府"
# not "市场监管局", "市政管理局", "市容局"
_OF_PLACE = re.compile(r"^(?:[县区州]|市(?![场容民]|政(?!府)))..")
_LONGEST_NAME = 24
_LONGEST_HEADING = 30
_MOST_IN_HEADING = 12
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_NO_HEADINGS = frozenset(("a", "option", "html", "body", "script", "title"))
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class _Named:
    """A link that names a body, and the year of the group it is in."""

    anchor: Tag
    year: str


def recognise(page: Page) -> Sign:
    """By headings of years above links that name bodies and say report nowhere."""
    named = list(_named(page))
    years = {one.year for one in named}
    if len(named) < _FEWEST or not years:
        return NO_SIGN
    return Sign(
        87, f"{len(named)} 个部门名链接按年度（{'、'.join(sorted(years))}）分组"
    )


def list_page(capture: Capture) -> ListPage:
    """An entry for each link. Raises Changed when there is no group."""
    page = open_list(capture)
    named = list(_named(page))
    if not named:
        raise Changed(
            f"页面 {capture.url} 中没有按年度分组的部门链接，栏目可能已改版。"
        )
    leads: dict[str, Lead] = {}
    for one in named:
        url = target_of(page, one.anchor)
        leads.setdefault(url, Lead(url, _title(page, one)))
    return ListPage(tuple(leads.values()), entries=len(named))


def _title(page: Page, named: _Named) -> str:
    """The title of an entry: who of where, and when."""
    name = _name(named.anchor)
    if is_report_like(name):
        return name if named.year in name else f"{named.year}年{name}"
    place = _place(page)
    if _OF_PLACE.match(name) and place.endswith(name[0]):
        name = place + name[1:]
    return f"{name}{named.year}年政府信息公开工作年度报告"


def _name(anchor: Tag) -> str:
    """What a link says, without the ending of a file."""
    title = title_of(anchor)
    stem, dot, ending = title.rpartition(".")
    return stem if dot and names_attachment(f"a.{ending}") else title


def _place(page: Page) -> str:
    """The place whose government's site this is; empty where it does not say."""
    parts = reversed(_BETWEEN.split(page.headline()))
    for name in (page.metas.get(SITE_NAME, ""), *parts):
        found = _PLACE.match(joined(name))
        if found:
            return found[1]
    return ""


def _named(page: Page) -> Iterator[_Named]:
    """The links below headings of years that name a body, in the order of the page."""
    panels = _panels(page)
    year, level = "", ""
    for tag in page.soup.find_all(True):
        if attribute(tag, "id") in panels:
            year, level = panels[attribute(tag, "id")], "panel"
        found = _heading(tag)
        if found:
            year, level = found, tag.name
        elif tag.name in _HEADINGS and tag.name <= level:
            # A heading of the same rank that names no year ends the group.
            year = ""
        if year and tag.name == "a" and _names_body(page, tag):
            yield _Named(tag, year)


def _panels(page: Page) -> dict[str, str]:
    """Identities of the panels that tabs of years open, and their years."""
    panels = {}
    for tab in page.soup.find_all(["a", "li", "span", "div"], limit=5_000):
        opened = attribute(tab, "href") or attribute(tab, "data-target")
        if not opened.startswith("#") or len(opened) < 2:
            continue
        year = _YEAR.match(beginning(tab, _LONGEST_HEADING))
        if year:
            panels[opened[1:]] = year[1]
    return panels


def _heading(tag: Tag) -> str:
    """The year that an element names as a heading; empty for anything else."""
    if tag.name in _NO_HEADINGS:
        return ""
    inner = list(first_nodes(tag, _MOST_IN_HEADING + 1))
    has_link = any(getattr(node, "name", "") == "a" for node in inner)
    if has_link or len(inner) > _MOST_IN_HEADING:
        return ""
    found = _YEAR.match(beginning(tag, _LONGEST_HEADING + 1))
    return found[1] if found else ""


def _names_body(page: Page, anchor: Tag) -> bool:
    """Whether a link names a body and leads where a list may lead."""
    name = _name(anchor)
    if not name or len(name) > _LONGEST_NAME or is_about_something_else(name):
        return False
    if not _BODY.search(name) or page.is_furniture(anchor):
        return False
    url = target_of(page, anchor)
    return bool(url) and may_lead_to(page.url, url)
