"""What is computed of a version: its reading, claims, typed figures and findings.

All of it can be made again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import Table, delete, insert, select
from sqlalchemy.orm import Session

from archive.catalogue import stored_in
from archive.report import (
    Number,
    Packed,
    Prepared,
    Report,
    Stated,
    unpack,
)
from archive.store.filing.finding_rows import finding_rows
from archive.store.filing.years import owe
from archive.store.rows import (
    FIGURE_TABLES,
    TOLD_APART_BY,
    Base,
    ClaimRow,
    FilingRow,
    FindingRow,
    ReadingRow,
    VersionRow,
)

LARGEST_COUNT = 2**63 - 1
LARGEST_AMOUNT = Decimal(10**14)
"""What a column takes. Greater numbers, and counts that are not whole, stay in the
reading only: NULL here.
"""
_READINGS, _CLAIMS, _FINDINGS = (
    Base.metadata.tables[row.__tablename__]
    for row in (ReadingRow, ClaimRow, FindingRow)
)
_COMPUTED = (_READINGS, _CLAIMS, _FINDINGS, *FIGURE_TABLES.values())


def refill(session: Session, version: VersionRow, report: Prepared) -> None:
    """Writes all that is computed of a version anew, also what next year's report owes
    to it.
    """
    for table in _COMPUTED:
        session.execute(delete(table).where(table.c.version_id == version.id))
    fill(session, version, report)


def fill(session: Session, version: VersionRow, report: Prepared) -> None:
    """The same for a version of which nothing is written yet."""
    version.title, version.form = report.title, report.form
    version.published_on = report.published_on
    version.published_from = report.published_from
    # Rows of a version are written together: thousands of reports come in a night.
    _insert(session, _READINGS, [_reading_row(version.id, report)])
    _insert(session, _CLAIMS, _claim_rows(version.id, report.stated))
    _insert(session, _FINDINGS, finding_rows(version.id, report.findings))
    _fill_figures(session, version.id, report.values)
    owe(session, versions=[version.id])
    if version.current:
        owe_following(session, version.filing)


def owe_following(session: Session, filing: FilingRow) -> None:
    """What a year hands on is what the next year's report is checked against."""
    owe(session, years=[(filing.agency_id, filing.year + 1)])


def _insert(session: Session, table: Table, rows: list[dict[str, Any]]) -> None:
    if rows:
        session.execute(insert(table), rows)


def _reading_row(version_id: int, report: Prepared) -> dict[str, Any]:
    return {
        "version_id": version_id,
        "texts": report.packed.texts,
        "rest": report.packed.rest,
        "summary": report.packed_summary,
    }


def _claim_rows(version_id: int, claims: Iterable[Stated]) -> list[dict[str, Any]]:
    rows = []
    for position, claim in enumerate(claims):
        amount = _amount(claim.value)
        if amount is not None:
            row = claim._asdict() | {"value": amount}
            rows.append({"version_id": version_id, "position": position, **row})
    return rows


def reading_of(session: Session, version_id: int) -> Report:
    """A version as it was read, opened whole."""
    columns = select(ReadingRow.texts, ReadingRow.rest)
    texts, rest = session.execute(
        columns.where(ReadingRow.version_id == version_id)
    ).one()
    return unpack(Packed(texts, rest))


def _fill_figures(
    session: Session, version_id: int, values: Mapping[str, Number | None]
) -> None:
    """The typed rows: one for table 2, one an applicant, one a kind of proceedings."""
    # A free report has no tables: no rows rather than rows of NULL.
    if not values:
        return
    for name, table in FIGURE_TABLES.items():
        rows = _figure_rows(name, values)
        session.execute(
            insert(table), [{"version_id": version_id, **row} for row in rows]
        )


def _figure_rows(
    name: str, values: Mapping[str, Number | None]
) -> list[dict[str, Decimal | int | str | None]]:
    """The rows of a version in a table of figures, NULL where nothing is printed."""
    # Table 2 holds amounts of money too; the others only count.
    convert = _amount if name == "disclosures" else _count
    rows: dict[str, dict[str, Decimal | int | str | None]] = {}
    for record in stored_in(name):
        assert record.stored
        row = rows.setdefault(record.stored.row, {})
        row[record.stored.column] = convert(values.get(record.key))
    if name in TOLD_APART_BY:
        for told, row in rows.items():
            row[TOLD_APART_BY[name]] = told
    return list(rows.values())


def _count(value: Number | None) -> int | None:
    if isinstance(value, Decimal):
        is_whole = value.is_finite() and value == value.to_integral_value()
        value = int(value) if is_whole else None
    if value is None or abs(value) > LARGEST_COUNT:
        return None
    return value


def _amount(value: Number | None) -> Decimal | None:
    if value is None:
        return None
    amount = Decimal(value)
    is_storable = amount.is_finite() and abs(amount) < LARGEST_AMOUNT
    if is_storable:
        return amount
    return None
