"""One-time links: by one a person who was invited, or who forgot the password, sets a
new one. The link is shown once to whoever makes it; the database keeps its digest.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from archive.store.people.tokens import digest_of, new_token
from archive.store.rows import AccountRow, LinkRow

INVITE, RESET = "invite", "reset"
HOLDS = {INVITE: timedelta(days=3), RESET: timedelta(days=1)}
"""How long a link can be used."""


def kind_for(account: AccountRow) -> str:
    """What a link for an account is for: who has a password has forgotten it."""
    return RESET if account.password_hash else INVITE


def offer(session: Session, account: AccountRow) -> tuple[str, datetime]:
    """A new link for an account, and until when it holds; the one before is void."""
    kind = kind_for(account)
    token = new_token()
    expires_at = datetime.now(UTC) + HOLDS[kind]
    session.execute(delete(LinkRow).where(LinkRow.account_id == account.id))
    link = LinkRow(
        account_id=account.id,
        token_hash=digest_of(token),
        kind=kind,
        expires_at=expires_at,
    )
    session.add(link)
    session.flush()
    return token, expires_at


def look_up(session: Session, token: str) -> tuple[LinkRow, AccountRow] | None:
    """A link that can be used, and whose it is. Looking does not use it up."""
    question = (
        select(LinkRow, AccountRow)
        .join(AccountRow, LinkRow.account_id == AccountRow.id)
        .where(LinkRow.token_hash == digest_of(token))
        .where(LinkRow.expires_at > datetime.now(UTC), AccountRow.disabled.is_(False))
    )
    found = session.execute(question).one_or_none()
    return None if found is None else (found[0], found[1])


def use(session: Session, token: str) -> tuple[str, AccountRow] | None:
    """Uses a link up: what it was for, and whose it was. None for all but the first."""
    found = look_up(session, token)
    if found is None:
        return None
    link, account = found
    # Of two who come at once, one deletes the row.
    is_it = LinkRow.token_hash == link.token_hash
    used = session.execute(delete(LinkRow).where(is_it))
    if used.rowcount != 1:  # type: ignore[attr-defined]
        return None
    return link.kind, account
