"""Cards: reports and agencies as lists show them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Label, Row, Select, func, select
from sqlalchemy.orm import Session

from archive.catalogue import FindingFamily
from archive.store.database import plain_rows
from archive.store.rows import (
    AgencyRow,
    ClaimRow,
    FilingRow,
    FindingRow,
    VersionRow,
    among,
)
from archive.store.rulings import dismissed, has_rulings

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


# A page has dozens of both: as tuples they are made in an eighth of the time.
class AgencyCard(NamedTuple):
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


class Card(NamedTuple):
    """A report as shown in lists."""

    agency: AgencyCard
    version_id: int
    year: int
    title: str
    form: str
    published_on: date | None
    published_from: str
    """A value of `PublishedFrom`."""
    captured_at: datetime
    digest: str
    source_url: str
    number: int
    """Which text of its agency's year it is: the first is 1."""
    # Never added up: one family is the report's, one may be nothing, one is our own
    # doubt.
    contradictions: int
    """How many findings of the family `report`."""
    notable: int
    """How many findings of the family `notable`."""
    doubts: int
    """How many findings of the family `reading`."""


@dataclass(frozen=True, slots=True)
class Named:
    """A report by what it is called: whose it is, and of which year."""

    key: str
    """Of the agency."""
    agency: str
    year: int


Found = Row[*tuple[Any, ...]]
CardQuestion = Select[*tuple[Any, ...]]


_FAMILIES = (FindingFamily.REPORT, FindingFamily.NOTABLE, FindingFamily.READING)
"""In the order in which a card counts them."""


def _how_many(family: FindingFamily) -> Label[int]:
    """The number of a version's findings of a family."""
    of_version = FindingRow.version_id == VersionRow.id
    found = select(func.count()).where(of_version, FindingRow.family == family.value)
    return found.correlate(VersionRow).scalar_subquery().label(family.value)


@cache
def card_question() -> CardQuestion:
    """All versions with what a card needs: the agency, the fields of the card in their
    order, and whether a person has ruled on it.
    """
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
            *map(_how_many, _FAMILIES),
            has_rulings(VersionRow.document_hash).label("is_ruled"),
        )
        .join(FilingRow, VersionRow.filing_id == FilingRow.id)
        .join(AgencyRow, FilingRow.agency_id == AgencyRow.id)
    )


@cache
def _stated(keys: tuple[str, ...]) -> Select[*tuple[Any, ...]]:
    """Version, key and scope of what the text states, in its order."""
    return (
        select(ClaimRow.version_id, ClaimRow.key, ClaimRow.scope)
        .where(among(ClaimRow.version_id, "ids"))
        .where(ClaimRow.key.in_(keys))
    )


@cache
def _names() -> Select[*tuple[Any, ...]]:
    """Version, and what its report is called."""
    return (
        select(VersionRow.id, AgencyRow.key, AgencyRow.name, FilingRow.year)
        .join(FilingRow, VersionRow.filing_id == FilingRow.id)
        .join(AgencyRow, FilingRow.agency_id == AgencyRow.id)
        .where(among(VersionRow.id, "ids"))
    )


def agency_card(found: Found) -> AgencyCard:
    """The agency of what a question found that began with `AGENCY`."""
    return AgencyCard(*found[: len(AGENCY)])


def cards_of(session: Session, question: CardQuestion, **asked: Any) -> list[Card]:
    """The cards that a narrowed `card_question` finds, in its order; `asked` is what it
    leaves open.

    One question, however many cards; three where a person has ruled on a report.
    """
    found = plain_rows(session, question, asked)
    cards = [Card(agency_card(row), *row[len(AGENCY) : -1]) for row in found]
    ruled = [row.id for row in found if row.is_ruled]
    if not ruled:
        return cards
    left_out = Counter(
        (row.version_id, row.family) for row in dismissed(session, ruled)
    )
    return [_without(card, left_out) for card in cards]


def _without(card: Card, left_out: Counter[tuple[int, str]]) -> Card:
    """A card without the findings that a person has dismissed, so many of a version and
    a family.
    """
    contradictions, notable, doubts = (
        left_out[card.version_id, family.value] for family in _FAMILIES
    )
    return card._replace(
        contradictions=card.contradictions - contradictions,
        notable=card.notable - notable,
        doubts=card.doubts - doubts,
    )


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
