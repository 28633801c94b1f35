"""What is printed at the edges of pages: their numbers, running heads and feet."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from archive.report import PAGE_NUMBER

_DASH = "[-—–－─]?"
_NUMBER = r"\d{1,4}"
# The number of a page; at the edge of one also a bare number is.
# e.g. "— 3 —", "3", "- 12 -", "3/9", "第 3 页"
AT_EDGE = re.compile(
    rf"{PAGE_NUMBER.pattern}"
    rf"|\s*(?:{_DASH}\s*{_NUMBER}\s*{_DASH}|{_NUMBER}\s*/\s*{_NUMBER})\s*"
)
# e.g. "2023"
_DIGITS = re.compile(r"\d+")
# Signs of a running line; what is longer is a line of the text.
_LONGEST = 60
_LEAST_PAGES = 3
_SHARE_OF_PAGES = 0.6

Pages = Sequence[Sequence[str]]
"""The lines of each page, in the order in which they stand in the file."""


def is_page_number(line: str) -> bool:
    """Whether a line at a page's edge is the page's number.

    Further inside a page a bare number may be a figure.
    """
    return AT_EDGE.fullmatch(line) is not None


class PageEdges:
    """Knows the running lines of a file by its pages: the same text on most of them."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages
        self._running = _running(pages)

    def has(self, line: str) -> bool:
        """Whether a line at a page's edge belongs there, and not to the text.

        `line` must stand first, last or last but one on its page.
        """
        if is_page_number(line):
            return True
        return _level(line) in self._running

    def lines_between(self) -> list[tuple[str, int]]:
        """The lines of the text, each with its page, from 1."""
        found: list[tuple[str, int]] = []
        for number, lines in enumerate(self._pages, 1):
            filled = list(filter(None, lines))
            for index, line in enumerate(filled):
                at_edge = index == 0 or index >= len(filled) - 2
                if at_edge and self.has(line):
                    continue
                found.append((line, number))
        return found


def _running(pages: Pages) -> frozenset[str]:
    """Lines that stand first, last or last but one on most pages.

    The number of a page often stands below the foot: so the last two lines count.
    """
    counts: Counter[str] = Counter()
    for lines in pages:
        filled = list(filter(None, lines))
        at_edge: set[str] = set()
        for line in filled[:1] + filled[-2:]:
            # A row of figures at a page's end is like those of other pages.
            is_figures = _level(line) == _level("0")
            if len(line) < _LONGEST and not is_figures:
                at_edge.add(_level(line))
        counts.update(at_edge)
    least = max(_LEAST_PAGES, len(pages) * _SHARE_OF_PAGES)
    return frozenset(line for line, count in counts.items() if count >= least)


def _level(line: str) -> str:
    """A line as it is compared: without blanks, and all its numbers the same.

    So 第3页共9页 is the line 第4页共9页 on the next page.
    """
    compact = "".join(line.split())
    return _DIGITS.sub("0", compact)
