"""What a search offers: lists that may become sources, with what they would give."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from archive.collecting.finding import Listing
from archive.webpage import place_of, source_key
from scrapers import Lead, Leading, is_report_like

MOST_TITLES = 300
"""Entries of an offer that are kept in the database; all are counted."""
_LONGEST = 200
_LONGEST_TROUBLE = 1_000
_UNSURE = "栏目名称和条目标题都没有写明“信息公开”，请核对是不是这类年报。"


@dataclass(frozen=True, slots=True)
class Offer:
    """A list that was found: read as a source would be, or why it can't be."""

    url: str
    name: str
    """What the column is called where it was found."""
    way: tuple[str, ...]
    """The names of the links that led to it, from the address that was given."""
    leading: Leading
    listing: Listing | None = None
    trouble: str = ""
    """Why it can't be read, in Chinese; else empty."""
    is_sure: bool = True
    """Whether its name, its way or its entries say that it is about disclosure."""

    @property
    def leads(self) -> list[Lead]:
        return self.listing.leads if self.listing else []

    @property
    def notes(self) -> tuple[str, ...]:
        """What looks incomplete or is to be looked at, in Chinese."""
        if self.listing is None:
            return ()
        doubts = []
        if not self.is_sure:
            doubts.append(_UNSURE)
        others = [one for one in self.leads if not is_report_like(one.title)]
        if others and not self.leading.is_column:
            doubts.append(f"这一页不是年报栏目，{len(others)} 条标题没有写明年报。")
        return (*self.listing.notes, *doubts)

    @property
    def is_readable(self) -> bool:
        return self.listing is not None

    def told(self) -> dict[str, Any]:
        """The offer as plain data of bounded size, for the database."""
        listing = self.listing
        plain: dict[str, Any] = {
            "name": self.name[:_LONGEST],
            "way": [name[:_LONGEST] for name in self.way],
            "trouble": self.trouble[:_LONGEST_TROUBLE],
        }
        if listing is None:
            return plain
        return plain | {
            "family": listing.family.name,
            "family_title": listing.family.title,
            "why": listing.why[:_LONGEST],
            "taken": len(listing.leads),
            "leads": _told(listing.leads),
            "passed": len(listing.passed),
            "others": _told(listing.passed),
            "expected": listing.expected,
            "notes": [note[:_LONGEST_TROUBLE] for note in self.notes[:20]],
        }


def _told(leads: Iterable[Lead]) -> list[dict[str, str]]:
    return [
        {
            "title": lead.title[:_LONGEST],
            "url": lead.url[:2_000],
            "published": lead.published.isoformat() if lead.published else "",
        }
        for lead in list(leads)[:MOST_TITLES]
    ]


def says_disclosure(leads: Iterable[Lead]) -> int:
    """How many entries are called reports on disclosure."""
    return sum(is_report_like(lead.title) and "公开" in lead.title for lead in leads)


def ordered(offers: Iterable[Offer]) -> list[Offer]:
    """The offers, the best first, each list once.

    A page that shows some reports of a column among its news is no offer beside it.
    """
    best: dict[object, Offer] = {}
    for offer in sorted(offers, key=_worth):
        names = frozenset(place_of(lead.url) for lead in offer.leads)
        key = names or source_key(offer.url)
        best.setdefault(key, offer)
    kept = list(best.values())
    in_columns = {
        place_of(lead.url)
        for offer in kept
        if offer.leading.is_column
        for lead in offer.leads
    }
    whole = [offer for offer in kept if not _is_part(offer, in_columns)]
    lists = readable_of(whole)
    return [offer for offer in whole if not _is_passage(offer, lists)]


def readable_of(offers: Iterable[Offer]) -> list[Offer]:
    """Those of some offers that can be read as lists."""
    return [offer for offer in offers if offer.is_readable]


def _is_passage(offer: Offer, readable: list[Offer]) -> bool:
    """Whether a column holds no reports but other columns, which are offered."""
    if offer.is_readable:
        columns = {source_key(one.url) for one in readable if one is not offer}
        return all(source_key(lead.url) in columns for lead in offer.leads)
    length = len(offer.way)
    behind = [one for one in readable if one.way[:length] == offer.way]
    return length > 0 and any(len(one.way) > length for one in behind)


def _worth(offer: Offer) -> tuple[bool, int, bool, int]:
    """The least for the best."""
    return (
        not offer.is_readable,
        min(offer.leading, Leading.FRAME),
        not offer.is_sure,
        -len(offer.leads),
    )


def _is_part(offer: Offer, in_columns: set[str]) -> bool:
    """Whether a page that is no column shows nothing that no column has."""
    if offer.leading.is_column:
        return False
    reports = [lead for lead in offer.leads if is_report_like(lead.title)]
    return {place_of(lead.url) for lead in reports} <= in_columns


def with_listing(offer: Offer, listing: Listing) -> Offer:
    """An offer with its list read, and whether that is surely one of reports."""
    is_named = offer.leading is Leading.COLUMN
    is_on_way = any("公开" in name for name in (*offer.way, offer.name))
    is_sure = is_named or is_on_way or says_disclosure(listing.leads) > 0
    return replace(offer, listing=listing, is_sure=is_sure)
