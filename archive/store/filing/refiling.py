"""Reading again: what is computed is refilled, what is kept stays.

A better reader may find that a version says more, belongs to another agency or year, or
says the same as its neighbour. The version moves or joins; its original, number and
moment of capture are kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from archive.catalogue import OriginalState, Outcome
from archive.report import Agency, Hints, Prepared
from archive.store.filing.computed import compare_following, refill
from archive.store.filing.filings import filing_of
from archive.store.filing.parts import PARTS
from archive.store.filing.saving import (
    Origin,
    file_report,
    judge,
    next_number,
)
from archive.store.filing.succession import settle
from archive.store.filing.years import mark
from archive.store.rows import (
    AgencyRow,
    ChoiceRow,
    CopyRow,
    EventRow,
    FilingRow,
    IndexRemovalRow,
    OriginalRow,
    PageRow,
    RulingRow,
    SightingRow,
    VersionRow,
)


def digests(session: Session) -> list[str]:
    """Every original, the first seen first."""
    return list(
        session.scalars(
            select(OriginalRow.digest).order_by(
                OriginalRow.first_seen_at, OriginalRow.digest
            )
        )
    )


def to_read_again(
    session: Session, digests: Sequence[str]
) -> dict[str, list[tuple[str, str, Hints]]]:
    """Original → the files that are read for it, itself first: digest, how a page shows
    it, and what was known besides its bytes. What is a part only is left out.
    """
    columns = select(OriginalRow.digest, OriginalRow.hints)
    own = columns.where(OriginalRow.digest.in_(digests))
    is_part = OriginalRow.state == OriginalState.PART
    told = {row.digest: row.hints for row in session.execute(own.where(~is_part))}
    names = {part["digest"] for hints in told.values() for part in hints.get(PARTS, ())}
    others = columns.where(OriginalRow.digest.in_(names))
    known = {row.digest: row.hints for row in session.execute(others)}
    return {
        digest: [
            (digest, "", _hints(told[digest])),
            *(
                (part["digest"], part["shown_as"], _hints(known[part["digest"]]))
                for part in told[digest].get(PARTS, ())
            ),
        ]
        for digest in digests
        if digest in told
    }


def seen_as(session: Session, digest: str) -> tuple[str, bool]:
    """Where an original was seen last, as an import or a run of collecting named it;
    and whether it could be filed when it was read last.
    """
    asked = select(SightingRow.asked).where(SightingRow.digest == digest)
    last = session.scalar(asked.order_by(SightingRow.id.desc()).limit(1))
    was_read = session.get_one(OriginalRow, digest).state == OriginalState.READ
    return last or digest, was_read


def hints_of(session: Session, digest: str) -> Hints:
    """What was known of an original besides its bytes when it was taken in."""
    return _hints(session.get_one(OriginalRow, digest).hints)


def _hints(written: Mapping[str, Any]) -> Hints:
    told = dict(written)
    told.pop(PARTS, None)
    if told.get("published"):
        told["published"] = date.fromisoformat(told["published"])
    return Hints(**told)


def hints_at(session: Session, page_id: int) -> Hints:
    """What was known of what a page showed last; nothing when it showed nothing yet."""
    question = select(SightingRow.digest).where(
        SightingRow.page_id == page_id, SightingRow.digest.is_not(None)
    )
    digest = session.scalar(question.order_by(SightingRow.id.desc()).limit(1))
    if digest:
        return hints_of(session, digest)
    return Hints()


def refile(
    session: Session, report: Prepared, digest: str, media_type: str = ""
) -> str:
    """Refills the version that is this original, or files it.

    `same`, `new`, `changed` or `held`; one transaction.
    The agency's name and the year must be known.
    """
    version = session.scalar(select(VersionRow).where(VersionRow.digest == digest))
    if version is None:
        return _refile_copy(session, report, digest, media_type)
    # A better reader may have found another agency or year.
    filing = filing_of(session, report)
    tell_agency(filing.agency, report.agency)
    if filing is not version.filing:
        _move(session, version, filing)
    text = report.text
    # Rulings are bound to the text; that has just changed its name.
    _carry_rulings(session, version.document_hash, text)
    twin = _twin(filing, version, text)
    if twin is not None:
        # The earlier number stays: it may stand in citations.
        earlier, later = sorted((version, twin), key=lambda one: one.number)
        _join(session, earlier, later)
        version = earlier
    version.document_hash = text
    refill(session, version, report)
    settle(session, version.filing)
    judge(session, digest, OriginalState.READ, "", media_type)
    if version.waits:
        return Outcome.HELD
    return Outcome.SAME


def _twin(filing: FilingRow, version: VersionRow, text: str) -> VersionRow | None:
    """Another version of the filing that says the same."""
    for other in filing.versions:
        if other is not version and other.document_hash == text:
            return other
    return None


def _refile_copy(
    session: Session, report: Prepared, digest: str, media_type: str
) -> str:
    """An original that is no version of its own: it says what another one says, or it
    waited.
    """
    copy = session.get(CopyRow, digest)
    if copy is not None:
        version = session.get_one(VersionRow, copy.version_id)
        is_in_place = version.filing is filing_of(session, report)
        if is_in_place and version.document_hash == report.text:
            return Outcome.SAME
        session.delete(copy)
        session.flush()
    return file_report(session, report, digest, _found(session, digest), media_type)


def _found(session: Session, digest: str) -> Origin:
    """Where an original was seen."""
    original = session.get_one(OriginalRow, digest)
    question = (
        select(PageRow)
        .join(SightingRow, SightingRow.page_id == PageRow.id)
        .where(SightingRow.digest == digest)
    )
    page = session.scalar(question.order_by(SightingRow.id.desc()).limit(1))
    # Imported files have no page; their own address was told with them.
    if page is None:
        return Origin(original.first_seen_at, original.hints.get("url", ""))
    page_id = page.id if page.version_id is None else None
    if page.article_id is None:
        return Origin(original.first_seen_at, page.url, page_id=page_id)
    article = session.get_one(PageRow, page.article_id)
    return Origin(original.first_seen_at, article.url, page.url, page_id=page_id)


def tell_agency(row: AgencyRow, agency: Agency) -> None:
    """What is computed of an agency; its name, region and key stay."""
    row.level, row.sector, row.is_government = (
        agency.level,
        agency.sector,
        agency.is_government,
    )
    row.region_name = agency.region.name if agency.region else ""


def _carry_rulings(session: Session, old: str, new: str) -> None:
    """A person's decisions follow the text they were made about."""
    if old == new:
        return
    decided = select(RulingRow).where(RulingRow.document_hash == new)
    taken = {(ruling.check, ruling.keys) for ruling in session.scalars(decided)}
    to_move = select(RulingRow).where(RulingRow.document_hash == old)
    for ruling in session.scalars(to_move).all():
        if (ruling.check, ruling.keys) not in taken:
            ruling.document_hash = new
    by_text = select(ChoiceRow).where(ChoiceRow.document_hash.in_((old, new)))
    choices = {row.document_hash: row for row in session.scalars(by_text)}
    if old in choices and new not in choices:
        choices[old].document_hash = new


