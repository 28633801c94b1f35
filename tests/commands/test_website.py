"""The website as a server: slow visitors hold nobody up, and what is no request is
refused by us.
"""

from __future__ import annotations

import gc
import http.client
import shutil
import signal
import socket
import subprocess
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from waitress.adjustments import Adjustments

from archive.commands.website import connections, server, worker
from archive.commands.website.turns import Turns
from benchmarks.slow_clients import Attack, Crowd, visit
from tests.running import Commands
from tests.web import filling

HOST = "127.0.0.1"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def commands(tmp_path: Path, sqlite_template: Path) -> Commands:
    shutil.copy(sqlite_template, tmp_path / "archive.sqlite3")
    return Commands(tmp_path / "data", f"sqlite:///{tmp_path / 'archive.sqlite3'}")


@contextmanager
def served(commands: Commands) -> Iterator[tuple[int, subprocess.Popen[str]]]:
    """The site under one process; its port."""
    port = free_port()
    process = commands.start("serve", "--port", str(port), "--workers", "1")
    try:
        for _ in range(300):
            assert process.poll() is None, process.communicate()
            try:
                urllib.request.urlopen(f"http://{HOST}:{port}/healthz").close()
                break
            except OSError:
                time.sleep(0.1)
        yield port, process
    finally:
        process.kill() if process.poll() is None else None
        process.communicate(timeout=30)


def test_slow_visitors_hold_nobody_up_and_it_ends_when_told(commands: Commands) -> None:
    crowd = Crowd(idle=100, heads=20, bodies=60, readers=10)
    with served(commands) as (port, process):
        with Attack(port, crowd) as attack:
            told = visit(port, "/", 2, patience=5)
            assert attack.open > 150
        assert not told.failed
        assert len(told.seconds) > 5
        assert max(told.seconds) < 1
        process.send_signal(signal.SIGTERM)
        assert process.wait(15) == 0


def test_a_taken_port_is_said_once_and_at_once(commands: Commands) -> None:
    with socket.create_server((HOST, 0)) as other:
        port = other.getsockname()[1]
        printed = commands.run("serve", "--port", str(port), status=1)
    assert printed.strip().splitlines() == [
        f"Error: Port {port} is in use: stop what runs there, or choose another "
        f"(--port {port + 1})."
    ]


@pytest.mark.parametrize(
    "host", ["192.0.2.1", "2001:db8::1", "nowhere.invalid", "..", "a" * 300]
)
def test_an_address_of_another_machine_is_said_once(
    commands: Commands, host: str
) -> None:
    printed = commands.run("serve", "--host", host, status=1)
    assert printed.strip().splitlines() == [
        f"Error: {host} is no address of this machine: give --host one of its own, or "
        "0.0.0.0 for all of them."
    ]


def test_an_empty_host_is_not_all_of_them(commands: Commands) -> None:
    assert "--host: it is empty" in commands.run("serve", "--host", "", status=2)


# ---- one process, in this one --------------------------------------------------------


class Running:
    """A server of ours over an app of the test, in a thread."""

    def __init__(self, app: Any) -> None:
        self.socket = socket.create_server((HOST, 0))
        self.port = self.socket.getsockname()[1]
        self.map: dict[int, Any] = {}
        self.threads = Turns()
        self.threads.set_thread_count(1)
        self.server = worker._Server(
            app,
            map=self.map,
            _sock=self.socket,
            dispatcher=self.threads,
            adj=worker._adjusted(1),
            sockinfo=(self.socket.family, self.socket.type, None, None),
            bind_socket=False,
        )
        self.over = threading.Event()
        self.loop = threading.Thread(target=self.run)
        self.loop.start()

    def run(self) -> None:
        while not self.over.is_set():
            worker.wasyncore.poll2(0.05, self.map)

    def ask(self, sent: bytes, seconds: float = 5) -> bytes:
        """All that comes back until the connection is closed."""
        with socket.create_connection((HOST, self.port), timeout=seconds) as asking:
            asking.sendall(sent)
            came = b""
            while piece := asking.recv(65536):
                came += piece
            return came

    def close(self) -> None:
        self.over.set()
        self.loop.join()
        self.threads.shutdown()
        worker.wasyncore.close_all(self.map)


