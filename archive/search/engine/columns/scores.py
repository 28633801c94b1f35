"""How well documents fit a word: BM25F, as whoosh.scoring computes it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from archive.search.engine.columns.facets import Ids

if TYPE_CHECKING:
    from archive.search.engine.listed import Listed

Scored = NDArray[Any]
B, K1 = 0.75, 1.2
"""BM25F's parameters, as in whoosh.scoring: how much the length of a report counts, and
how soon more of the same word counts for nothing.
"""


class Scores:
    """The scores of words for all documents of a generation."""

    def __init__(self, lengths: NDArray[np.float64], total: float) -> None:
        """`lengths`: of the documents, `total` of all; deleted ones count until they
        are merged away, as in Whoosh.
        """
        self._size = len(lengths)
        average = total / max(self._size, 1) or 1.0
        norms = K1 * ((1 - B) + B * lengths / average)
        self._norms: dict[Any, Scored] = {
            np.dtype(kind): norms.astype(kind) for kind in (np.float64, np.float32)
        }
        """What a document's length divides by, in double and in single precision."""

    def add(
        self, words: Iterable[Listed], total: Scored, few: Ids | None = None
    ) -> None:
        """Add the scores of words with these lists to the `total` of each document, or
        of a `few`; as precise as `total` is.
        """
        norms = self._norms[total.dtype]
        if few is not None:
            norms = norms.take(few)
        for listed in words:
            assert listed.weights is not None
            weights, ids, idf = listed.weights, listed.ids, self._idf(listed.count)
            if few is not None:
                total += _score(listed.weights_of(few, self._size), norms, idf)
            elif ids is None:
                total += _score(weights, norms, idf)
            else:
                total[ids] += _score(weights, norms[ids], idf)

    def _idf(self, having: int) -> float:
        """How much a word tells that so many documents have."""
        return math.log(self._size / (having + 1)) + 1


def _score(weights: Scored, norms: Scored, idf: float) -> Scored:
    """weight * (K1 + 1) * idf / (weight + norm), in place: no array is made twice."""
    scores: Scored = weights.astype(norms.dtype)
    divisors = scores + norms
    if scores.dtype == np.float32:  # is rounded anyway
        scores *= (K1 + 1) * idf
    else:
        scores *= K1 + 1
        scores *= idf
    scores /= divisors
    return scores
