"""SEAM: the job queue. The truth about a job is its run row; the queue (huey) only
carries the number.

So nothing is lost when the queue is: what the rows say is unfinished is handed out
again when the worker starts, and once a minute. Taking a run is one conditional update,
so handing it out twice does no harm. One worker belongs to a folder of data, since the
index admits one writer.
"""

from __future__ import annotations

import fcntl
import json
import logging
import sys
import threading
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from huey import Huey, RedisHuey, SqliteHuey, crontab
from huey.registry import Message
from huey.serializer import Serializer

from archive.catalogue import RunKind
from archive.collecting import run_collection
from archive.interpreting import readers
from archive.pipeline import (
    Ahead,
    Archive,
    Run,
    Taken,
    cores,
    heal,
    index_marked,
    mistake_told,
    only_one,
    read_again,
    reindex,
)
from archive.search import Busy, Damaged, Outdated
from archive.store import Session, recount_if_due, runs, schema
from config import Settings
from scrapers import FAMILIES, SourceTrouble

THREADS = 4
"""Sources collected at the same time; each host still gets one request at a time."""

log = logging.getLogger("archive.jobs")


def family_titles() -> dict[str, str]:
    """The portal families a source can be of: key → Chinese name."""
    return {name: family.title for name, family in FAMILIES.items()}


class Jobs:
    """The queue as the website needs it: it hands runs in."""

    def __init__(
        self, settings: Settings, perform: Callable[[int], None] | None = None
    ) -> None:
        """`perform` does a run; only the worker gives one."""
        settings.data.mkdir(parents=True, exist_ok=True)
        self.queue = _queue(settings)
        # Closed with the object, so that no connection of SQLite is left open.
        weakref.finalize(self, self.queue.storage.close)
        act = perform or _only_the_worker_performs
        # Of this module, whoever performs: so that all call it by the same name.
        self._task = self.queue.task(name="perform")(lambda run_id: act(run_id))

    def enqueue(self, run_id: int) -> None:
        """Hands a run to the worker."""
        self._task(run_id)


class RunNumbers(Serializer):  # type: ignore[misc]
    """What the queue carries, as JSON: the number of a run, or that it is time to tidy.

    huey's own way is pickle, which runs what it is given: whoever could write to the
    queue could do anything as the worker. A number can only have a run taken up that
    waits anyhow, so it needs no signature.
    """

    def _serialize(self, data: object) -> bytes:
        if not isinstance(data, Message):
            return b"null"
        told = {"id": data.id, "task": data.name, "runs": list(data.args)}
        return json.dumps(told).encode()

    def _deserialize(self, data: bytes) -> Message:
        try:
            told = json.loads(data)
            task_id, name = str(told["id"]), str(told["task"])
            numbers = [_run_number(one) for one in told["runs"]]
        except (ValueError, TypeError, KeyError, RecursionError):
            name, task_id, numbers = "", "", []
        most = _TASKS.get(name)
        if most != len(numbers):
            log.warning("something that is no run number was in the queue; ignored")
            name, task_id, numbers = _PERFORM, "nothing", [_NO_RUN]
        return Message(task_id, name, args=tuple(numbers), kwargs={}, retries=0)


_PERFORM = f"{__name__}.perform"
_TASKS = {_PERFORM: 1, f"{__name__}.tidy": 0, f"{__name__}.heal": 0}
"""What the worker does, as huey calls it → how many runs it is told."""
_NO_RUN = 0
"""Runs are counted from 1: to take this one up does nothing."""
_MOST_RUNS = 2**31 - 1


def _run_number(told: object) -> int:
    """Raises ValueError for what the database could not even look for."""
    if type(told) is not int or not 0 <= told <= _MOST_RUNS:
        raise ValueError(told)
    return told


def _queue(settings: Settings) -> Huey:
    plain = RunNumbers()
    if settings.jobs_url:
        return RedisHuey(
            "archive", url=settings.jobs_url, serializer=plain, results=False
        )
    # Several processes write this file; SQLite admits one at a time, others wait.
    file = settings.data / "jobs.sqlite3"
    return SqliteHuey(
        "archive", filename=str(file), timeout=30, serializer=plain, results=False
    )


def _only_the_worker_performs(run_id: int) -> None:
    raise RuntimeError("runs are performed by `python -m archive work`")


