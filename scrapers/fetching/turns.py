"""Turns: one request at a time to each host, and a pause between two.

Nobody holds the turns of two hosts: a redirect gives the first one back before it asks
for the next. So nobody waits for somebody who waits for him.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol

from scrapers.fetching.standing import Standing, Turn
from scrapers.source import Unreachable

LONGEST_WAIT = 900.0
"""Seconds that somebody waits for others who ask the same host."""
STEP = 0.01
"""Seconds between two looks whether one is the next."""
_SHORTEST = 1e-6
"""Seconds; less is what counting in fractions leaves over."""

Sleep = Callable[[float], None]


class Turns(Protocol):
    """Who may ask which host when, over everybody who shares it."""

    def turn(
        self, host: str, pause: float, sleep: Sleep
    ) -> AbstractContextManager[Turn]:
        """Held while the one request is under way.

        `host` as `host_key` tells hosts apart; `pause` the least number of seconds
        since the end of the last request; waits by `sleep`, which may raise. Raises
        Unreachable, at once where the host is closed.
        """


class Patience:
    """How long one waits for one's turn."""

    def __init__(
        self,
        host: str,
        sleep: Sleep,
        clock: Callable[[], float] = time.monotonic,
        most: float = LONGEST_WAIT,
    ) -> None:
        self._host = host
        self._sleep = sleep
        self._clock = clock
        self._until = clock() + most
        self._most = most

    def wait(self, seconds: float) -> None:
        """Waits. Raises Unreachable when it has waited long enough."""
        if self._clock() >= self._until:
            minutes = self._most / 60
            raise Unreachable(
                f"网站 {self._host} 正由其他任务访问，等候已超过 {minutes:g} 分钟，"
                "稍后自动重试。",
                not_asked=True,
            )
        self._sleep(seconds)


class Lines:
    """Those of this process who want to ask a host, in the order in which they came."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: dict[str, deque[object]] = {}

    @contextmanager
    def at_front(self, host: str, patience: Patience) -> Iterator[None]:
        """Waits until all who came before are done. Raises Unreachable."""
        me = object()
        with self._lock:
            line = self._waiting.setdefault(host, deque())
            line.append(me)
        try:
            while line[0] is not me:
                patience.wait(STEP)
            yield
        finally:
            with self._lock:
                line.remove(me)
                if not line:
                    del self._waiting[host]


@dataclass
class _Known:
    """A host in memory."""

    standing: Standing = field(default_factory=Standing)
    ended: float | None = None
    """When the last request ended, by the clock."""
    wait: float = 0.0
    """Seconds since then for which it wants to be left alone."""

    def free_in(self, pause: float, now: float) -> float:
        """Seconds until it may be asked."""
        if self.ended is None:
            return 0.0
        longest = max(pause, self.standing.pause, self.wait)
        return self.ended + longest - now


def _calendar() -> datetime:
    return datetime.now(UTC)


class InMemory:
    """Turns of this process alone, safe for threads."""

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        calendar: Callable[[], datetime] = _calendar,
    ) -> None:
        """`clock` measures pauses, `calendar` (aware) how long a host is closed."""
        self._clock = clock
        self._calendar = calendar
        self._lines = Lines()
        self._hosts: dict[str, _Known] = {}

    def standing(self, host: str) -> Standing:
        """How a host stands now."""
        return self._hosts.get(host, _Known()).standing

    @contextmanager
    def turn(self, host: str, pause: float, sleep: Sleep) -> Iterator[Turn]:
        """As in `Turns`."""
        patience = Patience(host, sleep, self._clock)
        with self._lines.at_front(host, patience):
            known = self._hosts.setdefault(host, _Known())
            known.standing.require_open(host, self._calendar())
            while (left := known.free_in(pause, self._clock())) > _SHORTEST:
                patience.wait(left)
            begun = self._clock()
            turn = Turn()
            try:
                yield turn
            finally:
                known.ended = self._clock()
                known.wait = turn.in_place
                seconds = known.ended - begun
                now = self._calendar()
                known.standing = known.standing.after(turn, pause, seconds, now)


IN_MEMORY = InMemory()
"""Shared by all fetchers of this process that are given no other turns."""
