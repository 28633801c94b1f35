"""A column that holds no reports but a folder for each year: `gknb2024/`, `gknb2023/`.

Each is a list of its own, made by whatever system; or the one report of its year.
"""

from __future__ import annotations

from dataclasses import replace

from scrapers.articles import read_article
from scrapers.listing import NO_SIGN, Layout, Sign, entries_of, read_list
from scrapers.pages import Page
from scrapers.source import Article, Capture, ListPage

_LISTS = Layout("年度目录")
_FEWEST = 2


def recognise(page: Page) -> Sign:
    """By entries that are years and lead to folders."""
    found = entries_of(page)
    if len(found.lists) < _FEWEST or len(found.lists) < len(found.leads):
        return NO_SIGN
    return Sign(86, f"栏目按年度分为 {len(found.lists)} 个目录")


def list_page(capture: Capture) -> ListPage:
    """The folders, and what else is listed. Raises Changed when there is no list."""
    read = read_list(capture, _LISTS)
    return replace(read, entries=read.entries)


def article(capture: Capture) -> Article:
    """The facts of an article page of any make."""
    return read_article(Page(capture))
