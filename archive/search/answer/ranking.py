"""In which order documents are shown.

Ordered      the outcome: documents and their scores, best first
Listing      what documents can be ordered by: years, days, names, relevance
ORDER_KEYS   each order of the catalogue, and the keys it sorts by
Ranking      the first of many documents, found without sorting all of them

A key is an array with a number for each document. An order has several: the first
decides, the next where documents are equal in it, and so on; the highest comes first.
Documents that are equal in all keys stay in the order they were indexed in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from archive.catalogue import FEWEST, OF, QUANTITIES, RELEVANCE, figure_order
from archive.search.answer.highest import (
    Key,
    highest,
    nth_highest,
    where_a_list_ends,
)
from archive.search.engine import Floats, Ids, Mask, Selection, Snapshot

FIRST_BLOCK = 40
"""Documents in the first block of a list: two pages, since most that may answer do."""
BLOCK = 100
"""Documents in each further block."""
HEAD = 1_000
"""Documents at the head of a list, which are ranked without sorting the others."""

_YEAR_WEIGHT = 1e-3
"""What a year adds to a score. Each word that is found adds some units, so the year
decides only between reports alike: the newer comes first.
"""
_BEST_RANK = 3
"""The highest of Relevance.ranks."""
_ROUNDING = np.float32(1e-5)
"""What a score in single precision may be wrong by, relative to the highest score: more
than the sums of 64 words are.
"""
_ONE_IN = 40
"""Documents are scored one by one while they are fewer than one in so many."""


class Relevance(Protocol):
    """How well each document answers a question."""

    def scores(
        self, few: Ids | None = None, dtype: type[np.floating[Any]] = np.float64
    ) -> NDArray[Any]:
        """The score of every document, or of a `few`, whose numbers rise."""

    def ranks(self) -> NDArray[np.int8]:
        """The rank of every document, 0 to 3; a higher one comes before any score."""


class WithFirst:
    """How well documents answer, where some come before all others: asked for a place,
    its government comes before what lies in it.
    """

    def __init__(self, relevance: Relevance, first: list[Mask]) -> None:
        """`first`: what comes first, what comes next; two at the most."""
        self._relevance = relevance
        self._first = first

    def scores(
        self, few: Ids | None = None, dtype: type[np.floating[Any]] = np.float64
    ) -> NDArray[Any]:
        """As they are."""
        return self._relevance.scores(few, dtype)

    def ranks(self) -> NDArray[np.int8]:
        """The highest for what comes first."""
        ranks = self._relevance.ranks().copy()
        for place, mask in reversed(list(enumerate(self._first))):
            ranks[mask] = _BEST_RANK - place
        return ranks


@dataclass(frozen=True, slots=True)
class Ordered:
    """Documents in the order in which they are shown, each with its score.

    All scores are 0 where nothing was asked for.
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
    """Documents to be put in order, and what they can be ordered by.

    Their numbers rise. Keys are computed when an order asks for them.
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
        """Higher for agencies whose names come first.

        An agency's full name begins with its region, so those of a region stand
        together.
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

    def figures(self, key: str, *, rising: bool) -> tuple[Key, Key]:
        """The highest figure first, or the lowest; behind them shares of few, which are
        not ranked, and last what is missing or in doubt.
        """
        values = self._snapshot.values(key)[self.documents]
        known = ~np.isnan(values)
        ranked = known.copy()
        if QUANTITIES[key].is_share:
            ranked &= self._snapshot.values(key + OF)[self.documents] >= FEWEST
        ordered = np.where(ranked, -values if rising else values, 0.0)
        return known.astype(np.float64) + ranked, ordered

    @cached_property
    def scores(self) -> Floats:
        """How well each answers; 0 where nothing was asked for."""
        if self._relevance is None:
            return np.zeros(len(self.documents))
        if _are_few(len(self.documents), self._snapshot):
            return self._relevance.scores(self.documents)
        return self._relevance.scores()[self.documents]

    @property
    def relevance(self) -> tuple[Key, ...]:
        """Rank, then score; no keys where nothing was asked for."""
        if self._relevance is None:
            return ()
        ranks = self._relevance.ranks()[self.documents]
        return ranks, self.scores + self.years * _YEAR_WEIGHT


