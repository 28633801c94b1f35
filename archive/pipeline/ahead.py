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
from archive.reading import RECOGNISED, File, Unreadable, sniff
from archive.regions import prepare

Item = TypeVar("Item")
Result = Whole | NotFiled
Files = Callable[[], Sequence[File]]
"""Opens the files of a report; called where it is read, so that few are in memory."""


TOGETHER, SMALL = 5, 200_000
"""Reports that a child is asked for at once; bytes of such a one."""
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
        waiting: deque[tuple[Item, list[Future[list[Result]]]]] = deque()
        for item, wanted in batches:
            size = max(1, min(TOGETHER, len(wanted) // len(self._interpreters)))
            parts = (wanted[at : at + size] for at in range(0, len(wanted), size))
            begun = [self._pool.submit(self._read, part) for part in parts]
            waiting.append((item, begun))
            if len(waiting) > AHEAD:
                yield _ended(waiting.popleft())
        while waiting:
            yield _ended(waiting.popleft())

    def _read(self, wanted: Sequence[Files]) -> list[Result]:
        """What is in some reports, in their order; the small ones are read together."""
        found: dict[int, Result] = {}
        small: dict[int, Sequence[File]] = {}
        interpreter = self._free.get()
        try:
            for at, files in enumerate(wanted):
                try:
                    opened = files()
                except DamagedOriginal as trouble:
                    found[at] = NotFiled(OriginalState.UNREADABLE, str(trouble))
                    continue
                if _is_small(opened):
                    small[at] = opened
                else:
                    found[at] = _result(*interpreter.each([opened]))
            answers = interpreter.each(list(small.values()))
            found |= zip(small, map(_result, answers), strict=True)
        finally:
            self._free.put(interpreter)
        return [found[at] for at in range(len(wanted))]


def _is_small(files: Sequence[File]) -> bool:
    """Whether reading them takes hundredths of a second: no large file, no scan."""
    size = sum(len(one.body) for one in files)
    return size <= SMALL and not any(sniff(one.body) in RECOGNISED for one in files)


def _result(answer: Whole | Unreadable) -> Result:
    """What a child said of a report, if it can be filed; or why not."""
    if isinstance(answer, Unreadable):
        return NotFiled(OriginalState.UNREADABLE, str(answer))
    try:
        return fileable(answer)
    except NotFiled as trouble:
        return trouble


def _ended(
    batch: tuple[Item, list[Future[list[Result]]]],
) -> tuple[Item, list[Result]]:
    item, futures = batch
    return item, [one for future in futures for one in future.result()]
