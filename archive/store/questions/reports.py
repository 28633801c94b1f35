"""What the pages ask about reports. Plain data goes out, never rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Row, Select, bindparam, select
from sqlalchemy.orm import Session

from archive.catalogue import INDICATORS, Decision
from archive.report import Before, Report, public_values
from archive.store.database import plain_rows
from archive.store.figures import AT_ONCE, year_before
from archive.store.filing import Part
from archive.store.questions.cards import (
    AgencyCard,
    Card,
    CardQuestion,
    Named,
    card_question,
    cards_of,
    names_of,
)
from archive.store.questions.events import Event, of_versions
from archive.store.questions.kept import Reading
from archive.store.questions.places import Seen, shared
from archive.store.questions.texts import (
    Chosen,
    LostReading,
    Stored,
    Text,
    choose,
    reading_in,
    readings,
    text,
)
from archive.store.questions.whereabouts import Whereabouts, whereabouts
from archive.store.rows import FindingRow, OriginalRow, VersionRow, among
from archive.store.rulings import Rulings, finding_of, rulings_on

__all__ = [
    "Filed",
    "LostReading",
    "Note",
    "Rival",
    "Text",
    "Version",
    "cards",
    "filed",
    "media_type_of",
    "named",
    "newest",
    "text",
]


_COMPARED = tuple(
    key for one in INDICATORS.values() if one.is_growth for key in one.keys
)
"""The figures that an indicator compares with the year before."""


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
    reading: Report | None
    """None while it has to be read again."""


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
    events: tuple[Event, ...] = ()
    """What became of the addresses of its texts, in order."""
    before: Before | None = None
    """What growth compares with; None without a report of the year before."""


@cache
def _cards_of_versions() -> CardQuestion:
    """The cards of some versions."""
    return card_question().where(among(VersionRow.id, "ids"))


@cache
def _newest() -> CardQuestion:
    """The current versions, the last first."""
    question = card_question().where(VersionRow.current)
    return question.order_by(VersionRow.id.desc()).limit(bindparam("most"))


@cache
def _findings() -> Select[*tuple[Any, ...]]:
    """The findings of a version, in the order found."""
    of_version = FindingRow.version_id == bindparam("version")
    return (
        select(*FindingRow.__table__.c).where(of_version).order_by(FindingRow.position)
    )


def cards(session: Session, version_ids: Sequence[int]) -> list[Card]:
    """The reports of these versions, in the order given; unknown ones are left out."""
    found: dict[int, Card] = {}
    for start in range(0, len(version_ids), AT_ONCE):
        part = version_ids[start : start + AT_ONCE]
        cards = cards_of(session, _cards_of_versions(), ids=part)
        found |= {card.version_id: card for card in cards}
    return [found[version_id] for version_id in version_ids if version_id in found]


def named(session: Session, version_ids: Sequence[int]) -> dict[int, Named]:
    """Version → what its report is called; unknown ones are left out."""
    found: dict[int, Named] = {}
    for start in range(0, len(version_ids), AT_ONCE):
        found |= names_of(session, version_ids[start : start + AT_ONCE])
    return found


def newest(session: Session, limit: int = 8) -> list[Card]:
    """The current versions that came in last."""
    return cards_of(session, _newest(), most=limit)


def filed(
    session: Session, key: str, year: int, number: int | None = None
) -> Filed | None:
    """The report of an agency for a year, or None.

    It is the current version unless `number` names another. Raises LostReading.
    """
    chosen = choose(session, key, year, number)
    if chosen is None:
        return None
    found = whereabouts(session, chosen.texts)
    told = {text.id: _version(text, found[text.id]) for text in chosen.texts}
    others = _others(chosen, told)
    asked = [chosen.text.id, *others]
    read = readings(session, asked)
    rivals = [_rival(told[other], read.get(other)) for other in others]
    return Filed(
        agency=chosen.agency,
        year=year,
        version=told[chosen.text.id],
        versions=tuple(told[one] for one in told if one not in others),
        # The one that is shown first before the others.
        rivals=tuple(sorted(rivals, key=lambda rival: not rival.version.current)),
        years=chosen.years,
        reading=reading_in(read, chosen).report,
        notes=_notes(session, chosen.text),
        events=of_versions(session, list(told)),
        before=year_before(session, chosen.text.id, _COMPARED),
    )


def _rival(version: Version, read: Reading | None) -> Rival:
    return Rival(version, read.report if read else None)


def _others(chosen: Chosen, told: Mapping[int, Version]) -> list[int]:
    """The texts from elsewhere than the address of the chosen one."""
    places = {version_id: version.places for version_id, version in told.items()}
    mine = chosen.text.id
    return [one for one in told if one != mine and not shared(places, one, mine)]


def _version(text: Stored, found: Whereabouts) -> Version:
    """A text as pages show it: what is stored of it, and where it is today.

    An original that the database does not know, as after damage, has no size and no
    type; its text is shown all the same.
    """
    page = found.page
    return Version(
        number=text.number,
        current=text.current,
        waits=text.waits,
        digest=text.digest,
        source_url=text.source_url,
        file_url=text.file_url,
        captured_at=text.captured_at,
        title=text.title,
        published_on=text.published_on,
        published_from=text.published_from,
        form=text.form,
        size=text.size or 0,
        media_type=text.media_type or "",
        file_name=text.file_name or "",
        last_seen_at=found.last_seen_at,
        gone_at=page.gone_at if page else None,
        gone_why=page.gone_why if page else "",
        places=found.places,
        parts=text.parts,
    )


def _notes(session: Session, text: Stored) -> tuple[Note, ...]:
    """The findings of a version, heavy ones first, dismissed ones last."""
    rulings = Rulings({})
    if text.is_ruled:
        rulings = rulings_on(session, [text.document_hash])
    rows = plain_rows(session, _findings(), {"version": text.id})
    notes = [_note(row, rulings, text.document_hash) for row in rows]
    return tuple(sorted(notes, key=_rank))


def _note(row: Row[*tuple[Any, ...]], rulings: Rulings, document_hash: str) -> Note:
    """A finding as it is shown, with the ruling of a person where there is one.

    Its sentence is made now, so that a better wording reaches old findings too.
    """
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
    """By what notes stand in order: what still stands first, then the heavy ones."""
    return note.decision == Decision.DISMISSED, -note.weight


def media_type_of(session: Session, digest: str) -> str | None:
    """The media type of an original, empty where unknown; None for no original."""
    row = session.get(OriginalRow, digest)
    return row.media_type if row else None
