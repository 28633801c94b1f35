"""What changed inside a paragraph, word by word, and how much may be spent on it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat
from typing import NamedTuple

from archive.report.compare.shared import shared_runs

# Pairs of equal words looked at in a comparison; paragraphs after that are shown as
# wholly changed. Hostile texts of few signs cost most; an ordinary report uses a
# hundredth.
MAX_WORK = 2_000_000
MAX_PARAGRAPH_WORK = 200_000

# A number with its separators is one word, so that 1,315 changes as a whole; so is a
# word in Latin letters. Chinese is compared sign by sign.
# e.g. "1,315", "12.5", "App", "局", " "
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[A-Za-z]+|\s+|.", re.DOTALL)
_EDGE = ""
"""Stands before the first word and behind the last, and is a word of both wordings."""


class Piece(NamedTuple):
    """A run of text; `changed` when the other report does not have it."""

    text: str
    changed: bool


Pieces = tuple[Piece, ...]


class Work:
    """What a comparison may still spend, so that no text can keep a page busy."""

    def __init__(self, left: int) -> None:
        self._left = left

    def allows(self, before: list[str], after: list[str]) -> bool:
        """Whether two paragraphs may be compared; if so, that is paid for.

        The cost is the number of pairs of equal words: no more runs can begin.
        """
        times = Counter(after).get
        pairs = sum(map(times, before, repeat(0)))
        if pairs > min(self._left, MAX_PARAGRAPH_WORK):
            return False
        self._left -= pairs
        return True


def differences(old: str, new: str, work: Work) -> tuple[Pieces, Pieces]:
    """Two wordings of a paragraph as runs of text, each changed or not.

    Wholly changed where comparing them would cost more than is left.
    """
    before, after = _WORD.findall(old), _WORD.findall(new)
    if not work.allows(before, after):
        return (Piece(old, True),), (Piece(new, True),)
    # A word that both have between two changes belongs to them, or the eye finds only
    # crumbs; not so the first word and the last, which have an edge beside them.
    before, after = [_EDGE, *before, _EDGE], [_EDGE, *after, _EDGE]
    same = shared_runs(before, after)
    kept = [old for old, _ in same]
    kept_on = [new for _, new in same]
    return tuple(_pieces(before, kept)), tuple(_pieces(after, kept_on))


def _pieces(words: Sequence[str], kept: Iterable[slice]) -> Iterator[Piece]:
    """All words in order, as runs that stand in the other wording too or do not.

    Runs that are parted there may touch here: then they are one piece.
    """
    shown = end = 0
    for run in kept:
        if run.start > end:
            yield from _piece(words[shown:end], False)
            yield from _piece(words[end : run.start], True)
            shown = run.start
        end = run.stop
    yield from _piece(words[shown:end], False)
    yield from _piece(words[end:], True)


def _piece(words: Iterable[str], changed: bool) -> Iterator[Piece]:
    """Words as a piece; none where there is nothing to see."""
    text = "".join(words)
    if text:
        yield Piece(text, changed)
