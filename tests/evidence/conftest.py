"""A sample city collected with all that can happen to an address, for evidence."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlalchemy import update

from archive.collecting import collect
from archive.pipeline import Ahead, Archive, import_paths
from archive.store.rows import PageRow, SightingRow
from tests.collecting.city import SIX, City, city, hurried
from tests.portals.server import Portals
from tests.running import ROOT, Commands

FILE = ROOT / "tests" / "reports" / "html_plain.html"


class Seen(NamedTuple):
    """An archive that has seen a new page, an old one, one that is gone, one under
    another address, and an imported file.
    """

    archive: Archive
    commands: Commands
    town: City


@pytest.fixture(scope="session")
def seen_once(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Path:
    """The folder of that archive, made once."""
    folder = tmp_path_factory.mktemp("seen")
    database = folder / "archive.sqlite3"
    shutil.copy(sqlite_template, database)
    patch = pytest.MonkeyPatch()
    patch.setattr(collect, "fetcher_of", hurried)
    commands = Commands(folder / "data", f"sqlite:///{database}")
    with Portals() as portals, commands.archive() as archive:
        town = city(archive, portals)
        town.collect()
        # An index counts in seconds: two looks in one would be the same capture.
        time.sleep(1.1)
        # Asked for whole: the same bytes come again.
        with archive.store.session() as session:
            forgotten = PageRow.url == town.address(SIX[1])
            session.execute(update(PageRow).where(forgotten).values(etag=""))
            session.execute(update(PageRow).where(forgotten).values(last_modified=""))
        town.vanish(SIX[0], "410")
        town.vanish(SIX[3], "home")
        town.collect()
        with Ahead(1) as ahead:
            list(import_paths(archive, [FILE], ahead))
        # A look of before requests were kept.
        with archive.store.session() as session:
            old = SightingRow.asked == town.address(SIX[2])
            session.execute(update(SightingRow).where(old).values(exchanges={}))
    patch.undo()
    return folder


@pytest.fixture
def seen(seen_once: Path, tmp_path: Path) -> Iterator[Seen]:
    """A copy of it for a test."""
    folder = tmp_path / "seen"
    shutil.copytree(seen_once, folder)
    database = folder / "archive.sqlite3"
    commands = Commands(folder / "data", f"sqlite:///{database}")
    with commands.archive() as archive:
        yield Seen(archive, commands, City(archive, None, 1))  # type: ignore[arg-type]
