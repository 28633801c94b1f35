"""What the pages ask about reports. Plain data goes out, never rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from archive.catalogue import Decision
from archive.report import Report, public_values
from archive.store.figures import AT_ONCE
from archive.store.filing import Part, parts_of, reading_of
from archive.store.questions.cards import (
    AgencyCard,
    Card,
    agency_card,
    card_question,
    cards_of,
)
from archive.store.questions.places import (
    Seen,
    last_shown_at,
    seen_places,
    shared,
)
from archive.store.rows import (
    AgencyRow,
    FilingRow,
    FindingRow,
    OriginalRow,
    PageRow,
    SightingRow,
    VersionRow,
)
from archive.store.rulings import Rulings, finding_of, rulings_on


@dataclass(frozen=True, slots=True)
class Note:
    """A finding as shown on a page.

    `decision` is a person's: confirmed, dismissed or empty.
    """

    check: str
    family: str
    weight: int
    message: str
    """Made of the check and its values."""
    values: dict[str, Any]
    keys: tuple[str, ...]
    anchor: str
    decision: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """One of a filing's differing texts. `gone_at` is the tombstone of its page."""

    number: int
    current: bool
    waits: str
    """What it lacks of the current one, while it waits for a person; else empty."""
    digest: str
    source_url: str
    file_url: str
    captured_at: datetime
    title: str
    published_on: date | None
    published_from: str
    form: str
    size: int
    media_type: str
    file_name: str
    last_seen_at: datetime | None
    """When its page showed this text last; None where no page is known."""
    gone_at: datetime | None
    gone_why: str
    places: tuple[Seen, ...]
    """Where it was seen; where it came from first."""
    parts: tuple[Part, ...]
    """The originals that were read together with this one."""


@dataclass(frozen=True, slots=True)
class Rival:
    """A differing text of the same agency and year from another address.

    Not an edit: nobody can say which of the two was changed, or whether one was.
    """

    version: Version
    reading: Report


@dataclass(frozen=True, slots=True)
class Filed:
    """A report with all that is known about it; `reading` is the report itself."""

    agency: AgencyCard
    year: int
    version: Version
    versions: tuple[Version, ...]
    """What the address of this text has shown, this text included."""
    rivals: tuple[Rival, ...]
    """The differing texts from elsewhere, the one that is shown first before others."""
    years: tuple[int, ...]
    """All years this agency has a report for."""
    reading: Report
    notes: tuple[Note, ...]


def cards(session: Session, version_ids: Sequence[int]) -> list[Card]:
    """The reports of these versions, in the order given; unknown ones are left out."""
    found: dict[int, Card] = {}
    for start in range(0, len(version_ids), AT_ONCE):
        # An export asks for ten thousand at once.
        part = version_ids[start : start + AT_ONCE]
        question = card_question().where(VersionRow.id.in_(part))
        found |= {card.version_id: card for card in cards_of(session, question)}
    return [found[version_id] for version_id in version_ids if version_id in found]


def newest(session: Session, limit: int = 8) -> list[Card]:
    """The current versions that came in last."""
    question = card_question().where(VersionRow.current)
    return cards_of(session, question.order_by(VersionRow.id.desc()).limit(limit))


def filed(
    session: Session, key: str, year: int, number: int | None = None
) -> Filed | None:
    """The report of an agency for a year, or None.

    It is the current version unless `number` names another.
    """
    filing = session.scalar(
        select(FilingRow)
        .join(AgencyRow)
        .where(AgencyRow.key == key, FilingRow.year == year)
    )
    chosen = _chosen(filing.versions, number) if filing else None
    if filing is None or chosen is None:
        return None
    told = _told(session, filing.versions)
    versions, rivals = _told_apart(session, filing.versions, chosen, told)
    return Filed(
        agency=agency_card(filing.agency),
        year=filing.year,
        version=told[chosen.id],
        versions=versions,
        rivals=rivals,
        years=_years(session, filing.agency_id),
        reading=reading_of(session, chosen.id),
        notes=_notes(session, chosen),
    )


def _chosen(versions: Sequence[VersionRow], number: int | None) -> VersionRow | None:
    """The version of that number, the current one where none is asked for."""
    if number:
        numbered = {version.number: version for version in versions}
        return numbered.get(number)
    for version in versions:
        if version.current:
            return version
    # Without a current one, which only a damaged database has, the last is shown.
    if versions:
        return versions[-1]
    return None


