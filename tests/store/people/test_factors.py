"""The second factor: each code once."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pyotp
import pytest
from sqlalchemy import select

from archive.catalogue import Role
from archive.store import Store, accounts, factors
from archive.store.rows import RecoveryRow


@pytest.fixture
def number(store: Store) -> int:
    with store.session() as session:
        return accounts.add_account(session, "示例", Role.VIEWER, "hash").id


def set_up(store: Store, number: int, back: int = 0) -> tuple[pyotp.TOTP, list[str]]:
    """A telephone with the secret, and the recovery codes; confirmed some steps ago."""
    with store.session() as session:
        account = accounts.get_account(session, number)
        assert account
        factors.offer(session, account)
        maker = pyotp.TOTP(account.factor_offered)
        codes = factors.accept(session, account, maker.now())
        assert codes
        account.factor_step -= back
    return maker, list(codes)


def check(store: Store, number: int, code: str) -> bool:
    def work(session: accounts.Session) -> bool:
        account = accounts.get_account(session, number)
        assert account
        return factors.is_code(session, account, code)

    return store.write(work)


def test_only_a_code_of_the_offered_secret_is_accepted(
    store: Store, number: int
) -> None:
    with store.session() as session:
        account = accounts.get_account(session, number)
        assert account
        assert factors.accept(session, account, "000000") is None
        factors.offer(session, account)
        assert account.factor == ""
        address = factors.address_of(account)
        assert address.startswith("otpauth://totp/")
        assert account.factor_offered in address
        assert factors.secret_of(account).replace(" ", "") == account.factor_offered
        other = pyotp.TOTP(pyotp.random_base32()).now()
        assert factors.accept(session, account, other) is None


def test_a_code_counts_once(store: Store, number: int) -> None:
    maker, _ = set_up(store, number)
    with store.session() as session:
        account = accounts.get_account(session, number)
        assert account
        used = maker.generate_otp(account.factor_step)
    assert not check(store, number, used), "the code of setting up was used"
    maker, _ = set_up(store, number, back=2)
    code = maker.now()
    with ThreadPoolExecutor(8) as many:
        found = list(many.map(lambda _: check(store, number, code), range(8)))
    assert sum(found) == 1


def test_a_clock_may_be_off_a_little(store: Store, number: int) -> None:
    maker, _ = set_up(store, number, back=5)
    step = int(time.time()) // 30
    assert not check(store, number, maker.generate_otp(step - 5))
    assert not check(store, number, maker.generate_otp(step + 5))
    assert check(
        store, number, f" {maker.generate_otp(step)[:3]} {maker.generate_otp(step)[3:]}"
    )
    assert not check(store, number, "１２３４５６")
    assert not check(store, number, "")


def test_a_clock_that_was_ahead_locks_nobody(store: Store, number: int) -> None:
    maker, _ = set_up(store, number, back=-1000)
    code = maker.now()
    assert check(store, number, code)
    assert not check(store, number, code)


def test_recovery_codes_count_once_and_are_not_kept(store: Store, number: int) -> None:
    _, codes = set_up(store, number)
    assert len(set(codes)) == factors.CODES
    with store.session() as session:
        account = accounts.get_account(session, number)
        assert account
        kept = {row.code_hash for row in session.scalars(select(RecoveryRow))}
        assert not kept & set(codes)
        typed = codes[0].lower().replace("-", " ")
        assert factors.is_recovery_code(session, account, typed)
        assert not factors.is_recovery_code(session, account, typed)
        assert not factors.is_recovery_code(session, account, "")
        assert factors.codes_left(session, number) == factors.CODES - 1
        factors.new_codes(session, account)
        assert not factors.is_recovery_code(session, account, codes[1])
        assert factors.remove(session, account)
        assert not factors.remove(session, account)
        assert factors.codes_left(session, number) == 0


def test_recovery_codes_are_of_one_person(store: Store, number: int) -> None:
    _, codes = set_up(store, number)
    with store.session() as session:
        other = accounts.add_account(session, "别人", Role.VIEWER, "hash")
        assert not factors.is_recovery_code(session, other, codes[0])
        assert factors.codes_left(session, number) == factors.CODES
