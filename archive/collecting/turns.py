"""Turns in the database: one request at a time to a host, over all threads, workers and
machines of this archive.
"""

from __future__ import annotations

import os
import socket
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from datetime import datetime
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from archive.store import Session, Store, hosts
from scrapers import Lines, Patience, Sleep, Standing, Turn

Result = TypeVar("Result")

_LINES = Lines()
"""Threads of this process wait in memory: the first of them asks the database."""
_WRITING = threading.Lock()
"""SQLite lets one write at a time, and those who wait for it look only now and then."""
_MAKES_PLACE = ("/proc/sys/kernel/random/boot_id", "/proc/self/ns/pid")


class InDatabase:
    """The turns of all who share a database; `calendar` says how long a host is closed.

    See `scrapers.Turns`.
    """

    def __init__(self, store: Store, calendar: Callable[[], datetime]) -> None:
        self._store = store
        self._calendar = calendar
        self._is_sqlite = store.engine.dialect.name == "sqlite"

    @contextmanager
    def turn(self, host: str, pause: float, sleep: Sleep) -> Iterator[Turn]:
        """As in `scrapers.Turns`."""
        patience = Patience(host, sleep)
        with _LINES.at_front(host, patience):
            holder = f"{_place()} {os.getpid()} {uuid.uuid4().hex[:12]}"
            standing = self._take(host, holder, pause, patience)
            begun = time.monotonic()
            turn = Turn()
            try:
                yield turn
            finally:
                seconds = time.monotonic() - begun
                after = standing.after(turn, pause, seconds, self._calendar())
                rest = max(pause, after.pause, turn.in_place)
                self._give_back(host, holder, after, rest)

    def _take(
        self, host: str, holder: str, pause: float, patience: Patience
    ) -> Standing:
        """How the host stands, once the turn is ours. Raises Unreachable."""
        while True:
            now = self._calendar()
            take = partial(
                hosts.take, name=host, holder=holder, pause=pause, calendar=now
            )
            found = self._write(take)
            if isinstance(found, hosts.Manner):
                standing = _standing(found)
                standing.require_open(host, now)
                return standing
            if found.held_by and _is_over(found.held_by):
                self._write(partial(hosts.free, name=host, holder=found.held_by))
            elif found.seconds > 0:
                patience.wait(found.seconds)

    def _give_back(self, host: str, holder: str, after: Standing, rest: float) -> None:
        manner = hosts.Manner(
            after.pause, after.seconds, after.failures, after.closed_until, after.told
        )
        self._write(
            partial(hosts.give_back, name=host, holder=holder, manner=manner, rest=rest)
        )

    def _write(self, work: Callable[[Session], Result]) -> Result:
        """A transaction that begins with writing: it can't collide with another."""
        alone = _WRITING if self._is_sqlite else nullcontext()
        with alone, self._store.session() as session:
            return work(session)


def _standing(manner: hosts.Manner) -> Standing:
    return Standing(
        manner.pause,
        manner.answer_seconds,
        manner.failures,
        manner.closed_until,
        manner.told,
    )


@cache
def _place() -> str:
    """Where the numbers of processes are those that we see: a machine since it was
    started, or a container of it.
    """
    boot, numbers = _MAKES_PLACE
    told = socket.gethostname()
    with suppress(OSError):
        told += Path(boot).read_text() + str(Path(numbers).readlink())
    return f"{socket.gethostname()[:60]}/{sha256(told.encode()).hexdigest()[:12]}"


def _is_over(holder: str) -> bool:
    """Whether a holder was a process of this place that is no more, or this one, which
    could not give its turn back: of its threads one alone comes this far.

    Of another place nobody knows: its lease ends.
    """
    place, _, rest = holder.partition(" ")
    number = rest.partition(" ")[0]
    if place != _place() or not number.isdecimal():
        return False
    if int(number) == os.getpid():
        return True
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False
