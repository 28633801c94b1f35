"""What a scraper works with: sources, leads, captures, and what can go wrong.

SourceTrouble
├── Unreachable   no answer, 5xx, DNS, time out      → tried again later
├── Refused challenge page, 403, robots.txt → a person decides; we never disguise
ourselves
└── Changed       layout unknown, or nothing found where something was → needs work
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime


class SourceTrouble(Exception):
    """A source could not be collected; the message says why and what to do, in Chinese."""


class Unreachable(SourceTrouble):
    pass


class Refused(SourceTrouble):
    pass


class Changed(SourceTrouble):
    pass


@dataclass(frozen=True, slots=True)
class Source:
    """A list page and how to read it. `family` is a key of FAMILIES or `auto`."""

    url: str
    family: str = "auto"
    agency: str = ""
    may_be_empty: bool = False


@dataclass(frozen=True, slots=True)
class Lead:
    """A report should be here."""

    url: str
    title: str
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Capture:
    """One answer of a portal, whole. `not_modified`: the server said 304, body is
    empty.
    """

    asked: str
    url: str
    at: datetime
    status: int
    headers: dict[str, str]
    body: bytes
    not_modified: bool = False


@dataclass(frozen=True, slots=True)
class ListPage:
    """What a family read off one list page. `next_url` is None on the last page.

    `note` is a Chinese sentence when the list says that it holds more than can be
    reached, else empty.
    """

    leads: tuple[Lead, ...]
    next_url: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """What stands around and beside a report: title, dates, publisher, attachments,
    site metas.

    `gone` is the sentence of a soft 404 (an "ok" answer that says the page is gone),
    else empty.
    """

    title: str = ""
    published: date | None = None
    publisher: str = ""
    site_name: str = ""
    site_code: str = ""
    attachments: tuple[Lead, ...] = field(default=())
    gone: str = ""
