"""What changed inside a paragraph, word by word, and how much may be spent on it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from archive.report.compare.shared import Codes, Shared

# Pairs of two words in a row that both wordings have, as many as are looked at in a
# comparison; paragraphs after that are shown as wholly changed. Hostile texts of few
# signs cost most; an ordinary report uses a hundredth.
MAX_WORK = 2_000_000
MAX_PARAGRAPH_WORK = 200_000

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


class Piece(NamedTuple):
    """A run of text; `changed` when the other report does not have it."""

    text: str
    changed: bool


Pieces = tuple[Piece, ...]


class Work:
    """What a comparison may still spend, so that no text can keep a page busy."""

    def __init__(self, left: int) -> None:
        self._left = left

    def allows(self, pairs: int) -> bool:
        """Whether two paragraphs may be compared that share so many pairs of words; if
        so, that is paid for.
        """
        if pairs > min(self._left, MAX_PARAGRAPH_WORK):
            return False
        self._left -= pairs
        return True


class _Wording:
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


def differences(old: str, new: str, work: Work) -> tuple[Pieces, Pieces]:
    """Two wordings of a paragraph as runs of text, each changed or not.

    Wholly changed where comparing them would cost more than is left.
    """
    numbers: dict[str, int] = {}
    before, after = _Wording(old, numbers), _Wording(new, numbers)
    shared = Shared(before.words, after.words)
    if not work.allows(shared.pairs):
        return (Piece(old, True),), (Piece(new, True),)
    same = shared.runs()
    kept = before.pieces([old for old, _ in same])
    kept_on = after.pieces([new for _, new in same])
    return tuple(kept), tuple(kept_on)
