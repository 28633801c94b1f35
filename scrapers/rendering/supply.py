"""What the browser is handed, asked for by our fetcher; and what it is not handed.

A page gets its document, scripts and what its scripts ask for. Pictures, fonts and
media say nothing of a list; style sheets are answered empty, so that portals are not
asked for them; frames are pages of their own, which the collector asks for.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from scrapers.fetching import Fetcher
from scrapers.pages import host_of, of_same_site
from scrapers.source import Capture, Form, Refused, SourceTrouble, Unreachable

if TYPE_CHECKING:
    from playwright.sync_api import Request, Route

MAX_REQUESTS = 60
"""Asked for by our fetcher for one page."""
MAX_BYTES = 32 * 1024 * 1024
"""Handed to one page, its document not counted."""
_KEPT_SCRIPTS = 32 * 1024 * 1024
"""Bytes of scripts that are kept for the next pages of a run."""
_MOST_TOLD = 5
_DATA = frozenset({"xhr", "fetch"})
_EMPTY = {"stylesheet": "text/css"}

Waiting = Callable[[], AbstractContextManager[None]]


class Stock:
    """What a run keeps for the pages to come: scripts, and hosts that don't answer."""

    def __init__(self, fetcher: Fetcher) -> None:
        self.fetcher = fetcher
        self._scripts: dict[str, Capture] = {}
        self._size = 0
        self._silent: dict[str, Unreachable] = {}

    def script(self, url: str) -> Capture:
        """A script, asked for once a run. Raises SourceTrouble."""
        known = self._scripts.get(url)
        if known is not None:
            return known
        capture = self.get(url)
        self._size += len(capture.body)
        if self._size <= _KEPT_SCRIPTS:
            self._scripts[url] = capture
        return capture

    def has_script(self, url: str) -> bool:
        return url in self._scripts

    def get(self, url: str) -> Capture:
        """Raises SourceTrouble; a host that was silent is not asked again."""
        return self._asked(url, lambda: self.fetcher.get(url))

    def post(self, url: str, form: Form) -> Capture:
        return self._asked(url, lambda: self.fetcher.post(url, form))

    def _asked(self, url: str, ask: Callable[[], Capture]) -> Capture:
        host = host_of(url)
        if host in self._silent:
            raise self._silent[host]
        try:
            return ask()
        except Unreachable as silence:
            self._silent[host] = silence
            raise


class Supply:
    """Answers the requests of one page.

    `lacks` says in Chinese what the page did not get of its own site's data, `blocked`
    what it did not get besides. `moment` is that of the last answer, by the page's own
    time.
    """

    def __init__(
        self,
        stock: Stock,
        document: Capture,
        waiting: Waiting,
        now: Callable[[], float],
    ) -> None:
        self.lacks: dict[str, None] = {}
        self.blocked: dict[str, None] = {}
        self.asked = 0
        self.moment = 0.0
        self.leaves = False
        """Whether the page wanted to go elsewhere by a script or a refresh."""
        self.mistake: BaseException | None = None
        self._stock = stock
        self._document = document
        self._waiting = waiting
        self._now = now
        self._is_begun = False
        self._bytes = 0

    def answer(self, route: Route) -> None:
        """Answers a request, or fails it. Never raises: `mistake` is what did."""
        from playwright.sync_api import Error

        try:
            self._answer(route)
        except Error:
            # The browser is gone, or has dropped the request.
            return
        except BaseException as mistake:
            self.mistake = mistake
        finally:
            self.moment = self._now()

    def _answer(self, route: Route) -> None:
        request = route.request
        kind = request.resource_type
        if kind == "document":
            self._navigate(route)
        elif kind in _EMPTY:
            route.fulfill(status=200, content_type=_EMPTY[kind], body="")
        elif kind == "script" or kind in _DATA:
            self._hand_over(route, kind)
        else:
            route.abort("blockedbyclient")

    def _navigate(self, route: Route) -> None:
        """The document, once. Wherever else the page wants to go, it stays."""
        request = route.request
        if request.frame.parent_frame is not None:
            route.abort("blockedbyclient")
            return
        if not self._is_begun:
            self._is_begun = True
            _fulfill(route, self._document)
            return
        self.leaves = True
        self._tell(self.lacks, f"网页要转往 {request.url[:200]}，未跟随")
        # "No content" leaves a browser where it is (RFC 9110, 15.3.5).
        route.fulfill(status=204)

    def _hand_over(self, route: Route, kind: str) -> None:
        request = route.request
        try:
            with self._waiting():
                capture = self._capture(request, kind)
        except SourceTrouble as trouble:
            is_data = kind in _DATA
            is_own = is_data and of_same_site(self._document.url, request.url)
            told = self.lacks if is_own else self.blocked
            self._tell(told, f"{request.url[:200]}（{trouble}）")
            route.abort("blockedbyclient")
            return
        _fulfill(route, capture)

    def _capture(self, request: Request, kind: str) -> Capture:
        """What our fetcher gets for the page. Raises SourceTrouble."""
        url = request.url
        if kind == "script" and self._stock.has_script(url):
            return self._stock.script(url)
        if self.asked >= MAX_REQUESTS or self._bytes >= MAX_BYTES:
            raise Refused(f"一页请求过多，上限 {MAX_REQUESTS} 次")
        self.asked += 1
        if request.method == "POST":
            capture = self._stock.post(url, form_of(request))
        elif request.method != "GET":
            raise Refused(f"不发送 {request.method[:20]} 请求")
        elif kind == "script":
            capture = self._stock.script(url)
        else:
            capture = self._stock.get(url)
        self._bytes += len(capture.body)
        return capture

    def _tell(self, told: dict[str, None], sentence: str) -> None:
        if len(told) < _MOST_TOLD:
            told[sentence] = None


def _fulfill(route: Route, capture: Capture) -> None:
    """Hands an answer over with its type alone.

    Policies, cookies and refreshes of its headers are for visitors.
    """
    names = {name.lower(): value for name, value in capture.headers.items()}
    route.fulfill(
        status=capture.status,
        headers={"content-type": names.get("content-type", "text/html")},
        body=capture.body,
    )


def form_of(request: Request) -> Form:
    """What a script sends, as our fetcher sends it: a form, or a text of JSON.

    Raises Refused for what is neither, such as files.
    """
    sent = request.post_data_buffer or b""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    try:
        text = sent.decode("utf-8")
        if kind == "multipart/form-data":
            raise ValueError(kind)
        if kind != "application/x-www-form-urlencoded" or text[:1] in {"{", "["}:
            return (("", text),)
        fields = tuple(parse_qsl(text, keep_blank_values=True, errors="strict"))
    except ValueError:
        raise Refused("网页以无法转述的方式提交数据") from None
    if not all(name for name, _ in fields):
        raise Refused("网页提交的字段没有名称")
    return fields or (("", ""),)


def sentences(told: dict[str, None]) -> str:
    """What was told, as one sentence; empty for nothing."""
    clauses = (sentence.strip("。") for sentence in told)
    return "；".join(clauses)
