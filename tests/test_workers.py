"""Workers: what is due is done by itself, a host belongs to one, and a worker that ends
hands back what it is at.
"""

from __future__ import annotations

import shutil
import signal
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive.catalogue import RunKind
from archive.collecting import Ended, Wanted, collect_many
from archive.jobs import Worker
from archive.pipeline import Archive, only_one, unnoted
from archive.store import Session, Store, hosts, runs, sources
from archive.store.rows import RunRow, SourceRow, VersionRow
from tests.portals.server import Portals
from tests.running import Commands
from tests.sources import add_source

MOMENT = datetime(2026, 2, 3, 4, tzinfo=UTC)


@pytest.fixture
def portals() -> Iterator[Portals]:
    with Portals() as portals:
        yield portals


@pytest.fixture
def commands(tmp_path: Path, sqlite_template: Path) -> Commands:
    shutil.copy(sqlite_template, tmp_path / "archive.sqlite3")
    return Commands(tmp_path / "data", f"sqlite:///{tmp_path / 'archive.sqlite3'}")


def add(commands: Commands, *urls: str) -> list[int]:
    def work(session: Session) -> list[int]:
        return [add_source(session, url)[0].id for url in urls]

    store = Store(commands.database_url)
    try:
        return store.write(work)
    finally:
        store.close()


def all_runs(commands: Commands) -> list[RunRow]:
    store = Store(commands.database_url)
    try:
        with store.session() as session:
            return session.query(RunRow).order_by(RunRow.id).all()
    finally:
        store.close()


