"""The passages of a report that show why it was found, marked on the original
characters.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, pairwise
from math import fsum
from operator import attrgetter, itemgetter

from archive.search.answer.results import Pieces, Snippet
from archive.search.answer.texts import Text
from archive.search.question import Phrase, Prefix, Words
from archive.search.text import Normal
from archive.search.words import words

MOST = 3
WIDTH = 90
"""Characters of a passage, in normal form."""

_AGAIN = 0.2
"""What a word is worth that stands in the title, or in a passage shown before."""
# e.g. "公开。", "公开；"
# not "公开，"
_SENTENCE_END = re.compile("[。！？；!?;]")
_NEAR, _BEFORE = 30, 15
"""How far before its first mark a passage may begin: at the beginning of a sentence, or
else.
"""
# e.g. "covid19"
# not "信息"
_LATIN = re.compile("[a-z0-9]+")


Mark = tuple[int, int, str]
"""Where in a normal form something stands that was asked for, where it ends, and what
it is.
"""


@dataclass(slots=True, eq=False)
class _Passage:
    section: int
    free: int
    """Where the one before ended; it begins no earlier."""
    end: int
    marks: list[Mark]
    different: frozenset[str]
    """What it marks."""


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
        self._needles: dict[str, tuple[bool, bool]] = {}
        """What is marked → whether a word of letters and digits must begin with it, and
        whether it must end so.
        """
        for leaf in wanted:
            if isinstance(leaf, Words):
                # Characters that stand in no word would mark half the page.
                for word in (
                    leaf.text,
                    *(word for word in words(leaf.text) if len(word) > 1),
                ):
                    alone = _LATIN.fullmatch(word) is not None
                    self._needles.setdefault(word, (alone, alone))
            else:
                self._needles[leaf.text] = (isinstance(leaf, Prefix), False)
        self._longest_first = sorted(self._needles, key=len, reverse=True)
        self._asked = {leaf.text for leaf in wanted}
        self._worth = {needle: len(needle) * rarity(needle) for needle in self._needles}

    def title(self, title: Normal) -> Pieces:
        """A whole title, marked."""
        return _marked(title, self._marks(title.text), 0, len(title.original))

    def snippets(self, text: Text) -> tuple[Snippet, ...]:
        """The best passages in the order of the report.

        The beginning of the report when nothing is to be found in its prose.
        """
        best = self._best(text, self._passages(text))
        if not best:
            best = [
                _Passage(section, start, min(start + WIDTH, end - 1), [], frozenset())
                for section, (start, end) in enumerate(pairwise(text.borders))
                if end - start > 1
            ][:1]
        best.sort(key=attrgetter("free"))
        return tuple(_snippet(text, passage) for passage in best)

    def _best(self, text: Text, passages: list[_Passage]) -> list[_Passage]:
        """The few that show most: each word once before any is shown twice."""
        if len(self._needles) == 1:
            return passages[:MOST]
        worth = self._worth_beside(text)
        # Passages that mark the same are worth the same: the first of them comes first.
        alike: dict[frozenset[str], list[_Passage]] = {}
        for one in reversed(passages):
            alike.setdefault(one.different, []).append(one)
        best: list[_Passage] = []
        while alike and len(best) < MOST:
            chosen = _most_telling(alike, worth)
            best.append(alike[chosen].pop())
            if not alike[chosen]:
                del alike[chosen]
            for needle in chosen:
                worth[needle] *= _AGAIN
        return best

    def _worth_beside(self, text: Text) -> dict[str, float]:
        """What each needle is worth in a passage that stands below title and agency:
        what they name is read there anyway.
        """
        named = text.title.text + text.agency
        return {
            needle: worth * _AGAIN if needle in named else worth
            for needle, worth in self._worth.items()
        }

    def _passages(self, text: Text) -> list[_Passage]:
        """Windows that begin at a mark, none overlapping.

        Nothing is better than a window with all that is asked for: after as many as are
        shown the search ends.
        """
        marks, borders = self._marks(text.prose.text), text.borders
        if self._headings:
            wanted = text.headed(self._headings)
            marks = (
                mark for mark in marks if bisect_right(borders, mark[0]) - 1 in wanted
            )
        signed = text.signed
        found: list[_Passage] = []
        free = whole = 0
        mark = next(marks, None)
        while mark and whole < MOST and mark[0] < signed:
            section = bisect_right(borders, mark[0]) - 1
            last = min(borders[section + 1] - 1, signed)
            end = min(mark[0] + WIDTH - _BEFORE, last)
            inside = [mark]
            for mark in marks:
                if mark[0] >= end:
                    break
                inside.append(mark)
            else:
                mark = None
            end = max(end, inside[-1][1])
            different = frozenset(map(itemgetter(2), inside))
            whole += self._asked <= different
            begin = max(free, borders[section])
            found.append(_Passage(section, begin, end, inside, different))
            free = end
        return found

    def _marks(self, text: str) -> Iterator[Mark]:
        """All that was asked for, in order.

        Of what overlaps the first counts, and the longest of those that begin there.
        """
        several = [
            _occurrences(text, needle, *self._needles[needle])
            for needle in self._longest_first
        ]
        if len(several) == 1:
            return several[0]
        return _apart(list(chain.from_iterable(several)))


def _most_telling(
    alike: dict[frozenset[str], list[_Passage]], worth: dict[str, float]
) -> frozenset[str]:
    """What those passages mark that are worth most; of several that which is read
    first. `alike`: what passages mark, and these, the first one last.
    """
    chosen, most, first = frozenset[str](), -1.0, 0
    for marked, passages in alike.items():
        value, place = fsum(map(worth.__getitem__, marked)), passages[-1].free
        if value > most or (value == most and place < first):
            chosen, most, first = marked, value, place
    return chosen


def _occurrences(text: str, needle: str, begins: bool, ends: bool) -> Iterator[Mark]:
    """Where a needle (something to be marked) stands in a text.

    `begins`, `ends`: only where a run of letters and digits does.
    """
    size = len(needle)
    at = text.find(needle)
    while at >= 0:
        end = at + size
        # art is not found in start: letters and digits before or after belong to it.
        is_begun = begins and at and _LATIN.match(text, at - 1)
        goes_on = ends and _LATIN.match(text, end)
        if not is_begun and not goes_on:
            yield at, end, needle
        at = text.find(needle, end)


def _apart(marks: list[Mark]) -> Iterator[Mark]:
    """Of marks that overlap the first, and the longest of those that begin there.

    The longest are listed first, and stay so where they begin alike.
    """
    marks.sort(key=itemgetter(0))
    free = 0
    for mark in marks:
        if mark[0] >= free:
            yield mark
            free = mark[1]


def _snippet(text: Text, passage: _Passage) -> Snippet:
    number, heading, _ = text.entry.sections[passage.section]
    first, last = text.borders[passage.section], text.borders[passage.section + 1] - 1
    prose = text.prose.text
    start = first
    if passage.marks:
        start = _beginning(prose, passage.marks[0][0], passage.free)
    start, end = _whole_word(prose, start), _whole_word(prose, passage.end)
    if passage.marks:
        end = max(end, passage.marks[-1][1])
    pieces = _marked(text.prose, passage.marks, *text.prose.span(start, end))
    return Snippet(number, heading, pieces, start > first, end < last)


def _marked(text: Normal, marks: Iterable[Mark], at: int, last: int) -> Pieces:
    """The original from `at` to `last`, cut at the marks, which stand in the normal
    form.
    """
    original = text.original
    pieces: list[tuple[str, bool]] = []
    for start, end, _ in marks:
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
    if end := _SENTENCE_END.search(text[max(match - _NEAR, first) : match][::-1]):
        return match - end.start()
    if match > first + _NEAR:
        return max(match - _BEFORE, first)
    return first


def _whole_word(text: str, at: int) -> int:
    """The border at or before `at` that is not inside a run of letters and digits (or a
    mark on one).
    """
    if not 0 < at < len(text) or "\u4e00" <= text[at] <= "\u9fff":
        return at
    moved = at
    while (
        0 < moved < len(text)
        and at - moved < _NEAR
        and _joined(text[moved - 1])
        and _joined(text[moved])
    ):
        moved -= 1
    if at - moved < _NEAR:
        return moved
    return at


def _joined(char: str) -> bool:
    if not char.isalnum():
        return False
    return unicodedata.category(char) != "Lo"
