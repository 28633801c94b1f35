"""Which page is made next: one after the other, as threads of a process share a core.

Four pages made at once are all ready when the last of them would be; made one after the
other, three of them are ready earlier and none later.
"""

from __future__ import annotations

import time
from typing import Any

from waitress.task import ThreadedTaskDispatcher

PATIENCE = 0.05
"""Seconds a page may take before the next one is made beside it: it may wait for the
database, or be an export of minutes.
"""


class Turns(ThreadedTaskDispatcher):  # type: ignore[misc]
    """Threads of which one makes pages, and the others go on when that one is slow."""

    def __init__(self, patience: float = PATIENCE) -> None:
        super().__init__()
        self._patience = patience
        self._turn: Any = None
        """The request whose turn it is."""
        self._lost_at = 0.0
        """When it loses its turn. Of `time.monotonic`."""

    def add_task(self, task: Any) -> None:
        """Puts a request at the end of the line."""
        with self.lock:
            self.queue.append(task)
            self.queue_cv.notify()

    def handler_thread(self, thread_no: int) -> None:
        """What each thread does: requests, until it is told to stop."""
        while (task := self._next()) is not None:
            try:
                task.service()
            except BaseException:
                self.logger.exception("Exception when servicing %r", task)
            with self.lock:
                if self._turn is task:
                    self._turn = None
        with self.lock:
            self.stop_count -= 1
            self.threads.discard(thread_no)
            self.thread_exit_cv.notify()

    def _next(self) -> Any:
        """The request at the head of the line, when it is its turn; None at the end."""
        with self.lock:
            while not self.stop_count:
                left = self._lost_at - time.monotonic() if self._turn else 0.0
                if self.queue and left <= 0:
                    return self._begun()
                self.queue_cv.wait(left if self.queue else None)
        return None

    def _begun(self) -> Any:
        self._turn = self.queue.popleft()
        self._lost_at = time.monotonic() + self._patience
        if self.queue:
            # Somebody has to see that this one becomes slow.
            self.queue_cv.notify()
        return self._turn
