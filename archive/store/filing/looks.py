"""Sightings as evidence: what was asked and answered, in the order it was noted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, Select, func, or_, select
from sqlalchemy.orm import Session

from archive.store.rows import (
    AgencyRow,
    CopyRow,
    FilingRow,
    OriginalRow,
    PageRow,
    SightingRow,
    VersionRow,
)

_BATCH = 200
_WEB = "http%"


class Look(NamedTuple):
    """A sighting with all that is kept of it."""

    id: int
    asked: str
    reached: str
    at: datetime
    status: int
    headers: dict[str, str]
    exchanges: list[dict[str, Any]]
    """Redirects first, the answer last; none for files and for looks of before."""
    digest: str
    """Of the original it brought; empty where it brought none."""
    page_id: int | None
    media_type: str
    sealed_on: str
    leaf: str


@dataclass(frozen=True, slots=True)
class LookWish:
    """Which sightings are wanted; what is left empty limits nothing."""

    source: int | None = None
    agency: str = ""
    """The key of its address."""
    year: int | None = None
    """Of the reports that they showed."""
    since: date | None = None
    """The first day, in UTC."""
    until: date | None = None
    """The last day."""


_COLUMNS = (
    SightingRow.id,
    SightingRow.asked,
    SightingRow.reached,
    SightingRow.at,
    SightingRow.status,
    SightingRow.headers,
    SightingRow.exchanges,
    SightingRow.digest,
    SightingRow.page_id,
    OriginalRow.media_type,
    SightingRow.sealed_on,
    SightingRow.leaf,
)


def counted(session: Session, wish: LookWish) -> tuple[int, datetime | None]:
    """How many sightings a wish names, and when the last of them was made."""
    question = select(func.count(), func.max(SightingRow.at)).where(*_wanted(wish))
    count, last = session.execute(question).one()
    return count, last


def looks(session: Session, wish: LookWish) -> Iterator[Look]:
    """All of a wish in the order they were noted, a few at a time in memory."""
    yield from looks_where(session, *_wanted(wish))


def looks_where(session: Session, *wanted: ColumnElement[bool]) -> Iterator[Look]:
    """All that meet some conditions, in the order they were noted."""
    after = 0
    while batch := _after(session, wanted, after):
        yield from batch
        after = batch[-1].id


def first_with(session: Session, wish: LookWish, digest: str) -> Look | None:
    """The first answer from the web in a wish that brought these bytes."""
    is_same = SightingRow.digest == digest
    of_web = SightingRow.asked.like(_WEB)
    question = _question().where(*_wanted(wish), is_same, of_web)
    return _one(session, question.order_by(SightingRow.id))


def shown_before(session: Session, look: Look) -> Look | None:
    """The look at the same page that brought what a 304 says to be unchanged."""
    if look.page_id is None:
        return None
    earlier = (
        SightingRow.page_id == look.page_id,
        SightingRow.id < look.id,
        SightingRow.digest.is_not(None),
    )
    return _one(session, _question().where(*earlier).order_by(SightingRow.id.desc()))


def look_at(session: Session, address: str, until: datetime | None) -> Look | None:
    """The last look at an address that brought bytes, up to a moment."""
    is_address = or_(SightingRow.asked == address, SightingRow.reached == address)
    question = _question().where(is_address, SightingRow.digest.is_not(None))
    if until is not None:
        question = question.where(SightingRow.at <= until)
    return _one(session, question.order_by(SightingRow.id.desc()))


def first_look(session: Session, digest: str) -> Look | None:
    """The first look that brought these bytes: the earliest they are proved for."""
    question = _question().where(SightingRow.digest == digest)
    return _one(session, question.order_by(SightingRow.id))


def digest_of(session: Session, key: str, year: int, number: int | None) -> str:
    """The original of a report, of the current version where no number is given; empty
    where there is none.
    """
    question = (
        select(VersionRow.digest)
        .join(FilingRow, VersionRow.filing_id == FilingRow.id)
        .join(AgencyRow, FilingRow.agency_id == AgencyRow.id)
        .where(AgencyRow.key == key, FilingRow.year == year)
    )
    is_it = VersionRow.current if number is None else VersionRow.number == number
    return session.scalar(question.where(is_it)) or ""


def _question() -> Select[Any]:
    return select(*_COLUMNS).outerjoin(
        OriginalRow, OriginalRow.digest == SightingRow.digest
    )


def _after(
    session: Session, wanted: Sequence[ColumnElement[bool]], number: int
) -> list[Look]:
    question = _question().where(*wanted, SightingRow.id > number)
    rows = session.execute(question.order_by(SightingRow.id).limit(_BATCH))
    return list(map(_look, rows))


def _one(session: Session, question: Select[Any]) -> Look | None:
    found = session.execute(question.limit(1)).first()
    return None if found is None else _look(found)


def _look(row: Row[Any]) -> Look:
    values = row._asdict()
    told = values.pop("exchanges") or {}
    return Look(
        **{
            **values,
            "exchanges": told.get("exchanges", []),
            "digest": values["digest"] or "",
            "media_type": values["media_type"] or "",
            "headers": values["headers"] or {},
        }
    )


def _wanted(wish: LookWish) -> list[ColumnElement[bool]]:
    """The conditions of a wish."""
    wanted: list[ColumnElement[bool]] = []
    if wish.source is not None:
        pages = select(PageRow.id).where(PageRow.source_id == wish.source)
        wanted.append(SightingRow.page_id.in_(pages))
    if wish.since is not None:
        wanted.append(SightingRow.at >= _begin(wish.since))
    if wish.until is not None:
        wanted.append(SightingRow.at < _begin(wish.until + timedelta(days=1)))
    if wish.agency or wish.year is not None:
        wanted.append(_of_reports(wish))
    return wanted


def _of_reports(wish: LookWish) -> ColumnElement[bool]:
    """Looks that brought a text of these reports, or came from where one is shown."""
    versions = select(VersionRow.id).join(
        FilingRow, VersionRow.filing_id == FilingRow.id
    )
    if wish.agency:
        versions = versions.join(AgencyRow, FilingRow.agency_id == AgencyRow.id)
        versions = versions.where(AgencyRow.key == wish.agency)
    if wish.year is not None:
        versions = versions.where(FilingRow.year == wish.year)
    copies = select(CopyRow.digest).where(CopyRow.version_id.in_(versions))
    pages = select(PageRow.id).where(PageRow.version_id.in_(versions))
    without_bytes = SightingRow.digest.is_(None) & SightingRow.page_id.in_(pages)
    return or_(SightingRow.digest.in_(copies), without_bytes)


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
