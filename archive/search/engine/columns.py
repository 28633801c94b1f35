"""Facets as arrays: which values documents have, and how many documents have a value."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from archive.search.engine.schema import SEPARATOR
from archive.search.facets import Facet, FacetValue

_DEEPEST = 8
"""Values above a value; more are a mistake in the facet."""
_RANK_BITS, _HIGHEST_BITS = 24, 56
"""In a number that values are sorted by: below the first a name's rank, below the
second how many have the value.
"""
_MOST_TOGETHER = 1 << 14
"""Combinations of facets that are counted as one; more would take longer to add up than
to count apart.
"""

Ids = NDArray[np.int64]
Mask = NDArray[np.bool_]
Counts = NDArray[np.int64]


class Values:
    """The values of a facet that any document has or had. A document holds the number
    of a combination of values.

    Numbers stay when a commit brings new combinations, so nothing that is numbered need
    be numbered again.
    """

    def __init__(self, facet: Facet, numbers: Mapping[str, int]) -> None:
        """`numbers`: combination, as its column holds it, → its number."""
        self.facet = facet
        self.numbers = numbers
        self.combinations = [
            tuple(filter(None, joined.split(SEPARATOR))) for joined in numbers
        ]
        self.names = tuple(
            dict.fromkeys(value for values in self.combinations for value in values)
        )
        self._places = {value: place for place, value in enumerate(self.names)}
        pairs = [
            (self._places[value], number)
            for number, values in enumerate(self.combinations)
            for value in values
        ]
        self._owners, self._having = np.ascontiguousarray(
            np.array(pairs, np.int64).reshape(-1, 2).T
        )
        """Value and combination, for every value of every combination."""

    def with_more(self, combinations: Iterable[str]) -> Values:
        new = dict.fromkeys(one for one in combinations if one not in self.numbers)
        if not new:
            return self
        first = len(self.numbers)
        return Values(
            self.facet,
            {**self.numbers, **{one: first + at for at, one in enumerate(new)}},
        )

    def codes(self, combinations: list[str]) -> NDArray[np.int32]:
        return np.array([self.numbers[one] for one in combinations], np.int32)

    def counts(self, of_combinations: Counts) -> Counts:
        """How many documents have each value, when so many have each combination."""
        return np.bincount(
            self._owners, of_combinations[self._having], len(self.names)
        ).astype(np.int64)

    def combined(self, values: Iterable[str]) -> Mask:
        """The combinations with at least one of the values."""
        wanted = np.zeros(len(self.names), bool)
        wanted[[self._places[value] for value in values if value in self._places]] = (
            True
        )
        found = np.zeros(len(self.combinations), bool)
        found[self._having[wanted[self._owners]]] = True
        return found

    @cached_property
    def _tree(self) -> tuple[Ids, Ids]:
        """For each value the place of the one it stands under, or -1; and how many
        stand above it.
        """
        above = np.array(
            [self._places.get(self.facet.parent(value), -1) for value in self.names],
            np.int64,
        )
        depths, up = np.zeros(len(above), np.int64), above.copy()
        while (below := up >= 0).any() and depths.max() < _DEEPEST:
            depths[below] += 1
            up[below] = above[up[below]]
        return above, depths

    def _opened(self, selected: Collection[str]) -> Mask:
        """Values selected, and all that stands directly under them or under what they
        stand under.
        """
        above, _ = self._tree
        line = np.zeros(
            len(self.names) + 1, bool
        )  # nothing stands under the last one, which -1 is
        line[[self._places[value] for value in selected if value in self._places]] = (
            True
        )
        chosen = line[:-1].copy()
        for _ in range(_DEEPEST):
            line[above[line[:-1]]] = True
            line[-1] = False
        opened: Mask = line[above] | chosen
        return opened

    @cached_property
    def _ranks(self) -> Ids:
        """For each value the rank of its name."""
        ranks = np.empty(len(self.names), np.int64)
        ranks[sorted(range(len(self.names)), key=self.names.__getitem__)] = np.arange(
            len(self.names)
        )
        return ranks

    @cached_property
    def _order(self) -> Ids:
        """What values are sorted by, before frequency is taken off: what the facet
        says, then the name.
        """
        if self.facet.newest_first:
            return -self._ranks
        named = {value: place for place, value in enumerate(self.facet.names)}
        places = np.array(
            [named.get(value, len(named)) for value in self.names], np.int64
        )
        return (places << _HIGHEST_BITS) + self._ranks

    @cached_property
    def _height(self) -> Ids:
        """The same for the values that are kept of too many: the highest in the tree,
        then the name.
        """
        return (self._tree[1] << _HIGHEST_BITS) + self._ranks

    def shown(
        self, counts: Counts, present: Counts, chosen: Collection[str]
    ) -> tuple[FacetValue, ...]:
        """The values a visitor is shown, with their counts, in order; `present`: how
        many documents have each at all.

        Values chosen that no document ever had come last.
        """
        show = (present if self.facet.zeros else counts) > 0
        show[[self._places[value] for value in chosen if value in self._places]] = True
        at = show.nonzero()[0]
        frequency = counts << _RANK_BITS
        if 0 < self.facet.most < len(at):
            heights = (self._height - frequency)[at]
            kept = (
                heights
                <= np.partition(heights, self.facet.most - 1)[self.facet.most - 1]
            )
            at = at[kept | self._opened(chosen)[at] if chosen else kept]
        keys = self._order if self.facet.newest_first else self._order - frequency
        at = at[keys[at].argsort()]
        names = list(map(self.names.__getitem__, at.tolist()))
        shown = map(
            FacetValue, names, counts[at].tolist(), map(chosen.__contains__, names)
        )
        unknown = (
            FacetValue(value, 0, True)
            for value in sorted(chosen)
            if value not in self._places
        )
        return (*shown, *unknown)


class Column:
    """A facet over all documents of a snapshot: for each the number of its combination
    of values.
    """

    def __init__(self, values: Values, codes: NDArray[np.int32]) -> None:
        self.values = values
        self.codes = codes

    def counts(self, documents: Any) -> Counts:
        """How many of the documents (their numbers, or a mask) have each value."""
        return self.values.counts(
            np.bincount(self.codes[documents], minlength=len(self.values.combinations))
        )

    def having(self, values: Iterable[str]) -> Mask:
        """The documents with at least one of the values."""
        return self.values.combined(values)[self.codes]


class Together:
    """Counts documents by several facets at once.

    An agency has one region, level and sector in almost all archives: what follows from
    the facet with most values is counted by that one. Facets with few values are
    counted as one, by the pairs (triples …) of theirs.
    """

    def __init__(self, columns: Mapping[str, Column]) -> None:
        self._columns = columns
        self._leader = max(
            columns, key=lambda key: len(columns[key].values.combinations)
        )
        self._following: dict[str, Ids] = {}
        """Facet → for each combination of the leader that of this facet."""
        self._groups: list[tuple[list[str], list[int], Ids]] = []
        """Facets, how many combinations each has, and for each document the number of
        all these together.
        """
        left = [
            key for key in columns if key != self._leader and not self._follows(key)
        ]
        for key in sorted(left, key=lambda key: len(columns[key].values.combinations)):
            self._join(key)

    def _follows(self, key: str) -> bool:
        leading, codes = self._columns[self._leader], self._columns[key].codes
        following = np.zeros(len(leading.values.combinations), np.int64)
        following[leading.codes] = codes
        follows = bool(np.array_equal(following[leading.codes], codes))
        if follows:
            self._following[key] = following
        return follows

    def _join(self, key: str) -> None:
        size, codes = (
            len(self._columns[key].values.combinations),
            self._columns[key].codes,
        )
        if self._groups:
            facets, sizes, joint = self._groups[-1]
            if math.prod(sizes) * size <= _MOST_TOGETHER:
                self._groups[-1] = [*facets, key], [*sizes, size], joint * size + codes
                return
        self._groups.append(([key], [size], codes.astype(np.int64)))

    def counts(self, documents: Any) -> dict[str, Counts]:
        """For each facet how many of the documents (their numbers, or a mask) have each
        value.
        """
        leading = self._columns[self._leader]
        led = np.bincount(
            leading.codes[documents], minlength=len(leading.values.combinations)
        )
        found = {self._leader: led}
        for key, following in self._following.items():
            size = len(self._columns[key].values.combinations)
            found[key] = np.bincount(following, led, size).astype(np.int64)
        for facets, sizes, joint in self._groups:
            joined = np.bincount(joint[documents], minlength=math.prod(sizes)).reshape(
                sizes
            )
            for axis, key in enumerate(facets):
                found[key] = joined.sum(
                    axis=tuple(other for other in range(len(sizes)) if other != axis)
                )
        return {
            key: self._columns[key].values.counts(of_combinations)
            for key, of_combinations in found.items()
        }
