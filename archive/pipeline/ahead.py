"""Reading on several processes, ahead of the one that files.

Reading takes most of the time, and each original is read alone; filing is one writer's.
So while a batch is filed the next one is being read.
"""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue
from typing import Self, TypeVar

from archive.captures import DamagedOriginal
from archive.catalogue import OriginalState
from archive.interpreting import Interpreter, Whole
from archive.pipeline.originals import NotFiled, fileable
from archive.reading import File, Unreadable
from archive.regions import prepare

Item = TypeVar("Item")
Result = Whole | NotFiled
Files = Callable[[], Sequence[File]]
"""Opens the files of a report; called where it is read, so that few are in memory."""


AHEAD = 2
"""Batches that are being read while one is filed."""


def cores() -> int:
    """How many processes read where nobody says how many."""
    return len(os.sched_getaffinity(0))


class Ahead:
    """So many children that read at once. A context manager.

    Made before anything is connected: its children are forked, and have at once what
    this process has loaded, and the names of all places.
    """

    def __init__(self, processes: int) -> None:
        self._interpreters = [Interpreter() for _ in range(processes)]
        self._free: SimpleQueue[Interpreter] = SimpleQueue()
        self._pool = ThreadPoolExecutor(processes, "reading")

    def __enter__(self) -> Self:
        is_forked = threading.active_count() == 1
        if is_forked:
            # Whoever counts and indexes beside them needs the same.
            prepare()
        for interpreter in self._interpreters:
            interpreter.start(forked=is_forked)
            self._free.put(interpreter)
        return self

    def __exit__(self, *_: object) -> None:
        # First no new ones, then the children: a reader may take minutes.
        self._pool.shutdown(wait=False, cancel_futures=True)
        for interpreter in self._interpreters:
            interpreter.close()
        self._pool.shutdown()

    def read(
        self, batches: Iterable[tuple[Item, Sequence[Files]]]
    ) -> Iterator[tuple[Item, list[Result]]]:
        """Each batch with what was read in its files, in order.

        The next ones are asked for, and begun, before one is given out: reading goes on
        while a batch takes long to file.
        """
        waiting: deque[tuple[Item, list[Future[Result]]]] = deque()
        for item, wanted in batches:
            begun = [self._pool.submit(self._read, files) for files in wanted]
            waiting.append((item, begun))
            if len(waiting) > AHEAD:
                yield _ended(waiting.popleft())
        while waiting:
            yield _ended(waiting.popleft())

    def _read(self, files: Files) -> Result:
        interpreter = self._free.get()
        try:
            return fileable(interpreter.together(files()))
        except NotFiled as trouble:
            return trouble
        except (Unreadable, DamagedOriginal) as trouble:
            return NotFiled(OriginalState.UNREADABLE, str(trouble))
        finally:
            self._free.put(interpreter)


def _ended(
    batch: tuple[Item, list[Future[Result]]],
) -> tuple[Item, list[Result]]:
    item, futures = batch
    return item, [future.result() for future in futures]
