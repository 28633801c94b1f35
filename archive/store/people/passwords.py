"""Passwords: how they are kept and what they must be. People themselves are rows
(`accounts` beside this).
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_HASHER = PasswordHasher()

MIN_PASSWORD = 12
MAX_PASSWORD = 1024
"""Longer input is refused before hashing, so that a log-in can't be made expensive."""

AT_ONCE = 2
"""Hashes that a process computes at the same time: each takes 64 MB."""
PATIENCE = 5.0
"""Seconds that one more waits for its turn."""
_turns = threading.BoundedSemaphore(AT_ONCE)


class Overloaded(Exception):
    """Too many passwords are being tried at once."""


class WeakPassword(ValueError):
    """A password that is not accepted; the message says why, in Chinese."""


@contextmanager
def _turn() -> Iterator[None]:
    if not _turns.acquire(timeout=PATIENCE):
        raise Overloaded
    try:
        yield
    finally:
        _turns.release()


def hash_password(name: str, password: str) -> str:
    """The argon2id hash to keep. Raises WeakPassword, and Overloaded."""
    if len(password) < MIN_PASSWORD:
        raise WeakPassword(f"密码至少需要 {MIN_PASSWORD} 个字符。")
    if len(password) > MAX_PASSWORD:
        raise WeakPassword(f"密码最多 {MAX_PASSWORD} 个字符。")
    if password.lower() == name.lower() or len(set(password)) < 4:
        raise WeakPassword("密码过于简单，请换一个。")
    with _turn():
        return _HASHER.hash(password)


@cache
def _nobodys_hash() -> str:
    """Verified where there is no account, so that a wrong name takes as long.

    Made for the first who logs in: it takes a quarter of a second, and most processes
    see nobody's password.
    """
    return _HASHER.hash("no account has this password")


def matches(password_hash: str | None, password: str) -> bool:
    """Whether the password is the one hashed.

    Takes as long for an account that does not exist (None), or has no password yet.
    Raises Overloaded.
    """
    if len(password) > MAX_PASSWORD:
        return False
    try:
        with _turn():
            # Asked for in any case: the first log-in of a process takes longer,
            # whoever it is for.
            nobodys = _nobodys_hash()
            is_right = _HASHER.verify(password_hash or nobodys, password)
    except (VerificationError, InvalidHashError):
        return False
    return is_right and bool(password_hash)
