"""The marks "to be indexed": set with every change, drained by the indexer. They
survive a killed process.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, bindparam, delete, func, select, update
from sqlalchemy.orm import Session

from archive.search import Entry
from archive.store.index_entries import entries
from archive.store.rows import IndexRemovalRow, VersionRow


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
        select(VersionRow.id, VersionRow.changed_at, VersionRow.current)
        .where(VersionRow.to_index)
        .order_by(VersionRow.id)
        .limit(limit)
    ).all()
    current = [row.id for row in rows if row.current]
    removed = session.scalars(select(IndexRemovalRow.version_id).limit(limit)).all()
    # SQLite gives the number of a deleted last row to the next one: such a number is in
    # use again.
    again = set(
        session.scalars(select(VersionRow.id).where(VersionRow.id.in_(removed)))
    )
    return Batch(
        ids={row.id: row.changed_at for row in rows},
        entries=list(entries(session, current).values()),
        gone=[
            *(row.id for row in rows if not row.current),
            *(one for one in removed if one not in again),
        ],
        removed=list(removed),
    )


def all_marks(session: Session, size: int) -> Iterator[Batch]:
    """Everything that is marked, without entries, in batches to be unmarked."""
    rows = session.execute(
        select(VersionRow.id, VersionRow.changed_at).where(VersionRow.to_index)
    ).all()
    for at in range(0, len(rows), size):
        yield Batch(
            {row.id: row.changed_at for row in rows[at : at + size]}, [], [], []
        )
    yield Batch({}, [], [], list(session.scalars(select(IndexRemovalRow.version_id))))


def unmark(session: Session, batch: Batch) -> None:
    """Takes the marks off, except where something changed meanwhile."""
    # Changed meanwhile, it has another moment and keeps its mark.
    is_as_it_was = and_(
        VersionRow.id == bindparam("marked"),
        VersionRow.changed_at == bindparam("moment"),
    )
    question = update(VersionRow).where(is_as_it_was).values(to_index=False)
    marked = [
        {"marked": version_id, "moment": changed_at}
        for version_id, changed_at in batch.ids.items()
    ]
    if marked:
        # One statement for all of them, which the session itself has not.
        session.connection().execute(question, marked)
    session.execute(
        delete(IndexRemovalRow).where(IndexRemovalRow.version_id.in_(batch.removed))
    )


def waiting(session: Session) -> int:
    """How many versions wait to be indexed."""
    question = select(func.count()).select_from(VersionRow).where(VersionRow.to_index)
    return session.scalar(question) or 0


def marked_ids(session: Session) -> set[int]:
    """All versions whose place in the index is about to change, those to be removed
    included.
    """
    removed = session.scalars(select(IndexRemovalRow.version_id))
    return {
        *session.scalars(select(VersionRow.id).where(VersionRow.to_index)),
        *removed,
    }


def current_ids(session: Session) -> set[int]:
    """The versions that the index should hold."""
    return set(session.scalars(select(VersionRow.id).where(VersionRow.current)))
