"""What was seen, kept as it came: originals, looks at addresses, days that are over."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from archive.catalogue import OriginalState
from archive.store.rows.column_types import Base


class OriginalRow(Base):
    """An original by its SHA-256, and what became of it."""

    __tablename__ = "originals"
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    size: Mapped[int]
    # Told by the bytes, not by the server: many portals send the wrong type.
    media_type: Mapped[str] = mapped_column(default="")
    file_name: Mapped[str] = mapped_column(default="")
    first_seen_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(
        String(20), default=OriginalState.NEW, index=True
    )
    """A value of OriginalState."""
    reason: Mapped[str] = mapped_column(default="")
    hints: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What was known besides the bytes (`Hints` as JSON), so that it can be read again
    offline.
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
    # Kept whole: what a portal said is part of the evidence.
    headers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    digest: Mapped[str | None] = mapped_column(
        ForeignKey("originals.digest"), index=True
    )
    exchanges: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    """Under `exchanges` each request as it was sent and what came back, redirects
    first; nothing for files, and for looks of before these were kept."""
    sealed_on: Mapped[str] = mapped_column(
        String(10), default="", server_default="", index=True
    )
    """The day (UTC) in whose tree of hashes it is a leaf; empty until one is sealed."""
    leaf: Mapped[str] = mapped_column(String(64), default="", server_default="")
    """The hash of that leaf."""


class DayRow(Base):
    """A day that is over: what was seen on it, in a single hash, which takes in the one
    of the day before.
    """

    __tablename__ = "days"
    day: Mapped[str] = mapped_column(String(10), primary_key=True)
    """As 2026-01-31, in UTC."""
    count: Mapped[int]
    """How many sightings are in it."""
    before: Mapped[str] = mapped_column(String(10), default="")
    """The day sealed before it; empty for the first."""
    root: Mapped[str] = mapped_column(String(64))
    sealed_at: Mapped[datetime]
    token: Mapped[bytes | None] = mapped_column(LargeBinary)
    """What the authority of time has answered (RFC 3161, DER)."""
    authority: Mapped[str] = mapped_column(default="")
    """The certificates that the answer was checked against, as PEM."""
    stamped_at: Mapped[datetime | None]
    """When, as the authority says."""
    trouble: Mapped[str] = mapped_column(default="")
    """Why it has no time stamp though one was asked for, in Chinese."""
