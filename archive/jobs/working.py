"""The process of the worker, from its start to the signal that ends it."""

from __future__ import annotations

import fcntl
import logging
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from archive.jobs.worker import THREADS, Worker
from archive.store import schema
from archive.watching import give_sign, log_as_json
from config import Settings


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
    _log(settings)
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
        _work(worker)
    return 0


def _work(worker: Worker) -> None:
    """Works until a signal ends it."""
    give_sign(worker.settings)
    ended = threading.Event()
    threading.Thread(target=worker.pulse, args=(ended,), daemon=True).start()
    worker.jobs.queue.create_consumer(
        workers=THREADS, worker_type="thread", initial_delay=0.05, max_delay=1
    ).run()
    ended.set()


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
