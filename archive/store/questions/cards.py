"""Cards: reports and agencies as lists show them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Integer, Row, Select, bindparam, func, select
from sqlalchemy.orm import Session

from archive.catalogue import CLAIMS, GLANCE, FindingFamily
from archive.store.database import plain_rows
from archive.store.rows import (
    AgencyRow,
    ClaimRow,
    FilingRow,
    FindingRow,
    VersionRow,
)
from archive.store.rulings import dismissed, has_rulings

_CLAIMS_AT_A_GLANCE = tuple(key for key in GLANCE if key in CLAIMS)

# Columns, not rows of the mapper: a page has hundreds of cards, and an object that can
# be written back costs ten times what a tuple does.
AGENCY = (
    AgencyRow.key,
    AgencyRow.name,
    AgencyRow.region_code,
    AgencyRow.region_name,
    AgencyRow.level,
    AgencyRow.sector,
)
"""What a question asks of an agency for an `AgencyCard`, in the order of its fields."""


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
    number: int = 0
    """Which text of its agency's year it is: the first is 1."""


@dataclass(frozen=True, slots=True)
class Named:
    """A report by what it is called: whose it is, and of which year."""

    key: str
    """Of the agency."""
    agency: str
    year: int


Found = Row[*tuple[Any, ...]]
CardQuestion = Select[*tuple[Any, ...]]


@cache
def card_question() -> CardQuestion:
    """All versions with what a card needs."""
    return (
        select(
            *AGENCY,
            VersionRow.id,
            FilingRow.year,
            VersionRow.title,
            VersionRow.form,
            VersionRow.published_on,
            VersionRow.published_from,
            VersionRow.captured_at,
            VersionRow.digest,
            VersionRow.source_url,
            VersionRow.number,
            has_rulings(VersionRow.document_hash).label("is_ruled"),
        )
        .join(FilingRow, VersionRow.filing_id == FilingRow.id)
        .join(AgencyRow, FilingRow.agency_id == AgencyRow.id)
    )


IDS = bindparam("ids", type_=Integer, expanding=True)
"""Some versions; a question that is made anew for each page costs as much as asking."""


@cache
def _counts() -> Select[*tuple[Any, ...]]:
    """Version, family, how many findings."""
    return (
        select(FindingRow.version_id, FindingRow.family, func.count())
        .where(FindingRow.version_id.in_(IDS))
        .group_by(FindingRow.version_id, FindingRow.family)
    )


@cache
def _stated(keys: tuple[str, ...]) -> Select[*tuple[Any, ...]]:
    """Version, key and scope of what the text states, in its order."""
    return (
        select(ClaimRow.version_id, ClaimRow.key, ClaimRow.scope)
        .where(ClaimRow.version_id.in_(IDS))
        .where(ClaimRow.key.in_(keys))
    )


@cache
def _names() -> Select[*tuple[Any, ...]]:
    """Version, and what its report is called."""
    return (
        select(VersionRow.id, AgencyRow.key, AgencyRow.name, FilingRow.year)
        .join(FilingRow, VersionRow.filing_id == FilingRow.id)
        .join(AgencyRow, FilingRow.agency_id == AgencyRow.id)
        .where(VersionRow.id.in_(IDS))
    )


def agency_card(found: Found) -> AgencyCard:
    """The agency of what a question found that began with `AGENCY`."""
    return AgencyCard(*found[: len(AGENCY)])


def cards_of(session: Session, question: CardQuestion, **asked: Any) -> list[Card]:
    """The cards that a narrowed `card_question` finds, in its order; `asked` is what it
    leaves open.

    Three questions, however many cards; five where a person has ruled on a report.
    """
    found = plain_rows(session, question, asked)
    version_ids = [row.id for row in found]
    ruled = [row.id for row in found if row.is_ruled]
    counts = _finding_counts(session, version_ids, ruled)
    scopes = scopes_of(session, version_ids, _CLAIMS_AT_A_GLANCE)
    return [
        Card(
            row.id,
            agency_card(row),
            row.year,
            row.title,
            row.form,
            row.published_on,
            row.published_from,
            row.captured_at,
            row.digest,
            row.source_url,
            # Never added up: one family is the report's, one may be nothing, one is
            # our own doubt.
            counts[row.id, FindingFamily.REPORT.value],
            counts[row.id, FindingFamily.NOTABLE.value],
            counts[row.id, FindingFamily.READING.value],
            scopes[row.id],
            row.number,
        )
        for row in found
    ]


def _finding_counts(
    session: Session, version_ids: Sequence[int], ruled: Sequence[int]
) -> defaultdict[tuple[int, str], int]:
    """Version and family → how many findings that nobody has dismissed.

    `ruled`: those of the versions on which there are rulings.
    """
    counts: defaultdict[tuple[int, str], int] = defaultdict(int)
    for version_id, family, count in plain_rows(
        session, _counts(), {"ids": version_ids}
    ):
        counts[version_id, family] = count
    for row in dismissed(session, ruled) if ruled else ():
        counts[row.version_id, row.family] -= 1
    return counts


def scopes_of(
    session: Session, version_ids: Sequence[int], keys: Sequence[str]
) -> defaultdict[int, dict[str, str]]:
    """Version → key → scope of the first statement of a claim, as `values_of` takes it.

    Of some hundred versions; what a text does not state is left out.
    """
    scopes: defaultdict[int, dict[str, str]] = defaultdict(dict)
    question = _stated(tuple(keys))
    for version_id, key, scope in plain_rows(session, question, {"ids": version_ids}):
        scopes[version_id].setdefault(key, scope)
    return scopes


def names_of(session: Session, version_ids: Sequence[int]) -> dict[int, Named]:
    """Version → what its report is called; unknown ones are left out."""
    found = plain_rows(session, _names(), {"ids": version_ids})
    return {row.id: Named(row.key, row.name, row.year) for row in found}
