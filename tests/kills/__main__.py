"""`python -m tests.kills N [SEED]`: N commands killed on SQLite and PostgreSQL in turn."""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.databases import _throw_away_server, _with_database
from tests.kills.archives import Killed, files_of, rounds
from tests.portals.server import Portals
from tests.running import Commands


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """A PostgreSQL server; ARCHIVE_TEST_POSTGRES_URL, or a throw-away one."""
    if url := os.environ.get("ARCHIVE_TEST_POSTGRES_URL"):
        yield url
        return
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    folder.mkdir()
    # Its owner has to come through the folders above.
    for above in folder.parents[: len(folder.parents) - 2]:
        above.chmod(0o755)
    yield from _throw_away_server(programs[-1].parent, folder)


def new_database(server: str) -> str:
    name = f"kills_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")  # type: ignore[call-overload]
    return _with_database(server, name)


def fresh_ones(folder: Path, server: str) -> Iterator[tuple[Path, str]]:
    """Empty folders with empty databases, without end."""
    number = 0
    while True:
        number += 1
        place = folder / f"fresh-{number}"
        url = f"sqlite:///{place / 'archive.sqlite3'}"
        yield place, (new_database(server) if server else url)


def kill(name: str, number: int, seed: int, server: str) -> Killed:
    """So many blows on one database."""
    with tempfile.TemporaryDirectory() as made, Portals() as portals:
        folder = Path(made)
        url = f"sqlite:///{folder / 'archive.sqlite3'}"
        commands = Commands(folder / "data", new_database(server) if server else url)
        files = files_of(portals, folder / "files", 12)
        killed = Killed(commands, portals, files, random.Random(seed))
        killed.begin()
        rounds(killed, number, fresh_ones(folder, server))
    return killed


def main() -> None:
    number = int(sys.argv[1])
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else time.time_ns() % 1_000_000
    print(f"{number} commands, seed {seed}", flush=True)
    with tempfile.TemporaryDirectory() as made, postgres(Path(made) / "pg") as server:
        for name, where in (("SQLite", ""), ("PostgreSQL", server)):
            started = time.monotonic()
            killed = kill(name, number // 2, seed, where)
            seconds = time.monotonic() - started
            blows, ended = Counter(killed.blows), Counter(killed.ended)
            print(
                f"{name}: {blows.total()} killed at work, {ended.total()} ended before "
                f"the blow, all invariants held; {seconds:.0f} s",
                flush=True,
            )
            for what in sorted(blows | ended):
                print(f"  {what:10} {blows[what]:4} killed {ended[what]:4} ended")


main()
