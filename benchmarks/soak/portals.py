"""The servers of a season: a port for each host, and a line for every request.

`python -m benchmarks.soak.portals FOLDER` reads the plan there, and writes `requests.jsonl`.
A host that is ill:

silent      closes without a word          busy       503, come again in six hours
failing     500, now and then              dripping   a byte now and then, for ever
wall        200: under maintenance         half list  the second page of lists is 404
"""

from __future__ import annotations

import hashlib
import json
import sys
import threading
import time
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, TextIO

from benchmarks.soak.calendar import Calendar
from benchmarks.soak.plan import FIRST_DAY, Plan, Planned, page
from tests.portals.misbehaviour import instead
from tests.portals.prose import BANNER

PER_PAGE = 20
BUSY_SECONDS = 6 * 3600
"""Of the calendar, that a busy host asks for."""
DRIPPING_FOR = 20.0
"""Seconds; longer than the fetcher has patience in a season."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What is answered. `how`: `break` closes the connection, `drip` takes its time."""

    status: int
    body: bytes = b""
    retry_after: int = 0
    how: str = ""


class Season:
    """What all servers share."""

    def __init__(self, folder: Path) -> None:
        self.plan = Plan(**json.loads((folder / "plan.json").read_text()))
        self.calendar = Calendar.read(folder / "calendar.json")
        self.paths = {one.path: one for one in self.plan.planned}
        self._pages = folder / "pages"
        self._pages.mkdir(exist_ok=True)
        self._log: TextIO = (folder / "requests.jsonl").open("a", buffering=1)
        self._lock = threading.Lock()

    def answer(self, host: int, path: str, day: float, count: int) -> Sent:
        """What a host answers on a day; `count` of its requests were before."""
        illness = self.plan.illness(host, day)
        if illness == "silent":
            return Sent(0, how="break")
        if illness == "busy":
            return Sent(503, b"busy", retry_after=BUSY_SECONDS)
        if illness == "failing" and count % 3:
            return Sent(500, b"error")
        if path == "/robots.txt":
            return Sent(200, self._robots(host))
        if illness == "wall":
            return Sent(200, instead("maintenance").body)
        sent = self._page(path, day, illness)
        return Sent(sent.status, sent.body, how="drip" if illness == "dripping" else "")

    def _robots(self, host: int) -> bytes:
        closed = self.plan.closed_source
        text = "User-agent: *\n"
        if self.plan.host_of(closed) == host:
            text += f"Disallow: /s{closed}/\n"
        return text.encode()

    def _page(self, path: str, day: float, illness: str) -> Sent:
        planned = self.paths.get(path)
        if planned is not None:
            return self._report(planned, day)
        parts = path.strip("/").split("/")
        is_list = len(parts) == 3 and parts[2].startswith("index")
        if not is_list or not parts[0][1:].isdigit():
            return Sent(404, b"not there")
        number = parts[2].removeprefix("index").removesuffix(".html").strip("_")
        at = int(number or 0)
        if at and illness == "half list":
            return Sent(404, b"not there")
        return self._list(int(parts[0][1:]), at, day)

    def _report(self, planned: Planned, day: float) -> Sent:
        if planned.published > day or planned.is_gone(day) or planned.never:
            return Sent(404, b"<html><title>404</title><p>not there</p></html>")
        edited = planned.is_edited(day)
        file = self._pages / f"{planned.number}{'e' if edited else ''}"
        if not file.exists():
            made = page(planned, edited=edited).encode()
            with self._lock:
                file.write_bytes(made)
        return Sent(200, file.read_bytes())

    def _list(self, source: int, at: int, day: float) -> Sent:
        there = [
            one
            for one in self.plan.of_source(source)
            if one.published <= day and not one.is_gone(day)
        ]
        pages = max(1, -(-len(there) // PER_PAGE))
        shown = there[at * PER_PAGE : (at + 1) * PER_PAGE]
        if at >= pages:
            return Sent(404, b"not there")
        entries = "".join(
            f'<li><a href="{one.path}" title="{one.title}">{one.title}</a>'
            f"<span>{one.listed_on}</span></li>"
            for one in shown
        )
        text = (
            "<!DOCTYPE html><html><head><meta charset='utf-8'><title>政府信息公开年报"
            f"</title></head><body><p>{BANNER}</p><ul class='list'>{entries}</ul>"
            f"<div>共{len(there)}条</div><script>createPageHTML({pages},{at},"
            "'index','html');</script></body></html>"
        )
        return Sent(200, text.encode())

    def note(self, **told: Any) -> None:
        line = json.dumps(told, ensure_ascii=False)
        with self._lock:
            self._log.write(f"{line}\n")


class Handler(BaseHTTPRequestHandler):
    """A request to one host."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = 60
    season: Season
    _sending: float
    """When the last answer was about to leave. Unix time."""

    def do_GET(self) -> None:
        host = self.server.host  # type: ignore[attr-defined]
        begun = time.time()
        day = self.season.calendar.day(begun)
        sent = self.season.answer(host, self.path, day, self._counted())
        digest = hashlib.sha256(sent.body).hexdigest()
        # Half of the portals know nothing of ETags.
        tag = f'"{digest[:20]}"' if host % 2 else ""
        is_known = bool(tag) and self.headers.get("If-None-Match") == tag
        if sent.status == 200 and is_known:
            sent = Sent(304)
        self._sending = begun
        whole = self._send(sent, tag)
        self.season.note(
            host=host,
            path=self.path,
            begun=begun,
            ended=self._sending,
            status=sent.status,
            whole=whole,
            digest=digest if sent.status == 200 else "",
            retry_after=sent.retry_after,
        )

    def _counted(self) -> int:
        self.server.asked += 1  # type: ignore[attr-defined]
        return int(self.server.asked)  # type: ignore[attr-defined]

    def _send(self, sent: Sent, tag: str) -> bool:
        """Whether it was taken to its end."""
        if sent.how == "break":
            self.close_connection = True
            return False
        try:
            self.send_response(sent.status)
            if tag and sent.status in {200, 304}:
                self.send_header("ETag", tag)
            if sent.retry_after:
                self.send_header("Retry-After", str(sent.retry_after))
            if sent.status != 304:
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(sent.body)))
            self.end_headers()
            if sent.how == "drip":
                return self._drip(sent.body)
            # A busy machine may stop us behind the last byte, when it is taken already.
            self._sending = time.time()
            self.wfile.write(sent.body)
        except OSError:
            self.close_connection = True
            return False
        return True

    def _drip(self, body: bytes) -> bool:
        until = time.time() + DRIPPING_FOR
        for byte in body:
            if time.time() > until:
                break
            self.wfile.write(bytes([byte]))
            time.sleep(0.2)
        self.close_connection = True
        return False

    def log_message(self, format: str, *args: object) -> None:
        """Everything stands in `requests.jsonl`."""


def main() -> None:
    folder = Path(sys.argv[1])
    season = Season(folder)
    Handler.season = season
    ports = []
    for host in range(season.plan.hosts):
        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        server.host, server.asked = host, 0  # type: ignore[attr-defined]
        ports.append(server.server_address[1])
        threading.Thread(target=server.serve_forever, daemon=True).start()
    (folder / "ports.json").write_text(json.dumps(ports))
    print(f"{len(ports)} hosts from {FIRST_DAY} on", flush=True)
    threading.Event().wait()


if __name__ == "__main__":
    main()
