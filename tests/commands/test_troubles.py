"""What the machine lacks is one line, whichever command meets it; and what the program
makes is for whoever runs it.
"""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from archive.commands.troubles import in_a_line, keep_to_ourselves
from archive.store import Store
from tests.running import ROOT, Commands

GOLDEN = ROOT / "tests" / "reports"
REPORT = GOLDEN / "text_tabs.txt"


@pytest.fixture
def commands(tmp_path: Path, sqlite_template: Path) -> Commands:
    data = tmp_path / "data"
    data.mkdir()
    shutil.copy(sqlite_template, data / "archive.sqlite3")
    return Commands(data, f"sqlite:///{data / 'archive.sqlite3'}")


def is_one_line(printed: str, words: str) -> bool:
    lines = printed.strip().splitlines()
    assert len(lines) == 1, printed
    assert words in lines[0]
    return True


@pytest.mark.parametrize("command", ["migrate", "import", "serve", "work"])
def test_a_newer_database_is_left_alone(commands: Commands, command: str) -> None:
    store = Store(commands.database_url)
    with store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    store.close()
    files = [str(REPORT)] if command == "import" else []
    assert is_one_line(commands.run(command, *files, status=1), "newer version")


@pytest.mark.parametrize("command", ["migrate", "import", "serve", "work"])
def test_a_folder_that_cannot_be_made(tmp_path: Path, command: str) -> None:
    (tmp_path / "file").write_text("no folder")
    data = tmp_path / "file" / "data"
    commands = Commands(data, f"sqlite:///{data / 'archive.sqlite3'}")
    files = [str(REPORT)] if command == "import" else []
    printed = commands.run(command, *files, status=1)
    assert is_one_line(printed, "set ARCHIVE_DATA")


@pytest.mark.parametrize(
    ("named", "words"),
    [
        ("/proc/x", "no folder can be made"),
        ("x" * 300, "longer than the disk allows"),
        ("to-itself", "leads nowhere"),
    ],
)
@pytest.mark.parametrize("database", ["in the folder", "elsewhere"])
def test_a_folder_that_no_disk_has(
    tmp_path: Path, sqlite_template: Path, named: str, words: str, database: str
) -> None:
    data = tmp_path / named
    file = data / "archive.sqlite3"
    if database == "elsewhere":
        file = tmp_path / "elsewhere.sqlite3"
        shutil.copy(sqlite_template, file)
    (tmp_path / "to-itself").symlink_to(tmp_path / "to-itself")
    printed = Commands(data, f"sqlite:///{file}").run("import", REPORT, status=1)
    assert is_one_line(printed, words)


@pytest.mark.parametrize("command", ["migrate", "import"])
def test_a_disk_without_room(tmp_path: Path, commands: Commands, command: str) -> None:
    """A limit on the size of files stands for a full disk: it needs no mount."""
    url = commands.database_url
    if command == "migrate":
        url = f"sqlite:///{tmp_path / 'new.sqlite3'}"
    limited = Commands(commands.data, url)
    files = [str(REPORT)] if command == "import" else []
    code = (
        "import resource, signal, sys\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))\n"
        "from archive.commands import main\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, command, *files],
        cwd=ROOT,
        env={**os.environ, **limited.environment},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOSPC, "x", "/data/a"), "/data/a: the disk is full"),
        (OSError(errno.EROFS, "x", "/data"), "can only be read"),
        (PermissionError(errno.EACCES, "x", "/data"), "no permission"),
        (sqlite3.OperationalError("database or disk is full"), "the disk is full"),
        (psycopg.OperationalError("refused\nsecond line"), "answer: check ARCHIVE_D"),
        (
            sqlite3.OperationalError("attempt to write a readonly database"),
            "only be read",
        ),
    ],
)
def test_what_is_said(error: Exception, words: str) -> None:
    assert words in in_a_line(error)
    wrapped = RuntimeError("of the library")
    wrapped.__cause__ = error
    assert words in in_a_line(wrapped)


@pytest.mark.parametrize(
    "error",
    [
        ValueError("x"),
        FileNotFoundError(errno.ENOENT, "x", "/data/originals/aa/bb"),
        sqlite3.OperationalError("no such table"),
        psycopg.errors.UndefinedTable("no such table"),
    ],
)
def test_a_fault_of_ours_is_not_the_machines(error: Exception) -> None:
    assert in_a_line(error) == ""


@pytest.mark.parametrize("command", ["migrate", "search x"])
def test_a_server_that_is_away_is_one_line(tmp_path: Path, command: str) -> None:
    away = Commands(tmp_path, "postgresql://nobody:secret@127.0.0.1:1/none")
    printed = away.run(*command.split(), status=1)
    assert is_one_line(printed, "does not answer")
    assert "secret" not in printed


def modes(folder: Path) -> dict[str, int]:
    return {
        str(path.relative_to(folder)): stat.S_IMODE(path.lstat().st_mode)
        for path in [folder, *folder.rglob("*")]
    }


def test_what_is_made_is_for_us_alone(tmp_path: Path) -> None:
    data = tmp_path / "data"
    commands = Commands(data, f"sqlite:///{data / 'archive.sqlite3'}")
    commands.run("migrate")
    commands.run("import", REPORT, status=None)
    found = modes(data)
    assert any(name.startswith("index") for name in found)
    assert any(name.startswith("originals") for name in found)
    assert not {name: oct(mode) for name, mode in found.items() if mode & 0o077}


def test_what_was_open_is_closed(commands: Commands, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.sqlite3"
    elsewhere.touch(0o644)
    commands.data.chmod(0o755)
    before = os.umask(0o022)
    try:
        keep_to_ourselves(Commands(commands.data, f"sqlite:///{elsewhere}").settings)
    finally:
        os.umask(before)
    assert stat.S_IMODE(commands.data.stat().st_mode) == 0o700
    assert stat.S_IMODE(elsewhere.stat().st_mode) == 0o600


def test_what_is_no_folder_is_left_as_it_is(tmp_path: Path) -> None:
    named = tmp_path / "a file"
    named.touch(0o666)
    named.chmod(0o666)
    keep_to_ourselves(Commands(named, "").settings)
    assert named.stat().st_mode & 0o777 == 0o666
