"""The passages of a report that show why it was found, marked on the original characters."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from archive.search.entry import Entry
from archive.search.query import Phrase, Words
from archive.search.results import Pieces, Snippet
from archive.search.text import Normal, normal, normal_with_places
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

    def __init__(self, wanted: Iterable[Words | Phrase]) -> None:
        needles: dict[str, str] = {}
        for leaf in wanted:
            if isinstance(leaf, Words):
                # Characters that stand in no word would mark half the page.
                for word in (leaf.text, *(word for word in words(leaf.text) if len(word) > 1)):
                    needles.setdefault(word, _whole(word))
            else:
                needles[leaf.text] = re.escape(leaf.text)
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
        texts = [normal(prose) for _, _, prose in entry.sections]
        best = [passage for section, text in enumerate(texts) for passage in self._passages(section, text)]
        best = sorted(best, key=lambda passage: (-passage.value, passage.section, passage.start))[:MOST]
        if not best:
            best = [_Passage(section, 0, WIDTH, 0) for section, text in enumerate(texts) if text][:1]
        best.sort(key=lambda passage: (passage.section, passage.start))
        placed = {passage.section: normal_with_places(entry.sections[passage.section][2]) for passage in best}
        return tuple(self._snippet(entry, passage, placed[passage.section]) for passage in best)

    def _passages(self, section: int, text: str) -> list[_Passage]:
        """Windows that begin at a match, none overlapping, valued by how much different text they mark."""
        found: list[_Passage] = []
        marks = [(mark.start(), mark.end(), mark.group()) for mark in self._marks(text)]
        at = 0
        while at < len(marks):
            start = _beginning(text, marks[at][0])
            end = max(start + WIDTH, marks[at][1])
            inside = at
            while inside < len(marks) and marks[inside][0] < end:
                end = max(end, marks[inside][1])
                inside += 1
            different = {mark[2] for mark in marks[at:inside]}
            found.append(_Passage(section, start, end, sum(len(one) ** 1.5 for one in different)))
            at = inside
        return found

    def _snippet(self, entry: Entry, passage: _Passage, prose: Normal) -> Snippet:
        number, heading, _ = entry.sections[passage.section]
        size = len(prose.text)
        start, end = _whole_word(prose.text, passage.start), _whole_word(prose.text, min(passage.end, size))
        return Snippet(number, heading, self._marked(prose, start, end), start > 0, end < size)

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


def _beginning(text: str, match: int) -> int:
    """Where a passage showing a match begins: at its sentence, or a little before the match."""
    for at in range(match, max(match - _NEAR, 0), -1):
        if text[at - 1] in _SENTENCE_END:
            return at
    return max(match - _NEAR // 2, 0) if match > _NEAR else 0


def _whole_word(text: str, at: int) -> int:
    """The border at or before `at` that is not inside a run of letters and digits (or a mark on one)."""
    moved = at
    while 0 < moved < len(text) and at - moved < _NEAR and _joined(text[moved - 1]) and _joined(text[moved]):
        moved -= 1
    return moved if at - moved < _NEAR else at


def _joined(char: str) -> bool:
    return char.isalnum() and unicodedata.category(char) != "Lo"