def _years(session: Session, agency_id: int) -> tuple[int, ...]:
    question = select(FilingRow.year).where(FilingRow.agency_id == agency_id)
    return tuple(session.scalars(question.order_by(FilingRow.year)))


def _told(session: Session, rows: Sequence[VersionRow]) -> dict[int, Version]:
    """Texts of a filing by their ids, as plain data."""
    places = seen_places(session, rows)
    return {row.id: _version(session, row, places[row.id]) for row in rows}


def _told_apart(
    session: Session,
    rows: Sequence[VersionRow],
    chosen: VersionRow,
    told: Mapping[int, Version],
) -> tuple[tuple[Version, ...], tuple[Rival, ...]]:
    """The versions of the chosen text's address, and the rivals from elsewhere."""
    places = {version_id: version.places for version_id, version in told.items()}
    versions, rivals = [], []
    for row in rows:
        if row is chosen or shared(places, row.id, chosen.id):
            versions.append(told[row.id])
        else:
            rivals.append(Rival(told[row.id], reading_of(session, row.id)))
    # The one that is shown first before the others.
    rivals.sort(key=lambda rival: not rival.version.current)
    return tuple(versions), tuple(rivals)


def _version(session: Session, row: VersionRow, places: tuple[Seen, ...]) -> Version:
    original = session.get(OriginalRow, row.digest)
    page = session.scalars(_page_of(row)).first()
    return Version(
        number=row.number,
        current=row.current,
        waits=row.waits,
        digest=row.digest,
        source_url=row.source_url,
        file_url=row.file_url,
        captured_at=row.captured_at,
        title=row.title,
        published_on=row.published_on,
        published_from=row.published_from,
        form=row.form,
        size=original.size if original else 0,
        media_type=original.media_type if original else "",
        file_name=original.file_name if original else "",
        last_seen_at=last_shown_at(session, row.id, page.id) if page else None,
        gone_at=page.gone_at if page else None,
        gone_why=page.gone_why if page else "",
        places=places,
        parts=_used_with(session, row.digest) if original else (),
    )


def _used_with(session: Session, digest: str) -> tuple[Part, ...]:
    return tuple(part for part in parts_of(session, digest) if part.is_used)


def _page_of(version: VersionRow) -> Select[PageRow]:
    """The page a version was taken from: its address, or wherever its original was
    sighted.
    """
    sighted = select(SightingRow.page_id).where(
        SightingRow.digest == version.digest, SightingRow.page_id.is_not(None)
    )
    # Imported first and collected later, an original has a page that is not its source.
    belongs: ColumnElement[bool] = PageRow.id.in_(sighted)
    if version.source_url:
        belongs = belongs | (PageRow.url == version.source_url)
    return (
        select(PageRow)
        .where(belongs)
        # The source itself before other pages with the same bytes.
        .order_by((PageRow.url == version.source_url).desc(), PageRow.id)
        .limit(1)
    )


def _notes(session: Session, version: VersionRow) -> tuple[Note, ...]:
    """The findings of a version, heavy ones first, dismissed ones last."""
    rulings = rulings_on(session, [version.document_hash])
    question = select(FindingRow).where(FindingRow.version_id == version.id)
    rows = session.scalars(question.order_by(FindingRow.position))
    notes = [_note(row, rulings, version.document_hash) for row in rows]
    return tuple(sorted(notes, key=_rank))


def _note(row: FindingRow, rulings: Rulings, document_hash: str) -> Note:
    finding = finding_of(row)
    ruling = rulings.on(document_hash, finding)
    return Note(
        check=row.check,
        family=row.family,
        weight=row.weight,
        message=finding.message,
        values=public_values(finding.values),
        keys=finding.keys,
        anchor=row.anchor,
        decision=ruling.decision if ruling else "",
        remark=ruling.note if ruling else "",
    )


def _rank(note: Note) -> tuple[bool, int]:
    return note.decision == Decision.DISMISSED, -note.weight


def media_type_of(session: Session, digest: str) -> str | None:
    """The media type of an original, empty where unknown; None for no original."""
    row = session.get(OriginalRow, digest)
    return row.media_type if row else None
