"""Questions that people have kept, so that they have a short address: kept for ever."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from archive.store.rows.column_types import Base


class KeptQuestionRow(Base):
    """A question of the comparison of many reports, under a code that follows from it:
    the same question has the same address, whoever keeps it.
    """

    __tablename__ = "kept_questions"
    code: Mapped[str] = mapped_column(String(10), primary_key=True)
    question: Mapped[str]
    """As it stands in an address behind `?`, in its one way of writing."""
    kept_at: Mapped[datetime]
