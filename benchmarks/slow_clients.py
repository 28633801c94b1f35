"""What a page takes while others are slow: `python -m benchmarks.slow_clients`.

Against a site that is served already (`--port`), or one filled with a few invented
reports and served for the purpose. At the same time, from one process:

- idle     connections that say nothing
- heads    a request that never ends, a header a second
- bodies   a form of a megabyte, a few bytes a second; every second one in chunks
- readers  a large answer asked for and hardly taken

Who is sent away comes again, as an attacker would. Meanwhile a visitor asks for a page.
"""

from __future__ import annotations

import argparse
import hashlib
import http.client
import resource
import socket
import statistics
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field, replace
from pathlib import Path

HOST = "127.0.0.1"
_LARGE = "示例市统计局：本机关依法主动公开政府信息（示例）。\n" * 50_000
"""An original of four megabytes."""
_FORM = b"POST /admin/login HTTP/1.1\r\nHost: localhost\r\n"
_TYPE = b"Content-Type: application/x-www-form-urlencoded\r\n"


@dataclass(frozen=True)
class Crowd:
    """How many are slow, each in their way."""

    idle: int = 1000
    heads: int = 100
    bodies: int = 200
    readers: int = 50
    large: str = "/"
    """What the slow readers ask for: better an original of some megabytes."""


@dataclass
class Told:
    """What the visitor met: seconds a page, and answers that were no page."""

    seconds: list[float] = field(default_factory=list)
    failed: int = 0

    def line(self, when: str) -> str:
        """One row of the table of results."""
        if not self.seconds:
            return f"| {when} | 0 | – | – | – | {self.failed} |"
        ordered = sorted(self.seconds)
        late = ordered[int(len(ordered) * 0.95)]
        cells = (statistics.median(ordered), late, ordered[-1])
        shown = " | ".join(f"{one * 1000:.0f}" for one in cells)
        return f"| {when} | {len(ordered)} | {shown} | {self.failed} |"


class _Slow:
    """A slow visitor: what it says first, and what it says each second."""

    def __init__(self, first: bytes, drip: bytes, reads: int) -> None:
        self.first, self.drip, self.reads = first, drip, reads
        self.socket: socket.socket | None = None

    def connect(self, port: int) -> None:
        found = socket.socket()
        if self.reads:
            found.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        found.settimeout(5)
        try:
            found.connect((HOST, port))
            found.sendall(self.first)
        except OSError:
            found.close()
            return
        found.setblocking(False)
        self.socket = found

    def close(self) -> None:
        if self.socket:
            self.socket.close()
        self.socket = None

    def go_on(self) -> None:
        """A few bytes more; who was sent away is noticed."""
        if self.socket is None:
            return
        try:
            if self.drip:
                self.socket.send(self.drip)
            if not self.socket.recv(self.reads or 1024):
                self.close()
        except BlockingIOError:
            pass
        except OSError:
            self.close()


def _crowd(crowd: Crowd) -> list[_Slow]:
    length = b"Content-Length: 1000000\r\n\r\na=1"
    chunks = b"Transfer-Encoding: chunked\r\n\r\n3\r\na=1\r\n"
    ask = f"GET {crowd.large} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
    bodies = [
        _Slow(_FORM + _TYPE + length, b"b", 0)
        if at % 2
        else _Slow(_FORM + _TYPE + chunks, b"1\r\nb\r\n", 0)
        for at in range(crowd.bodies)
    ]
    heads = [
        _Slow(b"GET / HTTP/1.1\r\nHost: localhost\r\n", b"X-A: b\r\n", 0)
        for _ in range(crowd.heads)
    ]
    idle = [_Slow(b"", b"", 0) for _ in range(crowd.idle)]
    readers = [_Slow(ask, b"", 16) for _ in range(crowd.readers)]
    return bodies + heads + idle + readers


