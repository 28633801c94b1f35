"""What every step of the WAY works with, opened together."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from archive.captures import Captures
from archive.interpreting import Interpreter
from archive.search import Index
from archive.store import Store, index_entries, runs
from config import Settings


class Stopped(BaseException):
    """Who works was told to stop: between two steps, so that nothing is half done.

    No Exception: whoever goes on after a mistake must not go on after this.
    """


@dataclass
class Archive:
    """Database, originals, index, and the child process that reads.

    A context manager, opened once per process that writes. Not for several threads: the
    child process answers one question at a time (`archive.jobs` opens one a thread).
    """

    settings: Settings
    clock: Callable[[], datetime] = runs.now
    """The calendar, aware and in UTC: what is due when. Pauses, leases and signs of
    life go by the real time.
    """
    ending: threading.Event = field(default_factory=threading.Event)
    """Set when whoever works with it is to stop."""
    store: Store = field(init=False)
    captures: Captures = field(init=False)
    index: Index = field(init=False)
    interpreter: Interpreter = field(init=False)

    # Nothing connects, reads or starts before it is used.
    def __post_init__(self) -> None:
        self.store = Store(self.settings.database_url, may_make=False)
        self.captures = Captures(self.settings.originals)
        self.index = Index(
            self.settings.index,
            index_entries.texts_of(self.store),
            self.settings.search_memory,
        )
        self.interpreter = Interpreter()

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def require_time(self) -> None:
        """Raises Stopped when it is time to stop."""
        if self.ending.is_set():
            raise Stopped

    def sleep(self, seconds: float) -> None:
        """Waits between two requests. Raises Stopped as soon as it is time to stop."""
        if self.ending.wait(seconds):
            raise Stopped

    def close(self) -> None:
        self.interpreter.close()
        self.index.close()
        self.store.close()
