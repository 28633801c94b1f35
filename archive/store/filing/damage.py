"""Readings that are damaged or gone: a disk may turn a bit, a repaired database may
lack a row. Whatever such a reading said is not shown until it was read again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.report import DamagedReading, Packed, Report, unpack, unpack_summary
from archive.store.rows import AgencyRow, FilingRow, ReadingRow, VersionRow

AT_ONCE = 200
"""Readings in memory at once, in bytes."""


class Broken(NamedTuple):
    """A text whose reading can't be used."""

    digest: str
    """The original that `rebuild` reads it from."""
    named: str
    """The text, in Chinese: agency, year, number."""
    is_gone: bool
    """Whether there is none at all."""


def broken(session: Session) -> Iterator[Broken]:
    """All texts whose reading is damaged or gone; every reading is opened whole."""
    question = (
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
        .limit(AT_ONCE)
    )
    last = 0
    while rows := session.execute(question.where(VersionRow.id > last)).all():
        last = rows[-1].id
        yield from (_told(row) for row in rows if not _is_whole(row))


def broken_among(session: Session, digests: Collection[str]) -> list[str]:
    """Which of these originals have to be read again, in their order."""
    found = {one.digest for one in broken(session)}
    return [digest for digest in digests if digest in found]


def _told(row: Any) -> Broken:
    named = f"{row.name}{row.year}年度报告（第 {row.number} 号文本）"
    return Broken(row.digest, named, row.read is None)


def _is_whole(row: Any) -> bool:
    """Whether all three parts of a reading open."""
    if row.read is None:
        return False
    try:
        report = unpack(Packed(row.texts, row.rest))
        if row.summary:
            unpack_summary(row.summary)
    except DamagedReading:
        return False
    return bool(row.summary) or not _has_summary(report)


def _has_summary(report: Report) -> bool:
    """Whether a reading comes with a summary of its year."""
    return report.is_report and report.year is not None
