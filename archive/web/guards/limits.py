"""How often one visitor may ask for what is dear: counted for all processes together.

Limits are named beside the views that need one. Log-ins are counted in the database.
"""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

from flask import Flask, request
from flask_limiter import Limiter
from limits.storage import Storage

from archive.store import attempts
from config import Settings


def _client() -> str:
    return attempts.client_of(request.remote_addr)


limiter = Limiter(
    _client,
    headers_enabled=True,
    # A full disk or a lost Redis is no reason to refuse a page: then each process
    # counts for itself.
    in_memory_fallback_enabled=True,
)

_TABLE = (
    "CREATE TABLE IF NOT EXISTS counts "
    "(key TEXT PRIMARY KEY, count INTEGER NOT NULL, until REAL NOT NULL)"
)
_COUNT = (
    "INSERT INTO counts VALUES (:key, :amount, :until) ON CONFLICT (key) DO UPDATE SET "
    "count = CASE WHEN until <= :now THEN 0 ELSE count END + :amount, "
    "until = CASE WHEN until <= :now THEN :until ELSE until END RETURNING count"
)


def equip(app: Flask, settings: Settings) -> None:
    """Limits counted in Redis where there is one, else in a file beside the queue."""
    file = settings.data / "limits.sqlite3"
    app.config["RATELIMIT_STORAGE_URI"] = _storage(settings.jobs_url, file)
    # Each limit stands at a view, which counts by itself. The library would also look
    # for those of blueprints before each page, as long as all other guards take; there
    # are none.
    before = app.before_request_funcs[None]
    others = list(before)
    limiter.init_app(app)
    before[:] = others


def _storage(jobs_url: str, file: Path) -> str:
    """Where to count, as the library names it."""
    if not jobs_url:
        return f"archive-file://{file}"
    # A socket of Redis has another name there.
    return f"redis+{jobs_url}" if jobs_url.startswith("unix:") else jobs_url


class CountsInFile(Storage):
    """Counts in a small file of SQLite, which all processes of a machine share."""

    STORAGE_SCHEME = ["archive-file"]  # noqa: RUF012

    def __init__(self, uri: str, **options: Any) -> None:
        super().__init__(uri, **options)
        self._file = uri.partition("://")[2]

    @property
    def base_exceptions(self) -> type[Exception]:
        return sqlite3.Error

    def _ask(self, statement: str, **values: Any) -> Any:
        """The first row of an answer. A connection each time: threads share none."""
        with closing(sqlite3.connect(self._file, timeout=2)) as connection, connection:
            # Lost with the power, it is counted anew: worth no flush.
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute(_TABLE)
            return connection.execute(statement, values).fetchone()

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        now = time.time()
        until = now + expiry
        row = self._ask(_COUNT, key=key, amount=amount, now=now, until=until)
        if row[0] == amount:
            self._ask("DELETE FROM counts WHERE until <= :now", now=now)
        return int(row[0])

    def get(self, key: str) -> int:
        row = self._ask(
            "SELECT count FROM counts WHERE key = :key AND until > :now",
            key=key,
            now=time.time(),
        )
        return int(row[0]) if row else 0

    def get_expiry(self, key: str) -> float:
        row = self._ask("SELECT until FROM counts WHERE key = :key", key=key)
        return float(row[0]) if row else time.time()

    def check(self) -> bool:
        return os.access(Path(self._file).parent, os.W_OK)

    def reset(self) -> int | None:
        self._ask("DELETE FROM counts")
        return None

    def clear(self, key: str) -> None:
        self._ask("DELETE FROM counts WHERE key = :key", key=key)
