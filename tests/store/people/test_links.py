"""One-time links."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from sqlalchemy import select, update

from archive.catalogue import Role
from archive.store import Store, accounts, links
from archive.store.rows import LinkRow


def test_a_link_is_used_once(store: Store) -> None:
    with store.session() as session:
        account = accounts.add_account(session, "示例", Role.VIEWER)
        token, expires_at = links.offer(session, account)
    assert timedelta(days=2) < expires_at - datetime.now(UTC) <= timedelta(days=3)
    with store.session() as session:
        (row,) = session.scalars(select(LinkRow))
        assert row.token_hash != token
        for _ in range(2):
            assert links.look_up(session, token)
    with ThreadPoolExecutor(8) as many:
        used = list(
            many.map(lambda _: store.write(lambda db: _kind(db, token)), range(8))
        )
    assert sorted(used) == [""] * 7 + ["invite"]


def _kind(session: accounts.Session, token: str) -> str:
    used = links.use(session, token)
    return used[0] if used else ""


def test_a_newer_link_an_old_one_a_disabled_account(store: Store) -> None:
    with store.session() as session:
        account = accounts.add_account(session, "示例", Role.VIEWER, "hash")
        first, _ = links.offer(session, account)
        second, _ = links.offer(session, account)
        assert links.look_up(session, first) is None
        found = links.look_up(session, second)
        assert found
        assert found[0].kind == links.RESET
        account.disabled = True
        session.flush()
        assert links.look_up(session, second) is None
        account.disabled = False
        past = datetime.now(UTC) - timedelta(seconds=1)
        session.execute(update(LinkRow).values(expires_at=past))
        assert links.use(session, second) is None
