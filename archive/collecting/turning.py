"""One list read page by page, to its end or as far as it goes.

What the first pages gave is kept when a later one can't be had. Where entries come
twice while the list is read its order is not steady, and others may have been passed
over: it is read again until two readings agree.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from archive.collecting.instead import instead_of_list
from archive.collecting.list_read import ListRead
from archive.webpage import breaks_off, decode
from scrapers import (
    FAMILIES,
    GONE,
    Capture,
    Changed,
    Family,
    Fetching,
    Form,
    Lead,
    Learnt,
    ListPage,
    SourceTrouble,
    judged,
    lacks_of,
    list_page,
    told_of_list,
)

MAX_LIST_PAGES = 500
"""No list of one kind of report is as long; a calendar that goes on for ever is."""
_HOLDERS = ("table", "ul", "ol", "div")
"""What lists stand in."""
MAX_READINGS = 4
"""How often a list whose order changes is read."""


@dataclass(frozen=True, slots=True)
class Asked:
    """How a list page is asked for."""

    url: str
    form: Form = ()
    instead: str | None = None
    """Where it is if there is none at `url`."""
    learnt: Learnt = field(default_factory=Learnt)
    """What the pages before it have shown."""

    @classmethod
    def after(cls, page: ListPage) -> Asked | None:
        """How the page behind another one is asked for; None behind the last one."""
        if not page.next_url:
            return None
        return cls(page.next_url, page.form, page.instead, page.learnt)

    @property
    def name(self) -> tuple[str, Form]:
        """By what it is known again."""
        return self.url, self.form


def read_list(url: str, family: str | Family, fetcher: Fetching, left: int) -> ListRead:
    """A list, read until two readings agree where its order is not steady.

    `family`: one, a key of FAMILIES, or `auto`; `left`: pages that may be read. Raises
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


def _read_once(
    url: str, family: str | Family, fetcher: Fetching, left: int
) -> ListRead:
    """Follows 下一页 to the last page, or until a page comes again or too many came."""
    asked = Asked(url)
    reader, why, page = _list_page(asked, family, fetcher, is_first=True)
    read = ListRead(url, reader, why, [], [])
    _take(read, reader, page)
    # A page that links to one read before, as 下一页, would be read for ever.
    visited = {asked.name}
    following = Asked.after(page)
    while following is not None and following.name not in visited:
        if len(visited) >= left:
            read.broken_off = f"列表超过 {left} 页的上限，其后各页未读。"
            break
        visited.add(following.name)
        is_first = not read.pages
        # Behind a shell another system may answer; the pages of a list are of one.
        made_by = family if is_first else reader
        try:
            reader, _, page = _list_page(following, made_by, fetcher, is_first)
        except SourceTrouble as trouble:
            if is_first and not read.lists:
                raise
            number = len(read.pages) + 1
            read.broken_off = f"第 {number} 页未能读取（{trouble}），其后各页未读。"
            break
        _take(read, reader, page)
        following = Asked.after(page)
    for lead in _leads(read):
        read.leads.setdefault(lead.url, lead)
    return read


def _take(read: ListRead, reader: Family, page: ListPage) -> None:
    """Adds a page to a reading: to the list itself, or to what stands before it."""
    is_before = not read.pages and _is_shell(reader, page)
    (read.shells if is_before else read.pages).append(page)


def _is_shell(reader: Family, page: ListPage) -> bool:
    """Whether a page has no entry and no pager, but says where the list is.

    With a pager it is a page of the list, and that it is empty tells something.
    """
    tells = page.total is not None or page.pages is not None
    if page.entries or page.leads or tells:
        return False
    return reader.has_shells and bool(page.next_url)


def _leads(read: ListRead) -> Iterator[Lead]:
    """What all pages of a reading name, in order, some of it twice."""
    for page in read.pages:
        yield from page.leads


def _list_page(
    asked: Asked, family: str | Family, fetcher: Fetching, is_first: bool
) -> tuple[Family, str, ListPage]:
    """A list page, who read it and why. Raises SourceTrouble for what is none."""
    capture = _answer(asked, fetcher)
    # What a person has said of the source counts; `auto` is no key.
    told = family if isinstance(family, Family) else FAMILIES.get(family)
    reader, why = told, "由来源指定"
    if reader is None:
        reader, why = judged(capture)
    try:
        if reader is None:
            raise Changed(
                f"未能识别列表页的网站系统：{asked.url}，请指定类型或增加支持。"
            )
        page = list_page(reader, capture)
    except Changed:
        other = instead_of_list(capture, fetcher)
        if other is not None:
            raise other from None
        raise
    page = _with_cut(_with_lacks(page, capture), capture)
    if _is_shell(reader, page) or page.lists:
        return reader, why, page
    if not page.leads and is_first:
        other = instead_of_list(capture, fetcher)
        if other is not None:
            raise other
    return reader, why, _with_what_it_tells(page, capture, is_first)


def _answer(asked: Asked, fetcher: Fetching) -> Capture:
    """What a portal answers where a list page is asked for. Raises SourceTrouble."""
    if asked.form:
        capture = fetcher.post(asked.url, asked.form)
    else:
        capture = fetcher.get(asked.url)
    learnt = asked.learnt
    if capture.status in GONE and asked.instead:
        capture = fetcher.get(asked.instead)
        learnt = replace(learnt, from_one=True)
    # After a portal's relaunch the old address answers 404, while all its reports stand
    # somewhere else: nothing must be taken for gone on that account.
    if capture.status >= 400:
        raise Changed(
            f"列表页答复 {capture.status}：{asked.url}，栏目可能已迁移，请核对网址。"
        )
    return replace(capture, learnt=learnt)


def _with_cut(page: ListPage, capture: Capture) -> ListPage:
    """A list page with a note where its markup breaks off: entries may be missing."""
    if not breaks_off(decode(capture.body), *_HOLDERS):
        return page
    note = "网页没有传完，在中途断开，其后的条目未读到。"
    return replace(page, note="".join((page.note, note)))


def _with_lacks(page: ListPage, capture: Capture) -> ListPage:
    """A list page with a note where it was drawn without some of its data."""
    lacks = lacks_of(capture)
    if not lacks:
        return page
    note = f"网页由浏览器绘制，未必完整：{lacks}。"
    return replace(page, note="".join((page.note, note)))


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
        return replace(page, total=told.said.total, pages=told.said.pages)
    return page
