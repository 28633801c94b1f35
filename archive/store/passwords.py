"""Passwords: how they are kept and what they must be. People themselves are rows
(`store/accounts.py`).
"""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_HASHER = PasswordHasher()
# Verified where there is no account, so that a wrong name takes as long.
_NOBODY = _HASHER.hash("no account has this password")

MIN_PASSWORD = 12
MAX_PASSWORD = 1024
"""Longer input is refused before hashing, so that a log-in can't be made expensive."""


class WeakPassword(ValueError):
    """A password that is not accepted; the message says why, in Chinese."""


def hash_password(name: str, password: str) -> str:
    """The argon2id hash to keep. Raises WeakPassword."""
    if len(password) < MIN_PASSWORD:
        raise WeakPassword(f"密码至少需要 {MIN_PASSWORD} 个字符。")
    if len(password) > MAX_PASSWORD:
        raise WeakPassword(f"密码最多 {MAX_PASSWORD} 个字符。")
    if password.lower() == name.lower() or len(set(password)) < 4:
        raise WeakPassword("密码过于简单，请换一个。")
    return _HASHER.hash(password)


def matches(password_hash: str | None, password: str) -> bool:
    """Whether the password is the one hashed.

    Takes as long for an account that does not exist (None).
    """
    if len(password) > MAX_PASSWORD:
        return False
    try:
        return _HASHER.verify(password_hash or _NOBODY, password) and bool(
            password_hash
        )
    except (VerificationError, InvalidHashError):
        return False
