"""Hosts of portals: whose turn it is to ask one, how long it is left alone, and which
are closed for now.

A turn is a conditional update on the host's row, so that of all threads, workers and
machines one has it. It is a lease: a holder that was killed gives nothing back, and its
host is free again by itself.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple

from sqlalchemy import (
    DateTime,
    Interval,
    Update,
    and_,
    bindparam,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningUpdate

from archive.store.rows import Base, HostRow, Moment

_HOSTS = Base.metadata.tables["hosts"]
LEASE = timedelta(minutes=6)
"""How long a turn is held at most: longer than the longest answer is waited for."""
POLL = 0.05
"""Seconds after which one looks again whether another process is done."""


@dataclass(frozen=True, slots=True)
class Manner:
    """What is kept of how a host is asked."""

    pause: float = 0.0
    """Seconds between two requests, where it has grown beyond what settings and
    robots.txt say."""
    answer_seconds: float = 0.0
    """What an answer takes, smoothed."""
    failures: int = 0
    """Requests in vain in a row."""
    closed_until: datetime | None = None
    told: str = ""
    """Why it is or was closed, in Chinese."""


@dataclass(frozen=True, slots=True)
class Busy:
    """A host that can't be asked yet."""

    seconds: float
    """After which it is worth while to try again."""
    held_by: str = ""
    """Who asks it now; empty where it rests."""


@dataclass(frozen=True, slots=True)
class Host:
    """A host as it is shown to people. Moments of turns are real, that until which it
    is closed goes by the calendar.
    """

    name: str
    manner: Manner
    held_by: str
    held_until: datetime | None
    ended_at: datetime | None
    """When it was asked last."""
    next_at: datetime | None


def take(
    session: Session, name: str, holder: str, pause: float, calendar: datetime
) -> Manner | Busy:
    """Takes the turn of a host, until `give_back` or for LEASE.

    `pause` is the least number of seconds since the end of the last request. A host
    that is closed by the calendar is not taken: its manner says until when.
    """
    told = {"host": name, "holder": holder, "calendar": calendar}
    dialect = _dialect(session)
    taking = _taking(dialect)
    taken = session.execute(taking, told | _spans(dialect, rest=pause)).first()
    if taken is not None:
        return Manner(*taken)
    row = session.get(HostRow, name)
    if row is None:
        _make(session, name)
        return Busy(0.0)
    if row.closed_until is not None and row.closed_until > calendar:
        return _manner(row)
    now = _now(session)
    if row.held_until is not None and row.held_until > now:
        return Busy(POLL, row.held_by)
    return Busy(_left(row, pause, now))


def give_back(
    session: Session, name: str, holder: str, manner: Manner, rest: float
) -> None:
    """Ends the turn of its holder; the host rests for so many seconds.

    Nothing where the turn is somebody else's by now.
    """
    dialect = _dialect(session)
    told = {"host": name, "holder": holder, **asdict(manner)}
    session.execute(_giving(dialect), told | _spans(dialect, rest=rest))


def free(session: Session, name: str, holder: str) -> None:
    """Ends the turn of a holder that is known to be dead; the pause begins now."""
    is_held = and_(HostRow.name == name, HostRow.held_by == holder)
    session.execute(
        update(HostRow)
        .where(is_held)
        .values(held_by="", held_until=None, ended_at=_now(session))
    )


def closed(session: Session, moment: datetime) -> dict[str, datetime]:
    """The hosts that are not asked at this moment of the calendar, and until when."""
    question = select(HostRow.name, HostRow.closed_until).where(
        HostRow.closed_until > moment
    )
    found = session.execute(question.order_by(HostRow.name)).all()
    return {name: until for name, until in found if until is not None}


