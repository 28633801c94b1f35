"""The polite fetcher: introduces itself, obeys robots.txt, pauses, retries a little,
and never disguises itself.
"""

from __future__ import annotations

import re
import string
import time
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Self
from urllib.parse import quote

import httpx

from scrapers.fetching.addresses import Resolve, parse_url, resolve_host
from scrapers.fetching.challenges import refusal
from scrapers.fetching.manners import ROBOT, ROBOTS_BYTES, Manners
from scrapers.fetching.wire import Answer, Wire
from scrapers.source import Capture, Form, Refused, Unreachable

VERSION = "0.1.0"
"""As in pyproject.toml; part of the user agent."""
MAX_REDIRECTS = 5
ATTEMPTS = 3
LONGEST_RETRY_AFTER = 120.0
"""Seconds; a server asking for more is tried again by the next run."""
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
# A value with a line end would add headers of somebody else's choice.
# e.g. "\r\n", "\x7f", "年"
# not "\"abc-123\""
_UNSENT = re.compile(r"[^ -~]")


class Fetcher:
    """Fetches addresses one at a time, with manners. A context manager; for one thread.

    `contact_url` is where a webmaster can reach us; `pause` the seconds between two
    requests to a host; `allow_private` lets it reach loopback and private addresses;
    `max_bytes` bounds a body, `timeout` (seconds) one step of an answer, `patience` a
    whole answer. `clock`, `sleep` and `resolve` can be replaced.
    """

    def __init__(
        self,
        contact_url: str,
        pause: float = 1.0,
        allow_private: bool = False,
        max_bytes: int = 50 * 1024 * 1024,
        timeout: float = 30.0,
        patience: float = 300.0,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        resolve: Resolve = resolve_host,
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
        self._wire = Wire(resolve, allow_private, timeout, patience, clock)
        self._manners = Manners(self._get_robots, pause, clock, sleep)

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
            asked_with["If-None-Match"] = _one_line(etag)
        if last_modified:
            asked_with["If-Modified-Since"] = _one_line(last_modified)
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
        for _ in range(MAX_REDIRECTS + 1):
            if not robots:
                self._manners.check(url)
            answer = self._attempt(url, headers, max_bytes, robots, form)
            location = _location(answer.headers)
            if answer.status not in _REDIRECTS or not location:
                return answer
            if answer.status not in _SENT_ON:
                form = ()
            try:
                url = parse_url(str(url.join(location)))
            except (httpx.InvalidURL, ValueError):
                raise Unreachable(
                    f"网站 {url.host} 跳转到无法识别的地址“{location[:120]}”，"
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

        Raises Unreachable when all failed, or when the host wants a longer pause.
        """
        for attempt in range(1, ATTEMPTS + 1):
            self._manners.take_turn(url)
            wait = 2.0**attempt
            try:
                answer = self._wire.ask(url, headers, max_bytes, cut, form)
            except Unreachable as error:
                trouble = error
            else:
                if not _passes(answer.status):
                    return answer
                asked = _retry_after(answer.headers.get("retry-after", ""))
                wait = max(wait, asked)
                when = f"，并要求 {asked:.0f} 秒后再试" if asked else ""
                trouble = Unreachable(
                    f"网站 {url.host} 暂时出错（HTTP {answer.status}）{when}，"
                    "稍后自动重试。"
                )
            if attempt == ATTEMPTS or wait > LONGEST_RETRY_AFTER:
                raise trouble
            self._sleep(wait)
        raise AssertionError("unreachable")


def _passes(status: int) -> bool:
    """Whether a status is that of trouble which passes."""
    if status == _FILTERED:
        return False
    return status >= 500 or status in _AGAIN_LATER


def _location(headers: httpx.Headers) -> str:
    """Where a redirect leads.

    Bytes that are no UTF-8 (GBK addresses) stay as they are, percent-coded.
    """
    location: str = headers.get("location", "")
    if headers.encoding == "iso-8859-1":
        location = quote(location.encode("latin-1"), safe=string.punctuation)
    return location


def _retry_after(value: str) -> float:
    """Seconds that a Retry-After header asks for, whether a number or a date.

    0 when it is absent or can't be read.
    """
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return 0.0
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


def _one_line(value: str) -> str:
    """A header value as it may be sent: printable ASCII only."""
    return _UNSENT.sub("", value)[:1000]
