"""One process of the website: a loop that reads and sends for all, and a few threads.

Gunicorn starts it, watches its beat and tells it to stop; waitress reads every request
whole before a thread has it, and keeps every answer until the visitor has taken it.
"""

from __future__ import annotations

import os
import resource
import sys
import time
from typing import Any

from gunicorn.workers.base import Worker
from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.server import TcpWSGIServer

from archive.commands.website import connections
from archive.commands.website.connections import Connection
from archive.commands.website.turns import Turns

MOST_HEAD = 32 * 1024
"""Bytes of the head of a request: a question of many words makes a long address."""
MOST_BODY = 1024 * 1024
"""Bytes of a body; only forms are sent, and none has as much."""
MOST_CONNECTIONS = 4000
"""Of a process. Near it those that do nothing are closed, the oldest first."""

_LEAST_CONNECTIONS = 100
_FILES_A_CONNECTION = 3
_OTHER_FILES = 200
"""Of the index, the database, the libraries."""
_KEPT_IN_MEMORY = 64 * 1024
"""Bytes of a body that is not there yet; more of it waits in a file."""
_NO_LIMIT = 1 << 40
_BEAT = 1.0


class _Server(TcpWSGIServer):  # type: ignore[misc]
    """A socket that takes visitors in."""

    channel_class = Connection

    def maintenance(self, now: float) -> None:
        """Once a second: whoever takes too long is sent away."""
        moment = time.monotonic()
        everybody: list[Connection] = list(self.active_channels.values())
        leave = [one for one in everybody if one.is_late(moment)]
        over = len(self._map) - MOST_CONNECTIONS * 9 // 10
        if over > 0:
            leave += connections.too_many(everybody, over)
        leave += connections.too_much(everybody)
        for one in leave:
            # Not `will_close`: that waits until something can be sent, which is never
            # where nothing is taken.
            one.handle_close()


class _Woken(wasyncore.file_dispatcher):  # type: ignore[misc]
    """Ends the wait of the loop when a signal comes in."""

    def writable(self) -> bool:
        return False

    def handle_read(self) -> None:
        self.recv(512)


class BufferingWorker(Worker):  # type: ignore[misc]
    """The worker that gunicorn starts."""

    def run(self) -> None:
        self._map: dict[int, Any] = {}
        self._threads = Turns()
        self._threads.set_thread_count(self.cfg.threads)
        adjusted = _adjusted(self.cfg.threads)
        servers = [self._server(one.sock, adjusted) for one in self.sockets]
        _Woken(self.PIPE[0], self._map)
        while self.alive and self.ppid == os.getppid():
            self.notify()
            wasyncore.poll2(_BEAT, self._map)
        self._end(servers)

    def _server(self, sock: Any, adjusted: Adjustments) -> _Server:
        return _Server(
            self.wsgi,
            map=self._map,
            _sock=sock,
            dispatcher=self._threads,
            adj=adjusted,
            sockinfo=(sock.family, sock.type, None, None),
            bind_socket=False,
        )

    def _end(self, servers: list[_Server]) -> None:
        """Answers what has been asked; whoever only waits is sent away."""
        for server in servers:
            server.accepting = False
        # What lies in the sockets already was asked before the end.
        wasyncore.poll2(0.0, self._map)
        deadline = time.monotonic() + self.cfg.graceful_timeout
        while time.monotonic() < deadline:
            self.notify()
            everybody = [one for it in servers for one in it.active_channels.values()]
            for one in everybody:
                one.will_close = one.will_close or not one.is_busy
            if not everybody:
                break
            wasyncore.poll2(0.1, self._map)
        self._threads.shutdown(timeout=1)

    def handle_quit(self, sig: int, frame: object) -> None:
        """At once: what is asked is not answered."""
        self.alive = False
        self.cfg.worker_int(self)
        sys.exit(0)


def _adjusted(threads: int) -> Adjustments:
    return Adjustments(
        threads=threads,
        # Gunicorn listens; waitress wants to be told something.
        host="127.0.0.1",
        port=0,
        connection_limit=_connections(),
        cleanup_interval=1,
        max_request_header_size=MOST_HEAD,
        max_request_body_size=MOST_BODY,
        inbuf_overflow=_KEPT_IN_MEMORY,
        # An answer never waits in its thread; `connections` bounds what waits outside.
        outbuf_high_watermark=_NO_LIMIT,
        log_socket_errors=False,
        asyncore_use_poll=True,
        # So that Flask, and nobody else, decides which of them to believe.
        clear_untrusted_proxy_headers=False,
        ident=None,
        # Who says no host, as HTTP 1.0 may, asks this machine.
        server_name="localhost",
    )


def _connections() -> int:
    """How many may be open: as many as the system gives us files for."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    if hard == resource.RLIM_INFINITY:
        return MOST_CONNECTIONS
    room = (hard - _OTHER_FILES) // _FILES_A_CONNECTION
    return min(MOST_CONNECTIONS, max(_LEAST_CONNECTIONS, room))
