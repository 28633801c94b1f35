"""Which text an agency and a year name, and what is stored of it: three questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, partial
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from archive.report import Packed, Report
from archive.store.database import plain_rows
from archive.store.filing import Part, opened, parts
from archive.store.questions.cards import AGENCY, AgencyCard, agency_card
from archive.store.questions.kept import Reading, kept_reading
from archive.store.rows import (
    AgencyRow,
    FilingRow,
    OriginalRow,
    ReadingRow,
    VersionRow,
    among,
)
from archive.store.rulings import has_rulings


class LostReading(Exception):
    """A text whose stored reading is damaged or gone. The message names it, in Chinese.

    Its original is kept apart, and `rebuild` reads it anew.
    """


class Stored(NamedTuple):
    """A version as it is stored."""

    id: int
    number: int
    current: bool
    waits: str
    digest: str
    document_hash: str
    source_url: str
    file_url: str
    captured_at: datetime
    title: str
    published_on: date | None
    published_from: str
    form: str
    is_ruled: bool
    """Whether a person has ruled on any of its findings."""
    size: int | None
    """This and what follows are of its original; None where that is not known."""
    media_type: str | None
    file_name: str | None
    hints: dict[str, Any] | None

    @property
    def parts(self) -> tuple[Part, ...]:
        """The originals that were read together with this one."""
        told = (self.hints or {}).get(parts.PARTS, ())
        looked_at = [Part(**one) for one in told]
        return tuple(part for part in looked_at if part.is_used)


@dataclass(frozen=True, slots=True)
class Chosen:
    """An agency's year with all its texts, and the one that is meant."""

    agency: AgencyCard
    year: int
    years: tuple[int, ...]
    """All years this agency has a report for."""
    texts: tuple[Stored, ...]
    text: Stored


@dataclass(frozen=True, slots=True)
class Text:
    """A text to be compared."""

    agency: AgencyCard
    year: int
    years: tuple[int, ...]
    number: int
    current: bool
    title: str
    form: str
    digest: str
    """The SHA-256 of its original."""
    captured_at: datetime
    is_alone: bool
    """Whether there is no other text of this agency and year."""
    read: Reading

    @property
    def reading(self) -> Report:
        """The report itself."""
        return self.read.report


@cache
def _filings() -> Select[*tuple[Any, ...]]:
    """Every year of an agency, with the agency."""
    return (
        select(*AGENCY, FilingRow.id, FilingRow.year)
        .join(FilingRow, FilingRow.agency_id == AgencyRow.id)
        .where(AgencyRow.key == bindparam("key"))
        .order_by(FilingRow.year)
    )


@cache
def _texts() -> Select[*tuple[Any, ...]]:
    """The texts of a filing, in the order of `Stored`."""
    return (
        select(
            VersionRow.id,
            VersionRow.number,
            VersionRow.current,
            VersionRow.waits,
            VersionRow.digest,
            VersionRow.document_hash,
            VersionRow.source_url,
            VersionRow.file_url,
            VersionRow.captured_at,
            VersionRow.title,
            VersionRow.published_on,
            VersionRow.published_from,
            VersionRow.form,
            has_rulings(VersionRow.document_hash),
            OriginalRow.size,
            OriginalRow.media_type,
            OriginalRow.file_name,
            OriginalRow.hints,
        )
        .outerjoin(OriginalRow, OriginalRow.digest == VersionRow.digest)
        .where(VersionRow.filing_id == bindparam("filing"))
        .order_by(VersionRow.number)
    )


@cache
def _stored_readings() -> Select[*tuple[Any, ...]]:
    """Version, and its reading in bytes."""
    return select(ReadingRow.version_id, ReadingRow.texts, ReadingRow.rest).where(
        among(ReadingRow.version_id, "ids")
    )


def choose(
    session: Session, key: str, year: int, number: int | None = None
) -> Chosen | None:
    """The texts of an agency's year, and which one is meant; None where none is.

    It is the current one unless `number` names another.
    """
    filings = plain_rows(session, _filings(), {"key": key})
    filing = next((one for one in filings if one.year == year), None)
    if filing is None:
        return None
    found = plain_rows(session, _texts(), {"filing": filing.id})
    texts = tuple(Stored(*row) for row in found)
    text = _meant(texts, number)
    if text is None:
        return None
    years = tuple(one.year for one in filings)
    return Chosen(agency_card(filing), year, years, texts, text)


def _meant(texts: Sequence[Stored], number: int | None) -> Stored | None:
    """The text of that number, the current one where none is asked for."""
    if number:
        return next((text for text in texts if text.number == number), None)
    for text in texts:
        if text.current:
            return text
    # Without a current one, which only a damaged database has, the last is shown.
    if texts:
        return texts[-1]
    return None


def readings(session: Session, version_ids: Sequence[int]) -> dict[int, Reading]:
    """Version → the report as it was read; without those that are damaged or gone."""
    found = plain_rows(session, _stored_readings(), {"ids": version_ids})
    read = {}
    for version_id, *pressed in found:
        packed = Packed(*pressed)
        reading = kept_reading(packed, partial(opened, version_id))
        if reading is not None:
            read[version_id] = reading
    return read


def reading_in(read: Mapping[int, Reading], chosen: Chosen) -> Reading:
    """The reading of the text that is meant. Raises LostReading."""
    reading = read.get(chosen.text.id)
    if reading is None:
        number = chosen.text.number
        name = chosen.agency.name
        raise LostReading(f"{name}{chosen.year}年度报告（第 {number} 号文本）")
    return reading


def text(
    session: Session, key: str, year: int, number: int | None = None
) -> Text | None:
    """A text of an agency's year, or None; the current one unless a number is given.

    Raises LostReading.
    """
    chosen = choose(session, key, year, number)
    if chosen is None:
        return None
    meant = chosen.text
    return Text(
        agency=chosen.agency,
        year=year,
        years=chosen.years,
        number=meant.number,
        current=meant.current,
        title=meant.title,
        form=meant.form,
        digest=meant.digest,
        captured_at=meant.captured_at,
        is_alone=len(chosen.texts) == 1,
        read=reading_in(readings(session, [meant.id]), chosen),
    )
