"""The worker: takes runs from the queue, or from their rows, and looks after them."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

from huey import crontab

from archive.jobs.performing import to_its_end
from archive.jobs.queue import QUEUE_TROUBLES, Jobs
from archive.pipeline import (
    Archive,
    Taken,
    heal,
    index_marked,
    lock_of,
    only_one,
    take_up_silent,
)
from archive.search import Busy, Damaged, Outdated
from archive.store import DatabaseTrouble, Session, recount_if_due, runs
from archive.watching import give_sign, of_run, told
from config import Settings

THREADS = 4
"""Sources collected at the same time; each host still gets one request at a time."""
PULSE = 5
"""Seconds between two looks of the worker at what lies about."""
log = logging.getLogger("archive.jobs")


class Worker:
    """Does what is queued.

    One Archive a thread: the child process that reads belongs to one thread.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._local = threading.local()
        self._index = threading.Lock()
        self._beside: dict[int, threading.Thread] = {}
        """Runs that are done without the queue."""
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

    def close(self) -> None:
        """Lets what is done beside the queue come to its end."""
        for thread in list(self._beside.values()):
            thread.join()

    def recover(self) -> int:
        """Lets wait again what waited or ran when the last worker ended; how many."""
        with self.archive.store.session() as session:
            unfinished = [
                (run.id, run.kind, run.source_id)
                for run in runs.unfinished_runs(session)
            ]
        # What the queue still holds is in the rows as well, and is handed out anew.
        with suppress(*QUEUE_TROUBLES):
            self.jobs.queue.flush()
        waiting = [run[0] for run in unfinished if self._put_back(*run)]
        for run_id in waiting:
            self.jobs.enqueue(run_id)
        self._drain_marks(first=heal)
        return len(waiting)

    def _put_back(self, run_id: int, kind: str, source_id: int | None) -> bool:
        """Lets a run wait again, unless somebody is at it."""

        def put_back(session: Session) -> None:
            runs.put_back_run(session, run_id)

        try:
            with only_one(self.archive, lock_of(kind, source_id)):
                self.archive.store.write(put_back)
        except Taken:
            return False
        return True

    def pulse(self, ended: threading.Event) -> None:
        """Until the worker ends: gives signs of life, and looks after what lies about.

        In a thread of its own, since a run or the index may take hours.
        """
        while not ended.wait(PULSE):
            try:
                give_sign(self.settings)
                self.look_after()
            except (DatabaseTrouble, OSError) as trouble:
                log.warning("the worker waits: %s", trouble)
            # Nothing may end the pulse: all else depends on it.
            except Exception:
                log.exception("the worker's pulse stumbled")

    def look_after(self) -> None:
        """Takes up what lost its process or its database; while the queue is away, does
        what waits in the rows.
        """
        for run_id in take_up_silent(self.archive):
            log.warning("run %d is taken up again", run_id, extra=told(run=run_id))
            self.jobs.enqueue(run_id)
        if not self.jobs.trouble():
            return
        with self.archive.store.session() as session:
            waiting = [run.id for run in runs.waiting_runs(session, timedelta())]
        for run_id in waiting:
            if run_id not in self._beside and len(self._beside) < THREADS:
                self._begin_beside(run_id)

    def _begin_beside(self, run_id: int) -> None:
        # A daemon, like the threads of the queue: a worker that is ended does not wait.
        thread = threading.Thread(
            target=self._perform_beside, args=(run_id,), daemon=True
        )
        self._beside[run_id] = thread
        thread.start()

    def _perform_beside(self, run_id: int) -> None:
        """Does a run that no queue has brought."""
        try:
            self.perform(run_id)
        except Exception:
            log.exception("run %s stumbled", run_id)
        finally:
            self._beside.pop(run_id, None)

    def tidy(self) -> None:
        """Once a minute: hand out what nobody took, and index what is marked."""
        with self.archive.store.session() as session:
            waiting = [
                run.id for run in runs.waiting_runs(session, timedelta(minutes=1))
            ]
        self.jobs.hand_out(waiting)
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
        with of_run(run_id):
            to_its_end(archive, run_id, self._index)
        self._drain_marks()

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
