"""Jobs: what is asked for on the website is done by the worker, whatever happens to the
worker.
"""

from __future__ import annotations

import pickle
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from huey.registry import Message

from archive.catalogue import RunKind
from archive.interpreting import readers
from archive.jobs import Jobs, Worker
from archive.pipeline import index_marked, only_one
from archive.store import Session, Store, runs, sources
from archive.store.rows import RunRow, VersionRow
from tests.portals.server import Portals
from tests.running import Commands
from tests.search.conftest import invented


@pytest.fixture
def portals() -> Iterator[Portals]:
    with Portals() as portals:
        yield portals


@pytest.fixture
def commands(tmp_path: Path, sqlite_template: Path) -> Commands:
    (tmp_path / "archive.sqlite3").write_bytes(sqlite_template.read_bytes())
    return Commands(tmp_path / "data", f"sqlite:///{tmp_path / 'archive.sqlite3'}")


def queue(commands: Commands, url: str, jobs: Jobs | None = None) -> int:
    """A collect run for the source at an address, handed in as the website does."""
    store = Store(commands.database_url)

    def work(session: object) -> int:
        source, _ = sources.add_source(session, url)  # type: ignore[arg-type]
        return runs.queue_run(session, "collect", source.id).id  # type: ignore[arg-type]

    run_id = store.write(work)
    store.close()
    (jobs or Jobs(commands.settings)).enqueue(run_id)
    return run_id


def wait_for(
    commands: Commands,
    run_id: int,
    reached: Callable[[RunRow], bool],
    seconds: float = 60,
) -> RunRow:
    store = Store(commands.database_url)
    deadline = time.monotonic() + seconds
    try:
        while True:
            with store.session() as session:
                run = session.get_one(RunRow, run_id)
                session.expunge(run)
            if reached(run):
                return run
            assert time.monotonic() < deadline, (
                f"run {run_id} is {run.state} at {run.done}/{run.total}: {run.reason}"
            )
            time.sleep(0.1)
    finally:
        store.close()


def stop(worker: subprocess.Popen[str], how: signal.Signals = signal.SIGTERM) -> str:
    worker.send_signal(how)
    return "".join(worker.communicate(timeout=30))


def is_over(run: RunRow) -> bool:
    return run.state in {"done", "failed"}


def test_a_killed_worker_loses_nothing_and_doubles_nothing(
    commands: Commands, portals: Portals
) -> None:
    run_id = queue(commands, portals.hanweb_list)
    worker = commands.start("work")
    wait_for(commands, run_id, lambda run: run.done >= 3)
    stop(worker, signal.SIGKILL)
    again = commands.start("work")
    run = wait_for(commands, run_id, is_over)
    assert "taken up again" in stop(again)
    assert (run.state, run.failed, run.new + run.same) == ("done", 0, 11)
    store = Store(commands.database_url)
    with store.session() as session:
        assert session.query(VersionRow).count() == 11
    store.close()
    with (
        commands.archive() as archive
    ):  # the worker was stopped before it may have come to this
        index_marked(archive)
    assert "0 reports not in the index, 0 only in the index" in commands.run("audit")


def test_a_source_that_refuses_is_a_failed_run_with_its_reason(
    commands: Commands, portals: Portals
) -> None:
    portals.trouble("hanweb", "412")
    run_id = queue(commands, portals.hanweb_list)
    worker = commands.start("work")
    run = wait_for(commands, run_id, is_over)
    stop(worker)
    assert run.state == "failed"
    assert run.reason.startswith("Refused")


def test_an_index_that_is_asked_for_anew_is_built_anew(commands: Commands) -> None:
    with commands.archive() as archive:
        archive.index.update([invented(1)])
        assert archive.index.ids() == {1}, "a report that the database does not hold"
        run_id = archive.store.write(
            lambda session: runs.queue_run(session, RunKind.REINDEX).id
        )
        worker = Worker(commands.settings)
        worker.perform(run_id)
        worker.archive.close()
        assert archive.index.ids() == set()
    assert wait_for(commands, run_id, is_over).state == "done"


