"""The connection to the database, and transactions on it."""

from __future__ import annotations

import json
import random
import sqlite3
import time
import weakref
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar, TypeVarTuple

from sqlalchemy import Dialect, Engine, Row, Select, create_engine, event
from sqlalchemy.exc import (
    DatabaseError,
    DBAPIError,
    DisconnectionError,
    IntegrityError,
    InternalError,
    OperationalError,
)
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

__all__ = [
    "TRIES",
    "VISITOR_WAITS",
    "DatabaseTrouble",
    "Session",
    "Store",
    "is_lost",
    "is_unusable",
    "plain_rows",
]

DatabaseTrouble = DBAPIError
"""Whatever a database answers instead of what it was asked."""

Result = TypeVar("Result")
Columns = TypeVarTuple("Columns")

CONNECT_SECONDS = 5
WAITS = 30.0
"""Seconds that a command waits for others who write."""
VISITOR_WAITS = 5.0
"""The same for a page, which would hold a thread of the website meanwhile."""
_FILE = "archive.file"
"""Under which a connection of SQLite knows the file that it has open."""
_NO_TABLE = "42P01"
"""What PostgreSQL says of a table that is not there."""
TRIES = 6
"""How often a transaction is tried that collided with another writer's."""


class Store:
    """A connection to the archive's database; one a process, shared by its threads."""

    def __init__(
        self, url: str, *, waits: float = WAITS, may_make: bool = True
    ) -> None:
        """`url` is a SQLAlchemy URL; `postgresql://` means the psycopg driver.

        `waits`: seconds for others who write. `may_make`: a SQLite file that is not
        there is made; otherwise it is trouble, until it is there (again).
        """
        self._waits = waits
        if url.startswith(("postgres://", "postgresql://")):
            url = "postgresql+psycopg://" + url.split("://", 1)[1]
        if url.startswith("sqlite:///") and not url.endswith(":memory:"):
            folder = Path(url.removeprefix("sqlite:///")).parent
            folder.mkdir(parents=True, exist_ok=True)
        self.engine: Engine = create_engine(
            url,
            pool_pre_ping=True,
            json_serializer=_compact_json,
            connect_args=_patience(url),
        )
        is_sqlite = self.engine.dialect.name == "sqlite"
        if is_sqlite:
            _equip_sqlite(self.engine, waits, may_make=may_make)
        elif waits < WAITS:
            _equip_postgres(self.engine, waits)
        self._sessions = sessionmaker(self.engine, expire_on_commit=False)
        self._for_questions = self.engine if is_sqlite else _of_a_server(self.engine)
        self._state = _SqliteState(self.engine) if is_sqlite else None
        # A store that is forgotten leaves no connection open.
        weakref.finalize(self, self.engine.dispose)

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A transaction for reading and small writes: commits when the block ends,
        rolls back when it raises.
        """
        with self._sessions.begin() as session:
            yield session

    @contextmanager
    def asking(self) -> Iterator[Session]:
        """For the questions of a page, which writes nothing: each is answered as of its
        moment, as in a `session`, but nothing begins and ends.
        """
        with Session(self._for_questions) as session:
            yield session

    def write(self, work: Callable[[Session], Result]) -> Result:
        """Does `work`, which first asks and then writes, in one transaction and returns
        its result.

        On SQLite writers wait for one another from the start. On PostgreSQL two may
        collide (both make the same agency): the loser's transaction is done again from
        the beginning, so `work` may run more than once and must do nothing outside the
        database. Raises the database's error after TRIES collisions, or when it has
        waited long enough.
        """
        deadline = time.monotonic() + self._waits
        for attempt in range(1, TRIES + 1):
            try:
                with self._sessions.begin() as session:
                    if self.engine.dialect.name == "sqlite":
                        session.connection().exec_driver_sql("BEGIN IMMEDIATE")
                    return work(session)
            except (IntegrityError, OperationalError):
                if attempt == TRIES or time.monotonic() >= deadline:
                    raise
                time.sleep(random.uniform(0, 0.02 * 2**attempt))  # noqa: S311  no secret
        raise AssertionError("unreachable")

    def state(self) -> Hashable:
        """What is another one after every commit of anybody: as long as it is the same,
        so is the database. Only for comparing with others of this object.
        """
        if self._state is not None:
            return self._state.now()
        with self._for_questions.connect() as connection:
            return tuple(connection.exec_driver_sql(_POSTGRES_STATE).one())

    def close(self) -> None:
        if self._state is not None:
            self._state.close()
        self.engine.dispose()


_SQLITE_STATE = "PRAGMA data_version"
# A snapshot tells which transactions are over; a server put back to an earlier day
# would count the same ones again.
_POSTGRES_STATE = "SELECT pg_current_snapshot()::text, pg_postmaster_start_time()"


def plain_rows(
    session: Session, question: Select[*Columns], asked: Mapping[str, Any] | None = None
) -> Sequence[Row[*Columns]]:
    """The columns that a question asks for, past the mapper, which would take as long
    for a page's question as the database does.

    For what only reads: nothing that waits in the session is written first.
    """
    return session.connection().execute(question, asked).all()


class _SqliteState:
    """Counts the commits of others, as one connection of SQLite sees them.

    Its number means nothing to another connection, so one is kept for this alone.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = Lock()
        self._connection: PoolProxiedConnection | None = None
        self._file: tuple[int, int] | None = None
        self._opened = 0

    def now(self) -> Hashable:
        """How often it was opened, and what it then counted to."""
        with self._lock:
            try:
                cursor = self._here().cursor()
                cursor.execute(_SQLITE_STATE)
                return self._opened, *cursor.fetchall()
            except sqlite3.Error as error:
                self._close()
                raise OperationalError(_SQLITE_STATE, None, error) from error

    def _here(self) -> PoolProxiedConnection:
        """The connection, to the file that lies there now."""
        file = _identity(Path(self._engine.url.database or ""))
        if self._connection is None or file != self._file:
            self._close()
            self._connection = self._engine.raw_connection()
            self._connection.detach()
            self._file = file
            self._opened += 1
        return self._connection

    def close(self) -> None:
        with self._lock:
            self._close()

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = None


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


