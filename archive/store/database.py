"""The connection to the database, and transactions on it."""

from __future__ import annotations

import json
import random
import sqlite3
import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import (
    DatabaseError,
    DBAPIError,
    IntegrityError,
    InternalError,
    OperationalError,
)
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry

__all__ = ["TRIES", "DatabaseTrouble", "Session", "Store", "is_lost", "is_unusable"]

DatabaseTrouble = DBAPIError
"""Whatever a database answers instead of what it was asked."""

Result = TypeVar("Result")

CONNECT_SECONDS = 5
_NO_TABLE = "42P01"
"""What PostgreSQL says of a table that is not there."""
TRIES = 6
"""How often a transaction is tried that collided with another writer's."""


class Store:
    """A connection to the archive's database; one a process, shared by its threads."""

    def __init__(self, url: str) -> None:
        """`url` is a SQLAlchemy URL; `postgresql://` means the psycopg driver."""
        if url.startswith(("postgres://", "postgresql://")):
            url = "postgresql+psycopg://" + url.split("://", 1)[1]
        if url.startswith("sqlite:///") and not url.endswith(":memory:"):
            Path(url.removeprefix("sqlite:///")).parent.mkdir(
                parents=True, exist_ok=True
            )
        self.engine: Engine = create_engine(
            url,
            pool_pre_ping=True,
            json_serializer=_compact_json,
            connect_args=_patience(url),
        )
        if self.engine.dialect.name == "sqlite":
            event.listen(self.engine, "connect", _prepare_sqlite)
        self._sessions = sessionmaker(self.engine, expire_on_commit=False)
        weakref.finalize(
            self, self.engine.dispose
        )  # a store that is forgotten leaves no connection open

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A transaction: commits when the block ends, rolls back when it raises.

        For reading and small writes.
        """
        with self._sessions.begin() as session:
            yield session

    def write(self, work: Callable[[Session], Result]) -> Result:
        """Does `work` in one transaction and returns its result.

        For what first asks and then writes.

        On SQLite writers wait for one another from the start. On PostgreSQL two may
        collide (both make the same agency): the loser's transaction is done again from
        the beginning, so `work` may run more than once and must do nothing outside the
        database. Raises the database's error after TRIES collisions.
        """
        for attempt in range(1, TRIES + 1):
            try:
                with self._sessions.begin() as session:
                    if self.engine.dialect.name == "sqlite":
                        session.connection().exec_driver_sql("BEGIN IMMEDIATE")
                    return work(session)
            except (IntegrityError, OperationalError):
                if attempt == TRIES:
                    raise
                time.sleep(random.uniform(0, 0.02 * 2**attempt))  # noqa: S311  no secret
        raise AssertionError("unreachable")

    def close(self) -> None:
        self.engine.dispose()


def _patience(url: str) -> dict[str, Any]:
    """How long a server may take to let us in, where the URL does not say.

    A host that swallows what it is sent would else be waited for by every page.
    """
    if url.startswith("postgresql") and "connect_timeout" not in url:
        return {"connect_timeout": CONNECT_SECONDS}
    return {}


def is_lost(error: BaseException | None) -> bool:
    """Whether something failed because the database could not be reached, or went away
    meanwhile: the same may well succeed later.
    """
    while error is not None:
        if isinstance(error, DBAPIError) and _is_lost(error):
            return True
        error = error.__cause__ or error.__context__
    return False


def _is_lost(error: DBAPIError) -> bool:
    if error.connection_invalidated:
        return True
    # Refused, out of reach, still starting: there was no connection to lose.
    has_no_answer = getattr(error.orig, "sqlstate", "") is None
    return isinstance(error, OperationalError) and has_no_answer


def is_unusable(error: DatabaseTrouble) -> bool:
    """Whether the database as a whole does not serve: out of reach, locked, damaged,
    only to be read, without our tables. What it says of a question is no such trouble.
    """
    if is_lost(error) or isinstance(error, OperationalError | InternalError):
        return True
    # SQLite finds a damaged file, PostgreSQL a database that is not ours.
    is_plain = type(error) is DatabaseError
    return is_plain or getattr(error.orig, "sqlstate", "") == _NO_TABLE


def _compact_json(value: Any) -> str:
    """As it is, not as escapes: Chinese text takes half the room."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _prepare_sqlite(connection: Any, record: ConnectionPoolEntry) -> None:
    assert isinstance(connection, sqlite3.Connection)
    cursor = connection.cursor()
    # First of all the time to wait: switching a new file to WAL already needs the lock.
    cursor.execute("PRAGMA busy_timeout=30000")
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()