GOLDEN = Path(__file__).parent / "reports"
THREE = [
    GOLDEN / name for name in ("text_tabs.txt", "html_2019.html", "text_spaces.txt")
]


def cut_off(commands: Commands, read_by: str) -> int:
    """A rebuild that was killed when two of three originals were done."""
    with commands.archive() as archive:

        def work(session: Session) -> int:
            run = runs.queue_run(session, RunKind.REBUILD, readers=read_by)
            runs.start_run(session, run.id)
            runs.tell_progress(session, run.id, 2, 3, "")
            return run.id

        return archive.store.write(work)


def test_a_rebuild_that_was_killed_goes_on(commands: Commands) -> None:
    commands.run("import", *THREE, status=None)
    run_id = cut_off(commands, readers())
    assert ", 1 refilled" in commands.run("rebuild")
    assert wait_for(commands, run_id, is_over).state == "done"
    assert ", 3 refilled" in commands.run("rebuild"), "it came to its end"


def test_other_readers_begin_anew(commands: Commands) -> None:
    commands.run("import", *THREE, status=None)
    cut_off(commands, "other")
    assert ", 3 refilled" in commands.run("rebuild")


def test_a_worker_leaves_a_rebuild_to_who_does_it(commands: Commands) -> None:
    commands.run("import", *THREE, status=None)
    run_id = cut_off(commands, readers())
    with commands.archive() as archive:
        worker = Worker(commands.settings)
        archive.store.write(lambda session: runs.put_back_run(session, run_id))
        with only_one(archive, RunKind.REBUILD.value):
            worker.perform(run_id)
        is_queued = wait_for(commands, run_id, lambda run: run.state == "queued")
        assert is_queued.done == 2
        worker.perform(run_id)
        worker.archive.close()
    done = wait_for(commands, run_id, is_over)
    assert (done.state, done.same) == ("done", 1)


def test_one_worker_a_folder(commands: Commands) -> None:
    worker = commands.start("work")
    assert worker.stdout
    assert "ready" in worker.stdout.readline()
    assert "Another worker" in commands.run("work", status=1)
    stop(worker)


@pytest.mark.redis
def test_the_queue_on_redis(commands: Commands, redis_url: str) -> None:
    done: list[int] = []
    jobs = Jobs(replace(commands.settings, jobs_url=redis_url), done.append)
    jobs.queue.flush()
    jobs.enqueue(7)
    task = jobs.queue.dequeue()
    assert task is not None
    jobs.queue.execute(task)
    assert done == [7]


class Bomb:
    """Does something when it is unpickled."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return Path.touch, (Path(self.mark),)  # type: ignore[return-value]


def planted(tmp_path: Path) -> list[bytes]:
    """What somebody who can write to the queue may put there."""
    evil = Message(
        "x", "archive.jobs.perform", args=(Bomb(tmp_path / "ran"),), kwargs={}
    )
    return [
        pickle.dumps(evil),
        b"\x80",
        b"",
        b"null",
        b'{"id": "x", "task": "archive.jobs.perform", "runs": [99999999999999999999]}',
        b"[" * 100_000,
        b'{"id": "x", "task": "os.system", "runs": [1]}',
        b'{"id": "x", "task": "archive.jobs.perform", "runs": ["1"]}',
        b'{"id": "x", "task": "archive.jobs.perform", "runs": [true]}',
        b'{"id": "x", "task": "archive.jobs.tidy", "runs": [7]}',
    ]


@pytest.mark.parametrize(
    "on_redis", [False, pytest.param(True, marks=pytest.mark.redis)]
)
def test_nothing_in_the_queue_is_run(
    commands: Commands, tmp_path: Path, request: pytest.FixtureRequest, on_redis: bool
) -> None:
    url = request.getfixturevalue("redis_url") if on_redis else ""
    done: list[int] = []
    jobs = Jobs(replace(commands.settings, jobs_url=url), done.append)
    jobs.queue.flush()
    for bytes_ in planted(tmp_path):
        jobs.queue.storage.enqueue(bytes_)
    jobs.enqueue(7)
    while task := jobs.queue.dequeue():
        jobs.queue.execute(task)
    assert set(done) == {0, 7}
    assert not (tmp_path / "ran").exists()
