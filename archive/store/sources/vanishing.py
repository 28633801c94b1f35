"""Most reports of a source gone at once: noted, and waiting until a person decides.

A portal that is rebuilt, moved or broken answers 404 for all it has, for weeks
sometimes, while its lists go on naming the pages. Whether that is the end of them no
program can tell, so that time alone proves nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from archive.store.rows import DisappearanceRow, PageRow, SightingRow

LEAST = 3
"""Pages of which it can be said that they are gone together."""
LATELY = timedelta(days=30)
"""Deaths within so long count together: a look by the schedule asks for a few pages
only.
"""
_GONE = (404, 410)
_IS_LISTED = (
    PageRow.article_id.is_(None),
    PageRow.moved_to_id.is_(None),
    PageRow.unlisted_at.is_(None),
)


@dataclass(frozen=True, slots=True)
class Vanished:
    """How much of a source is gone, and since when."""

    gone: int
    total: int
    since: datetime

    @property
    def told(self) -> str:
        """It in words."""
        return f"{self.total} 个报告网页中的 {self.gone} 个"


@dataclass(frozen=True, slots=True)
class SeenDead:
    """What a run saw of a source: pages that a list names and their server denies."""

    run_id: int
    pages: Sequence[int]
    is_ill: bool
    """Whether most of what it asked for gave no report."""
    only_due: bool
    """Whether it asked for a few pages only, as runs by the schedule do."""


def waiting(session: Session, source_id: int) -> DisappearanceRow | None:
    """The disappearance of a source that is not over, decided or not."""
    question = select(DisappearanceRow).where(
        DisappearanceRow.source_id == source_id, DisappearanceRow.ended_at.is_(None)
    )
    newest = question.order_by(DisappearanceRow.id.desc())
    return session.scalars(newest.limit(1)).first()


def accept(
    session: Session, source_id: int, moment: datetime, account_id: int | None = None
) -> Vanished | None:
    """Takes for gone what has waited until now: the next run that finds these pages
    dead makes their tombstones. None where nothing waits for a decision.
    """
    row = waiting(session, source_id)
    if row is None or row.accepted_at is not None:
        return None
    row.accepted_at, row.account_id = moment, account_id
    session.flush()
    return Vanished(row.gone, row.total, row.since)


def believed(session: Session, source_id: int) -> frozenset[int]:
    """The pages that a person has taken for gone."""
    row = waiting(session, source_id)
    if row is None or row.accepted_at is None:
        return frozenset()
    return frozenset(map(int, row.pages))


def note(
    session: Session, source_id: int, seen: SeenDead, moment: datetime
) -> Vanished | None:
    """Notes what a run found dead though its list names it; what waits for a decision,
    None where nothing does.
    """
    row = waiting(session, source_id)
    pages = _still(session, row, seen)
    if row is not None and row.accepted_at is not None:
        _keep(row, pages, moment)
        return None
    if seen.pages:
        pages = _denied(session, source_id) | pages
    pages |= {str(one): _told(moment) for one in seen.pages if str(one) not in pages}
    total = _living(session, source_id)
    # Some pages that are well are no proof that the others are there again.
    goes_on = row is not None and bool(pages) and seen.only_due
    if not goes_on and not _is_mass(session, source_id, pages, total, seen, moment):
        if row is not None:
            _keep(row, {}, moment)
        return None
    if row is None:
        row = DisappearanceRow(source_id=source_id)
        session.add(row)
    row.pages, row.gone, row.total = pages, len(pages), max(total, len(pages))
    row.since = min(map(datetime.fromisoformat, pages.values()))
    row.seen_at = moment
    session.flush()
    return Vanished(row.gone, row.total, row.since)


def _told(moment: datetime) -> str:
    return moment.isoformat()


def _keep(row: DisappearanceRow, pages: dict[str, Any], moment: datetime) -> None:
    """What is left of a disappearance; it is over when nothing is."""
    row.pages = pages
    if not pages:
        row.ended_at = moment


def _still(
    session: Session, row: DisappearanceRow | None, seen: SeenDead
) -> dict[str, Any]:
    """The pages that were waiting before, without those that this run saw otherwise."""
    if row is None:
        return {}
    asked = select(SightingRow.page_id).where(SightingRow.run_id == seen.run_id)
    otherwise = set(map(str, session.scalars(asked)))
    otherwise -= set(map(str, seen.pages))
    return {key: row.pages[key] for key in row.pages if key not in otherwise}


def _denied(session: Session, source_id: int) -> dict[str, Any]:
    """The pages that earlier looks found dead and nothing has been decided of."""
    is_its = select(PageRow.id).where(
        *_showed_reports(source_id), PageRow.gone_at.is_(None)
    )
    latest = (
        select(func.max(SightingRow.id))
        .where(SightingRow.page_id.in_(is_its))
        .group_by(SightingRow.page_id)
    )
    question = select(SightingRow.page_id, SightingRow.at).where(
        SightingRow.id.in_(latest), SightingRow.status.in_(_GONE)
    )
    return {str(page): _told(at) for page, at in session.execute(question)}


def _is_mass(
    session: Session,
    source_id: int,
    pages: dict[str, Any],
    total: int,
    seen: SeenDead,
    moment: datetime,
) -> bool:
    """Whether so many are gone that it may be the portal, and not the pages."""
    if not pages:
        return False
    if seen.is_ill and len(pages) >= LEAST:
        return True
    before = _buried_lately(session, source_id, moment)
    gone = len(pages) + before
    return gone >= LEAST and 2 * gone > total + before


def _living(session: Session, source_id: int) -> int:
    """How many pages a list names that show a report, or showed one when last seen."""
    return session.scalar(_count(source_id, PageRow.gone_at.is_(None))) or 0


def _buried_lately(session: Session, source_id: int, moment: datetime) -> int:
    """How many of them died one by one in the last time, none of them by decision."""
    decided = select(func.max(DisappearanceRow.ended_at)).where(
        DisappearanceRow.source_id == source_id,
        DisappearanceRow.accepted_at.is_not(None),
    )
    last = session.scalar(decided)
    since = moment - LATELY
    if last is not None:
        since = max(since, last)
    return session.scalar(_count(source_id, PageRow.gone_at > since)) or 0


def _count(source_id: int, is_so: ColumnElement[bool]) -> Any:
    """Asks how many pages that a list names, and that showed a report, are so."""
    question = select(func.count()).select_from(PageRow)
    return question.where(*_showed_reports(source_id), is_so)


def _showed_reports(source_id: int) -> tuple[ColumnElement[bool], ...]:
    """What a page of a source is that a list names, and that showed a report, or a file
    beside it.
    """
    with_files = select(PageRow.article_id).where(
        PageRow.source_id == source_id,
        PageRow.article_id.is_not(None),
        PageRow.version_id.is_not(None),
    )
    showed = PageRow.version_id.is_not(None) | PageRow.id.in_(with_files)
    return (PageRow.source_id == source_id, *_IS_LISTED, showed)
