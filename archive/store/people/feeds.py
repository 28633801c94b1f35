"""Feeds: an address by which a program of a person's reads without logging in.

The address is shown once; the database keeps the digest of its token. Whatever logs a
person out everywhere ends it too: see `sessions.end_all`.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from archive.store.people.sessions import Entered
from archive.store.people.tokens import digest_of, new_token
from archive.store.rows import AccountRow, FeedRow


def offer(session: Session, account_id: int) -> str:
    """A new token for a person's feed; the one before is void."""
    end(session, account_id)
    token = new_token()
    moment = datetime.now(UTC)
    row = FeedRow(account_id=account_id, token_hash=digest_of(token), made_at=moment)
    session.add(row)
    session.flush()
    return token


def end(session: Session, account_id: int) -> bool:
    """Ends the feed of a person; False where there is none."""
    gone = session.execute(delete(FeedRow).where(FeedRow.account_id == account_id))
    return gone.rowcount == 1  # type: ignore[attr-defined, no-any-return]


def made_at(session: Session, account_id: int) -> datetime | None:
    """Since when a person has a feed; None without one."""
    row = session.get(FeedRow, account_id)
    return row.made_at if row else None


def reader(session: Session, token: str) -> Entered | None:
    """Whose feed a token is; None for nobody's, or of a disabled account."""
    question = (
        select(FeedRow, AccountRow)
        .join(AccountRow, FeedRow.account_id == AccountRow.id)
        .where(FeedRow.token_hash == digest_of(token), AccountRow.disabled.is_(False))
    )
    found = session.execute(question).one_or_none()
    if found is None:
        return None
    row, account = found
    has_factor = bool(account.factor)
    return Entered(
        account.id, account.name, account.role, row.token_hash, True, has_factor
    )
