"""A column that shows its newest report in place of a list; earlier years stand in a
`<select>`, or in a row of links that name years.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode, urljoin, urlsplit

from bs4 import Tag

from scrapers.articles import read_article
from scrapers.gone import open_list
from scrapers.leads import may_lead_to, target_of
from scrapers.listing import NO_SIGN, Sign
from scrapers.pages import Page, attribute, beginning, resolve
from scrapers.source import Capture, Changed, Lead, ListPage
from scrapers.titles import is_report_like

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
_LONGEST_CHOICE = 60


@dataclass(frozen=True, slots=True)
class _Choice:
    """A year to choose, and where it is shown; an empty address where nothing says."""

    text: str
    year: str
    url: str
    is_shown: bool = False


def recognise(page: Page) -> Sign:
    """By a report on the page itself, and years to choose from."""
    if not _is_report(page):
        return NO_SIGN
    choices = _leads(page, _choices(page))
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
    choices = _choices(page)
    leads = {lead.url: lead for lead in _leads(page, choices)}
    here = _year_here(page, choices)
    years = {lead.title[:4] for lead in leads.values() if lead.url != page.url}
    if here not in years:
        # The address of this page shows another report next year: it counts only where
        # the report has no address of its own.
        title = read_article(page).title
        leads = {page.url: Lead(page.url, title or f"{here}年")} | leads
    note = _note(choices)
    return ListPage(tuple(leads.values()), None, note, entries=len(leads))


def _note(choices: list[_Choice]) -> str:
    """Which years nothing says where they are shown; empty where all are reached."""
    unreachable = [one.text for one in choices if not one.url]
    if not unreachable:
        return ""
    return f"年度选项 {'、'.join(unreachable)} 由脚本打开，未能采集。"


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


def _leads(page: Page, choices: list[_Choice]) -> list[Lead]:
    """The choices that lead where this page may lead."""
    leads = []
    for one in choices:
        if one.url and may_lead_to(page.url, one.url):
            leads.append(Lead(one.url, one.text))
    return leads


def _choices(page: Page) -> list[_Choice]:
    """The years to choose: options, then links that name years."""
    choices: list[_Choice] = []
    for select in page.soup.find_all("select", limit=20):
        choices += _options(page, select)
    for anchor in page.soup.find_all("a", href=True, limit=2_000):
        text = beginning(anchor, _LONGEST_CHOICE)
        year = _YEAR.match(text)
        url = target_of(page, anchor) if year else ""
        if year and url:
            choices.append(_Choice(text, year[1], url))
    return choices


def _options(page: Page, select: Tag) -> Iterator[_Choice]:
    """The years that one element offers."""
    made = _made(page, select)
    for option in select.find_all("option", limit=60):
        text = beginning(option, _LONGEST_CHOICE)
        year = _YEAR.match(text)
        if year is None:
            continue
        value = attribute(option, "value").strip()
        url = _address(page, select, value, text, made)
        yield _Choice(text, year[1], url, option.has_attr("selected"))


def _address(
    page: Page, select: Tag, value: str, text: str, made: re.Match[str] | None
) -> str:
    """Where a choice leads: it is an address, or becomes one by a script or a form."""
    is_address = "/" in value or "." in value or value.startswith("?")
    if is_address:
        return page.absolute(value)
    chosen = value or text
    if made is None:
        return _by_form(page, select, chosen)
    return page.absolute(f"{made[1]}{chosen}{made[2] or ''}")


def _made(page: Page, select: Tag) -> re.Match[str] | None:
    """What a script puts around a choice: its own, else one that speaks of it."""
    own = attribute(select, "onchange")
    called = own.split("(")[0].strip()
    name = attribute(select, "id") or attribute(select, "name")
    names = [one for one in (called, name) if one]
    scripts = [own]
    for script in page.soup.find_all("script", limit=60):
        text = script.get_text()
        if any(one in text for one in names):
            scripts.append(text[:20_000])
    found = map(_MADE.search, scripts)
    return next(filter(None, found), None)


def _by_form(page: Page, select: Tag, chosen: str) -> str:
    """The address that the form around a choice asks for."""
    form = select.find_parent("form")
    name = attribute(select, "name")
    method = attribute(form, "method").lower() or "get"
    if form is None or not name or method != "get":
        return ""
    action = urljoin(page.base, attribute(form, "action")) or page.url
    query = urlencode({name: chosen})
    url = urlsplit(action)._replace(query=query).geturl()
    return resolve(url, page.base)


def _year_here(page: Page, choices: list[_Choice]) -> str:
    """The year of the report that a page shows; empty where it does not say."""
    shown = [one.year for one in choices if one.is_shown]
    if shown:
        return shown[0]
    title = f"{read_article(page).title} {page.headline()}"
    named = _YEAR_IN_TEXT.search(title)
    return named[1] if named else ""
