"""What the pages ask of the database about reports and agencies. Plain data goes out,
never rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, defer

from archive.store.figures import AT_ONCE, key_figures
from archive.store.rows import (
    AgencyRow,
    FilingRow,
    FindingRow,
    OriginalRow,
    PageRow,
    RulingRow,
    SightingRow,
    VersionRow,
)


@dataclass(frozen=True, slots=True)
class AgencyCard:
    """Who reports, as shown in lists. `reports` and the years are filled where they are
    asked for.
    """

    key: str
    name: str
    region_code: str
    region_name: str
    level: str
    sector: str
    reports: int = 0
    first_year: int = 0
    last_year: int = 0


@dataclass(frozen=True, slots=True)
class Card:
    """A report as shown in lists. `doubts` counts findings of the family reading,
    `contradictions` of report.
    """

    version_id: int
    agency: AgencyCard
    year: int
    title: str
    form: str
    published_on: date | None
    captured_at: datetime
    digest: str
    source_url: str
    doubts: int
    contradictions: int


@dataclass(frozen=True, slots=True)
class Note:
    """A finding as shown on a page. `decision` is a person's: confirmed, dismissed or
    empty.
    """

    check: str
    family: str
    weight: int
    message: str
    keys: tuple[str, ...]
    anchor: str
    decision: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """One of a filing's differing originals. `gone_at` is the tombstone of its page."""

    number: int
    current: bool
    digest: str
    source_url: str
    file_url: str
    captured_at: datetime
    title: str
    published_on: date | None
    form: str
    size: int
    media_type: str
    file_name: str
    last_seen_at: datetime | None
    gone_at: datetime | None
    gone_why: str


@dataclass(frozen=True, slots=True)
class Filed:
    """A report with all that is known about it. `reading` is the Report as JSON."""

    agency: AgencyCard
    year: int
    version: Version
    versions: tuple[Version, ...]
    years: tuple[int, ...]
    """All years this agency has a report for."""
    reading: dict[str, Any]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class YearFigures:
    """Key figures of a current version: typed, None where the report does not say."""

    card: Card
    figures: dict[str, int | Decimal | None]


@dataclass(frozen=True, slots=True)
class Original:
    """What is needed to hand out an original."""

    digest: str
    size: int
    media_type: str
    file_name: str


def _agency(
    row: AgencyRow, reports: int = 0, first: int = 0, last: int = 0
) -> AgencyCard:
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


def _card_question() -> Select[VersionRow, FilingRow, AgencyRow]:
    return (
        select(VersionRow, FilingRow, AgencyRow)
        .join(FilingRow, VersionRow.filing_id == FilingRow.id)
        .join(AgencyRow, FilingRow.agency_id == AgencyRow.id)
        .options(defer(VersionRow.reading))
    )


def _cards(
    session: Session, question: Select[VersionRow, FilingRow, AgencyRow]
) -> list[Card]:
    found = session.execute(question).all()
    counts = _finding_counts(session, [version.id for version, _, _ in found])
    return [
        Card(
            version.id,
            _agency(agency),
            filing.year,
            version.title,
            version.form,
            version.published_on,
            version.captured_at,
            version.digest,
            version.source_url,
            counts[version.id, "reading"],
            counts[version.id, "report"],
        )
        for version, filing, agency in found
    ]


def _finding_counts(
    session: Session, version_ids: Sequence[int]
) -> defaultdict[tuple[int, str], int]:
    counts: defaultdict[tuple[int, str], int] = defaultdict(int)
    question = (
        select(FindingRow.version_id, FindingRow.family, func.count())
        .where(FindingRow.version_id.in_(version_ids))
        .group_by(FindingRow.version_id, FindingRow.family)
    )
    for version_id, family, count in session.execute(question):
        counts[version_id, family] = count
    return counts


def cards(session: Session, version_ids: Sequence[int]) -> list[Card]:
    """The reports of these versions, in the order given; unknown ones are left out."""
    found: dict[int, Card] = {}
    for start in range(0, len(version_ids), AT_ONCE):
        part = version_ids[start : start + AT_ONCE]
        found |= {
            card.version_id: card
            for card in _cards(session, _card_question().where(VersionRow.id.in_(part)))
        }
    return [found[version_id] for version_id in version_ids if version_id in found]


def newest(session: Session, limit: int = 8) -> list[Card]:
    """The current versions that came in last."""
    return _cards(
        session,
        _card_question()
        .where(VersionRow.current)
        .order_by(VersionRow.id.desc())
        .limit(limit),
    )


