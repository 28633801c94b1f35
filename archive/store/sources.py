"""Sources and their pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.store.rows import PageRow, SourceRow
from archive.store.runs import now


def add_source(
    session: Session,
    url: str,
    agency: str = "",
    family: str = "auto",
    may_be_empty: bool = False,
) -> tuple[SourceRow, bool]:
    """The source with that address, and whether it is new; a known one stays."""
    known = find_source(session, url)
    if known is not None:
        return known, False
    source = SourceRow(
        url=url, agency=agency, family=family, may_be_empty=may_be_empty, added_at=now()
    )
    session.add(source)
    session.flush()
    return source, True


def find_source(session: Session, name: str) -> SourceRow | None:
    """A source by its address or its number."""
    if name.isascii() and name.isdigit():
        return session.get(SourceRow, int(name)) if len(name) < 10 else None
    return session.scalar(select(SourceRow).where(SourceRow.url == name))


def how_to_read(session: Session, source_id: int) -> tuple[str, str, bool, str]:
    """Address, family, whether it may be empty, and whose page it is."""
    source = session.get_one(SourceRow, source_id)
    return source.url, source.family, source.may_be_empty, source.agency


def turn_pause(session: Session, source_id: int) -> bool | None:
    """Pauses a source, or resumes it; what it is now, None when there is no such
    source.
    """
    row = session.get(SourceRow, source_id)
    if row is None:
        return None
    row.paused = not row.paused
    return row.paused


def list_sources(session: Session) -> Sequence[SourceRow]:
    return session.scalars(select(SourceRow).order_by(SourceRow.id)).all()


# Pages


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

    Plain, it outlives its transaction. `filed`: it showed a report.
    """

    id: int
    url: str
    title: str
    etag: str
    last_modified: str
    gone: bool
    filed: bool
    listed_on: date | None


def _asked(page: PageRow) -> Asked:
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
    )


def pages_to_ask(
    session: Session,
    source_id: int,
    family: str,
    listed: Iterable[tuple[str, str, date | None]],
) -> list[Asked]:
    """The pages to ask for: what is listed now (address, title, date), in order, then
    what was listed before.

    Portals take pages off their lists long before they delete them.
    """
    session.get_one(SourceRow, source_id).recognised = family
    pages = [
        see_page(session, source_id, url, title, listed_on)
        for url, title, listed_on in listed
    ]
    known = {page.id for page in pages}
    question = select(PageRow).where(
        PageRow.source_id == source_id, PageRow.article_id.is_(None)
    )
    # Portals take pages off their lists long before they delete them.
    before = [
        page
        for page in session.scalars(question.order_by(PageRow.id))
        if page.id not in known
    ]
    return [_asked(page) for page in (*pages, *before)]


def see_attachment(
    session: Session, source_id: int, article: int, url: str, title: str
) -> Asked:
    return _asked(see_page(session, source_id, url, title, article=article))


def attachments_of(session: Session, page_id: int) -> list[Asked]:
    question = select(PageRow).where(PageRow.article_id == page_id).order_by(PageRow.id)
    return [_asked(page) for page in session.scalars(question)]


def page_answered(
    session: Session, page_id: int, etag: str, last_modified: str
) -> None:
    """The page was read whole: from now on it is asked for only if it has changed."""
    page = session.get_one(PageRow, page_id)
    page.etag, page.last_modified = etag, last_modified
    page.last_seen_at, page.gone_at, page.gone_why = now(), None, ""


def page_gone(session: Session, page_id: int, why: str) -> bool:
    """Makes a tombstone; False when it was one already."""
    page = session.get_one(PageRow, page_id)
    # The moment of the first 404 is what counts.
    if page.gone_at is not None:
        return False
    page.gone_at, page.gone_why = now(), why
    # Should it come back, it must be read whole.
    page.etag = page.last_modified = ""
    return True
