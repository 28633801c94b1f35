"""What is computed of a version: its reading, claims, typed figures and findings.

All of it can be made again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache, partial
from typing import Any

from sqlalchemy import Table, delete, select
from sqlalchemy.orm import Session

from archive.catalogue import stored_in
from archive.report import (
    DamagedReading,
    Number,
    Numbers,
    Packed,
    Prepared,
    Report,
    Stated,
    split_unit,
    unpack,
)
from archive.store.filing.finding_rows import finding_rows
from archive.store.filing.many_rows import put
from archive.store.filing.years import compare_at_commit
from archive.store.rows import (
    FIGURE_TABLES,
    HEDGED,
    TOLD_APART_BY,
    Base,
    ClaimRow,
    FilingRow,
    FindingRow,
    ReadingRow,
    UnsureRow,
    VersionRow,
)

log = logging.getLogger("archive.store")

LARGEST_COUNT = 2**31 - 1
LARGEST_AMOUNT = Decimal(10**14)
"""What a column takes. Greater numbers, and counts that are not whole, stay in the
reading only: NULL here.
"""
_READINGS, _CLAIMS, _FINDINGS, _UNSURE = (
    Base.metadata.tables[row.__tablename__]
    for row in (ReadingRow, ClaimRow, FindingRow, UnsureRow)
)


def refill(session: Session, version: VersionRow, report: Prepared) -> None:
    """Writes all that is computed of a version anew, also what next year's report owes
    to it.
    """
    clear(session, [version.id])
    fill(session, [(version, report)])


def clear(session: Session, version_ids: Sequence[int]) -> None:
    """Takes away all that is computed of these versions."""
    for table, _ in _ROWS:
        session.execute(delete(table).where(table.c.version_id.in_(version_ids)))


def fill(session: Session, filled: Sequence[tuple[VersionRow, Prepared]]) -> None:
    """Writes what is computed of versions of which nothing is written yet."""
    for version, report in filled:
        version.title, version.form = report.title, report.form
        version.published_on = report.published_on
        version.published_from = report.published_from
        if version.current:
            compare_following(session, version.filing)
    numbered = [(version.id, report) for version, report in filled]
    compare_at_commit(session, versions=[number for number, _ in numbered])
    _write(session, numbered)


def fill_new(
    session: Session,
    numbered: Sequence[tuple[int, Prepared]],
    years: Iterable[tuple[int, int]],
) -> None:
    """The same of versions, by their numbers, that are new and current: they are marked
    to be indexed already. `years`: agencies and the years behind these versions.
    """
    new = [number for number, _ in numbered]
    compare_at_commit(session, versions=new, years=years, new=new)
    _write(session, numbered)


def _write(session: Session, numbered: Sequence[tuple[int, Prepared]]) -> None:
    """All rows of what is computed."""
    for table, rows_of in _ROWS:
        rows = [row for number, one in numbered for row in rows_of(number, one)]
        # One statement a table, of however many versions.
        put(session, table, rows)


def compare_following(session: Session, filing: FilingRow) -> None:
    """What a year hands on is what the next year's report is checked against."""
    compare_at_commit(session, years=[(filing.agency_id, filing.year + 1)])


def reading_of(session: Session, version_id: int) -> Report | None:
    """A version as it was read, opened whole; None while that has to be made anew."""
    columns = select(ReadingRow.texts, ReadingRow.rest)
    of_version = columns.where(ReadingRow.version_id == version_id)
    found = session.execute(of_version).one_or_none()
    if found is None:
        return None
    return opened(version_id, Packed(*found))


def opened(version_id: int, packed: Packed) -> Report | None:
    """A version's reading out of its bytes; None, and told, where they are damaged."""
    try:
        return unpack(packed)
    except DamagedReading as damage:
        log.error("version %d has to be read again: %s", version_id, damage)
        return None


Rows = Iterable[dict[str, Any]]


def _reading_rows(version_id: int, report: Prepared) -> Rows:
    yield {
        "version_id": version_id,
        "texts": report.packed.texts,
        "rest": report.packed.rest,
        "summary": report.packed_summary,
    }


def _claim_rows(version_id: int, report: Numbers) -> Rows:
    for claim, amount in _first_stated(report):
        yield {"version_id": version_id, **claim._asdict(), "value": amount}


def _first_stated(report: Numbers) -> Iterator[tuple[Stated, Decimal]]:
    """Of several statements under a key the first that a column takes."""
    seen = set()
    for claim in report.stated:
        amount = _amount(claim.value)
        if amount is not None and claim.key not in seen:
            seen.add(claim.key)
            yield claim, amount


def _unsure_rows(version_id: int, report: Numbers) -> Rows:
    """What is said of figures and claims that are not plainly exact or missing."""
    for key, status in report.unsure.items():
        yield {"version_id": version_id, "key": key, "status": status.value}
    for claim, _ in _first_stated(report):
        _, hedge = split_unit(claim.unit)
        if hedge:
            yield {"version_id": version_id, "key": claim.key, "status": HEDGED}


def _own_findings(version_id: int, report: Prepared) -> Rows:
    return finding_rows(version_id, report.findings)


def _figure_rows(
    table: str,
    convert: Callable[[Number | None], Number | None],
    version_id: int,
    report: Numbers,
) -> Rows:
    """The typed rows of a version: one for table 2, one an applicant, one a kind of
    proceedings. NULL where nothing is printed.

    A free report has no tables: no rows rather than rows of NULL.
    """
    if not report.values:
        return
    values = report.values
    for told, places in _layout(table).items():
        row: dict[str, Any] = {
            column: convert(values.get(key)) for column, key in places
        }
        if table in TOLD_APART_BY:
            row[TOLD_APART_BY[table]] = told
        yield {"version_id": version_id, **row}


@cache
def _layout(table: str) -> dict[str, list[tuple[str, str]]]:
    """The rows of a table of figures, by what tells them apart; each column's key."""
    rows: dict[str, list[tuple[str, str]]] = {}
    for record in stored_in(table):
        assert record.stored
        places = rows.setdefault(record.stored.row, [])
        places.append((record.stored.column, record.key))
    return rows


def _count(value: Number | None) -> int | None:
    if value is None:
        return None
    if isinstance(value, Decimal):
        return _whole(value)
    return value if abs(value) <= LARGEST_COUNT else None


def _whole(value: Decimal) -> int | None:
    if not value.is_finite() or value != value.to_integral_value():
        return None
    return _count(int(value))


def _amount(value: Number | None) -> Decimal | None:
    if value is None:
        return None
    amount = Decimal(value)
    is_storable = amount.is_finite() and abs(amount) < LARGEST_AMOUNT
    if is_storable:
        return amount
    return None


NUMBER_ROWS: dict[Table, Callable[[int, Numbers], Rows]] = {
    _CLAIMS: _claim_rows,
    _UNSURE: _unsure_rows,
    # Amounts of money too; the other tables only count.
    FIGURE_TABLES["disclosures"]: partial(_figure_rows, "disclosures", _amount),
    FIGURE_TABLES["requests"]: partial(_figure_rows, "requests", _count),
    FIGURE_TABLES["proceedings"]: partial(_figure_rows, "proceedings", _count),
}
"""Each table of numbers, and its rows of a version."""
_ROWS: tuple[tuple[Table, Callable[[int, Prepared], Rows]], ...] = (
    (_READINGS, _reading_rows),
    (_FINDINGS, _own_findings),
    *NUMBER_ROWS.items(),
)
"""Each table of what is computed, and its rows of a version."""
