"""A site with a viewer, an editor and an admin, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from archive import create_app
from archive.store import Store, passwords
from archive.web.current import current_archive
from tests.running import Commands
from tests.web.admin.visiting import CHEAP, fill, log_in


@pytest.fixture(autouse=True)
def _cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_HASHER", CHEAP)
    monkeypatch.setattr(passwords, "_nobodys_hash", lambda: CHEAP.hash("nobody"))


@pytest.fixture
def commands(tmp_path: Path, database_url: str) -> Commands:
    return Commands(tmp_path / "data", database_url)


@pytest.fixture
def app(commands: Commands) -> Iterator[Flask]:
    store = Store(commands.database_url)
    fill(store)
    store.close()
    app = create_app(commands.settings)
    app.testing = True
    yield app
    with app.app_context():
        current_archive().store.close()
        current_archive().index.close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def admin(app: Flask) -> FlaskClient:
    """A browser in which the admin is logged in."""
    return log_in(app.test_client())
