"""Facets as arrays: which values documents have, how many documents have a value.

A document may have several values of a facet (a county report is of the county, of its
city and of its province), but a snapshot holds few different combinations of them. So a
column keeps for each document one number, that of its combination, and counting is two
steps: how often is each combination there, and which values are in it.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from archive.search.facets import Facet, FacetValue, name_endings

SEPARATOR = "\x1f"
"""Between the values of a facet in its column."""

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
_FIRST_FEW = 1_000
"""Documents that tell whether it is worth looking at all."""

Ids = NDArray[np.int64]
Mask = NDArray[np.bool_]
Counts = NDArray[np.int64]


#   Column.codes           0 0 1 2 0 …                           document → combination
#   Values.combinations    0: 990000 990100, 1: 990000, 2: none  combination → values
#   Values.names           990000 990100                         the values, by place
class Values:
    """The values of a facet that any document has or had, and their combinations.

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
        pairs = [
            (value, number)
            for number, values in enumerate(self.combinations)
            for value in values
        ]
        self.names = tuple(dict.fromkeys(value for value, _ in pairs))
        self._places = {value: place for place, value in enumerate(self.names)}
        # For every value of every combination: the value's place, the combination.
        self._owners = np.array([self._places[value] for value, _ in pairs], np.int64)
        self._having = np.array([number for _, number in pairs], np.int64)

    def _known(self, values: Iterable[str]) -> list[int]:
        """The places of those values that any document ever had."""
        return [self._places[value] for value in values if value in self._places]

    @cached_property
    def _endings(self) -> dict[str, list[str]]:
        """What values end in behind a place → those values."""
        found: dict[str, list[str]] = {}
        for value in self.names:
            for ending in name_endings(value):
                found.setdefault(ending, []).append(value)
        return found

    def ending(self, texts: Iterable[str]) -> list[str]:
        """The values that end in one of the texts, in normal form, behind a place."""
        return [value for text in texts for value in self._endings.get(text, ())]

    def with_more(self, combinations: Iterable[str]) -> Values:
        """These, and combinations that are not among them yet, numbered on."""
        new = dict.fromkeys(one for one in combinations if one not in self.numbers)
        if not new:
            return self
        numbers = dict(self.numbers)
        for one in new:
            numbers[one] = len(numbers)
        return Values(self.facet, numbers)

    def codes(self, combinations: list[str]) -> NDArray[np.int32]:
        """The numbers of known combinations."""
        return np.array([self.numbers[one] for one in combinations], np.int32)

    def counts(self, of_combinations: Counts) -> Counts:
        """How many documents have each value, when so many have each combination."""
        return np.bincount(
            self._owners, of_combinations[self._having], len(self.names)
        ).astype(np.int64)

    def combined(self, values: Iterable[str]) -> Mask:
        """The combinations with at least one of the values."""
        wanted = np.zeros(len(self.names), bool)
        wanted[self._known(values)] = True
        found = np.zeros(len(self.combinations), bool)
        found[self._having[wanted[self._owners]]] = True
        return found

    @cached_property
    def _tree(self) -> tuple[Ids, Ids]:
        """For each value the one it stands under, and how many stand above it.

        As the places of the former, -1 for none.
        """
        parents = [self.facet.parent(value) for value in self.names]
        above = np.array([self._places.get(value, -1) for value in parents], np.int64)
        depths, up = np.zeros(len(above), np.int64), above.copy()
        below = up >= 0
        while below.any() and depths.max() < _DEEPEST:
            depths[below] += 1
            up[below] = above[up[below]]
            below = up >= 0
        return above, depths

    def _opened(self, selected: Collection[str]) -> Mask:
        """Where the tree is open: along the selected values.

        They themselves, and all that stands directly under them or under what they
        stand under.
        """
        above, _ = self._tree
        # One more than there are values: `above` is -1, the last one, for the highest.
        line = np.zeros(len(self.names) + 1, bool)
        line[self._known(selected)] = True
        chosen = line[:-1].copy()
        for _ in range(_DEEPEST):
            line[above[line[:-1]]] = True
            line[-1] = False
        opened: Mask = line[above] | chosen
        return opened

    @cached_property
    def _ranks(self) -> Ids:
        """For each value the rank of its name."""
        by_name = sorted(range(len(self.names)), key=self.names.__getitem__)
        ranks = np.empty(len(self.names), np.int64)
        ranks[by_name] = np.arange(len(self.names))
        return ranks

    @cached_property
    def _order(self) -> Ids:
        """What values are sorted by, before their frequency is taken off.

        First the order in which the facet names them, then the name.
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
        """The same, to choose which of too many values are kept.

        First how high they stand in the tree, then the name.
        """
        return (self._tree[1] << _HIGHEST_BITS) + self._ranks

    def shown(
        self, counts: Counts, present: Counts, chosen: Collection[str]
    ) -> tuple[FacetValue, ...]:
        """The values a visitor is shown, with their counts, in order.

        `present`: how many documents have each at all.

        Values chosen that no document ever had come last.
        """
        show = (present if self.facet.zeros else counts) > 0
        show[self._known(chosen)] = True
        at = self._kept(show.nonzero()[0], counts, chosen)
        keys = self._order[at]
        if not self.facet.newest_first:
            keys -= counts[at] << _RANK_BITS
        at = at[keys.argsort()]
        names = [*map(self.names.__getitem__, at.tolist())]
        selected = map(chosen.__contains__, names)
        listed = map(FacetValue, names, counts[at].tolist(), selected)
        unknown = sorted(value for value in chosen if value not in self._places)
        return (*listed, *(FacetValue(value, 0, True) for value in unknown))

    def _kept(self, at: Ids, counts: Counts, chosen: Collection[str]) -> Ids:
        """Of too many values the highest in the tree and the most frequent.

        What is opened is kept as well: a visitor can go down from what is chosen.
        """
        most = self.facet.most
        if not 0 < most < len(at):
            return at
        heights = self._height[at] - (counts[at] << _RANK_BITS)
        last = np.partition(heights, most - 1)[most - 1]
        kept: Mask = heights <= last
        if chosen:
            kept |= self._opened(chosen)[at]
        shown: Ids = at[kept]
        return shown


class Column:
    """A facet over all documents of a snapshot.

    `codes` holds for each document the number of its combination of values.
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

    def counts(self, documents: Any) -> dict[str, Counts]:
        """For each facet how many of the documents have each value.

        `documents`: their numbers, or a mask.
        """
        leading = self._columns[self._leader].codes[documents]
        led = np.bincount(leading, minlength=self._size(self._leader))
        found = {self._leader: led}
        for key, following in self._following.items():
            counted = np.bincount(following, led, self._size(key))
            found[key] = counted.astype(np.int64)
        for facets, sizes, joint in self._groups:
            joined = np.bincount(joint[documents], minlength=math.prod(sizes))
            axes = range(len(sizes))
            for axis, key in enumerate(facets):
                others = tuple(other for other in axes if other != axis)
                found[key] = joined.reshape(sizes).sum(axis=others)
        return {
            key: self._columns[key].values.counts(of_combinations)
            for key, of_combinations in found.items()
        }
