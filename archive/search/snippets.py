"""The passages of a report that show why it was found, marked on the original characters."""

from __future__ import annotations

import re
import sys
import unicodedata
from bisect import bisect_right
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import pairwise

from archive.search.query import Phrase, Words
from archive.search.results import Pieces, Snippet
from archive.search.text import Normal
from archive.search.texts import Text
from archive.search.words import words

MOST = 3
WIDTH = 90
"""Characters of a passage, in normal form."""

_SENTENCE_END = re.compile("[。！？；!?;]")
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

    def title(self, title: Normal) -> Pieces:
        """A whole title, marked."""
        if not title.text:
            return ((title.original, False),) if title.original else ()
        return self._marked(title, 0, len(title.text), (0, len(title.original)))

    def snippets(self, text: Text) -> tuple[Snippet, ...]:
        """The best passages in the order of the report; the beginning when nothing is to be found in the prose."""
        passages = self._passages(text.prose.text, text.borders)
        best = sorted(passages, key=lambda passage: (-passage.value, passage.start))[:MOST]
        if not best:
            best = [
                _Passage(section, start, min(start + WIDTH, end - 1), 0)
                for section, (start, end) in enumerate(pairwise(text.borders))
                if end - start > 1
            ][:1]
        best.sort(key=lambda passage: passage.start)
        return tuple(self._snippet(text, passage) for passage in best)

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

    def _snippet(self, text: Text, passage: _Passage) -> Snippet:
        number, heading, _ = text.entry.sections[passage.section]
        first, last = text.borders[passage.section], text.borders[passage.section + 1] - 1
        start, end = _whole_word(text.prose.text, passage.start), _whole_word(text.prose.text, passage.end)
        return Snippet(number, heading, self._marked(text.prose, start, end), start > first, end < last)

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
    if end := _SENTENCE_END.search(text[max(match - _NEAR, first) : match][::-1]):
        return match - end.start()
    return max(match - _NEAR // 2, first) if match > first + _NEAR else first


def _whole_word(text: str, at: int) -> int:
    """The border at or before `at` that is not inside a run of letters and digits (or a mark on one)."""
    moved = at
    while 0 < moved < len(text) and at - moved < _NEAR and _joined(text[moved - 1]) and _joined(text[moved]):
        moved -= 1
    return moved if at - moved < _NEAR else at


def _joined(char: str) -> bool:
    return char.isalnum() and unicodedata.category(char) != "Lo"
