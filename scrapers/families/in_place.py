"""A column that shows its newest report in place of a list; earlier years stand in a
`<select>`, or in a row of links that name years.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlencode, urljoin, urlsplit

from bs4 import Tag

from scrapers.articles import read_article
from scrapers.gone import open_list
from scrapers.leads import is_report_like, may_lead_to, target_of
from scrapers.listing import NO_SIGN, Sign
from scrapers.pages import Page, attribute, beginning, resolve
from scrapers.source import Capture, Changed, Lead, ListPage

# The statutory headings; a page with most of them is a report.
_SECTIONS = ("总体情况", "主动公开政府信息", "收到和处理", "行政复议", "存在的主要问题")
_MOST_SECTIONS = 4
# What free reports of earlier years say in any case.
_FREE = ("依申请公开", "主动公开", "复议", "问题")
_LONG = 1_500
# e.g. "2023年", "2023", "2023年度报告", "2023年政府信息公开工作年度报告"
# not "示例市教育局2023年年报", "2023-01-19"
_YEAR = re.compile(r"^(20\d\d)\s*年?度?[^\d]{0,20}$")
# e.g. "2023年", "2023 年度"
# not "20231"
_YEAR_IN_TEXT = re.compile(r"(?<!\d)(20\d\d)\s*年度?")
_PREFIX = r"[\"']([^\"'\s<>]{0,300})[\"']"
# How a choice becomes an address.
# e.g. "location.href='?nbYear='+this.value", "location = \"/nb/\" + this.value"
# e.g. "window.open('/c1/'+v+'.html'"
# not "location.href=this.value"
_MADE = re.compile(
    rf"(?:location(?:\.href)?\s*=|open\()\s*{_PREFIX}\s*\+\s*[\w.\[\]()]{{1,80}}"
    rf"(?:\s*\+\s*{_PREFIX})?"
)
_FEWEST = 2


def recognise(page: Page) -> Sign:
    """By a report on the page itself, and years to choose from."""
    choices = list(_choices(page))
    if not _is_report(page):
        return NO_SIGN
    if len(choices) >= _FEWEST:
        return Sign(89, f"页面本身是年报，另有 {len(choices)} 个年度可选")
    if choices or not _has_reports(page):
        return Sign(15, "页面本身是年报")
    return NO_SIGN


def list_page(capture: Capture) -> ListPage:
    """The report in place, and one for each year to choose.

    Raises Changed when the page is no report.
    """
    page = open_list(capture)
    if not _is_report(page):
        raise Changed(f"页面 {capture.url} 本身不是年报，栏目可能已改版。")
    leads = {lead.url: lead for lead in _choices(page)}
    here = _year_here(page)
    years = {lead.title[:4] for lead in leads.values() if lead.url != page.url}
    if not here or here not in years:
        # The address of this page shows another report next year: it counts only where
        # the report has no address of its own.
        title = read_article(page).title
        leads = {page.url: Lead(page.url, title or f"{here}年")} | leads
    unreachable = _unreachable(page)
    note = (
        f"年度选项 {'、'.join(unreachable)} 由脚本打开，未能采集。"
        if unreachable
        else ""
    )
    return ListPage(tuple(leads.values()), None, note, entries=len(leads))


def _is_report(page: Page) -> bool:
    """Whether the text of a page is that of a report.

    By the statutory headings; in the years before them by what a report must speak of,
    and its name.
    """
    text = page.soup.get_text()
    found = [section for section in _SECTIONS if section in text]
    if len(found) >= _MOST_SECTIONS:
        return True
    missing = [word for word in _FREE if word not in text]
    if missing or len(text) <= _LONG:
        return False
    named = (page.headline(), read_article(page).title)
    return any(map(is_report_like, named))


def _has_reports(page: Page) -> bool:
    """Whether a page links to other reports: then it may be one of a list."""
    anchors = page.soup.find_all("a", href=True, limit=2_000)
    return any(is_report_like(beginning(one, 200)) for one in anchors)


def _choices(page: Page) -> Iterator[Lead]:
    """The years to choose, with the addresses at which they are shown."""
    for option, select in _options(page):
        year = _YEAR.match(beginning(option, 60))
        url = _address(page, option, select)
        if year and url and may_lead_to(page.url, url):
            yield Lead(url, beginning(option, 60))
    for anchor in page.soup.find_all("a", href=True, limit=2_000):
        text = beginning(anchor, 60)
        url = target_of(page, anchor)
        if _YEAR.match(text) and url and may_lead_to(page.url, url):
            yield Lead(url, text)


def _options(page: Page) -> Iterator[tuple[Tag, Tag]]:
    """The options of all choices of a page."""
    for select in page.soup.find_all("select", limit=20):
        for option in select.find_all("option", limit=60):
            yield option, select


def _unreachable(page: Page) -> list[str]:
    """Years to choose of which nothing says where they are shown."""
    return [
        beginning(option, 60)
        for option, select in _options(page)
        if _YEAR.match(beginning(option, 60)) and not _address(page, option, select)
    ]


def _address(page: Page, option: Tag, select: Tag) -> str:
    """Where a choice leads: it is an address, or becomes one by a script or a form."""
    value = attribute(option, "value").strip()
    is_address = "/" in value or "." in value or value.startswith("?")
    if is_address:
        return page.absolute(value)
    chosen = value or beginning(option, 60)
    made = _made(page, select)
    if made is not None:
        before, after = made
        return page.absolute(f"{before}{chosen}{after}")
    return _by_form(page, select, chosen)


def _made(page: Page, select: Tag) -> tuple[str, str] | None:
    """What a script puts around a choice."""
    scripts = [attribute(select, "onchange")]
    name = attribute(select, "id") or attribute(select, "name")
    called = scripts[0].split("(")[0].strip()
    for script in page.soup.find_all("script", limit=60):
        text = script.get_text()
        is_about = (called and called in text) or (name and name in text)
        if is_about:
            scripts.append(text[:20_000])
    for text in scripts:
        found = _MADE.search(text)
        if found:
            return found[1], found[2] or ""
    return None


def _by_form(page: Page, select: Tag, chosen: str) -> str:
    """The address that the form around a choice asks for."""
    form = select.find_parent("form")
    name = attribute(select, "name")
    is_get = form is None or attribute(form, "method").lower() in {"", "get"}
    if form is None or not name or not is_get:
        return ""
    action = urljoin(page.base, attribute(form, "action")) or page.url
    query = urlencode({name: chosen})
    url = urlsplit(action)._replace(query=query).geturl()
    return resolve(url, page.base)


def _year_here(page: Page) -> str:
    """The year of the report that a page shows; empty where it does not say."""
    for chosen, _ in _options(page):
        year = _YEAR.match(beginning(chosen, 60))
        if year and chosen.has_attr("selected"):
            return year[1]
    title = f"{read_article(page).title} {page.headline()}"
    named = _YEAR_IN_TEXT.search(title)
    return named[1] if named else ""
