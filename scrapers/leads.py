"""From links to leads: whole titles, dates, and where a list may lead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from bs4 import Tag

from archive.webpage import first_date, without_date
from scrapers.pages import (
    MAX_TITLE,
    Page,
    attribute,
    host_of,
    joined,
    of_same_site,
)
from scrapers.source import Changed, Lead
from scrapers.titles import is_report_like, uncut

MAX_LINKS = 5_000

_CLICKED = frozenset(("li", "tr", "td", "div", "p", "span", "button", "dd"))
"""Elements besides links that some portals let a click open a page."""
_VERBS = "下载|查看|阅读|浏览|打开|预览"
# The word on a button; the title stands beside it.
# e.g. "下载", "点击下载", "查看详情", "下载附件>>", "详情"
# not "下载2023年年报"
_BUTTON = re.compile(
    rf"^[\[【]?(?:点击|在线)?(?:(?:{_VERBS})(?:全文|详情|附件|报告|原文)?|详情|附件)\W{{0,4}}$"
)

_ENTRIES = frozenset(("li", "tr", "dd", "p", "div", "dl"))
_MOST_IN_ENTRY = 3
"""Links of one entry of a list; what holds more is the list."""
_ENTRY_DEPTH = 3
_LONGEST_SCRIPT = 2_000
_OPENERS = r"(?:open|href|location|down\w{0,12}|show\w{0,8}|view\w{0,8}|go\w{0,8})"
_PAGES = r"[\w.%/-]{1,200}\.(?:s?html?|jsp|aspx?|pdf|docx?)\b"
_ADDRESS = rf"(?:https?://|\.{{0,2}}/|{_PAGES})"
# The address that a click opens.
# e.g. "window.open('/art/2024/1/9/art_1_2.html')", "location.href='./a.html'"
# e.g. "downloadFile('/f/2023.docx')", "javascript:showInfo('a/b.html')"
# not "javascript:void(0)", "next(2)", "showMenu('top')"
_OPENED = re.compile(
    rf"{_OPENERS}\s*[=(]\s*[\"']({_ADDRESS}[^\"'\s<>]{{0,1000}})[\"']", re.IGNORECASE
)
_DATE_AT_END = 40
"""Signs at the end of a link in which its date stands."""


def title_of(anchor: Tag) -> str:
    """The whole title of a link, without a date.

    Its title attribute counts when that says more than its text, which lists cut.
    """
    # Text nodes are joined without a separator: titles are broken by <br> and <font> in
    # the middle of words.
    whole = joined(_heading_of(anchor).get_text()[:MAX_TITLE])
    text = without_date(whole) or whole
    full = joined(attribute(anchor, "title")[:MAX_TITLE])
    if not full:
        return _shown_title(anchor, text)
    beginning = uncut(text)
    says_more = len(full) >= len(text) or full.startswith(beginning)
    return full if says_more else text


def _shown_title(anchor: Tag, text: str) -> str:
    """The title of a link without the attribute: its text, unless this is the word on
    a button, or nothing beside a picture.
    """
    for picture in anchor.find_all("img", limit=_MOST_IN_ENTRY):
        alternative = joined(attribute(picture, "alt")[:MAX_TITLE])
        if is_report_like(alternative) and not is_report_like(text):
            return alternative
    if not _BUTTON.match(text):
        return text
    beside = (joined(one)[:MAX_TITLE] for one in _around(anchor))
    named = (without_date(one) or one for one in beside)
    return next(filter(is_report_like, named), text)


def _heading_of(anchor: Tag) -> Tag:
    """The title within a link that is a whole entry, with a day and a summary in it."""
    heading = anchor.find(["h1", "h2", "h3", "h4", "h5", "h6"])
    return heading if isinstance(heading, Tag) else anchor


def links(page: Page) -> list[Tag]:
    """All links of a page, those that a script follows with them.

    Raises Changed when there are more than any list of reports has.
    """
    found = page.soup.find_all(_is_link, limit=MAX_LINKS + 1)
    if len(found) > MAX_LINKS:
        raise Changed(
            f"页面 {page.url} 的链接超过 {MAX_LINKS} 个，不像年报列表，"
            "请核对来源的网址。"
        )
    return list(found)


def _is_link(tag: Tag) -> bool:
    """Whether an element is a link, by its address or by what a click on it does."""
    if tag.name == "a":
        return tag.has_attr("href") or tag.has_attr("onclick")
    opens = tag.name in _CLICKED and _OPENED.search(_script_of(tag)) is not None
    return opens and tag.find("a") is None


def _script_of(tag: Tag) -> str:
    """The script that a click on an element runs, as far as it is looked at."""
    return attribute(tag, "onclick")[:_LONGEST_SCRIPT]


def target_of(page: Page, anchor: Tag) -> str:
    """Where a link leads: by its address, else by the address that a click opens.

    Empty for what leads nowhere or computes where.
    """
    href = attribute(anchor, "href")
    url = page.absolute(href)
    if url and not href.strip().startswith("#"):
        return url
    for script in (_script_of(anchor), href[:_LONGEST_SCRIPT]):
        given = _OPENED.search(script)
        if given:
            return page.absolute(given[1])
    return ""


def own_links(page: Page) -> list[Tag]:
    """The links of a page without those of its menus, its head and its foot.

    Raises Changed as `links` does.
    """
    return [anchor for anchor in links(page) if not page.is_furniture(anchor)]


def entries(page: Page, anchors: Iterable[Tag]) -> Iterator[Lead]:
    """A lead for each link that has a title and leads where this list may lead."""
    for anchor in anchors:
        title = title_of(anchor)
        url = target_of(page, anchor)
        if not url or not title:
            continue
        if may_lead_to(page.url, url):
            published = entry_date(anchor)
            yield Lead(url, title, published)


def is_one_entry(tag: Tag) -> bool:
    """Whether an element holds one entry of a list, and not the list."""
    return len(tag.find_all("a", limit=_MOST_IN_ENTRY + 1)) <= _MOST_IN_ENTRY


def entry_date(anchor: Tag) -> date | None:
    """The date of a list entry: inside the link, or in the entry around it."""
    inside = first_date(anchor.get_text(" ")[-_DATE_AT_END:])
    around = map(first_date, _around(anchor))
    return inside or next(filter(None, around), None)


def _around(anchor: Tag) -> Iterator[str]:
    """The texts beside a link, in the entry around it: the nearest element first."""
    for parent in list(anchor.parents)[:_ENTRY_DEPTH]:
        if parent.name in _ENTRIES and is_one_entry(parent):
            yield _text_beside(anchor, parent)


def _text_beside(anchor: Tag, entry: Tag) -> str:
    """The text of an entry outside its link."""
    return " ".join(
        text for text in entry.find_all(string=True) if anchor not in text.parents
    )


def may_lead_to(page_url: str, url: str) -> bool:
    """Whether a list may lead to an address: on its own site or a host of government.

    Domains that agencies dropped are bought up and serve altered copies of their pages.
    """
    there = host_of(url)
    is_government = there == "gov.cn" or there.endswith(".gov.cn")
    return is_government or of_same_site(page_url, url)