def _are_few(documents: int, snapshot: Snapshot) -> bool:
    """Whether to score so many documents alone beats scoring all."""
    return documents * _ONE_IN < snapshot.size


def _by_relevance(listing: Listing) -> tuple[Key, ...]:
    # Where nothing was asked for, everything is shown: the newest first.
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


def _keys_of(sort: str) -> Callable[[Listing], tuple[Key, ...]]:
    """What an order sorts by; relevance for one that is unknown."""
    by_figure = figure_order(sort)
    if by_figure is None:
        return ORDER_KEYS.get(sort, _by_relevance)
    key, rising = by_figure

    def by_value(listing: Listing) -> tuple[Key, ...]:
        behind = listing.relevance or (listing.years, listing.days)
        return *listing.figures(key, rising=rising), *behind

    return by_value


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
        self._keys = _keys_of(sort)

    def best(self, candidates: Selection, count: int) -> Ordered:
        """The first `count` of the documents, best first."""
        return self._sorted(self._leading(candidates, count), count)

    def blocks(self, candidates: Selection) -> Iterator[Ordered]:
        """All of them, best first, a block at a time.

        They are all sorted only when the head of the list does not do.
        """
        head = self.best(candidates, HEAD)
        yield head[:FIRST_BLOCK]
        yield from _in_blocks(head, FIRST_BLOCK)
        every = candidates.documents
        if len(every) > len(head):
            yield from _in_blocks(self._sorted(every, len(every)), len(head))

    def _sorted(self, candidates: Ids, count: int) -> Ordered:
        listing = Listing(self._snapshot, self._relevance, candidates)
        order = highest(self._keys(listing), count)
        return Ordered(candidates[order], listing.scores[order])

    def _leading(self, candidates: Selection, count: int) -> Ids:
        """Those of the candidates that can be among the first `count`, and some more.

        All of them, unless they are many and ordered by relevance: then it takes a
        third of the time to score them in single precision and to rank only those
        exactly that are within reach.
        """
        relevance = self._relevance
        several = candidates.count
        is_by_relevance = self._keys is _by_relevance
        if relevance is None or not is_by_relevance or several < 2 * count:
            return candidates.documents
        if _are_few(several, self._snapshot):
            return candidates.documents
        if candidates.are_few:
            documents = candidates.documents
            every = np.ones(several, bool)
            return documents[self._within_reach(relevance, every, count, documents)]
        # Masks, not numbers: to pick out most of many takes as long as all the rest.
        return self._within_reach(relevance, candidates.mask, count).nonzero()[0]

    def _within_reach(
        self, relevance: Relevance, among: Mask, count: int, few: Ids | None = None
    ) -> Mask:
        """Which `among` all documents, or a `few`, can be of the first `count`."""
        ranks, added = relevance.ranks(), self._added_by_years()
        if few is not None:
            ranks, added = ranks.take(few), added.take(few)
        last_rank, left = where_a_list_ends(ranks, among, count)
        in_rank: Mask = among & (ranks == last_rank)
        rough = relevance.scores(few, dtype=np.float32)
        rough += added
        rounding = rough.max() * _ROUNDING
        # No score is below 0, so what is out is not before what is in. To write into
        # places that lie scattered takes twenty times as long.
        if not in_rank.all():
            rough *= in_rank
        lowest = nth_highest(rough, left) - rounding
        in_rank &= rough >= lowest
        if last_rank < _BEST_RANK:
            in_rank |= among & (ranks > last_rank)
        return in_rank

    def _added_by_years(self) -> NDArray[Any]:
        """What the year of each report adds to its score, in single precision."""
        return self._snapshot.remembered(
            "added by years",
            lambda: self._snapshot.reported * np.float32(_YEAR_WEIGHT),
        )


def _in_blocks(listed: Ordered, start: int) -> Iterator[Ordered]:
    """A list from a place on, a block at a time."""
    for begin in range(start, len(listed), BLOCK):
        yield listed[begin : begin + BLOCK]
