"""Facets as arrays: which values documents have, how many documents have a value.

A document may have several values of a facet (a county report is of the county, of its
city and of its province), but a snapshot holds few different combinations of them. So a
column keeps for each document one number, that of its combination, and counting is two
steps: how often is each combination there, and which values are in it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from archive.search.facets import Facet, name_endings

SEPARATOR = "\x1f"
"""Between the values of a facet in its column."""

_DEEPEST = 8
"""Values above a value; more are a mistake in the facet."""
RANK_BITS, NAMED_BITS, FACET_BITS = 22, 52, 59
"""In a number that values are sorted by: below the first a name's rank, below the
second how many have the value, below the third its place among the named.
"""

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
        self.owners = np.array([self._places[value] for value, _ in pairs], np.int64)
        self.having = np.array([number for _, number in pairs], np.int64)

    def known(self, values: Iterable[str]) -> list[int]:
        """The places of those values that any document ever had."""
        return [self._places[value] for value in values if value in self._places]

    def knows(self, value: str) -> bool:
        """Whether any document ever had a value."""
        return value in self._places

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

    @cached_property
    def rows(self) -> Ids:
        """For each combination the places of its values, and behind them how many
        values there are, up to the length of the longest.
        """
        sizes = np.bincount(self.having, minlength=len(self.combinations))
        rows = np.full((len(sizes), max(sizes.max(initial=0), 1)), len(self.names))
        # Pairs of one combination stand side by side, as they were listed.
        starts = np.cumsum(sizes) - sizes
        rows[self.having, np.arange(len(self.having)) - starts[self.having]] = (
            self.owners
        )
        return rows

    def counts(self, of_combinations: Counts) -> Counts:
        """How many documents have each value, when so many have each combination."""
        return self._sums.of(of_combinations)

    @cached_property
    def _sums(self) -> Sums:
        return Sums(self.owners, self.having)

    def combined(self, values: Iterable[str]) -> Mask:
        """The combinations with at least one of the values."""
        wanted = np.zeros(len(self.names), bool)
        wanted[self.known(values)] = True
        found = np.zeros(len(self.combinations), bool)
        found[self.having[wanted[self.owners]]] = True
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

    @cached_property
    def highest(self) -> list[Ids]:
        """The places of those highest in the tree, of these and those below, and so on;
        all of them are not listed.
        """
        _, depths = self._tree
        deepest = int(depths.max(initial=0))
        return [(depths <= depth).nonzero()[0] for depth in range(deepest)]

    def opened(self, selected: Collection[str]) -> Mask:
        """Where the tree is open: along the selected values.

        They themselves, and all that stands directly under them or under what they
        stand under.
        """
        above, _ = self._tree
        # One more than there are values: `above` is -1, the last one, for the highest.
        line = np.zeros(len(self.names) + 1, bool)
        line[self.known(selected)] = True
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
    def order(self) -> Ids:
        """What values are sorted by, before their frequency is taken off.

        First the order in which the facet names them, then the name.
        """
        if self.facet.newest_first:
            return -self._ranks
        named = {value: place for place, value in enumerate(self.facet.names)}
        places = np.array(
            [named.get(value, len(named)) for value in self.names], np.int64
        )
        return (places << NAMED_BITS) + self._ranks

    @cached_property
    def heights(self) -> Ids:
        """The same, to choose which of too many values are kept.

        First how high they stand in the tree, then the name.
        """
        return (self._tree[1] << NAMED_BITS) + self._ranks


class Sums:
    """From how many documents have each combination to how many have each value."""

    def __init__(self, owners: Ids, having: Ids) -> None:
        """For every value of every combination the value's place, the combination."""
        in_order = np.argsort(owners, kind="stable")
        sizes = np.bincount(owners)
        starts, having = np.cumsum(sizes) - sizes, having[in_order]
        # Most values are in one combination: what is of these is not added up.
        self._first = having[starts]
        self._several = np.flatnonzero(sizes > 1)
        self._of_several = having[np.repeat(sizes > 1, sizes)]
        ends = np.cumsum(sizes[self._several])
        self._starts = ends - sizes[self._several]

    def of(self, of_combinations: Counts) -> Counts:
        """How many documents have each value."""
        counts: Counts = of_combinations[self._first]
        if len(self._several):
            owned = of_combinations[self._of_several]
            counts[self._several] = np.add.reduceat(owned, self._starts)
        return counts


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
