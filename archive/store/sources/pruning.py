"""Runs that found nothing new and nothing wrong, given up when they are old.

The rule stands in `archive.catalogue.health`: after 90 days one a week is kept, after
two years one a month. A look at a page (a sighting) stays for ever: it says by itself
what was asked for, when and what came back. That it belonged to a run that found
nothing is all it loses; runs of one source never overlap, so that the looks of one
still stand together in time.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, delete, exists, select, update
from sqlalchemy.orm import Session

from archive.catalogue import RunKind, RunState, health
from archive.store.rows import FailureRow, RunRow, SightingRow, SourceRow

AT_ONCE = 50
"""Runs given up in one transaction: each may have some hundred sightings."""
_STREAMED = 2_000
_NEWS = (
    *(RunRow.new, RunRow.changed, RunRow.held, RunRow.gone),
    *(RunRow.moved, RunRow.no_report, RunRow.failed),
)


def _quiet(moment: datetime) -> list[ColumnElement[bool]]:
    """What an old run is that found nothing new and nothing wrong."""
    is_last = exists().where(SourceRow.last_run_id == RunRow.id)
    has_failures = exists().where(FailureRow.run_id == RunRow.id)
    return [
        RunRow.kind == RunKind.COLLECT,
        RunRow.state == RunState.DONE,
        RunRow.source_id.is_not(None),
        RunRow.finished_at < moment - health.WEEKLY_AFTER,
        *(column == 0 for column in _NEWS),
        ~is_last,
        ~has_failures,
    ]


def surplus(session: Session, moment: datetime) -> list[int]:
    """The numbers of all runs that need not be kept, in their order."""
    question = select(RunRow.source_id, RunRow.id, RunRow.finished_at)
    ordered = question.where(*_quiet(moment)).order_by(RunRow.source_id, RunRow.id)
    given_up: list[int] = []
    of_source: list[tuple[int, datetime]] = []
    current: int | None = None
    # What was kept of the past years is looked through each night.
    streamed = ordered.execution_options(yield_per=_STREAMED)
    for source_id, run_id, finished_at in session.execute(streamed):
        if source_id != current:
            given_up += health.surplus(of_source, moment)
            current, of_source = source_id, []
        if finished_at is not None:
            of_source.append((run_id, finished_at))
    given_up += health.surplus(of_source, moment)
    return sorted(given_up)


def give_up(session: Session, run_ids: Sequence[int], moment: datetime) -> int:
    """Deletes those of these runs that are still quiet; how many. Their sightings stay,
    without the number of their run.
    """
    still = select(RunRow.id).where(RunRow.id.in_(run_ids), *_quiet(moment))
    gone = list(session.scalars(still))
    looks = update(SightingRow).where(SightingRow.run_id.in_(gone))
    unloaded = {"synchronize_session": False}
    session.execute(looks.values(run_id=None).execution_options(**unloaded))
    its = delete(RunRow).where(RunRow.id.in_(gone))
    session.execute(its.execution_options(**unloaded))
    return len(gone)