def _of_a_server(engine: Engine) -> Engine:
    """The same connections for questions alone: a transaction would begin and end with
    a message each, and as text pressed bytes are twice as long.
    """
    for_questions = engine.execution_options(isolation_level="AUTOCOMMIT")

    def in_bytes(connection: object, cursor: Any, *_: object) -> None:
        cursor.format = type(cursor.format).BINARY

    event.listen(for_questions, "before_cursor_execute", in_bytes)
    return for_questions


def _compact_json(value: Any) -> str:
    """As it is, not as escapes: Chinese text takes half the room."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _equip_postgres(engine: Engine, waits: float) -> None:
    def prepare(connection: Any, record: ConnectionPoolEntry) -> None:
        # Otherwise a page waits as long as somebody else's transaction takes.
        connection.execute(f"SET lock_timeout = {int(waits * 1000)}")
        connection.commit()

    event.listen(engine, "connect", prepare)


def _equip_sqlite(engine: Engine, waits: float, *, may_make: bool) -> None:
    """Connections for a file that may be moved away and come back while we live."""
    file = Path(engine.url.database or ":memory:")
    is_file = str(file) != ":memory:"

    def keep_to_what_is_there(
        dialect: Dialect,
        record: ConnectionPoolEntry,
        arguments: list[Any],
        named: dict[str, Any],
    ) -> None:
        # A new, empty file would stand where the real one is to come back to.
        arguments[0] = f"{file.absolute().as_uri()}?mode=rw"
        named["uri"] = True

    def prepare(connection: Any, record: ConnectionPoolEntry) -> None:
        record.info[_FILE] = _identity(file)
        _prepare_sqlite(connection, waits)

    def require_the_same(
        connection: Any, record: ConnectionPoolEntry, proxy: object
    ) -> None:
        # Whoever has a file open goes on with it, wherever it was moved.
        if record.info.get(_FILE) != _identity(file):
            raise DisconnectionError("the file of the database is another one")

    event.listen(engine, "connect", prepare)
    if is_file and not may_make:
        event.listen(engine, "do_connect", keep_to_what_is_there)
    if is_file:
        event.listen(engine, "checkout", require_the_same)


def _identity(file: Path) -> tuple[int, int] | None:
    """What tells a file from every other one; None where there is none."""
    with suppress(OSError):
        found = file.stat()
        return found.st_dev, found.st_ino
    return None


def _prepare_sqlite(connection: sqlite3.Connection, waits: float) -> None:
    # First of all the time to wait: switching a new file to WAL already needs the lock.
    connection.execute(f"PRAGMA busy_timeout={int(waits * 1000)}")
    for setting in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {setting}")