def echo(environ: dict[str, Any], start: Any) -> list[bytes]:
    """Says how much it was sent; four megabytes for whoever asks for much."""
    much = environ["PATH_INFO"] == "/much"
    body = b"x" * 4_000_000 if much else b"%d" % len(environ["wsgi.input"].read())
    start("200 OK", [("Content-Length", str(len(body)))])
    return [body]


@pytest.fixture
def running() -> Iterator[Running]:
    with closing(Running(echo)) as running:
        yield running


CHUNKED = b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(
    ("sent", "status", "words"),
    [
        (
            b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n",
            413,
            "过大",
        ),
        (CHUNKED + b"fffff\r\n" + b"x" * 0xFFFFF + b"\r\n9\r\n", 413, "过大"),
        (CHUNKED + b"1;" + b"x" * 2000, 400, "看不懂"),
        (b"GET /?q=" + b"x" * 40_000, 431, "地址过长"),
        (b"GET / HTTP/1.1\r\nHost: x\r\nX-A: " + b"x" * 40_000, 431, "地址过长"),
        (b"\x16\x03\x01\x02\r\n\r\n", 400, "看不懂"),
        (
            b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: "
            + b"9" * 5000
            + b"\r\n\r\n",
            400,
            "看不懂",
        ),
        (
            CHUNKED[:-2] + b"Content-Length: 5\r\n\r\n0\r\n\r\n" + b"GET / HTTP/1.1",
            400,
            "看不懂",
        ),
        (
            CHUNKED.replace(b"HTTP/1.1", b"HTTP/1.0\r\nConnection: keep-alive")
            + b"0\r\n\r\n",
            400,
            "看不懂",
        ),
        (
            b"GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n",
            501,
            "传输方式",
        ),
        (
            b"POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
            400,
            "看不懂",
        ),
    ],
)
def test_what_is_no_request_is_refused_by_us(
    running: Running, sent: bytes, status: int, words: str
) -> None:
    head, _, body = running.ask(sent).partition(b"\r\n\r\n")
    assert head.startswith((b"HTTP/1.1 %d" % status, b"HTTP/1.0 %d" % status))
    assert words in body.decode()
    assert b"waitress" not in head + body
    _, *lines = head.decode().lower().split("\r\n")
    headers = dict(line.split(": ", 1) for line in lines)
    assert headers["cache-control"] == "no-store"
    assert headers["connection"] == "close"
    assert headers["content-security-policy"].startswith("default-src 'none'; frame-")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "deny"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "server" not in headers


def test_chinese_in_an_address_may_be_sent_as_it_is_typed() -> None:
    def told(environ: dict[str, Any], start: Any) -> list[bytes]:
        start("200 OK", [])
        return [environ["QUERY_STRING"].encode()]

    with closing(Running(told)) as running:
        asked = "GET /search?q=公开&a=%E5 HTTP/1.0\r\nHost: x\r\n\r\n"
        answer = running.ask(asked.encode())
    assert answer.endswith(b"\r\n\r\nq=%E5%85%AC%E5%BC%80&a=%E5")


def test_a_body_in_chunks_comes_whole(running: Running) -> None:
    answer = running.ask(
        CHUNKED.replace(b"Host: x", b"Host: x\r\nConnection: close")
        + b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
    )
    assert answer.endswith(b"\r\n\r\n5")


EXPECTS = b"Host: x\r\nExpect: 100-continue\r\n"


