"""The current reports of many agencies for many years."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from archive.catalogue import COVERED_SINCE, Coverage
from archive.store.counts import LETTERS
from archive.store.database import plain_rows
from archive.store.figures import AT_ONCE
from archive.store.questions.comparing.chosen import Chosen
from archive.store.rows import FilingRow, VersionRow, among

_STATES = {letter: state for state, letter in LETTERS.items()}


class Held(NamedTuple):
    """A report that the archive has: its current text."""

    version_id: int
    number: int
    """Of the version, in its address."""
    form: str
    digest: str
    """SHA-256 of its original."""


def held(
    session: Session, agency_ids: Sequence[int], years: Sequence[int]
) -> dict[tuple[int, int], Held]:
    """Agency and year → its report, where there is one."""
    found: dict[tuple[int, int], Held] = {}
    for start in range(0, len(agency_ids), AT_ONCE):
        part = agency_ids[start : start + AT_ONCE]
        asked = {"agencies": part, "years": years}
        for agency_id, year, *report in plain_rows(session, _current(), asked):
            found[agency_id, year] = Held(*report)
    return found


class Provenance(NamedTuple):
    """Where a text comes from."""

    source_url: str
    captured_at: datetime


def provenance(session: Session, version_ids: Sequence[int]) -> dict[int, Provenance]:
    """Version → where its text comes from."""
    found: dict[int, Provenance] = {}
    for start in range(0, len(version_ids), AT_ONCE):
        part = {"ids": version_ids[start : start + AT_ONCE]}
        for version_id, *origin in session.execute(_origins(), part):
            found[version_id] = Provenance(*origin)
    return found


@cache
def _origins() -> Select[*tuple[Any, ...]]:
    """Version, the address it was got from, and when."""
    return select(VersionRow.id, VersionRow.source_url, VersionRow.captured_at).where(
        among(VersionRow.id, "ids")
    )


@cache
def _current() -> Select[*tuple[Any, ...]]:
    """Agency, year, and what is told of the report."""
    return (
        select(
            FilingRow.agency_id,
            FilingRow.year,
            VersionRow.id,
            VersionRow.number,
            VersionRow.form,
            VersionRow.digest,
        )
        .join(VersionRow, VersionRow.filing_id == FilingRow.id)
        .where(among(FilingRow.agency_id, "agencies"))
        .where(among(FilingRow.year, "years"))
        .where(VersionRow.current)
    )


def why_none(body: Chosen, year: int) -> Coverage | None:
    """What is known of a year of which no report stands under this name; None where
    nothing was counted, or the year is not looked after.
    """
    at = year - COVERED_SINCE
    if 0 <= at < len(body.states):
        return _STATES[body.states[at]]
    return None
