"""A folder of data and a database: made at first use, and kept to one another."""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from archive.commands.group import cli
from archive.commands.opening import FilePath, loading
from archive.store import Store, schema
from tests.running import Commands

REPORTS = Path(__file__).parents[1] / "reports"
REPORT = REPORTS / "text_tabs.txt"
OTHER = REPORTS / "html_2019.html"
MADE = "A new, empty database was made."


@pytest.fixture
def fresh(tmp_path: Path, empty_url: str) -> Commands:
    """Nothing at all yet, on each database."""
    return Commands(tmp_path / "data", empty_url)


@pytest.mark.parametrize(
    "command",
    [
        ("import", REPORT),
        ("search", "公开"),
        ("audit",),
        ("sources", "list"),
        ("rebuild",),
        ("reindex",),
    ],
    ids=lambda command: command[0],
)
def test_any_command_makes_an_empty_database(
    fresh: Commands, command: tuple[str | Path, ...]
) -> None:
    assert MADE in fresh.run(*command, status=None)
    assert MADE not in fresh.run(*command, status=None)
    store = Store(fresh.database_url)
    schema.require_current(store)
    store.close()


@pytest.mark.parametrize(
    "command",
    [
        ("read", ""),
        ("import", REPORT, ""),
        ("export-warc", ""),
        ("prove", "x", "-o", ""),
        ("sources", "import", ""),
        ("sources", "export", ""),
    ],
    ids=lambda command: command[0],
)
def test_an_empty_name_is_no_file(
    fresh: Commands, command: tuple[str | Path, ...]
) -> None:
    assert "it is empty" in fresh.run(*command, status=2)
    assert not fresh.data.exists(), "nothing was even begun"


def test_every_file_that_a_command_takes_has_to_be_named() -> None:
    def parameters(group: click.Group) -> Iterator[click.Parameter]:
        for name in group.list_commands(click.Context(group)):
            command = group.get_command(click.Context(group), name)
            assert command
            yield from command.params
            if isinstance(command, click.Group):
                yield from parameters(command)

    kinds = [one.type for one in parameters(cli)]
    files = [one for one in kinds if isinstance(one, click.Path | click.File)]
    assert len(files) == 6
    assert {type(one) for one in files} == {FilePath}


def test_two_commands_at_once_on_a_fresh_folder(fresh: Commands) -> None:
    started = [fresh.start("import", one) for one in (REPORT, OTHER)]
    printed = ["".join(process.communicate(timeout=120)) for process in started]
    assert [process.returncode for process in started] == [0, 0], printed
    assert sum(MADE in one for one in printed) == 1
    assert "2 originals, 0 damaged" in fresh.run("audit")


def test_older_tables_are_not_migrated_silently(fresh: Commands) -> None:
    store = Store(fresh.database_url)
    schema.upgrade(store, "0007")
    assert "run `python -m archive migrate`" in fresh.run("import", REPORT, status=1)
    assert schema.revision_of(store) == "0007"
    store.close()


def test_who_should_report_is_counted_when_tables_are_migrated(
    fresh: Commands,
) -> None:
    store = Store(fresh.database_url)
    schema.upgrade(store, "0027")
    fresh.run("migrate")
    with store.engine.connect() as connection:
        silent = "SELECT number FROM counts WHERE kind = 'silent'"
        assert connection.exec_driver_sql(silent).scalar() is not None
    store.close()


def test_a_database_with_two_folders_is_noticed(
    fresh: Commands, tmp_path: Path
) -> None:
    fresh.run("import", REPORT)
    second = Commands(tmp_path / "second", fresh.database_url)
    told = second.run("import", OTHER, status=1)
    assert f"{tmp_path / 'data'} " in told
    assert f"{tmp_path / 'second'} " in told
    assert not list((tmp_path / "second").rglob("??/??/*")), "nothing was kept there"


def test_a_folder_of_another_archive_is_noticed(
    fresh: Commands, tmp_path: Path
) -> None:
    fresh.run("import", REPORT)
    other = Commands(tmp_path / "other", f"sqlite:///{tmp_path / 'other.sqlite3'}")
    other.run("import", OTHER)
    crossed = Commands(other.data, fresh.database_url)
    told = crossed.run("audit", status=1)
    assert "of two archives" in told
    assert f"{tmp_path / 'other'} has the key" in told


def test_a_copy_brought_back_elsewhere_is_known(
    fresh: Commands, tmp_path: Path
) -> None:
    fresh.run("import", REPORT)
    (fresh.data / "originals" / ".identity").unlink()
    shutil.move(fresh.data, tmp_path / "moved")
    moved = Commands(tmp_path / "moved", fresh.database_url)
    assert "1 originals, 0 damaged" in moved.run("audit")
    assert "belongs to" in fresh.run("audit", status=1), "the key went along"


def test_nobody_looks_for_circles_among_what_is_loaded() -> None:
    before = gc.get_freeze_count()
    try:
        with loading():
            assert not gc.isenabled()
        assert gc.isenabled()
        assert gc.get_freeze_count() > before
    finally:
        gc.unfreeze()


def test_nobody_looks_for_circles_in_a_command_that_ends() -> None:
    code = (
        "import atexit, gc\n"
        "from archive.commands import main\n"
        "atexit.register(lambda: print(gc.get_freeze_count() > 0))\n"
        "main()\n"
    )
    command = [sys.executable, "-c", code, "--version"]
    done = subprocess.run(
        command, cwd=REPORTS.parents[1], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "True"


def test_arrays_start_no_threads() -> None:
    code = (
        "import atexit, os\n"
        "from archive.commands import main\n"
        "def threads():\n"
        "    import numpy\n"
        "    return len(os.listdir('/proc/self/task'))\n"
        "atexit.register(lambda: print(threads()))\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "--version"],
        cwd=REPORTS.parents[1],
        env={name: told for name, told in os.environ.items() if "THREADS" not in name},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "1"
