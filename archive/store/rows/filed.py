"""What is filed: agencies, their filings, versions, copies."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from archive.store.rows.column_types import Base
from archive.store.rows.of_databases import IN_THEIR_KEY, of_rows


class AgencyRow(Base):
    """Who reports. `key` is its public address and never changes."""

    __tablename__ = "agencies"
    __table_args__ = (UniqueConstraint("name", "region_code"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    # Region code and pinyin: 990100-shilishishangwuju.
    key: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    region_code: Mapped[str] = mapped_column(String(6), default="", index=True)
    region_name: Mapped[str] = mapped_column(default="")
    level: Mapped[str] = mapped_column(String(10), default="", server_default="")
    # A people's government itself, not one of its departments.
    is_government: Mapped[bool] = mapped_column(default=False)
    sector: Mapped[str] = mapped_column(default="", index=True)
    filings: Mapped[list[FilingRow]] = relationship(
        back_populates="agency", order_by="FilingRow.year"
    )


class FilingRow(Base):
    """An agency's report for a year: the address /reports/<agency-key>/<year>."""

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
        # The same text twice would be one version too many.
        UniqueConstraint("filing_id", "document_hash"),
        UniqueConstraint("filing_id", "number"),
        Index(
            "uq_versions_one_current",
            "filing_id",
            unique=True,
            **of_rows("current"),
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    filing_id: Mapped[int] = mapped_column(ForeignKey("filings.id"))
    number: Mapped[int]
    """1 for the first seen."""
    current: Mapped[bool] = mapped_column(default=True)
    waits: Mapped[str] = mapped_column(default="")
    """What it lacks of the current version, in Chinese, where a person is to decide
    whether it becomes current; else empty.
    """
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
    published_from: Mapped[str] = mapped_column(String(10), default="")
    """A value of `PublishedFrom`; empty where no day is known."""
    form: Mapped[str] = mapped_column(String(10))
    changed_at: Mapped[datetime]
    """When it was last marked to be indexed."""
    filing: Mapped[FilingRow] = relationship(back_populates="versions")


class CopyRow(Base):
    """An original and the version it says: differing bytes (page furniture, another
    format) of one text.
    """

    __tablename__ = "copies"
    digest: Mapped[str] = mapped_column(
        ForeignKey("originals.digest"), primary_key=True
    )
    version_id: Mapped[int] = mapped_column(ForeignKey("versions.id"), index=True)


class CountRow(Base):
    """A count of the whole archive, as `archive.store.counts` keeps it."""

    __tablename__ = "counts"
    __table_args__ = IN_THEIR_KEY
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    value: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int]


class IndexMarkRow(Base):
    """A version that waits to be indexed: set with every change, in the same
    transaction, and drained by the indexer.

    Beside the version, whose row and its indexes are then written once: PostgreSQL
    keeps a row that was changed beside the new one.
    """

    __tablename__ = "index_marks"
    version_id: Mapped[int] = mapped_column(
        ForeignKey("versions.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    )
    changed_at: Mapped[datetime]
    """When it was last set, so that a change during indexing is not lost."""


class IndexRemovalRow(Base):
    """A version that is no more (found to say the same as another) and must leave the
    index.
    """

    __tablename__ = "index_removals"
    version_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
