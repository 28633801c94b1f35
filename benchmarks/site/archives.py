"""An archive filled with invented reports, and what it takes on disk.

An archive filled earlier is used again, and one that was left half filled goes on. A
larger one begins as a copy of a smaller.
"""

from __future__ import annotations

import json
import multiprocessing
import resource
import shutil
import sqlite3
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import func, select

from archive import search
from archive.pipeline import Archive, reindex
from archive.report import Hints, prepare
from archive.store import (
    Origin,
    Session,
    Sighting,
    Store,
    bulk,
    count_columns,
    count_expected,
    recount,
    schema,
)
from archive.store.rows import CopyRow
from benchmarks.site.made import YEARS, Made, all_made
from config import Settings

SEEN = datetime(2026, 2, 1, tzinfo=UTC)
PORTION = 40 * YEARS
"""Reports that a process files before it is given others: whole agencies."""
IN_ONE_GO = 50
"""Reports of a transaction."""


@dataclass(frozen=True)
class Place:
    """Where an archive of so many reports lies."""

    database: str
    """`sqlite` or `postgres`."""
    size: int
    folder: Path
    server: str = ""
    """URL of the PostgreSQL server, any database of it."""

    @property
    def name(self) -> str:
        """Of the database on a server."""
        return f"site_{self.size}"

    @property
    def url(self) -> str:
        if self.database == "sqlite":
            return f"sqlite:///{self.folder / 'archive.sqlite3'}"
        head, mark, query = self.server.partition("?")
        return f"{head.rsplit('/', 1)[0]}/{self.name}{mark}{query}"

    @property
    def environment(self) -> dict[str, str]:
        """What commands of the archive are told."""
        return {
            "ARCHIVE_DATA": str(self.folder),
            "ARCHIVE_DATABASE_URL": self.url,
            "ARCHIVE_INSECURE_COOKIES": "1",
            "ARCHIVE_SECRET_KEY": "a secret key for measuring only, of 32 signs and more",
        }

    @property
    def settings(self) -> Settings:
        return Settings.from_environment(self.environment)

    @property
    def told(self) -> dict[str, Any]:
        """What was noted when it was filled."""
        note = self.folder / "filled.json"
        return json.loads(note.read_text()) if note.exists() else {}

    def begin(self, smaller: Place | None = None) -> None:
        """Makes it, with no tables or with the database of a smaller archive, which
        nobody has open.
        """
        if self.database == "postgres":
            template = f" TEMPLATE {smaller.name}" if smaller else ""
            self._administer(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")
            self._administer(f"CREATE DATABASE {self.name}{template}")
        unfinished = self.folder.with_suffix(".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True)
        if smaller and self.database == "sqlite":
            shutil.copy(smaller.folder / "archive.sqlite3", unfinished)
        key = smaller.folder / "originals" / ".identity" if smaller else None
        if key and key.exists():
            # A database goes with the folder of its originals, and only with that.
            (unfinished / "originals").mkdir()
            shutil.copy(key, unfinished / "originals")
        unfinished.rename(self.folder)

    def _administer(self, statement: str) -> None:
        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(statement.encode())


# ---- filing ----------------------------------------------------------------------


def file_all(archive: Archive, reports: Iterable[Made]) -> int:
    """Files reports as the pipeline does, but for reading them; returns how many."""
    count, waiting = 0, iter(reports)
    while batch := list(islice(waiting, IN_ONE_GO)):
        archive.store.write(lambda session: _file(session, batch))
        count += len(batch)
    return count


def _file(session: Session, batch: Sequence[Made]) -> None:
    kept, read = [], []
    for one in batch:
        address = f"http://sample.example/{one.number}.html"
        sighting = Sighting(address, SEEN, 200, address)
        kept.append(bulk.Kept(one.digest, 12_000, Hints(url=address), sighting))
        origin = Origin(SEEN, address)
        read.append(bulk.Read(one.digest, prepare(one.report), "text/html", origin))
    bulk.keep_originals(session, kept)
    bulk.file_reports(session, read)


# ---- filling ---------------------------------------------------------------------


def fill(place: Place, smaller: Place | None, processes: int) -> None:
    """Fills an archive with the reports from 0 on, as many as it is to hold, and builds
    its index. One that is filled is only brought up to date.
    """
    if not place.folder.exists():
        place.begin(smaller)
    _migrate(place)
    if "index" in place.told:
        return
    before, started = _used(), time.monotonic()
    filed = _fill(place, processes)
    took, used = time.monotonic() - started, _used() - before
    _settle(place)
    before, started = _used(), time.monotonic()
    search.prepare()
    with Archive(place.settings) as archive:
        count = reindex(archive)
        # As the commands do when they have taken something in.
        archive.store.write(recount)
        count_expected(archive.store)
        count_columns(archive.store)
    told = {
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "filed": filed,
        "filing": took,
        "filing_used": used,
        "reports": count,
        "index": time.monotonic() - started,
        "index_used": _used() - before,
        "processes": processes,
    }
    (place.folder / "filled.json").write_text(json.dumps(told))


def _used() -> float:
    """Processor seconds of this process and of its children that have ended."""
    found = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]  # fmt: skip
    return sum(one.ru_utime + one.ru_stime for one in found)


def _migrate(place: Place) -> None:
    store = Store(place.url)
    schema.upgrade(store)
    store.close()


def _fill(place: Place, processes: int) -> int:
    """Files what is not filed yet, in portions; returns how many reports."""
    store = Store(place.url)
    with store.session() as session:
        known = session.scalar(select(func.count()).select_from(CopyRow)) or 0
    store.close()
    portions = [
        (place, first, min(first + PORTION, place.size))
        for first in range(0, place.size, PORTION)
        # filed in this order: what was filled by one process is not looked at again
        if processes > 1 or first + PORTION > known
    ]
    filed, started = 0, time.monotonic()
    for done, count in enumerate(_worked(portions, processes), 1):
        filed += count
        share = f"{place.database} {place.size:,}: {done} of {len(portions)} portions"
        rate = filed / (time.monotonic() - started)
        show(f"{share}, {rate:.0f} reports/s")
    show("")
    return filed


def show(line: str) -> None:
    """A line of progress on a terminal, in place of the one before."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{line}", end="", file=sys.stderr, flush=True)


def _worked(
    portions: Sequence[tuple[Place, int, int]], processes: int
) -> Iterator[int]:
    if processes == 1:
        yield from map(_file_portion, portions)
        return
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        yield from pool.imap_unordered(_file_portion, portions)


def _file_portion(portion: tuple[Place, int, int]) -> int:
    place, first, end = portion
    with Archive(place.settings) as archive:
        missing = _missing(archive, list(all_made(range(first, end))))
        return file_all(archive, missing)


def _missing(archive: Archive, reports: Sequence[Made]) -> list[Made]:
    """Those that are not filed yet."""
    digests = [one.digest for one in reports]
    with archive.store.session() as session:
        question = select(CopyRow.digest).where(CopyRow.digest.in_(digests))
        known = set(session.scalars(question))
    return [one for one in reports if one.digest not in known]


def _settle(place: Place) -> None:
    """As a database is some time after it was filled, not in the middle of it."""
    if place.database == "postgres":
        with psycopg.connect(place.url, autocommit=True) as connection:
            connection.execute("VACUUM (ANALYZE)")
        return
    with closing(sqlite3.connect(place.folder / "archive.sqlite3")) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")


# ---- size ------------------------------------------------------------------------


def tables_on_disk(url: str) -> dict[str, int]:
    """Bytes of each table with its indexes, the largest first."""
    if url.startswith("sqlite"):
        found = _of_sqlite(url.removeprefix("sqlite:///"))
    else:
        question = (
            "SELECT relname, pg_total_relation_size(oid) FROM pg_class WHERE relkind ="
            " 'r' AND relnamespace = 'public'::regnamespace"
        )
        with psycopg.connect(url) as connection:
            found = dict(connection.execute(question).fetchall())
    return dict(sorted(found.items(), key=lambda one: -one[1]))


def _of_sqlite(path: str) -> dict[str, int]:
    """The bytes of an index count with its table; free pages are a table of no name."""
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        owners = dict(database.execute("SELECT name, tbl_name FROM sqlite_master"))
        found: dict[str, int] = {}
        question = "SELECT name, pgsize FROM dbstat WHERE aggregate = TRUE"
        for name, size in database.execute(question):
            owner = owners.get(name, name)
            found[owner] = found.get(owner, 0) + size
        whole = Path(path).stat().st_size
    found[""] = whole - sum(found.values())
    return found


def folder_size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
