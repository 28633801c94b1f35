"""What the pipeline writes: originals, sightings, and reports filed under their agency
and year.

A filing is an agency's report for a year; it keeps the differing texts seen, one of
them current, as `succession` says. Text decides, not bytes: page furniture changes
daily. An older text that a page shows again becomes current again; a second page that
still shows an older text changes nothing. Whether two texts are versions of one address
or rivals from two is asked of their origins when they are shown (questions/places). The
same bytes are always the same text: a reader that reads more than before must not look
like an edit by the portal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from archive.catalogue import OriginalState, Outcome
from archive.report import Hints, Prepared
from archive.store.filing.computed import fill_new
from archive.store.filing.events import note_other_report
from archive.store.filing.filings import filing_of
from archive.store.filing.succession import make_current, settle
from archive.store.rows import (
    CopyRow,
    FilingRow,
    OriginalRow,
    PageRow,
    SightingRow,
    VersionRow,
)
from archive.webpage import place_of

_FILED = frozenset((OriginalState.READ, OriginalState.PART))


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
    exchanges: Sequence[dict[str, Any]] = ()
    """Requests as sent and answers as they came, the redirects first; as plain data."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a report was found, and when."""

    captured_at: datetime
    url: str = ""
    """The page a visitor can open; empty for imported files."""
    file_url: str = ""
    """The attachment itself where the report was one."""
    page_id: int | None = None


def keep_original(
    session: Session, digest: str, size: int, hints: Hints, sighting: Sighting
) -> bool:
    """Notes an original that lies in the captures, and the sighting of it.

    True when it was not known. A file that is imported again is one sighting only.
    """
    known = session.get(OriginalRow, digest)
    if known is None:
        session.add(
            OriginalRow(
                digest=digest,
                size=size,
                file_name=hints.file_name,
                first_seen_at=sighting.at,
                hints=hints_as_json(hints),
            )
        )
        session.flush()
    else:
        tell_hints(session, digest, hints)
    # A page is sighted with every run; a file imported once more tells nothing new.
    if sighting.page_id is not None or not _seen(session, sighting.asked, digest):
        note_sighting(session, sighting, digest)
    return known is None


def tell_hints(session: Session, digest: str, hints: Hints) -> None:
    """Remembers what is known besides the bytes, until they are read: what led to a
    reading stays.
    """
    original = session.get_one(OriginalRow, digest)
    if original.state != OriginalState.READ:
        original.hints = hints_as_json(hints)


def hints_as_json(hints: Hints) -> dict[str, Any]:
    """What is known; most hints are not."""
    return {
        key: value.isoformat() if isinstance(value, date) else value
        for key, value in asdict(hints).items()
        if value
    }


def _seen(session: Session, asked: str, digest: str) -> bool:
    question = select(SightingRow.id).where(
        SightingRow.asked == asked, SightingRow.digest == digest
    )
    return session.scalar(question.limit(1)) is not None


def note_sighting(
    session: Session, sighting: Sighting, digest: str | None = None
) -> None:
    """Notes a look at an address, also one that brought no bytes, such as a 404."""
    session.add(SightingRow(**sighting_values(sighting, digest)))


def sighting_values(sighting: Sighting, digest: str | None) -> dict[str, Any]:
    """The columns of a look."""
    return {
        "page_id": sighting.page_id,
        "run_id": sighting.run_id,
        "asked": sighting.asked,
        "reached": sighting.reached,
        "at": sighting.at,
        "status": sighting.status,
        "headers": sighting.headers or {},
        "exchanges": {"exchanges": list(sighting.exchanges)},
        "digest": digest,
    }


def judge(
    session: Session, digest: str, state: str, reason: str, media_type: str = ""
) -> None:
    """What became of an original (a value of OriginalState), and why."""
    original = session.get_one(OriginalRow, digest)
    original.state, original.reason = state, reason
    original.media_type = media_type or original.media_type


def file_report(
    session: Session,
    report: Prepared,
    digest: str,
    origin: Origin,
    media_type: str = "",
) -> str:
    """Files a report under its agency and year: `new`, `same`, `changed` or `held`.

    `changed` is what one address shows after another text; a differing text from
    elsewhere is `new`. One transaction, to be repeated whole, after the sighting was
    noted.
    The agency's name and the year must be known. A new text becomes current unless it
    has less than the one before, and stays so until another new text or the page it
    came from says otherwise.
    """
    copy = session.get(CopyRow, digest)
    if copy is not None:
        # The same bytes are always the same text.
        version, outcome = session.get_one(VersionRow, copy.version_id), Outcome.SAME
    else:
        version, outcome = _file_text(session, report, digest, origin)
    judge(session, digest, OriginalState.READ, "", media_type)
    returns = _shown(session, version, origin.page_id)
    if version.waits:
        return Outcome.HELD
    return Outcome.CHANGED if returns else outcome


