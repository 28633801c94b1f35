"""How much is in the archive and how its sources are doing: what the front page and the
status page ask.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from archive.catalogue import RunKind, RunState
from archive.store import marks
from archive.store.counts import counts
from archive.store.rows import (
    FailureRow,
    RunRow,
    SourceRow,
)
from archive.store.runs import CUT_OFF

_ILL = frozenset((RunState.FAILED, RunState.INCOMPLETE))


@dataclass(frozen=True, slots=True)
class Holdings:
    """What is in the archive. Each list: (value, how many reports)."""

    agencies: int
    reports: int
    versions: int
    originals: int
    years: list[tuple[int, int]]
    sectors: list[tuple[str, int]]
    provinces: list[tuple[str, int]]
    """Six-digit code of the province, or empty where the region is not known."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a job; kind and state are values of RunKind and RunState."""

    id: int
    kind: str
    state: str
    queued_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    step: str
    done: int
    total: int
    new: int
    same: int
    changed: int
    held: int
    gone: int
    moved: int
    no_report: int
    failed: int
    listed: int | None
    expected: int | None
    reason: str

    @property
    def is_counted(self) -> bool:
        """Whether its counts say anything: who was killed has left none, and who makes
        the index anew counts none.
        """
        counts = (self.new, self.same, self.changed, self.held, self.gone, self.moved)
        if any((*counts, self.no_report, self.failed)):
            return True
        is_cut_off = self.reason == CUT_OFF or self.finished_at is None
        return not is_cut_off and self.kind != RunKind.REINDEX


@dataclass(frozen=True, slots=True)
class Failure:
    """One thing that went wrong in a run."""

    where: str
    kind: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SourceState:
    """A source with its last run and the first few things that went wrong in it."""

    id: int
    url: str
    agency: str
    family: str
    paused: bool
    last: Run | None
    failures: tuple[Failure, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """How the archive is doing."""

    originals: dict[str, int]
    """State of an original → how many."""
    findings: dict[str, int]
    """Family → how many findings in current versions that nobody has dismissed."""
    to_index: int
    """Reports waiting for the index."""
    runs: tuple[Run, ...]


def holdings(session: Session) -> Holdings:
    """Counts for the front page.

    Years, sectors and provinces without a report are left out.
    """
    known = counts(session)
    years = known.get("years", {})
    sectors = known.get("sectors", {})
    provinces = known.get("provinces", {})
    return Holdings(
        agencies=known["agencies"][""],
        reports=known["reports"][""],
        versions=known["versions"][""],
        originals=sum(known.get("originals", {}).values()),
        years=sorted(((int(year), years[year]) for year in years), reverse=True),
        # The sector with most reports first.
        sectors=sorted(sectors.items(), key=lambda pair: (-pair[1], pair[0])),
        provinces=[
            (f"{code}0000" if code else "", provinces[code])
            for code in sorted(provinces)
        ],
    )


def condition(session: Session, runs: int = 12) -> Condition:
    """Counts and the last runs for the status page."""
    last = session.scalars(select(RunRow).order_by(RunRow.id.desc()).limit(runs))
    known = counts(session)
    return Condition(
        originals=known.get("originals", {}),
        findings=known.get("findings", {}),
        to_index=marks.waiting(session),
        runs=tuple(map(_run, last)),
    )


def sources(
    session: Session, page: int = 1, size: int = 50, failures: int = 3
) -> tuple[int, list[SourceState]]:
    """How many sources there are, and a page of them with their last run.

    Those that fail come first within a page. `failures`: at most so many of each run.
    """
    is_there = SourceRow.removed_at.is_(None)
    counted = select(func.count()).select_from(SourceRow).where(is_there)
    total = session.scalar(counted) or 0
    in_order = select(SourceRow).where(is_there).order_by(SourceRow.id)
    rows = session.scalars(in_order.offset((page - 1) * size).limit(size)).all()
    newest = RunRow.id.in_([row.last_run_id for row in rows])
    runs = session.scalars(select(RunRow).where(newest))
    last = {run.source_id: run for run in runs}
    states = [_source(session, row, last.get(row.id), failures) for row in rows]
    return total, sorted(states, key=_is_well)


def _is_well(state: SourceState) -> bool:
    if state.last is None:
        return True
    if state.last.state in _ILL:
        return False
    return not state.failures


def _source(
    session: Session, row: SourceRow, run: RunRow | None, failures: int
) -> SourceState:
    return SourceState(
        id=row.id,
        url=row.url,
        agency=row.agency,
        family=row.recognised or row.family,
        paused=row.paused,
        last=_run(run) if run else None,
        failures=_failures(session, run, failures) if run and _has_failed(run) else (),
    )


def _has_failed(run: RunRow) -> bool:
    return any((run.failed, run.no_report, run.held, run.state in _ILL))


def _failures(session: Session, run: RunRow, limit: int) -> tuple[Failure, ...]:
    question = (
        select(FailureRow)
        .where(FailureRow.run_id == run.id)
        .order_by(FailureRow.id)
        .limit(limit)
    )
    return tuple(
        Failure(row.where, row.kind, row.reason, row.at)
        for row in session.scalars(question)
    )


def _run(row: RunRow) -> Run:
    return Run(
        id=row.id,
        kind=row.kind,
        state=row.state,
        queued_at=row.queued_at,
        started_at=row.started_at,
        finished_at=row.finished_at,
        step=row.step,
        done=row.done,
        total=row.total,
        new=row.new,
        same=row.same,
        changed=row.changed,
        held=row.held,
        gone=row.gone,
        moved=row.moved,
        no_report=row.no_report,
        failed=row.failed,
        listed=row.listed,
        expected=row.expected,
        reason=row.reason,
    )


def alive(session: Session) -> None:
    """Raises the database's error when it does not answer."""
    session.execute(select(1))
