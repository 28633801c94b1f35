"""Many originals and reports at once: what comes in by the thousand is mostly plain.

A report is plain where nothing has to be decided: the first text of its agency and
year, or one that is read again and says what it said. These are written together, a
statement a table. All others go the way of `saving` and `refiling`, one by one in the
same transaction, with the same result.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Table, insert, select, update
from sqlalchemy.orm import Session, contains_eager, selectinload

from archive.catalogue import OriginalState, Outcome
from archive.report import Agency, Hints, Prepared
from archive.store.filing.computed import clear, fill, fill_new
from archive.store.filing.filings import new_agencies, place_of
from archive.store.filing.many_rows import put
from archive.store.filing.refiling import refile, tell_agency
from archive.store.filing.saving import (
    Origin,
    Sighting,
    file_report,
    hints_as_json,
    sighting_values,
    tell_hints,
    version_values,
)
from archive.store.rows import (
    AgencyRow,
    Base,
    CopyRow,
    FilingRow,
    OriginalRow,
    SightingRow,
    VersionRow,
)

_ORIGINALS = Base.metadata.tables[OriginalRow.__tablename__]
_COPIES = Base.metadata.tables[CopyRow.__tablename__]
_FILINGS = Base.metadata.tables[FilingRow.__tablename__]
_SIGHTINGS = Base.metadata.tables[SightingRow.__tablename__]
_VERSIONS = Base.metadata.tables[VersionRow.__tablename__]

Place = tuple[str, str, int]
"""An agency's name, the code of its region, and the year."""
NOBODY: Place = ("", "", 0)
"""The place of a report without agency or year: it is nobody's first."""


class Kept(NamedTuple):
    """An original that lies in the captures, and the look that found it."""

    digest: str
    size: int
    hints: Hints
    sighting: Sighting


class Read(NamedTuple):
    """A report that was read in an original, and where that was found."""

    digest: str
    report: Prepared
    media_type: str
    origin: Origin | None = None
    """None for what is read again: it was found before."""


def keep_originals(session: Session, kept: Sequence[Kept]) -> None:
    """Notes originals and their sightings, as `saving.keep_original` does one."""
    by_digest = {one.digest: one for one in kept}
    is_of_them = OriginalRow.digest.in_(by_digest)
    known = set(session.scalars(select(OriginalRow.digest).where(is_of_them)))
    new = [by_digest[digest] for digest in by_digest if digest not in known]
    put(session, _ORIGINALS, list(map(_original, new)))
    for digest in known:
        tell_hints(session, digest, by_digest[digest].hints)
    _note_sightings(session, kept)


def _note_sightings(session: Session, kept: Sequence[Kept]) -> None:
    """A page is sighted with every run; a file imported once more tells nothing new."""
    looks = select(SightingRow.asked, SightingRow.digest)
    of_them = looks.where(SightingRow.digest.in_([one.digest for one in kept]))
    seen = set(map(tuple, session.execute(of_them)))
    new = []
    for one in kept:
        look = (one.sighting.asked, one.digest)
        is_new = look not in seen
        if is_new or one.sighting.page_id is not None:
            new.append(sighting_values(one.sighting, one.digest))
        seen.add(look)
    put(session, _SIGHTINGS, new)


def _original(kept: Kept) -> dict[str, Any]:
    """The row of an original that is new: nobody has looked into it."""
    return {
        "digest": kept.digest,
        "size": kept.size,
        "media_type": "",
        "file_name": kept.hints.file_name,
        "first_seen_at": kept.sighting.at,
        "state": OriginalState.NEW,
        "reason": "",
        "hints": hints_as_json(kept.hints),
    }


def filed_before(session: Session, digests: Iterable[str]) -> set[str]:
    """Which of these originals say a version."""
    question = select(CopyRow.digest).where(CopyRow.digest.in_(list(digests)))
    return set(session.scalars(question))


def first_of_their_places(
    session: Session, reports: Sequence[Prepared]
) -> Sequence[bool]:
    """Of each report, whether it is the first text of its agency and year."""
    places = list(map(_place, reports))
    taken = _taken_places(session, places)
    are_first = []
    for place in places:
        are_first.append(place not in taken)
        taken.add(place)
    return are_first


def _taken_places(session: Session, places: Iterable[Place]) -> set[Place]:
    """Which of these agencies and years have a filing already; nobody's is taken."""
    names, _, years = zip(*places, strict=True) if places else ((), (), ())
    question = (
        select(AgencyRow.name, AgencyRow.region_code, FilingRow.year)
        .join(FilingRow, FilingRow.agency_id == AgencyRow.id)
        .where(AgencyRow.name.in_(set(names)))
        .where(FilingRow.year.in_(set(years)))
    )
    found: set[Place] = set(map(_as_place, session.execute(question)))
    found.add(NOBODY)
    return found


def _as_place(row: Sequence[Any]) -> Place:
    """A row of the database as a place."""
    name, code, year = row
    return name, code, year


def _place(report: Prepared) -> Place:
    """Where a report is filed."""
    if report.year is None or not report.agency.name:
        return NOBODY
    return (*place_of(report.agency), report.year)


def file_reports(session: Session, read: Sequence[Read]) -> list[str]:
    """Files reports; the outcome of each, as of `saving.file_report`.

    One transaction, to be repeated whole. Raises ValueError for a report without agency
    or year; then nothing is filed.
    """
    plain = _new_ones(session, read)
    _file_plain(session, list(plain.values()))
    outcomes = []
    for one in read:
        is_filed = plain.get(one.digest) is one
        outcomes.append(Outcome.NEW if is_filed else _file(session, one))
    return outcomes


