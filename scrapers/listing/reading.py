"""A list page in markup, read whole: entries, the next page, what the list says of
itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlsplit

from scrapers.gone import open_list
from scrapers.listing.anchors import Entries, entries_of
from scrapers.listing.answers import data_markup
from scrapers.listing.filled import PAGE_NAME, by_form, by_post_back
from scrapers.listing.hidden import hidden_markup
from scrapers.listing.literals import whole
from scrapers.listing.pagers import Turn, by_link
from scrapers.listing.said import said_of_whole
from scrapers.listing.scripted import by_count, by_lonsun
from scrapers.pages import Page
from scrapers.source import Capture, Changed, ListPage
from scrapers.titles import sifted

Pager = Callable[[Page], Turn | None]
"""How a list goes on by one kind of pager; None where a page has no such pager."""

ALL_PAGERS: tuple[Pager, ...] = (by_link, by_post_back, by_count, by_lonsun, by_form)


@dataclass(frozen=True, slots=True)
class Layout:
    """How a system publishes its lists in markup."""

    title: str
    """The name of the system, for people."""
    article: re.Pattern[str] | None = None
    """The addresses that it gives to articles."""
    pagers: tuple[Pager, ...] = ALL_PAGERS
    keeps_list_hidden: bool = False
    """Whether the list, or a part of it, stands in a comment for a script to show."""


def read_list(capture: Capture, layout: Layout) -> ListPage:
    """One page of a list. Raises Changed when there is neither a list nor a pager."""
    page = open_list(capture)
    return list_of(page, layout)


def list_of(page: Page, layout: Layout) -> ListPage:
    """As `read_list`, of a page that is there."""
    found = entries_of(page, layout.article)
    if layout.keeps_list_hidden or not found.count:
        found = _with_hidden(page, layout, found)
    turn = first_that_turns(page, layout.pagers)
    says = said_of_whole(page)
    pages = _most(turn.pages, says.pages)
    if _is_past(turn.next_url, pages):
        turn = Turn(total=turn.total, pages=turn.pages)
    is_list = found.count or found.lists or turn.next_url or turn.pages
    if not is_list:
        raise Changed(
            f"页面 {page.url} 的版式未知，没有找到{layout.title}的列表，"
            "栏目可能已改版，请核对来源的网址。"
        )
    return ListPage(
        found.leads,
        turn.next_url,
        turn.note or _note(page, turn, pages),
        form=turn.form,
        instead=turn.instead,
        learnt=page.capture.learnt,
        entries=found.count,
        total=_most(turn.total, says.total),
        pages=pages,
        lists=found.lists,
        passed=found.passed,
    )


def first_that_turns(page: Page, pagers: tuple[Pager, ...]) -> Turn:
    """What the first pager that turns says; the others add what it leaves out.

    Without one that turns, the first note of what can't be reached.
    """
    turns: list[Turn] = []
    for pager in pagers:
        turn = pager(page)
        if turn is not None:
            turns.append(turn)
    turning = filter(_turns, turns)
    noting = filter(_notes, turns)
    following = next(turning, None) or next(noting, Turn())
    total = _most(*(turn.total for turn in turns))
    pages = _most(*(turn.pages for turn in turns))
    return replace(following, total=total, pages=pages)


def _turns(turn: Turn) -> bool:
    return bool(turn.next_url)


def _notes(turn: Turn) -> bool:
    return bool(turn.note)


def _with_hidden(page: Page, layout: Layout, shown: Entries) -> Entries:
    """The entries of a page with those that only its source shows."""
    leads, count, lists = [*shown.leads], shown.count, [*shown.lists]
    passed = [*shown.passed]
    for kept in kept_pages(page):
        found = entries_of(kept, layout.article)
        known = {lead.url for lead in leads}
        is_new = not {lead.url for lead in found.leads} <= known
        if is_new:
            leads += found.leads
            passed += found.passed
            count += found.count
            lists += found.lists
    both = sifted([*leads, *passed])
    return Entries(both.taken, count, tuple(dict.fromkeys(lists)), both.passed)


def kept_pages(page: Page) -> Iterator[Page]:
    """What a page keeps in its source for its scripts to show, as pages of their own:
    markup, and lists in data.
    """
    for markup in (*hidden_markup(page), *data_markup(page)):
        yield page_of(page, markup)


def page_of(page: Page, markup: str) -> Page:
    """A piece of markup as a page at the address of the one that holds it."""
    whole = f'<base href="{page.base}">{markup}'
    return Page(replace(page.capture, body=whole.encode()))


def _is_past(url: str | None, pages: int | None) -> bool:
    """Whether an address has the number of a page behind the last one.

    Some pagers link 下一页 on their last page as well.
    """
    if not url or pages is None:
        return False
    number = _number_in(url)
    return number is not None and number > pages


def _number_in(url: str) -> int | None:
    """The number of a page that an address asks for; None where it asks for none."""
    for name, value in parse_qsl(urlsplit(url).query):
        if PAGE_NAME.match(name):
            return whole(value)
    return None


def _most(*counts: int | None) -> int | None:
    """The greatest of some counts that may not be said.

    Two pagers on a page may say different things; the greater is what may lack.
    """
    said = [count for count in counts if count is not None]
    return max(said, default=None)


def _note(page: Page, turn: Turn, pages: int | None) -> str:
    """What the first page of a list says of pages to which nothing leads."""
    has_more = pages is not None and pages > 1
    if turn.next_url or not has_more:
        return ""
    if not is_first(page):
        return ""
    return f"列表共有 {pages} 页，但翻页由脚本完成，只读到这一页，可能不完整。"


# e.g. "/nb/index_1.html", "/zfxxgknb/10.htm"
# not "/nb/index.html", "/zfxxgknb.htm"
_LATER = re.compile(r"(?:_|/)\d{1,6}\.\w{2,5}$")


def is_first(page: Page) -> bool:
    """Whether an address is that of the first page of a list.

    Later ones have a number in their name or in a field, or are asked for by a form.
    """
    if page.capture.form:
        return False
    if _LATER.search(urlsplit(page.url).path):
        return False
    number = _number_in(page.url)
    return number is None or number <= 1
