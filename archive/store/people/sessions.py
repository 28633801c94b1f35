"""Sessions: browsers that are logged in, a row each.

The browser holds a random token and nothing else. What ends a session deletes its row,
and with it the browser is out with its next request, whichever process answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from archive.store.people.tokens import digest_of, new_token
from archive.store.rows import AccountRow, FeedRow, SessionRow

CODE_TIME = timedelta(minutes=10)
"""How long a browser may take for the code, after the right password."""
_STEP = timedelta(minutes=1)
"""A session is written that it was seen at most once in this time."""
_MOST_OF_BROWSER = 300


@dataclass(frozen=True, slots=True)
class Lifetimes:
    """How long a session lasts."""

    idle: timedelta
    """Without a request."""
    whole: timedelta
    """In all, however much is asked."""


@dataclass(frozen=True, slots=True)
class Entered:
    """Who sits in front of a browser."""

    account_id: int
    name: str
    role: str
    token_hash: str
    passed: bool
    """Whether the second factor was given too, where there is one."""
    has_factor: bool


def begin(
    session: Session, account_id: int, address: str, browser: str, *, passed: bool
) -> str:
    """Logs a browser in; the token it is to hold."""
    token = new_token()
    moment = datetime.now(UTC)
    row = SessionRow(
        token_hash=digest_of(token),
        account_id=account_id,
        passed=passed,
        created_at=moment,
        seen_at=moment,
        address=address,
        browser=browser[:_MOST_OF_BROWSER],
    )
    session.add(row)
    session.flush()
    return token


def entered(
    session: Session, token: str, browser: str, lifetimes: Lifetimes
) -> tuple[Entered, bool] | None:
    """Whose session a token is, and whether it is time to say that it was seen.

    None for a token of nobody, of another browser, of a disabled account, or when its
    time is over.
    """
    question = (
        select(SessionRow, AccountRow)
        .join(AccountRow, SessionRow.account_id == AccountRow.id)
        .where(
            SessionRow.token_hash == digest_of(token), AccountRow.disabled.is_(False)
        )
    )
    found = session.execute(question).one_or_none()
    if found is None:
        return None
    row, account = found
    if row.browser != browser[:_MOST_OF_BROWSER] or _is_over(row, lifetimes):
        return None
    who = Entered(
        account.id,
        account.name,
        account.role,
        row.token_hash,
        row.passed,
        bool(account.factor),
    )
    return who, _age(row.seen_at) > _STEP


def _is_over(row: SessionRow, lifetimes: Lifetimes) -> bool:
    if not row.passed and _age(row.created_at) > CODE_TIME:
        return True
    is_old = _age(row.created_at) > lifetimes.whole
    return is_old or _age(row.seen_at) > lifetimes.idle


def _age(moment: datetime) -> timedelta:
    """How long ago it was.

    A moment to come was written by a clock that was ahead: as far from now either way,
    so that no session outlives its time by it.
    """
    return abs(datetime.now(UTC) - moment)


def seen(session: Session, token_hash: str) -> None:
    """Notes that a session is in use."""
    is_it = SessionRow.token_hash == token_hash
    moment = datetime.now(UTC)
    session.execute(update(SessionRow).where(is_it).values(seen_at=moment))


def is_there(session: Session, token_hash: str) -> bool:
    """Whether a session has not been ended."""
    return session.get(SessionRow, token_hash, populate_existing=True) is not None


def end(session: Session, token_hash: str) -> None:
    """Logs one browser out."""
    session.execute(delete(SessionRow).where(SessionRow.token_hash == token_hash))


def end_all(session: Session, account_id: int, but: str = "") -> int:
    """Logs a person out everywhere, but for one session; how many there were. The
    feed, which needs none, ends as well.
    """
    # Whoever is being let in holds the account: that session ends too.
    is_theirs = AccountRow.id == account_id
    session.execute(select(AccountRow.id).where(is_theirs).with_for_update())
    session.execute(delete(FeedRow).where(FeedRow.account_id == account_id))
    question = delete(SessionRow).where(
        SessionRow.account_id == account_id, SessionRow.token_hash != but
    )
    return session.execute(question).rowcount  # type: ignore[attr-defined, no-any-return]


def forget_old(session: Session, lifetimes: Lifetimes) -> None:
    """Deletes what nobody can use any more."""
    moment = datetime.now(UTC)
    is_old = SessionRow.created_at < moment - lifetimes.whole
    is_idle = SessionRow.seen_at < moment - lifetimes.idle
    session.execute(delete(SessionRow).where(is_old | is_idle))


def sessions_of(
    session: Session, account_id: int, lifetimes: Lifetimes
) -> Sequence[SessionRow]:
    """Where a person is logged in, the latest first."""
    question = select(SessionRow).where(
        SessionRow.account_id == account_id, SessionRow.passed
    )
    rows = session.scalars(question.order_by(SessionRow.seen_at.desc()))
    return [row for row in rows if not _is_over(row, lifetimes)]
