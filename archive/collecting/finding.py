"""Find: a source's list pages name its reports.

A list runs over several pages (下一页), and may name lists of its own. Whatever it
withholds is said, in `notes`: a half is never called a whole.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from itertools import filterfalse
from typing import NamedTuple

from archive.collecting import turning
from archive.collecting.instead import home_in_place
from archive.collecting.list_read import ListRead
from archive.collecting.turning import read_list
from archive.collecting.turns import InDatabase
from archive.collecting.whole import same_twice, shortfalls, shrunk
from archive.pipeline import Archive
from archive.store import sources
from scrapers import (
    Changed,
    Family,
    Fetcher,
    Fetching,
    Lead,
    Rendering,
    SourceTrouble,
)


class Listing(NamedTuple):
    """What the list pages of a source name."""

    family: Family
    """The portal software that read the first of them."""
    leads: list[Lead]
    """In the order of the list, each address once."""
    notes: tuple[str, ...] = ()
    """Chinese sentences on what the list withholds; none where it is whole."""
    expected: int | None = None
    """How many entries it should hold, where that is known."""
    why: str = ""
    """Why that software was taken for the portal's, in Chinese."""
    passed: tuple[Lead, ...] = ()
    """Entries that are passed over, since their titles say something else."""


def fetcher_of(archive: Archive) -> Fetcher:
    """The polite fetcher as the settings want it; for one thread."""
    settings = archive.settings
    return Fetcher(
        contact_url=settings.contact_url,
        pause=settings.host_pause,
        turns=InDatabase(archive.store, archive.clock),
        page_seconds=settings.page_seconds,
        allow_private=settings.allow_private_hosts,
        max_bytes=settings.max_file_bytes,
        sleep=archive.sleep,
    )


@contextlib.contextmanager
def drawing(archive: Archive, source_id: int, fetcher: Fetcher) -> Iterator[Fetcher]:
    """The fetcher that a source is read with: where a person has said so, one that
    draws its pages; else the one given.

    Raises Unreachable where there is no browser.
    """
    with archive.store.session() as session:
        is_rendered = sources.is_rendered(session, source_id)
    if not is_rendered:
        yield fetcher
        return
    with Rendering(fetcher) as browser:
        yield browser


def list_leads(
    url: str,
    family: str | Family,
    may_be_empty: bool,
    fetcher: Fetching,
    before: int | None = None,
    most: int | None = None,
) -> Listing:
    """Reads the list at `url` to its end. `family`: one, a key of FAMILIES, or `auto`.

    `before`: how many entries it named when it was last read whole; `most`: how many
    pages are read. Raises SourceTrouble; an empty list is Changed unless the source may
    be empty.
    """
    lists, notes = _lists(url, family, fetcher, most or turning.MAX_LIST_PAGES)
    leads: dict[str, Lead] = {}
    for read in lists:
        notes += shortfalls(read)
        for address, lead in read.leads.items():
            leads.setdefault(address, lead)
    notes += same_twice(lists)
    # Silence is no success: a list read by the wrong family names nothing, too.
    if not leads and not may_be_empty:
        raise Changed(
            f"列表中没有找到年度报告：{url}。栏目若本来为空，请在来源中注明。"
        )
    has_shrunk = shrunk(len(leads), before)
    if has_shrunk:
        # Home pages have a report or two among their news.
        other = home_in_place(url, fetcher)
        if other is not None:
            raise other
        notes.append(has_shrunk)
    expected = _expected(lists, before if has_shrunk else None)
    told = tuple(dict.fromkeys(notes))
    first, named = lists[0], list(leads.values())
    over = {lead.url: lead for read in lists for lead in read.passed}
    passed = tuple(lead for url, lead in over.items() if url not in leads)
    return Listing(first.family, named, told, expected, first.why, passed)


def _lists(
    url: str, family: str | Family, fetcher: Fetching, most: int
) -> tuple[list[ListRead], list[str]]:
    """The list, then those that it names; and why some of these can't be read."""
    first = read_list(url, family, fetcher, most)
    lists = [first]
    left = most - first.asked
    notes: list[str] = []
    known = {url}
    waiting = _named(first, known)
    while waiting:
        following = waiting.pop(0)
        if left <= 0:
            notes.append(f"列表超过 {most} 页的上限，其余未读。")
            break
        try:
            read = read_list(following, family, fetcher, left)
        except SourceTrouble as trouble:
            left -= 1
            notes.append(f"分栏 {following} 未能读取（{trouble}）。")
            continue
        lists.append(read)
        left -= read.asked
        waiting += _named(read, known)
    return lists, notes


def _named(read: ListRead, known: set[str]) -> list[str]:
    """The lists that one names and that are not known yet."""
    new = list(filterfalse(known.__contains__, read.lists))
    known.update(new)
    return new


def _expected(lists: list[ListRead], before: int | None) -> int | None:
    """How many entries there should be: as all the lists say, or as before."""
    expected = before or 0
    told = 0
    for read in lists:
        if read.total is None:
            return before
        # Lists that it names are entries of it, and no reports.
        told += read.total - len(read.lists)
    return max(told, expected)
