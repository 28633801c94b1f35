"""HTTP for the sample portals: requests noted, answers with ETag and 304, and the pages
of filters.
"""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: when (monotonic seconds), which path, its query and headers (names in
    lower case).
    """

    at: float
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    form: dict[str, str] = field(default_factory=dict)
    """What was sent by POST; empty for a GET."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: bytes = b""
    content_type: str = "text/html; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)
    missing: int = 0
    """Bytes that are announced and never come."""


class Handler(BaseHTTPRequestHandler):
    """Passes requests to the `Portals` that its server carries."""

    protocol_version = "HTTP/1.1"
    timeout = 30
    wbufsize = -1
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        asked = Asked(
            time.monotonic(), unquote(parts.path), dict(parse_qsl(parts.query)), headers
        )
        answer = self._portals.answer(asked)
        if answer is None:
            self.close_connection = True
            return
        tag = f'"{hashlib.sha256(answer.body).hexdigest()[:16]}"'
        modified = answer.headers.get("Last-Modified", "never")
        unchanged = (
            headers["if-none-match"] == tag if "if-none-match" in headers else False
        )
        if "if-none-match" not in headers:
            unchanged = headers.get("if-modified-since") == modified
        if answer.status == 200 and unchanged:
            self._send(Answer(304, headers={"ETag": tag}))
        else:
            extra = {"ETag": tag} if answer.status == 200 else {}
            self._send(
                Answer(
                    answer.status,
                    answer.body,
                    answer.content_type,
                    {**answer.headers, **extra},
                    answer.missing,
                )
            )

    def do_POST(self) -> None:
        from tests.portals.server import control_answer

        body = self.rfile.read(
            min(int(self.headers.get("Content-Length") or 0), 1_000_000)
        )
        parts = urlsplit(self.path)
        if parts.path == "/_control":
            self._send(control_answer(self._portals, body))
            return
        text = body.decode("utf-8", "replace")
        form = {"": text} if text.startswith("{") else dict(parse_qsl(text, True))
        asked = Asked(
            time.monotonic(),
            unquote(parts.path),
            dict(parse_qsl(parts.query)),
            {},
            form,
        )
        self._send(self._portals.answer(asked) or not_there(404))

    @property
    def _portals(self) -> Any:
        return self.server.portals  # type: ignore[attr-defined]

    def _send(self, answer: Answer) -> None:
        try:
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            if answer.status != 304:
                self.send_header("Content-Type", answer.content_type)
                length = len(answer.body) + answer.missing
                self.send_header("Content-Length", str(length))
                self.close_connection = self.close_connection or answer.missing > 0
            self.end_headers()
            self.wfile.write(answer.body)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Silent: the requests are kept in `Portals.requests`."""


def not_there(status: int) -> Answer:
    """The page of a missing page; with status 200 it is a soft 404."""
    text = (
        "<!DOCTYPE html><html><head><meta charset='utf-8'><title>提示信息"
        "</title></head><body>"
        "<div class='nav'><a href='/sz/'>首页</a></div><div class='box'><p>对不起"
        "，您访问的页面不存在或已被删除。</p>"
        "<p>五秒后返回首页</p></div></body></html>"
    )
    return Answer(status, text.encode())


def challenge(how: str) -> Answer:
    """What a filter or a broken server answers in place of a list."""
    if how == "412":
        body = b"<html><head><meta id='m' r='m'><script>$_ts=window['$_ts'];$_ts.cd='qr';</script></head></html>"
        return Answer(412, body)
    if how == "521":
        body = b"<script>document.cookie='__jsl_clearance_s=1.2|-1|x;path=/';location.href=location.pathname</script>"
        return Answer(521, body)
    if how == "script":
        return Answer(
            200,
            b"<html><script>document.cookie='C3VK=1';window.location.reload();</script></html>",
        )
    return Answer(int(how), f"<html><body>HTTP {how}</body></html>".encode())
