"""People: accounts and how they come in, what they did, what they decided."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from archive.store.rows.column_types import Base


class AccountRow(Base):
    """A person who may log in."""

    __tablename__ = "accounts"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    password_hash: Mapped[str]
    """Empty until an invited person has set a password."""
    role: Mapped[str] = mapped_column(String(20), default="admin")
    """A value of Role."""
    created_at: Mapped[datetime]
    disabled: Mapped[bool] = mapped_column(default=False)
    factor: Mapped[str] = mapped_column(default="", server_default="")
    """The secret that codes of the second factor are made of; empty without one."""
    factor_offered: Mapped[str] = mapped_column(default="", server_default="")
    """The secret of a second factor that is being set up."""
    factor_step: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")
    """The 30 seconds, counted since 1970, of the code that was used last."""


class SessionRow(Base):
    """A browser that is logged in."""

    __tablename__ = "sessions"
    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    passed: Mapped[bool]
    """False as long as only the password was given, and a code is asked for."""
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    address: Mapped[str] = mapped_column(default="")
    browser: Mapped[str] = mapped_column(default="")
    """What the browser calls itself; the session is no other browser's."""


class LinkRow(Base):
    """A link by which a person sets a password, once; one at a time for an account."""

    __tablename__ = "links"
    account_id: Mapped[int] = mapped_column(
        ForeignKey("accounts.id"), primary_key=True, autoincrement=False
    )
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    expires_at: Mapped[datetime]


class RecoveryRow(Base):
    """A code that stands in for the second factor, once; deleted when it is used."""

    __tablename__ = "recovery_codes"
    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)


class AttemptRow(Base):
    """How often something was tried in vain, and when last."""

    __tablename__ = "attempts"
    # A name that is typed in is kept as its digest: people type passwords there.
    subject: Mapped[str] = mapped_column(String(120), primary_key=True)
    failures: Mapped[int]
    at: Mapped[datetime] = mapped_column(index=True)


class AuditRow(Base):
    """Who did what, when. Lines are added, never changed or deleted."""

    __tablename__ = "audit"
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    """1, 2, 3 … without a gap."""
    at: Mapped[datetime] = mapped_column(index=True)
    account_id: Mapped[int | None] = mapped_column(
        ForeignKey("accounts.id"), index=True
    )
    actor: Mapped[str] = mapped_column(default="")
    """The account's name; of a command the user of the operating system."""
    address: Mapped[str] = mapped_column(default="")
    """Of the visitor; `command` for a command."""
    action: Mapped[str] = mapped_column(String(40), index=True)
    """A value of Act."""
    subject: Mapped[str] = mapped_column(default="")
    detail: Mapped[str] = mapped_column(default="")
    hash: Mapped[str] = mapped_column(String(64))
    """SHA-256 of this line and of the hash before it."""


class AuditEndRow(Base):
    """The last line of the audit log: one row, which writers take in turns."""

    __tablename__ = "audit_end"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))


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
