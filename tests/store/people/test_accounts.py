"""Who may log in, with which role."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from archive.catalogue import Role
from archive.store import Store, accounts, links, sessions
from tests.store.people.test_sessions import is_in


def test_a_name_is_found_however_it_is_typed(store: Store) -> None:
    with store.session() as session:
        account = accounts.add_account(session, "示例 甲", Role.VIEWER, "hash")
        for typed in ("示例 甲", " 示例  甲 "):
            assert accounts.find_account(session, typed) is account
        assert accounts.get_account(session, account.id) is account
        assert accounts.find_account(session, "无此人") is None
        assert accounts.get_account(session, 99) is None


@pytest.mark.parametrize("name", ["", "  ", "x" * 101, "示例\u200b", "a\x00b"])
def test_a_name_that_nobody_can_have(name: str) -> None:
    with pytest.raises(accounts.BadName):
        accounts.clean_name(name)


def test_a_name_of_before_is_found_as_it_is(store: Store) -> None:
    with store.session() as session:
        old = accounts.add_account(session, "two  spaces", Role.ADMIN, "hash")
        assert accounts.find_account(session, "two  spaces") is old


def test_a_password_a_role_and_disabling_end_sessions(store: Store) -> None:
    with store.session() as session:
        accounts.add_account(session, "另一位", Role.ADMIN, "hash")
        account = accounts.add_account(session, "示例", Role.ADMIN, "hash")
        number = account.id
    for change in (
        lambda session, one: accounts.set_password(session, one, "other"),
        lambda session, one: accounts.set_role(session, one, Role.EDITOR),
        lambda session, one: accounts.set_disabled(session, one, True),
    ):
        with store.session() as session:
            token = sessions.begin(session, number, "::1", "Browser", passed=True)
        assert is_in(store, token)
        with store.session() as session:
            account_again = accounts.get_account(session, number)
            assert account_again
            change(session, account_again)
        assert not is_in(store, token)


def test_a_new_password_voids_the_link(store: Store) -> None:
    with store.session() as session:
        account = accounts.add_account(session, "示例", Role.ADMIN, "hash")
        token, _ = links.offer(session, account)
        accounts.set_password(session, account, "other")
        assert links.look_up(session, token) is None


def test_the_last_admin_stays(store: Store) -> None:
    with store.session() as session:
        last = accounts.add_account(session, "示例", Role.ADMIN, "hash")
        # Who was only invited, or is disabled, lets nobody in.
        accounts.add_account(session, "受邀", Role.ADMIN)
        off = accounts.add_account(session, "停用", Role.ADMIN, "hash")
        assert accounts.set_disabled(session, off, True)
        with pytest.raises(accounts.LastAdmin):
            accounts.set_role(session, last, Role.EDITOR)
        with pytest.raises(accounts.LastAdmin):
            accounts.set_disabled(session, last, True)
        assert accounts.set_disabled(session, off, False)
        assert accounts.set_role(session, last, Role.EDITOR)
        assert not accounts.set_role(session, last, Role.EDITOR)


def test_two_admins_who_demote_each_other(store: Store) -> None:
    with store.session() as session:
        numbers = [
            accounts.add_account(session, name, Role.ADMIN, "hash").id
            for name in ("甲", "乙")
        ]

    def demote(number: int) -> bool:
        def work(session: accounts.Session) -> bool:
            account = accounts.get_account(session, number)
            assert account
            return accounts.set_role(session, account, Role.VIEWER)

        try:
            return store.write(work)
        except accounts.LastAdmin:
            return False

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(demote, numbers)) == [False, True]


def test_lists_say_who_is_invited_and_who_was_seen(store: Store) -> None:
    with store.session() as session:
        one = accounts.add_account(session, "b", Role.EDITOR, "hash")
        other = accounts.add_account(session, "a", Role.VIEWER)
        links.offer(session, other)
        sessions.begin(session, one.id, "", "", passed=True)
        known = accounts.list_accounts(session)
        assert [(row.account.name, row.is_invited) for row in known] == [
            ("a", True),
            ("b", False),
        ]
        assert [bool(row.link) for row in known] == [True, False]
        assert [row.seen_at is not None for row in known] == [False, True]
        again = accounts.known(session, one.id)
        assert again
        assert (again.account, again.seen_at) == (one, known[1].seen_at)
        assert accounts.known(session, 99) is None
