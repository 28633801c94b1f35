"""The migrations make exactly the tables of `archive/rows.py`, there and back, on both
databases.
"""

from __future__ import annotations

import multiprocessing
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import inspect

from archive.store import Store, schema
from archive.store.rows import Base

ROOT = Path(__file__).resolve().parents[1]


def test_head_is_the_models(empty_url: str) -> None:
    store = Store(empty_url)
    schema.upgrade(store)
    schema.check(store)
    assert set(inspect(store.engine).get_table_names()) == {
        *Base.metadata.tables,
        "alembic_version",
    }
    store.close()


def test_there_and_back(empty_url: str) -> None:
    store = Store(empty_url)
    schema.upgrade(store)
    schema.downgrade(store)
    assert inspect(store.engine).get_table_names() == ["alembic_version"]
    schema.upgrade(store)
    schema.upgrade(store)
    schema.check(store)
    store.close()


def test_nothing_works_with_other_tables(empty_url: str) -> None:
    store = Store(empty_url)
    with pytest.raises(
        schema.OutOfDate, match=r"has no tables yet: run `python -m archive migrate`"
    ):
        schema.require_current(store)
    schema.upgrade(store)
    schema.require_current(store)
    with store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0000'")
    with pytest.raises(schema.OutOfDate, match="is at 0000, this program needs 0001"):
        schema.require_current(store)
    store.close()


def test_a_failed_migration_changes_nothing(empty_url: str) -> None:
    store = Store(empty_url)
    with (
        store.engine.begin() as connection
    ):  # the last table the revision makes is in its way
        connection.exec_driver_sql("CREATE TABLE sightings (id INTEGER)")
    with pytest.raises(Exception, match="sightings"):
        schema.upgrade(store)
    assert inspect(store.engine).get_table_names() == ["sightings"]
    store.close()


def _upgrade(url: str) -> None:
    store = Store(url)
    schema.upgrade(store)
    store.close()


def test_two_starts_at_once(empty_url: str) -> None:
    spawn = multiprocessing.get_context("spawn")
    starts = [spawn.Process(target=_upgrade, args=(empty_url,)) for _ in range(2)]
    for start in starts:
        start.start()
    for start in starts:
        start.join(60)
    assert [start.exitcode for start in starts] == [0, 0]
    store = Store(empty_url)
    schema.require_current(store)
    store.close()


def test_old_revisions_do_not_depend_on_the_program() -> None:
    for path in (ROOT / "migrations" / "versions").glob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert "archive" not in text, (
            f"{path.name} imports the program, which will change"
        )


def test_alembic_finds_its_settings(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "alembic", "upgrade", "head"],
        cwd=ROOT,
        env={
            "PATH": "/usr/bin:/bin",
            "ARCHIVE_DATABASE_URL": f"sqlite:///{tmp_path / 'a.sqlite3'}",
        },
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    store = Store(f"sqlite:///{tmp_path / 'a.sqlite3'}")
    schema.require_current(store)
    store.close()
