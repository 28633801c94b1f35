"""Whether a list gave all that it should hold, and what is missing, in Chinese.

A list says how much it holds in its pager, in 共N条, and by what it named before. Fewer
is never called whole: what is missing may be what matters.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from archive.collecting.list_read import ListRead

SHRUNK = 0.5
"""A list with less than this share of what it named before is not the same list."""
_LEAST_BEFORE = 4
"""Entries of a list of which that can be said."""


def shortfalls(read: ListRead) -> Iterator[str]:
    """Why a list is not whole, a sentence each, with numbers; none where it is."""
    notes = read.notes
    yield from notes
    if read.broken_off:
        yield read.broken_off
    elif not notes:
        yield from _missing_pages(read)
    if not read.is_steady:
        yield "列表的次序在读取时变动，读了几遍仍不一致，可能有遗漏。"
    if read.has_total:
        return
    yield from _missing_entries(read)
    yield from _odd_pages(read)


def _missing_pages(read: ListRead) -> Iterator[str]:
    """Pages that the pager tells of and that no link led to."""
    told = [page.pages for page in read.pages if page.pages]
    most = max(told, default=0)
    had = len(read.pages)
    if had < most:
        yield f"列表称共有 {most} 页，只读到 {had} 页。"


def _missing_entries(read: ListRead) -> Iterator[str]:
    """Entries that the list tells of and that stand on none of its pages."""
    if read.total is not None:
        yield f"列表称共有 {read.total} 条，只读到 {read.entries} 条。"


def _odd_pages(read: ListRead) -> Iterator[str]:
    """Pages without an entry that should have some, and pages that repeat others."""
    seen: set[str] = set()
    told = (page.pages or 0 for page in read.pages)
    last = max(len(read.pages), max(told, default=0) + 1)
    for number, page in enumerate(read.pages, 1):
        urls = {lead.url for lead in page.leads}
        is_empty = not (page.entries or urls or page.lists)
        if is_empty and number < last:
            yield f"第 {number} 页是空的，其后还有内容。"
        is_repeated = len(urls) > 1 and urls <= seen
        if is_repeated:
            yield f"第 {number} 页与前面的页相同，翻页没有生效。"
        seen |= urls


def same_twice(lists: Sequence[ListRead]) -> Iterator[str]:
    """Lists that name just what another one names: one stands in place of the other."""
    first: dict[frozenset[str], str] = {}
    for read in lists:
        names = frozenset(read.leads)
        other = first.setdefault(names, read.url)
        if names and other != read.url:
            yield f"分栏 {read.url} 与分栏 {other} 的内容相同，可能没有正常显示。"


def shrunk(count: int, before: int | None) -> str:
    """Why a list with so many entries is not whole, by what it named before."""
    if before is None or before < _LEAST_BEFORE or count >= before * SHRUNK:
        return ""
    return (
        f"上次完整采集时列表有 {before} 条，这次只有 {count} 条；"
        "列表若确已精简，请用 collect --accept-list 确认。"
    )
