"""The sample city for tests of whole lists and of what becomes of pages."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.collecting import collect
from tests.collecting.city import City, city, hurried
from tests.portals.server import Portals
from tests.running import Commands


@pytest.fixture
def town(
    tmp_path: Path, sqlite_template: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[City]:
    """The city, not yet collected; no pause is waited for."""
    monkeypatch.setattr(collect, "fetcher_of", hurried)
    database = tmp_path / "archive.sqlite3"
    shutil.copy(sqlite_template, database)
    commands = Commands(tmp_path / "data", f"sqlite:///{database}")
    with Portals() as portals, commands.archive() as archive:
        yield city(archive, portals)


@pytest.fixture
def commands_of_town(town: City, tmp_path: Path) -> Commands:
    """The commands of the same archive."""
    return Commands(tmp_path / "data", f"sqlite:///{tmp_path / 'archive.sqlite3'}")
