"""The migrations make exactly the tables of `archive/rows.py`, there and back, on both
databases.
"""

from __future__ import annotations

import multiprocessing
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import MetaData, inspect, select, update

from archive.store import Store, schema
from archive.store.rows import Base, FindingRow, VersionRow
from archive.store.rulings import finding_of

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
    with pytest.raises(schema.OutOfDate, match="is at 0000, this program needs 0005"):
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


NOW = datetime(2024, 3, 1, tzinfo=UTC)
OLD_FINDINGS = (
    ("sums", "report", "合计不等。"),
    ("zero_after_large", "report", "本报告为 0。"),
    ("other_place", "report", "提到“示例县”。"),
    ("blank_inferred", "reading", "空格推定。"),
)
OLD_READING = {
    "findings": [
        {"check": check, "family": family, "message": message}
        for check, family, message in OLD_FINDINGS
    ]
}


def _fill_first_tables(store: Store) -> None:
    """A version of before, with its findings."""
    tables = MetaData()
    tables.reflect(store.engine)
    rows: dict[str, list[dict[str, Any]]] = {
        "agencies": [{"id": 1, "key": "a", "name": "示例市商务局"}],
        "originals": [{"digest": "0" * 64, "first_seen_at": NOW, "hints": {}}],
        "filings": [{"id": 1, "agency_id": 1, "year": 2023}],
        "versions": [
            {
                "id": 1,
                "filing_id": 1,
                "digest": "0" * 64,
                "current": True,
                "captured_at": NOW,
                "changed_at": NOW,
                "to_index": False,
                "reading": OLD_READING,
            }
        ],
        "findings": [
            {
                "version_id": 1,
                "check": check,
                "family": family,
                "message": message,
                "keys": {"keys": []},
                "weight": 1,
            }
            for check, family, message in OLD_FINDINGS
        ],
    }
    with store.engine.begin() as connection:
        for name, given in rows.items():
            table = tables.tables[name]
            empty = {
                column.name: "" if column.type.python_type is str else 0
                for column in table.columns
                if not column.nullable and column.name != "id"
            }
            if given[0].keys() >= {"current"}:
                empty |= {"current": True}
            connection.execute(table.insert(), [{**empty, **one} for one in given])


def test_findings_of_before_keep_their_sentences(empty_url: str) -> None:
    store = Store(empty_url)
    schema.upgrade(store, "0001")
    _fill_first_tables(store)
    schema.upgrade(store)
    with store.session() as session:
        found = session.scalars(select(FindingRow).order_by(FindingRow.id)).all()
        assert [(row.family, finding_of(row).message) for row in found] == [
            ("report", "合计不等。"),
            ("notable", "本报告为 0。"),
            ("notable", "提到“示例县”。"),
            ("reading", "空格推定。"),
        ]
        assert [finding_of(row).family for row in found] == [
            row.family for row in found
        ]
    store.close()


def test_a_program_of_before_finds_what_it_asks_for(empty_url: str) -> None:
    store = Store(empty_url)
    schema.upgrade(store, "0001")
    _fill_first_tables(store)
    schema.upgrade(store)
    values = {"case": "results", "left": 3, "right": 4}
    with store.engine.begin() as connection:
        reading = VersionRow.__table__.c.reading
        new = [*OLD_READING["findings"], {"check": "sums", "values": values}]
        connection.execute(update(VersionRow).values({reading: {"findings": new}}))
        is_first = FindingRow.check == "sums"
        connection.execute(update(FindingRow).where(is_first).values(values=values))
    schema.downgrade(store, "0001")
    tables = MetaData()
    tables.reflect(store.engine)
    findings = tables.tables["findings"]
    with store.engine.connect() as connection:
        question = select(findings.c.family, findings.c.message)
        found = connection.execute(question.order_by(findings.c.id)).all()
        (reading,) = connection.scalars(select(tables.tables["versions"].c.reading))
    again = "请重新读取后查看。"
    expected = [(family, message) for _, family, message in OLD_FINDINGS]
    expected[0] = ("report", again)
    assert [tuple(row) for row in found] == expected
    assert reading["findings"][:-1] == OLD_READING["findings"]
    assert reading["findings"][-1] == {
        "check": "sums",
        "family": "report",
        "message": again,
    }
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
