"""What every step of the WAY works with, opened together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from archive.captures import Captures
from archive.interpreting import Interpreter
from archive.search import Index
from archive.store import Store, index_entries, runs
from config import Settings


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

    def close(self) -> None:
        self.interpreter.close()
        self.index.close()
        self.store.close()
