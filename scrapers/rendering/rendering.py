"""The fetcher that draws pages: to whoever asks, a fetcher like the other."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from urllib.parse import urlsplit

from archive.webpage import names_attachment
from scrapers.fetching import Fetcher, refusal
from scrapers.pages import host_of
from scrapers.rendering.browser import Browser, require_browser
from scrapers.rendering.drawing import Drawn, draw
from scrapers.rendering.supply import Stock
from scrapers.rendering.watch import end
from scrapers.source import Capture, Form, Refused, Unreachable

RENDERED = "X-Archive-Rendered"
"""Header of a capture that no server sent so: which browser drew it."""
LACKS = "X-Archive-Lacks"
"""Header: what the drawn page did not get of its own site's data, in Chinese."""
BLOCKED = "X-Archive-Blocked"
"""Header: what else was withheld from it."""
_NOT_OF_THE_DRAWN = frozenset(
    {
        "etag",
        "last-modified",
        "content-length",
        "content-encoding",
        "content-type",
        "transfer-encoding",
    }
)
"""Headers of a document that are not true of what was drawn from it. An unchanged shell
says nothing of its data."""
_BOM = b"\xef\xbb\xbf"
"""Says UTF-8 louder than what the page itself says in its head."""
_PAGES = 200
"""Drawn by one browser: the next begins with the memory of a new one."""
_MAX_BYTES = 24 * 1024 * 1024
_LOOKED_AT = 4_000
_PAGE_MARKS = (b"<html", b"<head", b"<body", b"<!doctype html")
_SCRIPT = b"<script"


class Rendering(Fetcher):
    """Asks by a given fetcher, and draws what is a page with scripts.

    A context manager; for one thread. The fetcher stays its owner's. One browser is
    started when it is first needed, and anew after it has failed.

    Its driver takes a thread for itself, in which nothing else can have a loop of
    events; whoever asks waits for it meanwhile, so that the fetcher serves one at a
    time.
    """

    def __init__(self, fetcher: Fetcher, max_bytes: int = _MAX_BYTES) -> None:
        """`max_bytes` bounds a drawn page. Raises Unreachable without a browser."""
        require_browser()
        self.user_agent = fetcher.user_agent
        self._fetcher = fetcher
        self._drawn_bytes = max_bytes
        self._stock = Stock(fetcher)
        self._browser: Browser | None = None
        self._pages = 0
        self._thread: ThreadPoolExecutor | None = None
        self._work: Future[tuple[str, Drawn]] = Future()

    def close(self) -> None:
        """Ends the browser; a page asked for afterwards would start another."""
        thread, self._thread = self._thread, None
        if thread is None:
            return
        browser = self._browser
        if browser is not None and not self._work.done():
            # Whoever waited was interrupted: the page is not waited for.
            end(browser.process)
        thread.submit(self._end).result()
        thread.shutdown()

    def get(self, url: str, etag: str = "", last_modified: str = "") -> Capture:
        """As Fetcher.get; pages with scripts as they stand when they have come to rest.

        Files, data, errors and pages without scripts are given as they were fetched.
        """
        # What is drawn is asked for whole: only files can be said to be unchanged.
        if names_attachment(urlsplit(url).path):
            return self._fetcher.get(url, etag, last_modified)
        capture = self._fetcher.get(url)
        if not _is_to_draw(capture):
            return capture
        return self._draw(capture)

    def post(self, url: str, form: Form) -> Capture:
        """As Fetcher.post: lists asked for by a form are data."""
        return self._fetcher.post(url, form)

    def _draw(self, capture: Capture) -> Capture:
        if self._thread is None:
            self._thread = ThreadPoolExecutor(1, "rendering")
        self._work = self._thread.submit(self._drawn, capture)
        version, drawn = self._work.result()
        body = _BOM + drawn.html.encode("utf-8", "replace")
        reason = refusal(host_of(drawn.url), capture.status, body)
        if reason:
            raise Refused(reason)
        headers = _as_drawn(capture.headers)
        headers[RENDERED] = f"{version}; requests={drawn.asked}"
        if drawn.lacks:
            headers[LACKS] = drawn.lacks
        if drawn.blocked:
            headers[BLOCKED] = drawn.blocked
        return replace(capture, url=drawn.url, headers=headers, body=body)

    # In the thread of the driver

    def _drawn(self, capture: Capture) -> tuple[str, Drawn]:
        """The version of the browser, and what it drew. Raises SourceTrouble."""
        browser = self._running()
        # The scripts of one-page sites see what stands behind `#`; servers don't.
        _, mark, place = capture.asked.partition("#")
        address = capture.url + mark + place
        try:
            drawn = draw(browser, capture, address, self._stock, self._drawn_bytes)
        except Unreachable:
            # After a failure nobody knows what state it is in.
            self._end()
            raise
        return browser.version, drawn

    def _running(self) -> Browser:
        """The browser, alive. Raises Unreachable when it does not start."""
        if self._browser is not None and not self._is_to_go_on(self._browser):
            self._end()
        if self._browser is None:
            self._browser = Browser()
            self._pages = 0
        self._pages += 1
        return self._browser

    def _is_to_go_on(self, browser: Browser) -> bool:
        return self._pages < _PAGES and browser.is_alive

    def _end(self) -> None:
        browser, self._browser = self._browser, None
        if browser is not None:
            browser.close()


def lacks_of(capture: Capture) -> str:
    """What a drawn page lacks, one Chinese sentence; empty where nothing is known, and
    for what was not drawn.
    """
    if RENDERED not in capture.headers:
        return ""
    return capture.headers.get(LACKS, "")


def _is_to_draw(capture: Capture) -> bool:
    """Whether an answer is a page on which scripts may draw."""
    if capture.status != 200 or capture.form:
        return False
    kind = _type_of(capture)
    if kind and "html" not in kind:
        return False
    head = capture.body[:_LOOKED_AT].lower()
    is_page = any(mark in head for mark in _PAGE_MARKS)
    return is_page and _SCRIPT in capture.body.lower()


def _type_of(capture: Capture) -> str:
    for name, value in capture.headers.items():
        if name.lower() == "content-type":
            return value.lower()
    return ""


def _as_drawn(headers: dict[str, str]) -> dict[str, str]:
    """The headers of a document that are true of what was drawn from it."""
    kept = {
        name: value
        for name, value in headers.items()
        if name.lower() not in _NOT_OF_THE_DRAWN
    }
    kept["Content-Type"] = "text/html; charset=utf-8"
    return kept
