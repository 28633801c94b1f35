"""Jobs: what is asked for on the website is done by the worker, whatever happens to the
worker.
"""

from __future__ import annotations

import pickle
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from huey.registry import Message
from sqlalchemy.exc import OperationalError

from archive.catalogue import RunKind
from archive.interpreting import readers
from archive.jobs import Jobs, Worker
from archive.pipeline import beating, index_marked, only_one, take_up_silent
from archive.store import Session, Store, runs
from archive.store.rows import RunRow, VersionRow
from archive.watching import last_sign
from tests.portals.server import Portals
from tests.running import Commands
from tests.search.conftest import invented
from tests.sources import add_source


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
        source, _ = add_source(session, url)  # type: ignore[arg-type]
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


def test_a_worker_leaves_a_rebuild_to_who_does_it(
    commands: Commands, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "archive.jobs")
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
    told = [vars(one)["told"] for one in caplog.records if one.msg == "run ended"]
    assert [one["state"] for one in told] == ["done"]
    assert [(one["kind"], one["source"]) for one in told] == [("rebuild", None)]


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
        "x", "archive.jobs.queue.perform", args=(Bomb(tmp_path / "ran"),), kwargs={}
    )
    return [
        pickle.dumps(evil),
        b"\x80",
        b"",
        b"null",
        b'{"id": "x", "task": "archive.jobs.queue.perform", "runs": [99999999999999999999]}',
        b"[" * 100_000,
        b'{"id": "x", "task": "os.system", "runs": [1]}',
        b'{"id": "x", "task": "archive.jobs.queue.perform", "runs": ["1"]}',
        b'{"id": "x", "task": "archive.jobs.queue.perform", "runs": [true]}',
        b'{"id": "x", "task": "archive.jobs.worker.tidy", "runs": [7]}',
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


def silent(commands: Commands, url: str) -> int:
    """A run that its worker has left: at work in the database, and long silent."""
    store = Store(commands.database_url)
    with store.session() as session:
        # In one transaction: a worker that is there would be faster.
        source, _ = add_source(session, url)
        run = runs.queue_run(session, "collect", source.id)
        session.flush()
        assert runs.start_run(session, run.id)
        run.beat_at = runs.now() - 2 * runs.SILENCE
        run_id = run.id
    store.close()
    return run_id


def test_a_silent_run_is_taken_up_while_the_worker_goes_on(
    commands: Commands, portals: Portals
) -> None:
    worker = commands.start("work")
    assert worker.stdout
    assert "ready" in worker.stdout.readline()
    run_id = silent(commands, portals.hanweb_list)
    run = wait_for(commands, run_id, is_over)
    stop(worker)
    assert (run.state, run.new) == ("done", 11)


def test_a_run_that_lives_is_not_doubled(commands: Commands, portals: Portals) -> None:
    run_id = silent(commands, portals.hanweb_list)
    with commands.archive() as archive:
        with archive.store.session() as session:
            source_id = session.get_one(RunRow, run_id).source_id
        with only_one(archive, f"source-{source_id}"):
            assert take_up_silent(archive) == []
        assert take_up_silent(archive) == [run_id]
        assert take_up_silent(archive) == [], "it is no longer at work"


def test_a_long_page_gives_signs_of_life(
    commands: Commands, portals: Portals, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archive.pipeline.runs.BEAT", 0.05)
    run_id = silent(commands, portals.hanweb_list)
    with commands.archive() as archive, beating(archive.store, run_id):
        time.sleep(0.5)
        assert take_up_silent(archive) == []
        with archive.store.session() as session:
            beat_at = session.get_one(RunRow, run_id).beat_at
    assert beat_at is not None
    assert runs.now() - beat_at < runs.SILENCE


def test_a_silent_import_ends(commands: Commands) -> None:
    last_sign = runs.now() - 2 * runs.SILENCE
    with commands.archive() as archive:

        def killed(session: Session) -> int:
            run = runs.queue_run(session, RunKind.IMPORT)
            runs.start_run(session, run.id)
            runs.tell_progress(session, run.id, 300, 1200, "导入")
            session.get_one(RunRow, run.id).beat_at = last_sign
            return run.id

        run_id = archive.store.write(killed)
        assert take_up_silent(archive) == []
    run = wait_for(commands, run_id, is_over)
    assert (run.state, run.reason) == ("failed", runs.CUT_OFF)
    assert run.finished_at == last_sign, "not when somebody noticed"


def test_a_run_that_loses_its_database_is_taken_up_again(
    commands: Commands, portals: Portals, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_id = queue(commands, portals.hanweb_list)
    worker = Worker(commands.settings)

    def lose(*_: object) -> None:
        lost = OperationalError("select", {}, Exception("gone"))
        lost.connection_invalidated = True
        raise lost

    with monkeypatch.context() as patched:
        patched.setattr("archive.jobs.performing.run_collection", lose)
        worker.perform(run_id)
    run = wait_for(commands, run_id, lambda run: True)
    assert run.state == "running", "no failure of the source, nor of the program"
    monkeypatch.setattr(runs, "SILENCE", timedelta())
    worker.look_after()
    assert wait_for(commands, run_id, lambda run: True).state == "queued"
    worker.perform(run_id)
    worker.archive.close()
    assert wait_for(commands, run_id, is_over).new == 11


def test_without_its_queue_a_worker_does_what_the_rows_say(
    commands: Commands, portals: Portals, tmp_path: Path
) -> None:
    away = replace(commands.settings, jobs_url=f"unix://{tmp_path / 'no-redis'}")
    jobs = Jobs(away)
    assert jobs.trouble() == "ConnectionError"
    assert not jobs.enqueue(1)
    run_id = queue(commands, portals.hanweb_list, jobs)
    worker = Worker(away)
    worker.recover()
    worker.look_after()
    run = wait_for(commands, run_id, is_over)
    worker.close()
    assert (run.state, run.new) == ("done", 11)


@pytest.mark.redis
def test_a_queue_that_is_back_is_used_again(commands: Commands, redis_url: str) -> None:
    jobs = Jobs(replace(commands.settings, jobs_url=redis_url))
    assert jobs.trouble() == ""
    assert jobs.enqueue(7)
    jobs.queue.flush()


def test_what_is_handed_in_reaches_the_worker_at_once(commands: Commands) -> None:
    handed = Jobs(commands.settings)
    worker = Worker(commands.settings)
    assert handed.enqueue(10**6)
    task = worker.jobs.queue.dequeue()
    assert task is not None
    assert (task.name, task.args) == ("perform", (10**6,))
    worker.jobs.queue.execute(task)  # a run that is not there is nobody's
    worker.archive.close()


def test_what_waits_does_not_fill_the_queue(
    commands: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Thousands wait for hours: each minute hands out what the queue has room for."""
    monkeypatch.setattr("archive.jobs.queue.MOST_QUEUED", 3)
    store = Store(commands.database_url)
    with store.session() as session:
        ids = [
            add_source(session, f"http://sample.example/{at}")[0].id for at in range(5)
        ]
        waiting = runs.queue_collecting(session, ids)
        for run_id in waiting:
            session.get_one(RunRow, run_id).queued_at -= timedelta(hours=1)
    store.close()
    worker = Worker(commands.settings)
    queued = worker.jobs.queue
    for _ in range(3):
        worker.tidy()
    assert queued.pending_count() == 3
    # What was taken makes room for the next, the longest waiting first.
    told = [queued.dequeue().args[0] for _ in range(2)]
    assert told == waiting[:2]
    worker.archive.store.write(lambda session: runs.start_run(session, waiting[0]))
    worker.tidy()
    assert queued.pending_count() == 3
    # Whoever asks for one is not kept waiting.
    assert worker.jobs.enqueue(waiting[4])
    assert queued.pending_count() == 4
    worker.archive.close()


def test_nothing_ends_the_pulse(
    commands: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever stumbles in it: signs of life are given, and it comes again."""
    worker, ended = Worker(commands.settings), threading.Event()
    signs: list[str] = []

    def stumble() -> None:
        signs.append(last_sign(commands.settings).trouble)
        if len(signs) == 2:
            ended.set()
        raise RuntimeError

    monkeypatch.setattr("archive.jobs.worker.PULSE", 0.01)
    monkeypatch.setattr(worker, "look_after", stumble)
    worker.pulse(ended)
    assert signs == ["", ""]


def test_the_index_is_read_at_the_start_and_once_a_day(
    commands: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = Worker(commands.settings)
    read: list[object] = []
    monkeypatch.setattr("archive.jobs.worker.heal", read.append)
    worker.recover()
    worker.heal()
    assert read == [worker.archive] * 2
    worker.archive.close()


def test_what_the_rows_say_is_done_a_few_at_once(
    commands: Commands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = replace(commands.settings, jobs_url=f"unix://{tmp_path / 'no-redis'}")
    run_id = queue(commands, "https://www.example.gov.cn/", Jobs(away))
    worker, begun = Worker(away), []
    monkeypatch.setattr(worker, "_begin_beside", begun.append)
    at_work = {
        -number: threading.current_thread()
        for number in range(commands.settings.threads)
    }
    monkeypatch.setattr(worker, "_beside", at_work)
    worker.look_after()
    assert begun == []
    at_work.popitem()
    worker.look_after()
    assert begun == [run_id]
    worker.archive.close()


def test_what_takes_hours_gives_signs_of_life(
    commands: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    beaten: list[int] = []

    @contextmanager
    def note(_: Store, run_id: int) -> Iterator[None]:
        beaten.append(run_id)
        yield

    monkeypatch.setattr("archive.jobs.performing.beating", note)
    with commands.archive() as archive:
        run_id = archive.store.write(
            lambda session: runs.queue_run(session, RunKind.REINDEX).id
        )
    worker = Worker(commands.settings)
    worker.perform(run_id)
    worker.archive.close()
    assert beaten == [run_id]
    assert wait_for(commands, run_id, is_over).state == "done"
