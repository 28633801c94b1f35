"""A database that is not whole is told by what is wrong with it."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import delete, update

from archive.pipeline import audit
from archive.store import Store, soundness
from archive.store.rows import Base, ReadingRow, VersionRow
from tests.running import Commands
from tests.web import filling


def told(store: Store) -> list[str]:
    with store.session() as session:
        return list(soundness.troubles(session))


def filled(tmp_path: Path, database_url: str) -> Commands:
    commands = Commands(tmp_path / "data", database_url)
    report = Path(__file__).parents[1] / "reports" / "text_tabs.txt"
    commands.run("import", report)
    return commands


def test_a_whole_database_has_no_trouble(
    database_url: str, tmp_path: Path, store: Store
) -> None:
    commands = filled(tmp_path, database_url)
    assert told(store) == []
    assert "0 troubles of the database" in commands.run("audit")


def test_rows_that_lack_what_belongs_to_them(
    database_url: str, tmp_path: Path, store: Store
) -> None:
    commands = filled(tmp_path, database_url)
    with store.session() as session:
        session.execute(delete(ReadingRow))
        session.execute(update(VersionRow).values(current=False))
    assert "1 个版本没有读取结果" in told(store)[0]
    assert "没有现行版本" in told(store)[1]
    assert "没有读取结果" in commands.run("audit", status=1)


def test_rows_without_what_they_refer_to(
    database_url: str, tmp_path: Path, store: Store
) -> None:
    filled(tmp_path, database_url)
    on_sqlite = store.engine.dialect.name == "sqlite"
    with store.engine.connect() as connection:
        if on_sqlite:
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        else:
            connection.exec_driver_sql("SET session_replication_role = replica")
        connection.exec_driver_sql("DELETE FROM originals")
        connection.commit()
        # The connection goes back to the pool, and is to be as it was.
        connection.detach()
    lines = told(store)
    assert any("versions" in line and "不存在" in line for line in lines), lines


def test_every_table_is_read_through(
    database_url: str, tmp_path: Path, store: Store
) -> None:
    if store.engine.dialect.name == "sqlite":
        return
    names = [table.name for table in Base.metadata.sorted_tables]
    with store.engine.begin() as connection:
        connection.exec_driver_sql("CREATE EXTENSION IF NOT EXISTS amcheck")
    assert told(store) == []
    with store.engine.begin() as connection:
        connection.exec_driver_sql(f"DROP TABLE {names[0]} CASCADE")
    assert any(names[0] in line and "损坏" in line for line in told(store))


def test_a_damaged_file_of_sqlite_is_said_in_one_line(
    tmp_path: Path, sqlite_template: Path
) -> None:
    path = tmp_path / "archive.sqlite3"
    path.write_bytes(sqlite_template.read_bytes())
    settings = filling.settings(tmp_path)
    filling.fill(settings)
    commands = Commands(tmp_path, settings.database_url)
    commands.run("audit", status=None)
    store = Store(settings.database_url)
    with store.engine.connect() as connection:
        # All in the one file, none in the journal beside it.
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").all()
    store.close()
    body = bytearray(path.read_bytes())
    for page in range(20, len(body) // 4096, 3):
        body[page * 4096 : page * 4096 + 200] = bytes(200)
    path.write_bytes(body)
    with commands.archive() as archive:
        found = audit(archive)
    assert not found.is_clean
    assert found.database
    assert "数据库" in found.database[0]
