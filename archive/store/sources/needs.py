"""What needs a person, the worst first: of each source its worst trouble, and what of
the archive as a whole.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, null, select
from sqlalchemy.orm import Session, joinedload

from archive.catalogue import Need, RunKind, RunState, health
from archive.store.rows import (
    AbsenceRow,
    DigestRow,
    DisappearanceRow,
    FilingRow,
    RunRow,
    SourceRow,
    VersionRow,
)
from archive.store.sources.staleness import is_stale, staleness_of

MOST_HELD = 1_000
"""Texts that wait for a decision, as far as they are told one by one."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Something that needs a person now."""

    need: Need
    key: str
    """The same as long as it is the same trouble."""
    told: str
    """What is the matter, in Chinese."""
    since: datetime | None = None
    source_id: int | None = None
    name: str = ""
    """Of the source: agency or address; of a text: agency and year."""
    url: str = ""
    group: str = ""


def of_sources(
    session: Session, moment: datetime, limit: int | None = None
) -> list[Standing]:
    """Sources that need a person, each by its worst trouble; two questions."""
    need = _need(moment)
    worst = case(
        {one.value: at for at, one in enumerate(health.OF_SOURCES)}, value=need
    )
    columns = (SourceRow, RunRow.reason, RunRow.finished_at, DisappearanceRow, need)
    question = _joined(*columns).where(need.is_not(None))
    ordered = question.order_by(worst, SourceRow.failing_since, SourceRow.id)
    rows = session.execute(ordered.limit(limit))
    return [_of_source(Need(which), moment, *row) for *row, which in rows]


def counts(session: Session, moment: datetime) -> dict[str, int]:
    """How many sources need a person for what."""
    need = _need(moment).label("need")
    question = _joined(need, func.count()).where(need.is_not(None)).group_by(need)
    found = Counter({which: count for which, count in session.execute(question)})  # noqa: C416
    return {
        one.value: found[one.value] for one in health.OF_SOURCES if found[one.value]
    }


def working(session: Session) -> frozenset[int]:
    """The sources that wait or are at work: their last word is not known yet."""
    is_open = RunRow.state.in_([RunState.QUEUED, RunState.RUNNING])
    return frozenset(session.scalars(_joined(SourceRow.id).where(is_open)))


def well(session: Session, source_ids: list[int]) -> dict[int, tuple[str, str]]:
    """Those of these sources that are there, not paused, and were well when last looked
    at: number → name and address.
    """
    found: dict[int, tuple[str, str]] = {}
    is_well = (
        SourceRow.removed_at.is_(None),
        SourceRow.paused.is_(False),
        SourceRow.failing_since.is_(None),
        RunRow.state == RunState.DONE,
    )
    for at in range(0, len(source_ids), 500):
        some = SourceRow.id.in_(source_ids[at : at + 500])
        for row in session.scalars(_joined(SourceRow).where(some, *is_well)):
            found[row.id] = (row.agency or row.url, row.url)
    return found


def _joined(*columns: Any) -> Select[Any]:
    waits = and_(
        DisappearanceRow.source_id == SourceRow.id,
        DisappearanceRow.ended_at.is_(None),
        DisappearanceRow.accepted_at.is_(None),
    )
    question = select(*columns).select_from(SourceRow)
    question = question.outerjoin(RunRow, RunRow.id == SourceRow.last_run_id)
    return question.outerjoin(DisappearanceRow, waits)


def _need(moment: datetime) -> ColumnElement[str]:
    """The worst trouble of a source, as a column; nothing for one that is well."""
    paused_itself = and_(SourceRow.paused, SourceRow.paused_why != "")
    is_over = RunRow.state == RunState.DONE
    return case(
        (SourceRow.removed_at.is_not(None), null()),
        (DisappearanceRow.id.is_not(None), Need.VANISHED.value),
        (paused_itself, Need.PAUSED.value),
        (SourceRow.paused, null()),
        (SourceRow.failing_since.is_not(None), Need.FAILING.value),
        (RunRow.state == RunState.INCOMPLETE, Need.INCOMPLETE.value),
        (and_(is_over, is_stale(moment)), Need.STALE.value),
        else_=null(),
    )


