"""The pages of a source, as the collector sees them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from archive.catalogue import EventKind, Outcome, schedule
from archive.store.filing import events, moving
from archive.store.rows import PageRow, SourceRow
from archive.store.runs import now

LONGEST_WAIT = timedelta(days=180)
"""Dead addresses are asked for ever more rarely, and twice a year in the end."""


def see_page(
    session: Session,
    source_id: int,
    url: str,
    title: str = "",
    listed_on: date | None = None,
    article: int | None = None,
) -> PageRow:
    """The page at an address of a source, made when it is new."""
    page = session.scalar(
        select(PageRow).where(PageRow.source_id == source_id, PageRow.url == url)
    )
    if page is None:
        moment = now()
        page = PageRow(
            source_id=source_id,
            url=url,
            first_seen_at=moment,
            last_seen_at=moment,
            article_id=article,
        )
        session.add(page)
    # Lists cut titles and drop dates; what was known once stays.
    page.title = title or page.title or ""
    page.listed_on = listed_on or page.listed_on
    session.flush()
    return page


@dataclass(frozen=True, slots=True)
class Asked:
    """A page as the collector needs it.

    Plain, it outlives its transaction. `filed`: it showed a report; `shows_report`: it
    did, or a file beside it. `listed`: the list names it now.
    """

    id: int
    url: str
    title: str
    etag: str
    last_modified: str
    gone: bool
    filed: bool
    listed_on: date | None
    listed: bool = False
    shows_report: bool = False
    is_attachment: bool = False
    has_moved: bool = False
    """Its report stands at another address now."""
    is_due: bool = True
    """A dead address is asked for now and then only."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a source is looked at, and when."""

    moment: datetime
    only_due: bool = False
    """Whether living pages are asked for only when their time has come."""
    is_whole: bool = False
    """Whether its list names all that it should."""


def _asked(
    page: PageRow, listed: bool = False, files: bool = False, look: Look | None = None
) -> Asked:
    filed, gone = page.version_id is not None, page.gone_at is not None
    return Asked(
        page.id,
        page.url,
        page.title,
        page.etag or "",
        page.last_modified or "",
        gone,
        filed,
        page.listed_on,
        listed,
        filed or bool(files),
        page.article_id is not None,
        page.moved_to_id is not None,
        _is_due(page, listed, look or Look(now())),
    )


def pages_to_ask(
    session: Session,
    source_id: int,
    family: str,
    listed: Iterable[tuple[str, str, date | None]],
    look: Look | None = None,
) -> list[Asked]:
    """The pages to ask for: what is listed now (address, title, date), in order, then
    what was listed before; of all these first what was not asked for the longest.

    Portals take pages off their lists long before they delete them. Dead addresses are
    asked for when their time has come, or when the list names them again; by the
    schedule all others too (`look`), and what a whole list has just taken off.
    """
    look = look or Look(now())
    session.get_one(SourceRow, source_id).recognised = family
    pages = [
        see_page(session, source_id, url, title, listed_on)
        for url, title, listed_on in listed
    ]
    known = {page.id for page in pages}
    question = select(PageRow).where(
        PageRow.source_id == source_id, PageRow.article_id.is_(None)
    )
    before = [
        page
        for page in session.scalars(question.order_by(PageRow.id))
        if page.id not in known
    ]
    of_files = _with_filed_files(session, source_id)
    # A run may end before all were asked for: the next one begins with those that wait
    # longest.
    waiting = sorted((*pages, *before), key=_asked_last)
    asked = [
        _asked(page, page.id in known, page.id in of_files, look) for page in waiting
    ]
    return [page for page in asked if page.is_due]


def _asked_last(page: PageRow) -> float:
    """When a page was asked for last; pages that never were come first."""
    return page.asked_at.timestamp() if page.asked_at else 0.0


def note_asked(session: Session, page_id: int) -> None:
    """A run is done with a page, whatever came of it."""
    session.execute(update(PageRow).where(PageRow.id == page_id).values(asked_at=now()))


def _with_filed_files(session: Session, source_id: int) -> set[int]:
    """The pages of a source beside which a file shows a report."""
    question = select(PageRow.article_id).where(
        PageRow.source_id == source_id,
        PageRow.article_id.is_not(None),
        PageRow.version_id.is_not(None),
    )
    return {number for number in session.scalars(question) if number is not None}


