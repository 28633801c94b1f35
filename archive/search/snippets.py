"""The passages of a report that show why it was found, marked on the original characters."""

from __future__ import annotations

import re
import sys
import unicodedata
from bisect import bisect_right
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from archive.search.entry import Entry
from archive.search.query import Phrase, Words
from archive.search.results import Pieces, Snippet
from archive.search.text import BORDER, Normal, normal_with_places
from archive.search.words import words

MOST = 3
WIDTH = 90
"""Characters of a passage, in normal form."""

_SENTENCE_END = "。！？；!?;"
_NEAR = 30
"""How far a passage's beginning may move to the beginning of a sentence."""


@dataclass(frozen=True, slots=True)
class _Passage:
    section: int
    start: int
    end: int
    value: float


class Marker:
    """Finds what a question asked for in texts."""

    def __init__(self, wanted: Collection[Words | Phrase]) -> None:
        needles: dict[str, str] = {}
        for leaf in wanted:
            if isinstance(leaf, Words):
                # Characters that stand in no word would mark half the page.
                for word in (leaf.text, *(word for word in words(leaf.text) if len(word) > 1)):
                    needles.setdefault(word, _whole(word))
            else:
                needles[leaf.text] = re.escape(leaf.text)
        self._asked = {leaf.text for leaf in wanted}
        longest_first = sorted(needles, key=len, reverse=True)
        self._pattern = re.compile("|".join(needles[text] for text in longest_first)) if needles else None

    def title(self, title: str) -> Pieces:
        """A whole title, marked."""
        text = normal_with_places(title)
        if not text.text:
            return ((title, False),) if title else ()
        return self._marked(text, 0, len(text.text), (0, len(title)))

    def snippets(self, entry: Entry) -> tuple[Snippet, ...]:
        """The best passages in the order of the report; the beginning when nothing is to be found in the prose."""
        prose = normal_with_places(BORDER.join(text for _, _, text in entry.sections))
        borders = self._borders(entry, prose)
        best = sorted(self._passages(prose.text, borders), key=lambda passage: (-passage.value, passage.start))[:MOST]
        if not best:
            best = [
                _Passage(section, start, min(start + WIDTH, end - 1), 0)
                for section, (start, end) in enumerate(pairwise(borders))
                if end - start > 1
            ][:1]
        best.sort(key=lambda passage: passage.start)
        return tuple(self._snippet(entry, passage, prose, borders) for passage in best)

    def _borders(self, entry: Entry, prose: Normal) -> list[int]:
        """Where in the normal form each section begins; at last where the next one would."""
        starts = np.cumsum([0, *(len(text) + 1 for _, _, text in entry.sections)])
        return [*np.searchsorted(prose.places, starts[:-1]).tolist(), len(prose.text) + 1]

    def _passages(self, text: str, borders: list[int]) -> Iterator[_Passage]:
        """Windows that begin at a match, none overlapping, valued by how much different text they mark.

        Nothing is better than a window with all that is asked for: after as many as are shown the search ends.
        """
        marks = self._marks(text)
        mark = next(marks, None)
        whole = 0
        while mark and whole < MOST:
            section = bisect_right(borders, mark.start()) - 1
            last = borders[section + 1] - 1
            start = _beginning(text, mark.start(), borders[section])
            end = max(start + WIDTH, mark.end())
            different: set[str] = set()
            while mark and mark.start() < min(end, last):
                end = max(end, mark.end())
                different.add(mark.group())
                mark = next(marks, None)
            whole += self._asked <= different
            yield _Passage(section, start, min(end, last), sum(len(one) ** 1.5 for one in different))

    def _snippet(self, entry: Entry, passage: _Passage, prose: Normal, borders: list[int]) -> Snippet:
        number, heading, _ = entry.sections[passage.section]
        first, last = borders[passage.section], borders[passage.section + 1] - 1
        start, end = _whole_word(prose.text, passage.start), _whole_word(prose.text, passage.end)
        return Snippet(number, heading, self._marked(prose, start, end), start > first, end < last)

    def _marked(self, text: Normal, start: int, end: int, around: tuple[int, int] | None = None) -> Pieces:
        """The original behind text[start:end] (not empty), or a wider part of it, cut at the marks."""
        at, last = around or text.span(start, end)
        pieces: list[tuple[str, bool]] = []
        for mark in self._marks(text.text, start, end):
            first, after = text.span(mark.start(), mark.end())
            first = max(first, at)
            if first < after:
                pieces += [(text.original[at:first], False), (text.original[first:after], True)]
                at = after
        pieces.append((text.original[at:last], False))
        return tuple(piece for piece in pieces if piece[0])

    def _marks(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        return self._pattern.finditer(text, start, end) if self._pattern else iter(())


def _whole(word: str) -> str:
    """A pattern for a plain word: letters and digits are not found inside longer ones."""
    pattern = re.escape(word)
    return rf"(?<![a-z0-9]){pattern}(?![a-z0-9])" if re.fullmatch("[a-z0-9]+", word) else pattern


def _beginning(text: str, match: int, first: int) -> int:
    """Where a passage showing a match begins: at its sentence, or a little before the match; never before `first`."""
    for at in range(match, max(match - _NEAR, first), -1):
        if text[at - 1] in _SENTENCE_END:
            return at
    return max(match - _NEAR // 2, first) if match > first + _NEAR else first


def _whole_word(text: str, at: int) -> int:
    """The border at or before `at` that is not inside a run of letters and digits (or a mark on one)."""
    moved = at
    while 0 < moved < len(text) and at - moved < _NEAR and _joined(text[moved - 1]) and _joined(text[moved]):
        moved -= 1
    return moved if at - moved < _NEAR else at


def _joined(char: str) -> bool:
    return char.isalnum() and unicodedata.category(char) != "Lo"
