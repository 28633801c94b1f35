"""The index made anew from the database, by one process or several."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from archive.pipeline import Archive, index_marked, only_one, reindex, way
from archive.search import Query
from archive.store import marks
from archive.store.rows import RunRow
from tests.running import Commands
from tests.store.filing import file, refile, report

# Since Python 3.12: numpy has threads of its own, which are safe to fork.
pytestmark = pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")


@pytest.fixture
def commands(tmp_path: Path, database_url: str) -> Commands:
    return Commands(tmp_path / "data", database_url)


@pytest.fixture
def archive(commands: Commands) -> Iterator[Archive]:
    """Five reports of one agency."""
    with commands.archive() as archive:
        for year in range(2019, 2024):
            file(archive.store, str(year), report(f"办理{year}件。", year=year))
        yield archive


def waiting(archive: Archive) -> int:
    with archive.store.session() as session:
        return marks.waiting(session)


def current(archive: Archive) -> set[int]:
    with archive.store.session() as session:
        return marks.current_ids(session)


@pytest.mark.parametrize("processes", [1, 2])
def test_what_is_indexed_loses_its_mark(archive: Archive, processes: int) -> None:
    assert waiting(archive) == 5
    assert reindex(archive, processes) == 5
    assert waiting(archive) == 0
    assert archive.index.ids() == current(archive)
    assert archive.index.search(Query("2021", size=100)).total == 1


@pytest.mark.parametrize("processes", [1, 2])
def test_what_changes_meanwhile_keeps_its_mark(
    archive: Archive, processes: int
) -> None:
    changed: list[int] = []

    def change(done: int, total: int) -> None:
        """One is read otherwise, one comes, when some are indexed already."""
        if changed:
            return
        changed.append(done)
        refile(archive.store, "2020", report("受理申请。", year=2020))
        file(archive.store, "new", report("公开目录。", name="示例市教育局"))

    assert reindex(archive, processes, change) == 5
    assert changed
    # Those two, and 2021, which is compared with the year before.
    assert waiting(archive) == 3
    assert index_marked(archive) == 3
    assert archive.index.ids() == current(archive)
    assert archive.index.search(Query("受理")).total == 1
    assert archive.index.search(Query("目录")).total == 1


def test_where_most_are_marked_several_processes_index_them(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    reindex(archive)
    monkeypatch.setattr(way, "MANY", 2)
    before = archive.settings.index.stat().st_mtime_ns
    for year in (2020, 2022, 2023):
        refile(archive.store, str(year), report(f"另办{year}件。", year=year))
    assert index_marked(archive, 2) == 5
    # Made beside the one in service, and put in its place.
    assert archive.settings.index.stat().st_mtime_ns > before
    assert waiting(archive) == 0
    assert archive.index.ids() == current(archive)
    assert archive.index.search(Query("另办", size=100)).total == 3


@pytest.mark.parametrize("processes", ["1", "3"])
def test_a_command_says_the_last_line_only(
    archive: Archive, commands: Commands, processes: str
) -> None:
    said = commands.run("reindex", "--processes", processes)
    assert said == "5 reports indexed.\n"
    assert archive.index.ids() == current(archive)
    assert waiting(archive) == 0
    with archive.store.session() as session:
        run = session.scalars(select(RunRow)).one()
        assert (run.kind, run.state) == ("reindex", "done")
        assert (run.done, run.total) == (5, 5)


def test_there_is_one_at_a_time(archive: Archive, commands: Commands) -> None:
    with only_one(archive, "reindex"):
        said = commands.run("reindex", status=1)
    assert "另一个进程" in said