def _is_due(page: PageRow, listed: bool, look: Look) -> bool:
    """Whether a page is to be asked for."""
    if page.ask_after is None or page.ask_after <= look.moment:
        return True
    has_turned_up = listed and page.unlisted_at is not None
    is_dead = page.gone_at is not None or page.moved_to_id is not None
    if has_turned_up or is_dead:
        return has_turned_up
    was_taken_off = look.is_whole and not listed and page.unlisted_at is None
    return was_taken_off or not look.only_due


def note_listing(
    session: Session,
    source_id: int,
    listed: Iterable[str],
    moment: datetime | None = None,
) -> None:
    """Notes which pages a whole list has taken off, or names again."""
    names = set(listed)
    question = select(PageRow).where(
        PageRow.source_id == source_id,
        PageRow.article_id.is_(None),
        PageRow.moved_to_id.is_(None),
    )
    for page in session.scalars(question.order_by(PageRow.id)):
        is_listed = page.url in names
        if is_listed and page.unlisted_at is not None:
            page.unlisted_at = None
            events.note_event(session, page, EventKind.LISTED_AGAIN)
        elif not is_listed and page.unlisted_at is None:
            page.unlisted_at = moment or now()
            # Of a page that is gone that says enough.
            if page.gone_at is None:
                events.note_event(session, page, EventKind.UNLISTED)


def see_attachment(
    session: Session, source_id: int, article: int, url: str, title: str
) -> Asked:
    """The file at an address beside a page, made when it is new."""
    return _asked(see_page(session, source_id, url, title, article=article))


def attachments_of(session: Session, page_id: int) -> list[Asked]:
    """The files beside a page, without the addresses that they have left."""
    question = select(PageRow).where(
        PageRow.article_id == page_id, PageRow.moved_to_id.is_(None)
    )
    return [_asked(page) for page in session.scalars(question.order_by(PageRow.id))]


def page_answered(
    session: Session, page_id: int, etag: str, last_modified: str
) -> None:
    """The page was read whole: from now on it is asked for only if it has changed."""
    page = session.get_one(PageRow, page_id)
    if page.gone_at is not None or page.moved_to_id is not None:
        events.note_event(session, page, EventKind.RETURNED)
    page.etag, page.last_modified = etag, last_modified
    page.last_seen_at, page.gone_at, page.gone_why = now(), None, ""
    page.moved_to_id = page.ask_after = None


def page_looked_at(
    session: Session, page_id: int, has_changed: bool, moment: datetime
) -> None:
    """A living page has answered: when it is asked for again by the schedule."""
    page = session.get_one(PageRow, page_id)
    page.failures = 0
    if page.gone_at is not None or page.moved_to_id is not None:
        return
    page.looks = 0 if has_changed else page.looks + 1
    published = page.listed_on or page.first_seen_at.date()
    page.ask_after = schedule.next_look(page.looks, moment, published)


def page_in_trouble(
    session: Session, page_id: int, is_passing: bool, moment: datetime
) -> None:
    """A page gave nothing: it is asked for again before long where that may pass by
    itself, else whenever its source is looked at.
    """
    page = session.get_one(PageRow, page_id)
    if page.gone_at is not None or page.moved_to_id is not None:
        return
    page.failures = page.failures + 1 if is_passing else 0
    page.ask_after = schedule.retry_at(page.failures, moment) if is_passing else None


def page_gone(
    session: Session,
    page_id: int,
    why: str,
    run_id: int,
    moment: datetime | None = None,
) -> Outcome | None:
    """What became of a page that is no more: gone, moved, or None where it is no news.

    A page whose text stands at another address of its source has moved. The others get
    a tombstone.
    """
    moment = moment or now()
    page = session.get_one(PageRow, page_id)
    died = page.gone_at
    if page.moved_to_id is not None:
        died = page.unlisted_at
    if died is not None:
        # After as long as it has been dead.
        page.ask_after = moment + min(moment - died, LONGEST_WAIT)
        return None
    if moving.follow(session, page, run_id):
        return Outcome.MOVED
    # The moment of the first 404 is what counts.
    page.gone_at = page.ask_after = moment
    page.gone_why = why
    # Should it come back, it must be read whole.
    page.etag = page.last_modified = ""
    events.note_event(session, page, EventKind.GONE, why)
    return Outcome.GONE
