"""A fetcher that spares portals: so many requests and no more, none twice."""

from __future__ import annotations

from scrapers import Capture, Fetching, Form, SourceTrouble, Unreachable


class Sparing:
    """Before a fetcher, for one search; counts what is asked."""

    def __init__(self, fetcher: Fetching, most: int) -> None:
        self._fetcher = fetcher
        self._left = most
        self._pages: dict[str, Capture] = {}
        self._troubles: dict[str, SourceTrouble] = {}

    def page(self, url: str) -> Capture:
        """A page that the search looks at; asked for once. Raises SourceTrouble."""
        if url in self._troubles:
            raise self._troubles[url]
        if url not in self._pages:
            try:
                self._pages[url] = self.get(url)
            except SourceTrouble as trouble:
                self._troubles[url] = trouble
                raise
        return self._pages[url]

    def of_list(self) -> OfList:
        """The fetcher for one list, which begins with pages at hand."""
        return OfList(self, dict(self._pages), dict(self._troubles))

    def get(self, url: str) -> Capture:
        self._spend()
        return self._fetcher.get(url)

    def post(self, url: str, form: Form) -> Capture:
        self._spend()
        return self._fetcher.post(url, form)

    def _spend(self) -> None:
        """Raises Unreachable when as much was asked as one search may."""
        if self._left <= 0:
            raise Unreachable("这次查找的请求已达上限")
        self._left -= 1


class OfList:
    """Gives each page at hand once: a list that is read again is asked for again."""

    def __init__(
        self,
        fetcher: Sparing,
        pages: dict[str, Capture],
        troubles: dict[str, SourceTrouble],
    ) -> None:
        self._fetcher, self._pages, self._troubles = fetcher, pages, troubles

    def get(self, url: str) -> Capture:
        trouble = self._troubles.pop(url, None)
        if trouble is not None:
            raise trouble
        kept = self._pages.pop(url, None)
        return kept or self._fetcher.get(url)

    def post(self, url: str, form: Form) -> Capture:
        return self._fetcher.post(url, form)
