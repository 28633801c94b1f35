"""The passages of a report that show why it was found, marked on the original
characters.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from functools import cached_property, lru_cache
from itertools import pairwise
from math import fsum
from operator import itemgetter
from typing import NamedTuple

from archive.search.answer.results import Pieces, Snippet
from archive.search.answer.texts import Text
from archive.search.question import Phrase, Prefix, Words
from archive.search.text import Normal, whole_word
from archive.search.words import words

MOST = 3
WIDTH = 90
"""Characters of a passage, in normal form."""

_AGAIN = 0.2
"""What a word is worth that stands in the title, or in a passage shown before."""
# e.g. "公开。", "公开；公开。"
# not "公开，"
_SENTENCE_END = re.compile(r".*[。！？；!?;]", re.DOTALL)
"""Up to the last one."""
_NEAR, _BEFORE = 30, 15
"""How far before its first mark a passage may begin: at the beginning of a sentence, or
else.
"""
# e.g. "covid19"
# not "信息"
_LATIN = re.compile("[a-z0-9]+")


Mark = tuple[int, int, int]
"""Where in a normal form something stands that was asked for; which needle it is; where
it ends.
"""


class _Passage(NamedTuple):
    free: int
    """Where the one before ended; it begins no earlier."""
    section: int
    end: int
    marks: list[Mark]
    different: int
    """What it marks: a bit for each needle."""


class _Needle(NamedTuple):
    """Something to be marked."""

    number: int
    """Its place among all: those that are longer come first."""
    text: str
    size: int
    begins: bool
    """Whether only where a run of letters and digits begins."""
    ends: bool
    """Whether only where one ends."""

    def fits(self, text: str, at: int) -> bool:
        """Whether it may be marked where it stands in a normal form."""
        # art is not found in start: letters and digits beside it belong to it.
        if self.begins and at and _LATIN.match(text, at - 1):
            return False
        return not (self.ends and _LATIN.match(text, at + self.size))


def _needles(wanted: Iterable[Words | Phrase | Prefix]) -> list[_Needle]:
    """What is to be marked, the longest first."""
    found: dict[str, tuple[bool, bool]] = {}
    for leaf in wanted:
        if isinstance(leaf, Words):
            # Characters that stand in no word would mark half the page.
            parts = [word for word in words(leaf.text) if len(word) > 1]
            for word in (leaf.text, *parts):
                alone = _LATIN.fullmatch(word) is not None
                found.setdefault(word, (alone, alone))
        else:
            found[leaf.text] = (isinstance(leaf, Prefix), False)
    longest_first = sorted(found, key=len, reverse=True)
    return [
        _Needle(number, text, len(text), *found[text])
        for number, text in enumerate(longest_first)
    ]


class Marker:
    """Finds what a question asked for in texts."""

    def __init__(
        self,
        wanted: Collection[Words | Phrase | Prefix],
        headings: tuple[str, ...] = (),
        rarity: Callable[[str], float] = lambda needle: 1.0,
    ) -> None:
        """`headings`: of the sections that passages are taken from.

        Passages are taken from all when there are none. `rarity`: how much a word
        tells, by how few reports have it.
        """
        self._headings = headings
        self._rarity = rarity
        self._needles = _needles(wanted)
        asked = {leaf.text for leaf in wanted}
        self._asked = sum(
            1 << needle.number for needle in self._needles if needle.text in asked
        )

    @cached_property
    def _worth(self) -> list[float]:
        """What each needle is worth; few questions need to know it."""
        return [one.size * self._rarity(one.text) for one in self._needles]

    def title(self, title: Normal) -> Pieces:
        """A whole title, marked."""
        text, original = title.text, title.original
        marks = _marks(text, self._possible(text), 0, len(text), len(text))
        return _marked(title, marks, 0, len(original))

    def snippets(self, text: Text) -> tuple[Snippet, ...]:
        """The best passages in the order of the report.

        The beginning of the report when nothing is to be found in its prose.
        """
        best = self._best(text, self._passages(text))
        if not best:
            best = [
                _Passage(start, section, min(start + WIDTH, end - 1), [], 0)
                for section, (start, end) in enumerate(pairwise(text.prose.borders))
                if end - start > 1
            ][:1]
        return tuple([_snippet(text, passage) for passage in best])

    def _best(self, text: Text, passages: list[_Passage]) -> list[_Passage]:
        """The few that show most: each word once before any is shown twice."""
        if len(passages) <= MOST:
            return passages
        worth = self._worth_beside(text)
        # Passages that mark the same are worth the same: the first of them comes first.
        alike: dict[int, list[_Passage]] = {}
        for one in reversed(passages):
            alike.setdefault(one.different, []).append(one)
        best: list[_Passage] = []
        while alike and len(best) < MOST:
            chosen = _most_telling(alike, worth)
            best.append(alike[chosen].pop())
            if not alike[chosen]:
                del alike[chosen]
            for number in _numbers(chosen):
                worth[number] *= _AGAIN
        best.sort(key=itemgetter(0))
        return best

    def _worth_beside(self, text: Text) -> list[float]:
        """What each needle is worth in a passage that stands below title and agency:
        what they name is read there anyway.
        """
        title, agency, _ = text.forms
        named = title.text + agency.text
        return [
            worth * _AGAIN if one.text in named else worth
            for one, worth in zip(self._needles, self._worth, strict=True)
        ]

    def _passages(self, text: Text) -> list[_Passage]:
        """Windows that begin at a mark, none overlapping.

        Nothing is better than a window with all that is asked for: after as many as are
        shown the search ends.
        """
        form, signed = text.prose, text.signed
        prose, asked, whole = form.text, self._asked, 0
        needles = self._possible(prose)
        wanted = text.headed(self._headings) if self._headings else None
        found: list[_Passage] = []
        for section, (free, border) in enumerate(pairwise(form.borders)):
            if wanted is not None and section not in wanted:
                continue
            last = min(border - 1, signed)
            marks = _marks(prose, needles, free, last, border - 1)
            number, several = 0, len(marks)
            while number < several:
                begun = number
                end = marks[number][0] + WIDTH - _BEFORE
                if end > last:
                    end = last
                different = 0
                while number < several and (mark := marks[number])[0] < end:
                    different |= 1 << mark[1]
                    number += 1
                end = max(end, marks[number - 1][2])
                inside = marks[begun:number]
                found.append(_Passage(free, section, end, inside, different))
                free = end
                if different & asked == asked:
                    whole += 1
                    if whole == MOST:
                        return found
        return found

    def _possible(self, text: str) -> list[_Needle]:
        """What may stand in a normal form."""
        # One character is found twenty times as fast as two, and most often of what a
        # text does not hold one is not there.
        return [one for one in self._needles if all(map(text.__contains__, one.text))]


def _marks(
    text: str, needles: list[_Needle], first: int, last: int, end: int
) -> list[Mark]:
    """All that begins between two places and ends before a third, in order.

    Of what overlaps the first counts, and the longest of those that begin there.
    """
    marks: list[Mark] = []
    find = text.find
    for needle in needles:
        number, wanted, size, begins, ends = needle
        is_free = not (begins or ends)
        at = find(wanted, first, end)
        while 0 <= at < last:
            after = at + size
            if is_free or needle.fits(text, at):
                marks.append((at, number, after))
            at = find(wanted, after, end)
    return _apart(marks) if len(needles) > 1 else marks


@lru_cache(10_000)
def _numbers(different: int) -> tuple[int, ...]:
    """The needles that a passage marks."""
    return tuple(
        number for number in range(different.bit_length()) if different >> number & 1
    )


def _most_telling(alike: dict[int, list[_Passage]], worth: list[float]) -> int:
    """What those passages mark that are worth most; of several that which is read
    first. `alike`: what passages mark, and these, the first one last.
    """
    chosen, most, first = 0, -1.0, 0
    for marked, passages in alike.items():
        value = fsum(map(worth.__getitem__, _numbers(marked)))
        place = passages[-1].free
        if value > most or (value == most and place < first):
            chosen, most, first = marked, value, place
    return chosen


def _apart(marks: list[Mark]) -> list[Mark]:
    """Of marks that overlap the first, and the longest of those that begin there."""
    marks.sort()  # the longest needle has the lowest number
    kept: list[Mark] = []
    free = 0
    for mark in marks:
        if mark[0] >= free:
            kept.append(mark)
            free = mark[2]
    return kept


def _snippet(text: Text, passage: _Passage) -> Snippet:
    free, section, end, marks, _ = passage
    number, heading, _ = text.entry.sections[section]
    form = text.prose
    prose, borders = form.text, form.borders
    start = first = borders[section]
    if marks:
        start = _beginning(prose, marks[0][0], free)
    start, end = whole_word(prose, start), whole_word(prose, end)
    if marks:
        end = max(end, marks[-1][2])
    pieces = _marked(form, marks, *form.span(start, end))
    cut_after = end < borders[section + 1] - 1
    return Snippet(number, heading, pieces, start > first, cut_after)


def _marked(text: Normal, marks: list[Mark], at: int, last: int) -> Pieces:
    """The original from `at` to `last`, cut at the marks, which stand in the normal
    form.
    """
    original, places, is_even = text.original, text.places, text.is_even
    pieces: list[tuple[str, bool]] = []
    for start, _, end in marks:
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
    if end := _SENTENCE_END.match(text, max(match - _NEAR, first), match):
        return end.end()
    if match > first + _NEAR:
        return max(match - _BEFORE, first)
    return first
