"""Find: a source's list pages name its reports.

A list runs over several pages (下一页). Where turning the page is left to a script only
the first can be read; the family that reads it then says so, in `note`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from archive.collecting.tour import GONE
from archive.pipeline import Archive
from scrapers import (
    FAMILIES,
    Capture,
    Changed,
    Family,
    Fetcher,
    Form,
    Lead,
    Learnt,
    ListPage,
    judged,
    list_page,
)

MAX_LIST_PAGES = 500
"""No list of one kind of report is as long; a calendar that goes on for ever is."""


class Listing(NamedTuple):
    """What the list pages of a source name."""

    family: Family
    """The portal software that read the first of them."""
    leads: list[Lead]
    """In the order of the list, each address once."""
    note: str
    """A Chinese sentence where the list withholds something, else empty."""
    why: str
    """Why that software was taken for the portal's, in Chinese."""


class _Wanted(NamedTuple):
    """A list page to ask for, and how; the fields are those of `ListPage`."""

    url: str
    form: Form = ()
    instead: str | None = None
    learnt: Learnt = Learnt()


def fetcher_of(archive: Archive) -> Fetcher:
    """The polite fetcher as the settings want it; for one thread."""
    settings = archive.settings
    return Fetcher(
        contact_url=settings.contact_url,
        pause=settings.host_pause,
        allow_private=settings.allow_private_hosts,
        max_bytes=settings.max_file_bytes,
    )


def list_leads(url: str, family: str, may_be_empty: bool, fetcher: Fetcher) -> Listing:
    """Reads the list at `url` to its end. `family`: a key of FAMILIES, or `auto`.

    Raises SourceTrouble; an empty list is Changed unless the source may be empty.
    """
    leads: dict[str, Lead] = {}
    readers: list[tuple[Family, str]] = []
    notes: list[str] = []
    for reader, why, page in _list_pages(url, family, fetcher):
        readers.append((reader, why))
        notes.append(page.note)
        for lead in page.leads:
            # A list that grows while it is read pushes entries on to the next page.
            leads.setdefault(lead.url, lead)
    # Silence is no success: a list read by the wrong family names nothing, too.
    if not leads and not may_be_empty:
        raise Changed(
            f"列表中没有找到年度报告：{url}。栏目若本来为空，请在来源中注明。"
        )
    first_note = next(filter(None, notes), "")
    first_reader, why = readers[0]
    return Listing(first_reader, list(leads.values()), first_note, why)


def _list_pages(
    url: str, family: str, fetcher: Fetcher
) -> Iterator[tuple[Family, str, ListPage]]:
    """Follows 下一页 to the last page, or until a page comes again or too many came."""
    # A page that links to one read before, as 下一页, would be read for ever.
    visited: set[tuple[str, Form]] = set()
    waiting = [_Wanted(url)]
    while waiting and len(visited) < MAX_LIST_PAGES:
        wanted = waiting.pop(0)
        if (wanted.url, wanted.form) in visited:
            continue
        visited.add((wanted.url, wanted.form))
        reader, why, page = _list_page(wanted, family, fetcher)
        yield reader, why, page
        # A list is read to its end before one that it names.
        if page.next_url:
            following = _Wanted(page.next_url, page.form, page.instead, page.learnt)
            waiting.insert(0, following)
        waiting += map(_Wanted, page.lists)


def _capture(wanted: _Wanted, fetcher: Fetcher) -> Capture:
    """A list page, with what the pages before it showed."""
    url, form = wanted.url, wanted.form
    capture = fetcher.post(url, form) if form else fetcher.get(url)
    if capture.status not in GONE or not wanted.instead:
        return replace(capture, learnt=wanted.learnt)
    otherwise = fetcher.get(wanted.instead)
    return replace(otherwise, learnt=replace(wanted.learnt, from_one=True))


def _list_page(
    wanted: _Wanted, family: str, fetcher: Fetcher
) -> tuple[Family, str, ListPage]:
    url = wanted.url
    capture = _capture(wanted, fetcher)
    # After a portal's relaunch the old address answers 404, while all its reports stand
    # somewhere else: nothing must be taken for gone on that account.
    if capture.status >= 400:
        raise Changed(
            f"列表页答复 {capture.status}：{url}，栏目可能已迁移，请核对网址。"
        )
    # What a person has said of the source counts; `auto` is no key.
    reader, why = FAMILIES.get(family), "由来源指定"
    if reader is None:
        reader, why = judged(capture)
    if reader is None:
        raise Changed(f"未能识别列表页的网站系统：{url}，请指定类型或增加支持。")
    return reader, why, list_page(reader, capture)
