"""Passages, cut out of the original and marked."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

from archive.search.answer.results import Pieces, Snippet
from archive.search.answer.snippets.marks import BEFORE, WIDTH, Mark
from archive.search.answer.texts import Text
from archive.search.text import Normal, whole_word

# e.g. "公开。", "公开；公开。"
# not "公开，"
_SENTENCE_END = re.compile(r".*[。！？；!?;]", re.DOTALL)
"""Up to the last one."""
_NEAR = 30
"""How far before its first mark a passage may begin at the beginning of a sentence."""


def passages(
    text: Text, windows: Iterable[tuple[int, list[Mark], int]]
) -> tuple[Snippet, ...]:
    """What stands around marks, from the sentence of the first on.

    `windows`: where the one before each ended, what it marks, and where it ends.
    """
    form, sections = text.prose, text.entry.sections
    prose, borders, places, is_even = form.text, form.borders, form.places, form.is_even
    found = []
    for free, marks, end in windows:
        at = marks[0][0]
        section = bisect_right(borders, at)
        border, behind = borders[section - 1], borders[section] - 1
        start = _beginning(prose, at, free if free > border else border)
        # Most often a Han character stands there: to ask takes as long as all the rest.
        if not "\u4e00" <= prose[start] <= "\u9fff":
            start = whole_word(prose, start)
        goes_on = end < behind
        if goes_on and not "\u4e00" <= prose[end] <= "\u9fff":
            end = max(whole_word(prose, end), marks[-1][1])
        number, heading, _ = sections[section - 1]
        if is_even:
            first, last = places[start], places[end - 1] + 1
        else:
            first, last = form.span(start, end)
        pieces = marked(form, marks, first, last)
        found.append(Snippet(number, heading, pieces, start > border, goes_on))
    return tuple(found)


def beginning(text: Text) -> tuple[Snippet, ...]:
    """The beginning of the prose; none where nothing is printed."""
    form = text.prose
    borders = form.borders
    for section, start in enumerate(borders[:-1]):
        last = borders[section + 1] - 1
        if last > start:
            end = whole_word(form.text, min(start + WIDTH, last))
            number, heading, _ = text.entry.sections[section]
            pieces = marked(form, (), *form.span(start, end))
            return (Snippet(number, heading, pieces, False, end < last),)
    return ()


def marked(text: Normal, marks: Iterable[Mark], at: int, last: int) -> Pieces:
    """The original from `at` to `last`, cut at the marks, which stand in the normal
    form.
    """
    original, places, is_even = text.original, text.places, text.is_even
    pieces: list[tuple[str, bool]] = []
    for start, end in marks:
        if is_even:
            first, after = places[start], places[end - 1] + 1
        else:
            first, after = text.span(start, end)
        if first > at:
            pieces.append((original[at:first], False))
            at = first
        if after > at:
            pieces.append((original[at:after], True))
            at = after
    if last > at:
        pieces.append((original[at:last], False))
    return tuple(pieces)


def _beginning(text: str, match: int, first: int) -> int:
    """Where a passage showing a match begins: at its sentence, or a little before the
    match; never before `first`.
    """
    near = match - _NEAR
    if end := _SENTENCE_END.match(text, near if near > first else first, match):
        return end.end()
    if match > first + _NEAR:
        return max(match - BEFORE, first)
    return first
