"""Questions under short codes: nothing is ever deleted or changed.

Whoever likes may keep one, and it stays for ever: so each is small, and there is an end
to what all together take in a day, and at all.
"""

from __future__ import annotations

import base64
import hashlib
import zlib
from contextlib import suppress
from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session

from archive.store.database import plain_rows
from archive.store.rows import KeptQuestionRow

MOST_SIGNS = 400_000
"""Signs of a list: 5,000 agencies under keys of some 70 signs."""
MOST_A_DAY = 32 * 1024 * 1024
"""Bytes, as they are pressed, of all that is kept within a day: 700 of the longest
lists, or 100,000 ordinary questions.
"""
MOST_AT_ALL = 1024 * 1024 * 1024
_DAY = timedelta(days=1)
_CODE = 10
_LEVEL = 9


class Full(Exception):
    """No more is kept; what is kept already stays where it is."""

    def __init__(self, *, for_today: bool) -> None:
        super().__init__()
        self.for_today = for_today
        """Whether there is room again tomorrow."""


class Taken(Exception):
    """Another question has the code of this one."""


def code_of(question: str) -> str:
    """The code that follows from a question: ten of a-z and 2-7, fifty bits of SHA-256.

    Two of a million questions share one with a chance of 1 to 2,000.
    """
    digest = hashlib.sha256(question.encode()).digest()
    return base64.b32encode(digest).decode().lower()[:_CODE]


def keep(session: Session, question: str, now: datetime) -> str:
    """Keeps a question and gives its code; what is kept already stays as it is.

    Raises ValueError for one that is too long, Taken where another question has its
    code, Full where there is no room for more.
    """
    if len(question) > MOST_SIGNS:
        raise ValueError(f"a question of {len(question)} signs is not kept")
    code = code_of(question)
    if session.get(KeptQuestionRow, code) is None:
        pressed = zlib.compress(question.encode(), _LEVEL)
        _find_room(session, len(pressed), now)
        size = len(pressed)
        row = KeptQuestionRow(code=code, pressed=pressed, size=size, kept_at=now)
        session.add(row)
    elif kept(session, code) != question:
        raise Taken
    return code


def _find_room(session: Session, size: int, now: datetime) -> None:
    """Raises Full where so many bytes more are too many."""
    taken = select(func.coalesce(func.sum(KeptQuestionRow.size), 0))
    if session.scalars(taken).one() + size > MOST_AT_ALL:
        raise Full(for_today=False)
    lately = taken.where(KeptQuestionRow.kept_at > now - _DAY)
    if session.scalars(lately).one() + size > MOST_A_DAY:
        raise Full(for_today=True)


def kept(session: Session, code: str) -> str | None:
    """The question under a code; None where there is none, or its bytes are damaged."""
    found = plain_rows(session, _pressed(), {"code": code})
    if not found:
        return None
    with suppress(zlib.error, UnicodeDecodeError):
        opened = zlib.decompressobj().decompress(found[0].pressed, MOST_SIGNS)
        question = opened.decode()
        # The code follows from it: bytes that were changed have another.
        if code_of(question) == code:
            return question
    return None


@cache
def _pressed() -> Select[bytes]:
    """The bytes under a code."""
    has_code = KeptQuestionRow.code == bindparam("code")
    return select(KeptQuestionRow.pressed).where(has_code)
