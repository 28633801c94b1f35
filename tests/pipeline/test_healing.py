"""A search index that is missing, of other rules, or damaged is found out, and made
again from the database.
"""

from __future__ import annotations

import json
import shutil
import signal
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from archive import create_app
from archive.jobs import Worker
from archive.pipeline import heal
from archive.pipeline.healing import diagnose
from archive.search import Query
from archive.search.engine.folder import Folder
from archive.store import index_entries, marks
from tests.running import Commands
from tests.scrapers.stub import Stub
from tests.web import filling


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Path:
    folder = tmp_path_factory.mktemp("filled")
    shutil.copy(sqlite_template, folder / "archive.sqlite3")
    filling.fill(filling.settings(folder), filling.SAMPLES[-2:])
    return folder


@pytest.fixture
def commands(filled: Path, tmp_path: Path) -> Commands:
    shutil.copytree(filled, tmp_path / "data")
    return Commands(
        tmp_path / "data", f"sqlite:///{tmp_path / 'data' / 'archive.sqlite3'}"
    )


REPORT = Path(__file__).resolve().parents[1] / "reports" / "text_tabs.txt"


def missing(index: Path) -> None:
    shutil.rmtree(index)


def outdated(index: Path) -> None:
    (made_by,) = index.glob("*/made_by.json")
    made_by.write_text(json.dumps({**json.loads(made_by.read_text()), "whoosh": "0.1"}))


def damaged(index: Path) -> None:
    (postings,) = index.glob("*/*.lists")
    content = bytearray(postings.read_bytes())
    content[len(content) // 2] ^= 1  # a single bit, where nobody may ever ask
    postings.write_bytes(content)


def without_a_list(index: Path) -> None:
    for path in index.glob("*/*.toc"):
        path.write_bytes(b"")


def of_another_time(index: Path) -> None:
    """Restored from a backup that had fewer reports."""
    current = Folder(index).current()
    assert current
    for path in current.iterdir():
        if path.suffix != ".json":
            path.unlink()
    other = index.parent / "other"
    other.mkdir()
    Folder(other).begin()
    (empty,) = other.glob("*/*.toc")
    shutil.copy(empty, current)


HARMS = [missing, outdated, damaged, without_a_list, of_another_time]


@pytest.mark.parametrize("harm", HARMS)
def test_the_worker_heals_what_it_finds(
    commands: Commands, harm: Callable[[Path], None]
) -> None:
    harm(commands.settings.index)
    said = commands.run("audit", status=1)
    assert "3 reports not in the index" in said or "索引" in said
    with commands.archive() as archive:
        assert heal(archive)
        assert archive.index.search(Query("公开")).total == 3
        assert not heal(archive)
    assert "0 reports not in the index, 0 only in the index" in commands.run("audit")


def test_the_worker_heals_at_its_start_and_the_site_says_so_until_then(
    commands: Commands,
) -> None:
    client = create_app(commands.settings).test_client()
    assert client.get("/search?q=公开").status_code == 200
    missing(commands.settings.index)
    for address in ("/search?q=公开", "/search.json?q=公开", "/api/v1/reports"):
        answer = client.get(address)
        assert answer.status_code == 503
        assert answer.headers["Retry-After"] == "60"
        assert "正在重建" in (answer.json["error"] if answer.is_json else answer.text)
    worker = commands.start("work")
    assert worker.stdout
    assert "ready" in worker.stdout.readline()
    worker.send_signal(signal.SIGTERM)
    assert "built anew" in worker.communicate(timeout=30)[1]
    assert client.get("/search.json?q=公开").json["total"] == 3


@pytest.mark.parametrize("harm", [outdated, without_a_list])
def test_a_command_takes_in_though_the_index_can_not_be_used(
    commands: Commands, harm: Callable[[Path], None]
) -> None:
    harm(commands.settings.index)
    with Stub() as portal:  # without a page
        commands.run("sources", "add", portal.url)
        for taken_in in (["import", REPORT], ["rebuild"], ["collect", portal.url]):
            said = commands.run(*taken_in, status=1)
            assert said.count("python -m archive reindex") == 1
    assert "4 reports indexed" in commands.run("reindex")
    assert "0 reports not in the index" in commands.run("audit")
    commands.run("rebuild")


def test_a_new_archive_has_nothing_to_heal(
    tmp_path: Path, sqlite_template: Path
) -> None:
    shutil.copy(sqlite_template, tmp_path / "archive.sqlite3")
    with Commands(
        tmp_path, f"sqlite:///{tmp_path / 'archive.sqlite3'}"
    ).archive() as archive:
        assert not diagnose(archive)
        assert archive.index.is_missing


def test_damage_found_while_merging_is_healed(commands: Commands) -> None:
    worker = Worker(commands.settings)
    with worker.archive as archive:
        with archive.store.session() as session:
            version_ids = sorted(marks.current_ids(session))
        entries = list(index_entries.entries_of(archive.store)(version_ids))
        for turn in range(9):
            archive.index.update([replace(entries[0], version_id=1000 + turn)])
        path = min(commands.settings.index.glob("*/*.columns"))
        content = bytearray(path.read_bytes())
        content[len(content) // 2] ^= 1
        path.write_bytes(content)
        worker.tidy()
        archive.index.verify()
        assert archive.index.ids() == {entry.version_id for entry in entries}
