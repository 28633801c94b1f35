"""In which order documents are shown."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from archive.search.answer.match import Matching
from archive.search.engine import Floats, Ids, Snapshot

FIRST, STEP, WALKED = 40, 100, 1_000
"""Documents given at once: twice a page at first, since most that may answer do; after
so many the rest is sorted.
"""

_RANK, _YEAR, _DAY = 1e4, 1e6, 1e8
"""Weights of rank, year and day number in the sorting key, each beyond the sum of the
smaller ones.
"""
_NEWER = 1e-3
"""What a year counts for beside the score, which is some units a word: of reports alike
the newer comes first.
"""
_SORTS = {"year", "published", "agency"}
"""Orders in which the score comes second."""
_HIGHEST = 3
"""The best of Matching.ranks."""
_MARGIN = np.float32(1e-5)
"""What a rough score may be wrong by, relative to the highest: more than sums of 64
words are.
"""
_FEW = 4
"""Of all documents, when no more than one in so many are to be scored, those are scored
one by one.
"""


class Ranking:
    """Puts documents that answer a question in order."""

    def __init__(
        self, snapshot: Snapshot, matching: Matching | None, sort: str
    ) -> None:
        """`matching`: None when nothing was asked for, so that there are no scores.
        `sort`: see Query.
        """
        self._snapshot = snapshot
        self._matching = matching
        self._sort = sort
        self._scored: tuple[Ids, Floats] | None = None

    def best(self, candidates: Ids, count: int) -> Ids:
        """The first `count` of the documents (numbers in rising order), best first."""
        leading = self._leading(candidates, count)
        return leading[_highest(self._keys(leading), count)]

    def blocks(self, candidates: Ids) -> Iterator[Ids]:
        """All of them, best first, some at a time; sorted wholly only when the first
        thousand don't do.
        """
        head = self.best(candidates, WALKED)
        yield head[:FIRST]
        for start in range(FIRST, len(head), STEP):
            yield head[start : start + STEP]
        if len(candidates) > len(head):
            order = candidates[np.argsort(-self._keys(candidates), kind="stable")]
            for start in range(len(head), len(order), STEP):
                yield order[start : start + STEP]

    def scores(self, documents: Ids) -> list[float]:
        """The scores of documents that were put in order last; 0 where nothing was
        asked for.
        """
        if self._scored is None:
            return [0.0] * len(documents)
        candidates, scores = self._scored
        found: list[float] = scores[np.searchsorted(candidates, documents)].tolist()
        return found

    def _leading(self, candidates: Ids, count: int) -> Ids:
        """Those of the candidates that can be among the first `count`. Where they are
        many, single precision and a margin beyond what that can be wrong by leave a few
        to be ranked exactly, in a third of the time.
        """
        few = (
            len(candidates) * _FEW < self._snapshot.size or len(candidates) < 2 * count
        )
        if few or not self._matching or self._sort in _SORTS:
            return candidates
        rough = self._matching.scores(kind=np.float32)
        rough += self._snapshot.reported * np.float32(_NEWER)
        ranks = self._matching.ranks()[candidates]
        rank = _HIGHEST
        while (
            several := int(np.count_nonzero(ranks == rank))
        ) < count:  # in which rank the list ends
            count -= several
            rank -= 1
        last = candidates[ranks == rank]
        keys = rough[last] if several < len(rough) else rough
        lowest = (
            np.partition(keys, several - count)[several - count] - rough.max() * _MARGIN
        )
        leading: Ids = np.sort(
            np.concatenate([candidates[ranks > rank], last[keys >= lowest]])
        )
        return leading

    def _keys(self, candidates: Ids) -> Floats:
        """What these documents are sorted by, descending; equal ones stay in the order
        they were indexed in.
        """
        snapshot, sort = self._snapshot, self._sort
        reported = snapshot.reported[candidates].astype(np.float64)
        if self._matching:
            then = self._relevance(self._matching, candidates) + reported * _NEWER
        elif sort in {"published", "agency"}:
            then = reported
        else:
            then = snapshot.published[candidates].astype(np.float64)
        if self._matching and sort not in _SORTS:
            return then
        if sort == "published":
            first = snapshot.published[candidates].astype(np.float64)
        else:
            first = self._agency_order()[candidates] if sort == "agency" else reported
        return first * (_YEAR if self._matching else _DAY) + then

    def _relevance(self, matching: Matching, candidates: Ids) -> Floats:
        """Rank and score."""
        few = len(candidates) * _FEW < self._snapshot.size
        scores: Floats = (
            matching.scores(candidates) if few else matching.scores()[candidates]
        )
        self._scored = candidates, scores
        ranks: Floats = matching.ranks()[candidates].astype(np.float64)
        ranks *= _RANK
        ranks += scores
        return ranks

    def _agency_order(self) -> Floats:
        """Higher for names that come first: those of a region stand together."""
        column = self._snapshot.facets["agency"]
        names = column.values.combinations
        places = np.empty(len(names))
        places[sorted(range(len(names)), key=names.__getitem__, reverse=True)] = range(
            len(names)
        )
        return places[column.codes] if len(places) else np.zeros(0)


def _highest(keys: Floats, count: int) -> Ids:
    """Positions of the `count` highest keys, highest first, equal ones in their order."""
    if count < len(keys):
        lowest = np.partition(keys, len(keys) - count)[len(keys) - count]
        candidates = np.flatnonzero(keys >= lowest)
    else:
        candidates = np.arange(len(keys))
    return candidates[np.argsort(-keys[candidates], kind="stable")][:count]
