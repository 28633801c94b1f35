"""A web server for the fetcher's tests: each path answers as a function says, down to
the single byte.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler

from tests.loopback import Loopback

Route = Callable[[BaseHTTPRequestHandler], None]


class Clock:
    """Time that passes only by sleeping; `slept` are the pauses in seconds."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


class Stub(Loopback):
    """`stub.routes["/path"] = answer(200, b"…")`; unknown paths answer 404. A context
    manager.
    """

    def __init__(self) -> None:
        self.routes: dict[str, Route] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.posted: list[tuple[str, str]] = []
        super().__init__(self._handler())

    def times(self, path: str) -> int:
        """How often a path was asked for."""
        return sum(asked == path for asked, _ in self.asked)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        stub = self

        class StubHandler(BaseHTTPRequestHandler):
            wbufsize = 0

            def do_GET(self) -> None:
                stub.asked.append(
                    (
                        self.path,
                        {name.lower(): value for name, value in self.headers.items()},
                    )
                )
                with contextlib.suppress(
                    OSError
                ):  # the fetcher may hang up, as it should
                    stub.routes.get(self.path, answer(404))(self)

            def do_POST(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                stub.posted.append((self.path, self.rfile.read(length).decode()))
                stub.routes.get(self.path, answer(404))(self)

            def log_message(self, format: str, *args: object) -> None:
                pass

        return StubHandler


def answer(status: int, body: bytes = b"", **headers: str) -> Route:
    """A whole answer; `Retry_After="3"` is the header Retry-After."""

    def route(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        if "Content_Length" not in headers:
            handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return route


def in_turn(*routes: Route) -> Route:
    """Another answer each time; the last one stays."""
    left = list(routes)

    def route(handler: BaseHTTPRequestHandler) -> None:
        (left.pop(0) if len(left) > 1 else left[0])(handler)

    return route
