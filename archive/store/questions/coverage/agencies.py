"""What is known of an agency of the archive as a body that should report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from archive.catalogue import Coverage
from archive.store.counts import LETTERS
from archive.store.database import plain_rows
from archive.store.figures import AT_ONCE
from archive.store.questions.coverage.bodies import BodyYears, told, with_sources
from archive.store.rows import (
    AgencyRow,
    FilingRow,
    ReporterAgencyRow,
    ReporterRow,
    among,
)


@dataclass(frozen=True, slots=True)
class Fellow:
    """A report of the same body under its other name: a government's by its office."""

    year: int
    key: str
    name: str


def body_of_agency(session: Session, agency_key: str) -> BodyYears | None:
    """What is known of the body that an agency of the archive is, or speaks for."""
    found = session.execute(_of_agency(), {"key": agency_key})
    return next((told(*row) for row in found), None)


@cache
def _of_agency() -> Select[ReporterRow, str]:
    """The body that the agency with a key is."""
    return (
        with_sources()
        .join(ReporterAgencyRow, ReporterAgencyRow.reporter_id == ReporterRow.id)
        .join(AgencyRow, AgencyRow.id == ReporterAgencyRow.agency_id)
        .where(AgencyRow.key == bindparam("key"))
    )


def fellows(session: Session, reporter_id: int, agency_key: str) -> list[Fellow]:
    """The reports that a body has published under another name than this agency's."""
    asked = {"reporter": reporter_id, "key": agency_key}
    return [Fellow(*row) for row in plain_rows(session, _fellows(), asked)]


@cache
def _fellows() -> Select[int, str, str]:
    """Year, key and name of a body's reports, but those of the agency with a key."""
    return (
        select(FilingRow.year, AgencyRow.key, AgencyRow.name)
        .join(AgencyRow, AgencyRow.id == FilingRow.agency_id)
        .join(ReporterAgencyRow, ReporterAgencyRow.agency_id == AgencyRow.id)
        .where(ReporterAgencyRow.reporter_id == bindparam("reporter"))
        .where(AgencyRow.key != bindparam("key"))
        .order_by(FilingRow.year)
    )


def due_of(session: Session, agency_keys: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Agency → how many reports of its body are here since 2008, of how many."""
    found: dict[str, tuple[int, int]] = {}
    for at in range(0, len(agency_keys), AT_ONCE):
        asked = {"keys": agency_keys[at : at + AT_ONCE]}
        for key, signs in plain_rows(session, _signs(), asked):
            held = signs.count(LETTERS[Coverage.HELD])
            not_due = signs.count(LETTERS[Coverage.NOT_DUE])
            found[key] = held, len(signs) - not_due
    return found


@cache
def _signs() -> Select[str, str]:
    """Key of an agency, and the states of its body's years."""
    return (
        select(AgencyRow.key, ReporterRow.states)
        .join(ReporterAgencyRow, ReporterAgencyRow.agency_id == AgencyRow.id)
        .join(ReporterRow, ReporterRow.id == ReporterAgencyRow.reporter_id)
        .where(among(AgencyRow.key, "keys"))
    )
