"""The schedule of sources: which are due, and what the end of a run says of the next.

This is the one place where a run leaves its mark on its source.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Sequence
from datetime import datetime

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session, aliased

from archive.catalogue import RunKind, RunState, schedule
from archive.store import runs
from archive.store.rows import PageRow, RunRow, SourceRow

_ADVISORY_LOCK = 0x44554553
"""Any fixed number: two workers on one PostgreSQL look for due sources in turn."""
_LONGEST_REASON = 200
_AT_WORK = (RunState.QUEUED, RunState.RUNNING)


def queue_due(
    session: Session, moment: datetime, closed: Container[str] = ()
) -> list[int]:
    """Queues a run for every source whose time has come; their numbers, the longest due
    first.

    Not for paused or removed ones, those for which one waits or works already, and
    those on a host that is left alone for a while (`closed`).
    """
    if session.get_bind().dialect.name == "postgresql":
        # SQLite admits one writer anyhow. Held to the end of the transaction.
        session.execute(text(f"SELECT pg_advisory_xact_lock({_ADVISORY_LOCK})"))
    due = [number for number, host in _due(session, moment) if host not in closed]
    if not due:
        return []
    return runs.queue_collecting(session, due, scheduled=True)


def _due(session: Session, moment: datetime) -> list[tuple[int, str]]:
    """Sources whose time has come, with their hosts, the longest due first."""
    at_work = select(RunRow.source_id).where(
        RunRow.state.in_(_AT_WORK),
        RunRow.kind == RunKind.COLLECT,
        RunRow.source_id.is_not(None),
    )
    is_due = SourceRow.due_at.is_(None) | (SourceRow.due_at <= moment)
    question = select(SourceRow.id, SourceRow.host).where(
        SourceRow.removed_at.is_(None),
        SourceRow.paused.is_(False),
        is_due,
        SourceRow.id.not_in(at_work),
    )
    never_first = SourceRow.due_at.is_not(None)
    ordered = question.order_by(never_first, SourceRow.due_at, SourceRow.id)
    return [(number, host) for number, host in session.execute(ordered)]


def next_run(
    session: Session, closed: Collection[str] = (), tried: Collection[int] = ()
) -> int | None:
    """The waiting run that is to be begun next; None where none can be begun.

    What people asked for comes first, then what the schedule wants, the longest due
    first. A run whose host another one is at comes later, and one of the schedule also
    while its host is left alone (`closed`); those `tried` are not looked at.
    """
    other = aliased(RunRow)
    is_there = (other.state == RunState.RUNNING) & (other.host != "")
    busy = select(other.host).where(is_there)
    question = select(RunRow.id).outerjoin(SourceRow, RunRow.source_id == SourceRow.id)
    is_open = RunRow.scheduled.is_(False) | runs.HOST.not_in(closed)
    waiting = question.where(
        RunRow.state == RunState.QUEUED,
        RunRow.kind.in_(runs.WORKED_KINDS),
        RunRow.id.not_in(tried),
        runs.HOST.not_in(busy),
        is_open,
    )
    return session.scalar(waiting.order_by(RunRow.scheduled, RunRow.id).limit(1))


def in_the_way(session: Session, source_id: int) -> Sequence[RunRow]:
    """Runs at work, in the database, on a source or at its host."""
    host = session.scalar(select(SourceRow.host).where(SourceRow.id == source_id))
    is_there = RunRow.source_id == source_id
    if host:
        is_there |= RunRow.host == host
    question = select(RunRow).where(RunRow.state == RunState.RUNNING, is_there)
    return session.scalars(question.order_by(RunRow.id)).all()


def note_end(
    session: Session, run_id: int, moment: datetime, is_its_fault: bool = True
) -> None:
    """What the end of a run says of its source: when it is due again, and how it does.

    A run that failed counts against its source only where that is at fault, and not
    our program, or somebody who stopped it. After five in a row the source pauses
    itself, and says so.
    """
    run = session.get_one(RunRow, run_id)
    if run.kind != RunKind.COLLECT or run.source_id is None:
        return
    source = session.get_one(SourceRow, run.source_id)
    if run.state != RunState.FAILED:
        _note_success(session, source, run, moment)
    elif is_its_fault:
        _note_failure(source, run.reason, moment)
    else:
        # Soon, but not so soon that a mistake of ours would keep coming back.
        source.due_at = schedule.retry_at(2, moment)
    session.flush()


def _note_success(
    session: Session, source: SourceRow, run: RunRow, moment: datetime
) -> None:
    source.failures, source.failing_since = 0, None
    source.last_success_at = moment
    if run.new:
        source.last_new_at = moment
    due = schedule.next_visit(source.id, source.season_hours, source.rest_hours, moment)
    retry = _next_retry(session, source.id)
    if retry is not None:
        # One that this run did not come to is no reason to come back at once.
        due = min(due, max(retry, schedule.retry_at(1, moment)))
    source.due_at = due


def _next_retry(session: Session, source_id: int) -> datetime | None:
    """When the first page that did not answer is asked for again; None without one."""
    question = select(func.min(PageRow.ask_after)).where(
        PageRow.source_id == source_id,
        PageRow.failures > 0,
        PageRow.gone_at.is_(None),
        PageRow.moved_to_id.is_(None),
    )
    return session.scalar(question)


def _note_failure(source: SourceRow, reason: str, moment: datetime) -> None:
    source.failures += 1
    source.failing_since = source.failing_since or moment
    source.due_at = schedule.retry_at(source.failures, moment)
    if source.failures < schedule.PATIENT_FAILURES or source.paused:
        return
    since = source.failing_since.astimezone(schedule.CHINA)
    source.paused = True
    source.paused_why = (
        f"自 {since:%Y-%m-%d %H:%M} 起未能采集，已连续失败 {source.failures} 次，"
        f"自动暂停。最近一次的原因：{reason[:_LONGEST_REASON]}"
    )


def health_of(source: SourceRow) -> dict[str, str | int | None]:
    """When a source is looked at again and how it does, as plain data in UTC."""
    moments = {
        "due_at": None if source.paused or source.removed_at else source.due_at,
        "failing_since": source.failing_since,
        "last_success_at": source.last_success_at,
        "last_new_at": source.last_new_at,
    }
    told = {name: one.isoformat() if one else None for name, one in moments.items()}
    return {**told, "failures": source.failures, "paused_why": source.paused_why}
