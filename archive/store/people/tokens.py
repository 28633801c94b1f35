"""Random texts that stand for a person: sessions, one-time links, recovery codes.

The database keeps their digests alone: who reads it can't act as anybody. Each holds so
much chance (120 bits and more) that a plain SHA-256 can't be searched through.
"""

from __future__ import annotations

import base64
import hashlib
import secrets

_TOKEN_BYTES = 32
_CODE_BYTES = 15
_GROUP = 4


def new_token() -> str:
    """A text for a cookie or an address."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def new_code() -> str:
    """A text that people can write down and type: `ABCD-EFGH-…`, six groups."""
    letters = base64.b32encode(secrets.token_bytes(_CODE_BYTES)).decode()
    return in_groups(letters, "-")


def in_groups(letters: str, between: str = " ") -> str:
    """A long word cut into groups of four, so that nobody loses the place."""
    starts = range(0, len(letters), _GROUP)
    return between.join(letters[start : start + _GROUP] for start in starts)


def digest_of(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def typed(code: str) -> str:
    """A code as it was made, however it was typed: small letters, spaces, no dashes."""
    letters = "".join(filter(str.isalnum, code.upper()))
    return in_groups(letters, "-")
