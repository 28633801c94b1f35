"""What a page may take of the machine, and the end of a browser that takes more.

A script that runs for ever answers nobody, not even who wants to close its page. So the
bounds are held from outside, by a thread that ends the browser.
"""

from __future__ import annotations

import contextlib
import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Self

_STEP = 0.1
_LOOK_AT_MEMORY = 5
"""Steps from one look to the next."""
_PROCESSES = Path("/proc")
_PAGE = os.sysconf("SC_PAGE_SIZE")
# Fields of /proc/PID/stat after the name, which may hold blanks and brackets.
_PARENT, _GROUP, _RESIDENT = 1, 2, 21
_NOTICED = 5.0
"""Seconds in which the driver must have seen that its browser has ended."""


class Watch:
    """Ends a browser whose page takes more than `seconds` or `memory` bytes.

    The time in which the browser waits for us (`waiting`) is not the page's. A context
    manager; `why` is `time` or `memory` once the browser was ended, else empty. A
    driver that goes on waiting for a browser that has ended is ended too: whoever
    asked it would wait for ever.
    """

    def __init__(self, process: int, seconds: float, memory: int) -> None:
        self.why = ""
        self._process = process
        self._driver = driver_of(process)
        self._seconds = seconds
        self._memory = memory
        self._taken = 0.0
        self._waits = False
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    @property
    def taken(self) -> float:
        """Seconds that the page has had for itself."""
        return self._taken

    @contextlib.contextmanager
    def waiting(self) -> Iterator[None]:
        """The browser waits for us."""
        self._waits = True
        try:
            yield
        finally:
            self._waits = False

    def _run(self) -> None:
        before = time.monotonic()
        step = 0
        while not self._over.wait(_STEP):
            now = time.monotonic()
            if not self._waits:
                self._taken += now - before
            before = now
            step += 1
            self.why = self._excess(step)
            if self.why:
                end(self._process)
                self._end_driver()
                return

    def _end_driver(self) -> None:
        if self._driver and not self._over.wait(_NOTICED):
            with contextlib.suppress(OSError):
                os.kill(self._driver, signal.SIGKILL)

    def _excess(self, step: int) -> str:
        """What the page has taken too much of, if anything."""
        if self._taken > self._seconds:
            return "time"
        if step % _LOOK_AT_MEMORY:
            return ""
        return "memory" if largest_of(self._process) > self._memory else ""


def end(process: int) -> None:
    """Ends a browser with all its processes; nothing where it has ended already."""
    with contextlib.suppress(OSError):
        # The driver gives a browser a group of its own; ours is not to be ended.
        group = os.getpgid(process)
        if group == os.getpgrp():
            os.kill(process, signal.SIGKILL)
        else:
            os.killpg(group, signal.SIGKILL)


def driver_of(process: int) -> int:
    """The process that started a browser, itself a child of ours; 0 where there is none
    or the system does not tell.
    """
    with contextlib.suppress(OSError, ValueError, IndexError):
        driver = int(_fields(_PROCESSES / str(process) / "stat")[_PARENT])
        ours = int(_fields(_PROCESSES / str(driver) / "stat")[_PARENT])
        return driver if ours == os.getpid() else 0
    return 0


def largest_of(process: int) -> int:
    """Bytes of memory that the largest process in a browser's group has.

    0 where the system does not tell, as without /proc.
    """
    largest = 0
    for stat in _PROCESSES.glob("[0-9]*/stat"):
        # Processes end while they are being looked at.
        with contextlib.suppress(OSError, ValueError, IndexError):
            fields = _fields(stat)
            if int(fields[_GROUP]) == process:
                largest = max(largest, int(fields[_RESIDENT]) * _PAGE)
    return largest


def _fields(stat: Path) -> list[str]:
    """What the system tells of a process, behind its name. Raises OSError."""
    return stat.read_text("utf-8", "replace").rpartition(")")[2].split()
