"""What the pipeline writes: originals, sightings, and reports filed under their agency
and year.

A filing is an agency's report for a year; its versions are the differing texts seen,
one of them current. Text decides, not bytes: page furniture changes daily. An older
text that a page shows again becomes current again; a second page that still shows an
older text changes nothing. The same bytes are always the same version: a reader that
reads more than before must not look like an edit by the portal.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from archive.regions import agency_key, region_path
from archive.report import Agency, Hints, Report, content_hash
from archive.store.computed import recheck, recheck_following, refill
from archive.store.rows import (
    AgencyRow,
    CopyRow,
    FilingRow,
    OriginalRow,
    PageRow,
    SightingRow,
    VersionRow,
)


@dataclass(frozen=True, slots=True)
class Sighting:
    """One look at an address or a file."""

    asked: str
    at: datetime
    status: int
    reached: str = ""
    headers: dict[str, str] | None = None
    page_id: int | None = None
    run_id: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Where a report was found: the page a visitor can open, the file itself, when it
    was captured.
    """

    captured_at: datetime
    url: str = ""
    file_url: str = ""
    page_id: int | None = None


def keep_original(
    session: Session, digest: str, size: int, hints: Hints, sighting: Sighting
) -> bool:
    """Notes an original that lies in the captures, and the sighting of it. True when it
    was not known.
    """
    known = session.get(OriginalRow, digest)
    if known is None:
        session.add(
            OriginalRow(
                digest=digest,
                size=size,
                file_name=hints.file_name,
                first_seen_at=sighting.at,
                hints=_told(hints),
            )
        )
        session.flush()
    else:
        tell_hints(session, digest, hints)
    if sighting.page_id is not None or not _seen(session, sighting.asked, digest):
        note_sighting(session, sighting, digest)
    return known is None


def tell_hints(session: Session, digest: str, hints: Hints) -> None:
    """Remembers what is known besides the bytes, until they are read: what led to a
    reading stays.
    """
    original = session.get_one(OriginalRow, digest)
    if original.state != "read":
        original.hints = _told(hints)


def _told(hints: Hints) -> dict[str, Any]:
    return {
        key: value.isoformat() if isinstance(value, date) else value
        for key, value in asdict(hints).items()
    }


def _seen(session: Session, asked: str, digest: str) -> bool:
    question = select(SightingRow.id).where(
        SightingRow.asked == asked, SightingRow.digest == digest
    )
    return session.scalar(question.limit(1)) is not None


def note_sighting(
    session: Session, sighting: Sighting, digest: str | None = None
) -> None:
    """Notes a look at an address, also one that brought no bytes (404, not modified)."""
    session.add(
        SightingRow(
            page_id=sighting.page_id,
            run_id=sighting.run_id,
            asked=sighting.asked,
            reached=sighting.reached,
            at=sighting.at,
            status=sighting.status,
            headers=sighting.headers or {},
            digest=digest,
        )
    )


def judge(
    session: Session, digest: str, state: str, reason: str, media_type: str = ""
) -> None:
    """What became of an original: unreadable, not_a_report or unfiled, and why."""
    original = session.get_one(OriginalRow, digest)
    original.state, original.reason = state, reason
    original.media_type = media_type or original.media_type


def file_report(
    session: Session,
    report: Report,
    digest: str,
    source: Source,
    media_type: str = "",
    *,
    latest: bool = True,
) -> str:
    """Files a report under its agency and year: `new`, `same` or `changed`. One
    transaction, to be repeated whole.

    The agency's name and the year must be known. A new text becomes current unless it
    is known not to be the `latest`, and stays so until another new text or the page it
    came from says otherwise.
    """
    copy = session.get(CopyRow, digest)
    version = session.get_one(VersionRow, copy.version_id) if copy else None
    outcome = "same"
    if version is None:
        filing = filing_of(session, report)
        text = content_hash(report)
        version = next(
            (known for known in filing.versions if known.document_hash == text), None
        )
        if version is None:
            outcome = "changed" if filing.versions else "new"
            version = _add_version(session, filing, report, digest, text, source)
            if latest or outcome == "new":
                make_current(session, version)
            refill(session, version, report)
        session.add(CopyRow(digest=digest, version_id=version.id))
    judge(session, digest, "read", "", media_type)
    return "changed" if _shown(session, version, source.page_id) else outcome