class Worker:
    """Does what is queued.

    One Archive a thread: the child process that reads belongs to one thread.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._local = threading.local()
        self._index = threading.Lock()
        self.jobs = Jobs(settings, self.perform)
        self.jobs.queue.periodic_task(crontab(minute="*"), name="tidy")(self.tidy)
        # At night: it reads every byte of the index.
        self.jobs.queue.periodic_task(crontab(hour="4", minute="17"), name="heal")(
            self.heal
        )

    @property
    def archive(self) -> Archive:
        if not hasattr(self._local, "archive"):
            self._local.archive = Archive(self.settings)
        found: Archive = self._local.archive
        return found

    def recover(self) -> int:
        """Lets wait again what waited or ran when the last worker ended; how many."""

        def put_back(session: Session) -> list[int]:
            unfinished = [run.id for run in runs.unfinished_runs(session)]
            for run_id in unfinished:
                runs.put_back_run(session, run_id)
            return unfinished

        # What the queue still holds is in the rows as well, and is handed out anew.
        self.jobs.queue.flush()
        waiting = self.archive.store.write(put_back)
        for run_id in waiting:
            self.jobs.enqueue(run_id)
        self._drain_marks(first=heal)
        return len(waiting)

    def tidy(self) -> None:
        """Once a minute: hand out what nobody took, and index what is marked."""
        with self.archive.store.session() as session:
            waiting = [
                run.id for run in runs.waiting_runs(session, timedelta(minutes=1))
            ]
        for run_id in waiting:
            self.jobs.enqueue(run_id)
        self._drain_marks()

    def heal(self) -> None:
        """Once a day: read the whole index, and build it anew if a byte has changed."""
        self._drain_marks(first=heal)

    def perform(self, run_id: int) -> None:
        """Does a run from start to end, whatever happens in it."""
        archive = self.archive
        is_mine = archive.store.write(lambda session: runs.start_run(session, run_id))
        if not is_mine:
            return
        try:
            self._perform(archive, run_id)
        except Taken:
            # Somebody does the same on the command line, perhaps as this very run:
            # `tidy` hands it out again.
            archive.store.write(lambda session: runs.put_back_run(session, run_id))
        except SourceTrouble as trouble:  # stands in the run's row already
            log.info("run %s: %s", run_id, trouble)
        except Exception as error:
            log.exception("run %s failed", run_id)
            Run(archive, run_id).end(mistake_told(error))
        self._drain_marks()

    def _perform(self, archive: Archive, run_id: int) -> None:
        with archive.store.session() as session:
            kind, source_id = runs.kind_of_run(session, run_id)
        if kind == RunKind.COLLECT and source_id is not None:
            with only_one(archive, f"source-{source_id}"):
                run_collection(archive, run_id, source_id)
            return
        if kind == RunKind.REBUILD:
            with only_one(archive, RunKind.REBUILD.value):
                _rebuild(archive, run_id)
            return
        if kind == RunKind.REINDEX:
            with only_one(archive, RunKind.REINDEX.value), self._index:
                _reindex(archive, run_id)
            return
        Run(archive, run_id).end()

    def _drain_marks(
        self, first: Callable[[Archive], object] = lambda archive: None
    ) -> None:
        """Brings the index up to date, after doing `first`.

        An index that can't be used is built anew; one that can't be written (no room,
        another writer) stays in service, and what is marked waits.
        """
        archive = self.archive
        try:
            self._index_marked(archive, first)
        except (Busy, OSError) as trouble:
            log.error(
                "The search index could not be brought up to date, it is tried "
                "again later: %s",
                trouble,
            )

    def _index_marked(
        self, archive: Archive, first: Callable[[Archive], object]
    ) -> None:
        try:
            recount_if_due(archive.store)
            with self._index:
                first(archive)
                index_marked(archive)
            # Beside the index: other threads may index meanwhile.
            archive.index.tidy()
        except (Damaged, Outdated):
            with self._index:
                heal(archive)


def _rebuild(archive: Archive, run_id: int) -> None:
    """Reads every original again, from where a run of the same readers was killed."""
    begin = archive.store.write(lambda session: runs.go_on(session, run_id, readers()))
    run = Run(archive, run_id)
    with Ahead(cores()) as ahead:
        run.tally = read_again(archive, ahead, run.tell, begin)
    run.end()


def _reindex(archive: Archive, run_id: int) -> None:
    """Builds the index anew, in this process alone: it has threads."""
    run = Run(archive, run_id)
    reindex(archive, progress=lambda done, total: run.tell(done, total, ""))
    run.end()


@contextmanager
def only_worker(settings: Settings) -> Iterator[bool]:
    """Whether this is the only worker of the folder of data. Held while it works."""
    settings.data.mkdir(parents=True, exist_ok=True)
    with (settings.data / "worker.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def main(settings: Settings) -> int:
    """Works until a signal ends it; the exit status.

    SIGINT lets running jobs end, SIGTERM does not wait.
    """
    logging.basicConfig(
        level=logging.WARNING,
        stream=sys.stderr,
        format="%(levelname)s %(name)s: %(message)s",
    )
    with only_worker(settings) as alone:
        if not alone:
            print(
                f"Another worker is at work on {settings.data}: stop it first.",
                file=sys.stderr,
            )
            return 1
        worker = Worker(settings)
        # Otherwise each run would fail in turn, with an error of the database.
        schema.require_current(worker.archive.store)
        again = worker.recover()
        taken_up = f", {again} unfinished runs taken up again" if again else ""
        print(f"The worker is ready{taken_up}.", flush=True)
        worker.jobs.queue.create_consumer(
            workers=THREADS, worker_type="thread", initial_delay=0.05, max_delay=1
        ).run()
    return 0
