"""Reports that lie in several originals: which ones are read together.

Each original is kept as its own bytes. One of them carries the version; what is read
with it is remembered beside its hints, so that it can be read again offline.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.catalogue import OriginalState
from archive.report import Prepared
from archive.store.filing.filings import known_filing
from archive.store.rows import CopyRow, OriginalRow, PageRow, SightingRow, VersionRow

PARTS = "parts"
"""The key beside the hints of an original."""


@dataclass(frozen=True, slots=True)
class Part:
    """An original that is read together with another one."""

    digest: str
    url: str = ""
    """Its own address; empty for an imported file."""
    shown_as: str = ""
    """For a picture that a page shows: its address as it is written in the page."""
    page_id: int | None = None
    media_type: str = ""
    is_used: bool = True
    """False for what was looked at and does not belong to the report."""


def parts_of(session: Session, digest: str) -> tuple[Part, ...]:
    """What is read together with an original; nothing for one that is read alone."""
    told = session.get_one(OriginalRow, digest).hints.get(PARTS, ())
    return tuple(Part(**one) for one in told)


def note_parts(session: Session, digest: str, parts: Sequence[Part]) -> None:
    """Notes with an original that is filed what was looked at together with it.

    A part that is a report of its own elsewhere stays one.
    """
    carrier = session.get_one(OriginalRow, digest)
    carrier.hints = {**carrier.hints, PARTS: [asdict(part) for part in parts]}
    copy = session.get_one(CopyRow, digest)
    for part in parts:
        original = session.get_one(OriginalRow, part.digest)
        if original.state != OriginalState.READ:
            original.state, original.reason = OriginalState.PART, ""
        original.media_type = original.media_type or part.media_type
        if part.is_used:
            _belongs(session, part, copy.version_id)


def _belongs(session: Session, part: Part, version_id: int) -> None:
    """Notes that an original says a part of what a version says."""
    if session.get(CopyRow, part.digest) is None:
        session.add(CopyRow(digest=part.digest, version_id=version_id))
    page = session.get(PageRow, part.page_id) if part.page_id else None
    if page is not None and page.version_id is None:
        page.version_id = version_id


def is_part(session: Session, digest: str) -> bool:
    """Whether an original is read with another one only."""
    return session.get_one(OriginalRow, digest).state == OriginalState.PART


def version_filed(session: Session, digest: str) -> VersionRow | None:
    """The version that an original says, alone or with its parts."""
    copy = session.get(CopyRow, digest)
    if copy:
        return session.get_one(VersionRow, copy.version_id)
    return None


def imported_beside(session: Session, report: Prepared) -> list[str]:
    """The digests that carry versions of a report's agency and year and have no
    address: a person imported them.
    """
    filing = known_filing(session, report)
    if filing is None:
        return []
    return [one.digest for one in filing.versions if not one.source_url]


def last_shown(session: Session, page_id: int) -> str:
    """The digest of what an address showed last; empty where it showed nothing."""
    question = select(SightingRow.digest).where(
        SightingRow.page_id == page_id, SightingRow.digest.is_not(None)
    )
    return session.scalar(question.order_by(SightingRow.id.desc()).limit(1)) or ""
