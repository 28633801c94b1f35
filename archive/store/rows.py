"""The database's tables, all named …Row. No behaviour.

Kept for ever: originals, sightings, pages, agencies, filings, versions, rulings, runs,
failures, accounts, audit log. Computed from originals, refilled by `rebuild`: a
version's reading and everything below it (sections, figures, claims, findings).
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    ForeignKey,
    Index,
    MetaData,
    Numeric,
    String,
    Table,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from archive.catalogue import FORMS, KINDS, OUTCOMES, disclosure_keys
from archive.store.column_types import Json, Moment, Words


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar = {
        datetime: Moment,
        dict[str, Any]: Json,
        Decimal: Numeric(20, 6),
        str: Words,
    }


class SourceRow(Base):
    """A list page we collect from."""

    __tablename__ = "sources"
    id: Mapped[int] = mapped_column(primary_key=True)
    url: Mapped[str] = mapped_column(unique=True)
    agency: Mapped[str] = mapped_column(default="")
    family: Mapped[str] = mapped_column(default="auto")
    recognised: Mapped[str] = mapped_column(default="")
    """The family found by `auto` at the last run."""
    may_be_empty: Mapped[bool] = mapped_column(default=False)
    paused: Mapped[bool] = mapped_column(default=False)
    added_at: Mapped[datetime]


class RunRow(Base):
    """One run of a job: collecting a source, importing files, rebuilding. Also the
    truth of the job queue.
    """

    __tablename__ = "runs"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    """collect, import, rebuild, reindex or audit"""
    source_id: Mapped[int | None] = mapped_column(ForeignKey("sources.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    state: Mapped[str] = mapped_column(String(20), index=True)
    """queued, running, done or failed"""
    queued_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    beat_at: Mapped[datetime | None]
    """The last sign of life: a running run without one for long was killed."""
    step: Mapped[str] = mapped_column(default="")
    """What is being done right now, in Chinese."""
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    new: Mapped[int] = mapped_column(default=0)
    same: Mapped[int] = mapped_column(default=0)
    changed: Mapped[int] = mapped_column(default=0)
    gone: Mapped[int] = mapped_column(default=0)
    failed: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str] = mapped_column(default="")
    """Why the run failed, in Chinese."""
    source: Mapped[SourceRow | None] = relationship()


class FailureRow(Base):
    """One thing that went wrong in a run: an address or a file, and why."""

    __tablename__ = "failures"
    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("runs.id"), index=True)
    where: Mapped[str]
    """The address or file name."""
    kind: Mapped[str] = mapped_column(String(40))
    """Unreachable, Refused, Changed, Unreadable, …"""
    reason: Mapped[str]
    at: Mapped[datetime]


class OriginalRow(Base):
    """An original by its SHA-256, and what became of it."""

    __tablename__ = "originals"
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    size: Mapped[int]
    media_type: Mapped[str] = mapped_column(default="")
    file_name: Mapped[str] = mapped_column(default="")
    first_seen_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(20), default="new", index=True)
    """new (kept, not yet read), read, not_a_report, unfiled (agency or year unknown) or
    unreadable
    """
    reason: Mapped[str] = mapped_column(default="")
    hints: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What was known besides the bytes (`Hints` as JSON), so that it can be read again
    offline.
    """


class CopyRow(Base):
    """An original and the version it says: differing bytes (page furniture, another
    format) of one text.
    """

    __tablename__ = "copies"
    digest: Mapped[str] = mapped_column(
        ForeignKey("originals.digest"), primary_key=True
    )
    version_id: Mapped[int] = mapped_column(ForeignKey("versions.id"), index=True)


