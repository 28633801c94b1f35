"""Who is expected to report, and what is known of each year; the figures of all current
reports as columns: counted, never told by a person.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from archive.store.rows.column_types import Base
from archive.store.rows.of_databases import HALF_A_PAGE, IN_THEIR_KEY


class ReporterRow(Base):
    """A body that is expected to report: a government with its office, a department, a
    township. Made of divisions, agencies and sources by `archive.store.counts`.
    """

    __tablename__ = "reporters"
    # Lists go by region, a place's government before its departments. The names of one
    # place are few enough to be sorted when they are asked for.
    __table_args__ = (Index("ix_reporters_in_order", "region_code", "is_department"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    """Its public address, where no agency of the archive has one for it."""
    agency_key: Mapped[str] = mapped_column(default="", server_default="")
    """The address of its agency: of a government and its office the government's."""
    name: Mapped[str]
    region_code: Mapped[str] = mapped_column(String(6))
    region_name: Mapped[str]
    level: Mapped[str] = mapped_column(String(10))
    sector: Mapped[str]
    is_department: Mapped[bool]
    """False for a government, which stands before its departments."""
    first_year: Mapped[int]
    last_year: Mapped[int | None]
    """None where it is still there, as far as is known."""
    states: Mapped[str] = mapped_column(String(60))
    """A sign for each year from COVERED_SINCE on, as `archive.store.counts` has it."""
    source_id: Mapped[int | None] = mapped_column(ForeignKey("sources.id"))
    """The source whose list would name its reports; of several the one that serves."""
    looked_at: Mapped[datetime | None]
    """When that was asked: last of all in vain, or when it was last read whole."""
    reason: Mapped[str]
    """Why the source gives nothing, in Chinese; empty where it does."""
    own: Mapped[dict[str, Any]]
    """Year → what keeps us from that one report: state, why, at, where."""


class ReporterAgencyRow(Base):
    """Under which names in the archive a body reports: a government and its office."""

    __tablename__ = "reporter_agencies"
    agency_id: Mapped[int] = mapped_column(
        ForeignKey("agencies.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    )
    reporter_id: Mapped[int] = mapped_column(
        ForeignKey("reporters.id", ondelete="CASCADE"), index=True
    )


class CoverageCountRow(Base):
    """How many bodies are in which state, of a part of the country: by level and sector
    in one row, since most places have few bodies, and a row has its price.
    """

    __tablename__ = "coverage_counts"
    __table_args__ = IN_THEIR_KEY
    place: Mapped[str] = mapped_column(String(4), primary_key=True)
    """The first two digits of a code (a province), or four; empty for all."""
    told: Mapped[bytes] = mapped_column(LargeBinary)
    """Level and sector, each empty for all → year → state → how many, and how many have
    it in one year or another; as `archive.store.counts.packed` writes it.
    """


class FigureColumnsRow(Base):
    """A part of what all current reports of a year say, as columns of numbers: so that
    what is asked of thousands of reports opens a few rows.
    """

    __tablename__ = "figure_columns"
    __table_args__ = HALF_A_PAGE
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    part: Mapped[str] = mapped_column(String(40), primary_key=True)
    """`bodies`, or a table and what tells its rows apart: `requests.total`."""
    stamp: Mapped[str] = mapped_column(String(64))
    """What the year was like when they were made: with another they are others."""
    told: Mapped[bytes] = mapped_column(LargeBinary)
    """Pressed arrays, as `archive.store.counts.columns` writes them."""
