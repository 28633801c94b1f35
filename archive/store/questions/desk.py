"""What the pages for people with an account ask: runs, failures, the review queue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from archive.catalogue import OriginalState, RunState
from archive.store import marks
from archive.store.questions.events import of_source as events
from archive.store.rows import (
    FailureRow,
    FilingRow,
    OriginalRow,
    RunRow,
    SightingRow,
    SourceRow,
    VersionRow,
)
from archive.store.sources import find_source
from archive.store.sources import offers as offers_of

__all__ = [
    "PAGE",
    "REVIEW",
    "Offered",
    "Waiting",
    "events",
    "failures",
    "offers",
    "originals",
    "review_counts",
    "run",
    "runs",
    "source",
    "waiting",
    "waiting_versions",
]

PAGE = 100
"""Originals to review, on a page."""
REVIEW = (
    OriginalState.UNREADABLE,
    OriginalState.UNFILED,
    OriginalState.NOT_A_REPORT,
)
"""States that wait for a person, the worst first."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much waits: runs for a worker, versions for the index, originals and
    versions with less than the current one for a person.
    """

    runs: int
    to_index: int
    review: int


@dataclass(frozen=True, slots=True)
class Offered:
    """A list that a search has found, and the source that it is already."""

    id: int
    url: str
    told: dict[str, Any]
    source_id: int | None


def source(session: Session, source_id: int) -> SourceRow | None:
    """A source by its number."""
    return session.get(SourceRow, source_id)


def runs(
    session: Session, source_id: int | None = None, limit: int = 20
) -> Sequence[RunRow]:
    """The latest runs, of one source or of all."""
    question = select(RunRow).order_by(RunRow.id.desc()).limit(limit)
    if source_id:
        question = question.where(RunRow.source_id == source_id)
    return session.scalars(question).all()


def run(session: Session, run_id: int) -> RunRow | None:
    """A run by its number, its source with it."""
    row = session.get(RunRow, run_id)
    if row is not None and row.source_id is not None:
        row.source = session.get(SourceRow, row.source_id)
    return row


def failures(session: Session, run_id: int) -> Sequence[FailureRow]:
    """What went wrong in a run, in the order it happened."""
    return session.scalars(
        select(FailureRow).where(FailureRow.run_id == run_id).order_by(FailureRow.id)
    ).all()


def offers(session: Session, run_id: int) -> list[Offered]:
    """The lists that a search has found, the best first."""
    offered = []
    for row in offers_of(session, run_id):
        known = find_source(session, row.url)
        offered.append(Offered(row.id, row.url, row.told, known.id if known else None))
    return offered


def waiting(session: Session) -> Waiting:
    """How much waits for whom."""
    queued = (
        select(func.count())
        .select_from(RunRow)
        .where(RunRow.state.in_([RunState.QUEUED, RunState.RUNNING]))
    )
    review = (
        select(func.count())
        .select_from(OriginalRow)
        .where(OriginalRow.state.in_(REVIEW))
    )
    held = select(func.count()).select_from(VersionRow).where(VersionRow.waits != "")
    to_review = (session.scalar(review) or 0) + (session.scalar(held) or 0)
    return Waiting(session.scalar(queued) or 0, marks.waiting(session), to_review)


def waiting_versions(session: Session) -> Sequence[VersionRow]:
    """Versions that have less than the current one and wait for a person, the newest
    first; their filings and agencies come along.
    """
    question = (
        select(VersionRow)
        .where(VersionRow.waits != "")
        .options(
            joinedload(VersionRow.filing).joinedload(FilingRow.agency),
            joinedload(VersionRow.filing).selectinload(FilingRow.versions),
        )
    )
    newest = question.order_by(VersionRow.captured_at.desc(), VersionRow.id.desc())
    return session.scalars(newest.limit(PAGE)).unique().all()


def review_counts(session: Session) -> dict[str, int]:
    """How many originals wait in each state of the review queue."""
    question = (
        select(OriginalRow.state, func.count())
        .where(OriginalRow.state.in_(REVIEW))
        .group_by(OriginalRow.state)
    )
    return _counts(session, question)


def _counts(session: Session, question: Select[Any, int]) -> dict[Any, int]:
    return {key: count for key, count in session.execute(question)}  # noqa: C416


def originals(session: Session, state: str = "") -> list[tuple[OriginalRow, str]]:
    """Originals of the review queue with the address they were seen at, the newest
    first.
    """
    states = [one for one in REVIEW if one == state] or list(REVIEW)
    question = select(OriginalRow).where(OriginalRow.state.in_(states))
    rows = session.scalars(
        question.order_by(OriginalRow.first_seen_at.desc()).limit(PAGE)
    ).all()
    # An original seen at several addresses is shown with one of them.
    asked = (
        select(SightingRow.digest, func.max(SightingRow.asked))
        .where(SightingRow.digest.in_([row.digest for row in rows]))
        .group_by(SightingRow.digest)
    )
    seen = {digest: address for digest, address in session.execute(asked)}  # noqa: C416
    return [(row, seen.get(row.digest, "")) for row in rows]
