"""The process of the worker, from its start to the signal that ends it."""

from __future__ import annotations

import logging
import os
import sys
import threading
import time
from collections.abc import Callable
from datetime import datetime

from huey.consumer import Consumer

from archive.jobs.digests import note_absence
from archive.jobs.looking_out import Lookout
from archive.jobs.worker import Worker
from archive.pipeline import Archive
from archive.store import runs, schema
from archive.watching import give_sign, log_as_json
from config import Settings


def main(settings: Settings, clock: Callable[[], datetime] = runs.now) -> int:
    """Works until a signal ends it; the exit status. `clock` is the calendar.

    SIGINT lets running jobs end. SIGTERM has them stop between two steps, and puts back
    what does not within seconds; the next worker goes on.
    """
    _log(settings)
    settings.data.mkdir(parents=True, exist_ok=True)
    worker = Worker(settings, clock)
    # Otherwise each run would fail in turn, with an error of the database.
    schema.require_current(worker.archive.store)
    again = worker.recover()
    taken_up = f", {again} unfinished runs taken up again" if again else ""
    print(f"The worker is ready{taken_up}.", flush=True)
    _work(worker)
    if not worker.stop():
        # Threads in the middle of a step: they would go on with what was handed back.
        sys.stdout.flush()
        os._exit(0)
    return 0


def _work(worker: Worker) -> None:
    """Works until a signal ends it."""
    lookout = Lookout(Archive(worker.settings, worker.clock))
    note_absence(lookout.archive)
    give_sign(worker.settings)
    ended = threading.Event()
    threading.Thread(target=lookout.until, args=(ended,), daemon=True).start()
    threading.Thread(target=worker.pulse, args=(ended,), daemon=True).start()
    _Consumer(worker).run()
    ended.set()


class _Consumer(Consumer):  # type: ignore[misc]
    """The threads that the queue wakes. When they are to end they begin nothing new."""

    def __init__(self, worker: Worker) -> None:
        super().__init__(
            worker.jobs.queue,
            workers=worker.settings.threads,
            worker_type="thread",
            initial_delay=0.05,
            max_delay=1,
        )
        self._closing = worker.closing

    def stop(self, graceful: bool = False) -> None:
        self._closing.set()
        super().stop(graceful)


def _log(settings: Settings) -> None:
    if settings.log_json:
        log_as_json()
    else:
        logging.basicConfig(
            level=logging.WARNING,
            stream=sys.stderr,
            format="%(levelname)s %(name)s: %(message)s",
        )
    for name in ("huey.consumer.Worker", "huey.consumer.Scheduler"):
        logging.getLogger(name).addFilter(_SeldomTheSame())


class _SeldomTheSame(logging.Filter):
    """Lets the same line pass once a minute, without its traceback.

    Each thread of huey asks a queue that is away once a second.
    """

    def __init__(self) -> None:
        super().__init__()
        self._last: dict[str, float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        moment = time.monotonic()
        if moment - self._last.get(record.msg, -60.0) < 60:
            return False
        self._last[record.msg] = moment
        record.exc_info = None
        return True
