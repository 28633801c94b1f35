"""A program works only with the tables it was written for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import create_mock_engine
from sqlalchemy.schema import CreateIndex, CreateTable

from archive.store import Store, schema
from archive.store.rows import Base, VersionRow, with_all_told


def test_current_tables_are_accepted(store: Store) -> None:
    schema.require_current(store)
    schema.check(store)


def test_a_database_without_tables_says_what_to_do(empty_url: str) -> None:
    store = Store(empty_url)
    with pytest.raises(schema.OutOfDate, match=r"has no tables yet.*migrate"):
        schema.require_current(store)
    schema.upgrade(store)
    schema.require_current(store)
    schema.downgrade(store)
    with pytest.raises(schema.OutOfDate):
        schema.require_current(store)
    store.close()


def test_tables_say_what_is_told_to_one_database_alone() -> None:
    tables = with_all_told(Base.metadata).tables
    indexes = {one.name: one for one in tables[VersionRow.__tablename__].indexes}
    one_current = CreateIndex(indexes["uq_versions_one_current"])
    for url in ("postgresql+psycopg://", "sqlite://"):
        dialect = create_mock_engine(url, lambda *_: None).dialect
        assert str(one_current.compile(dialect=dialect)).endswith("WHERE current")
        readings = str(CreateTable(tables["readings"]).compile(dialect=dialect))
        assert ("toast_tuple_target = 4080" in readings) == ("postgresql" in url)
        claims = str(CreateTable(tables["claims"]).compile(dialect=dialect))
        assert ("WITHOUT ROWID" in claims) == ("sqlite" in url)


def test_the_tables_load_no_database_that_nobody_uses() -> None:
    loaded = "[name for name in sys.modules if 'sqlalchemy.dialects.' in name]"
    code = f"import sys, archive.pipeline\nprint({loaded})"
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
