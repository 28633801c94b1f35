"""What a page looks like from outside: enough to tell what stands in place of a list,
and how much a list says that it holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scrapers.leads import links, own_links, target_of
from scrapers.listing import Said, is_dated, said_of_whole
from scrapers.pages import Page, attribute
from scrapers.source import Capture, Changed

_MOST_TEXT = 20_000


@dataclass(frozen=True, slots=True)
class Look:
    """A page from outside: its title, its visible text, where its links lead."""

    title: str
    text: str
    links: frozenset[str]


@dataclass(frozen=True, slots=True)
class Told:
    """What the first page of a list says of the whole, and how many entries it has."""

    said: Said
    entries: int


def look_at(capture: Capture) -> Look | None:
    """What a page looks like; None for what is no page."""
    try:
        page = Page(capture)
        anchors = links(page)
    except Changed:
        return None
    addresses = (page.absolute(attribute(anchor, "href")) for anchor in anchors)
    text = _visible(page.strings())
    return Look(page.headline(), text, frozenset(filter(None, addresses)))


def told_of_list(capture: Capture) -> Told:
    """How much a list says that it holds, beside its pager, in words for people."""
    try:
        page = Page(capture)
        entries = _dated_entries(page)
    except Changed:
        return Told(Said(None, None), 0)
    return Told(said_of_whole(page), entries)


def _visible(strings: Iterator[str]) -> str:
    """The beginning and the end of a text, a piece a line: pagers stand at the end."""
    text = "\n".join(strings)
    if len(text) <= 2 * _MOST_TEXT:
        return text
    return f"{text[:_MOST_TEXT]}\n{text[-_MOST_TEXT:]}"


def _dated_entries(page: Page) -> int:
    """How many links stand in an entry of their own with a day."""
    dated = filter(is_dated, own_links(page))
    targets = {target_of(page, anchor) for anchor in dated}
    return len(targets - {""})
