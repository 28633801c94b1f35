"""Which links of a page are entries of its list, and what they say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from bs4 import Tag

from archive.webpage import has_date
from scrapers.leads import (
    entries,
    is_one_entry,
    links,
    own_links,
    target_of,
    title_of,
)
from scrapers.pages import Page, attribute
from scrapers.source import Lead
from scrapers.titles import is_report_like, sifted

# Lists print days of this year without it.
# e.g. "[01-19]", "（1-9）", "01月19日"
# not "2024-01-19", "010-12345678"
_SHORT_DAY = re.compile(r"(?<![-\d年])\d{1,2}[-/.月]\d{1,2}日?(?![-\d])")


_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Entries:
    """The entries of a list: what may be reports, and how many there are in all."""

    leads: tuple[Lead, ...] = ()
    count: int = 0
    lists: tuple[str, ...] = ()
    """Folders of years among them, which are lists of their own."""
    passed: tuple[Lead, ...] = ()
    """Entries whose titles say something else."""


def entries_of(page: Page, article: re.Pattern[str] | None = None) -> Entries:
    """What the lists of a page name.

    `article` is the pattern of the addresses that the portal's software gives to
    articles. A list may hold other addresses as well: reports of other systems, files.
    """
    anchors = listed(page, article)
    folders = [anchor for anchor in anchors if _leads_to_year(page, anchor)]
    found = [anchor for anchor in anchors if anchor not in folders]
    lists = dict.fromkeys(target_of(page, anchor) for anchor in folders)
    both = sifted(entries(page, found))
    return Entries(both.taken, counted(found), tuple(lists), both.passed)


def listed(page: Page, article: re.Pattern[str] | None) -> list[Tag]:
    """All links of the lists that hold article addresses; else of those with dates;
    else of those with titles of reports.
    """
    anchors = [anchor for anchor in _of_lists(page) if target_of(page, anchor)]
    is_sure: list[Callable[[Tag], bool]] = [
        lambda anchor: leads_to(page, anchor, article),
        is_dated,
        lambda anchor: is_report_like(title_of(anchor)),
        lambda anchor: _leads_to_year(page, anchor),
    ]
    for is_entry in is_sure:
        sure = [anchor for anchor in anchors if is_entry(anchor)]
        if sure:
            lists = set(map(_identity_of_list, sure))
            return [one for one in anchors if _identity_of_list(one) in lists]
    return []


def _of_lists(page: Page) -> list[Tag]:
    """The links of a page without those of its furniture.

    A list of reports with their days is none, whatever it is called: that of LonSun is
    called as menus are.
    """
    own = set(map(id, own_links(page)))
    reports_in: Counter[int] = Counter()
    for anchor in links(page):
        if is_dated(anchor) and is_report_like(title_of(anchor)):
            reports_in[_identity_of_list(anchor)] += 1
    kept = []
    for anchor in links(page):
        is_own = id(anchor) in own
        around = _list_around(anchor)
        # A menu may show one report with its day; what is called a list is one.
        fewest = 1 if "list" in attribute(around, "class") else _FEWEST
        if is_own or reports_in[_identity_of_list(anchor)] >= fewest:
            kept.append(anchor)
    return kept


def leads_to(page: Page, anchor: Tag, article: re.Pattern[str] | None) -> bool:
    """Whether a link leads to an address such as a system gives to its articles."""
    if article is None:
        return False
    return article.search(urlsplit(target_of(page, anchor)).path) is not None


def counted(anchors: Iterable[Tag]) -> int:
    """How many entries some links are in.

    An entry may link to a page and to its file. Of lists that hold no report at all,
    such as the news beside, nothing counts where another one does.
    """
    by_list: dict[tuple[str, str, int], list[Tag]] = {}
    for anchor in anchors:
        by_list.setdefault(_kind_of_list(anchor), []).append(anchor)
    of_reports = [
        among
        for among in by_list.values()
        if any(is_report_like(title_of(anchor)) for anchor in among)
    ]
    counting = of_reports or by_list.values()
    return len({_entry_around(anchor) for among in counting for anchor in among})


def counted_beside(page: Page, anchors: Iterable[Tag]) -> int:
    """How many entries the lists have in which some links are."""
    known = list(anchors)
    lists = set(map(_identity_of_list, known))
    beside = []
    for anchor in own_links(page):
        if _identity_of_list(anchor) in lists:
            beside.append(anchor)
    return counted(beside or known)


def _entry_around(anchor: Tag) -> int:
    """Identity of the entry that a link is in, or of the link."""
    return id(_row_of(anchor) or anchor)


def _row_of(anchor: Tag) -> Tag | None:
    """The element made for one entry of a list that a link is in; None without one."""
    row = anchor.find_parent(["li", "tr", "dd"])
    return row if row is not None and is_one_entry(row) else None


def _list_around(anchor: Tag) -> Tag | None:
    """The list that a link is in: an element made for it, else the one two above."""
    around = anchor.find_parent(["ul", "ol", "dl", "table"])
    if around is None and anchor.parent is not None:
        around = anchor.parent.parent
    return around


def _identity_of_list(anchor: Tag) -> int:
    """Which list a link is in: the same number for all links of one."""
    return id(_list_around(anchor) or anchor)


def _kind_of_list(anchor: Tag) -> tuple[str, str, int]:
    """The same for lists side by side that look alike: one list, cut into pieces."""
    around = _list_around(anchor) or anchor
    return around.name, attribute(around, "class"), id(around.parent)


def is_dated(anchor: Tag) -> bool:
    """Whether a link is in an entry of a list with a day, with its year or without."""
    row = _row_of(anchor)
    if row is None:
        return False
    text = row.get_text(" ")
    return has_date(text) or _SHORT_DAY.search(text) is not None


_FILE_OF_FOLDER = r"(?:(?:index|list|default)\.\w{2,5})?"
# e.g. "/xxgk/gknb2024/", "/nb/2023n/index.html", "/col/col1201/index.html"
# e.g. "/nb/gknb2024"
# not "/nb/202401/t20240119_1.html", "/news/2024011912"
_FOLDER = re.compile(rf"/(?:{_FILE_OF_FOLDER}|[a-zA-Z_-]*20\d\d[a-zA-Z_-]*)$")
_REST = "(?:政府信息公开|信息公开|政务公开)?(?:工作)?(?:年度报告|年报|报告)?"
# Entries that name a year and no body.
# e.g. "2023年", "2024", "2023年度政府信息公开年报", "2019年年度报告"
# not "示例市教育局2023年政府信息公开年报"
_YEAR_ONLY = re.compile(rf"^20\d\d\s*年?度?{_REST}$")


def _leads_to_year(page: Page, anchor: Tag) -> bool:
    """Whether an entry is a year and leads to a folder: the list of its reports."""
    if not _YEAR_ONLY.match(title_of(anchor)):
        return False
    url = target_of(page, anchor)
    is_here = url.split("?")[0] == page.url.split("?")[0]
    return not is_here and _FOLDER.search(urlsplit(url).path) is not None
