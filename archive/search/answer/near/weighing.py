"""The terms of a question, weighed by how rare they are here, and what each document
has of them.

Words count by how often they stand there (BM25), characters and pairs by being there
at all, rare ones more.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from operator import attrgetter

import numpy as np

from archive.search.answer.highest import nth_highest
from archive.search.engine import Floats, Ids, Mask, Snapshot
from archive.search.question import Term
from archive.search.text import grams

EVERYWHERE = 100_000
"""Postings scored for all documents, the rarest terms first. Terms beyond that only
order the documents that are ahead by then, so that the most frequent ones cost no more
than any other.
"""
AHEAD = 500
"""Documents that are ordered then, and the most that are shown."""
_LONG_LATIN = 3
"""Letters of a word that is looked for inside longer ones, where it is no word."""


class Weighed:
    """A term of the question, and what the index knows of it."""

    def __init__(self, snapshot: Snapshot, term: Term) -> None:
        self._snapshot = snapshot
        self.text = term.text
        self.is_word = term.is_word
        self.count = snapshot.count(term.text) if term.is_word else 0
        """The documents that have it."""
        if not self.count and self._may_be_inside:
            # iphone is a piece of iphone13, and no word beside it.
            self.is_word = False
        if not self.is_word:
            self._having = snapshot.containing("grams", grams(term.text))
            self.count = int(np.count_nonzero(self._having))
        absent = snapshot.size - self.count
        self.rarity = math.log(1 + (absent + 0.5) / (self.count + 0.5))
        self.worth = term.weight * self.rarity
        """What it adds to a document that has it once."""

    @property
    def having(self) -> Mask:
        """The documents that have it."""
        if self.is_word:
            return self._snapshot.containing("words", [self.text])
        return self._having

    @property
    def is_sign(self) -> bool:
        """Whether it is a single character, wherever it stands."""
        return not self.is_word and len(self.text) == 1

    @property
    def _may_be_inside(self) -> bool:
        """Whether it is a word of letters, long enough to mean itself in another."""
        is_long = len(self.text) >= _LONG_LATIN
        return self.is_word and is_long and self.text.isascii()

    def shares(self, few: Ids | None = None) -> Floats:
        """What it adds to the score of each document, or of a `few` in rising order."""
        if not self.is_word:
            having = self._having if few is None else self._having[few]
            return having.astype(np.float64) * self.worth
        size = self._snapshot.size if few is None else len(few)
        shares = np.zeros(size)
        self._snapshot.add_scores([self.text], shares, few)
        # The index multiplies by about 1 + rarity, so that words which all reports hold
        # count too: right where all words must be there, too much where any will do.
        shares *= self.worth / (1 + self.rarity)
        return shares


def weighed(snapshot: Snapshot, terms: Sequence[Term]) -> list[Weighed]:
    """The terms, none of the light ones worth more than the least rare other word.

    Few reports ask anything, so that 怎么 is rare in them, and would tell much.
    """
    asked = [Weighed(snapshot, term) for term in terms]
    several = list(zip(terms, asked, strict=True))
    telling = [
        one.rarity
        for term, one in several
        if one.count and term.is_word and not term.is_light
    ]
    most = min(telling, default=math.inf)
    for term, one in several:
        if term.is_light and one.rarity > most:
            one.worth = term.weight * most
    return asked


def scores_of(snapshot: Snapshot, asked: list[Weighed], shown: Mask) -> Floats:
    """The score of each document, the rarest terms first.

    Where the terms are too many and too frequent, those ahead among the shown, and
    among all, are scored by all terms, and the others by the rarest alone.
    """
    scores = np.zeros(snapshot.size)
    ahead: Ids | None = None
    scored = 0
    known = [one for one in asked if one.count]
    for one in sorted(known, key=attrgetter("count")):
        if scored and ahead is None and scored + one.count > EVERYWHERE:
            ahead = np.union1d(_ahead(scores, shown), _ahead(scores, snapshot.alive))
        scored += one.count
        if ahead is None:
            scores += one.shares()
        else:
            scores[ahead] += one.shares(ahead)
    return scores


def _ahead(scores: Floats, among: Mask) -> Ids:
    """The documents with the highest scores."""
    several = np.flatnonzero(among & (scores > 0))
    lowest = nth_highest(scores[several], AHEAD)
    return several[scores[several] >= lowest]
