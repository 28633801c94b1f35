"""Which years have changed since their columns were made; those are made anew.

A report that comes in changes its year: the columns of the others stay as they are.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any
from zlib import crc32

from sqlalchemy import Select, delete, func, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from archive.store.counts.columns.making import made
from archive.store.counts.columns.shapes import (
    BODIES,
    FORMAT,
    columns_of_part,
    packed,
    parts,
)
from archive.store.database import Store
from archive.store.rows import (
    AgencyRow,
    CountRow,
    FigureColumnsRow,
    FilingRow,
    ReporterAgencyRow,
    ReporterRow,
    VersionRow,
)

_REST = timedelta(seconds=10)
_SHARE = 20
"""Looking for changes is to take at most one part in so many of the time."""
_COUNTED = "columns"
"""The kind of the row of counts that says when this was, and for how long."""


def count_columns(store: Store) -> list[int]:
    """Makes anew the columns of all years that have changed; which ones."""
    started = time.monotonic()
    with store.session() as session:
        now, kept = stamps(session), _kept(session)
    # Looked at again in a minute, whatever it takes to make the columns.
    took = int((time.monotonic() - started) * 1000)
    changed = [year for year in now if now[year] != kept.get(year)]
    gone = [year for year in kept if year not in now]
    for year in changed:
        _make(store, year, now[year])
    # Somebody else who counts at this moment comes to the same.
    with suppress(IntegrityError):
        store.write(lambda session: _note(session, gone, took))
    return changed


def count_columns_if_due(store: Store) -> None:
    """The same, unless it was done a moment ago."""
    with store.session() as session:
        question = select(CountRow).where(CountRow.kind == _COUNTED)
        last = session.scalars(question.limit(1)).first()
    if last is not None:
        took = timedelta(milliseconds=last.number)
        due_at = datetime.fromisoformat(last.value) + max(_REST, took * _SHARE)
        if datetime.now(UTC) < due_at:
            return
    count_columns(store)


def _make(store: Store, year: int, stamp: str) -> None:
    """A change meanwhile has another stamp, and is seen the next time."""
    with store.session() as session:
        rows = [
            {"year": year, "part": part, "stamp": stamp, "told": packed(arrays)}
            for part, arrays in made(session, year).items()
        ]

    def write(session: Session) -> None:
        of_year = FigureColumnsRow.year == year
        session.execute(delete(FigureColumnsRow).where(of_year))
        session.execute(insert(FigureColumnsRow), rows)

    with suppress(IntegrityError):
        store.write(write)


def _note(session: Session, gone: list[int], took: int) -> None:
    if gone:
        some = FigureColumnsRow.year.in_(gone)
        session.execute(delete(FigureColumnsRow).where(some))
    session.execute(delete(CountRow).where(CountRow.kind == _COUNTED))
    row = {"kind": _COUNTED, "value": datetime.now(UTC).isoformat(), "number": took}
    session.execute(insert(CountRow), [row])


def _kept(session: Session) -> dict[int, str]:
    question = select(FigureColumnsRow.year, FigureColumnsRow.stamp)
    bodies = question.where(FigureColumnsRow.part == BODIES)
    return {row.year: row.stamp for row in session.execute(bodies)}


# ---- what a year is like -----------------------------------------------------------


def stamps(session: Session) -> dict[int, str]:
    """Year → a stamp that is another one as soon as a report of it, its agency or the
    body which that is has changed.
    """
    of_agencies = _agencies(session)
    sums: dict[int, int] = {}
    question = (
        select(FilingRow.year, FilingRow.agency_id)
        .join(VersionRow, VersionRow.filing_id == FilingRow.id)
        .where(VersionRow.current)
    )
    for year, agency in session.execute(question):
        sums[year] = sums.get(year, 0) + of_agencies.get(agency, 0)
    found: dict[int, str] = {}
    for year, count, numbers, moment in session.execute(_of_years()):
        of_agencies_then = sums.get(year, 0)
        found[year] = _digest(
            FORMAT, _layout(), of_agencies_then, count, int(numbers), moment
        )
    return found


def _of_years() -> Select[*tuple[Any, ...]]:
    return (
        select(
            FilingRow.year,
            func.count(),
            func.sum(VersionRow.id),
            func.max(VersionRow.changed_at),
        )
        .join(VersionRow, VersionRow.filing_id == FilingRow.id)
        .where(VersionRow.current)
        .group_by(FilingRow.year)
    )


def _agencies(session: Session) -> Mapping[int, int]:
    """Agency → a number of all that is known of it and of its body."""
    question = (
        select(
            AgencyRow.id,
            AgencyRow.region_code,
            AgencyRow.level,
            AgencyRow.sector,
            AgencyRow.is_government,
            ReporterRow.id,
            ReporterRow.is_department,
            ReporterRow.region_code,
            ReporterRow.level,
            ReporterRow.sector,
        )
        .outerjoin(ReporterAgencyRow, ReporterAgencyRow.agency_id == AgencyRow.id)
        .outerjoin(ReporterRow, ReporterRow.id == ReporterAgencyRow.reporter_id)
    )
    return {
        row[0]: crc32(repr(tuple(row)).encode()) for row in session.execute(question)
    }


def _layout() -> tuple[tuple[str, ...], ...]:
    """The figures that there are: another catalogue has other columns."""
    return tuple(tuple(columns_of_part(part)) for part in parts())


def _digest(*told: object) -> str:
    return hashlib.blake2b(repr(told).encode(), digest_size=16).hexdigest()
