"""The worker: takes runs from the queue, or from their rows, and looks after them."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from datetime import datetime, timedelta

from huey import crontab

from archive.catalogue import RunState
from archive.evidence import seal_days, stamp_days
from archive.jobs.performing import to_its_end
from archive.jobs.queue import Jobs
from archive.pipeline import (
    Archive,
    Taken,
    heal,
    index_marked,
    lock_of,
    only_one,
    take_up_killed,
    take_up_silent,
)
from archive.search import Busy, Damaged, Outdated
from archive.store import (
    DatabaseTrouble,
    Session,
    Store,
    count_columns_if_due,
    count_expected_if_due,
    hosts,
    recount_if_due,
    runs,
    sources,
)
from archive.watching import give_sign, of_run, told
from config import Settings

PULSE = 5
"""Seconds between two looks of the worker at what lies about."""
LOOK = timedelta(minutes=1)
"""Between two looks at which sources are due."""
PATIENCE = 6.0
"""Seconds in which runs at work may come to their next step when the worker ends."""
_PUTTING_BACK = 2.0
"""Seconds that a worker that ends waits for others who write."""
log = logging.getLogger("archive.jobs")


class Worker:
    """Does what is queued, and queues what is due.

    One Archive a thread: the child process that reads belongs to one thread.
    """

    def __init__(
        self, settings: Settings, clock: Callable[[], datetime] = runs.now
    ) -> None:
        """`clock`: the calendar by which sources are due."""
        self.settings, self.clock = settings, clock
        self.closing = threading.Event()
        """Set when nothing new is to be begun."""
        self._ending = threading.Event()
        """Set when what is at work is to stop."""
        self._local = threading.local()
        self._index = threading.Lock()
        self._beside: dict[int, threading.Thread] = {}
        """Runs that are done without the queue."""
        self._at_work: set[int] = set()
        self._looked_at: datetime | None = None
        self.jobs = Jobs(settings, self.perform)
        self.jobs.queue.periodic_task(crontab(minute="*"), name="tidy")(self.tidy)
        # At night: it reads every byte of the index.
        self.jobs.queue.periodic_task(crontab(hour="4", minute="17"), name="heal")(
            self.heal
        )

        # After midnight of UTC, by which days are counted.
        self.jobs.queue.periodic_task(crontab(hour="0", minute="23"), name="seal")(
            self.seal
        )

    @property
    def archive(self) -> Archive:
        if not hasattr(self._local, "archive"):
            opened = Archive(self.settings, self.clock, self._ending)
            self._local.archive = opened
        found: Archive = self._local.archive
        return found

    def close(self) -> None:
        """Lets what is done beside the queue come to its end."""
        for thread in list(self._beside.values()):
            thread.join()

    def stop(self, patience: float = PATIENCE) -> bool:
        """Hands back what is at work, within `patience` and a few seconds; whether all
        of it came to a stop by itself.

        Runs stop between two steps. What is in the middle of one, such as a slow
        answer, is put back in its row; the process is to end then.
        """
        self.closing.set()
        self._ending.set()
        deadline = time.monotonic() + patience
        while self._at_work and time.monotonic() < deadline:
            time.sleep(0.05)
        left = list(self._at_work)
        if left:
            self._hand_back(left)
        return not left

    def _hand_back(self, run_ids: list[int]) -> None:
        # What can't be put back is taken up when it has been silent for long.
        store = Store(self.settings.database_url, waits=_PUTTING_BACK, may_make=False)
        with suppress(DatabaseTrouble):
            for run_id in run_ids:
                store.write(lambda session: runs.put_back_run(session, run_id))  # noqa: B023

    def recover(self) -> int:
        """Lets wait again what was at work when a worker of this machine was killed,
        and wakes for all that waits; how many.

        What other workers are at stays theirs.
        """
        with self.archive.store.session() as session:
            unfinished = [
                (run.id, run.kind, run.source_id, run.state)
                for run in runs.unfinished_runs(session)
            ]
        waiting = [run[0] for run in unfinished if self._waits(*run)]
        self.jobs.hand_out(waiting)
        self._drain_marks(first=heal)
        return len(waiting)

    def _waits(self, run_id: int, kind: str, source_id: int | None, state: str) -> bool:
        """Whether a run waits, or was left by a worker that was killed."""
        if state == RunState.QUEUED:
            return True
        return take_up_killed(self.archive, run_id, kind, source_id)

    def pulse(self, ended: threading.Event) -> None:
        """Until the worker ends: gives signs of life, and looks after what lies about.

        In a thread of its own, since a run or the index may take hours.
        """
        while not ended.wait(PULSE):
            try:
                give_sign(self.settings)
                self.look_after()
                self.look_at_schedule()
            except (DatabaseTrouble, OSError) as trouble:
                log.warning("the worker waits: %s", trouble)
            # Nothing may end the pulse: all else depends on it.
            except Exception:
                log.exception("the worker's pulse stumbled")

    def look_at_schedule(self) -> int:
        """Once a minute of the calendar: queues the sources that are due; how many."""
        moment = self.clock()
        before = self._looked_at
        # Clocks are set back, too.
        if before is not None and abs(moment - before) < LOOK:
            return 0
        self._looked_at = moment

        def queue(session: Session) -> list[int]:
            return sources.queue_due(session, moment, hosts.closed(session, moment))

        queued = self.archive.store.write(queue)
        self.jobs.hand_out(queued)
        return len(queued)

    def look_after(self) -> None:
        """Takes up what lost its process or its database; while the queue is away, does
        what waits in the rows.
        """
        for run_id in take_up_silent(self.archive):
            log.warning("run %d is taken up again", run_id, extra=told(run=run_id))
            self.jobs.enqueue(run_id)
        if not self.jobs.trouble() or self.closing.is_set():
            return
        with self.archive.store.session() as session:
            waiting = [run.id for run in runs.waiting_runs(session, timedelta())]
        for run_id in waiting:
            has_room = len(self._beside) < self.settings.threads
            if run_id not in self._beside and has_room:
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

    def seal(self) -> None:
        """Once a day: the days that are over get their hash and their time stamp."""
        settings = self.settings
        seal_days(self.archive.store, runs.now())
        if settings.tsa_url and settings.tsa_certificate:
            stamp_days(self.archive.store, settings.tsa_url, settings.tsa_certificate)

    def perform(self, run_id: int) -> None:
        """Does what waits, one run after the other, until nothing can be begun.

        The queue only wakes: a run whose number it brought may have to come later, such
        as one by the schedule whose host is closed, and no thread sits waiting for it.
        """
        tried: set[int] = set()
        following = self._next(tried)
        while following is not None and not self.closing.is_set():
            if self._do(following):
                # Hosts may have become free meanwhile.
                tried.clear()
                self._drain_marks()
            else:
                tried.add(following)
            following = self._next(tried)

    def _next(self, tried: set[int]) -> int | None:
        moment = self.clock()
        with self.archive.store.session() as session:
            closed = hosts.closed(session, moment)
            return sources.next_run(session, closed, tried)

    def _do(self, run_id: int) -> bool:
        """Does a run, if it is to be had: nobody else is at it, nor at its host."""
        archive = self.archive
        with ExitStack() as held:
            with archive.store.session() as session:
                found = runs.kind_of_run(session, run_id)
            if found is None:
                return False
            # The lock first: a run at work whose lock is free was killed.
            try:
                held.enter_context(only_one(archive, lock_of(*found)))
            except Taken:
                return False
            is_mine = archive.store.write(lambda db: runs.start_run(db, run_id))
            if is_mine:
                self._at_work.add(run_id)
                held.callback(self._at_work.discard, run_id)
                with of_run(run_id):
                    to_its_end(archive, run_id, self._index)
            return is_mine

    def _drain_marks(
        self, first: Callable[[Archive], object] = lambda archive: None
    ) -> None:
        """Brings the index up to date, after doing `first`.

        An index that can't be used is built anew; one that can't be written (no room)
        stays in service, and what is marked waits. While another worker writes it, the
        marks are that one's.
        """
        archive = self.archive
        try:
            self._index_marked(archive, first)
        except Busy:
            log.debug("another process writes the index")
        except RuntimeError:
            # Python that ends starts no more threads; the marks wait for the next one.
            if not self.closing.is_set():
                raise
        except OSError as trouble:
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
            count_expected_if_due(archive.store, self.clock())
            count_columns_if_due(archive.store)
            with self._index:
                first(archive)
                index_marked(archive)
            # Beside the index: other threads may index meanwhile.
            archive.index.tidy()
        except (Damaged, Outdated):
            with self._index:
                heal(archive)
