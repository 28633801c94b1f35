"""One list read page by page, to its end or as far as it goes.

What the first pages gave is kept when a later one can't be had. Where entries come
twice while the list is read its order is not steady, and others may have been passed
over: it is read again until two readings agree.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from archive.collecting.instead import instead_of_list
from scrapers import (
    FAMILIES,
    Capture,
    Changed,
    Family,
    Fetcher,
    Form,
    Lead,
    ListPage,
    SourceTrouble,
    recognise,
    told_of_list,
)

MAX_LIST_PAGES = 500
"""No list of one kind of report is as long; a calendar that goes on for ever is."""
MAX_READINGS = 4
"""How often a list whose order changes is read."""


@dataclass
class ListRead:
    """A list as it was read, once or several times."""

    url: str
    family: Family
    pages: list[ListPage]
    """Of the last reading."""
    broken_off: str = ""
    """Why it was not read to its end, in Chinese."""
    leads: dict[str, Lead] = field(default_factory=dict)
    """Of all readings, in the order of the list."""
    is_steady: bool = True

    @property
    def total(self) -> int | None:
        """How many entries the list says it has."""
        told = [page.total for page in self.pages if page.total is not None]
        return max(told, default=None)

    @property
    def entries(self) -> int:
        """How many entries were read, each once as far as that can be told."""
        others = sum(max(0, page.entries - len(page.leads)) for page in self.pages)
        return others + len(self.leads)

    @property
    def has_total(self) -> bool:
        """Whether as many entries were read as the list says it has."""
        if self.total is None:
            return False
        return self.entries >= self.total

    @property
    def notes(self) -> list[str]:
        """What its pages say of what they withhold, each sentence once."""
        told = dict.fromkeys(page.note for page in self.pages)
        return list(filter(None, told))

    @property
    def repeated(self) -> int:
        """How many leads of the last reading came again, but for those at the border of
        two pages: a list that grows pushes its last entry on to the next page, and some
        groups begin with the last entry of the one before.
        """
        seen: set[str] = set()
        again, last = 0, ""
        for page in self.pages:
            urls = [lead.url for lead in page.leads]
            again += sum(url in seen for url in urls if url != last)
            seen |= set(urls)
            last = urls[-1] if urls else ""
        return again

    @property
    def is_doubtful(self) -> bool:
        """Whether entries came twice and others may have been passed over."""
        if self.has_total:
            return False
        return self.repeated > 0


def read_list(url: str, family: str, fetcher: Fetcher, left: int) -> ListRead:
    """A list, read until two readings agree where its order is not steady.

    `family`: a key of FAMILIES, or `auto`; `left`: pages that may be read. Raises
    SourceTrouble when its first page can't be read.
    """
    read = _read_once(url, family, fetcher, left)
    if not read.is_doubtful:
        return read
    before, known = _names(read), dict(read.leads)
    for _ in range(MAX_READINGS - 1):
        try:
            read = _read_once(url, family, fetcher, left)
        except SourceTrouble as trouble:
            read.broken_off = f"再次读取时失败：{trouble}"
            break
        known |= {url: lead for url, lead in read.leads.items() if url not in known}
        now = _names(read)
        if now == before:
            read.leads = known
            return read
        before = now
    read.leads, read.is_steady = known, False
    return read


def _names(read: ListRead) -> frozenset[str]:
    """What two readings are compared by: an order that changes is no difference."""
    return frozenset(lead.url for page in read.pages for lead in page.leads)


def _read_once(url: str, family: str, fetcher: Fetcher, left: int) -> ListRead:
    """Follows 下一页 to the last page, or until a page comes again or too many came."""
    asked: tuple[str, Form] = (url, ())
    reader, page = _list_page(url, (), family, fetcher, is_first=True)
    read = ListRead(url, reader, [page])
    # A page that links to one read before, as 下一页, would be read for ever.
    visited = {asked}
    while page.next_url and (page.next_url, page.form) not in visited:
        asked = (page.next_url, page.form)
        if len(visited) >= left:
            read.broken_off = f"列表超过 {left} 页的上限，其后各页未读。"
            break
        visited.add(asked)
        try:
            _, page = _list_page(*asked, family, fetcher, is_first=False)
        except SourceTrouble as trouble:
            number = len(read.pages) + 1
            read.broken_off = f"第 {number} 页未能读取（{trouble}），其后各页未读。"
            break
        read.pages.append(page)
    for lead in _leads(read):
        read.leads.setdefault(lead.url, lead)
    return read


def _leads(read: ListRead) -> Iterator[Lead]:
    """What all pages of a reading name, in order, some of it twice."""
    for page in read.pages:
        yield from page.leads


def _list_page(
    url: str, form: Form, family: str, fetcher: Fetcher, is_first: bool
) -> tuple[Family, ListPage]:
    """A list page, and who read it. Raises SourceTrouble for what is none."""
    capture = fetcher.get(url)
    # After a portal's relaunch the old address answers 404, while all its reports stand
    # somewhere else: nothing must be taken for gone on that account.
    if capture.status >= 400:
        raise Changed(
            f"列表页答复 {capture.status}：{url}，栏目可能已迁移，请核对网址。"
        )
    # What a person has said of the source counts; `auto` is no key.
    reader = FAMILIES.get(family) or recognise(capture)
    try:
        page = _read_by(reader, capture)
    except Changed:
        other = instead_of_list(capture, fetcher)
        if other is not None:
            raise other from None
        raise
    if not page.leads and is_first:
        other = instead_of_list(capture, fetcher)
        if other is not None:
            raise other
    assert reader is not None
    return reader, _with_what_it_tells(page, capture, is_first)


def _read_by(reader: Family | None, capture: Capture) -> ListPage:
    """What a family reads in a page. Raises Changed, also where no family is known."""
    if reader is None:
        raise Changed(
            f"未能识别列表页的网站系统：{capture.asked}，请指定类型或增加支持。"
        )
    return reader.list_page(capture)


def _with_what_it_tells(page: ListPage, capture: Capture, is_first: bool) -> ListPage:
    """A list page with what it tells people of the whole, where its family has not
    read that from its scripts.
    """
    says_nothing = page.total is None and page.pages is None
    is_to_ask = is_first and says_nothing
    if page.entries and not is_to_ask:
        return page
    told = told_of_list(capture)
    counted = max(len(page.leads), told.entries)
    page = replace(page, entries=page.entries or counted)
    if is_to_ask:
        return replace(page, total=told.total, pages=told.pages)
    return page
