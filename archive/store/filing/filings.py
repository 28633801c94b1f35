"""Agencies and their filings: made when a report needs one that is not there yet."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.regions import agency_key, region_path
from archive.report import Agency, Prepared
from archive.store.rows import AgencyRow, FilingRow


def filing_of(session: Session, report: Prepared) -> FilingRow:
    """The filing a report belongs to, made when it is new.

    Raises ValueError without agency or year.
    """
    if report.year is None or not report.agency.name:
        raise ValueError("a report without agency or year can't be filed")
    return _filing(session, agency_of(session, report.agency), report.year)


def known_filing(session: Session, report: Prepared) -> FilingRow | None:
    """The filing a report belongs to, if it is there; nothing is made."""
    name, code = place_of(report.agency)
    question = select(FilingRow).join(AgencyRow)
    return session.scalar(
        question.where(
            AgencyRow.name == name,
            AgencyRow.region_code == code,
            FilingRow.year == report.year,
        )
    )


def agency_of(session: Session, agency: Agency) -> AgencyRow:
    """The agency's row, made when it is new.

    It is locked: who files for the same agency waits, so that each year's report is
    checked against what is really the year before it.
    """
    name, code = place_of(agency)
    question = select(AgencyRow).where(
        AgencyRow.name == name, AgencyRow.region_code == code
    )
    # SQLite has no such lock; there writers wait for one another from the start.
    row = session.scalar(question.with_for_update())
    return row or new_agencies(session, [agency])[0]


def new_agencies(session: Session, agencies: Sequence[Agency]) -> list[AgencyRow]:
    """Makes the rows of agencies that are not there yet."""
    rows = [
        AgencyRow(
            key=key,
            name=name,
            region_code=code,
            region_name=agency.region.name if agency.region else "",
            level=agency.level,
            is_government=agency.is_government,
            sector=agency.sector,
        )
        for agency, key in zip(agencies, _free_keys(session, agencies), strict=True)
        for name, code in [place_of(agency)]
    ]
    session.add_all(rows)
    session.flush()
    return rows


def _free_keys(session: Session, agencies: Sequence[Agency]) -> list[str]:
    """The public addresses of agencies, each its own.

    They are spelled in pinyin, in which 水务局 (water) and 税务局 (taxes) are the same.
    """
    keys = list(map(agency_key, agencies))
    known = select(AgencyRow.key).where(AgencyRow.key.in_(keys))
    taken = set(session.scalars(known))
    free = []
    for agency, key in zip(agencies, keys, strict=True):
        free.append(agency_key(agency, apart=True) if key in taken else key)
        taken.add(key)
    return free


def place_of(agency: Agency) -> tuple[str, str]:
    """What tells an agency from others: its name, and the code of its region."""
    code = agency.region.code if agency.region else ""
    return _short_name(agency), code


def _short_name(agency: Agency) -> str:
    """四川省某市商务局 and 某市商务局 are one agency: the province before a lower place
    falls away.
    """
    # Some titles print the province before the city, others do not.
    path = region_path(agency.region.code) if agency.region else ()
    if len(path) < 2:
        return agency.name
    province = path[0].name
    rest = agency.name.removeprefix(province)
    # Two signs alone, such as 政府, would name nobody.
    if len(rest) > 2:
        return rest
    return agency.name


def _filing(session: Session, agency: AgencyRow, year: int) -> FilingRow:
    question = select(FilingRow).where(
        FilingRow.agency_id == agency.id, FilingRow.year == year
    )
    row = session.scalar(question)
    if row is None:
        row = FilingRow(agency=agency, year=year)
        session.add(row)
        session.flush()
    return row