def wait(reached: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not reached():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_what_is_due_is_queued_once_a_minute_of_the_calendar(
    commands: Commands,
) -> None:
    moments = [MOMENT + timedelta(seconds=at) for at in (0, 59, 60, 121, 0)]
    add(commands, "http://a.example/1", "http://b.example/1")
    worker = Worker(commands.settings, lambda: moments[0])
    assert worker.look_at_schedule() == 2
    moments.pop(0)
    add(commands, "http://c.example/1")
    assert worker.look_at_schedule() == 0, "not yet a minute"
    moments.pop(0)
    assert worker.look_at_schedule() == 1
    assert worker.jobs.queue.pending_count() == 3
    moments.pop(0)
    assert worker.look_at_schedule() == 0
    moments.pop(0)
    add(commands, "http://d.example/1")
    assert worker.look_at_schedule() == 1, "the clock was set back"
    worker.archive.close()


def test_a_worker_collects_by_itself(
    commands: Commands, portals: Portals, monkeypatch: pytest.MonkeyPatch
) -> None:
    (source,) = add(commands, portals.hanweb_list)
    worker = Worker(commands.settings, lambda: MOMENT)
    worker.look_at_schedule()
    task = worker.jobs.queue.dequeue()
    worker.jobs.queue.execute(task)
    (run,) = all_runs(commands)
    assert (run.state, run.scheduled, run.new) == ("done", True, 11)
    with worker.archive.store.session() as session:
        row = session.get_one(SourceRow, source)
        assert row.last_success_at == MOMENT
        assert row.due_at
        assert timedelta(hours=12) <= row.due_at - MOMENT <= timedelta(hours=36)
    worker.archive.close()


def test_a_thread_goes_on_with_what_can_be_begun(
    commands: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One message wakes it; runs whose host is busy are left, and done when it is
    free.
    """
    ids = add(commands, *(f"http://{host}.example/{host}" for host in "abbc"))
    done: list[int] = []
    worker = Worker(commands.settings)
    write = worker.archive.store.write

    def end(archive: Archive, run_id: int, _: threading.Lock) -> None:
        done.append(run_id)
        if len(done) == 2:
            write(lambda session: runs.finish_run(session, at_b, {}))
        write(lambda session: runs.finish_run(session, run_id, {}))

    monkeypatch.setattr("archive.jobs.worker.to_its_end", end)
    waiting = write(lambda session: runs.queue_collecting(session, ids))
    at_b = waiting.pop(1)
    assert write(lambda session: runs.start_run(session, at_b))
    worker.perform(waiting[0])
    assert done == [waiting[0], waiting[2], waiting[1]]
    assert {run.state for run in all_runs(commands)} == {"done"}
    worker.archive.close()


def close(archive: Archive, host: str, until: datetime) -> None:
    """As a host is closed that did not answer for long."""

    def work(session: Session) -> None:
        while not isinstance(taken := take(session), hosts.Manner):
            continue
        manner = replace(taken, closed_until=until, told="不答复")
        hosts.give_back(session, host, "somebody", manner, 0.0)

    def take(session: Session) -> hosts.Manner | hosts.Busy:
        return hosts.take(session, host, "somebody", 0.0, MOMENT)

    archive.store.write(work)


def test_a_closed_host_is_asked_for_nobody_and_no_source_is_blamed(
    commands: Commands, portals: Portals
) -> None:
    add(commands, portals.hanweb_list)
    now = [MOMENT]
    worker = Worker(commands.settings, lambda: now[0])
    write = worker.archive.store.write
    (run_id,) = write(lambda session: sources.queue_due(session, MOMENT))
    with worker.archive.store.session() as session:
        host = session.query(SourceRow).one().host
    close(worker.archive, host, MOMENT + timedelta(hours=12))
    worker.perform(run_id)
    (run,) = all_runs(commands)
    assert run.state == "queued"
    # A person may want it all the same, and is told why it is not asked.
    write(lambda session: runs.queue_collecting(session, [run.source_id]))
    worker.perform(run_id)
    (run,) = all_runs(commands)
    assert run.state == "failed"
    assert "Unreachable" in run.reason
    with worker.archive.store.session() as session:
        source = session.query(SourceRow).one()
    assert (source.failures, source.failing_since, source.paused) == (0, None, False)
    assert not portals.requests
    now[0] += timedelta(days=1)
    worker.look_at_schedule()
    worker.perform(run_id)
    assert all_runs(commands)[-1].state == "done"
    worker.archive.close()


def test_a_source_that_is_collected_by_hand_holds_nothing_up(
    commands: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = add(commands, "http://a.example/1", "http://b.example/1")
    worker = Worker(commands.settings)
    write = worker.archive.store.write
    done: list[int] = []

    def end(archive: Archive, run_id: int, _: threading.Lock) -> None:
        done.append(run_id)
        write(lambda session: runs.finish_run(session, run_id, {}))

    monkeypatch.setattr("archive.jobs.worker.to_its_end", end)
    waiting = write(lambda session: runs.queue_collecting(session, ids))
    with only_one(worker.archive, f"source-{ids[0]}"):
        worker.perform(waiting[0])
    assert done == waiting[1:]
    worker.perform(waiting[1])
    assert done == [waiting[1], waiting[0]]
    worker.archive.close()


def test_a_worker_that_is_ended_hands_back_within_seconds(
    commands: Commands, portals: Portals
) -> None:
    add(commands, portals.hanweb_list)
    portals.slow(20)
    worker = commands.start("work")
    wait(lambda: len(portals.requests) > 0 and bool(all_runs(commands)))
    began = time.monotonic()
    worker.send_signal(signal.SIGTERM)
    told = "".join(worker.communicate(timeout=30))
    assert time.monotonic() - began < 10
    assert worker.returncode == 0, told
    (run,) = all_runs(commands)
    assert (run.state, run.step) == ("queued", "")
    portals.slow(0)
    following = commands.start("work")
    wait(lambda: all_runs(commands)[0].state == "done")
    following.terminate()
    assert "1 unfinished runs taken up again" in "".join(following.communicate())
    assert following.returncode == 0
    store = Store(commands.database_url)
    with store.session() as session:
        assert session.query(VersionRow).count() == 11
    store.close()


def test_a_pause_between_two_requests_is_no_reason_to_wait(
    commands: Commands, portals: Portals
) -> None:
    patient = replace(commands.settings, host_pause=60)
    add(commands, portals.hanweb_list)
    worker = Worker(patient)
    worker.look_at_schedule()
    task = worker.jobs.queue.dequeue()
    thread = threading.Thread(target=worker.jobs.queue.execute, args=(task,))
    thread.start()
    wait(lambda: len(portals.requests) > 0)
    began = time.monotonic()
    assert worker.stop()
    assert time.monotonic() - began < 3
    thread.join()
    assert [run.state for run in all_runs(commands)] == ["queued"]
    worker.perform(1)
    assert [run.state for run in all_runs(commands)] == ["queued"], "nothing is begun"
    worker.archive.close()


def test_workers_leave_one_another_alone(commands: Commands) -> None:
    (source,) = add(commands, "http://a.example/1")
    one, other = Worker(commands.settings), Worker(commands.settings)

    def begin(session: Session) -> int:
        run = runs.queue_run(session, RunKind.COLLECT, source)
        assert runs.start_run(session, run.id)
        return run.id

    lock = f"source-{source}"
    with only_one(one.archive, lock):
        run_id = one.archive.store.write(begin)
        assert other.recover() == 0
        assert all_runs(commands)[0].state == "running"
    # Its lock is free and was of this machine: it was killed.
    assert other.recover() == 1
    assert all_runs(commands)[0].state == "queued"
    with one.archive.store.session() as session:
        assert runs.start_run(session, run_id)
    file = commands.settings.data / "locks" / f"{lock}.lock"
    file.write_text("another-machine")
    assert other.recover() == 0, "whose locks may not be seen from here"
    with one.archive.store.session() as session:
        session.get_one(RunRow, run_id).beat_at = runs.now() - 2 * runs.SILENCE
    file.write_text("another-machine")
    assert other.recover() == 1
    one.archive.close()
    other.archive.close()


def test_two_workers_of_a_database(commands: Commands, portals: Portals) -> None:
    add(commands, portals.hanweb_list, portals.trs_list)
    workers = [commands.start("work"), commands.start("work")]
    wait(lambda: [run.state for run in all_runs(commands)] == ["done"] * 2)
    for worker in workers:
        worker.terminate()
        told = "".join(worker.communicate())
        assert worker.returncode == 0, told
        assert "ERROR" not in told
    # Both lists are of one host: never two requests at the same time.
    one, other = all_runs(commands)
    assert one.started_at
    assert one.finished_at
    assert other.started_at
    assert other.finished_at
    is_apart = (
        one.finished_at <= other.started_at or other.finished_at <= one.started_at
    )
    assert is_apart


def test_many_are_collected_one_at_a_host(
    commands: Commands, portals: Portals, monkeypatch: pytest.MonkeyPatch
) -> None:
    hosts = "aabbbcd"
    wanted = [
        Wanted(at, f"http://{host}.example/{at}", host)
        for at, host in enumerate(hosts, 1)
    ]
    at_work: list[str] = []
    most = 0
    lock = threading.Lock()

    def collect(archive: Archive, source_id: int, *_: object) -> None:
        nonlocal most
        host = wanted[source_id - 1].host
        with lock:
            assert host not in at_work
            at_work.append(host)
            most = max(most, len(at_work))
        time.sleep(0.05)
        with lock:
            at_work.remove(host)
        if source_id == 3:
            raise RuntimeError

    monkeypatch.setattr("archive.collecting.many.collect_now", collect)
    told: list[Ended] = []
    collect_many(commands.settings, wanted, 4, lambda one: unnoted, told.append)
    assert sorted(one.source.id for one in told) == list(range(1, 8))
    assert [one.trouble for one in told if one.trouble] == [
        "程序出错（RuntimeError），详情见日志。"
    ]
    assert most == 4


def test_a_source_whose_host_is_busy_comes_later(
    commands: Commands, portals: Portals
) -> None:
    first, _ = add(commands, portals.hanweb_list, portals.trs_list)
    with commands.archive() as archive:
        busy = archive.store.write(
            lambda session: runs.queue_run(session, RunKind.COLLECT, first).id
        )
        assert archive.store.write(lambda session: runs.start_run(session, busy))
        freed = threading.Timer(
            3, lambda: archive.store.write(lambda db: runs.finish_run(db, busy, {}))
        )
        freed.start()
        printed = commands.run("collect", "--all", "--threads", 2, status=None)
        freed.join()
    lines = printed.splitlines()
    assert len([line for line in lines if " new, " in line]) == 2
    assert "Taken" not in printed


def test_ctrl_c_ends_many_cleanly(commands: Commands, portals: Portals) -> None:
    add(commands, portals.hanweb_list)
    portals.slow(0.5)
    command = commands.start("collect", "--all")
    wait(lambda: len(portals.requests) > 1)
    command.send_signal(signal.SIGINT)
    told = "".join(command.communicate(timeout=60))
    assert command.returncode == 1
    assert "Traceback" not in told
    (run,) = all_runs(commands)
    assert (run.state, run.reason) == ("failed", runs.CUT_OFF)
    with commands.archive() as archive, archive.store.session() as session:
        assert sources.list_sources(session)[0].failures == 0
