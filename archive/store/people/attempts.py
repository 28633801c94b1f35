"""How often a password or code may be tried: growing delays, and nobody is locked out.

Counted in one table for all processes. An attempt is counted before the password is
looked at, and the count taken back when it was right: of thirty that come at once, five
are tried.

Log-ins are counted by client and by name. Strangers who try a name make its next
attempt wait, its own person's too; so a client that was told to wait has a turn of its
own then, whatever others try meanwhile. A browser that logged in before does not wait
for strangers: it is counted by itself.

The time is the database's. A moment to come was written by a clock that was ahead: it
counts as now.
"""

from __future__ import annotations

import hashlib
import ipaddress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib import import_module
from math import ceil

from sqlalchemy import and_, delete, func, select, text, update
from sqlalchemy.orm import Session

from archive.store.rows import AttemptRow

FREE = 5
"""Attempts in vain before the first delay."""
FIRST_DELAY = timedelta(seconds=5)
"""Doubled with each further attempt."""
LONGEST_DELAY = timedelta(minutes=15)
TURN = timedelta(minutes=15)
"""How long a client that has waited may take its turn."""
FORGOTTEN = timedelta(days=1)
"""After so long without an attempt the count begins anew."""

_IPV6_CLIENT = 64
_MOST_DOUBLED = 10


@dataclass(frozen=True, slots=True)
class Attempt:
    """An attempt that may be made, already counted as failed."""

    subjects: tuple[str, ...]
    failures: int
    """The highest count of its subjects, itself included."""


@dataclass(frozen=True, slots=True)
class Wait:
    """It may not be made yet."""

    seconds: int


def client_of(address: str | None) -> str:
    """Whom an address stands for: whoever has one of IPv6 has the 2⁶⁴ beside it.

    Some proxies tell the port too, which is another one for each connection.
    """
    alone = _without_port(address or "")
    try:
        found = ipaddress.ip_address(alone.partition("%")[0])
    except ValueError:
        return "unknown"
    mapped = getattr(found, "ipv4_mapped", None)
    if mapped is not None or found.version == 4:
        return str(mapped or found)
    return str(ipaddress.ip_network((found, _IPV6_CLIENT), strict=False))


def _without_port(address: str) -> str:
    if address.startswith("["):
        return address[1:].partition("]")[0]
    host, colon, _ = address.rpartition(":")
    # More colons are an address of IPv6 without brackets.
    has_port = bool(colon) and ":" not in host
    return host if has_port else address


def delay_after(failures: int) -> timedelta:
    """How long the next attempt waits."""
    if failures < FREE:
        return timedelta()
    doubled: int = 2 ** min(failures - FREE, _MOST_DOUBLED)
    return min(FIRST_DELAY * doubled, LONGEST_DELAY)


def log_in(session: Session, address: str | None, name: str) -> Attempt | Wait:
    """Asks for an attempt to log in by this name from this address."""
    client, by_name = f"client {client_of(address)}", _of_name(name)
    now = _now(session)
    row = _locked(session, client, now)
    wait = _wait_of(row, now)
    if wait:
        return Wait(wait)
    turn = _turn_of(client, name)
    name_row = _locked(session, by_name, now)
    wait = _wait_of(name_row, now)
    if wait and not _has_turn(session, turn, now):
        return Wait(_until_turn(session, turn, now, wait))
    session.execute(delete(AttemptRow).where(AttemptRow.subject == turn))
    return _count((row, name_row), now)


def by_itself(session: Session, subject: str) -> Attempt | Wait:
    """Asks for an attempt that no stranger can make: in a browser that logged in
    before (`device …`), with a code, with one's own password (`code …`, `own …`).
    """
    now = _now(session)
    row = _locked(session, subject, now)
    wait = _wait_of(row, now)
    if wait:
        return Wait(wait)
    return _count((row,), now)