def _file_text(
    session: Session, report: Prepared, digest: str, origin: Origin
) -> tuple[VersionRow, Outcome]:
    """The version that says a text, made where it is new."""
    filing = filing_of(session, report)
    # Page furniture changes daily, formats sometimes: what is said counts.
    same = (one for one in filing.versions if one.document_hash == report.text)
    version, outcome = next(same, None), Outcome.SAME
    is_later = False
    if version is None:
        is_later = bool(filing.versions)
        is_edit = is_later and _showed(session, filing, origin)
        outcome = Outcome.CHANGED if is_edit else Outcome.NEW
        number = next_number(session, filing)
        version = new_version(filing, number, report, digest, origin)
        session.add(version)
        session.flush()
        if not is_later:
            make_current(session, version)
        years = [] if is_later else [(filing.agency_id, filing.year + 1)]
        fill_new(session, [(version.id, report)], years)
    session.add(CopyRow(digest=digest, version_id=version.id))
    session.flush()
    if is_later:
        session.expire(filing, ["versions"])
        settle(session, filing)
    return version, outcome


def _showed(session: Session, filing: FilingRow, origin: Origin) -> bool:
    """Whether the address of an origin showed another text of this filing before."""
    place = place_of(origin.file_url or origin.url)
    places = {place_of(one.file_url or one.source_url) for one in filing.versions}
    # An imported file has no address: of two of them nothing is known.
    if place and place in places:
        return True
    if not origin.page_id:
        return False
    page = session.get_one(PageRow, origin.page_id)
    numbers = {version.id for version in filing.versions}
    return page.version_id in numbers


def seen_again(session: Session, digest: str, origin: Origin) -> tuple[str, str] | None:
    """For bytes that are read and filed already: `same`, `changed` or `held`, and the
    agency and year; else None.
    """
    copy = session.get(CopyRow, digest)
    # The bytes may be known from another page that shows the same file.
    if copy is None:
        return None
    if session.get_one(OriginalRow, digest).state not in _FILED:
        return None
    version = session.get_one(VersionRow, copy.version_id)
    returns = _shown(session, version, origin.page_id)
    outcome = Outcome.CHANGED if returns else Outcome.SAME
    if version.waits:
        outcome = Outcome.HELD
    return outcome, f"{version.filing.agency.name} {version.filing.year}"


def _shown(session: Session, version: VersionRow, page_id: int | None) -> bool:
    """Notes that a page shows a version.

    True when it showed another before, and this one is current again.
    """
    page = session.get(PageRow, page_id) if page_id else None
    if page is None:
        return False
    was_current, before = version.current, page.version_id
    note_other_report(session, page, version)
    # Kept in the same transaction, so that a killed run cannot forget it.
    page.version_id = version.id
    # A second page that always showed an older text changes nothing.
    if before not in {None, version.id}:
        settle(session, version.filing)
    if not version.current:
        return False
    return not was_current


def new_version(
    filing: FilingRow, number: int, report: Prepared, digest: str, origin: Origin
) -> VersionRow:
    """A version that is not current yet."""
    values = version_values(None, number, report, digest, origin, current=False)
    del values["filing_id"]
    return VersionRow(filing=filing, **values)


def version_values(
    filing_id: int | None,
    number: int,
    report: Prepared,
    digest: str,
    origin: Origin,
    *,
    current: bool,
) -> dict[str, Any]:
    """The columns of a version that is new."""
    return {
        "filing_id": filing_id,
        "number": number,
        "current": current,
        "waits": "",
        "digest": digest,
        "document_hash": report.text,
        "source_url": origin.url,
        "file_url": origin.file_url,
        "captured_at": origin.captured_at,
        "title": report.title,
        "published_on": report.published_on,
        "published_from": report.published_from,
        "form": report.form,
        "changed_at": datetime.now(UTC),
    }


def next_number(session: Session, filing: FilingRow) -> int:
    """The number of the next version of a filing; numbers are never given again."""
    highest = func.max(VersionRow.number)
    question = select(highest).where(VersionRow.filing_id == filing.id)
    return (session.scalar(question) or 0) + 1


def why_waiting(session: Session, digest: str) -> str:
    """What the version of an original lacks of the current one; empty if it is none
    that waits.
    """
    question = select(VersionRow.waits).join(CopyRow).where(CopyRow.digest == digest)
    return session.scalar(question) or ""
