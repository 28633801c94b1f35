"""SEAM: the queue itself. It carries numbers of runs and may be away at any time."""

from __future__ import annotations

import logging
import sqlite3
import weakref
from collections.abc import Callable, Sequence

from huey import Huey, RedisHuey, SqliteHuey
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from archive.jobs.carried import RunNumbers
from config import Settings

QUEUE_TROUBLES = (RedisError, OSError, sqlite3.Error)
"""What the queue answers where it can't be reached."""
MOST_QUEUED = 100
"""Numbers in the queue at once, where many wait: it could not tell repeats."""
_ANSWER_SECONDS = 5
log = logging.getLogger("archive.jobs")


class Jobs:
    """The queue as the website needs it: it hands runs in."""

    def __init__(
        self, settings: Settings, perform: Callable[[int], None] | None = None
    ) -> None:
        """`perform` does a run; only the worker gives one."""
        settings.data.mkdir(parents=True, exist_ok=True)
        self.queue = _queue(settings)
        _be_impatient(self.queue)
        # Closed with the object, so that no connection of SQLite is left open.
        weakref.finalize(self, self.queue.storage.close)
        does = perform or _only_the_worker_performs

        # The queue knows a task by the module of its function: one and the same for
        # whoever hands in and whoever performs.
        def perform_run(run_id: int) -> None:
            does(run_id)

        self._task = self.queue.task(name="perform")(perform_run)

    def enqueue(self, run_id: int) -> bool:
        """Hands a run to the worker; False where the queue is away.

        The run's row waits then, and the worker finds it there.
        """
        try:
            self._task(run_id)
        except QUEUE_TROUBLES as trouble:
            log.warning("run %d waits in the database: %s", run_id, trouble)
            return False
        return True

    def hand_out(self, run_ids: Sequence[int]) -> bool:
        """Hands as many of these runs to the worker as the queue has room for; False
        where the queue is away.

        The others wait in their rows, where a worker looks once a minute.
        """
        try:
            room = MOST_QUEUED - self.queue.pending_count()
        except QUEUE_TROUBLES as trouble:
            log.warning("%d runs wait in the database: %s", len(run_ids), trouble)
            return False
        # One after the other: a queue that goes away meanwhile is asked once only.
        return all(map(self.enqueue, run_ids[: max(room, 0)]))

    def trouble(self) -> str:
        """Why the queue can't be reached; empty where it answers."""
        try:
            self.queue.pending_count()
        except QUEUE_TROUBLES as trouble:
            return type(trouble).__name__
        return ""


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


def _be_impatient(queue: Huey) -> None:
    """Redis answers soon, or is away: no page is to wait for it."""
    if isinstance(queue, RedisHuey):
        queue.storage.pool.connection_kwargs.update(
            socket_timeout=_ANSWER_SECONDS, retry=Retry(NoBackoff(), 1)
        )


def _only_the_worker_performs(run_id: int) -> None:
    raise RuntimeError("runs are performed by `python -m archive work`")
