"""A database that does not serve: our own page, no trace, and by itself well again."""

from __future__ import annotations

import shutil
import sqlite3
import time
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text

from archive import create_app
from archive.store import VISITOR_WAITS, Store
from tests.web import filling

PAGES = ("/", "/agencies", "/reports/x/2022", "/status", "/admin/login/code")
DATA = ("/agencies.json", "/status.json", "/reports/x/2022.json")


def require_said(client: FlaskClient) -> None:
    client.set_cookie("person", "somebody")
    for address in PAGES + DATA:
        answer = client.get(address)
        assert answer.status_code == 503, address
        assert int(answer.headers["Retry-After"]) > 0
        assert "no-store" in answer.headers["Cache-Control"]
        told = answer.json["error"] if address in DATA else answer.text  # type: ignore[index]
        assert "数据库暂时不可用" in told
        assert "sqlite" not in answer.text.lower()
        assert "psycopg" not in answer.text
    assert client.get("/healthz").status_code == 503


@pytest.fixture
def file(tmp_path: Path, sqlite_template: Path) -> Path:
    return Path(shutil.copy(sqlite_template, tmp_path / "archive.sqlite3"))


@pytest.mark.parametrize("how", ["damaged", "a folder", "not ours"])
def test_a_file_that_is_none_is_said_until_it_is_back(file: Path, how: str) -> None:
    app = create_app(filling.settings(file.parent))
    kept = file.rename(file.with_suffix(".kept"))
    if how == "a folder":
        file.mkdir()
    elif how == "damaged":
        file.write_bytes(b"no database at all" * 999)
    else:
        sqlite3.connect(file).close()
    require_said(app.test_client())
    file.rmdir() if how == "a folder" else file.unlink()
    kept.rename(file)
    assert app.test_client().get("/agencies").status_code == 200


def test_a_file_that_is_moved_away_is_said_until_it_is_back(file: Path) -> None:
    app = create_app(filling.settings(file.parent))
    # A connection is open, and goes on with the file wherever it is.
    assert app.test_client().get("/agencies").status_code == 200
    kept = file.rename(file.with_suffix(".kept"))
    require_said(app.test_client())
    assert not file.exists(), "an empty one would stand in the way"
    shutil.copy(kept, file)
    assert app.test_client().get("/agencies").status_code == 200
    file.unlink()
    kept.rename(file)
    assert app.test_client().get("/agencies").status_code == 200


def test_no_page_waits_long_for_somebody_who_writes(
    tmp_path: Path, database_url: str
) -> None:
    """A migration, or whatever else holds the tables, is not waited for."""
    settings = replace(filling.settings(tmp_path), database_url=database_url)
    app = create_app(settings)
    app.config["WTF_CSRF_ENABLED"] = False
    other = Store(database_url)
    form = {"name": "a", "password": "b"}
    lock = "LOCK TABLE attempts IN ACCESS EXCLUSIVE MODE"
    with other.engine.connect() as connection:
        is_sqlite = connection.dialect.name == "sqlite"
        connection.exec_driver_sql("BEGIN IMMEDIATE" if is_sqlite else lock)
        begin = time.monotonic()
        answer = app.test_client().post("/admin/login", data=form)
        waited = time.monotonic() - begin
    assert answer.status_code == 503
    assert VISITOR_WAITS - 1 < waited < VISITOR_WAITS + 3
    assert app.test_client().post("/admin/login", data=form).status_code == 401
    app.extensions["archive"].store.close()
    other.close()


@pytest.mark.postgres
def test_a_server_that_is_away_is_said(file: Path) -> None:
    settings = filling.settings(file.parent)
    away = f"postgresql://nobody@/none?host={file.parent}"
    require_said(create_app(replace(settings, database_url=away)).test_client())


def test_a_database_that_can_only_be_read_is_said(file: Path) -> None:
    app = create_app(filling.settings(file.parent))
    app.config["WTF_CSRF_ENABLED"] = False
    store: Store = app.extensions["archive"].store
    with store.session() as session:
        session.execute(text("PRAGMA query_only = ON"))
    answer = app.test_client().post("/admin/login", data={"name": "a", "password": "b"})
    assert answer.status_code == 503
    assert "数据库暂时不可用" in answer.text
