from __future__ import annotations

import pytest

from archive.store.people import passwords
from archive.store.people.passwords import (
    MAX_PASSWORD,
    WeakPassword,
    hash_password,
    matches,
)


def test_a_password_is_kept_as_argon2id_and_recognised() -> None:
    kept = hash_password("示例", "a long enough password")
    assert kept.startswith("$argon2id$")
    assert matches(kept, "a long enough password")
    assert not matches(kept, "another long password")


@pytest.mark.parametrize(
    "password", ["short", "x" * 40, "x" * (MAX_PASSWORD + 1), "administrator"]
)
def test_weak_passwords_are_refused(password: str) -> None:
    with pytest.raises(WeakPassword):
        hash_password("administrator", password)


@pytest.mark.parametrize("kept", [None, "", "plain text", "$argon2id$broken"])
def test_nobody_logs_in_without_a_proper_hash(kept: str | None) -> None:
    assert not matches(kept, "no account has this password")


def test_an_endless_password_is_not_hashed(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = hash_password("示例", "a long enough password")
    # Hashing it would come to its end, and be made to wait for a turn before.
    monkeypatch.setattr(passwords, "PATIENCE", 0.01)
    turns = [passwords._turns.acquire() for _ in range(passwords.AT_ONCE)]
    try:
        assert not matches(kept, "x" * 10_000_000)
    finally:
        for _ in turns:
            passwords._turns.release()
