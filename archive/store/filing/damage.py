"""Readings that are damaged or gone: a disk may turn a bit, a repaired database may
lack a row. Whatever such a reading said is not shown until it was read again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any, NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from archive.report import DamagedReading, Packed, Report, unpack, unpack_summary
from archive.store.rows import AgencyRow, FilingRow, ReadingRow, VersionRow

AT_ONCE = 200
"""Readings in memory at once, in bytes."""


class Opened(NamedTuple):
    """A text and its reading."""

    version_id: int
    digest: str
    """The original that `rebuild` reads it from."""
    named: str
    """The text, in Chinese: agency, year, number."""
    is_gone: bool
    """Whether there is no reading at all."""
    report: Report | None
    """None where the reading can't be used."""


class Broken(NamedTuple):
    """A text whose reading can't be used."""

    digest: str
    """The original that `rebuild` reads it from."""
    named: str
    """The text, in Chinese: agency, year, number."""
    is_gone: bool
    """Whether there is none at all."""


def opened_all(session: Session) -> Iterator[list[Opened]]:
    """All texts, some at a time; every reading is opened whole."""
    last = 0
    question = _texts().limit(AT_ONCE)
    while rows := session.execute(question.where(VersionRow.id > last)).all():
        last = rows[-1].id
        yield list(map(_opened, rows))


def opened_some(session: Session, version_ids: Collection[int]) -> list[Opened]:
    """Some of them."""
    question = _texts().where(VersionRow.id.in_(version_ids))
    return list(map(_opened, session.execute(question)))


def broken(session: Session) -> Iterator[Broken]:
    """All texts whose reading is damaged or gone; every reading is opened whole."""
    for some in opened_all(session):
        yield from broken_of(some)


def broken_of(some: Iterable[Opened]) -> Iterator[Broken]:
    """Those of these texts."""
    for one in some:
        if one.report is None:
            yield Broken(one.digest, one.named, one.is_gone)


def _texts() -> Select[*tuple[Any, ...]]:
    return (
        select(
            VersionRow.id,
            VersionRow.digest,
            VersionRow.number,
            FilingRow.year,
            AgencyRow.name,
            ReadingRow.version_id.label("read"),
            ReadingRow.texts,
            ReadingRow.rest,
            ReadingRow.summary,
        )
        .join(FilingRow, FilingRow.id == VersionRow.filing_id)
        .join(AgencyRow, AgencyRow.id == FilingRow.agency_id)
        .outerjoin(ReadingRow, ReadingRow.version_id == VersionRow.id)
        .order_by(VersionRow.id)
    )


def broken_among(session: Session, digests: Collection[str]) -> list[str]:
    """Which of these originals have to be read again, in their order."""
    found = {one.digest for one in broken(session)}
    return [digest for digest in digests if digest in found]


def _opened(row: Any) -> Opened:
    named = f"{row.name}{row.year}年度报告（第 {row.number} 号文本）"
    return Opened(row.id, row.digest, named, row.read is None, _whole(row))


def _whole(row: Any) -> Report | None:
    """A reading of which all three parts open."""
    if row.read is None:
        return None
    try:
        report = unpack(Packed(row.texts, row.rest))
        if row.summary:
            unpack_summary(row.summary)
    except DamagedReading:
        return None
    has_summary = bool(row.summary) or not _has_summary(report)
    return report if has_summary else None


def _has_summary(report: Report) -> bool:
    """Whether a reading comes with a summary of its year."""
    return report.is_report and report.year is not None