def seen_again(session: Session, digest: str, source: Source) -> tuple[str, str] | None:
    """For bytes that are read and filed already: `same` or `changed`, and the agency
    and year; else None.
    """
    copy = session.get(CopyRow, digest)
    if copy is None or session.get_one(OriginalRow, digest).state != "read":
        return None
    version = session.get_one(VersionRow, copy.version_id)
    outcome = "changed" if _shown(session, version, source.page_id) else "same"
    return outcome, f"{version.filing.agency.name} {version.filing.year}"


def _shown(session: Session, version: VersionRow, page_id: int | None) -> bool:
    """Notes that a page shows a version; True when it showed another before, and this
    one is current again.
    """
    page = session.get(PageRow, page_id) if page_id else None
    if page is None:
        return False
    returns = not version.current and page.version_id not in {None, version.id}
    if returns:
        make_current(session, version)
        recheck(session, version)
        recheck_following(session, version.filing.agency_id, version.filing.year)
    page.version_id = version.id
    return returns


def filing_of(session: Session, report: Report) -> FilingRow:
    """The filing a report belongs to, made when it is new. Raises ValueError without
    agency or year.
    """
    if report.year is None or not report.agency.name:
        raise ValueError("a report without agency or year can't be filed")
    return _filing(session, agency_of(session, report.agency), report.year)


def agency_of(session: Session, agency: Agency) -> AgencyRow:
    """The agency's row, made when it is new. Locked: who files for the same agency
    waits, so that each year's report is checked against what is really the year before
    it.
    """
    name = _short_name(agency)
    code = agency.region.code if agency.region else ""
    question = select(AgencyRow).where(
        AgencyRow.name == name, AgencyRow.region_code == code
    )
    row = session.scalar(question.with_for_update())
    if row is None:
        key = agency_key(agency)
        if session.scalar(select(AgencyRow.id).where(AgencyRow.key == key)):
            key = agency_key(agency, apart=True)  # 水务局 and 税务局 sound alike
        row = AgencyRow(
            key=key,
            name=name,
            region_code=code,
            region_name=agency.region.name if agency.region else "",
            level=agency.level,
            is_government=agency.is_government,
            sector=agency.sector,
        )
        session.add(row)
        session.flush()
    return row


def _short_name(agency: Agency) -> str:
    """四川省某市商务局 and 某市商务局 are one agency: the province before a lower place
    falls away.
    """
    path = region_path(agency.region.code) if agency.region else ()
    if (
        len(path) > 1
        and agency.name.startswith(path[0].name)
        and len(agency.name) > len(path[0].name) + 2
    ):
        return agency.name[len(path[0].name) :]
    return agency.name


def _filing(session: Session, agency: AgencyRow, year: int) -> FilingRow:
    row = session.scalar(
        select(FilingRow).where(
            FilingRow.agency_id == agency.id, FilingRow.year == year
        )
    )
    if row is None:
        row = FilingRow(agency=agency, year=year)
        session.add(row)
        session.flush()
    return row


def _add_version(
    session: Session,
    filing: FilingRow,
    report: Report,
    digest: str,
    text: str,
    source: Source,
) -> VersionRow:
    version = VersionRow(
        filing=filing,
        number=next_number(session, filing),
        current=False,
        digest=digest,
        document_hash=text,
        source_url=source.url,
        file_url=source.file_url,
        captured_at=source.captured_at,
        title=report.title,
        published_on=report.published_on,
        form=report.form,
        reading={},
        to_index=True,
        changed_at=datetime.now(UTC),
    )
    session.add(version)
    session.flush()
    return version


def next_number(session: Session, filing: FilingRow) -> int:
    return (
        session.scalar(
            select(func.max(VersionRow.number)).where(VersionRow.filing_id == filing.id)
        )
        or 0
    ) + 1


def make_current(session: Session, version: VersionRow) -> None:
    """The old one first: the database admits one current version of a filing at a time."""
    for other in version.filing.versions:
        if other.current and other is not version:
            other.current, other.to_index, other.changed_at = (
                False,
                True,
                datetime.now(UTC),
            )
    session.flush()
    version.current = True
    session.flush()
