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
from typing import Protocol


class SourceTrouble(Exception):
    """A source could not be collected; a Chinese sentence says why and what to do."""


class Unreachable(SourceTrouble):
    """No usable answer came. Later one may come.

    `late`: what came did not come in time. `not_asked`: nothing was asked at all, since
    the host is left alone for a while.
    """

    def __init__(
        self, sentence: str, *, late: bool = False, not_asked: bool = False
    ) -> None:
        super().__init__(sentence)
        self.late = late
        self.not_asked = not_asked


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


Form = tuple[tuple[str, str], ...]
"""Fields of a form that is sent by POST; empty: the address is asked for by GET.

A single field without a name is no form but a text of JSON, which newer services want.
"""


@dataclass(frozen=True, slots=True)
class Learnt:
    """What a list has shown of itself that its next pages do not show again."""

    per_page: int | None = None
    """How many entries a full page has; the last one does not say."""
    from_one: bool = False
    """Whether its pages are counted from one, where most count from zero."""


Headers = tuple[tuple[str, str], ...]
"""Names and values in their order, with repetitions; a sign is a byte (ISO 8859-1)."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request as it was sent, and what came back to it; cookies are left out.

    `length` and `sha256` are of the body after transfer and content decoding; they are
    those of no bytes for a redirect, whose body is not read.
    """

    method: str
    url: str
    sent: Headers
    form: str
    """The body of a POST, which is text; empty for a GET."""
    asked_at: datetime
    answered_at: datetime
    """When the last byte had come."""
    address: str
    """The IP address that answered; empty where the connection does not say."""
    version: str
    """Of HTTP, as `HTTP/1.1`."""
    status: int
    reason: str
    received: Headers
    length: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Capture:
    """One answer of a portal, whole.

    `asked` is the address asked for, `url` the one that answered after redirects.
    `not_modified`: the server said 304, the body is empty. `form` is what was sent with
    it by POST, `learnt` what earlier pages of the same list showed.
    """

    asked: str
    url: str
    at: datetime
    status: int
    headers: dict[str, str]
    body: bytes
    not_modified: bool = False
    form: Form = ()
    learnt: Learnt = Learnt()
    exchanges: tuple[Exchange, ...] = ()
    """The redirects on the way and, last, the answer. Of a page that was drawn: of its
    document."""


class Fetching(Protocol):
    """Asks portals, with manners: a `Fetcher`, or what stands before one."""

    def get(self, url: str) -> Capture:
        """The answer to a GET. Raises Unreachable or Refused."""

    def post(self, url: str, form: Form) -> Capture:
        """The answer to a form. Raises Unreachable or Refused."""


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
    instead: str | None = None
    """Where the next page is if there is none at `next_url`: some portals count their
    pages from one, others from zero, and few say so."""
    learnt: Learnt = Learnt()
    """What whoever reads the next page has to know."""
    entries: int = 0
    """How many entries the page has, with those that name no report."""
    total: int | None = None
    """How many entries the whole list says it has; None where it does not say."""
    pages: int | None = None
    """How many pages it says it has."""
    lists: tuple[str, ...] = ()
    """Lists of their own that this one names, such as a folder for each year."""
    passed: tuple[Lead, ...] = ()
    """Entries that are passed over, since their titles say something else."""


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
    body: str = ""
    """A selector of what holds the report, where a person told one."""