def _move(session: Session, version: VersionRow, filing: FilingRow) -> None:
    """To another filing; an address that held nothing but the mistake goes."""
    left = version.filing
    version.current = False
    session.flush()
    version.number, version.filing = next_number(session, filing), filing
    session.flush()
    session.expire(left, ["versions"])
    session.expire(filing, ["versions"])
    settle(session, filing)
    _leave(session, left)


def _leave(session: Session, filing: FilingRow) -> None:
    """What becomes of a filing that a version has left."""
    agency = filing.agency
    compare_following(session, filing)
    if filing.versions:
        settle(session, filing)
    else:
        # Nothing but the mistake had this address.
        session.delete(filing)
    session.flush()
    session.expire(agency, ["filings"])
    if not agency.filings:
        session.delete(agency)
        session.flush()


def withdraw(session: Session, digest: str) -> None:
    """Takes back the version whose original turned out to be no report.

    The original is kept, and its state says what it is.
    """
    copy = session.get(CopyRow, digest)
    version = session.scalar(select(VersionRow).where(VersionRow.digest == digest))
    if version is None:
        if copy is not None:
            session.delete(copy)
        return
    filing = version.filing
    session.execute(delete(CopyRow).where(CopyRow.version_id == version.id))
    session.execute(
        update(PageRow).where(PageRow.version_id == version.id).values(version_id=None)
    )
    _drop(session, version)
    session.expire(filing, ["versions"])
    _leave(session, filing)


def _join(session: Session, kept: VersionRow, dropped: VersionRow) -> None:
    """Two versions that say the same become one.

    The copies, pages and events of both are its own.
    """
    for table in (CopyRow, PageRow, EventRow):
        session.execute(
            update(table)
            .where(table.version_id == dropped.id)
            .values(version_id=kept.id)
        )
    filing = kept.filing
    _drop(session, dropped)
    session.expire(filing, ["versions"])
    mark(session, [kept.id])


def _drop(session: Session, version: VersionRow) -> None:
    """A version that is no more; the index is told."""
    session.add(IndexRemovalRow(version_id=version.id))
    session.execute(delete(VersionRow).where(VersionRow.id == version.id))
    # The row is gone already; the session must not write it again.
    session.expunge(version)