def filed(
    session: Session, key: str, year: int, number: int | None = None
) -> Filed | None:
    """The report of an agency for a year; the current version unless `number` names
    another.
    """
    filing = session.scalar(
        select(FilingRow)
        .join(AgencyRow)
        .where(AgencyRow.key == key, FilingRow.year == year)
    )
    if filing is None or not filing.versions:
        return None
    chosen = next(
        (
            row
            for row in filing.versions
            if (row.number == number if number else row.current)
        ),
        None if number else filing.versions[-1],
    )
    if chosen is None:
        return None
    versions = _versions(session, filing.versions)
    return Filed(
        agency=_agency(filing.agency),
        year=filing.year,
        version=next(
            version for version in versions if version.number == chosen.number
        ),
        versions=versions,
        years=tuple(
            session.scalars(
                select(FilingRow.year)
                .where(FilingRow.agency_id == filing.agency_id)
                .order_by(FilingRow.year)
            )
        ),
        reading=chosen.reading,
        notes=_notes(session, chosen),
    )


def _versions(session: Session, rows: Iterable[VersionRow]) -> tuple[Version, ...]:
    shown = []
    for row in rows:
        original = session.get(OriginalRow, row.digest)
        page = session.scalars(_page_of(row)).first()
        shown.append(
            Version(
                row.number, row.current, row.digest, row.source_url, row.file_url, row.captured_at, row.title,
                row.published_on, row.form,
                original.size if original else 0,
                original.media_type if original else "",
                original.file_name if original else "",
                page.last_seen_at if page else None,
                page.gone_at if page else None,
                page.gone_why if page else "",
            )
        )  # fmt: skip
    return tuple(shown)


def _page_of(version: VersionRow) -> Select[PageRow]:
    """The page a version was taken from: its address, or wherever its original was
    sighted.
    """
    sighted = select(SightingRow.page_id).where(
        SightingRow.digest == version.digest, SightingRow.page_id.is_not(None)
    )
    belongs: ColumnElement[bool] = PageRow.id.in_(sighted)
    if version.source_url:
        belongs = belongs | (PageRow.url == version.source_url)
    return (
        select(PageRow)
        .where(belongs)
        .order_by((PageRow.url == version.source_url).desc(), PageRow.id)
        .limit(1)
    )


def _notes(session: Session, version: VersionRow) -> tuple[Note, ...]:
    rulings = {
        (row.check, row.keys): row
        for row in session.scalars(
            select(RulingRow).where(RulingRow.document_hash == version.document_hash)
        )
    }
    notes = []
    for row in version.findings:
        keys = tuple(row.keys.get("keys", ()))
        ruling = rulings.get((row.check, " ".join(keys)))
        notes.append(
            Note(
                row.check, row.family, row.weight, row.message, keys, row.anchor,
                ruling.decision if ruling else "", ruling.note if ruling else "",
            )
        )  # fmt: skip
    return tuple(
        sorted(notes, key=lambda note: (note.decision == "dismissed", -note.weight))
    )


def agency_years(
    session: Session, key: str
) -> tuple[AgencyCard, list[YearFigures]] | None:
    """An agency and its current reports, oldest first, with key figures."""
    row = session.scalar(select(AgencyRow).where(AgencyRow.key == key))
    if row is None:
        return None
    question = (
        _card_question()
        .where(AgencyRow.id == row.id, VersionRow.current)
        .order_by(FilingRow.year)
    )
    found = _cards(session, question)
    figures = key_figures(session, [card.version_id for card in found])
    years = [YearFigures(card, figures[card.version_id]) for card in found]
    first, last = (years[0].card.year, years[-1].card.year) if years else (0, 0)
    return _agency(row, len(years), first, last), years


def agencies(
    session: Session,
    name: str = "",
    region: str = "",
    sector: str = "",
    level: str = "",
    page: int = 1,
    size: int = 50,
) -> tuple[int, list[AgencyCard]]:
    """How many agencies fit, and a page of them by region and name. `region` is a code;
    `510000` means all of 51.
    """
    fits: list[ColumnElement[bool]] = []
    if name:
        fits.append(AgencyRow.name.contains(name, autoescape=True))
    if region:
        stem = region.removesuffix("00").removesuffix("00")
        fits.append(AgencyRow.region_code.startswith(stem, autoescape=True))
    if sector:
        fits.append(AgencyRow.sector == sector)
    if level:
        fits.append(AgencyRow.level == level)
    total = (
        session.scalar(select(func.count()).select_from(AgencyRow).where(*fits)) or 0
    )
    question = (
        select(
            AgencyRow,
            func.count(FilingRow.id),
            func.min(FilingRow.year),
            func.max(FilingRow.year),
        )
        .outerjoin(FilingRow)
        .where(*fits)
        .group_by(AgencyRow.id)
        .order_by(AgencyRow.region_code, AgencyRow.is_government.desc(), AgencyRow.name)
        .offset((page - 1) * size)
        .limit(size)
    )
    return total, [_agency(*found) for found in session.execute(question)]


def original(session: Session, digest: str) -> Original | None:
    """What is known of an original, or None."""
    row = session.get(OriginalRow, digest)
    return (
        Original(row.digest, row.size, row.media_type, row.file_name) if row else None
    )
