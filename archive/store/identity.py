"""Which archive a database is: a key drawn once, that its originals have too."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive.store.rows import IdentityRow, OriginalRow

_THE_ONE = 1
_SAMPLE = 5


def known(session: Session) -> tuple[str, str] | None:
    """The key, and where its folder of data stood; None for a database without one."""
    row = session.get(IdentityRow, _THE_ONE)
    return (row.key, row.folder) if row else None


def settle(session: Session, folder: str, key: str = "") -> str:
    """The key of a database that had none: this one, or one that is drawn.

    Where another process was faster, the key that it has settled.
    """
    row = session.get(IdentityRow, _THE_ONE)
    if row is None:
        drawn = key or secrets.token_hex(16)
        moment = datetime.now(UTC)
        row = IdentityRow(id=_THE_ONE, key=drawn, folder=folder, made_at=moment)
        session.add(row)
        session.flush()
    return row.key


def note_folder(session: Session, folder: str) -> None:
    """Notes where the folder of data stands now."""
    session.get_one(IdentityRow, _THE_ONE).folder = folder


def some_originals(session: Session) -> list[str]:
    """The hashes of a few originals, the first and the last; none of an empty archive.

    Where none of these stands, the folder is another's.
    """
    by_age = select(OriginalRow.digest).limit(_SAMPLE)
    first = session.scalars(by_age.order_by(OriginalRow.first_seen_at)).all()
    last = session.scalars(by_age.order_by(OriginalRow.first_seen_at.desc())).all()
    return [*first, *last]
