"""Questions that people have kept, so that they have a short address: kept for ever."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from archive.store.rows.column_types import Base


class KeptQuestionRow(Base):
    """A question of the comparison of many reports, under a code that follows from it:
    the same question has the same address, whoever keeps it.
    """

    __tablename__ = "kept_questions"
    # How much is kept, in a day and at all, is asked before each that comes.
    __table_args__ = (Index("ix_kept_questions_size", "kept_at", "size"),)
    code: Mapped[str] = mapped_column(String(10), primary_key=True)
    kept_at: Mapped[datetime]
    size: Mapped[int]
    """Bytes of `pressed`."""
    pressed: Mapped[bytes]
    """The question as it stands in an address behind `?`, in its one way of writing, by
    zlib.
    """
