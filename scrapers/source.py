"""What a scraper works with: captures, leads, lists, articles, and what can go wrong.

SourceTrouble
├── Unreachable   no answer, 5xx, DNS, time out             → tried again later
├── Refused       challenge page, 403, robots.txt           → a person decides; we never
│                                                             disguise ourselves
└── Changed       layout unknown, or nothing found where
                  something was                             → needs work
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


class SourceTrouble(Exception):
    """A source could not be collected; a Chinese sentence says why and what to do."""


class Unreachable(SourceTrouble):
    """No usable answer came. Later one may come."""


class Refused(SourceTrouble):
    """The host does not want us, or the address is one that we don't ask for."""


class Changed(SourceTrouble):
    """The page is not what it was, or nothing that we know."""


@dataclass(frozen=True, slots=True)
class Lead:
    """A report should be here."""

    url: str
    title: str
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Capture:
    """One answer of a portal, whole.

    `asked` is the address asked for, `url` the one that answered after redirects.
    `not_modified`: the server said 304, the body is empty.
    """

    asked: str
    url: str
    at: datetime
    status: int
    headers: dict[str, str]
    body: bytes
    not_modified: bool = False


Form = tuple[tuple[str, str], ...]
"""Fields of a form that is sent by POST; empty: the address is asked for by GET."""


@dataclass(frozen=True, slots=True)
class ListPage:
    """What a family read off one list page. `next_url` is None on the last page.

    `note` is a Chinese sentence when the list says that it holds more than can be
    reached, else empty.
    """

    leads: tuple[Lead, ...]
    next_url: str | None = None
    note: str = ""
    form: Form = ()
    """What the next page is asked for with."""
    entries: int = 0
    """How many entries the page has, with those that name no report."""
    total: int | None = None
    """How many entries the whole list says it has; None where it does not say."""
    pages: int | None = None
    """How many pages it says it has."""
    lists: tuple[str, ...] = ()
    """Lists of their own that this one names, such as a folder for each year."""


@dataclass(frozen=True, slots=True)
class Article:
    """What stands around and beside a report on its page.

    `gone` is the sentence of a soft 404 (an "ok" answer that says the page is gone),
    else empty.
    """

    title: str = ""
    published: date | None = None
    publisher: str = ""
    site_name: str = ""
    site_code: str = ""
    attachments: tuple[Lead, ...] = ()
    gone: str = ""
