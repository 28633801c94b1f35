"""A paragraph as words, each a number, and its pieces beside another wording."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from archive.report.compare.shared import Codes
from archive.report.compare.words import Piece

# A number with its separators is one word, so that 1,315 changes as a whole; so is a
# word in Latin letters. Chinese is compared sign by sign.
_NUMBER = r"\d(?:[.,]?\d)+"
# e.g. "1,315", "12.5", "App", "  "
# not "1", "局", "a"
_LONG = re.compile(rf"{_NUMBER}|[A-Za-z]{{2,}}|\s{{2,}}")
"""A word of several signs."""
_EDGE = 0x110000
"""Stands before the first word and behind the last, and is a word of both wordings. No
sign has this number; words of several signs have those that follow.
"""


class Wording:
    """A paragraph as words."""

    def __init__(self, text: str, numbers: dict[str, int]) -> None:
        """`numbers`: those of words of several signs, to which new ones are added."""
        self._text = text
        words, begins = _words(text, numbers)
        # A word that both have between two changes belongs to them, or the eye finds
        # only crumbs; not so the first and the last, which have an edge beside them.
        self.words = np.concatenate(([_EDGE], words, [_EDGE]))
        self._begins = [0, *begins.tolist(), len(text), len(text)]

    def pieces(self, kept: Iterable[slice]) -> Iterator[Piece]:
        """All words in order, as runs that stand in the other wording too or do not.

        Runs that are parted there may touch here: then they are one piece.
        """
        shown = end = 0
        for run in kept:
            if run.start > end:
                yield from self._piece(shown, end, False)
                yield from self._piece(end, run.start, True)
                shown = run.start
            end = run.stop
        yield from self._piece(shown, end, False)
        yield from self._piece(end, len(self._begins) - 1, True)

    def _piece(self, first: int, behind: int, changed: bool) -> Iterator[Piece]:
        """Words as a piece; none where there is nothing to see."""
        text = self._text[self._begins[first] : self._begins[behind]]
        if text:
            yield Piece(text, changed)


def _words(text: str, numbers: dict[str, int]) -> tuple[Codes, NDArray[np.intp]]:
    """The words of a text as numbers, and where each begins."""
    signs = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    words, begins = signs.astype(np.int64), np.ones(len(signs), bool)
    for found in _LONG.finditer(text):
        begin, end = found.span()
        words[begin] = numbers.setdefault(found[0], _EDGE + 1 + len(numbers))
        begins[begin + 1 : end] = False
    return words[begins], begins.nonzero()[0]
