"""The processes of an archive in service: started, watched, killed and started again."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import psutil

from benchmarks.postgres import process_of, start_again

ROOT = Path(__file__).parents[2]
WORKERS = 2
PAGES = (
    "/",
    "/search?q=申请",
    "/search?q=街道&sort=new",
    "/agencies",
    "/status",
    "/healthz",
    "/api/v1/reports?q=公开",
)
HAND_BACK = 10.0
"""Seconds in which a worker that is told to end has ended."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """How much memory a process had, or one of its children. Bytes."""

    at: float
    name: str
    process: int
    """Its number: a child may begin long after the others."""
    size: int


@dataclass
class Service:
    """Workers and website on one folder of data and one PostgreSQL server."""

    folder: Path
    environment: dict[str, str]
    server: Path
    """The folder of the database server."""
    database: str
    port: int
    dice: random.Random
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    blows: list[tuple[float, str]] = field(default_factory=list)
    """When what was killed. Unix time."""
    weighed: list[Weighed] = field(default_factory=list)
    answers: Counter[int] = field(default_factory=Counter)
    """Status of the website's answers; 0 for none."""

    def start(self) -> None:
        for name in self._names():
            self._start(name)

    def _names(self) -> Iterator[str]:
        yield from (f"worker {number}" for number in range(1, WORKERS + 1))
        yield "website"

    def _start(self, name: str) -> None:
        command = ["-m", "benchmarks.soak.work", str(self.folder)]
        if name == "website":
            command = ["-m", "archive", "serve", "--port", str(self.port)]
        log = (self.folder / f"{name.replace(' ', '-')}.log").open("ab")
        self.running[name] = subprocess.Popen(
            [sys.executable, *command],
            cwd=ROOT,
            env={**os.environ, **self.environment},
            stdout=log,
            stderr=subprocess.STDOUT,
        )

    def watch(self) -> None:
        """Weighs all, starts again what has ended, and visits the website."""
        for name, process in list(self.running.items()):
            if process.poll() is not None:
                self._start(name)
            self._weigh(name, process.pid)
        self.visit()

    def _weigh(self, name: str, process: int) -> None:
        """A process and its children, each for itself."""
        at = time.time()
        with suppress(psutil.Error):
            first = psutil.Process(process)
            for one in (first, *first.children(recursive=True)):
                size = one.memory_info().rss
                self.weighed.append(Weighed(at, name, one.pid, size))

    def visit(self) -> None:
        address = f"http://127.0.0.1:{self.port}{self.dice.choice(PAGES)}"
        try:
            status = httpx.get(address, timeout=20).status_code
        except httpx.HTTPError:
            status = 0
        self.answers[status] += 1

    def strike(self) -> str:
        """Kills a worker, the website or the database with no warning; which."""
        name = self.dice.choice([*self.running, "database"])
        self.blows.append((time.time(), name))
        if name == "database":
            self._strike_database()
            return name
        process = self.running[name]
        with suppress(psutil.Error):
            for child in psutil.Process(process.pid).children(recursive=True):
                # What it leaves behind ends by itself; the website's are killed too.
                if name == "website":
                    child.kill()
        process.kill()
        process.wait()
        return name

    def _strike_database(self) -> None:
        first = process_of(self.server)
        with suppress(psutil.Error):
            server = psutil.Process(first)
            others = server.children(recursive=True)
            server.kill()
            psutil.wait_procs([server, *others], timeout=20)
        start_again(self.database, self.server)

    def end(self) -> dict[str, float]:
        """Tells all to end as a system does; how long each took. Seconds."""
        took = {}
        for name, process in self.running.items():
            began = time.monotonic()
            process.send_signal(signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=60)
            took[name] = time.monotonic() - began
        return took
