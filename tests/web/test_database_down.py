"""A database that does not serve: our own page, no trace, and by itself well again."""

from __future__ import annotations

import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text

from archive import create_app
from archive.store import Store
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
    app.extensions["archive"].store.engine.dispose()
    assert app.test_client().get("/agencies").status_code == 200


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
