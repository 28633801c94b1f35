"""What is computed of a version: sections, claims, typed figures and findings. All of
it can be made again.
"""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from sqlalchemy import Table, delete, insert, select
from sqlalchemy.orm import Session

from archive.catalogue import APPLICANTS, KINDS
from archive.report import Figure, Number, Report, check, from_json, to_json
from archive.store.rows import (
    ClaimRow,
    FilingRow,
    FindingRow,
    SectionRow,
    VersionRow,
    disclosures,
    proceedings,
    requests,
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
    version.title, version.published_on, version.form = (
        report.title,
        report.published_on,
        report.form,
    )
    version.sections = [
        SectionRow(
            position=position,
            number=section.number,
            heading=section.heading,
            text=section.prose,
        )
        for position, section in enumerate(report.sections)
    ]
    version.claims = [
        ClaimRow(
            key=claim.key,
            label=claim.label,
            value=amount,
            unit=claim.unit,
            sentence=claim.sentence,
        )
        for claim in report.claims
        if (amount := _amount(claim.value)) is not None
    ]
    _refill_figures(session, version.id, report.figures)
    _refill_findings(session, version, report)
    session.flush()
    recheck_following(session, version.filing.agency_id, version.filing.year)


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
    question = (
        select(VersionRow)
        .join(FilingRow)
        .where(
            FilingRow.agency_id == agency_id, FilingRow.year == year, VersionRow.current
        )
    )
    return session.scalar(question)


def _refill_findings(session: Session, version: VersionRow, report: Report) -> None:
    before = current_version(session, version.filing.agency_id, version.filing.year - 1)
    previous = (
        from_json(before.reading) if before is not None and before.reading else None
    )
    version.findings = [
        FindingRow(
            check=finding.check,
            family=finding.family.value,
            weight=finding.weight,
            message=finding.message,
            keys={"keys": list(finding.keys)},
            anchor=finding.at.anchor if finding.at else "",
        )
        for finding in (*report.findings, *check(report, previous))
    ]
    version.to_index, version.changed_at = True, datetime.now(UTC)


def _refill_figures(
    session: Session, version_id: int, figures: dict[str, Figure]
) -> None:
    """The typed rows: one for table 2, one an applicant, one a kind of proceedings."""
    for table in (disclosures, requests, proceedings):
        session.execute(delete(table).where(table.c.version_id == version_id))
    if not figures:
        return
    values = {key: figure.value for key, figure in figures.items()}
    amounts = {
        name: _amount(values.get(f"disclosure.{name.replace('__', '.')}"))
        for name in _names(disclosures)
    }
    session.execute(insert(disclosures).values(version_id=version_id, **amounts))
    for column in APPLICANTS:
        row = {
            name: _count(values.get(f"requests.{name}.{column.key}"))
            for name in _names(requests)
        }
        session.execute(
            insert(requests).values(version_id=version_id, applicant=column.key, **row)
        )
    for kind in KINDS:
        row = {
            name: _count(values.get(f"{kind.key}.{name}"))
            for name in _names(proceedings)
        }
        session.execute(
            insert(proceedings).values(version_id=version_id, kind=kind.key, **row)
        )


def _names(table: Table) -> list[str]:
    return [
        name
        for name in map(str, table.c.keys())
        if name not in {"version_id", "applicant", "kind"}
    ]


def _count(value: Number | None) -> int | None:
    if value is None or not Decimal(value).is_finite() or value != int(value):
        return None
    count = int(value)
    return count if abs(count) <= LARGEST_COUNT else None


def _amount(value: Number | None) -> Decimal | None:
    amount = None if value is None else Decimal(value)
    return (
        amount
        if amount is not None and amount.is_finite() and abs(amount) < LARGEST_AMOUNT
        else None
    )
