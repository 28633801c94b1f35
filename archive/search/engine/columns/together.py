"""All facets of a snapshot counted at once: their values have one numbering, facet
behind facet.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from archive.search.engine.columns.facets import Column, Counts, Ids, Sums, Values

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
        size = sum(len(one.values.names) for one in columns.values())
        self._one_by_one = _OneByOne(columns, self.places, size)
        self._combined = _Combined(columns, self.places)

    def counts(self, documents: Ids) -> Counts:
        """How many of the documents have each value of all facets."""
        if len(documents) <= _FEW:
            return self._one_by_one.counts(documents)
        return self._combined.counts(documents)


class _OneByOne:
    """Counts the values of each document."""

    def __init__(
        self, columns: Mapping[str, Column], places: Mapping[str, slice], size: int
    ) -> None:
        self._size = size
        self._rows: list[tuple[NDArray[np.int32], Ids]] = []
        """Of each facet the documents' combinations, and the places of the values of
        each combination.
        """
        for key, column in columns.items():
            own = column.values.rows
            rows = own + places[key].start
            rows[own == len(column.values.names)] = size
            # One place each is found faster than rows of one place.
            is_single = rows.shape[1] == 1
            self._rows.append((column.codes, rows[:, 0] if is_single else rows))

    def counts(self, documents: Ids) -> Counts:
        """How many of the documents have each value."""
        found = [rows[codes[documents]].ravel() for codes, rows in self._rows]
        # The last place is that of no value.
        return np.bincount(np.concatenate(found), minlength=self._size + 1)[:-1]


@dataclass(frozen=True, slots=True)
class _Joint:
    """Facets counted as one: by the pairs (triples …) of their combinations."""

    facets: tuple[str, ...]
    sizes: tuple[int, ...]
    """How many combinations each has."""
    numbers: NDArray[np.intp]
    """Of each document, or combination of the leader: the number of all these together.
    It is the place in a table of all pairs.
    """

    @property
    def size(self) -> int:
        return math.prod(self.sizes)

    def with_another(self, facet: str, size: int, codes: NDArray[Any]) -> _Joint:
        """The number of a pair is that of its first times how many second ones there
        are, plus that of its second.
        """
        numbers = self.numbers * size + codes
        return _Joint((*self.facets, facet), (*self.sizes, size), numbers)

    def apart(self, counts: Counts) -> Iterator[tuple[str, Counts]]:
        """Each facet, and how many documents have each of its combinations."""
        return zip(self.facets, _summed(counts, self.sizes), strict=True)


def _summed(counts: Counts, sizes: tuple[int, ...]) -> list[Counts]:
    """The sums of a table along each of its axes, by halves: a table of two axes is
    summed ten times as fast as one of six.
    """
    if len(sizes) == 1:
        return [counts]
    middle = len(sizes) // 2
    table = counts.reshape(math.prod(sizes[:middle]), -1)
    first = _summed(table.sum(axis=1), sizes[:middle])
    return first + _summed(table.sum(axis=0), sizes[middle:])


class _Combined:
    """Counts the combinations of values first.

    An agency has one region, level and sector in almost all archives: what follows from
    the facet with most values is counted by that one. Facets with few values are
    counted as one.
    """

    def __init__(
        self, columns: Mapping[str, Column], places: Mapping[str, slice]
    ) -> None:
        self._columns = columns
        self._leader = max(columns, key=self._size)
        self._following: list[_Joint] = []
        """By the combinations of the leader."""
        self._others: list[_Joint] = []
        """By the documents."""
        self._places: dict[str, slice] = {}
        """Where the combinations of each facet stand among those of all."""
        self._combinations = 0
        for key in columns:
            start, self._combinations = (
                self._combinations,
                self._combinations + self._size(key),
            )
            self._places[key] = slice(start, self._combinations)
        self._sums = Sums(
            np.concatenate(
                [one.values.owners + places[key].start for key, one in columns.items()]
            ),
            np.concatenate(
                [
                    one.values.having + self._places[key].start
                    for key, one in columns.items()
                ]
            ),
        )
        # As numpy numbers places, so that it need not make them so for each facet.
        leading = self._leading = columns[self._leader].codes.astype(np.intp)
        others = [key for key in columns if key != self._leader]
        for key in sorted(others, key=self._size):
            following = self._follow(key, leading)
            if following is None:
                self._join(self._others, key, columns[key].codes)
            else:
                self._join(self._following, key, following)

    def _size(self, key: str) -> int:
        """How many combinations of values a facet has."""
        return len(self._columns[key].values.combinations)

    def _follow(self, key: str, leading: NDArray[np.intp]) -> NDArray[np.int32] | None:
        """For each combination of the leader that of a facet which follows from it;
        None where it does not. The documents have the combinations `leading`.
        """
        codes = self._columns[key].codes
        following = np.zeros(self._size(self._leader), codes.dtype)
        if self._size(key) == 1:
            return following
        # What does not follow is most often told by the first few.
        for part in (slice(_FIRST_FEW), slice(None)):
            following[leading[part]] = codes[part]
            if (following[leading[part]] != codes[part]).any():
                return None
        return following

    def _join(self, joints: list[_Joint], key: str, codes: NDArray[np.int32]) -> None:
        """Counts a facet with the last ones, while there are not too many pairs."""
        size = self._size(key)
        if joints and joints[-1].size * size <= _MOST_TOGETHER:
            joints[-1] = joints[-1].with_another(key, size, codes)
        else:
            joints.append(_Joint((key,), (size,), codes.astype(np.intp)))

    def counts(self, documents: Ids) -> Counts:
        """How many of the documents have each value of all facets."""
        leading = self._leading[documents]
        led = np.bincount(leading, minlength=self._size(self._leader))
        found = np.empty(self._combinations, np.int64)
        found[self._places[self._leader]] = led
        for joint in self._following:
            counted = np.bincount(joint.numbers, led, joint.size)
            self._note(found, joint, counted)
        for joint in self._others:
            counted = np.bincount(joint.numbers[documents], minlength=joint.size)
            self._note(found, joint, counted)
        return self._sums.of(found)

    def _note(self, found: Counts, joint: _Joint, counted: NDArray[Any]) -> None:
        """Put down how many documents have each combination of the facets of one."""
        for facet, counts in joint.apart(counted):
            found[self._places[facet]] = counts
