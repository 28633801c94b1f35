"""The audit log: who did what. Each line carries a hash of itself and of the line
before, so that none can be changed, taken out or put in unseen. (The numbers of rows,
`id`, say nothing, and are in no hash.)

A line is written in the transaction of the act it tells of: there is no act without its
line, and no line of an act that failed. Writers take turns on the row of the last line,
which also shows when lines were cut off at the end. The database itself refuses to
change or delete lines (triggers of revision 0009). Who may drop those and write the end
too can recompute the whole chain, cut it at the end or begin anew: a line that was
written down elsewhere shows that.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Select, func, select, update
from sqlalchemy.exc import OperationalError
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
_NO_TEXT = "Could not decode"
"""SQLite's driver of bytes that are no UTF-8."""


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
            _count(session) + 1,
            "may have been cut off: which was the last is no longer noted",
        )
    end_number, end_hash = end_of(session)
    number, last = 0, BEGINNING
    for line in _in_order(session, end_number):
        number += 1
        if line is None:
            return BrokenLine(number, "can't be read")
        if line.number != number:
            return BrokenLine(number, "is missing")
        if not _fits(line, last):
            return BrokenLine(number, "was changed, or the line before it exchanged")
        last = line.hash
    if number != end_number:
        return BrokenLine(number + 1, "is missing at the end")
    if last != end_hash:
        return BrokenLine(number, "was exchanged at the end")
    if _has_more(session):
        return BrokenLine(end_number + 1, "was put in at the end")
    return None


def is_line(session: Session, number: int, written_down: str) -> bool:
    """Whether a line still has the hash that was written down elsewhere."""
    is_it = AuditRow.number == number, AuditRow.hash == written_down
    return bool(session.scalar(select(func.count()).where(*is_it)))


def _in_order(session: Session, end_number: int) -> Iterator[AuditRow | None]:
    """All lines up to a number; the first that can't be read is None, and the last."""
    question = select(AuditRow).where(AuditRow.number <= end_number)
    in_order = question.order_by(AuditRow.number).limit(_BATCH)
    following, batch = in_order, _BATCH
    while True:
        lines = _readable(session, following)
        if lines is None and batch == 1:
            yield None
            return
        if lines is None:
            # One of them can't: which one shows when they are read singly.
            batch, following = 1, following.limit(1)
            continue
        yield from lines
        if len(lines) < batch:
            return
        following = in_order.where(AuditRow.number > lines[-1].number).limit(batch)


def _readable(
    session: Session, question: Select[AuditRow]
) -> Sequence[AuditRow] | None:
    """What a question finds; None where SQLite holds what is no moment or no text.

    Its columns take anything from whoever writes past the program.
    """
    try:
        lines = session.scalars(question).all()
    except (TypeError, ValueError):
        return None
    except OperationalError as trouble:
        if _NO_TEXT not in str(trouble.orig):
            raise
        return None
    session.expunge_all()
    return lines


def _fits(line: AuditRow, before: str) -> bool:
    """Whether a line is as it was written, after the line with that hash."""
    try:
        return line.hash == _hash_of(line, before)
    # Bytes where text should be.
    except TypeError:
        return False


def _has_one_end(session: Session) -> bool:
    return session.scalar(select(func.count()).select_from(AuditEndRow)) == 1


def _count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(AuditRow)) or 0


def _has_more(session: Session) -> bool:
    """Whether there are lines behind the last; others may write meanwhile."""
    is_behind = AuditRow.number > select(AuditEndRow.number).scalar_subquery()
    return bool(session.scalar(select(func.count(AuditRow.id)).where(is_behind)))


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
