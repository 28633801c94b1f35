"""Facets as arrays: which values documents have, and how many documents have a value."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from archive.search.facets import Facet, FacetValue
from archive.search.schema import SEPARATOR

_DEEPEST = 8
"""Values above a value; more are a mistake in the facet."""

Ids = NDArray[np.int64]
Mask = NDArray[np.bool_]
Counts = NDArray[np.int64]


class Values:
    """The values of a facet that any document has or had. A document holds the number of a combination of values.

    Numbers stay when a commit brings new combinations, so nothing that is numbered need be numbered again.
    """

    def __init__(self, facet: Facet, numbers: Mapping[str, int]) -> None:
        """`numbers`: combination, as its column holds it, → its number."""
        self.facet = facet
        self.numbers = numbers
        self.combinations = [tuple(filter(None, joined.split(SEPARATOR))) for joined in numbers]
        self.names = tuple(dict.fromkeys(value for values in self.combinations for value in values))
        self._places = {value: place for place, value in enumerate(self.names)}
        pairs = [(number, self._places[value]) for number, values in enumerate(self.combinations) for value in values]
        self._pairs = np.array(pairs, np.int64).reshape(-1, 2).T
        """Combination and value, for every value of every combination."""

    def with_more(self, combinations: Iterable[str]) -> Values:
        new = dict.fromkeys(one for one in combinations if one not in self.numbers)
        if not new:
            return self
        first = len(self.numbers)
        return Values(self.facet, {**self.numbers, **{one: first + at for at, one in enumerate(new)}})

    def codes(self, combinations: list[str]) -> NDArray[np.int32]:
        return np.array([self.numbers[one] for one in combinations], np.int32)

    def counts(self, of_combinations: Counts) -> Counts:
        """How many documents have each value, when so many have each combination."""
        combinations, values = self._pairs
        return np.bincount(values, of_combinations[combinations], len(self.names)).astype(np.int64)

    def combined(self, values: Iterable[str]) -> Mask:
        """The combinations with at least one of the values."""
        wanted = np.zeros(len(self.names), bool)
        wanted[[self._places[value] for value in values if value in self._places]] = True
        combinations, places = self._pairs
        found = np.zeros(len(self.combinations), bool)
        found[combinations[wanted[places]]] = True
        return found

    @cached_property
    def _tree(self) -> tuple[Ids, Ids]:
        """For each value the place of the one it stands under, or -1; and how many stand above it."""
        above = np.array([self._places.get(self.facet.parent(value), -1) for value in self.names], np.int64)
        depths, up = np.zeros(len(above), np.int64), above.copy()
        while (below := up >= 0).any() and depths.max() < _DEEPEST:
            depths[below] += 1
            up[below] = above[up[below]]
        return above, depths

    def _opened(self, selected: Collection[str]) -> Mask:
        """Values selected, and all that stands directly under them or under what they stand under."""
        above, _ = self._tree
        line = np.zeros(len(self.names) + 1, bool)  # nothing stands under the last one, which -1 is
        line[[self._places[value] for value in selected if value in self._places]] = True
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
        ranks[sorted(range(len(self.names)), key=self.names.__getitem__)] = np.arange(len(self.names))
        return ranks

    @cached_property
    def _order(self) -> Ids:
        """For each value what the facet says about the order, before frequency."""
        if self.facet.newest_first:
            return -self._ranks
        named = {value: place for place, value in enumerate(self.facet.names)}
        return np.array([named.get(value, len(named)) for value in self.names], np.int64)

    def shown(self, counts: Counts, present: Counts, chosen: Collection[str]) -> tuple[FacetValue, ...]:
        """The values a visitor is shown, with their counts, in order; `present`: how many documents have each at all.

        Values chosen that no document ever had come last.
        """
        show = present > 0 if self.facet.zeros else counts > 0
        show[[self._places[value] for value in chosen if value in self._places]] = True
        at = np.flatnonzero(show)
        several, behind = int(counts.max(initial=0)) + 1, len(self.names) + 1
        rarity = self._ranks[at] - counts[at] * behind  # frequent ones first, those alike by name
        if 0 < self.facet.most < len(at):
            highest = self._tree[1][at] * (several * behind) + rarity
            kept = self._opened(chosen)[at] if chosen else np.zeros(len(at), bool)
            kept[np.argpartition(highest, self.facet.most)[: self.facet.most]] = True
            at, rarity = at[kept], rarity[kept]
        at = at[np.argsort(self._order[at] * (several * behind) + rarity)]
        names = list(map(self.names.__getitem__, at.tolist()))
        shown = map(FacetValue, names, counts[at].tolist(), map(chosen.__contains__, names))
        unknown = (FacetValue(value, 0, True) for value in sorted(chosen) if value not in self._places)
        return (*shown, *unknown)


class Column:
    """A facet over all documents of a snapshot."""

    def __init__(self, values: Values, codes: NDArray[np.int32]) -> None:
        self.values = values
        self.codes = codes

    def counts(self, documents: Any) -> Counts:
        """How many of the documents (their numbers, or a mask) have each value."""
        return self.values.counts(np.bincount(self.codes[documents], minlength=len(self.values.combinations)))

    def having(self, values: Iterable[str]) -> Mask:
        """The documents with at least one of the values."""
        return self.values.combined(values)[self.codes]
