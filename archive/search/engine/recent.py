"""What was used last, kept in memory up to a limit."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

T = TypeVar("T")


class Recent(Generic[T]):
    """Things by key, those not used for the longest time dropped first.

    Threads may share it.
    """

    def __init__(self, limit: int, size: Callable[[T], int]) -> None:
        """`limit` bounds the sum of the sizes."""
        self._limit = limit
        self._size = size
        self._used = 0
        self._kept: OrderedDict[Hashable, T] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> T | None:
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)  # the first is the next to be dropped
            return found

    def keep(self, key: Hashable, thing: T) -> None:
        with self._lock:
            replaced = self._kept.pop(key, None)
            if replaced is not None:
                self._used -= self._size(replaced)
            self._kept[key] = thing
            self._used += self._size(thing)
            # What is larger than the limit by itself is dropped at once, too.
            while self._used > self._limit:
                _, dropped = self._kept.popitem(last=False)
                self._used -= self._size(dropped)

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()
            self._used = 0