def _file(session: Session, one: Read) -> str:
    """One for which something has to be decided."""
    return file_report(session, one.report, one.digest, _found(one), one.media_type)


def _new_ones(session: Session, read: Sequence[Read]) -> dict[str, Read]:
    """Digest → the first text of its agency and year, of what is nowhere filed."""
    copies = filed_before(session, [one.digest for one in read])
    are_first = first_of_their_places(session, [one.report for one in read])
    plain = {}
    for one, is_first in zip(read, are_first, strict=True):
        is_unknown = one.digest not in copies and one.digest not in plain
        # What a page shows is noted with the page.
        is_of_page = _found(one).page_id is not None
        if is_first and is_unknown and not is_of_page:
            plain[one.digest] = one
    return plain


def _found(read: Read) -> Origin:
    """Where a report was found that is filed for the first time."""
    assert read.origin is not None
    return read.origin


def _file_plain(session: Session, plain: Sequence[Read]) -> None:
    if not plain:
        return
    agencies = _agencies(session, plain)
    filings: list[dict[str, Any]] = [
        {
            "agency_id": agencies[place_of(one.report.agency)].id,
            "year": one.report.year,
        }
        for one in plain
    ]
    versions = [
        version_values(number, 1, one.report, one.digest, _found(one), current=True)
        for number, one in zip(
            _numbered(session, _FILINGS, filings), plain, strict=True
        )
    ]
    numbers = _numbered(session, _VERSIONS, versions)
    copies = [
        {"digest": one.digest, "version_id": number}
        for number, one in zip(numbers, plain, strict=True)
    ]
    put(session, _COPIES, copies)
    years = [(filing["agency_id"], filing["year"] + 1) for filing in filings]
    reports = [one.report for one in plain]
    fill_new(session, list(zip(numbers, reports, strict=True)), years)
    _tell_read(session, plain)


def _numbered(
    session: Session, table: Table, rows: Sequence[dict[str, Any]]
) -> Sequence[int]:
    """Writes new rows; the number that each was given, in their order."""
    told = insert(table).returning(table.c.id, sort_by_parameter_order=True)
    return session.scalars(told, rows).all()


def _agencies(
    session: Session, read: Sequence[Read]
) -> dict[tuple[str, str], AgencyRow]:
    """The agencies of these reports, locked as `agency_of` locks one."""
    names = {place_of(one.report.agency)[0] for one in read}
    question = select(AgencyRow).where(AgencyRow.name.in_(names)).order_by(AgencyRow.id)
    rows = session.scalars(question.with_for_update())
    agencies = {(row.name, row.region_code): row for row in rows}
    new: dict[tuple[str, str], Agency] = {}
    for one in read:
        place = place_of(one.report.agency)
        if place not in agencies:
            new.setdefault(place, one.report.agency)
    made = new_agencies(session, list(new.values())) if new else []
    return agencies | {(row.name, row.region_code): row for row in made}


def _tell_read(session: Session, read: Sequence[Read]) -> None:
    """These originals are read, each as what it is."""
    for media_type in {one.media_type for one in read}:
        digests = [one.digest for one in read if one.media_type == media_type]
        values = {"state": OriginalState.READ, "reason": "", "media_type": media_type}
        if not media_type:
            del values["media_type"]
        told = update(_ORIGINALS).where(_ORIGINALS.c.digest.in_(digests))
        session.execute(told.values(values))


def refile_reports(session: Session, read: Sequence[Read]) -> list[str]:
    """Reports that were read again; the outcome of each, as of `refiling.refile`."""
    question = (
        select(VersionRow)
        .join(VersionRow.filing)
        .join(FilingRow.agency)
        .where(VersionRow.digest.in_([one.digest for one in read]))
        .options(
            contains_eager(VersionRow.filing).options(
                contains_eager(FilingRow.agency), selectinload(FilingRow.versions)
            )
        )
        .order_by(VersionRow.id)
    )
    rows = session.scalars(question.with_for_update(of=AgencyRow)).unique().all()
    versions = {row.digest: row for row in rows}
    plain = {}
    for one in read:
        version = versions.get(one.digest)
        if version is not None and _says_the_same(version, one):
            plain[one.digest] = (version, one.report)
            tell_agency(version.filing.agency, one.report.agency)
    clear(session, [version.id for version, _ in plain.values()])
    fill(session, list(plain.values()))
    _tell_read(session, [one for one in read if one.digest in plain])
    outcomes = []
    for one in read:
        is_filled = one.digest in plain
        outcomes.append(Outcome.SAME if is_filled else _refile(session, one))
    return outcomes


def _refile(session: Session, one: Read) -> str:
    """One that may move, join another, or wait for a person."""
    return refile(session, one.report, one.digest, one.media_type)


def _says_the_same(version: VersionRow, read: Read) -> bool:
    """Whether a version stays where it is, the only one of its filing."""
    if version.waits or not version.current:
        return False
    filing = version.filing
    agency = filing.agency
    is_in_place = _place(read.report) == (agency.name, agency.region_code, filing.year)
    is_alone = len(filing.versions) == 1
    return is_in_place and is_alone and version.document_hash == read.report.text
