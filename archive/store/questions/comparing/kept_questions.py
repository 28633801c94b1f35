"""Questions under short codes: nothing is ever deleted or changed."""

from __future__ import annotations

import base64
import hashlib
from datetime import datetime

from sqlalchemy.orm import Session

from archive.store.rows import KeptQuestionRow

MOST_SIGNS = 400_000
"""Signs of a question: 5,000 agencies under keys of some 60 letters."""
_CODE = 10


def code_of(question: str) -> str:
    """The code that follows from a question: ten of a-z and 2-7, fifty bits of SHA-256.

    Two of a million questions share one with a chance of 1 to 2,000.
    """
    digest = hashlib.sha256(question.encode()).digest()
    return base64.b32encode(digest).decode().lower()[:_CODE]


def keep(session: Session, question: str, now: datetime) -> str:
    """Keeps a question and gives its code; what is kept already stays as it is.

    Raises ValueError for one that is too long, or whose code another question has.
    """
    if len(question) > MOST_SIGNS:
        raise ValueError(f"a question of {len(question)} signs is not kept")
    code = code_of(question)
    known = session.get(KeptQuestionRow, code)
    if known is None:
        session.add(KeptQuestionRow(code=code, question=question, kept_at=now))
    elif known.question != question:
        raise ValueError(f"another question has the code {code}")
    return code


def kept(session: Session, code: str) -> str | None:
    """The question under a code; None where there is none."""
    row = session.get(KeptQuestionRow, code)
    return row.question if row else None
