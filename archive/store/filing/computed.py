"""What is computed of a version: sections, claims, typed figures and findings. All of
it can be made again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from archive.catalogue import stored_in
from archive.report import (
    Claim,
    Figure,
    Number,
    Report,
    check,
    from_json,
    to_json,
    values_to_json,
)
from archive.store.rows import (
    FIGURE_TABLES,
    TOLD_APART_BY,
    ClaimRow,
    FilingRow,
    FindingRow,
    SectionRow,
    VersionRow,
)

LARGEST_COUNT = 2**63 - 1
LARGEST_AMOUNT = Decimal(10**14)
"""What a column takes. Greater numbers, and counts that are not whole, stay in the
reading only: NULL here.
"""


def refill(session: Session, version: VersionRow, report: Report) -> None:
    """Writes all that is computed of a version anew, also what next year's report owes
    to it.
    """
    version.reading = to_json(report)
    version.title, version.form = report.title, report.form
    version.published_on = report.published_on
    version.published_from = report.published_from
    version.sections = [
        SectionRow(
            position=position,
            number=section.number,
            heading=section.heading,
            text=section.prose,
        )
        for position, section in enumerate(report.sections)
    ]
    # The rows before are orphans now, and deleted with the flush.
    version.claims = _claim_rows(report.claims)
    _refill_figures(session, version.id, report.figures)
    _refill_findings(session, version, report)
    session.flush()
    # What this year carries over is what next year's report is checked against.
    recheck_following(session, version.filing.agency_id, version.filing.year)


def _claim_rows(claims: Sequence[Claim]) -> list[ClaimRow]:
    rows = []
    for claim in claims:
        amount = _amount(claim.value)
        if amount is not None:
            row = ClaimRow(
                key=claim.key,
                label=claim.label,
                value=amount,
                unit=claim.unit,
                scope=claim.scope.value,
                sentence=claim.sentence,
            )
            rows.append(row)
    return rows


def recheck(session: Session, version: VersionRow) -> None:
    """Makes the findings of a version anew and marks it to be indexed."""
    _refill_findings(session, version, from_json(version.reading))
    session.flush()


def recheck_following(session: Session, agency_id: int, year: int) -> None:
    """Makes the findings of the report of the year after `year` anew: they are owed to
    both reports.
    """
    following = current_version(session, agency_id, year + 1)
    if following is not None:
        recheck(session, following)


def current_version(session: Session, agency_id: int, year: int) -> VersionRow | None:
    """What an agency's portal shows for a year, as far as we know; or None."""
    question = (
        select(VersionRow)
        .join(FilingRow)
        .where(
            FilingRow.agency_id == agency_id, FilingRow.year == year, VersionRow.current
        )
    )
    return session.scalar(question)


def _refill_findings(session: Session, version: VersionRow, report: Report) -> None:
    filing = version.filing
    before = current_version(session, filing.agency_id, filing.year - 1)
    previous = from_json(before.reading) if before and before.reading else None
    version.findings = [
        FindingRow(
            check=finding.check,
            family=finding.family.value,
            weight=finding.weight,
            values=values_to_json(finding.values),
            keys={"keys": list(finding.keys)},
            anchor=finding.at.anchor if finding.at else "",
        )
        # First what came up while reading, then what the rules say.
        for finding in (*report.findings, *check(report, previous))
    ]
    version.to_index, version.changed_at = True, datetime.now(UTC)


def _refill_figures(
    session: Session, version_id: int, figures: Mapping[str, Figure]
) -> None:
    """The typed rows: one for table 2, one an applicant, one a kind of proceedings."""
    for table in FIGURE_TABLES.values():
        session.execute(delete(table).where(table.c.version_id == version_id))
    # A free report has no tables: no rows rather than rows of NULL.
    if not figures:
        return
    values = {key: figure.value for key, figure in figures.items()}
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
    if value is None or not Decimal(value).is_finite() or value != int(value):
        return None
    count = int(value)
    if abs(count) <= LARGEST_COUNT:
        return count
    return None


def _amount(value: Number | None) -> Decimal | None:
    if value is None:
        return None
    amount = Decimal(value)
    is_storable = amount.is_finite() and abs(amount) < LARGEST_AMOUNT
    if is_storable:
        return amount
    return None
