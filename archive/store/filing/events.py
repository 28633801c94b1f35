"""What became of addresses that showed a report; a tombstone says only what was seen.

The looks themselves are sightings. Of an address that never showed a report nothing is
told here.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from archive.catalogue import EventKind
from archive.store.rows import EventRow, PageRow, SightingRow, VersionRow

_TROUBLE = 400
"""Statuses from here on say that a page was not had."""


def note_event(
    session: Session, page: PageRow, kind: EventKind, told: str = ""
) -> None:
    """Notes what became of a page, with the report that it showed until then.

    `told`: what was seen (an answer, another address), in words for visitors.
    """
    version_id = page.version_id or _beside(session, page)
    if version_id is None:
        return
    session.add(
        EventRow(
            source_id=page.source_id,
            page_id=page.id,
            version_id=version_id,
            kind=kind,
            at=datetime.now(UTC),
            url=page.url,
            told=told,
        )
    )


def note_other_report(session: Session, page: PageRow, shown: VersionRow) -> None:
    """Notes that a page shows the report of another agency or year than before.

    To be called while the page still has the version that it showed before.
    """
    if page.version_id is None:
        return
    before = session.get_one(VersionRow, page.version_id).filing
    now = shown.filing
    if before is now:
        return
    is_same_agency = before.agency is now.agency
    kind = EventKind.OTHER_YEAR if is_same_agency else EventKind.OTHER_AGENCY
    note_event(session, page, kind, f"{now.agency.name} {now.year}")


def _beside(session: Session, page: PageRow) -> int | None:
    """The report of a file beside a page that shows none itself."""
    question = select(PageRow.version_id).where(
        PageRow.article_id == page.id, PageRow.version_id.is_not(None)
    )
    return session.scalar(question.order_by(PageRow.id.desc()).limit(1))


def dead_since(session: Session, page_id: int) -> datetime | None:
    """When a server first denied a page that it has not shown since; None for a page
    that it showed last.
    """
    looks = select(func.max(SightingRow.at)).where(SightingRow.page_id == page_id)
    shown = session.scalar(looks.where(SightingRow.status < _TROUBLE))
    denied = select(func.min(SightingRow.at)).where(
        SightingRow.page_id == page_id, SightingRow.status >= _TROUBLE
    )
    if shown is not None:
        denied = denied.where(SightingRow.at > shown)
    return session.scalar(denied)
