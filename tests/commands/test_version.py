"""One version of the program, wherever it is told."""

from __future__ import annotations

import tomllib
from pathlib import Path

from click.testing import CliRunner

from archive.commands.group import cli
from config import VERSION
from scrapers.fetching import fetch

ROOT = Path(__file__).resolve().parents[2]


def test_all_places_name_the_same_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["version"] == VERSION
    assert fetch.VERSION == VERSION
    assert f"## {VERSION}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_command_tells_it() -> None:
    printed = CliRunner().invoke(cli, ["--version"], prog_name="archive").output
    assert VERSION in printed
