"""In which order documents are shown.

An order is a record of the catalogue and an entry in ORDER_KEYS: the keys it sorts by,
the most telling first, highest first. Documents that are equal in all of them stay in
the order they were indexed in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from archive.catalogue import RELEVANCE
from archive.search.engine import Floats, Ids, Mask, Snapshot

FIRST, STEP, WALKED = 40, 100, 1_000
"""Documents given at once: twice a page at first, since most that may answer do; after
so many the rest is sorted.
"""
_NEWER = 1e-3
"""What a year counts for beside the score, which is some units a word: of reports alike
the newer comes first.
"""
_HIGHEST = 3
"""The best of Relevance.ranks."""
_MARGIN = np.float32(1e-5)
"""What a rough score may be wrong by, relative to the highest: more than sums of 64
words are.
"""
_FEW = 4
"""Of all documents, when no more than one in so many are to be scored, those are scored
one by one.
"""

Key = NDArray[Any]
"""A number for each document of a list; the highest comes first."""


class Relevance(Protocol):
    """How well each document answers: what an order needs to know of a question."""

    def scores(
        self, few: Ids | None = None, kind: type[np.floating[Any]] = np.float64
    ) -> NDArray[Any]:
        """For every document, or for a `few` in rising order."""

    def ranks(self) -> NDArray[np.int8]:
        """What comes before the score, for every document: 0 to 3."""


@dataclass(frozen=True, slots=True)
class Ordered:
    """Documents in the order in which they are shown, each with its score; all scores
    are 0 where nothing was asked for.
    """

    documents: Ids
    scores: Floats

    def __len__(self) -> int:
        return len(self.documents)

    def __getitem__(self, which: slice | Ids | Mask) -> Ordered:
        """A part of the list, in the same order."""
        return Ordered(self.documents[which], self.scores[which])

    @classmethod
    def joined(cls, parts: list[Ordered]) -> Ordered:
        """One list after the other."""
        if not parts:
            return cls(np.zeros(0, np.int64), np.zeros(0))
        documents = np.concatenate([part.documents for part in parts])
        return cls(documents, np.concatenate([part.scores for part in parts]))


class Listing:
    """Documents to be put in order (numbers in rising order), and what they can be
    ordered by.
    """

    def __init__(
        self, snapshot: Snapshot, relevance: Relevance | None, documents: Ids
    ) -> None:
        self._snapshot = snapshot
        self._relevance = relevance
        self.documents = documents

    @cached_property
    def years(self) -> Key:
        """The years the reports are about."""
        return self._snapshot.reported[self.documents].astype(np.float64)

    @cached_property
    def days(self) -> Key:
        """The days of publishing as numbers, 0 where unknown."""
        return self._snapshot.published[self.documents]

    @cached_property
    def names(self) -> Key:
        """Higher for agencies whose names come first. An agency's full name begins with
        its region, so those of a region stand together.
        """
        column = self._snapshot.facets["agency"]
        names = column.values.combinations
        if not names:
            return np.zeros(len(self.documents))
        # By the characters' numbers: roughly by radical, and always the same.
        descending = sorted(range(len(names)), key=names.__getitem__, reverse=True)
        places = np.empty(len(names))
        places[descending] = range(len(names))
        return places[column.codes[self.documents]]

    @cached_property
    def scores(self) -> Floats:
        """How well each answers; 0 where nothing was asked for."""
        if self._relevance is None:
            return np.zeros(len(self.documents))
        if len(self.documents) * _FEW < self._snapshot.size:
            return self._relevance.scores(self.documents)
        return self._relevance.scores()[self.documents]

    @property
    def relevance(self) -> tuple[Key, ...]:
        """Rank, then score; no keys where nothing was asked for."""
        if self._relevance is None:
            return ()
        ranks = self._relevance.ranks()[self.documents]
        return ranks, self.scores + self.years * _NEWER


# Where nothing was asked for, everything is shown: the newest first, as on a shelf.
def _by_relevance(listing: Listing) -> tuple[Key, ...]:
    return listing.relevance or (listing.years, listing.days)


def _by_year(listing: Listing) -> tuple[Key, ...]:
    return listing.years, *(listing.relevance or (listing.days,))


def _by_day(listing: Listing) -> tuple[Key, ...]:
    return listing.days, *(listing.relevance or (listing.years,))


def _by_agency(listing: Listing) -> tuple[Key, ...]:
    return listing.names, *(listing.relevance or (listing.years,))


ORDER_KEYS: Mapping[str, Callable[[Listing], tuple[Key, ...]]] = {
    RELEVANCE: _by_relevance,
    "year": _by_year,
    "published": _by_day,
    "agency": _by_agency,
}
"""Key of an order in the catalogue → what it sorts by."""


class Ranking:
    """Puts documents that answer a question in order."""

    def __init__(
        self, snapshot: Snapshot, relevance: Relevance | None, sort: str
    ) -> None:
        """`relevance`: None when nothing was asked for, so that there are no scores.
        `sort`: key of an order; an unknown one counts as relevance.
        """
        self._snapshot = snapshot
        self._relevance = relevance
        self._keys = ORDER_KEYS.get(sort, _by_relevance)

    def best(self, candidates: Ids, count: int) -> Ordered:
        """The first `count` of the documents (numbers in rising order), best first."""
        return self._sorted(self._leading(candidates, count), count)

    def blocks(self, candidates: Ids) -> Iterator[Ordered]:
        """All of them, best first, some at a time; sorted wholly only when the first
        thousand don't do.
        """
        head = self.best(candidates, WALKED)
        yield head[:FIRST]
        for start in range(FIRST, len(head), STEP):
            yield head[start : start + STEP]
        if len(candidates) > len(head):
            every = self._sorted(candidates, len(candidates))
            for start in range(len(head), len(every), STEP):
                yield every[start : start + STEP]

    def _sorted(self, candidates: Ids, count: int) -> Ordered:
        listing = Listing(self._snapshot, self._relevance, candidates)
        order = _highest(self._keys(listing), count)
        return Ordered(candidates[order], listing.scores[order])

    def _leading(self, candidates: Ids, count: int) -> Ids:
        """Those of the candidates that can be among the first `count`. Where they are
        many, single precision and a margin beyond what that can be wrong by leave a few
        to be ranked exactly, in a third of the time.
        """
        relevance = self._relevance
        by_score = relevance is not None and self._keys is _by_relevance
        is_few = len(candidates) * _FEW < self._snapshot.size
        if not by_score or is_few or len(candidates) < 2 * count:
            return candidates
        assert relevance is not None
        rough = relevance.scores(kind=np.float32)
        rough += self._snapshot.reported * np.float32(_NEWER)
        ranks = relevance.ranks()[candidates]
        rank, left = _ends_in(ranks, count)
        last = candidates[ranks == rank]
        lowest = _nth_highest(rough[last], left) - rough.max() * _MARGIN
        ahead, reaching = candidates[ranks > rank], last[rough[last] >= lowest]
        leading: Ids = np.sort(np.concatenate([ahead, reaching]))
        return leading


def _ends_in(ranks: NDArray[np.int8], count: int) -> tuple[int, int]:
    """In which rank a list of `count` documents ends, and how many of that rank it
    takes.
    """
    for rank in range(_HIGHEST, 0, -1):
        several = int(np.count_nonzero(ranks == rank))
        if several >= count:
            return rank, count
        count -= several
    return 0, count


def _nth_highest(key: Key, n: int) -> Any:
    """The value at place `n` (from 1) of those in descending order."""
    place = len(key) - n
    return np.partition(key, place)[place]


def _highest(keys: tuple[Key, ...], count: int) -> Ids:
    """Positions of the `count` highest, highest first, by the first key, where equal by
    the next, at last in their order.
    """
    undecided = np.arange(len(keys[0]))
    ahead: list[Ids] = []
    left = count
    # Only those that the list can end in are compared by the next key: to sort all by
    # all keys takes ten times as long.
    for key in keys:
        if len(undecided) <= left:
            break
        values = key[undecided]
        lowest = _nth_highest(values, left)
        ahead.append(undecided[values > lowest])
        left -= len(ahead[-1])
        undecided = undecided[values == lowest]
    kept = np.sort(np.concatenate([*ahead, undecided]))
    by_last_key_first = tuple(-key[kept] for key in reversed(keys))
    return kept[np.lexsort(by_last_key_first)][:count]
