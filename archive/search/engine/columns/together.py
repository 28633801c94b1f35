"""All facets of a snapshot counted at once: their values have one numbering, facet
behind facet.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from archive.search.engine.columns.facets import Column, Counts, Ids, Values

_MOST_TOGETHER = 1 << 14
"""Combinations of facets that are counted as one; more would take longer to add up than
to count apart.
"""
_FIRST_FEW = 1_000
"""Documents that tell whether it is worth looking at all."""
_FEW = 1_500
"""Documents whose values are counted one by one; with more it pays to count their
combinations first.
"""


def places_of(values: Mapping[str, Values]) -> dict[str, slice]:
    """Where the values of each facet stand among those of all."""
    places: dict[str, slice] = {}
    start = 0
    for key, own in values.items():
        places[key] = slice(start, start + len(own.names))
        start += len(own.names)
    return places


class Together:
    """Counts documents by several facets."""

    def __init__(self, columns: Mapping[str, Column]) -> None:
        self.places = places_of({key: one.values for key, one in columns.items()})
        self._size = sum(len(one.values.names) for one in columns.values())
        self._columns = columns
        self._one_by_one = _OneByOne(columns, self.places, self._size)
        self._combined = _Combined(columns)

    def counts(self, documents: Ids) -> Counts:
        """How many of the documents have each value of all facets."""
        if len(documents) <= _FEW:
            return self._one_by_one.counts(documents)
        counts = np.empty(self._size, np.int64)
        for key, of_combinations in self._combined.counts(documents).items():
            values = self._columns[key].values
            counts[self.places[key]] = values.counts(of_combinations)
        return counts


class _OneByOne:
    """Counts the values of each document."""

    def __init__(
        self, columns: Mapping[str, Column], places: Mapping[str, slice], size: int
    ) -> None:
        self._size = size
        self._several: list[tuple[NDArray[np.int32], Ids]] = []
        """Of facets that have several values in a document: the documents'
        combinations, and the places of the values of each combination.
        """
        codes: list[NDArray[np.int32]] = []
        single: list[Ids] = []
        start = 0
        for key, column in columns.items():
            rows = column.values.rows + places[key].start
            rows[column.values.rows == len(column.values.names)] = size
            if rows.shape[1] > 1:
                self._several.append((column.codes, rows))
                continue
            codes.append(column.codes + np.int32(start))
            single.append(rows[:, 0])
            start += len(rows)
        self._codes = np.array(codes, np.int32)
        """Of the other facets, each a line: the documents' combinations, which have
        one numbering.
        """
        self._single = np.concatenate([np.zeros(0, np.int64), *single])

    def counts(self, documents: Ids) -> Counts:
        """How many of the documents have each value."""
        found = [rows[codes[documents]].ravel() for codes, rows in self._several]
        if len(self._codes):
            found.append(self._single[self._codes[:, documents]].ravel())
        # The last place is that of no value.
        return np.bincount(np.concatenate(found), minlength=self._size + 1)[:-1]


class _Combined:
    """Counts the combinations of values first.

    An agency has one region, level and sector in almost all archives: what follows from
    the facet with most values is counted by that one. Facets with few values are
    counted as one, by the pairs (triples …) of theirs.
    """

    def __init__(self, columns: Mapping[str, Column]) -> None:
        self._columns = columns
        self._leader = max(columns, key=self._size)
        self._following: dict[str, NDArray[np.int32]] = {}
        """Facet → for each combination of the leader that of this facet."""
        self._groups: list[tuple[list[str], list[int], Ids]] = []
        """Facets, how many combinations each has, and for each document the number of
        all these together.
        """
        # As numpy numbers places, so that it need not make them so for each facet.
        leading = columns[self._leader].codes.astype(np.intp)
        others = [key for key in columns if key != self._leader]
        for key in sorted(others, key=self._size):
            if not self._follow(key, leading):
                self._join(key)

    def _size(self, key: str) -> int:
        """How many combinations of values a facet has."""
        return len(self._columns[key].values.combinations)

    def _follow(self, key: str, leading: NDArray[np.intp]) -> bool:
        """Notes that a facet follows from the leader, whose combinations the documents
        have; False when it does not.
        """
        codes = self._columns[key].codes
        following = np.zeros(self._size(self._leader), codes.dtype)
        # What does not follow is most often told by the first few.
        for part in (slice(_FIRST_FEW), slice(None)):
            following[leading[part]] = codes[part]
            if (following[leading[part]] != codes[part]).any():
                return False
        self._following[key] = following
        return True

    def _join(self, key: str) -> None:
        """Counts a facet with the last ones, while there are not too many pairs."""
        size, codes = self._size(key), self._columns[key].codes
        if self._groups:
            # The number of a pair is that of its first times how many second ones there
            # are, plus that of its second: the place in a table of all pairs.
            facets, sizes, joint = self._groups[-1]
            if math.prod(sizes) * size <= _MOST_TOGETHER:
                self._groups[-1] = [*facets, key], [*sizes, size], joint * size + codes
                return
        self._groups.append(([key], [size], codes.astype(np.int64)))

    def counts(self, documents: Ids) -> dict[str, Counts]:
        """For each facet how many of the documents have each combination."""
        leading = self._columns[self._leader].codes[documents]
        led = np.bincount(leading, minlength=self._size(self._leader))
        found: dict[str, Counts] = {self._leader: led}
        for key, following in self._following.items():
            counted = np.bincount(following, led, self._size(key))
            found[key] = counted.astype(np.int64)
        for facets, sizes, joint in self._groups:
            joined = np.bincount(joint[documents], minlength=math.prod(sizes))
            axes = range(len(sizes))
            for axis, key in enumerate(facets):
                others = tuple(other for other in axes if other != axis)
                found[key] = joined.reshape(sizes).sum(axis=others)
        return found
