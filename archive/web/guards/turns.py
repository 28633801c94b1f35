"""How many dear answers a process gives at once, and how long each may take.

An export goes on for as long as there are rows: without this, a handful of strangers
would have all threads.
"""

from __future__ import annotations

import threading
import time
from types import TracebackType

from werkzeug.exceptions import ServiceUnavailable


class TooLong(Exception):
    """An answer that has begun takes longer than it may: it is broken off, so that the
    visitor's program notices, and nobody takes a part for the whole.
    """


class Turn:
    """The right to give one dear answer; given back once, by whoever comes first."""

    def __init__(self, free: threading.Semaphore, seconds: float) -> None:
        self._free = free
        self._until = time.monotonic() + seconds
        self._given_back = threading.Lock()

    def check(self) -> None:
        """Raises TooLong when the time is over."""
        if time.monotonic() > self._until:
            raise TooLong

    def end(self) -> None:
        """Gives it back. May be called again."""
        if self._given_back.acquire(blocking=False):
            self._free.release()

    def __enter__(self) -> Turn:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        self.end()


class Turns:
    """So many dear answers at once in this process, each of so many seconds."""

    def __init__(self, most: int, seconds: float, words: str) -> None:
        self._free = threading.BoundedSemaphore(most)
        self._seconds = seconds
        self._words = words

    def take(self, words: str = "") -> Turn:
        """A turn. Raises ServiceUnavailable, in these words or our usual ones, when all
        are taken.
        """
        if not self._free.acquire(blocking=False):
            raise ServiceUnavailable(words or self._words, retry_after=_AGAIN)
        return Turn(self._free, self._seconds)


_AGAIN = 20
"""Seconds after which to ask again."""
EXPORTS = Turns(
    2, 600, "正在生成的导出文件较多，请稍等半分钟再下载；页面上的查询不受影响。"
)
"""Exports of lists, and large tables: a process has four threads, two of which stay for
the pages.
"""
