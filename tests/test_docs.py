"""What the documents name exists: paths, commands, settings, words of the code."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from archive.commands.group import COMMANDS, cli
from config import Settings

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
]
IDS = [str(path.relative_to(ROOT)) for path in DOCUMENTS]
_TOPS = "archive|scrapers|tests|templates|migrations|benchmarks|docs"
_PATH = re.compile(rf"`((?:{_TOPS})/[\w./-]*)`")
_LINK = re.compile(r"\]\(([^)#:]+)\)")
_COMMAND = re.compile(r"-m archive ([a-z][a-z-]*)")
_SETTING = re.compile(r"`(ARCHIVE_[A-Z_]+)`")
_TREE_LINE = re.compile(
    r"^(?P<indent> *)(?P<names>(?:[\w.]+(?:/|\.py) ?)+)(?: |$)", re.M
)


@pytest.mark.parametrize("document", DOCUMENTS, ids=IDS)
def test_paths_exist(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    named = [path for path in _PATH.findall(text) if "NAME" not in path]
    missing = [path for path in named if not (ROOT / path).exists()]
    missing += [
        link for link in _LINK.findall(text) if not (document.parent / link).exists()
    ]
    assert not missing, f"{document.name} names {missing}"


def test_the_tree_of_the_architecture_is_the_house() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    drawn = text.partition("```\n")[2].partition("```")[0]
    above: list[tuple[int, Path]] = [(-1, ROOT)]
    for line in _TREE_LINE.finditer(drawn):
        depth = len(line["indent"])
        while above[-1][0] >= depth:
            above.pop()
        for name in line["names"].split():
            path = above[-1][1] / name
            assert path.exists(), f"{path.relative_to(ROOT)} is drawn and not there"
        above.append((depth, path))


def test_every_room_at_the_top_is_drawn() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rooms = [path.name for path in (ROOT / "archive").iterdir() if path.is_dir()]
    undrawn = [
        name for name in rooms if not name.startswith("__") and f"  {name}/" not in text
    ]
    assert not undrawn


@pytest.mark.parametrize("document", DOCUMENTS, ids=IDS)
def test_commands_exist(document: Path) -> None:
    named = set(_COMMAND.findall(document.read_text(encoding="utf-8")))
    assert named <= set(COMMANDS), named - set(COMMANDS)


def test_every_setting_is_in_the_readme() -> None:
    read = set(re.findall(r"ARCHIVE_[A-Z_]+", (ROOT / "config.py").read_text("utf-8")))
    told = set(_SETTING.findall((ROOT / "README.md").read_text(encoding="utf-8")))
    assert read <= told, f"README.md does not name {read - told}"
    assert told <= read, f"README.md names {told - read}, which nothing reads"
    assert Settings.from_environment({}).secret_key == ""


def test_every_command_says_what_it_does() -> None:
    context = click.Context(cli)
    commands = {name: cli.get_command(context, name) for name in COMMANDS}
    assert not [name for name, one in commands.items() if not (one and one.help)]
    assert all(one and one.name == name for name, one in commands.items())


@pytest.mark.parametrize("target", ["run", "test"])
def test_the_two_commands_of_the_readme(target: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert f"make {target}" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert re.search(rf"^{target}:", makefile, re.M)


_POINT = re.compile(r"^\| (V\d[^|]*)\|([^|]*)\|([^|]*)\|$", re.M)


def test_every_point_of_the_standard_has_its_test_or_its_reason() -> None:
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    points = _POINT.findall(text.partition("## OWASP")[2])
    assert len(points) > 30
    for point, what, shown in points:
        tests = re.findall(r"`(tests/[^`]+)`", shown)
        assert tests or "reason:" in what, point
        assert all((ROOT / path).is_file() for path in tests), point
