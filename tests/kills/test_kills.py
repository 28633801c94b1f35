"""A few blows in every run of the tests; `make kills N=500` for many."""

from __future__ import annotations

import random
from pathlib import Path

from tests.kills.archives import Killed, files_of
from tests.portals.server import Portals
from tests.running import Commands


def test_a_few_commands_killed_at_any_moment(tmp_path: Path, database_url: str) -> None:
    commands = Commands(tmp_path / "data", database_url)
    with Portals() as portals:
        files = files_of(portals, tmp_path / "files", 8)
        killed = Killed(commands, portals, files, random.Random())
        killed.begin()
        for what in ("import", "collect", "work"):
            killed.strike(what)
        killed.finish()
