"""The website over a small archive, and over an empty one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from archive import create_app
from tests.web import filling


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Flask:
    """The site with sample reports; tests only read it."""
    folder = tmp_path_factory.mktemp("site")
    shutil.copy(sqlite_template, folder / "archive.sqlite3")
    settings = filling.settings(folder)
    filling.fill(settings)
    return create_app(settings)


@pytest.fixture
def client(site: Flask) -> FlaskClient:
    return site.test_client()


@pytest.fixture
def empty_client(tmp_path: Path, sqlite_template: Path) -> FlaskClient:
    """The site before the first report."""
    shutil.copy(sqlite_template, tmp_path / "archive.sqlite3")
    return create_app(filling.settings(tmp_path)).test_client()
