"""A column that holds no reports but a folder for each year: `gknb2024/`, `gknb2023/`.

Each is a list of its own, made by whatever system; or the one report of its year.
"""

from __future__ import annotations

from scrapers.listing import NO_SIGN, Layout, Sign, entries_of
from scrapers.pages import Page

LISTS = Layout("年度目录")
_FEWEST = 2


def recognise(page: Page) -> Sign:
    """By entries that are years and lead to folders."""
    found = entries_of(page)
    if len(found.lists) < _FEWEST or len(found.lists) < len(found.leads):
        return NO_SIGN
    return Sign(86, f"栏目按年度分为 {len(found.lists)} 个目录")
