"""The marks "to be indexed": set with every change, drained by the indexer. They
survive a killed process.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from archive.search import Entry
from archive.store.index_entries import entries
from archive.store.rows import IndexMarkRow, IndexRemovalRow, VersionRow


@dataclass(frozen=True, slots=True)
class Batch:
    """Marked versions: entries of the current ones, ids of those that must leave the
    index.
    """

    ids: dict[int, datetime]
    entries: list[Entry]
    gone: list[int]
    removed: list[int]


def marked(session: Session, limit: int) -> Batch:
    """The next marked versions, and removals."""
    rows = session.execute(
        select(IndexMarkRow.version_id, IndexMarkRow.changed_at, VersionRow.current)
        .join(VersionRow, VersionRow.id == IndexMarkRow.version_id)
        .order_by(IndexMarkRow.version_id)
        .limit(limit)
    ).all()
    current = [row.version_id for row in rows if row.current]
    removed = session.scalars(select(IndexRemovalRow.version_id).limit(limit)).all()
    # SQLite gives the number of a deleted last row to the next one: such a number is in
    # use again.
    again = set(
        session.scalars(select(VersionRow.id).where(VersionRow.id.in_(removed)))
    )
    return Batch(
        ids={row.version_id: row.changed_at for row in rows},
        entries=list(entries(session, current).values()),
        gone=[
            *(row.version_id for row in rows if not row.current),
            *(one for one in removed if one not in again),
        ],
        removed=list(removed),
    )


def all_marks(session: Session, size: int) -> Iterator[Batch]:
    """Everything that is marked, without entries, in batches to be unmarked."""
    question = select(IndexMarkRow.version_id, IndexMarkRow.changed_at)
    rows = session.execute(question).all()
    for at in range(0, len(rows), size):
        yield Batch({row[0]: row[1] for row in rows[at : at + size]}, [], [], [])
    yield Batch({}, [], [], list(session.scalars(select(IndexRemovalRow.version_id))))


def unmark(session: Session, batch: Batch) -> None:
    """Takes the marks off, except where something changed meanwhile."""
    # Changed meanwhile, it has another moment and keeps its mark.
    at_once: defaultdict[datetime, list[int]] = defaultdict(list)
    for version_id, changed_at in batch.ids.items():
        at_once[changed_at].append(version_id)
    for changed_at, version_ids in at_once.items():
        of_them = delete(IndexMarkRow).where(IndexMarkRow.version_id.in_(version_ids))
        session.execute(of_them.where(IndexMarkRow.changed_at == changed_at))
    session.execute(
        delete(IndexRemovalRow).where(IndexRemovalRow.version_id.in_(batch.removed))
    )


def waiting(session: Session) -> int:
    """How many versions wait to be indexed."""
    return session.scalar(select(func.count()).select_from(IndexMarkRow)) or 0


def marked_ids(session: Session) -> set[int]:
    """All versions whose place in the index is about to change, those to be removed
    included.
    """
    removed = session.scalars(select(IndexRemovalRow.version_id))
    return {
        *session.scalars(select(IndexMarkRow.version_id)),
        *removed,
    }


def current_ids(session: Session) -> set[int]:
    """The versions that the index should hold."""
    return set(session.scalars(select(VersionRow.id).where(VersionRow.current)))
