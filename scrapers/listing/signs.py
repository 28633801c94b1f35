"""By what a portal's software is known, how surely, and in which words that is told."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from scrapers.pages import Page


@dataclass(frozen=True, slots=True)
class Sign:
    """How surely a page is of a family (0: not at all, 100: beyond doubt), and why.

    A page may be of two families: one system publishes what another frames. The surer
    sign decides.
    """

    score: int = 0
    why: str = ""

    def __bool__(self) -> bool:
        return self.score > 0


NO_SIGN = Sign()


@dataclass(frozen=True, slots=True)
class Mark:
    """A pattern in the text of a page, or in its address, and what it is a sign of."""

    pattern: re.Pattern[str]
    score: int
    why: str
    in_address: bool = False

    def is_on(self, page: Page) -> bool:
        """Whether a page has the mark."""
        where = urlsplit(page.url).path if self.in_address else page.text
        return self.pattern.search(where) is not None


def surest(page: Page, marks: Iterable[Mark]) -> Sign:
    """The surest of the marks that a page has."""
    in_order = sorted(marks, key=lambda mark: mark.score, reverse=True)
    for mark in in_order:
        if mark.is_on(page):
            return Sign(mark.score, mark.why)
    return NO_SIGN
