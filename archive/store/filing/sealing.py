"""Days that are over: which sightings are leaves of their trees, and what was answered
by the authority of time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from functools import cache
from typing import NamedTuple

from sqlalchemy import Select, bindparam, func, select, update
from sqlalchemy.orm import Session

from archive.store.database import plain_rows
from archive.store.filing.looks import Look, looks_where
from archive.store.rows import Base, DayRow, SightingRow

_SIGHTINGS = Base.metadata.tables[SightingRow.__tablename__]
_BATCH = 1000


@dataclass(frozen=True, slots=True)
class Day:
    """A sealed day."""

    day: str
    count: int
    before: str
    root: str
    sealed_at: datetime
    token: bytes = b""
    """Of the authority; empty where there is none (yet)."""
    authority: str = ""
    stamped_at: datetime | None = None
    trouble: str = ""


class Stock(NamedTuple):
    """How far the days are sealed, for people."""

    last: str
    """The last sealed day; empty where there is none."""
    stamped: str
    """The last one with a time stamp."""
    trouble: str
    """Why the last one has none, where that failed."""


def oldest_unsealed(session: Session) -> datetime | None:
    """When the first sighting was made that is in no tree yet."""
    question = select(func.min(SightingRow.at)).where(SightingRow.sealed_on == "")
    return session.scalar(question)


def unsealed(session: Session, before: datetime) -> Iterator[Look]:
    """The sightings of before a moment that are in no tree, in order."""
    yield from looks_where(
        session, SightingRow.sealed_on == "", SightingRow.at < before
    )


def of_day(session: Session, day: str) -> Iterator[Look]:
    """The sightings in the tree of a day, in the order of its leaves."""
    yield from looks_where(session, SightingRow.sealed_on == day)


def leaves_of(session: Session, day: str) -> list[tuple[int, str]]:
    """Number and hash of each leaf of a day, without that of the day before."""
    question = select(SightingRow.id, SightingRow.leaf).where(
        SightingRow.sealed_on == day
    )
    rows = session.execute(question.order_by(SightingRow.id))
    return [(number, leaf) for number, leaf in rows]


def seal(session: Session, day: Day, leaves: Sequence[tuple[int, str]]) -> None:
    """Notes a day, and on each of its sightings that it is in its tree."""
    session.add(DayRow(**{**asdict(day), "token": day.token or None}))
    session.flush()
    marked = update(_SIGHTINGS).where(_SIGHTINGS.c.id == bindparam("number"))
    marked = marked.values(sealed_on=day.day, leaf=bindparam("hash"))
    for begin in range(0, len(leaves), _BATCH):
        batch = leaves[begin : begin + _BATCH]
        told = [{"number": number, "hash": leaf} for number, leaf in batch]
        session.execute(marked, told)


def named_days(session: Session) -> list[str]:
    """The days whose trees sightings say they are in."""
    question = select(SightingRow.sealed_on).where(SightingRow.sealed_on != "")
    return list(session.scalars(question.distinct()))


def days(session: Session) -> list[Day]:
    """All sealed days, the first one first."""
    return list(map(_day, session.scalars(select(DayRow).order_by(DayRow.day))))


def last_day(session: Session) -> Day | None:
    """The last sealed day."""
    found = session.scalar(select(DayRow).order_by(DayRow.day.desc()).limit(1))
    return None if found is None else _day(found)


def day_of(session: Session, day: str) -> Day | None:
    """A sealed day."""
    found = session.get(DayRow, day)
    return None if found is None else _day(found)


def day_after(session: Session, day: str) -> Day | None:
    """The day whose tree has the root of this one as its first leaf."""
    question = select(DayRow).where(DayRow.before == day)
    found = session.scalar(question.limit(1))
    return None if found is None else _day(found)


def sealed_with(session: Session, digest: str) -> str:
    """The first sealed day on which an original was seen; empty where there is none."""
    ((day,),) = plain_rows(session, _first_sealed(), {"digest": digest})
    return day or ""


@cache
def _first_sealed() -> Select[str]:
    """The first day, sealed, on which an original was seen."""
    return select(func.min(SightingRow.sealed_on)).where(
        SightingRow.digest == bindparam("digest"), SightingRow.sealed_on != ""
    )


def without_token(session: Session, most: int) -> list[Day]:
    """Days that no authority has stamped, the newest first."""
    question = select(DayRow).where(DayRow.token.is_(None))
    newest = question.order_by(DayRow.day.desc()).limit(most)
    return list(map(_day, session.scalars(newest)))


def note_token(
    session: Session, day: str, token: bytes, authority: str, moment: datetime
) -> None:
    """Notes what the authority has answered, and its certificates."""
    row = session.get_one(DayRow, day)
    row.token, row.authority = token, authority
    row.stamped_at, row.trouble = moment, ""


def note_trouble(session: Session, day: str, trouble: str) -> None:
    """Notes why a day could not be stamped."""
    session.get_one(DayRow, day).trouble = trouble


def stock(session: Session) -> Stock:
    """How far the days are sealed and stamped."""
    last = select(DayRow.day, DayRow.trouble).order_by(DayRow.day.desc()).limit(1)
    stamped = select(func.max(DayRow.day)).where(DayRow.token.is_not(None))
    newest = session.scalar(stamped)
    found = session.execute(last).first()
    if found is None:
        return Stock("", "", "")
    return Stock(found.day, newest or "", found.trouble)


_NAMES = [one.name for one in fields(Day)]


def _day(row: DayRow) -> Day:
    told = {name: getattr(row, name) for name in _NAMES}
    return Day(**{**told, "token": row.token or b""})
