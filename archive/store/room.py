"""Room on the disk that a migration has left over, given back.

A table that was rewritten, or lost a column, leaves its old pages to the database,
which fills them again in time; only what is made anew is smaller on the disk.
"""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from archive.store.database import Store
from archive.store.schema import LOCK_SECONDS

_FREE = 3
"""A SQLite file is made anew when more than one page in so many is free."""
_LEFT_OVER = {"0006": ("versions",), "0028": ("reporters",)}
"""Revision → tables that it leaves much larger than what they hold, on PostgreSQL."""


class Given(NamedTuple):
    """What came of it, in bytes."""

    before: int
    after: int
    trouble: str = ""
    """Why all is as it was, in the database's words; else empty."""
    remedy: str = ""
    """What a person can do then."""


def give_back(store: Store, since: str | None) -> Given | None:
    """Makes a database smaller that was at revision `since` before it was migrated.

    None where there is nothing to give. Trouble (a full disk, somebody who holds the
    tables) is told, not raised: the database is whole, only larger than it could be.
    """
    # Neither database does this within a transaction.
    with store.engine.connect() as pooled:
        connection = pooled.execution_options(isolation_level="AUTOCOMMIT")
        if store.engine.dialect.name == "sqlite":
            return _on_sqlite(connection)
        return _on_postgres(connection, since)


def _on_sqlite(connection: Connection) -> Given | None:
    # Asked each time, so that what failed once is done by the next `migrate`.
    free = _pragma(connection, "freelist_count")
    pages = _pragma(connection, "page_count")
    if free * _FREE <= pages:
        return None
    page = _pragma(connection, "page_size")
    before, needed = pages * page, (pages - free) * page
    try:
        connection.exec_driver_sql("VACUUM")
        # The new pages stand in the journal beside the file until then.
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").all()
    except DBAPIError as trouble:
        # Once in SQLite's folder for such files, and once in the journal.
        room = f"{megabytes(needed)} in /var/tmp (or SQLITE_TMPDIR) and beside the file"
        remedy = f"it needs {room}; run `python -m archive migrate` again"
        return Given(before, before, str(trouble.orig), remedy)
    return Given(before, _pragma(connection, "page_count") * page)


def _pragma(connection: Connection, name: str) -> int:
    return int(connection.exec_driver_sql(f"PRAGMA {name}").scalar_one())


def _on_postgres(connection: Connection, since: str | None) -> Given | None:
    passed = [
        tables for revision, tables in _LEFT_OVER.items() if since and since < revision
    ]
    names = ", ".join(name for tables in passed for name in tables)
    if not names:
        return None
    before = _size(connection)
    try:
        connection.exec_driver_sql(f"SET lock_timeout = '{LOCK_SECONDS}s'")
        connection.exec_driver_sql(f"VACUUM (FULL, ANALYZE) {names}")
    except DBAPIError as trouble:
        told = str(trouble.orig).partition("\n")[0]
        return Given(before, before, told, f"run `VACUUM FULL {names};` in psql")
    finally:
        connection.exec_driver_sql("RESET lock_timeout")
    return Given(before, _size(connection))


def _size(connection: Connection) -> int:
    size = "SELECT pg_database_size(current_database())"
    return int(connection.exec_driver_sql(size).scalar_one())


def megabytes(size: int) -> str:
    """A number of bytes for a person."""
    return f"{size / 1e6:,.1f} MB"
