"""What the pipeline writes: originals, sightings, and reports with all that was read in them.

A filing is an agency's report for a year; its versions are the differing texts seen, one of them
current. Text decides, not bytes: page furniture changes daily. An older text that a page shows again
becomes current again; a second page that still shows an older text changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from archive.regions import agency_key, region_path
from archive.report.checks import check
from archive.report.encode import content_hash, from_json, to_json
from archive.report.forms import APPLICANTS, KINDS
from archive.report.model import Agency, Figure, Hints, Report
from archive.rows import (
    AgencyRow,
    ClaimRow,
    CopyRow,
    FilingRow,
    FindingRow,
    OriginalRow,
    PageRow,
    SectionRow,
    SightingRow,
    VersionRow,
    disclosures,
    proceedings,
    requests,
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
    """Where a report was found: the page a visitor can open, the file itself, when it was captured."""

    captured_at: datetime
    url: str = ""
    file_url: str = ""
    page_id: int | None = None


def keep_original(session: Session, digest: str, size: int, hints: Hints, sighting: Sighting) -> bool:
    """Notes an original that lies in the captures, and the sighting of it. True when it was not known."""
    known = session.get(OriginalRow, digest)
    if known is None:
        told = {key: value.isoformat() if isinstance(value, date) else value for key, value in asdict(hints).items()}
        session.add(
            OriginalRow(digest=digest, size=size, file_name=hints.file_name, first_seen_at=sighting.at, hints=told)
        )
        session.flush()
    if sighting.page_id is not None or not _seen(session, sighting.asked, digest):
        note_sighting(session, sighting, digest)
    return known is None


def _seen(session: Session, asked: str, digest: str) -> bool:
    question = select(SightingRow.id).where(SightingRow.asked == asked, SightingRow.digest == digest)
    return session.scalar(question.limit(1)) is not None


def note_sighting(session: Session, sighting: Sighting, digest: str | None = None) -> None:
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


def hints_of(original: OriginalRow) -> Hints:
    """What was known of an original besides its bytes."""
    told: dict[str, Any] = dict(original.hints)
    if told.get("published"):
        told["published"] = date.fromisoformat(told["published"])
    return Hints(**told)


def judge(session: Session, digest: str, state: str, reason: str, media_type: str = "") -> None:
    """What became of an original: unreadable, not_a_report or unfiled, and why."""
    original = session.get_one(OriginalRow, digest)
    original.state, original.reason = state, reason
    original.media_type = media_type or original.media_type


def file_report(session: Session, report: Report, digest: str, source: Source, media_type: str = "") -> str:
    """Files a report under its agency and year: `new`, `same` or `changed`. One transaction, to be repeated whole.

    The agency's name and the year must be known.
    """
    if report.year is None or not report.agency.name:
        raise ValueError("a report without agency or year can't be filed")
    filing = _filing(session, _agency(session, report.agency), report.year)
    known = {version.document_hash: version for version in filing.versions}
    text = content_hash(report)
    page = session.get(PageRow, source.page_id) if source.page_id else None
    version, outcome = known.get(text), "same"
    if version is None:
        outcome = "changed" if known else "new"
        version = _add_version(session, filing, report, digest, text, source)
        _make_current(session, filing, version)
        refill(session, version, report)
    elif not version.current and page is not None and page.version_id not in {None, version.id}:
        outcome = "changed"
        _make_current(session, filing, version)
        version.to_index, version.changed_at = True, datetime.now(UTC)
    session.merge(CopyRow(digest=digest, version_id=version.id))
    if page is not None:
        page.version_id = version.id
    judge(session, digest, "read", "", media_type)
    return outcome


def _agency(session: Session, agency: Agency) -> AgencyRow:
    name = _short_name(agency)
    code = agency.region.code if agency.region else ""
    row = session.scalar(select(AgencyRow).where(AgencyRow.name == name, AgencyRow.region_code == code))
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
    """四川省某市商务局 and 某市商务局 are one agency: the province before a lower place falls away."""
    path = region_path(agency.region.code) if agency.region else ()
    if len(path) > 1 and agency.name.startswith(path[0].name) and len(agency.name) > len(path[0].name) + 2:
        return agency.name[len(path[0].name) :]
    return agency.name


def _filing(session: Session, agency: AgencyRow, year: int) -> FilingRow:
    row = session.scalar(select(FilingRow).where(FilingRow.agency_id == agency.id, FilingRow.year == year))
    if row is None:
        row = FilingRow(agency=agency, year=year)
        session.add(row)
        session.flush()
    return row


def _add_version(
    session: Session, filing: FilingRow, report: Report, digest: str, text: str, source: Source
) -> VersionRow:
    last = session.scalar(select(func.max(VersionRow.number)).where(VersionRow.filing_id == filing.id)) or 0
    version = VersionRow(
        filing=filing,
        number=last + 1,
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


def _make_current(session: Session, filing: FilingRow, version: VersionRow) -> None:
    """The old one first: the database admits one current version of a filing at a time."""
    for other in filing.versions:
        if other.current and other is not version:
            other.current, other.to_index, other.changed_at = False, True, datetime.now(UTC)
    session.flush()
    version.current = True
    session.flush()


def refill(session: Session, version: VersionRow, report: Report) -> None:
    """Writes all that is computed of a version anew, also what next year's report owes to it."""
    version.reading = to_json(report)
    version.title, version.published_on, version.form = report.title, report.published_on, report.form
    version.sections = [
        SectionRow(position=position, number=section.number, heading=section.heading, text=section.prose)
        for position, section in enumerate(report.sections)
    ]
    version.claims = [
        ClaimRow(
            key=claim.key,
            label=claim.label,
            value=Decimal(claim.value),
            unit=claim.unit,
            sentence=claim.sentence,
        )
        for claim in report.claims
    ]
    _refill_figures(session, version.id, report.figures)
    _refill_findings(session, version, report)
    following = _current(session, version.filing.agency_id, version.filing.year + 1)
    if following is not None:
        _refill_findings(session, following, from_json(following.reading))
    session.flush()