def listed(session: Session, moment: datetime) -> list[Host]:
    """All hosts that were ever asked: those first that are closed at this moment of the
    calendar, then by failures and pause.
    """
    rows = session.scalars(select(HostRow).order_by(HostRow.name)).all()

    def in_order(row: HostRow) -> tuple[bool, int, float]:
        is_closed = row.closed_until is not None and row.closed_until > moment
        return (not is_closed, -row.failures, -row.pause)

    return [_host(row) for row in sorted(rows, key=in_order)]


def _host(row: HostRow) -> Host:
    return Host(
        row.name,
        _manner(row),
        row.held_by,
        row.held_until,
        row.ended_at,
        row.next_at,
    )


def _manner(row: HostRow) -> Manner:
    return Manner(
        row.pause, row.answer_seconds, row.failures, row.closed_until, row.told
    )


# Two statements for each request to a portal, made once. The time is the database's:
# one clock for all machines that share it. A file of SQLite is on this machine.


class _Moments(NamedTuple):
    """Moments of a statement: now, before or after a rest, at the end of the lease."""

    now: Any
    rested: Any
    next: Any
    until: Any


def _moments(dialect: str) -> _Moments:
    if dialect == "sqlite":
        told = (bindparam(name, type_=Moment()) for name in _Moments._fields)
        return _Moments(*told)
    now = func.clock_timestamp(type_=DateTime(timezone=True))
    rest = bindparam("rest", type_=Interval())
    lease = bindparam("lease", type_=Interval())
    return _Moments(now, now - rest, now + rest, now + lease)


def _spans(dialect: str, rest: float) -> dict[str, Any]:
    """The times that a statement is told."""
    span = timedelta(seconds=rest)
    if dialect != "sqlite":
        return {"rest": span, "lease": LEASE}
    now = datetime.now(UTC)
    return _Moments(now, now - span, now + span, now + LEASE)._asdict()


@cache
def _taking(dialect: str) -> ReturningUpdate[Any]:
    moments, host = _moments(dialect), _HOSTS.c
    is_free = and_(
        host.name == bindparam("host"),
        or_(host.held_until.is_(None), host.held_until <= moments.now),
        or_(host.next_at.is_(None), host.next_at <= moments.now),
        or_(host.ended_at.is_(None), host.ended_at <= moments.rested),
        or_(host.closed_until.is_(None), host.closed_until <= bindparam("calendar")),
    )
    taken = {host.held_by: bindparam("holder"), host.held_until: moments.until}
    kept = (host[one.name] for one in fields(Manner))
    return update(_HOSTS).where(is_free).values(taken).returning(*kept)


@cache
def _giving(dialect: str) -> Update:
    moments, host = _moments(dialect), _HOSTS.c
    is_mine = and_(host.name == bindparam("host"), host.held_by == bindparam("holder"))
    kept: dict[Any, Any] = {
        host[one.name]: bindparam(one.name) for one in fields(Manner)
    }
    given: dict[Any, Any] = {
        host.held_by: "",
        host.held_until: None,
        host.ended_at: moments.now,
        host.next_at: moments.next,
    }
    return update(_HOSTS).where(is_mine).values(given | kept)


def _left(row: HostRow, pause: float, now: datetime) -> float:
    """Seconds until a host may be asked that nobody asks now."""
    moments = [now]
    if row.next_at is not None:
        moments.append(row.next_at)
    if row.ended_at is not None:
        moments.append(row.ended_at + timedelta(seconds=pause))
    return (max(moments) - now).total_seconds()


def _make(session: Session, name: str) -> None:
    """The row of a host that is asked for the first time; two may do so at once."""
    insert = import_module(f"sqlalchemy.dialects.{_dialect(session)}").insert
    session.execute(insert(HostRow).values(name=name).on_conflict_do_nothing())


def _now(session: Session) -> datetime:
    """The database's time."""
    if _dialect(session) == "sqlite":
        return datetime.now(UTC)
    found: datetime = session.execute(select(func.clock_timestamp())).scalar_one()
    return found.astimezone(UTC)


def _dialect(session: Session) -> str:
    return session.get_bind().dialect.name
