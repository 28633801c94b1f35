"""An archive that is killed again and again, and what must hold after each blow."""

from __future__ import annotations

import random
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from archive.catalogue import RunKind
from archive.jobs import Worker
from archive.pipeline import audit, index_marked
from archive.store import Session, Store, marks, runs, schema, sources
from archive.store.rows import RunRow
from tests.portals.reports import sample_reports
from tests.portals.server import Portals
from tests.running import Commands

LONGEST = 4.0
"""Seconds of a command before the blow; the shorter ones come to their end before."""
COMMANDS = ("import", "collect", "rebuild", "reindex", "migrate", "work", "first use")


@dataclass
class Killed:
    """One archive on one database."""

    commands: Commands
    portals: Portals
    files: Path
    chance: random.Random
    blows: dict[str, int] = field(default_factory=dict)
    """Command → how often it was killed while it was at work."""
    ended: dict[str, int] = field(default_factory=dict)
    """Command → how often it was faster than the blow."""

    def begin(self) -> None:
        """The sample portal as a source, one of it collected."""
        self.commands.run("sources", "add", self.portals.hanweb_list)

    def strike(self, what: str) -> None:
        """Starts a command, kills it at some moment, and tests everything.

        Raises AssertionError that says what is wrong.
        """
        seconds = self.chance.uniform(0, LONGEST)
        process = self.commands.start(*self._prepared(what))
        try:
            process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate(timeout=30)
            self.blows[what] = self.blows.get(what, 0) + 1
        else:
            self.ended[what] = self.ended.get(what, 0) + 1
            assert process.returncode in (0, 1), f"{what}: {process.returncode}"
        self.test(f"{what} after {seconds:.3f} s")

    def _prepared(self, what: str) -> list[str | Path]:
        """The arguments of a command that has something to do."""
        if what == "import":
            # Other bytes, so that there is something new to be filed.
            _disturb(self.files, self.chance)
            return ["import", self.files]
        if what == "collect":
            self.portals.redecorate()
            return ["collect", "--all"]
        if what == "work":
            self.portals.redecorate()
            self._queue()
            return ["work"]
        if what == "migrate":
            self._take_back()
        return ["audit" if what == "first use" else what]

    def _take_back(self) -> None:
        """The tables of the revision before, so that there is something to migrate."""
        store = Store(self.commands.database_url)
        schema.downgrade(store, "-1")
        store.close()

    def _queue(self) -> None:
        store = Store(self.commands.database_url)

        def queue(session: Session) -> None:
            for row in sources.list_sources(session):
                runs.queue_run(session, RunKind.COLLECT, row.id)
            kind = self.chance.choice([RunKind.REBUILD, RunKind.REINDEX])
            runs.queue_run(session, kind)

        store.write(queue)
        store.close()

    def test(self, after: str) -> None:
        """What must hold at every moment, whatever was killed."""
        store = Store(self.commands.database_url)
        schema.make_if_empty(store)
        schema.upgrade(store)
        store.close()
        with self.commands.archive() as archive:
            found = audit(archive)
            assert found.is_clean, f"{after}: {found}"
            # Nothing half written: all that is there has its name or none.
            for digest in archive.captures.iterate():
                archive.captures.open(digest)

    def finish(self) -> None:
        """Everything comes to its end once nobody kills any more.

        All runs are over, and the index holds what the database does.
        """
        worker = Worker(self.commands.settings)
        worker.recover()
        with worker.archive.store.session() as session:
            waiting = [run.id for run in runs.unfinished_runs(session)]
        for run_id in waiting:
            worker.perform(run_id)
        archive = worker.archive
        silent = runs.now() - 2 * runs.SILENCE
        with archive.store.session() as session:
            for run in session.query(RunRow).filter_by(state="running"):
                run.beat_at = silent
        worker.look_after()
        with archive.store.session() as session:
            left = session.query(RunRow).filter(RunRow.state.in_(["queued", "running"]))
            told = [(run.id, run.kind, run.state) for run in left]
        assert not told, f"runs that do not end: {told}"
        index_marked(archive)
        found = audit(archive)
        with archive.store.session() as session:
            assert archive.index.ids() == marks.current_ids(session)
            assert not marks.marked_ids(session)
        assert found.is_clean, f"at the end: {found}"
        worker.close()
        archive.close()
        assert not list(self.commands.data.rglob("index-*/*.unfinished"))


def _disturb(folder: Path, chance: random.Random) -> None:
    """Some of the files in other bytes; what they say stays as it was."""
    for path in chance.sample(sorted(folder.iterdir()), 6):
        mark = f"<!-- {chance.random()} -->".encode()
        path.write_bytes(path.read_bytes() + mark)


def files_of(portals: Portals, folder: Path, count: int) -> Path:
    """Pages of the sample portals as files to import."""
    folder.mkdir()
    reports = [report for report in sample_reports() if report.kind == "html"]
    for number, report in enumerate(reports[:count]):
        page = httpx.get(portals.address(report.agency.name, report.year))
        (folder / f"{number:02}.html").write_bytes(page.content)
    return folder


def first_use(killed: Killed, folder: Path, url: str) -> None:
    """A command killed on a fresh folder and an empty database."""
    fresh = Killed(Commands(folder, url), killed.portals, killed.files, killed.chance)
    fresh.strike("first use")
    killed.blows["first use"] = killed.blows.get("first use", 0) + sum(
        fresh.blows.values()
    )
    killed.ended["first use"] = killed.ended.get("first use", 0) + sum(
        fresh.ended.values()
    )
    shutil.rmtree(folder, ignore_errors=True)


def rounds(killed: Killed, number: int, fresh: Iterator[tuple[Path, str]]) -> None:
    """So many commands killed, and everything finished now and then."""
    for at in range(number):
        what = COMMANDS[at % len(COMMANDS)]
        if what == "first use":
            first_use(killed, *next(fresh))
        else:
            killed.strike(what)
        if at % 20 == 19:
            killed.finish()
    killed.finish()
