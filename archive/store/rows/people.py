"""People: accounts, what they did, what they decided about findings."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from archive.store.rows.column_types import Base


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
    # Where it came from: the address of the visitor.
    detail: Mapped[str] = mapped_column(default="")


class RulingRow(Base):
    """A person's decision about a finding.

    It is bound to what was read, so it survives re-reading.
    """

    __tablename__ = "rulings"
    __table_args__ = (UniqueConstraint("document_hash", "check", "keys"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    # Not the number of the finding, which is new with every reading.
    document_hash: Mapped[str] = mapped_column(String(64), index=True)
    check: Mapped[str] = mapped_column(String(60))
    keys: Mapped[str] = mapped_column(default="")
    """`Finding.about`: its keys, and what else tells it apart, joined by a space."""
    decision: Mapped[str] = mapped_column(String(20))
    """A value of Decision."""
    note: Mapped[str] = mapped_column(default="")
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime]


class ChoiceRow(Base):
    """A person's decision about a text that has less than the one it would replace.

    It is bound to the text, so it survives re-reading; the latest holds.
    """

    __tablename__ = "choices"
    id: Mapped[int] = mapped_column(primary_key=True)
    document_hash: Mapped[str] = mapped_column(String(64), unique=True)
    choice: Mapped[str] = mapped_column(String(20))
    """A value of Choice."""
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime]
