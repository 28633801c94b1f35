"""Many sources at once, by several threads: one at a host, and no thread waits for a
host while another one is free.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from archive.collecting.collect import collect_now
from archive.pipeline import (
    Archive,
    HostBusy,
    Noting,
    Stopped,
    Taken,
    Tally,
    mistake_told,
)
from config import Settings
from scrapers import SourceTrouble

AGAIN_AFTER = 1.0
"""Seconds after which a host is tried again at which another process is."""
_LOOK_AGAIN = 0.2
log = logging.getLogger("archive.collecting")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A source that is to be collected."""

    id: int
    url: str
    host: str


@dataclass(frozen=True, slots=True)
class Ended:
    """A source that was collected, or why it was not."""

    source: Wanted
    tally: Tally | None = None
    trouble: str = ""

    @property
    def is_well(self) -> bool:
        """Whether nothing is missing."""
        return self.tally is not None and self.tally.is_well


def collect_many(
    settings: Settings,
    wanted: Sequence[Wanted],
    threads: int,
    note: Callable[[Wanted], Noting],
    tell: Callable[[Ended], None],
) -> None:
    """Collects sources, each as a run of its own; `tell` hears of each as it ends, one
    at a time. `note` tells who wants it.

    A source whose host is busy comes later. Where the caller is interrupted, runs stop
    between two steps, and KeyboardInterrupt is raised when all have.
    """
    waiting = _Waiting(wanted)
    ending, telling = threading.Event(), threading.Lock()

    def work() -> None:
        with Archive(settings, ending=ending) as archive:
            while (one := waiting.take(ending)) is not None:
                ended = _collect(archive, one, note(one))
                if ended is None:
                    waiting.put_back(one)
                    continue
                waiting.done(one)
                with telling:
                    tell(ended)

    crew = [threading.Thread(target=work, daemon=True) for _ in wanted[:threads]]
    for thread in crew:
        thread.start()
    try:
        _wait_for(crew)
    except KeyboardInterrupt:
        ending.set()
        _wait_for(crew)
        raise


def _wait_for(crew: Sequence[threading.Thread]) -> None:
    """Waits in short steps: a signal is heard between two."""
    for thread in crew:
        # Not `join`: an interrupted one takes its thread for ended (Python 3.11).
        while thread.is_alive():
            time.sleep(_LOOK_AGAIN)


def _collect(archive: Archive, one: Wanted, note: Noting) -> Ended | None:
    """What came of a source; None where its host is busy, or all is to stop."""
    try:
        tally = collect_now(archive, one.id, lambda done, total, step: None, note)
    except (HostBusy, Taken, Stopped):
        return None
    except SourceTrouble as trouble:
        return Ended(one, trouble=f"{type(trouble).__name__}: {trouble}")
    # A mistake with one source is no reason to leave out the others.
    except Exception as mistake:
        log.exception("source %d could not be collected", one.id)
        return Ended(one, trouble=mistake_told(mistake))
    return Ended(one, tally)


class _Waiting:
    """Sources that wait, a queue a host; a host is given to one thread at a time."""

    def __init__(self, wanted: Sequence[Wanted]) -> None:
        self._changed = threading.Condition()
        self._queues: dict[str, deque[Wanted]] = {}
        for one in wanted:
            self._queues.setdefault(_host(one), deque()).append(one)
        self._free = deque(self._queues)
        self._not_before = dict.fromkeys(self._queues, 0.0)

    def take(self, ending: threading.Event) -> Wanted | None:
        """The next source whose host is free, as soon as there is one; None where all
        were taken, or all is to stop.
        """
        with self._changed:
            while self._queues and not ending.is_set():
                host = self._next_host()
                if host is not None:
                    return self._queues[host].popleft()
                self._changed.wait(_LOOK_AGAIN)
        return None

    def _next_host(self) -> str | None:
        moment = time.monotonic()
        for host in self._free:
            if self._not_before[host] <= moment:
                self._free.remove(host)
                return host
        return None

    def done(self, one: Wanted) -> None:
        """The source has ended: its host is free."""
        host = _host(one)
        with self._changed:
            if self._queues[host]:
                self._free.append(host)
            else:
                del self._queues[host]
            self._changed.notify_all()

    def put_back(self, one: Wanted) -> None:
        """Another process is at its host: it comes later."""
        host = _host(one)
        with self._changed:
            self._queues[host].append(one)
            self._not_before[host] = time.monotonic() + AGAIN_AFTER
            self._free.append(host)


def _host(one: Wanted) -> str:
    """The host of a source; one without a host waits for nobody."""
    return one.host or f"#{one.id}"
