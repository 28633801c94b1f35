"""A server as a process of its own, and what it takes of the machine."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks.postgres import process_of
from benchmarks.site.archives import Place

ROOT = Path(__file__).parents[2]
HOST = "127.0.0.1"
PATIENCE = 180
"""Seconds in which a server must answer its first question."""
_SILENT = "the server says nothing; an index of before? Reindex, or give --anew."


@dataclass(frozen=True)
class Served:
    """A server that answers."""

    process: subprocess.Popen[bytes]
    port: int
    ready: float
    """Seconds from its start to its first answer."""
    also: int = 0
    """Another process that works for it: a database server's."""

    def used(self) -> float:
        """Processor seconds of its processes, and of those of its database."""
        return used_by(self.process.pid) + self.database_used()

    def database_used(self) -> float:
        return used_by(self.also) if self.also else 0.0

    def memory(self) -> tuple[int, int]:
        """Bytes resident: each process counted whole, and shared pages counted once."""
        found = [one.memory_full_info() for one in _tree(self.process.pid)]
        return sum(one.rss for one in found), sum(one.pss for one in found)


def _tree(pid: int) -> list[psutil.Process]:
    parent = psutil.Process(pid)
    return [parent, *parent.children(recursive=True)]


def used_by(pid: int) -> float:
    """Processor seconds of a process and all below it that live; also of those that
    have ended and were waited for, as /proc adds them up.
    """
    seconds = 0.0
    for process in _tree(pid):
        try:
            times = process.cpu_times()
        except psutil.NoSuchProcess:
            continue
        seconds += times.user + times.system
        seconds += times.children_user + times.children_system
    return seconds


@contextmanager
def served(place: Place, workers: int, log: Path) -> Iterator[Served]:
    """The archive, as `python -m archive serve` serves it."""
    port = free_port()
    command = [sys.executable, "-m", "archive", "serve", "--port", str(port)]
    command += ["--workers", str(workers)]
    # 0 where the database server runs elsewhere
    is_ours = place.database == "postgres"
    also = process_of(place.folder.parent / "postgres") if is_ours else 0
    with running(command, port, "/healthz", place.environment, log, also) as server:
        yield server


def free_port() -> int:
    with socket.socket() as found:
        found.bind((HOST, 0))
        return int(found.getsockname()[1])


@contextmanager
def running(
    command: Sequence[str],
    port: int,
    first: str,
    environment: Mapping[str, str],
    log: Path,
    also: int = 0,
) -> Iterator[Served]:
    """A server, from its first answer on. Raises RuntimeError with what it said."""
    started = time.monotonic()
    with log.open("wb") as said:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, **environment},
            stdout=said,
            stderr=said,
        )
    try:
        while not _answers(port, first):
            is_late = time.monotonic() - started > PATIENCE
            if is_late or process.poll() is not None:
                said = log.read_text(errors="replace")[-2000:]
                raise RuntimeError(f"{first} is not answered well: {said or _SILENT}")
            time.sleep(0.05)
        yield Served(process, port, time.monotonic() - started, also)
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()


def _answers(port: int, path: str) -> bool:
    connection = http.client.HTTPConnection(HOST, port, timeout=60)
    try:
        connection.request("GET", path)
        return connection.getresponse().status < 500
    except OSError:
        return False
    finally:
        connection.close()
