"""From any address of a portal to the lists of annual reports that it has.

The page itself, then ways named 政务公开 and the like, two levels deep; every column
named 政府信息公开年报 and the like is read as a source would be. Nothing is saved.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from archive.collecting.discovering.offers import (
    Offer,
    ordered,
    readable_of,
    says_disclosure,
    with_listing,
)
from archive.collecting.discovering.sparing import Sparing
from archive.collecting.finding import list_leads
from archive.webpage import is_too_long, source_key
from scrapers import (
    Capture,
    Changed,
    Family,
    Fetching,
    Leading,
    ListPage,
    Onward,
    SourceTrouble,
    above,
    judged,
    list_page,
    may_lead_to,
    names_column,
    of_same_site,
    onward,
)

MOST_PAGES = 30
"""Pages that a search looks at, columns among them."""
MOST_OF_LIST = 20
"""Pages of one list that it reads: enough to see what a source would give."""
MOST_REQUESTS = 150
DEEPEST = 2
"""Ways from the page that was given; a column may stand behind the last."""
_FEWEST = 3
"""Reports on a page that is no column by its name."""

Telling = Callable[[int, int, str], None]


class Looked(NamedTuple):
    """A page that was looked at; why it could not be, where it could not."""

    url: str
    trouble: str = ""
    kind: str = ""
    """The name of the trouble, as in `Trouble`."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search came to: the offers, the best first, and the pages looked at."""

    url: str
    offers: list[Offer]
    looked: list[Looked]

    @property
    def readable(self) -> list[Offer]:
        return readable_of(self.offers)

    def why_nothing(self) -> str:
        """Why there is no list to offer, and what to do; in Chinese."""
        lines = [
            f"从 {self.url} 没有找到能读取的年报栏目，看过 {len(self.looked)} 页："
        ]
        for url, trouble, _ in self.looked:
            lines.append(f"{url}（{trouble}）" if trouble else url)
        lines.append("请在网站上找到年报栏目，直接登记该列表页的网址。")
        return "\n".join(dict.fromkeys(lines))


def find_columns(url: str, fetcher: Fetching, tell: Telling) -> Found:
    """Looks for lists of annual reports from any address of a portal.

    `tell` hears how many pages were looked at, of how many known so far, and which is
    next. A page that can't be had is noted and ends nothing.
    """
    search = _Search(Sparing(fetcher, MOST_REQUESTS), tell, url)
    search.go()
    return Found(url, ordered(search.offers), search.looked)


@dataclass(order=True)
class _Step:
    """A page to look at; the best first, the nearer before the farther."""

    leading: Leading
    depth: int
    number: int
    url: str = field(compare=False)
    way: tuple[str, ...] = field(compare=False, default=())

    @property
    def offer(self) -> Offer:
        """What it comes to where it is a list."""
        name = self.way[-1] if self.way else "所给网址"
        return Offer(self.url, name, self.way, self.leading)


