"""How a host stands with us: how long it is left alone between two requests, and
whether it is asked at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

from archive.catalogue import CHINA
from scrapers.source import Unreachable

SLOWNESS = 2.0
"""The pause is at least so many times what an answer takes: two thirds of the time and
more are left to others.
"""
SLOW = 0.5
"""Seconds; a host that answers sooner is not slow."""
NEWS = 0.3
"""How much of the smoothed answer time is the latest answer's."""
LONGEST_PAUSE = 60.0
"""Seconds to which a pause grows by itself."""
RECOVERY = 0.8
"""By so much a pause shrinks with each good answer."""
FAILURES = 5
"""Failures in a row that close a host."""
CLOSED_FOR = (
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=12),
    timedelta(days=1),
)
"""How long, and how long each time when a single try afterwards was in vain."""
LONGEST_CLOSED = timedelta(days=7)
"""A host that wants to be left alone for longer is tried again after so long."""
LONGEST_RETRY_AFTER = 120.0
"""Seconds of a Retry-After that are waited for in place."""
_BUSY = frozenset((408, 425, 429))
_OVERLOADED = frozenset((429, 503))


class Went(Enum):
    """What came of a request."""

    UNTOLD = auto()
    """Nothing that says anything of the host, such as an interruption of ours."""
    ANSWERED = auto()
    BUSY = auto()
    """An answer, and the wish to be asked later."""
    BROKEN = auto()
    """5xx."""
    SILENT = auto()
    """No answer: a time out, a refusal to connect, an unknown name."""


@dataclass
class Turn:
    """The right to ask a host once. Whoever has it tells what came of it."""

    went: Went = Went.UNTOLD
    is_trouble: bool = False
    """Whether the host has more to do than it can: 429, 503, a time out."""
    is_last: bool = True
    """Whether the address is given up; one broken page is no broken host."""
    wait: float = 0.0
    """Seconds for which the host asked to be left alone."""

    @property
    def in_place(self) -> float:
        """Seconds of that which are waited for; a host that asks for more is closed."""
        return self.wait if self.wait <= LONGEST_RETRY_AFTER else 0.0

    def answered(self, status: int, wait: float, is_last: bool) -> None:
        """`wait` is what Retry-After said, 0 for nothing."""
        self.went = _went(status)
        self.is_trouble = status in _OVERLOADED
        self.wait, self.is_last = wait, is_last

    def unanswered(self, is_late: bool) -> None:
        """No whole answer; `is_late`: it did not come in time."""
        self.went, self.is_trouble = Went.SILENT, is_late

    def broke_off(self, is_late: bool, is_last: bool) -> None:
        """An answer that had begun and did not come whole."""
        self.went, self.is_trouble, self.is_last = Went.BROKEN, is_late, is_last


def _went(status: int) -> Went:
    # 521 is the answer of a bot filter (加速乐), not a failure of the server.
    if status >= 500 and status != 521:
        return Went.BROKEN
    return Went.BUSY if status in _BUSY else Went.ANSWERED


@dataclass(frozen=True, slots=True)
class Standing:
    """What is remembered of a host between two requests."""

    pause: float = 0.0
    """Seconds between the end of a request and the beginning of the next, where that
    has grown beyond what settings and robots.txt say; else less.
    """
    seconds: float = 0.0
    """What an answer takes, smoothed; 0 where none has come yet."""
    failures: int = 0
    """In a row."""
    closed_until: datetime | None = None
    """By the calendar; it may have passed."""
    told: str = ""
    """Why it is or was closed, in Chinese."""

    def require_open(self, host: str, now: datetime) -> None:
        """Raises Unreachable for a host that is closed at this moment."""
        until = self.closed_until
        if until is None or until <= now:
            return
        moment = f"{until.astimezone(CHINA):%Y-%m-%d %H:%M}"
        raise Unreachable(
            f"网站 {host} {self.told}，在北京时间 {moment} 之前不再访问，"
            "届时自动重试。",
            not_asked=True,
        )

    def after(
        self, turn: Turn, wanted: float, seconds: float, now: datetime
    ) -> Standing:
        """How it stands after a request that took so many seconds; `wanted` is the
        pause by the settings and robots.txt, `now` the calendar.
        """
        smoothed = self._smoothed(turn, seconds)
        failures = self._failures(turn)
        closed_until, told = self._closed(turn, failures, now)
        pause = self._next_pause(turn, wanted, smoothed)
        return Standing(pause, smoothed, failures, closed_until, told)

    def _smoothed(self, turn: Turn, seconds: float) -> float:
        if turn.went not in {Went.ANSWERED, Went.BUSY}:
            return self.seconds
        if not self.seconds:
            return seconds
        return self.seconds + NEWS * (seconds - self.seconds)

    def _next_pause(self, turn: Turn, wanted: float, smoothed: float) -> float:
        by_slowness = SLOWNESS * smoothed if smoothed > SLOW else 0.0
        least = max(wanted, by_slowness)
        if turn.is_trouble:
            return min(2 * max(least, self.pause), LONGEST_PAUSE)
        pause = self.pause
        if turn.went is Went.ANSWERED:
            pause *= RECOVERY
        grown = pause if pause > least else by_slowness
        return min(grown, LONGEST_PAUSE)

    def _failures(self, turn: Turn) -> int:
        if turn.went in {Went.ANSWERED, Went.BUSY}:
            return 0
        # After it was closed the first failure says enough.
        is_on_trial = self.failures >= FAILURES
        counts = turn.went is Went.SILENT or turn.is_last or is_on_trial
        if turn.went is Went.UNTOLD or not counts:
            return self.failures
        return self.failures + 1

    def _closed(
        self, turn: Turn, failures: int, now: datetime
    ) -> tuple[datetime | None, str]:
        """Until when it is closed now, and why."""
        if turn.wait > LONGEST_RETRY_AFTER:
            return now + _bounded(turn.wait), "要求暂停访问"
        if failures < FAILURES:
            return None, ""
        if failures == self.failures:
            return self.closed_until, self.told
        step = min(failures - FAILURES, len(CLOSED_FOR) - 1)
        return now + CLOSED_FOR[step], f"连续 {failures} 次没有正常应答"


def _bounded(seconds: float) -> timedelta:
    return timedelta(seconds=min(seconds, LONGEST_CLOSED.total_seconds()))
