"""What a report owes to the year before: findings that compare the two.

They change with either year, so they are kept apart from a version's own. They are made
when the transaction ends, all at once: what comes in together is years of the same
agencies, and each would be checked once for itself and once for the year before it.
"""

from __future__ import annotations

import logging
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, delete, event, select, tuple_, update
from sqlalchemy.orm import Session

from archive.report import (
    DamagedReading,
    YearSummary,
    check_years,
    unpack_summary,
)
from archive.store.filing.finding_rows import finding_rows
from archive.store.filing.many_rows import put
from archive.store.rows import (
    FROM_YEARS,
    Base,
    FilingRow,
    FindingRow,
    IndexMarkRow,
    ReadingRow,
    VersionRow,
)

Year = tuple[int, int]
"""An agency's number, and the year."""
Summary = tuple[int, int, YearSummary | None]
"""An agency's number, its year, and what that year is checked by."""

AT_ONCE = 200
"""Years in one question; a database's parameters are limited."""
log = logging.getLogger("archive.store")
_FINDINGS = Base.metadata.tables[FindingRow.__tablename__]
_MARKS = Base.metadata.tables[IndexMarkRow.__tablename__]
_VERSIONS = Base.metadata.tables[VersionRow.__tablename__]
_YEAR = tuple_(FilingRow.agency_id, FilingRow.year)


@dataclass
class ToCompare:
    """Whose findings are to be made anew when a transaction ends."""

    versions: set[int] = field(default_factory=set)
    new: set[int] = field(default_factory=set)
    """Those of them that are made in this transaction."""
    years: set[Year] = field(default_factory=set)
    """Of these all versions."""


def compare_at_commit(
    session: Session,
    versions: Iterable[int] = (),
    years: Iterable[Year] = (),
    new: Iterable[int] = (),
) -> None:
    """Has versions compared with the year before, and indexed, when the transaction
    ends.
    """
    waiting = session.info.get(ToCompare)
    if waiting is None:
        waiting = session.info[ToCompare] = ToCompare()
        event.listen(session, "before_commit", _compare, once=True)
    waiting.versions.update(versions)
    waiting.years.update(years)
    waiting.new.update(new)


def _compare(session: Session) -> None:
    """Makes the findings of all that waits for it."""
    waiting: ToCompare = session.info.pop(ToCompare)
    session.flush()
    summaries = dict(_summaries(session, VersionRow.id, waiting.versions))
    summaries |= _summaries(session, _YEAR, waiting.years)
    before = _before(session, summaries.values())
    rows: list[dict[str, Any]] = []
    for version_id, (agency_id, year, summary) in summaries.items():
        previous = before.get((agency_id, year - 1))
        found = check_years(summary, previous)
        rows += finding_rows(version_id, found, FROM_YEARS)
    _renew(session, list(summaries), rows)
    mark(session, list(summaries), waiting.new)


def _before(
    session: Session, summaries: Iterable[Summary]
) -> dict[Year, YearSummary | None]:
    """The current reports of the years before these."""
    previous = {(agency_id, year - 1) for agency_id, year, _ in summaries}
    current = _summaries(session, _YEAR, previous, VersionRow.current)
    return {(agency_id, year): summary for _, (agency_id, year, summary) in current}


def _summaries(
    session: Session,
    column: ColumnElement[Any] | Any,
    values: Iterable[Any],
    *conditions: Any,
) -> Iterator[tuple[int, Summary]]:
    """Version → summary, of those whose column has one of the values."""
    question = (
        select(VersionRow.id, FilingRow.agency_id, FilingRow.year, ReadingRow.summary)
        .join(FilingRow, FilingRow.id == VersionRow.filing_id)
        .join(ReadingRow, ReadingRow.version_id == VersionRow.id)
        .where(*conditions)
    )
    for part in _in_parts(values):
        for version_id, agency_id, year, pressed in session.execute(
            question.where(column.in_(part))
        ):
            yield version_id, (agency_id, year, _opened(version_id, pressed))


def _opened(version_id: int, pressed: bytes) -> YearSummary | None:
    """A year's summary, if there is one that can be opened."""
    if not pressed:
        return None
    try:
        return _summary(pressed)
    except DamagedReading as damage:
        # It is no fault of the years beside it; `rebuild` makes it anew, and then them.
        log.error("the summary of version %d is left out: %s", version_id, damage)
        return None


# A year is asked for as itself, and as the year before the next one.
_summary = lru_cache(4 * AT_ONCE)(unpack_summary)


def _renew(
    session: Session, version_ids: Sequence[int], rows: list[dict[str, Any]]
) -> None:
    """Writes the findings of these versions."""
    for part in _in_parts(version_ids):
        is_of_years = _FINDINGS.c.position >= FROM_YEARS
        gone = delete(_FINDINGS).where(_FINDINGS.c.version_id.in_(part), is_of_years)
        session.execute(gone)
    put(session, _FINDINGS, rows)


def mark(
    session: Session, version_ids: Sequence[int], new: Container[int] = ()
) -> None:
    """Has these versions indexed; those that are `new` say when they changed."""
    now = datetime.now(UTC)
    for part in _in_parts(version_ids):
        session.execute(delete(_MARKS).where(_MARKS.c.version_id.in_(part)))
        rows = [{"version_id": one, "changed_at": now} for one in part]
        put(session, _MARKS, rows)
        changed = [one for one in part if one not in new]
        if changed:
            told = update(_VERSIONS).where(_VERSIONS.c.id.in_(changed))
            session.execute(told.values(changed_at=now))


def _in_parts(values: Iterable[Any]) -> Iterator[list[Any]]:
    rest = iter(values)
    while part := list(islice(rest, AT_ONCE)):
        yield part