@pytest.mark.parametrize(
    ("sent", "answers"),
    [
        (b"GET / HTTP/1.1\r\n" + EXPECTS + b"\r\n", [b"200"]),
        (
            b"POST / HTTP/1.1\r\n" + EXPECTS + b"Content-Length: 99999999\r\n\r\n",
            [b"413"],
        ),
        (
            b"POST / HTTP/1.1\r\n" + EXPECTS + b"Content-Length: 2\r\n\r\nab",
            [b"100", b"200"],
        ),
        (
            b"POST / HTTP/1.1\r\n" + EXPECTS + b"Content-Length: 2\r\n\r\na",
            [b"100"],
        ),
    ],
)
def test_a_body_is_only_asked_for_that_is_to_come(
    running: Running, sent: bytes, answers: list[bytes]
) -> None:
    if answers == [b"100"]:
        with socket.create_connection((HOST, running.port), timeout=5) as asking:
            asking.sendall(sent)
            assert asking.recv(100).startswith(b"HTTP/1.1 100")
            asking.sendall(b"b")
            assert asking.recv(1000).startswith(b"HTTP/1.1 200")
        return
    last = b"GET /last HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    told = running.ask(sent + last)
    found = [piece[:3] for piece in told.split(b"HTTP/1.1 ")[1:]]
    after = [] if answers == [b"413"] else [b"200"]
    assert found == answers + after


@pytest.mark.parametrize(
    ("clock", "sent"),
    [
        ("IDLE", b""),
        ("HEAD", b"GET / HTTP/1.1\r\nHost"),
        ("BODY", CHUNKED + b"3\r\na"),
    ],
)
def test_who_takes_too_long_is_sent_away(
    running: Running, monkeypatch: pytest.MonkeyPatch, clock: str, sent: bytes
) -> None:
    assert getattr(connections, clock) >= 10, "a slow line is not too slow"
    monkeypatch.setattr(connections, clock, 0.2)
    begin = time.monotonic()
    assert running.ask(sent) == b""
    assert time.monotonic() - begin < 3


def test_an_answer_waits_for_its_visitor_but_not_for_ever(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "STALLED", 0.5)
    slow = socket.socket()
    slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    slow.connect((HOST, running.port))
    slow.sendall(b"GET /much HTTP/1.1\r\nHost: x\r\n\r\n")
    # There is one thread, and it is free: the answer waits outside of it.
    visitor = http.client.HTTPConnection(HOST, running.port, timeout=2)
    time.sleep(0.2)
    visitor.request("GET", "/")
    assert visitor.getresponse().read() == b"0"
    visitor.close()
    deadline = time.monotonic() + 5
    while any(one.total_outbufs_len for one in _open(running)):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    slow.close()


def _open(running: Running) -> list[Any]:
    return list(running.server.active_channels.values())


def test_when_too_much_waits_the_largest_answers_go(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    class One:
        def __init__(
            self, size: int, opened: float = 0.0, is_busy: bool = True
        ) -> None:
            self.total_outbufs_len, self.is_busy = size, is_busy
            self.since = opened

    monkeypatch.setattr(connections, "MOST_WAITING", 100)
    small, middle, large = One(10), One(60), One(90)
    assert connections.too_much([large, small, middle]) == [large]  # type: ignore[list-item]
    old, young = One(0, 1.0, False), One(0, 2.0, False)
    assert connections.too_many([young, small, old], 1) == [old]  # type: ignore[list-item]


def test_waitress_takes_our_settings() -> None:
    adjusted: Adjustments = worker._adjusted(4)
    assert adjusted.max_request_body_size == worker.MOST_BODY
    assert adjusted.connection_limit >= 100


def test_what_a_process_keeps_is_seldom_looked_through(
    tmp_path: Path, sqlite_template: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(sqlite_template, tmp_path / "archive.sqlite3")
    looked: list[tuple[str, tuple[int, ...]]] = []
    for name in ("collect", "freeze", "set_threshold"):
        note = partial(lambda name, *numbers: looked.append((name, numbers)), name)
        monkeypatch.setattr(gc, name, note)
    server._prepare(filling.settings(tmp_path))
    assert looked[:2] == [("collect", ()), ("freeze", ())]
    ((name, (new, young, old)),) = looked[2:]
    assert name == "set_threshold"
    # By Python's own numbers 70,000 new things, whatever became of them.
    assert new * young * old >= 1_000_000
