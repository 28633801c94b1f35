"""How close to one another the terms of a question stand in a text.

A report of many pages has most characters of any question somewhere. What answers it
has them within a sentence or two.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from archive.search.text import code_points, gram_key

_BLOCK = 30
"""Characters; what stands within two neighbouring blocks is close."""
_MOST = 20
"""Places of a word that are looked at."""
_BITS = np.uint64(21)


class Closeness:
    """The terms of one question, to be looked for in several texts."""

    def __init__(self, worths: Mapping[str, float]) -> None:
        """`worths`: what each term (a word, a pair, a character) is worth."""
        words = {term: worth for term, worth in worths.items() if len(term) > 2}
        grams = {gram_key(term): worths[term] for term in worths if len(term) <= 2}
        self._words = list(words)
        self._keys = np.array(sorted(grams), np.uint64)
        worth_of_grams = [grams[key] for key in self._keys.tolist()]
        self._worths = np.array([*worth_of_grams, *words.values()])

    def of(self, text: str) -> float:
        """The worth of the terms that stand close together, where that is most.

        `text` is in normal form.
        """
        if not text or not len(self._worths):
            return 0.0
        there = np.zeros((len(self._worths), len(text) // _BLOCK + 2), bool)
        codes = code_points(text).astype(np.uint64)
        self._mark(there, codes)
        self._mark(there, codes[:-1] << _BITS | codes[1:])
        for number, word in enumerate(self._words, len(self._keys)):
            for at in _places(text, word):
                there[number, at // _BLOCK] = True
        close = there[:, :-1] | there[:, 1:]
        return float((self._worths @ close).max())

    def _mark(self, there: NDArray[np.bool_], grams: NDArray[np.uint64]) -> None:
        """Note in which block each of the question's grams stands."""
        if not len(self._keys):
            return
        numbers = np.searchsorted(self._keys, grams)
        numbers[numbers == len(self._keys)] = 0
        at = np.flatnonzero(self._keys[numbers] == grams)
        there[numbers[at], at // _BLOCK] = True


def _places(text: str, word: str) -> Iterator[int]:
    """The first places of a word."""
    at = text.find(word)
    for _ in range(_MOST):
        if at < 0:
            return
        yield at
        at = text.find(word, at + 1)
