"""Cards: reports and agencies as lists show them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from archive.catalogue import CLAIMS, GLANCE, FindingFamily
from archive.store.rows import (
    AgencyRow,
    ClaimRow,
    FilingRow,
    FindingRow,
    VersionRow,
)
from archive.store.rulings import dismissed

_CLAIMS_AT_A_GLANCE = [key for key in GLANCE if key in CLAIMS]


@dataclass(frozen=True, slots=True)
class AgencyCard:
    """Who reports, as shown in lists."""

    key: str
    name: str
    region_code: str
    region_name: str
    level: str
    sector: str
    reports: int = 0
    """This and the years are filled only where an agency is asked for, not a report."""
    first_year: int = 0
    last_year: int = 0


@dataclass(frozen=True, slots=True)
class Card:
    """A report as shown in lists."""

    version_id: int
    agency: AgencyCard
    year: int
    title: str
    form: str
    published_on: date | None
    published_from: str
    """A value of `PublishedFrom`."""
    captured_at: datetime
    digest: str
    source_url: str
    contradictions: int
    """How many findings of the family `report`."""
    notable: int
    """How many findings of the family `notable`."""
    doubts: int
    """How many findings of the family `reading`."""
    scopes: Mapping[str, str]
    """Key → whose number it is, a value of `ClaimScope`, of the key figures that the
    report's text states.
    """


CardQuestion = Select[VersionRow, FilingRow, AgencyRow]


def agency_card(
    row: AgencyRow,
    reports: int = 0,
    first: int | None = None,
    last: int | None = None,
) -> AgencyCard:
    """An agency, with the number of its reports and their first and last year."""
    return AgencyCard(
        row.key,
        row.name,
        row.region_code,
        row.region_name,
        row.level,
        row.sector,
        reports,
        first or 0,
        last or 0,
    )


def card_question() -> CardQuestion:
    """All versions with what a card needs."""
    return (
        select(VersionRow, FilingRow, AgencyRow)
        .join(FilingRow, VersionRow.filing_id == FilingRow.id)
        .join(AgencyRow, FilingRow.agency_id == AgencyRow.id)
    )


def cards_of(session: Session, question: CardQuestion) -> list[Card]:
    """The cards that a narrowed `card_question` finds, in its order."""
    found = session.execute(question).all()
    version_ids = [version.id for version, _, _ in found]
    counts = _finding_counts(session, version_ids)
    scopes = _scopes(session, version_ids)
    return [
        Card(
            version.id,
            agency_card(agency),
            filing.year,
            version.title,
            version.form,
            version.published_on,
            version.published_from,
            version.captured_at,
            version.digest,
            version.source_url,
            # Never added up: one family is the report's, one may be nothing, one is
            # our own doubt.
            counts[version.id, FindingFamily.REPORT.value],
            counts[version.id, FindingFamily.NOTABLE.value],
            counts[version.id, FindingFamily.READING.value],
            scopes[version.id],
        )
        for version, filing, agency in found
    ]


def _finding_counts(
    session: Session, version_ids: Sequence[int]
) -> defaultdict[tuple[int, str], int]:
    """Version and family → how many findings that nobody has dismissed."""
    counts: defaultdict[tuple[int, str], int] = defaultdict(int)
    question = (
        select(FindingRow.version_id, FindingRow.family, func.count())
        .where(FindingRow.version_id.in_(version_ids))
        .group_by(FindingRow.version_id, FindingRow.family)
    )
    for version_id, family, count in session.execute(question):
        counts[version_id, family] = count
    for row in dismissed(session, version_ids):
        counts[row.version_id, row.family] -= 1
    return counts


def _scopes(
    session: Session, version_ids: Sequence[int]
) -> defaultdict[int, dict[str, str]]:
    """Version → key → scope of the first statement, as `key_figures` takes it."""
    scopes: defaultdict[int, dict[str, str]] = defaultdict(dict)
    question = (
        select(ClaimRow.version_id, ClaimRow.key, ClaimRow.scope)
        .where(ClaimRow.version_id.in_(version_ids))
        .where(ClaimRow.key.in_(_CLAIMS_AT_A_GLANCE))
        .order_by(ClaimRow.version_id, ClaimRow.position)
    )
    for version_id, key, scope in session.execute(question):
        scopes[version_id].setdefault(key, scope)
    return scopes
