"""What is printed at the edges of pages: their numbers, running heads and feet."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

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
_LONGEST = 60
"""Signs of a running line; what is longer is a line of the text."""
_LEAST_PAGES = 3
_SHARE_OF_PAGES = 0.6

Pages = Sequence[Sequence[str]]
"""The lines of each page, in the order in which they stand in the file."""


def is_page_number(line: str) -> bool:
    """Whether a line at a page's edge is the page's number."""
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
        return is_page_number(line) or _level(line) in self._running

    def lines_between(self) -> list[tuple[str, int]]:
        """The lines of the text, each with its page, from 1."""
        return [
            (line, number)
            for number, lines in enumerate(self._pages, 1)
            for line in self._text_of(lines)
        ]

    def _text_of(self, lines: Sequence[str]) -> Iterator[str]:
        filled = [line for line in lines if line]
        for index, line in enumerate(filled):
            at_edge = index == 0 or index >= len(filled) - 2
            if not (at_edge and self.has(line)):
                yield line


def _running(pages: Pages) -> frozenset[str]:
    """Lines that stand first, last or last but one on most pages."""
    counts: Counter[str] = Counter()
    for lines in pages:
        filled = [line for line in lines if line]
        at_edge = filled[:1] + filled[-2:]
        counts.update({_level(line) for line in at_edge if len(line) < _LONGEST})
    least = max(_LEAST_PAGES, len(pages) * _SHARE_OF_PAGES)
    return frozenset(line for line, count in counts.items() if count >= least)


def _level(line: str) -> str:
    """A line without blanks and with all its numbers the same (第3页共9页)."""
    return _DIGITS.sub("0", "".join(line.split()))
