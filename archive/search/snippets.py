"""The passages of a report that show why it was found, marked on the original characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from archive.search.entry import Entry
from archive.search.query import Phrase, Words
from archive.search.results import Pieces, Snippet
from archive.search.text import normal, normal_with_places
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
        needles: dict[str, None] = {}
        for leaf in wanted:
            needles[leaf.text] = None
            if isinstance(leaf, Words):
                needles |= dict.fromkeys(words(leaf.text))
        found = sorted(needles, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(_needle, found))) if found else None

    def title(self, title: str) -> Pieces:
        """A whole title, marked."""
        return self._marked(title, 0, None) if title else ()

    def snippets(self, entry: Entry) -> tuple[Snippet, ...]:
        """The best passages in the order of the report; the beginning when nothing is to be found in the prose."""
        best: list[_Passage] = []
        for section, (_, _, prose) in enumerate(entry.sections):
            best += self._passages(section, normal(prose))
        best = sorted(best, key=lambda passage: (-passage.value, passage.section, passage.start))[:MOST]
        if not best:
            first = next((number for number, (_, _, prose) in enumerate(entry.sections) if normal(prose)), None)
            best = [] if first is None else [_Passage(first, 0, WIDTH, 0)]
        return tuple(
            self._snippet(entry, passage) for passage in sorted(best, key=lambda one: (one.section, one.start))
        )

    def _passages(self, section: int, text: str) -> list[_Passage]:
        """Windows that begin at a match, none overlapping, valued by how much different text they mark."""
        found: list[_Passage] = []
        marks = (
            [(mark.start(), mark.end(), mark.group()) for mark in self._pattern.finditer(text)] if self._pattern else []
        )
        at = 0
        while at < len(marks):
            start = _beginning(text, marks[at][0])
            end = max(start + WIDTH, marks[at][1])
            inside = at
            while inside < len(marks) and marks[inside][1] <= end:
                inside += 1
            different = {mark[2] for mark in marks[at:inside]}
            found.append(_Passage(section, start, end, sum(len(one) ** 1.5 for one in different)))
            at = max(inside, at + 1)
            while at < len(marks) and marks[at][0] < end:
                at += 1
        return found

    def _snippet(self, entry: Entry, passage: _Passage) -> Snippet:
        number, heading, prose = entry.sections[passage.section]
        text = normal(prose)
        start, end = _whole_word(text, passage.start), _whole_word(text, min(passage.end, len(text)))
        return Snippet(number, heading, self._marked(prose, start, end), start > 0, end < len(text))

    def _marked(self, original: str, start: int, end: int | None) -> Pieces:
        text = normal_with_places(original)
        end = len(text.text) if end is None else end
        if end <= start:
            return ((original, False),)
        at, last = text.span(start, end)
        pieces: list[tuple[str, bool]] = []
        for mark in self._pattern.finditer(text.text, start, end) if self._pattern else ():
            first, after = text.span(mark.start(), mark.end())
            first = max(first, at)
            if after <= first:
                continue
            pieces += [(original[at:first], False), (original[first:after], True)]
            at = after
        pieces.append((original[at:last], False))
        return tuple(piece for piece in pieces if piece[0])


def _needle(text: str) -> str:
    """Letters and digits are found as whole words only, unless they were quoted inside something longer."""
    pattern = re.escape(text)
    return rf"(?<![a-z0-9]){pattern}(?![a-z0-9])" if re.fullmatch("[a-z0-9]+", text) else pattern


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