def _refill_findings(session: Session, version: VersionRow, report: Report) -> None:
    before = _current(session, version.filing.agency_id, version.filing.year - 1)
    previous = from_json(before.reading) if before is not None and before.reading else None
    version.findings = [
        FindingRow(
            check=finding.check,
            family=finding.family.value,
            weight=finding.weight,
            message=finding.message,
            keys={"keys": list(finding.keys)},
            anchor=finding.at.anchor if finding.at else "",
        )
        for finding in (*report.findings, *check(report, previous))
    ]
    version.to_index, version.changed_at = True, datetime.now(UTC)


def _current(session: Session, agency_id: int, year: int) -> VersionRow | None:
    question = (
        select(VersionRow)
        .join(FilingRow)
        .where(FilingRow.agency_id == agency_id, FilingRow.year == year, VersionRow.current)
    )
    return session.scalar(question)


def _refill_figures(session: Session, version_id: int, figures: dict[str, Figure]) -> None:
    """The typed rows: one for table 2, one an applicant, one a kind of proceedings."""
    for table in (disclosures, requests, proceedings):
        session.execute(delete(table).where(table.c.version_id == version_id))
    if not figures:
        return
    values = {key: figure.value for key, figure in figures.items()}
    row = {name: values.get(f"disclosure.{name.replace('__', '.')}") for name in _names(disclosures.c.keys())}
    session.execute(insert(disclosures).values(version_id=version_id, **row))
    for column in APPLICANTS:
        row = {name: values.get(f"requests.{name}.{column.key}") for name in _names(requests.c.keys())}
        session.execute(insert(requests).values(version_id=version_id, applicant=column.key, **row))
    for kind in KINDS:
        row = {name: values.get(f"{kind.key}.{name}") for name in _names(proceedings.c.keys())}
        session.execute(insert(proceedings).values(version_id=version_id, kind=kind.key, **row))


def _names(columns: Iterable[str]) -> list[str]:
    return [name for name in columns if name not in {"version_id", "applicant", "kind"}]


# Reading again


def digests(session: Session) -> list[str]:
    """Every original, the first seen first."""
    return list(session.scalars(select(OriginalRow.digest).order_by(OriginalRow.first_seen_at, OriginalRow.digest)))


def known_of(session: Session, digest: str) -> tuple[Hints, Source]:
    """What was known of an original when it was taken in, and where it was found."""
    original = session.get_one(OriginalRow, digest)
    version = session.scalar(select(VersionRow).where(VersionRow.digest == digest).limit(1))
    if version is not None:
        return hints_of(original), Source(version.captured_at, version.source_url, version.file_url)
    return hints_of(original), Source(original.first_seen_at, original.hints.get("url", ""))


def refiling(report: Report, digest: str, source: Source, media_type: str) -> Callable[[Session], str]:
    """The transaction that refills the version of an original, or files it if it had none."""

    def work(session: Session) -> str:
        version = session.scalar(select(VersionRow).where(VersionRow.digest == digest).limit(1))
        fits = (
            version is not None
            and version.filing.year == report.year
            and version.filing.agency.name == _short_name(report.agency)
        )
        if version is None or not fits:
            return file_report(session, report, digest, source, media_type)
        text = content_hash(report)
        if all(other is version or other.document_hash != text for other in version.filing.versions):
            version.document_hash = text
        refill(session, version, report)
        judge(session, digest, "read", "", media_type)
        return "same"

    return work