class Attack:
    """The crowd at work, in a thread of its own; a context manager."""

    def __init__(self, port: int, crowd: Crowd) -> None:
        self._port, self._all = port, _crowd(crowd)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self.again = 0
        """Connections made anew, since the first was ended."""

    @property
    def open(self) -> int:
        return sum(one.socket is not None for one in self._all)

    def __enter__(self) -> Attack:
        for one in self._all:
            one.connect(self._port)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()
        for one in self._all:
            one.close()

    def _run(self) -> None:
        while not self._over.wait(1.0):
            for one in self._all:
                one.go_on()
                if one.socket is None and not self._over.is_set():
                    one.connect(self._port)
                    self.again += 1


def visit(port: int, path: str, seconds: float, patience: float = 10) -> Told:
    """Asks for a page again and again, each time as somebody new."""
    told = Told()
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        begin = time.monotonic()
        connection = http.client.HTTPConnection(HOST, port, timeout=patience)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
            told.failed += answer.status != 200
            told.seconds.append(time.monotonic() - begin)
        except (OSError, http.client.HTTPException):
            told.failed += 1
        finally:
            connection.close()
        time.sleep(0.05)
    return told


def measure(port: int, page: str, crowd: Crowd, seconds: float) -> tuple[Told, Told]:
    """A page before, and while the crowd is there."""
    visit(port, page, 1)
    before = visit(port, page, min(seconds, 10))
    with Attack(port, crowd) as attack:
        time.sleep(1)
        meanwhile = visit(port, page, seconds)
        print(f"{attack.open} slow connections open, {attack.again} made anew")
    return before, meanwhile


def more_files() -> None:
    """As many sockets as the system gives us."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--port", type=int, help="of a site that is served already")
    asked.add_argument("--page", default="/search?q=%E5%85%AC%E5%BC%80")
    asked.add_argument("--seconds", type=float, default=30)
    asked.add_argument("--workers", type=int, default=2)
    asked.add_argument("--large", default=Crowd.large)
    for name in ("idle", "heads", "bodies", "readers"):
        asked.add_argument(f"--{name}", type=int, default=getattr(Crowd, name))
    given = asked.parse_args()
    more_files()
    crowd = Crowd(given.idle, given.heads, given.bodies, given.readers, given.large)
    if given.port:
        _tell(given.port, given.page, crowd, given.seconds)
        return
    _served(given, crowd)


def _served(given: argparse.Namespace, crowd: Crowd) -> None:
    # The rooms are needed only here: `--port` measures any server.
    from archive.store import Store, schema
    from benchmarks.site.archives import Place
    from benchmarks.site.serving import served
    from tests.running import Commands
    from tests.web import filling

    with tempfile.TemporaryDirectory() as folder:
        place = Place("sqlite", 8, Path(folder))
        store = Store(place.url)
        schema.upgrade(store)
        store.close()
        filling.fill(filling.settings(place.folder))
        large = place.folder / "large.txt"
        large.write_text(_LARGE)
        Commands(place.folder, place.url).run("import", large, status=None)
        digest = hashlib.sha256(_LARGE.encode()).hexdigest()
        crowd = replace(crowd, large=f"/originals/{digest}")
        with served(place, given.workers, place.folder / "log") as server:
            _tell(server.port, given.page, crowd, given.seconds)
            whole, shared = server.memory()
        print(
            f"\nMemory of all processes: {shared / 1e6:.0f} MB ({whole / 1e6:.0f} MB"
            " with what they share counted in each)"
        )


def _tell(port: int, page: str, crowd: Crowd, seconds: float) -> None:
    before, meanwhile = measure(port, page, crowd, seconds)
    print("| | pages | p50 ms | p95 ms | longest ms | failed |")
    print("|---|---:|---:|---:|---:|---:|")
    print(before.line("alone"))
    print(meanwhile.line("with the crowd"))


if __name__ == "__main__":
    sys.exit(main())
