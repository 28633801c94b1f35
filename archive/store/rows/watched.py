"""What people are told of: pages that vanished together, digests, days without a
worker, feeds.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from archive.store.rows.column_types import Base


class DisappearanceRow(Base):
    """Most pages of a source that showed a report are gone at once: it waits for a
    person. One of a source is open at a time.
    """

    __tablename__ = "disappearances"
    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("sources.id"), index=True)
    since: Mapped[datetime]
    seen_at: Mapped[datetime]
    """When a run saw it last."""
    gone: Mapped[int]
    """Pages that a list names and their server denies, at the last look."""
    total: Mapped[int]
    """Pages that lists name and that showed a report."""
    pages: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """The number of each page that is gone → when it was first found so."""
    accepted_at: Mapped[datetime | None]
    """When a person took it for true; the next run makes the tombstones."""
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    ended_at: Mapped[datetime | None] = mapped_column(index=True)
    """When its tombstones were made, or its pages were there again."""


class DigestRow(Base):
    """What was told of sources at one time, and whether it has reached anybody."""

    __tablename__ = "digests"
    id: Mapped[int] = mapped_column(primary_key=True)
    slot: Mapped[str] = mapped_column(String(40), unique=True)
    """The day in China, `2026-03-01`; of one that a person asked for, the moment."""
    at: Mapped[datetime]
    standing: Mapped[dict[str, Any]]
    """The key of each trouble that stood then → since when; what the next one is
    compared with.
    """
    told: Mapped[dict[str, Any]]
    """What it tells: subject, lines; empty where nothing had happened."""
    waits_for: Mapped[str] = mapped_column(default="", server_default="", index=True)
    """The ways by which it is still to be sent, such as `mail hook`."""
    tries: Mapped[int] = mapped_column(default=0, server_default="0")
    try_at: Mapped[datetime | None]
    """Not before this; whoever sends it puts this off, so that no two do."""
    trouble: Mapped[str] = mapped_column(default="", server_default="")
    """Why it could not be sent, in Chinese; empty when it was."""
    sent_at: Mapped[datetime | None]


class AbsenceRow(Base):
    """A time without a worker, noted by the next one."""

    __tablename__ = "absences"
    id: Mapped[int] = mapped_column(primary_key=True)
    since: Mapped[datetime]
    until: Mapped[datetime]


class FeedRow(Base):
    """The feed of a person: whoever has its address reads the troubles of sources."""

    __tablename__ = "feeds"
    account_id: Mapped[int] = mapped_column(
        ForeignKey("accounts.id"), primary_key=True, autoincrement=False
    )
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime]