def was_right(session: Session, attempt: Attempt) -> None:
    """Takes back what was counted; the count of a name begins anew.

    That of a client does not: who has an account could try others' without end.
    """
    for subject in sorted(attempt.subjects):
        row = session.get(AttemptRow, subject, with_for_update=True)
        if row is None:
            continue
        is_client = subject.startswith("client ")
        row.failures = max(row.failures - 1, 0) if is_client else 0


def forget_name(session: Session, name: str) -> None:
    """The count of a name begins anew: its person has proved to be it otherwise."""
    session.execute(delete(AttemptRow).where(AttemptRow.subject == _of_name(name)))


def tidy(session: Session) -> None:
    """Deletes what is forgotten, and brings to now what a clock ahead has written; in
    a transaction of its own, before an attempt.
    """
    now = _now(session)
    is_turn = AttemptRow.subject.startswith("turn ")
    is_past_use = and_(is_turn, AttemptRow.at > now + LONGEST_DELAY)
    is_old = AttemptRow.at < now - FORGOTTEN
    session.execute(delete(AttemptRow).where(is_old | is_past_use))
    is_ahead = and_(~is_turn, AttemptRow.at > now)
    session.execute(update(AttemptRow).where(is_ahead).values(at=now))


def failures_of_name(session: Session, name: str) -> int:
    """How often a name was tried in vain lately."""
    row = session.get(AttemptRow, _of_name(name))
    return row.failures if row else 0


def _of_name(name: str) -> str:
    return f"name {_digest(name)}"


def _turn_of(client: str, name: str) -> str:
    return f"turn {_digest(f'{client} {name}')}"


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()


def _now(session: Session) -> datetime:
    """The database's time: one clock for all machines."""
    if session.get_bind().dialect.name == "sqlite":
        told = session.scalar(text("SELECT strftime('%Y-%m-%dT%H:%M:%f', 'now')"))
        return datetime.fromisoformat(str(told)).replace(tzinfo=UTC)
    found: datetime = session.execute(select(func.clock_timestamp())).scalar_one()
    return found.astimezone(UTC)


def _locked(session: Session, subject: str, now: datetime) -> AttemptRow:
    """The row of a subject, made where there is none; others wait for this
    transaction's end.
    """
    dialect = session.get_bind().dialect.name
    insert = import_module(f"sqlalchemy.dialects.{dialect}").insert
    row = insert(AttemptRow).values(subject=subject, failures=0, at=now)
    session.execute(row.on_conflict_do_nothing())
    found = session.get_one(AttemptRow, subject, with_for_update=True)
    if found.at > now:
        found.at = now
    if found.at < now - FORGOTTEN:
        found.failures = 0
    return found


def _wait_of(row: AttemptRow, now: datetime) -> int:
    """Seconds until the next attempt may be made."""
    left = row.at + delay_after(row.failures) - now
    return max(ceil(left.total_seconds()), 0)


def _has_turn(session: Session, turn: str, now: datetime) -> bool:
    """Whether a client was told to wait for a name, and has waited."""
    row = session.get(AttemptRow, turn)
    return row is not None and row.at <= now <= row.at + TURN


def _until_turn(session: Session, turn: str, now: datetime, wait: int) -> int:
    """Seconds until a client has its turn, which it gets now if it had none."""
    row = session.get(AttemptRow, turn)
    is_waiting = row is not None and now < row.at <= now + LONGEST_DELAY
    if row is None:
        row = AttemptRow(subject=turn, failures=0)
        session.add(row)
    if not is_waiting:
        row.at = now + timedelta(seconds=wait)
        session.flush()
    return ceil((row.at - now).total_seconds())


def _count(rows: tuple[AttemptRow, ...], now: datetime) -> Attempt:
    for row in rows:
        row.failures, row.at = row.failures + 1, now
    subjects = tuple(row.subject for row in rows)
    return Attempt(subjects, max(row.failures for row in rows))
