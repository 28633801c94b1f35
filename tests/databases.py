"""A fresh, empty, migrated database for every test: SQLite always, PostgreSQL where it
is installed.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from archive.store import Store, schema


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """URL of a PostgreSQL server where databases may be made:
    ARCHIVE_TEST_POSTGRES_URL, or a throw-away one.
    """
    if url := os.environ.get("ARCHIVE_TEST_POSTGRES_URL"):
        yield url
        return
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    found = str(programs[-1]) if programs else shutil.which("initdb")
    if not found:
        pytest.skip("PostgreSQL is not installed (Debian package postgresql)")
    folder = Path(tempfile.mkdtemp(prefix="archive-pg-"))
    try:
        yield from _throw_away_server(Path(found).parent, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _throw_away_server(programs: Path, folder: Path) -> Iterator[str]:
    as_owner: list[str] = []
    if os.geteuid() == 0:  # the server refuses to run as root
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
        as_owner = ["runuser", "-u", "postgres", "--"]

    def run(program: str, *arguments: str) -> None:
        done = subprocess.run(
            [*as_owner, str(programs / program), *arguments],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        if done.returncode:
            pytest.fail(f"{program}: {done.stderr}")

    data, log = folder / "data", folder / "log"
    run(
        "initdb",
        "-D",
        str(data),
        "-U",
        "archive",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
        "--no-sync",
    )
    # Nothing here must survive a loss of power, so nothing is flushed to the disk.
    speed = (
        "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c "
        "max_wal_size=256MB"
    )
    run(
        "pg_ctl",
        "-D",
        str(data),
        "-l",
        str(log),
        "-w",
        "-o",
        f"-k {folder} -c listen_addresses= {speed}",
        "start",
    )
    try:
        yield f"postgresql://archive@/postgres?host={folder}"
    finally:
        run("pg_ctl", "-D", str(data), "-m", "immediate", "-w", "stop")


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> Iterator[str]:
    """Name of an empty database at head; new ones are copied from it."""
    name = f"archive_template_{uuid.uuid4().hex[:8]}"
    _administer(postgres_server, f"CREATE DATABASE {name}")
    store = Store(_with_database(postgres_server, name))
    schema.upgrade(store)
    store.close()
    yield name
    _administer(postgres_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty SQLite database at head; new ones are copies of it."""
    path = tmp_path_factory.mktemp("template") / "archive.sqlite3"
    store = Store(f"sqlite:///{path}")
    schema.upgrade(store)
    store.close()
    return path


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """URL of an empty database at head, on SQLite and on PostgreSQL in turn."""
    if request.param == "sqlite":
        path = tmp_path / "archive.sqlite3"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    server = request.getfixturevalue("postgres_server")
    yield from _new_database(
        server,
        f" TEMPLATE {request.getfixturevalue('postgres_template')} STRATEGY FILE_COPY",
    )


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """URL of a database without any table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'archive.sqlite3'}"
        return
    yield from _new_database(request.getfixturevalue("postgres_server"), "")


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """The archive's database, empty, at head."""
    store = Store(database_url)
    yield store
    store.close()


def _new_database(server: str, how: str) -> Iterator[str]:
    name = f"archive_{uuid.uuid4().hex[:12]}"
    _administer(server, f"CREATE DATABASE {name}{how}")
    yield _with_database(server, name)
    _administer(server, f"DROP DATABASE {name} WITH (FORCE)")


def _administer(server: str, statement: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement)  # type: ignore[call-overload]


def _with_database(server: str, name: str) -> str:
    head, mark, query = server.partition("?")
    return f"{head.rsplit('/', 1)[0]}/{name}{mark}{query}"
