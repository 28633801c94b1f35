"""Moves: an address is dead, and another one of the source has the same text.

Portals get new software, and every page another address. The page row follows its
report, with all that was seen of it; the dead address keeps a row of its own, which
says where the report went, so that its return would be noticed. The looks at both
addresses stay what they were: each names the address that was asked for.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import ColumnElement, exists, select, update
from sqlalchemy.orm import Session

from archive.catalogue import EventKind
from archive.store.filing.events import dead_since, note_event
from archive.store.rows import CopyRow, PageRow, SightingRow, VersionRow

__all__ = ["dead_since", "follow", "follow_by_id", "follow_tombstones"]

_UNCHANGED = 304


def follow(session: Session, page: PageRow, run_id: int) -> bool:
    """Lets the row of a dead page follow its report to another address.

    True where this run saw the same text at another address of the source.
    """
    twin = _twin(session, page, run_id)
    if twin is None:
        return False
    _exchange(session, page, twin)
    _take_attachments(session, page, twin)
    return True


def follow_by_id(session: Session, page_id: int, run_id: int) -> bool:
    """The same for a page by its number."""
    return follow(session, session.get_one(PageRow, page_id), run_id)


def follow_tombstones(session: Session, source_id: int, run_id: int) -> int:
    """How many tombstones of before turn out to be moves: the new list came later."""
    dead = select(PageRow).where(
        PageRow.source_id == source_id,
        PageRow.gone_at.is_not(None),
        PageRow.article_id.is_(None),
    )
    pages = session.scalars(dead.order_by(PageRow.id)).all()
    return sum(follow(session, page, run_id) for page in pages)


def _twin(session: Session, page: PageRow, run_id: int) -> PageRow | None:
    """The page that shows the same text now, as this run saw; the newest of several.

    Where the report is a file beside the page, the page that has the same beside it.
    """
    if page.version_id is not None:
        return _with_same_text(session, page, run_id)
    for file in _attachments(session, page):
        same = _with_same_text(session, file, run_id)
        if same is not None and same.article_id not in {None, page.id}:
            return session.get_one(PageRow, same.article_id)
    return None


def _with_same_text(session: Session, page: PageRow, run_id: int) -> PageRow | None:
    """Another page of the source, or another file, with the text of this one."""
    if page.version_id is None:
        return None
    is_article = page.article_id is None
    question = select(PageRow).where(
        PageRow.source_id == page.source_id,
        PageRow.version_id == page.version_id,
        PageRow.id != page.id,
        PageRow.gone_at.is_(None),
        PageRow.moved_to_id.is_(None),
        PageRow.article_id.is_(None) if is_article else PageRow.article_id.is_not(None),
        _was_seen(run_id),
    )
    return session.scalar(question.order_by(PageRow.id.desc()).limit(1))


def _was_seen(run_id: int) -> ColumnElement[bool]:
    """Whether a run saw a page show what it is said to show."""
    is_copy = exists().where(
        CopyRow.digest == SightingRow.digest,
        CopyRow.version_id == PageRow.version_id,
    )
    is_shown = is_copy | (SightingRow.status == _UNCHANGED)
    return exists().where(
        SightingRow.page_id == PageRow.id, SightingRow.run_id == run_id, is_shown
    )


def _exchange(session: Session, page: PageRow, twin: PageRow) -> None:
    """Gives a page the address of its twin, with all that was seen there."""
    old, new = page.url, twin.url
    note_event(session, page, EventKind.MOVED, new)
    # Of one source no two rows have the same address, not even for a moment.
    twin.url = f"moving:{twin.id}"
    session.flush()
    page.url = new
    session.flush()
    twin.url = old
    _tell_versions(session, page, old)
    session.execute(
        update(SightingRow)
        .where(SightingRow.page_id == twin.id)
        .values(page_id=page.id)
    )
    _live_on(page, twin)
    session.flush()


def _live_on(page: PageRow, twin: PageRow) -> None:
    """What is told of the live address is told of the page from now on."""
    moment = datetime.now(UTC)
    page.title, page.listed_on = twin.title, twin.listed_on or page.listed_on
    page.etag, page.last_modified = twin.etag, twin.last_modified
    page.last_seen_at, page.unlisted_at = twin.last_seen_at, twin.unlisted_at
    page.gone_at, page.gone_why, page.ask_after = None, "", None
    twin.etag = twin.last_modified = ""
    twin.version_id, twin.moved_to_id = None, page.id
    twin.unlisted_at = twin.ask_after = moment


def _tell_versions(session: Session, page: PageRow, old: str) -> None:
    """Visitors are led to the live address of the texts that the page showed."""
    looks = select(CopyRow.version_id).join(
        SightingRow, SightingRow.digest == CopyRow.digest
    )
    attachments = select(PageRow.id).where(PageRow.article_id == page.id)
    of_page = SightingRow.page_id.in_([page.id]) | SightingRow.page_id.in_(attachments)
    shown = VersionRow.id.in_(looks.where(of_page))
    for column in (VersionRow.source_url, VersionRow.file_url):
        session.execute(
            update(VersionRow)
            .where(shown, column == old)
            .values({column: page.url})
            .execution_options(synchronize_session=False)
        )


def _take_attachments(session: Session, page: PageRow, twin: PageRow) -> None:
    """The files of the page follow as well, where the new page has the same ones."""
    mine = _attachments(session, page)
    for new in _attachments(session, twin):
        new.article_id = page.id
        is_same = new.version_id is not None
        same = (one for one in mine if is_same and one.version_id == new.version_id)
        old = next(same, None)
        if old is not None:
            mine.remove(old)
            _exchange(session, old, new)
    session.flush()


def _attachments(session: Session, page: PageRow) -> list[PageRow]:
    question = select(PageRow).where(
        PageRow.article_id == page.id, PageRow.moved_to_id.is_(None)
    )
    return list(session.scalars(question.order_by(PageRow.id)))
