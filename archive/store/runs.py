"""Runs of jobs and commands, with all that went wrong in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, case, exists, func, insert, select, update
from sqlalchemy.orm import Session, aliased

from archive.catalogue import RunKind, RunState
from archive.store.rows import FailureRow, RunRow, SourceRow
from archive.webpage import host_key

WORKED_KINDS = (RunKind.COLLECT, RunKind.FIND, RunKind.REBUILD, RunKind.REINDEX)
"""Kinds of runs that a worker takes from the queue."""


SILENCE = timedelta(seconds=45)
"""A run without a sign of life for so long was killed, or lost its database: whoever
performs one gives a sign every few seconds, also while a page takes minutes.
"""
AT_ONCE = 500
"""Numbers or keys in a statement; databases bound them."""
CUT_OFF = "中断，再次运行即可继续。"


def now() -> datetime:
    """This moment, in UTC and aware of it."""
    return datetime.now(UTC)


def queue_run(
    session: Session,
    kind: str,
    source_id: int | None = None,
    account_id: int | None = None,
    readers: str = "",
    subject: str = "",
) -> RunRow:
    """A run waiting for a worker.

    The one already waiting for the same source, or to search from the same address, is
    returned instead.
    """
    # Two clicks on a button, or a timer and a click, are one run.
    waiting = select(RunRow).where(
        RunRow.kind == kind,
        RunRow.source_id == source_id,
        RunRow.subject == subject,
        RunRow.state == RunState.QUEUED,
    )
    is_of_something = source_id is not None or bool(subject)
    run = session.scalar(waiting.limit(1)) if is_of_something else None
    if run is not None:
        # Somebody asks now: for everything, and before what the schedule wants.
        run.scheduled = False
    else:
        run = RunRow(
            kind=kind,
            source_id=source_id,
            account_id=account_id,
            readers=readers,
            subject=subject,
            host=host_key(subject),
            state=RunState.QUEUED,
            queued_at=now(),
        )
        session.add(run)
        session.flush()
        _note_latest(session, run)
    return run


def _note_latest(session: Session, run: RunRow) -> None:
    """Notes a run of collecting with its source: lists of sources show the latest."""
    if run.kind == RunKind.COLLECT and run.source_id is not None:
        session.get_one(SourceRow, run.source_id).last_run_id = run.id
        session.flush()


def queue_collecting(
    session: Session,
    source_ids: Sequence[int],
    account_id: int | None = None,
    scheduled: bool = False,
) -> list[int]:
    """A waiting run for each of these sources, in a few statements however many.

    Sources for which one waits already keep that one; the numbers of all. `scheduled`:
    the schedule wants them, and nobody else.
    """
    is_waiting = (RunRow.kind == RunKind.COLLECT, RunRow.state == RunState.QUEUED)
    found = session.execute(
        select(RunRow.source_id, RunRow.id).where(*is_waiting)
    ).all()
    waiting = {source_id: run_id for source_id, run_id in found}  # noqa: C416
    missing = [one for one in source_ids if one not in waiting]
    if missing:
        rows = [_waiting(source_id, account_id, scheduled) for source_id in missing]
        session.execute(insert(RunRow), rows)
    if not scheduled:
        _want_now(session, [waiting[one] for one in source_ids if one in waiting])
    if missing:
        _note_waiting(session, is_waiting)
    wanted = set(source_ids)
    # Put in order here: to have them ordered, PostgreSQL walks through all runs.
    queued = select(RunRow.id, RunRow.source_id).where(*is_waiting)
    return sorted(run_id for run_id, one in session.execute(queued) if one in wanted)


def _note_waiting(session: Session, is_waiting: Sequence[ColumnElement[bool]]) -> None:
    """Sources have what waits for them as their latest run, unless a later one came.

    One statement: asked for each source by itself, its runs of years were gone through.
    """
    waiting = select(RunRow.source_id, func.max(RunRow.id).label("run_id"))
    latest = waiting.where(*is_waiting).group_by(RunRow.source_id).subquery()
    is_later = latest.c.run_id > func.coalesce(SourceRow.last_run_id, 0)
    question = update(SourceRow).where(SourceRow.id == latest.c.source_id, is_later)
    session.execute(question.values(last_run_id=latest.c.run_id))


def _want_now(session: Session, run_ids: Sequence[int]) -> None:
    """Somebody asks for what the schedule wanted: for everything, and at once."""
    for at in range(0, len(run_ids), AT_ONCE):
        some = RunRow.id.in_(run_ids[at : at + AT_ONCE])
        session.execute(update(RunRow).where(some).values(scheduled=False))


def _waiting(source_id: int, account_id: int | None, scheduled: bool) -> dict[str, Any]:
    return {
        "kind": RunKind.COLLECT,
        "source_id": source_id,
        "account_id": account_id,
        "scheduled": scheduled,
        "state": RunState.QUEUED,
        "queued_at": now(),
    }


def to_go_on(session: Session, kind: str, readers: str) -> tuple[int, int] | None:
    """The latest run of that kind, and how many it has done, if it did not come to its
    end and worked with the same readers.
    """
    question = select(RunRow).where(RunRow.kind == kind).order_by(RunRow.id.desc())
    run = session.scalar(question.limit(1))
    if run is None or run.state == RunState.DONE or run.readers != readers:
        return None
    return (run.id, run.done) if 0 < run.done < run.total else None


def go_on(session: Session, run_id: int, readers: str) -> int:
    """With how many done a run goes on; none where it worked with other readers."""
    run = session.get_one(RunRow, run_id)
    done = run.done if run.readers == readers else 0
    run.readers = readers
    return done


def end_silent_runs(session: Session, kind: str) -> None:
    """Ends runs of commands that were killed, at their last sign of life: they could
    not say so themselves.
    """
    is_silent = RunRow.beat_at < now() - SILENCE
    session.execute(
        update(RunRow)
        .where(RunRow.kind == kind, RunRow.state == RunState.RUNNING, is_silent)
        .values(state=RunState.FAILED, finished_at=RunRow.beat_at, reason=CUT_OFF)
    )


def silent_runs(session: Session) -> Sequence[RunRow]:
    """Runs at work in the database that have not given a sign of life for long."""
    question = select(RunRow).where(
        RunRow.state == RunState.RUNNING, RunRow.beat_at < now() - SILENCE
    )
    return session.scalars(question.order_by(RunRow.id)).all()


def beat(session: Session, run_id: int) -> None:
    """A sign of life of a run at work."""
    session.execute(
        update(RunRow)
        .where(RunRow.id == run_id, RunRow.state == RunState.RUNNING)
        .values(beat_at=now())
    )


def take_up(session: Session, run_id: int, is_dead: bool = False) -> bool:
    """A silent run waits again, or one known to be dead; False where it lives after
    all, or is over.
    """
    is_at_work = (RunRow.id == run_id) & (RunRow.state == RunState.RUNNING)
    question = update(RunRow).where(is_at_work)
    if not is_dead:
        question = question.where(RunRow.beat_at < now() - SILENCE)
    taken = session.execute(question.values(state=RunState.QUEUED, step=""))
    return taken.rowcount == 1  # type: ignore[attr-defined, no-any-return]


HOST = case(
    (RunRow.kind == RunKind.COLLECT, func.coalesce(SourceRow.host, "")),
    else_=RunRow.host,
)
"""The host that a waiting run will ask; empty where it asks none. Beside its source."""


def start_run(session: Session, run_id: int) -> bool:
    """Takes a queued run and its host; False when somebody else has it, it is over, or
    another run is at that host.
    """
    of_source = RunRow.source_id == SourceRow.id
    asks = select(HOST).select_from(RunRow).outerjoin(SourceRow, of_source)
    host = session.scalar(asks.where(RunRow.id == run_id)) or ""
    other = aliased(RunRow)
    is_there = (other.state == RunState.RUNNING) & (other.host == host)
    is_taken = exists().where(is_there, other.host != "")
    question = update(RunRow).where(
        RunRow.id == run_id, RunRow.state == RunState.QUEUED, ~is_taken
    )
    moment = now()
    # One statement, so that of two workers only one finds it queued. Two at one host at
    # the very same moment the unique index keeps apart (PostgreSQL).
    values = {"state": RunState.RUNNING, "started_at": moment, "beat_at": moment}
    taken = session.execute(question.values(**values, reason="", host=host))
    return taken.rowcount == 1  # type: ignore[attr-defined, no-any-return]


def tell_progress(
    session: Session, run_id: int, done: int, total: int, step: str
) -> None:
    session.execute(
        update(RunRow)
        .where(RunRow.id == run_id)
        .values(done=done, total=total, step=step, beat_at=now())
    )


def finish_run(
    session: Session,
    run_id: int,
    tally: Mapping[str, int | None],
    reason: str = "",
    incomplete: str = "",
) -> None:
    """Ends a run: done, failed when there is a reason, or incomplete.

    `tally`: the columns of the row that count something. `incomplete`: why the list was
    not whole.
    """
    state = RunState.INCOMPLETE if incomplete else RunState.DONE
    if reason:
        state = RunState.FAILED
    reason = reason or incomplete
    session.execute(
        update(RunRow)
        .where(RunRow.id == run_id)
        .values(state=state, finished_at=now(), reason=reason, step="", **tally)
    )


def put_back_run(session: Session, run_id: int) -> None:
    """A run that could not go on waits again; not one that has come to its end."""
    ended = (RunState.DONE, RunState.INCOMPLETE)
    session.execute(
        update(RunRow)
        .where(RunRow.id == run_id, RunRow.state.not_in(ended))
        .values(state=RunState.QUEUED, step="")
    )


def unfinished_runs(
    session: Session, kinds: Sequence[str] = WORKED_KINDS
) -> Sequence[RunRow]:
    """Runs that wait, or were running when a worker was killed."""
    question = select(RunRow).where(
        RunRow.state.in_([RunState.QUEUED, RunState.RUNNING]), RunRow.kind.in_(kinds)
    )
    return session.scalars(question.order_by(RunRow.id)).all()


def waiting_runs(session: Session, age: timedelta) -> Sequence[RunRow]:
    """Runs that nobody has taken for so long."""
    question = select(RunRow).where(
        RunRow.state == RunState.QUEUED, RunRow.queued_at < now() - age
    )
    return session.scalars(question.order_by(RunRow.id)).all()


def is_scheduled(session: Session, run_id: int) -> bool:
    """Whether the schedule wanted a run: it asks only for what is due."""
    return session.get_one(RunRow, run_id).scheduled


def kind_of_run(session: Session, run_id: int) -> tuple[str, int | None] | None:
    """What kind of run it is, and of which source; None where there is no such run."""
    run = session.get(RunRow, run_id)
    return (run.kind, run.source_id) if run else None


def ended_as(session: Session, run_id: int) -> dict[str, str | int | None]:
    """What a run was and how it ended, as the log tells it."""
    run = session.get_one(RunRow, run_id)
    return {"kind": run.kind, "source": run.source_id, "state": run.state}


def note_failure(
    session: Session, run_id: int, where: str, kind: str, reason: str
) -> None:
    session.add(
        FailureRow(run_id=run_id, where=where, kind=kind, reason=reason, at=now())
    )
