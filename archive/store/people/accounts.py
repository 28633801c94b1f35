"""Accounts: who may log in, and with which role."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from archive.catalogue import Role
from archive.store.people import sessions
from archive.store.rows import AccountRow, LinkRow, SessionRow

MAX_NAME = 100


class BadName(ValueError):
    """A name that no account can have; the message says why, in Chinese."""


class LastAdmin(ValueError):
    """Nobody could let people in any more; the message says so, in Chinese."""

    def __init__(self) -> None:
        super().__init__("这是最后一个可用的管理员账号，不能停用或改为其他角色。")


def clean_name(name: str) -> str:
    """A name as accounts carry it, the same however it was typed. Raises BadName."""
    clean = as_typed(name)
    if not clean or len(clean) > MAX_NAME:
        raise BadName(f"账号名称需要 1 至 {MAX_NAME} 个字符。")
    # Signs that nobody sees: two names would look like one.
    if not all(sign.isprintable() for sign in clean):
        raise BadName("账号名称中有看不见的字符。")
    return clean


def as_typed(name: str) -> str:
    """A name however it was typed: one space between words, signs put together."""
    return " ".join(unicodedata.normalize("NFC", name).split())


def find_account(session: Session, name: str) -> AccountRow | None:
    """An account by the name that is typed in."""
    by_name = {
        account.name: account
        for account in session.scalars(
            select(AccountRow).where(AccountRow.name.in_([name, as_typed(name)]))
        )
    }
    # Names of before were not cleaned.
    return by_name.get(name) or by_name.get(as_typed(name))


def get_account(session: Session, account_id: int) -> AccountRow | None:
    """An account by its number."""
    return session.get(AccountRow, account_id)


def hold_account(session: Session, account_id: int) -> AccountRow | None:
    """An account as it is now, and stays until this transaction ends: nobody is
    disabled, or logged out everywhere, while being let in.
    """
    return session.get(
        AccountRow, account_id, with_for_update=True, populate_existing=True
    )


def add_account(
    session: Session, name: str, role: Role, password_hash: str = ""
) -> AccountRow:
    """A new account; without a password it waits for its person."""
    account = AccountRow(
        name=name,
        password_hash=password_hash,
        role=role.value,
        created_at=datetime.now(UTC),
    )
    session.add(account)
    session.flush()
    return account


def set_password(
    session: Session, account: AccountRow, password_hash: str, but: str = ""
) -> None:
    """Gives an account this password; whoever was logged in no longer is, but for one
    session, and a link that was not used is void.
    """
    account.password_hash = password_hash
    sessions.end_all(session, account.id, but)
    session.execute(delete(LinkRow).where(LinkRow.account_id == account.id))


def set_role(session: Session, account: AccountRow, role: Role) -> bool:
    """Gives an account this role; False when it has it. Raises LastAdmin."""
    if account.role == role:
        return False
    if role != Role.ADMIN:
        _require_other_admin(session, account)
    account.role = role.value
    sessions.end_all(session, account.id)
    return True


def set_disabled(session: Session, account: AccountRow, disabled: bool) -> bool:
    """Lets nobody in by this account any more, or again; False when it is so already.
    Raises LastAdmin.
    """
    if account.disabled == disabled:
        return False
    if disabled:
        _require_other_admin(session, account)
    account.disabled = disabled
    sessions.end_all(session, account.id)
    return True


def _require_other_admin(session: Session, account: AccountRow) -> None:
    is_enabled = AccountRow.disabled.is_(False)
    # Somebody who was only invited may never come.
    can_enter = AccountRow.password_hash != ""
    admins = (
        select(AccountRow.id)
        .where(AccountRow.role == Role.ADMIN.value, is_enabled, can_enter)
        .order_by(AccountRow.id)
    )
    # Locked: of two admins who demote each other, the second waits and is refused.
    found = session.scalars(admins.with_for_update()).all()
    if set(found) == {account.id}:
        raise LastAdmin


@dataclass(frozen=True, slots=True)
class Known:
    """An account as lists show it."""

    account: AccountRow
    link: LinkRow | None
    """A one-time link that was not used yet, perhaps too old."""
    seen_at: datetime | None
    """When a browser that is still logged in was last seen."""

    @property
    def is_invited(self) -> bool:
        """Whether the person has set no password yet."""
        return not self.account.password_hash


def list_accounts(session: Session) -> Sequence[Known]:
    """Everybody, in the order of their names."""
    seen = (
        select(SessionRow.account_id, func.max(SessionRow.seen_at).label("seen_at"))
        .where(SessionRow.passed)
        .group_by(SessionRow.account_id)
        .subquery()
    )
    question = (
        select(AccountRow, LinkRow, seen.c.seen_at)
        .outerjoin(LinkRow, LinkRow.account_id == AccountRow.id)
        .outerjoin(seen, seen.c.account_id == AccountRow.id)
    )
    rows = session.execute(question.order_by(AccountRow.name)).all()
    return [Known(account, link, seen_at) for account, link, seen_at in rows]


def known(session: Session, account_id: int) -> Known | None:
    """One of them, by its number."""
    account = session.get(AccountRow, account_id)
    if account is None:
        return None
    seen = select(func.max(SessionRow.seen_at)).where(
        SessionRow.account_id == account_id, SessionRow.passed
    )
    return Known(account, session.get(LinkRow, account_id), session.scalar(seen))