class PageRow(Base):
    """An address where a source has, or had, something; gone_at makes it a tombstone."""

    __tablename__ = "pages"
    __table_args__ = (UniqueConstraint("source_id", "url"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id"))
    url: Mapped[str]
    title: Mapped[str] = mapped_column(default="")
    listed_on: Mapped[date | None] = mapped_column(Date)
    first_seen_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    etag: Mapped[str] = mapped_column(default="")
    last_modified: Mapped[str] = mapped_column(default="")
    gone_at: Mapped[datetime | None]
    gone_why: Mapped[str] = mapped_column(default="")
    """The status, or the sentence of a soft 404."""
    article_id: Mapped[int | None] = mapped_column(ForeignKey("pages.id"), index=True)
    """The article an attachment hangs on; empty for what a list names itself."""
    version_id: Mapped[int | None] = mapped_column(
        ForeignKey("versions.id"), index=True
    )
    """The version this address showed when last read; set in the transaction that files
    it.
    """


class SightingRow(Base):
    """One look at an address (or an imported file): when, what it answered, which
    original it was.
    """

    __tablename__ = "sightings"
    id: Mapped[int] = mapped_column(primary_key=True)
    page_id: Mapped[int | None] = mapped_column(ForeignKey("pages.id"), index=True)
    run_id: Mapped[int | None] = mapped_column(ForeignKey("runs.id"), index=True)
    asked: Mapped[str]
    """The address asked for; for imports `file:` and the name."""
    reached: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
    status: Mapped[int]
    headers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    digest: Mapped[str | None] = mapped_column(
        ForeignKey("originals.digest"), index=True
    )


class AgencyRow(Base):
    """Who reports. `key` is its public address and never changes."""

    __tablename__ = "agencies"
    __table_args__ = (UniqueConstraint("name", "region_code"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(index=True)
    region_code: Mapped[str] = mapped_column(String(6), default="", index=True)
    region_name: Mapped[str] = mapped_column(default="")
    level: Mapped[str] = mapped_column(String(10), default="")
    is_government: Mapped[bool] = mapped_column(default=False)
    sector: Mapped[str] = mapped_column(default="", index=True)
    filings: Mapped[list[FilingRow]] = relationship(
        back_populates="agency", order_by="FilingRow.year"
    )


class FilingRow(Base):
    """An agency's report for a year: the public address /reports/<agency-key>/<year>."""

    __tablename__ = "filings"
    __table_args__ = (UniqueConstraint("agency_id", "year"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    year: Mapped[int] = mapped_column(index=True)
    agency: Mapped[AgencyRow] = relationship(back_populates="filings")
    versions: Mapped[list[VersionRow]] = relationship(
        back_populates="filing", order_by="VersionRow.number"
    )


class VersionRow(Base):
    """One of the differing originals of a filing, in the order seen; one is `current`:
    what the portal shows now.
    """

    __tablename__ = "versions"
    __table_args__ = (
        UniqueConstraint("filing_id", "document_hash"),
        UniqueConstraint("filing_id", "number"),
        Index(
            "uq_versions_one_current",
            "filing_id",
            unique=True,
            sqlite_where=text("current"),
            postgresql_where=text("current"),
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    filing_id: Mapped[int] = mapped_column(ForeignKey("filings.id"))
    number: Mapped[int]
    """1 for the first seen."""
    current: Mapped[bool] = mapped_column(default=True, index=True)
    digest: Mapped[str] = mapped_column(ForeignKey("originals.digest"), index=True)
    document_hash: Mapped[str] = mapped_column(String(64))
    """SHA-256 of what the report says, without page furniture: the same text is the
    same version.
    """
    source_url: Mapped[str] = mapped_column(default="")
    """The page a visitor can open; empty for imported files."""
    file_url: Mapped[str] = mapped_column(default="")
    """The attachment itself where the report was one."""
    captured_at: Mapped[datetime]
    title: Mapped[str]
    published_on: Mapped[date | None] = mapped_column(Date)
    form: Mapped[str] = mapped_column(String(10))
    reading: Mapped[dict[str, Any]]
    """The Report as JSON, with printed text, place and status of every figure."""
    to_index: Mapped[bool] = mapped_column(default=True, index=True)
    """The mark the indexer drains: set with every change, in the same transaction."""
    changed_at: Mapped[datetime]
    """When the mark was last set, so that a change during indexing is not lost."""
    filing: Mapped[FilingRow] = relationship(back_populates="versions")
    sections: Mapped[list[SectionRow]] = relationship(
        order_by="SectionRow.position", cascade="all, delete-orphan"
    )
    findings: Mapped[list[FindingRow]] = relationship(
        order_by="FindingRow.id", cascade="all, delete-orphan"
    )
    claims: Mapped[list[ClaimRow]] = relationship(
        order_by="ClaimRow.id", cascade="all, delete-orphan"
    )


class IndexRemovalRow(Base):
    """A version that is no more (found to say the same as another) and must leave the
    index.
    """

    __tablename__ = "index_removals"
    version_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class SectionRow(Base):
    """A section's prose: what is searched and quoted."""

    __tablename__ = "sections"
    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(
        ForeignKey("versions.id", ondelete="CASCADE"), index=True
    )
    position: Mapped[int]
    number: Mapped[int]
    heading: Mapped[str]
    text: Mapped[str]


class ClaimRow(Base):
    """A number stated in the text."""

    __tablename__ = "claims"
    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(
        ForeignKey("versions.id", ondelete="CASCADE"), index=True
    )
    key: Mapped[str] = mapped_column(String(40), index=True)
    label: Mapped[str] = mapped_column(default="")
    value: Mapped[Decimal]
    unit: Mapped[str] = mapped_column(default="")
    sentence: Mapped[str]


class FindingRow(Base):
    """A doubt of ours (`reading`) or a contradiction of the report (`report`)."""

    __tablename__ = "findings"
    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(
        ForeignKey("versions.id", ondelete="CASCADE"), index=True
    )
    check: Mapped[str] = mapped_column(String(60), index=True)
    family: Mapped[str] = mapped_column(String(10), index=True)
    weight: Mapped[int]
    message: Mapped[str]
    keys: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """{"keys": [...]}: the figures or claims it speaks of."""
    anchor: Mapped[str] = mapped_column(default="")
    """Where on the report page, as `Place.anchor`."""


class RulingRow(Base):
    """A person's decision about a finding; bound to what was read, so it survives
    re-reading.
    """

    __tablename__ = "rulings"
    __table_args__ = (UniqueConstraint("document_hash", "check", "keys"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    document_hash: Mapped[str] = mapped_column(String(64), index=True)
    check: Mapped[str] = mapped_column(String(60))
    keys: Mapped[str] = mapped_column(default="")
    """The finding's keys joined by a space."""
    decision: Mapped[str] = mapped_column(String(20))
    """confirmed or dismissed"""
    note: Mapped[str] = mapped_column(default="")
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime]


class AccountRow(Base):
    """A person who may log in."""

    __tablename__ = "accounts"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    password_hash: Mapped[str]
    role: Mapped[str] = mapped_column(String(20), default="admin")
    created_at: Mapped[datetime]
    disabled: Mapped[bool] = mapped_column(default=False)


class AuditRow(Base):
    """Who did what, when."""

    __tablename__ = "audit"
    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime]
    action: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(default="")
    detail: Mapped[str] = mapped_column(default="")


# The typed figures, for asking questions of numbers. Columns are the public keys of
# `forms.py` (without the table's own prefix, dots written as `__`); every form's keys,
# NULL where not printed.

_DISCLOSURE_COLUMNS = list(
    dict.fromkeys(
        key.removeprefix("disclosure.").replace(".", "__")
        for form in FORMS.values()
        for key in disclosure_keys(form)
    )
)
_REQUEST_COLUMNS = list(
    dict.fromkeys(row.key for form in FORMS.values() for row in form.requests)
)


def _version_key() -> Column[int]:
    return Column(
        "version_id", ForeignKey("versions.id", ondelete="CASCADE"), primary_key=True
    )


disclosures = Table(
    "disclosures",
    Base.metadata,
    _version_key(),
    *(Column(name, Numeric(20, 6)) for name in _DISCLOSURE_COLUMNS),
)
"""Table 2, one row a version."""

requests = Table(
    "requests",
    Base.metadata,
    _version_key(),
    Column("applicant", String(30), primary_key=True),
    *(Column(name, BigInteger) for name in _REQUEST_COLUMNS),
)
"""Table 3, one row a version and applicant."""

proceedings = Table(
    "proceedings",
    Base.metadata,
    _version_key(),
    Column("kind", String(30), primary_key=True),
    *(Column(outcome.key, BigInteger) for outcome in OUTCOMES),
)
"""Table 4, one row a version and kind (KINDS)."""

PROCEEDING_KINDS = tuple(kind.key for kind in KINDS)