def _of_source(
    need: Need,
    moment: datetime,
    source: SourceRow,
    reason: str | None,
    finished_at: datetime | None,
    gone: DisappearanceRow | None,
) -> Standing:
    told, since, key = _first_line(reason), source.failing_since, ""
    if need is Need.VANISHED and gone is not None:
        told = f"{gone.total} 个报告网页中有 {gone.gone} 个不见，待确认是否消失"
        since, key = gone.since, str(gone.id)
    elif need is Need.PAUSED:
        told = source.paused_why
    elif need is Need.INCOMPLETE:
        # The moment is of the latest run: the trouble is the same with the next.
        since, key = finished_at, "list"
    elif need is Need.STALE:
        stale = staleness_of(source, moment)
        told, since = stale.label if stale else "", source.last_success_at
        key = stale.value if stale else ""
    key = key or (since.isoformat() if since else "")
    return Standing(
        need,
        f"{need.value}/{source.id}/{key}",
        told,
        since,
        source.id,
        source.agency or source.url,
        source.url,
        source.group,
    )


def _first_line(reason: str | None) -> str:
    return reason.splitlines()[0] if reason else ""


# Of the archive as a whole.


def of_archive(session: Session, since: datetime | None = None) -> list[Standing]:
    """What else needs a person: damage that an audit found, a digest that can't be
    sent, times without a worker that ended after `since`.
    """
    return [
        *_absences(session, since),
        *_audits(session),
        *_unsent(session),
    ]


def held(session: Session) -> list[Standing]:
    """Texts with less than the one they would replace, the newest first."""
    filing = joinedload(VersionRow.filing).joinedload(FilingRow.agency)
    question = select(VersionRow).where(VersionRow.waits != "").options(filing)
    newest = question.order_by(VersionRow.captured_at.desc(), VersionRow.id.desc())
    return [_held(row) for row in session.scalars(newest.limit(MOST_HELD))]


def _held(row: VersionRow) -> Standing:
    name = f"{row.filing.agency.name} {row.filing.year}"
    key = f"{Need.HELD.value}/{row.id}"
    return Standing(Need.HELD, key, row.waits, row.captured_at, name=name)


def _absences(session: Session, since: datetime | None) -> list[Standing]:
    if since is None:
        return []
    question = select(AbsenceRow).where(AbsenceRow.until > since)
    rows = session.scalars(question.order_by(AbsenceRow.id))
    return [absence(row.since, row.until) for row in rows]


def absence(since: datetime, until: datetime) -> Standing:
    """A time without a worker."""
    hours = (until - since).total_seconds() / 3600
    told = f"后台进程停止了 {hours:.1f} 小时，其间没有采集"
    return Standing(
        Need.WORKER, f"{Need.WORKER.value}/{since.isoformat()}", told, since
    )


def note_absence(session: Session, since: datetime, until: datetime) -> None:
    """Notes that there was no worker for a time."""
    session.add(AbsenceRow(since=since, until=until))


def _audits(session: Session) -> list[Standing]:
    """The damage that the latest audit found; nothing where it found none."""
    # An audit is of no source, and of the few such runs the index knows.
    of_all = RunRow.source_id.is_(None)
    question = select(RunRow).where(
        of_all, RunRow.kind == RunKind.AUDIT, RunRow.finished_at.is_not(None)
    )
    row = session.scalars(question.order_by(RunRow.id.desc()).limit(1)).first()
    if row is None or (row.state == RunState.DONE and not row.failed):
        return []
    told = row.reason or f"核验发现 {row.failed} 处问题"
    key = f"{Need.AUDIT.value}/{row.id}"
    return [Standing(Need.AUDIT, key, _first_line(told), row.finished_at)]


def _unsent(session: Session) -> list[Standing]:
    question = select(DigestRow).where(DigestRow.waits_for != "", DigestRow.tries > 0)
    row = session.scalars(question.order_by(DigestRow.id).limit(1)).first()
    if row is None or not row.trouble:
        return []
    key = f"{Need.UNSENT.value}/{row.id}"
    return [Standing(Need.UNSENT, key, row.trouble, row.at)]
