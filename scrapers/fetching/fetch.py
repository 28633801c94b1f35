"""The polite fetcher: introduces itself, obeys robots.txt, pauses, retries a little,
and never disguises itself.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Self

import httpx

from archive.webpage import host_key
from scrapers.fetching.addresses import Resolve, parse_url, resolve_host
from scrapers.fetching.challenges import refusal
from scrapers.fetching.headers import location, one_line, retry_after
from scrapers.fetching.manners import ROBOT, ROBOTS_BYTES, Manners
from scrapers.fetching.standing import LONGEST_RETRY_AFTER
from scrapers.fetching.turns import IN_MEMORY, InMemory, Sleep, Turns
from scrapers.fetching.wire import DRIPS_AFTER, Answer, Wire
from scrapers.source import Capture, Exchange, Form, Refused, Unreachable

VERSION = "0.1.0"
"""As in pyproject.toml; part of the user agent."""
MAX_REDIRECTS = 5
ATTEMPTS = 3
PAGE_SECONDS = 120.0
PATIENCE = 300.0
"""Seconds for one answer that comes steadily."""
_AGAIN_LATER = frozenset((408, 425, 429))
_FILTERED = 521
"""The answer of a bot filter (加速乐), not a failure of the server."""
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_SENT_ON = frozenset((307, 308))
"""Redirects along which a form is sent on (RFC 9110, 15.4); others ask by GET."""
_KEPT_AWAY = ("set-cookie", "set-cookie2")
"""Headers that are not kept with a capture: they are of one visit."""
OUR_OWN = "x-archive-"
"""What headers begin with that we add to a capture; no server may say them."""


class Fetcher:
    """Fetches addresses one at a time, with manners. A context manager; for one thread.

    `contact_url` is where a webmaster can reach us; `pause` the seconds between two
    requests to a host, at least; `allow_private` lets it reach loopback and private
    addresses; `max_bytes` bounds a body, `timeout` (seconds) one step of an answer,
    `patience` one answer that comes steadily, `page_seconds` all that is asked for one
    page: attempts, redirects, robots.txt; not the waiting for turns. `turns` says who
    may ask which host when. `clock`, `sleep` and `resolve` can be replaced.
    """

    def __init__(
        self,
        contact_url: str,
        pause: float = 1.0,
        allow_private: bool = False,
        max_bytes: int = 50 * 1024 * 1024,
        timeout: float = 30.0,
        patience: float = PATIENCE,
        page_seconds: float = PAGE_SECONDS,
        turns: Turns | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Sleep = time.sleep,
        resolve: Resolve = resolve_host,
        drips_after: float = DRIPS_AFTER,
    ) -> None:
        if not (contact_url.isascii() and contact_url.isprintable()):
            raise ValueError(
                "contact_url must be printable ASCII: it is part of a header"
            )
        self.user_agent = f"{ROBOT}/{VERSION}" + (
            f" (+{contact_url})" if contact_url else ""
        )
        self._max_bytes = max_bytes
        self._sleep = sleep
        self._clock = clock
        self._page_seconds = page_seconds
        self._spent = 0.0
        # Times of another clock can't be compared with those of others.
        is_real = clock is time.monotonic
        self._turns = turns or (IN_MEMORY if is_real else InMemory(clock))
        self._wire = Wire(resolve, allow_private, timeout, patience, clock, drips_after)
        self._manners = Manners(self._get_robots, pause, clock)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._wire.close()

    def get(self, url: str, etag: str = "", last_modified: str = "") -> Capture:
        """The answer to a GET, redirects followed; 404 and 410 are answers too.

        `etag` and `last_modified` are those of the copy at hand: the Capture may then
        be `not_modified`. Raises Unreachable (try later) or Refused (a person decides),
        with a Chinese sentence.
        """
        asked_with = self._headers()
        if etag:
            asked_with["If-None-Match"] = one_line(etag)
        if last_modified:
            asked_with["If-Modified-Since"] = one_line(last_modified)
        is_conditional = bool(etag or last_modified)
        return self._capture(url, asked_with, is_conditional)

    def post(self, url: str, form: Form) -> Capture:
        """The answer to a form sent by POST, with the same manners and limits as `get`.

        Only lists are asked for in this way, by the fields that they print themselves.
        """
        return self._capture(url, self._headers(), form=form)

    def _capture(
        self,
        url: str,
        headers: dict[str, str],
        is_conditional: bool = False,
        form: Form = (),
    ) -> Capture:
        """An answer, whole. Raises Unreachable or Refused."""
        self._spent = 0.0
        answer = self._follow(parse_url(url), headers, self._max_bytes, form=form)
        reason = refusal(answer.url.host, answer.status, answer.body)
        if reason:
            raise Refused(reason)
        not_modified = answer.status == 304 and is_conditional
        if 300 <= answer.status < 400 and not not_modified:
            raise Unreachable(
                f"网站 {answer.url.host} 的应答不合规范（HTTP {answer.status}），"
                "稍后自动重试。"
            )
        kept = {
            name: value
            for name, value in answer.headers.items()
            if name not in _KEPT_AWAY and not name.startswith(OUR_OWN)
        }
        return Capture(
            asked=url,
            url=str(answer.url),
            at=datetime.now(UTC),
            status=answer.status,
            headers=kept,
            body=answer.body,
            not_modified=not_modified,
            form=form,
            exchanges=answer.exchanges,
        )

    def _headers(self) -> dict[str, str]:
        """What every request says; no compression that we could not undo."""
        return {
            "User-Agent": self.user_agent,
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "Accept-Language": "zh-CN,zh;q=0.9",
            "Accept-Encoding": "gzip, deflate",
        }

    def _get_robots(self, url: httpx.URL) -> Answer:
        """A robots.txt, for which nobody needs a permission."""
        return self._follow(url, self._headers(), ROBOTS_BYTES, robots=True)

    def _follow(
        self,
        url: httpx.URL,
        headers: dict[str, str],
        max_bytes: int,
        robots: bool = False,
        form: Form = (),
    ) -> Answer:
        """Goes along redirects, each hop checked.

        A robots.txt itself needs no permission and may be cut.
        """
        first = url
        before: tuple[Exchange, ...] = ()
        for _ in range(MAX_REDIRECTS + 1):
            if not robots:
                self._manners.check(url)
            answer = self._attempt(url, headers, max_bytes, robots, form)
            before += answer.exchanges
            place = location(answer.headers)
            if answer.status not in _REDIRECTS or not place:
                return replace(answer, exchanges=before)
            if answer.status not in _SENT_ON:
                form = ()
            try:
                url = parse_url(str(url.join(place)))
            except (httpx.InvalidURL, ValueError):
                raise Unreachable(
                    f"网站 {url.host} 跳转到无法识别的地址“{place[:120]}”，"
                    "请核对来源的网址。"
                ) from None
        raise Unreachable(
            f"地址 {first} 跳转超过 {MAX_REDIRECTS} 次，请核对来源的网址。"
        )

    def _attempt(
        self,
        url: httpx.URL,
        headers: dict[str, str],
        max_bytes: int,
        cut: bool,
        form: Form,
    ) -> Answer:
        """One address, asked up to ATTEMPTS times with growing pauses.

        Raises Unreachable when all failed, when the host wants a longer pause, or when
        the time for this page is used up.
        """
        for attempt in range(1, ATTEMPTS + 1):
            is_last = attempt == ATTEMPTS
            wait = 2.0**attempt
            try:
                answer, asked = self._ask(url, headers, max_bytes, cut, form, is_last)
            except Unreachable as error:
                trouble = error
            else:
                if not _passes(answer.status):
                    return answer
                wait = max(wait, asked)
                trouble = _passing(url.host, answer.status, asked)
            is_too_long = wait > LONGEST_RETRY_AFTER or wait >= self._left()
            if is_last or is_too_long or trouble.not_asked:
                raise trouble
            self._sleep(wait)
            self._spent += wait
        raise AssertionError("unreachable")

    def _left(self) -> float:
        """Seconds that are left for this page."""
        return self._page_seconds - self._spent

    def _ask(
        self,
        url: httpx.URL,
        headers: dict[str, str],
        max_bytes: int,
        cut: bool,
        form: Form,
        is_last: bool,
    ) -> tuple[Answer, float]:
        """One request, in its turn; and the seconds for which the host wants to be left
        alone.

        Raises Unreachable without an answer.
        """
        left = self._left()
        if left <= 0:
            raise Unreachable(
                f"网站 {url.host} 过慢，一个网页用时超过 {self._page_seconds:g} 秒，"
                "稍后自动重试。",
                late=True,
            )
        pause = self._manners.pause_for(url)
        with self._turns.turn(host_key(str(url)), pause, self._sleep) as turn:
            begun = self._clock()
            try:
                answer = self._wire.ask(url, headers, max_bytes, cut, form, left)
            except Unreachable as error:
                if self._wire.has_begun:
                    turn.broke_off(error.late, is_last)
                else:
                    turn.unanswered(error.late)
                raise
            finally:
                self._spent += self._clock() - begun
            asked = retry_after(answer.headers.get("retry-after", ""))
            turn.answered(answer.status, asked, is_last)
            return answer, asked


def _passes(status: int) -> bool:
    """Whether a status is that of trouble which passes."""
    if status == _FILTERED:
        return False
    return status >= 500 or status in _AGAIN_LATER


def _passing(host: str, status: int, asked: float) -> Unreachable:
    """The sentence for trouble which passes."""
    when = f"，并要求 {asked:.0f} 秒后再试" if asked else ""
    return Unreachable(f"网站 {host} 暂时出错（HTTP {status}）{when}，稍后自动重试。")
