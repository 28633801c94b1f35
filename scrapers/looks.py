"""What a page looks like from outside: enough to tell what stands in place of a list,
and how much a list says that it holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bs4 import Tag

from archive.webpage import has_date
from scrapers.leads import is_one_entry, links, own_links
from scrapers.pages import Page, attribute
from scrapers.source import Capture, Changed

_MOST_TEXT = 20_000
_AROUND_PAGER = 80
_GAP = r"\s{0,4}"
_SUM = rf"共有?{_GAP}(\d{{1,6}}){_GAP}"
_COLON = rf"{_GAP}[:：]{_GAP}(\d{{1,6}})"
# e.g. "共 12 条", "共36条记录", "总记录数：19", "共有 7 条信息"
# not "共 3 页", "主动公开12条"
_TOTAL = re.compile(rf"{_SUM}条|总(?:记录|条)数?{_COLON}")
_OF = rf"{_GAP}/{_GAP}"
_HERE = r"(?<!\d)\d{1,5}"
# e.g. "共 11 页", "总页数：4", "1/11页"
# not "共 11 条"
_PAGES = re.compile(rf"{_SUM}页|总页数?{_COLON}|{_HERE}{_OF}(\d{{1,5}}){_GAP}页")
# What stands beside the numbers of a pager, and seldom beside others.
# e.g. "下一页", "尾页", "每页 15 条", "1/3"
# not "12 条"
_PAGER = re.compile(rf"[上下]一?页|[首尾末]页|每页|当前|第{_GAP}\d|\d{_OF}\d")


@dataclass(frozen=True, slots=True)
class Look:
    """A page from outside: its title, its visible text, where its links lead."""

    title: str
    text: str
    links: frozenset[str]


@dataclass(frozen=True, slots=True)
class Told:
    """What the first page of a list says of the whole, and how many entries it has."""

    total: int | None
    pages: int | None
    entries: int


def look_at(capture: Capture) -> Look | None:
    """What a page looks like; None for what is no page."""
    try:
        page = Page(capture)
        anchors = links(page)
    except Changed:
        return None
    addresses = (page.absolute(attribute(anchor, "href")) for anchor in anchors)
    text = _visible(page.strings())
    return Look(page.headline(), text, frozenset(filter(None, addresses)))


def told_of_list(capture: Capture) -> Told:
    """How much a list says that it holds, beside its pager, in words for people."""
    try:
        page = Page(capture)
        entries = _dated_entries(page)
    except Changed:
        return Told(None, None, 0)
    text = _visible(page.soup.stripped_strings)
    return Told(_number(_TOTAL, text), _number(_PAGES, text), entries)


def _visible(strings: Iterator[str]) -> str:
    """The beginning and the end of a text, a piece a line: pagers stand at the end."""
    text = "\n".join(strings)
    if len(text) <= 2 * _MOST_TEXT:
        return text
    return f"{text[:_MOST_TEXT]}\n{text[-_MOST_TEXT:]}"


def _number(pattern: re.Pattern[str], text: str) -> int | None:
    """The number of the last place that is a pager's; None without one."""
    found = None
    for match in pattern.finditer(text):
        begin = max(0, match.start() - _AROUND_PAGER)
        before = text[begin : match.start()]
        behind = text[match.end() : match.end() + _AROUND_PAGER]
        if _PAGER.search(before) or _PAGER.search(behind):
            found = int(next(filter(None, match.groups())))
    return found


def _dated_entries(page: Page) -> int:
    """How many links stand in an entry of their own with a date."""
    dated = filter(_is_dated, own_links(page))
    return len({page.absolute(attribute(anchor, "href")) for anchor in dated} - {""})


def _is_dated(anchor: Tag) -> bool:
    entry = anchor.find_parent(["li", "tr", "dd"])
    if entry is None or not is_one_entry(entry):
        return False
    return has_date(entry.get_text(" "))
