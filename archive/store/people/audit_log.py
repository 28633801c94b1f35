"""The audit log: who did what. Each line carries a hash of itself and of the line
before, so that none can be changed, taken out or put in unseen.

A line is written in the transaction of the act it tells of: there is no act without its
line, and no line of an act that failed. Writers take turns on the row of the last line,
which also shows when lines were cut off at the end. The database itself refuses to
change or delete lines (triggers of revision 0009). Who may drop those and recompute the
whole chain is not held up: an end that was written down elsewhere shows that too.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import Session

from archive.catalogue import Act
from archive.report import storable
from archive.store.rows import AuditEndRow, AuditRow

PAGE = 50
"""Lines on a page."""
BEGINNING = "0" * 64
"""The hash before the first line."""
COMMAND = "command"
"""Stands for the address where somebody acted on the command line."""

_MOST_OF_SUBJECT, _MOST_OF_DETAIL = 200, 500
_BATCH = 1000


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts."""

    name: str
    """Of the account; of a command the user of the operating system."""
    address: str
    account_id: int | None = None


def note(
    session: Session, actor: Actor, act: Act, subject: str = "", detail: str = ""
) -> None:
    """Adds a line; to be called in the transaction of the act, as its last step."""
    number, before = _take_turn(session)
    line = AuditRow(
        number=number,
        at=datetime.now(UTC),
        account_id=actor.account_id,
        actor=storable(actor.name),
        address=storable(actor.address),
        action=act.value,
        # What is typed into a form can be of any length.
        subject=storable(subject)[:_MOST_OF_SUBJECT],
        detail=storable(detail)[:_MOST_OF_DETAIL],
    )
    line.hash = _hash_of(line, before)
    session.add(line)
    session.flush()
    session.execute(update(AuditEndRow).values(hash=line.hash))


def _take_turn(session: Session) -> tuple[int, str]:
    """The number of the next line, and the hash of the last.

    Others wait here until this transaction ends.
    """
    # First of all a write: on both databases it locks the row before it is read.
    session.execute(update(AuditEndRow).values(number=AuditEndRow.number + 1))
    end = session.execute(select(AuditEndRow.number, AuditEndRow.hash)).one()
    return end.number, end.hash


def _hash_of(line: AuditRow, before: str) -> str:
    """SHA-256 of a line and of the hash before it. The form never changes."""
    told = [
        before,
        line.number,
        line.at.astimezone(UTC).isoformat(),
        line.account_id,
        line.actor,
        line.address,
        line.action,
        line.subject,
        line.detail,
    ]
    written = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class BrokenLine:
    """The first line at which the chain does not hold."""

    number: int
    why: str
    """In English, for the command line."""


def first_broken(session: Session) -> BrokenLine | None:
    """The first line that was changed, taken out or put in; None when all is well.

    Lines may be added meanwhile.
    """
    if not _has_one_end(session):
        # Lost by itself or taken away: either way nobody can tell what is missing.
        return BrokenLine(
            _newest(session) + 1,
            "may have been cut off: which was the last is no longer noted",
        )
    end_number, end_hash = end_of(session)
    question = select(AuditRow).where(AuditRow.number <= end_number)
    in_order = question.order_by(AuditRow.number)
    number, last = 0, BEGINNING
    with closing(session.scalars(in_order.execution_options(yield_per=_BATCH))) as rows:
        for line in rows:
            number += 1
            if line.number != number:
                return BrokenLine(number, "is missing")
            if line.hash != _hash_of(line, last):
                return BrokenLine(
                    number, "was changed, or the line before it exchanged"
                )
            last = line.hash
            session.expunge(line)
    if number < end_number:
        return BrokenLine(number + 1, "is missing at the end")
    if last != end_hash:
        return BrokenLine(number, "was exchanged at the end")
    if _newest(session) > end_of(session)[0]:
        return BrokenLine(end_number + 1, "was put in at the end")
    return None


def _has_one_end(session: Session) -> bool:
    return session.scalar(select(func.count()).select_from(AuditEndRow)) == 1


def _newest(session: Session) -> int:
    """The highest number of a line; 0 where there is none."""
    return session.scalar(select(func.max(AuditRow.number))) or 0


def end_of(session: Session) -> tuple[int, str]:
    """Number and hash of the last line."""
    end = session.execute(select(AuditEndRow.number, AuditEndRow.hash)).one()
    return end.number, end.hash


@dataclass(frozen=True, slots=True)
class AuditWish:
    """Which lines somebody wants to see; what is empty does not matter."""

    actor: str = ""
    action: str = ""
    subject: str = ""
    """Part of the subject or of the detail."""
    since: datetime | None = None
    until: datetime | None = None


def lines(
    session: Session, wish: AuditWish, page: int = 1
) -> tuple[Sequence[AuditRow], int]:
    """A page of lines, the latest first, and how many there are in all."""
    question = _question(wish)
    count = session.scalar(select(func.count()).select_from(question.subquery()))
    latest = question.order_by(AuditRow.number.desc())
    shown = session.scalars(latest.limit(PAGE).offset((page - 1) * PAGE)).all()
    return shown, count or 0


def _question(wish: AuditWish) -> Select[AuditRow]:
    question = select(AuditRow)
    if wish.actor:
        question = question.where(AuditRow.actor == wish.actor)
    if wish.action:
        question = question.where(AuditRow.action == wish.action)
    if wish.subject:
        is_named = AuditRow.subject.icontains(wish.subject, autoescape=True)
        is_told = AuditRow.detail.icontains(wish.subject, autoescape=True)
        question = question.where(is_named | is_told)
    if wish.since:
        question = question.where(AuditRow.at >= wish.since)
    if wish.until:
        question = question.where(AuditRow.at < wish.until)
    return question


def acts_of(session: Session, account_id: int, limit: int = 20) -> Sequence[AuditRow]:
    """The latest lines of one person."""
    question = select(AuditRow).where(AuditRow.account_id == account_id)
    return session.scalars(question.order_by(AuditRow.number.desc()).limit(limit)).all()
