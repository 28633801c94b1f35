"""People who may log in, and the record of what they did."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from archive.store.rows import AccountRow, AuditRow

FAILED = "login_failed"
"""The action of the audit log by which failed log-ins are counted."""


def find_account(session: Session, name: str) -> AccountRow | None:
    """An account by the name that is typed in."""
    return session.scalar(select(AccountRow).where(AccountRow.name == name))


def get_account(session: Session, account_id: int) -> AccountRow | None:
    """An account by its number, as a session keeps it."""
    return session.get(AccountRow, account_id)


def set_password(session: Session, name: str, password_hash: str) -> bool:
    """Makes the account, or gives a known one this password. True when it is new."""
    account = find_account(session, name)
    if account is None:
        session.add(
            AccountRow(
                name=name, password_hash=password_hash, created_at=datetime.now(UTC)
            )
        )
        return True
    account.password_hash = password_hash
    return False


def note_action(
    session: Session,
    action: str,
    subject: str = "",
    detail: str = "",
    account_id: int | None = None,
) -> None:
    """A line of the audit log: who did what to what."""
    session.add(
        AuditRow(
            account_id=account_id,
            at=datetime.now(UTC),
            action=action,
            # What is typed into a form can be of any length.
            subject=subject[:200],
            detail=detail[:500],
        )
    )


def failed_logins(session: Session, subject: str, minutes: int = 15) -> int:
    """How often logging in failed lately for a name or an address (the subject of the
    audit line).
    """
    # Counted in the log itself, so that it holds over all processes and restarts.
    since = datetime.now(UTC) - timedelta(minutes=minutes)
    question = (
        select(func.count())
        .select_from(AuditRow)
        .where(AuditRow.action == FAILED, AuditRow.at >= since)
    )
    return session.scalar(question.where(AuditRow.subject == subject)) or 0
