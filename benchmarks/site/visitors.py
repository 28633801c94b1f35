"""Those who ask a server: eight at once, or one alone."""

from __future__ import annotations

import http.client
import random
import statistics
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from benchmarks.site.pages import KINDS, Kind, Wish
from benchmarks.site.serving import HOST, Served

AT_ONCE = 8
BROWSER = "gzip, deflate, br, zstd"
"""What browsers say they understand."""
ON_A_CONNECTION = 25
"""Pages a visitor asks for over the same one."""
Chosen = Callable[[Kind, Wish], str]
"""The address that a kind of page has on the server that is asked."""


@dataclass
class Answers:
    """What was answered, by kind of page."""

    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    """Milliseconds, the whole body read."""
    sizes: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    """Bytes of the bodies as sent."""
    refused: Counter[str] = field(default_factory=Counter)
    """Answers that were no page: `kind: 429`."""

    def all_times(self) -> list[float]:
        return [one for found in self.times.values() for one in found]

    def add(self, other: Answers) -> None:
        for kind, times in other.times.items():
            self.times[kind] += times
            self.sizes[kind] += other.sizes[kind]
        self.refused += other.refused


class Visitor:
    """One who asks, over a connection that is kept for a while.

    With each connection comes another address (all of 127.0.0.0/8 is this machine):
    exports are limited by address.
    """

    def __init__(self, server: Served, number: int) -> None:
        self._port = server.port
        self._number = number
        self._asked = 0
        self._connection = self._connected()

    def _connected(self) -> http.client.HTTPConnection:
        turn = self._asked // ON_A_CONNECTION % 250
        address = f"127.1.{turn}.{self._number + 1}"
        return http.client.HTTPConnection(
            HOST, self._port, timeout=300, source_address=(address, 0)
        )

    def __enter__(self) -> Visitor:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def ask(self, path: str, encoding: str = BROWSER) -> tuple[int, bytes]:
        """Status and body, as sent."""
        headers = {"Accept-Encoding": encoding, "User-Agent": "bench"}
        self._asked += 1
        if not self._asked % ON_A_CONNECTION:
            self._connection.close()
            self._connection = self._connected()
        try:
            return self._ask(path, headers)
        except ConnectionError:
            # the server has closed a connection that was idle, as any may
            self._connection.close()
            return self._ask(path, headers)

    def _ask(self, path: str, headers: dict[str, str]) -> tuple[int, bytes]:
        self._connection.request("GET", path, headers=headers)
        answer = self._connection.getresponse()
        return answer.status, answer.read()


@dataclass(frozen=True)
class Mixed:
    """What eight visitors got of a server."""

    answers: Answers
    seconds: float
    used: float
    """Processor seconds of the server, its database's with them."""
    of_database: float
    resident: int
    shared_once: int


def mix(
    server: Served, kinds: Sequence[Kind], chosen: Chosen, size: int, pages: int
) -> Mixed:
    """Eight visitors who ask for so many pages each, after some that do not count."""

    def visit(number: int) -> Answers:
        dice, answers = random.Random(f"visitor {number}"), Answers()
        shares = [kind.share for kind in kinds]
        with Visitor(server, number) as visitor:
            for _ in range(counted):
                kind = dice.choices(kinds, shares)[0]
                path = chosen(kind, kind.wish(dice, size))
                _noted(visitor, kind, path, answers)
        return answers

    with ThreadPoolExecutor(AT_ONCE) as pool:
        counted = max(pages // 10, 2)
        list(pool.map(visit, range(AT_ONCE, 2 * AT_ONCE)))
        counted = pages
        used, database = server.used(), server.database_used()
        started, answers = time.perf_counter(), Answers()
        for found in pool.map(visit, range(AT_ONCE)):
            answers.add(found)
        seconds = time.perf_counter() - started
        used, database = server.used() - used, server.database_used() - database
    return Mixed(answers, seconds, used, database, *server.memory())


def _noted(visitor: Visitor, kind: Kind, path: str, answers: Answers) -> None:
    started = time.perf_counter()
    status, body = visitor.ask(path)
    took = (time.perf_counter() - started) * 1000
    if status != 200:
        answers.refused[f"{kind.name}: {status}"] += 1
        return
    answers.times[kind.name].append(took)
    answers.sizes[kind.name].append(len(body))


@dataclass(frozen=True)
class Alone:
    """A kind of page asked by one visitor, nobody else there. Means of the pages."""

    used: float
    """Processor milliseconds of the server, its database's with them."""
    of_database: float
    median: float
    """Milliseconds."""
    raw: float
    """Bytes, as sent to one who understands no compression."""
    sent: float
    """Bytes, as sent to a browser."""
    pages: int
    refused: str = ""


def alone(
    server: Served, kind: Kind, chosen: Chosen, size: int, seconds: float, most: int
) -> Alone:
    """Asks for pages of a kind for so long, or so many."""
    dice = random.Random(f"alone {kind.name}")
    paths = [chosen(kind, kind.wish(dice, size)) for _ in range(most)]
    answers = Answers()
    with Visitor(server, 100 + KINDS.index(kind)) as visitor:
        for path in paths[:3]:
            _noted(visitor, kind, path, Answers())
        used, database = server.used(), server.database_used()
        ends = time.perf_counter() + seconds
        asked = 0
        for path in paths:
            _noted(visitor, kind, path, answers)
            asked += 1
            if time.perf_counter() > ends:
                break
        used, database = server.used() - used, server.database_used() - database
        raw = [len(visitor.ask(path, "identity")[1]) for path in paths[:10]]
        sent = [len(visitor.ask(path)[1]) for path in paths[:10]]
    return Alone(
        used=used / asked * 1000,
        of_database=database / asked * 1000,
        median=statistics.median(answers.times[kind.name] or [0.0]),
        raw=statistics.mean(raw),
        sent=statistics.mean(sent),
        pages=asked,
        refused=", ".join(answers.refused),
    )


def part(times: Iterable[float], share: float) -> float:
    """The time within which so much of them are: 0.95 for p95."""
    ordered = sorted(times)
    if not ordered:
        return 0.0
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]
