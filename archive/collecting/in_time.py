"""How long a run may take, and which pages it did not come to."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable

from scrapers import Capture, Fetching, Form, Unreachable


class InTime:
    """The time of a run, in minutes; also a fetcher for its lists, which is over with
    it.

    A page that is begun is visited whole, with its files: only the next one is not.
    """

    def __init__(
        self,
        minutes: float,
        fetcher: Fetching,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._minutes = minutes
        self._fetcher = fetcher
        self._clock = clock
        self._until = clock() + 60 * minutes

    @property
    def is_over(self) -> bool:
        return self._clock() >= self._until

    @property
    def told(self) -> str:
        """That it is over, in Chinese."""
        return f"本次采集已满 {self._minutes:g} 分钟。"

    def get(self, url: str) -> Capture:
        self._require_time()
        return self._fetcher.get(url)

    def post(self, url: str, form: Form) -> Capture:
        self._require_time()
        return self._fetcher.post(url, form)

    def _require_time(self) -> None:
        if self.is_over:
            raise Unreachable(self.told, not_asked=True)


class Unreached:
    """The pages of a run that were not asked for, by the reason."""

    def __init__(self) -> None:
        self._pages: Counter[str] = Counter()

    def add(self, why: str, pages: int = 1) -> None:
        self._pages[why] += pages

    @property
    def told(self) -> list[str]:
        """A Chinese sentence for each reason."""
        return [
            f"还有 {pages} 个网页未及访问，下次采集从这些网页开始：{why}"
            for why, pages in self._pages.items()
        ]