@dataclass
class _Search:
    """A search under way."""

    fetcher: Sparing
    tell: Telling
    start: str
    offers: list[Offer] = field(default_factory=list)
    looked: list[Looked] = field(default_factory=list)
    _waiting: list[_Step] = field(default_factory=list)
    _known: set[str] = field(default_factory=set)
    _count: int = 0

    def go(self) -> None:
        url = self.start
        start = source_key(url)
        first = _Step(Leading.FRAME, 0, 0, url)
        self._known.add(start)
        heapq.heappush(self._waiting, first)
        self._go_on()
        if not any(offer.leading.is_column for offer in readable_of(self.offers)):
            # An article, or a page deep within: what stands above it by its address.
            self._add(above(url), _Step(Leading.WAY, 0, 0, url))
            self._go_on()
        self.tell(len(self.looked), len(self.looked), "")

    def _go_on(self) -> None:
        while self._waiting and len(self.looked) < MOST_PAGES:
            step = heapq.heappop(self._waiting)
            done = len(self.looked)
            known = min(MOST_PAGES, done + 1 + len(self._waiting))
            self.tell(done, known, step.url)
            self._look(step)

    def _look(self, step: _Step) -> None:
        """Reads a page as a list where it may be one, and follows where it leads."""
        capture = self._asked_for(step)
        if capture is None:
            # Why it can't be read is told where a link calls it a column.
            if step.leading.is_column:
                self._read(step, None)
            return
        if not may_lead_to(self.start, capture.url):
            return
        if step.leading.is_column or self._may_be_list(step, capture):
            self._read(step, capture)
        if not self._wrong(capture):
            self._follow(step, capture)

    def _asked_for(self, step: _Step) -> Capture | None:
        """The page of a step, noted as looked at; None where it can't be had."""
        try:
            capture = self.fetcher.page(step.url)
        except SourceTrouble as refused:
            kind = type(refused).__name__
            noted = Looked(step.url, str(refused), kind)
            self.looked.append(noted)
            return None
        trouble = self._wrong(capture)
        noted = Looked(step.url, trouble, "Changed")
        self.looked.append(noted)
        return capture

    def _wrong(self, capture: Capture) -> str:
        """Why an answer is no page of this portal; empty where it is one."""
        if capture.status >= 400:
            return f"答复 {capture.status}"
        if not may_lead_to(self.start, capture.url):
            return "转到了其他网站"
        return ""

    def _may_be_list(self, step: _Step, capture: Capture) -> bool:
        """Whether a page that no link calls a column is read as a list."""
        family, page = _as_list(capture)
        if family is None or page is None:
            return False
        if family.names_columns and page.next_url:
            return True
        if says_disclosure(page.leads) >= _FEWEST:
            return True
        is_start = step.depth == 0
        return is_start and (bool(page.leads) or family.has_shells)

    def _read(self, step: _Step, capture: Capture | None) -> None:
        """Offers what a page is as a list, or says why it can't be read."""
        offer = step.offer
        is_named = capture is not None and _names_itself(capture)
        if not step.leading.is_column and is_named:
            offer = Offer(offer.url, offer.name, offer.way, Leading.COLUMN)
        fetcher = self.fetcher.of_list()
        try:
            listing = list_leads(step.url, "auto", False, fetcher, most=MOST_OF_LIST)
        except SourceTrouble as trouble:
            reason = str(trouble)
            kind = type(trouble).__name__
            self.looked[-1] = Looked(step.url, reason, kind)
            if offer.leading is Leading.COLUMN:
                unreadable = replace(offer, trouble=reason)
                self.offers.append(unreadable)
            return
        is_itself = [lead.url for lead in listing.leads] == [step.url]
        is_column = offer.leading.is_column
        if not is_column and (is_itself or not says_disclosure(listing.leads)):
            return
        self.offers.append(with_listing(offer, listing))

    def _follow(self, step: _Step, capture: Capture) -> None:
        try:
            found = onward(capture)
        except Changed:
            return
        reached = source_key(capture.url)
        self._known.add(reached)
        has_list = step.url in {offer.url for offer in readable_of(self.offers)}
        if step.leading.is_column and has_list:
            found = [one for one in found if one.leading is Leading.COLUMN]
        self._add(found, step)

    def _add(self, found: Iterable[Onward], after: _Step) -> None:
        """Lets what a page leads to wait, where that is not too far."""
        for one in found:
            is_part = one.leading is Leading.FRAME
            depth = after.depth + (not is_part)
            is_near = depth <= DEEPEST + one.leading.is_column
            key = source_key(one.url)
            is_new = key not in self._known and not is_too_long(one.url)
            if not is_near or not is_new or not self._is_ours(one):
                continue
            self._known.add(key)
            self._count += 1
            way = after.way if is_part else (*after.way, one.name)
            step = _Step(one.leading, depth, self._count, one.url, way)
            heapq.heappush(self._waiting, step)

    def _is_ours(self, one: Onward) -> bool:
        """Whether a link is followed: ways on the site itself, columns of government
        wherever they stand.
        """
        return one.leading.is_column or of_same_site(self.start, one.url)


def _as_list(capture: Capture) -> tuple[Family | None, ListPage | None]:
    """Who reads a page as a list, and what it gives; None where that is nothing."""
    if capture.status >= 400:
        return None, None
    family, _ = judged(capture)
    if family is None:
        return None, None
    try:
        return family, list_page(family, capture)
    except Changed:
        return family, None


def _names_itself(capture: Capture) -> bool:
    try:
        return names_column(capture)
    except Changed:
        return False
