"""The current reports of many agencies for many years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.catalogue import COVERED_SINCE, Coverage
from archive.store.counts import LETTERS
from archive.store.figures import AT_ONCE
from archive.store.questions.comparing.chosen import Chosen
from archive.store.rows import FilingRow, VersionRow

_STATES = {letter: state for state, letter in LETTERS.items()}


@dataclass(frozen=True, slots=True)
class Held:
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
        question = (
            select(
                FilingRow.agency_id,
                FilingRow.year,
                VersionRow.id,
                VersionRow.number,
                VersionRow.form,
                VersionRow.digest,
            )
            .join(VersionRow, VersionRow.filing_id == FilingRow.id)
            .where(FilingRow.agency_id.in_(agency_ids[start : start + AT_ONCE]))
            .where(FilingRow.year.in_(years))
            .where(VersionRow.current)
        )
        for row in session.execute(question):
            report = Held(row.id, row.number, row.form, row.digest)
            found[row.agency_id, row.year] = report
    return found


def why_none(body: Chosen, year: int) -> Coverage | None:
    """What is known of a year of which no report stands under this name; None where
    nothing was counted, or the year is not looked after.
    """
    at = year - COVERED_SINCE
    if 0 <= at < len(body.states):
        return _STATES[body.states[at]]
    return None
