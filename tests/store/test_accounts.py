"""People who may log in, and how often they failed to."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import update

from archive.store import Store, accounts, sources
from archive.store.rows import AuditRow


def test_an_account_is_made_once_and_keeps_its_number(store: Store) -> None:
    with store.session() as session:
        assert accounts.set_password(session, "示例", "first")
        session.flush()
        assert not accounts.set_password(session, "示例", "second")
        account = accounts.find_account(session, "示例")
        assert account
        assert account.password_hash == "second"
        assert accounts.get_account(session, account.id) is account
        assert accounts.find_account(session, "无此人") is None
        assert accounts.get_account(session, 99) is None


def test_only_late_failures_of_one_subject_count(store: Store) -> None:
    with store.session() as session:
        for subject in ("name a", "name a", "name b"):
            accounts.note_action(session, accounts.FAILED, subject)
        accounts.note_action(session, "login", "name a")
        session.flush()
        assert accounts.failed_logins(session, "name a") == 2
        long_ago = sources.now() - timedelta(minutes=20)
        session.execute(update(AuditRow).values(at=long_ago))
        assert accounts.failed_logins(session, "name a") == 0
        assert accounts.failed_logins(session, "name a", minutes=30) == 2
