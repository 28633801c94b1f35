"""How to behave towards a host: what its robots.txt allows, and the pause it wants."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import httpx
from protego import Protego

from scrapers.fetching.wire import Answer
from scrapers.source import Refused, Unreachable

ROBOT = "GovDisclosureArchive"
ROBOTS_HOURS = 24
ROBOTS_BYTES = 500 * 1024
"""How much of a robots.txt counts (RFC 9309, section 2.5)."""
LONGEST_DELAY = 120.0
"""Seconds between two requests; a host asking for more asks not to be collected."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What a host's robots.txt says; `robots` is None where there is none."""

    robots: Protego | None
    until: float
    """Time of the clock until which they hold."""

    def allow(self, url: httpx.URL) -> bool:
        """Whether we may ask for an address."""
        if self.robots is None:
            return True
        return bool(self.robots.can_fetch(str(url), ROBOT))

    @property
    def delay(self) -> float:
        """Seconds between two requests, by Crawl-delay or Request-rate, the longer."""
        if self.robots is None:
            return 0.0
        delay = float(self.robots.crawl_delay(ROBOT) or 0)
        # "Crawl-delay: nan" is a number to Python.
        if math.isnan(delay):
            delay = 0.0
        rate = self.robots.request_rate(ROBOT)
        if rate and rate.requests:
            delay = max(delay, rate.seconds / rate.requests)
        return delay


class Manners:
    """Remembers the rules per origin (scheme, host, port)."""

    def __init__(
        self,
        fetch: Callable[[httpx.URL], Answer],
        pause: float,
        clock: Callable[[], float],
    ) -> None:
        """`fetch` gets a robots.txt, redirects followed.

        `pause` is the least number of seconds between requests.
        """
        self._fetch = fetch
        self._pause = pause
        self._clock = clock
        self._rules: dict[str, Rules] = {}

    def check(self, url: httpx.URL) -> None:
        """Raises Refused when robots.txt forbids the address, Unreachable when its
        rules can't be known now.
        """
        rules = self._rules_for(url)
        if not rules.allow(url):
            raise Refused(
                f"网站 {url.host} 的 robots.txt 不允许访问 {url.path[:120]}，"
                "未采集；如需收录请联系网站管理方。"
            )
        if rules.delay > LONGEST_DELAY:
            raise Refused(
                f"网站 {url.host} 的 robots.txt 要求每次访问间隔 "
                f"{rules.delay:.0f} 秒，未采集；请人工处理。"
            )

    def pause_for(self, url: httpx.URL) -> float:
        """The least number of seconds between two requests to the host of an address,
        by the settings and what is known of its robots.txt.
        """
        rules = self._rules.get(_origin(url))
        if rules is None:
            return self._pause
        return max(self._pause, min(rules.delay, LONGEST_DELAY))

    def _rules_for(self, url: httpx.URL) -> Rules:
        """The rules of a host, asked for once a day. Raises Unreachable."""
        origin = _origin(url)
        rules = self._rules.get(origin)
        if rules is None or rules.until < self._clock():
            answer = self._fetch(url.copy_with(raw_path=b"/robots.txt"))
            rules = Rules(_parse(answer), self._clock() + ROBOTS_HOURS * 3600)
            self._rules[origin] = rules
        return rules


def _origin(url: httpx.URL) -> str:
    """Scheme, host and port: each has a robots.txt of its own."""
    return f"{url.scheme}://{url.netloc.decode('ascii')}"


def _parse(answer: Answer) -> Protego | None:
    """The rules; None where there are none: 4xx, or a web page in place of the file.

    Raises Unreachable for 5xx: nobody knows then what is allowed (RFC 9309, 2.3.1.4).
    """
    if answer.status >= 500:
        raise Unreachable(
            f"网站 {answer.url.host} 的 robots.txt 返回 HTTP {answer.status}，"
            "暂不采集，稍后自动重试。"
        )
    if answer.status != 200:
        return None
    text = answer.body[:ROBOTS_BYTES].decode("utf-8-sig", "replace")
    if text.lstrip().startswith("<"):
        return None
    return Protego.parse(text)
