"""What comes nearest to a question that no report answers in full.

Most reports hold only some words of a question in plain language, since they were
written by somebody else than who asks. So every term of it adds to a document's score
(see question.terms): words by how often they stand there (BM25), characters and pairs
by being there at all, rare ones more.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from operator import attrgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from archive.search.answer.highest import nth_highest
from archive.search.answer.proof import MAX_WORDS, Known
from archive.search.answer.texts import Text
from archive.search.engine import Floats, Ids, Mask, Snapshot
from archive.search.question import Term, telling_words, terms_of
from archive.search.words import words as words_of

EVERYWHERE = 100_000
"""Postings scored for all documents, the rarest terms first. Terms beyond that only
order the documents that are ahead by then, so that the most frequent ones cost no more
than any other.
"""
AHEAD = 500
"""Documents that are ordered then, and the most that are shown."""
_WORTH = 0.1
"""What a document must score to be shown, relative to the best."""
_ENOUGH = 0.01
"""What the best must score, relative to a text with all terms of the question: more
than characters add that nearly all reports have.
"""
_LONGEST_WORD = 4
"""Characters. Few Chinese words have more; what is no longer may be one word misspelt,
of which single characters would find anything.
"""
_SEVERAL = 3
"""Words typed one by one. Of two, each is offered by itself where nothing has both."""
MOST_HELD = "没有报告含有全部词语，以下报告含有其中大部分。"
SOME_HELD = "没有报告含有全部词语，以下报告只含有其中一部分。"


class Nearest:
    """The documents nearest to a question, and how near each is."""

    def __init__(
        self, found: Mask, scores: Floats, words: list[str], note: str
    ) -> None:
        self.known = Known(found, found)
        self.notes = [note]
        self.words = words
        """Those of the question that tell what it is about."""
        self._scores = scores

    def holds(self, document: int, looked_up: Text) -> bool:
        """Never in doubt: what the index knows is all that counts here."""
        return bool(self.known.sure[document])

    def scores(
        self, few: Ids | None = None, dtype: type[np.floating[Any]] = np.float64
    ) -> NDArray[Any]:
        """For every document, or for a `few`."""
        scores = self._scores if few is None else self._scores[few]
        return scores.astype(dtype)

    def ranks(self) -> NDArray[np.int8]:
        """Nothing comes before the score."""
        return np.zeros(len(self._scores), np.int8)


def nearest(snapshot: Snapshot, texts: Sequence[str], passing: Mask) -> Nearest | None:
    """What comes nearest to the plain `texts` asked for.

    None when nothing is near, or the question is a single word.

    `passing`: the documents that the filters let through; the nearest of them count.
    """
    words = telling_words(texts)[:MAX_WORDS]
    shown = snapshot.alive & passing
    is_pair = len(texts) > 1 and len(words) < _SEVERAL
    if not words or is_pair or not shown.any():
        return None
    # Reports are written in the words of the office (依申请公开), questions in those of
    # the street (要一份文件): what they share is often a character or two.
    asked = [_Asked(snapshot, term) for term in terms_of(texts)]
    scores = _scores(snapshot, asked, shown)
    best = int(np.where(shown, scores, 0).argmax())

    is_one_word = _is_one_word(texts)
    with_most = _with_most(snapshot, words, shown)
    some_with_most = is_one_word and (with_most & shown).any()
    if with_most[best] or some_with_most:
        return Nearest(with_most, scores, words, MOST_HELD)

    enough = _ENOUGH * sum(one.worth for one in asked)
    if is_one_word or scores[best] <= enough:
        return None
    lowest = max(_WORTH * scores[best], nth_highest(scores[shown], AHEAD))
    found = snapshot.alive & (scores > 0) & (scores >= lowest)
    return Nearest(found, scores, words, SOME_HELD)


def _is_one_word(texts: Sequence[str]) -> bool:
    """Whether a single word is asked for, maybe one misspelt."""
    if len(texts) > 1:
        return False
    parts = words_of(texts[0])
    of_several_characters = [part for part in parts if len(part) > 1]
    is_short = len(texts[0]) <= _LONGEST_WORD and len(of_several_characters) < 2
    if len(parts) == 1:
        return True
    return is_short


def _with_most(snapshot: Snapshot, words: Sequence[str], shown: Mask) -> Mask:
    """The documents with as much of the words as any that is shown.

    Counted in characters; none where that is less than half of them, or one word.
    """
    several = np.zeros(snapshot.size, np.int16)
    characters = np.zeros(snapshot.size, np.int16)
    for word in words:
        having = snapshot.containing("words", [word])
        several += having
        characters += having * np.int16(len(word))
    half = (sum(map(len, words)) + 1) // 2
    least = max(int(characters[shown].max(initial=0)), half)
    # A word misspelt is cut into others: one of them alone says nothing.
    is_most = (characters >= least) & (several >= 2)
    with_most: Mask = snapshot.alive & is_most
    return with_most


class _Asked:
    """A term of the question, and what the index knows of it."""

    def __init__(self, snapshot: Snapshot, term: Term) -> None:
        self._snapshot = snapshot
        self._term = term
        self.count = int(np.count_nonzero(self._having()))
        """The documents that have it."""
        absent = snapshot.size - self.count
        self._rarity = math.log(1 + (absent + 0.5) / (self.count + 0.5))
        self.worth = term.weight * self._rarity
        """What it adds to a document that has it once."""

    def _having(self) -> Mask:
        field = "words" if self._term.is_word else "grams"
        return self._snapshot.containing(field, [self._term.text])

    def shares(self, few: Ids | None = None) -> Floats:
        """What it adds to the score of each document, or of a `few` in rising order."""
        if not self._term.is_word:
            having = self._having() if few is None else self._having()[few]
            return having.astype(np.float64) * self.worth
        size = self._snapshot.size if few is None else len(few)
        shares = np.zeros(size)
        self._snapshot.add_scores(self._term.text, shares, few)
        # The index multiplies by about 1 + rarity, so that words which all reports hold
        # count too: right where all words must be there, too much where any will do.
        shares *= self.worth / (1 + self._rarity)
        return shares


def _scores(snapshot: Snapshot, asked: list[_Asked], shown: Mask) -> Floats:
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
