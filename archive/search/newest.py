"""The newest state of the index, opened once for all threads of a process."""

from __future__ import annotations

import threading
import time
from pathlib import Path

from archive.search.engine import BROKEN, Cache, Folder, Snapshot, generation
from archive.search.errors import Damaged

_ATTEMPTS = 20
_SETTLED = 3_000_000_000
"""Nanoseconds after which a time of change is trusted to change again with the next:
some file systems count in steps of two seconds.
"""


class Newest:
    """Keeps what was opened last until another process or thread has committed."""

    def __init__(self, folder: Folder, cache: Cache) -> None:
        self._folder = folder
        self._cache = cache
        self._lock = threading.Lock()
        self._nothing = Snapshot([], [], cache)
        self._snapshot = self._nothing
        self._seen: tuple[Path, int] | None = None
        """Which generation of which index that is."""
        self._quiet: tuple[Path, tuple[int, ...], Snapshot] | None = None
        """An index whose files have not changed for a while, and their times of change
        then: as long as these stay, nothing else need be looked at.
        """

    def snapshot(self) -> Snapshot:
        """The newest generation; a look at two times of change when there is none.

        Raises Damaged or Outdated when the index in service can't be used.
        """
        quiet = self._quiet
        if quiet and quiet[1] == self._folder.changed(quiet[0]):
            return quiet[2]
        for attempt in range(_ATTEMPTS):
            path = self._folder.current()
            try:
                return self._open(path)
            except FileNotFoundError:
                # A writer has just removed what it replaced, or a file is lost.
                time.sleep(0.005 * attempt)
            except Damaged:
                if path == self._folder.current():  # else it was being removed
                    raise
        raise Damaged(BROKEN)

    def state(self) -> tuple[Path, int] | None:
        """Which generation of which index is in service; None where there is none.

        Raises as `snapshot`.
        """
        self.snapshot()
        return self._seen

    def read(self, path: Path) -> Snapshot:
        """The newest generation of an index that is being written, whether or not it is
        the one in service. Raises Damaged.
        """
        with self._lock:
            known, seen = self._snapshot, self._seen
        number = generation(path)
        if (path, number) == seen:
            return known
        try:
            return Snapshot.read(path, number, self._cache, known)
        except FileNotFoundError as error:
            raise Damaged(BROKEN) from error

    def close(self) -> None:
        """Let go of files and memory."""
        with self._lock:
            self._seen = self._quiet = None
            self._cache.clear()
            self._snapshot = self._nothing

    def _open(self, path: Path | None) -> Snapshot:
        changed = self._folder.changed(path) if path else ()
        is_settled = changed and max(changed) < time.time_ns() - _SETTLED
        with self._lock:
            self._quiet = None
            if path is None:
                self._seen, self._snapshot = None, self._nothing
                return self._snapshot
            self._open_generation(path, generation(path))
            if is_settled:
                self._quiet = path, changed, self._snapshot
            return self._snapshot

    def _open_generation(self, path: Path, number: int) -> None:
        if (path, number) == self._seen:
            return
        self._folder.check(path)
        if number < 0:
            raise Damaged(BROKEN)
        self._snapshot = Snapshot.read(path, number, self._cache, self._snapshot)
        self._seen = path, number
