"""A portal that notes when each request began and ended."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from itertools import pairwise
from typing import NamedTuple

from tests.scrapers.stub import Stub, answer


class Asked(NamedTuple):
    """One request, in seconds of the clock of the machine."""

    begun: float
    ended: float


class Logged(Stub):
    """Answers everything with a page, after `takes` seconds."""

    def __init__(self, takes: float = 0.0) -> None:
        super().__init__()
        self.takes = takes
        self.log: list[Asked] = []
        self._lock = threading.Lock()
        self.routes = _Everything(self._page)  # type: ignore[assignment]

    def _page(self, handler: BaseHTTPRequestHandler) -> None:
        begun = time.monotonic()
        time.sleep(self.takes)
        ended = time.monotonic()
        with self._lock:
            self.log.append(Asked(begun, ended))
        status = 404 if handler.path == "/robots.txt" else 200
        answer(status, b"x")(handler)

    @property
    def gaps(self) -> list[float]:
        """Seconds from the end of each request to the beginning of the next; below 0
        for two at once.
        """
        log = sorted(self.log)
        return [after.begun - before.ended for before, after in pairwise(log)]


class _Everything(dict[str, Callable[[BaseHTTPRequestHandler], None]]):
    """The same answer at each address."""

    def __init__(self, route: Callable[[BaseHTTPRequestHandler], None]) -> None:
        super().__init__()
        self._route = route

    def get(self, *_: object) -> Callable[[BaseHTTPRequestHandler], None]:  # type: ignore[override]
        return self._route
