"""Browsers that are logged in, and when they no longer are."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from archive.catalogue import Role
from archive.store import Lifetimes, Session, Store, accounts, sessions
from archive.store.rows import SessionRow

LIFETIMES = Lifetimes(idle=timedelta(hours=8), whole=timedelta(days=7))


def is_in(store: Store, token: str, browser: str = "Browser") -> bool:
    with store.session() as session:
        return sessions.entered(session, token, browser, LIFETIMES) is not None


@pytest.fixture
def number(store: Store) -> int:
    with store.session() as session:
        return accounts.add_account(session, "示例", Role.EDITOR, "hash").id


def begun(store: Store, number: int, passed: bool = True) -> str:
    with store.session() as session:
        return sessions.begin(session, number, "::1", "Browser", passed=passed)


def test_a_token_is_its_persons_in_its_browser_alone(store: Store, number: int) -> None:
    token = begun(store, number)
    with store.session() as session:
        found = sessions.entered(session, token, "Browser", LIFETIMES)
        assert found
        who, is_due = found
        assert (who.name, who.role, who.passed, is_due) == (
            "示例",
            "editor",
            True,
            False,
        )
    assert not is_in(store, token + "x")
    assert not is_in(store, token, "Other")
    assert not is_in(store, "")


def test_the_database_does_not_hold_the_token(store: Store, number: int) -> None:
    token = begun(store, number)
    with store.session() as session:
        (row,) = session.scalars(select(SessionRow))
        assert token not in {row.token_hash, row.address, row.browser}
        assert not is_in(store, row.token_hash)


@pytest.mark.parametrize(
    ("created", "seen", "holds"),
    [
        (timedelta(days=6), timedelta(hours=7), True),
        (timedelta(days=6), timedelta(hours=9), False),
        (timedelta(days=8), timedelta(minutes=1), False),
        # Written by a clock that was ahead: no session outlives its time by it.
        (-timedelta(days=30), -timedelta(days=30), False),
        (-timedelta(minutes=5), -timedelta(minutes=5), True),
    ],
)
def test_a_session_ends_by_itself(
    store: Store, number: int, created: timedelta, seen: timedelta, holds: bool
) -> None:
    token = begun(store, number)
    now = datetime.now(UTC)
    with store.session() as session:
        session.execute(
            update(SessionRow).values(created_at=now - created, seen_at=now - seen)
        )
    assert is_in(store, token) is holds


def test_who_gave_the_password_only_has_ten_minutes(store: Store, number: int) -> None:
    token = begun(store, number, passed=False)
    assert is_in(store, token)
    long_ago = datetime.now(UTC) - timedelta(minutes=11)
    with store.session() as session:
        session.execute(update(SessionRow).values(created_at=long_ago))
    assert not is_in(store, token)


def test_all_end_but_one(store: Store, number: int) -> None:
    here, there = begun(store, number), begun(store, number)
    with store.session() as session:
        found = sessions.entered(session, here, "Browser", LIFETIMES)
        assert found
        assert len(sessions.sessions_of(session, number, LIFETIMES)) == 2
        assert sessions.end_all(session, number, but=found[0].token_hash) == 1
    assert is_in(store, here)
    assert not is_in(store, there)
    with store.session() as session:
        sessions.end(session, found[0].token_hash)
    assert not is_in(store, here)


def test_a_session_is_seen_and_old_ones_are_forgotten(
    store: Store, number: int
) -> None:
    token, _ = begun(store, number), begun(store, number)
    long_ago = datetime.now(UTC) - timedelta(hours=7)
    with store.session() as session:
        session.execute(update(SessionRow).values(seen_at=long_ago))
        found = sessions.entered(session, token, "Browser", LIFETIMES)
        assert found
        assert found[1], "it is time to say that it was seen"
        sessions.seen(session, found[0].token_hash)
    with store.session() as session:
        again = sessions.entered(session, token, "Browser", LIFETIMES)
        assert again
        assert not again[1]
        shorter = Lifetimes(timedelta(hours=6), timedelta(days=7))
        sessions.forget_old(session, shorter)
        assert len(session.scalars(select(SessionRow)).all()) == 1


def test_who_is_being_let_in_while_all_are_sent_away_goes_too(
    store: Store, number: int
) -> None:
    ended = threading.Thread(
        target=lambda: store.write(lambda db: sessions.end_all(db, number))
    )

    def let_in(session: Session) -> str:
        assert accounts.hold_account(session, number)
        token = sessions.begin(session, number, "::1", "Browser", passed=True)
        ended.start()
        # Long enough for the other to look for sessions, if it did not wait for us.
        ended.join(0.5)
        return token

    token = store.write(let_in)
    ended.join()
    assert not is_in(store, token)
