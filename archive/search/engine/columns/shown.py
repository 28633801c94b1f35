"""Which values of facets a visitor is shown, and in which order: for all facets at
once, since each call of numpy has its price, however few values a facet has.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import lru_cache
from itertools import chain

import numpy as np

from archive.search.engine.columns.facets import (
    FACET_BITS,
    RANK_BITS,
    Counts,
    Ids,
    Mask,
    Values,
)
from archive.search.engine.columns.together import places_of
from archive.search.engine.recent import Recent
from archive.search.facets import FacetValue

Chosen = Mapping[str, Collection[str]]
"""Facet → the values that a visitor has chosen."""


_GROUP = 16
"""Numbers of which only the lowest is looked at first."""
_OPENED = 1 << 20
"""Bytes: some fifty regions opened."""


def nth_lowest(numbers: Ids, n: int) -> int:
    """The number at place `n`, from 1, of more than so many in rising order."""
    groups = len(numbers) // _GROUP
    if groups > n:
        # The lowest of n groups are n numbers: what is above all of these is out.
        lowest = numbers[: groups * _GROUP].reshape(_GROUP, groups).min(axis=0)
        numbers = numbers[numbers <= np.partition(lowest, n - 1)[n - 1]]
    return int(np.partition(numbers, n - 1)[n - 1])


@lru_cache(2)  # most commits bring no new value
def _in_order(values: tuple[Values, ...]) -> tuple[list[str], Ids, Ids]:
    """The names of all values; the numbers they are sorted by where no document has
    them; and by how much each document brings one forward.
    """
    names = [*chain.from_iterable(own.names for own in values)]
    orders = [own.order + (number << FACET_BITS) for number, own in enumerate(values)]
    steps = [
        np.full(len(own.names), 0 if own.facet.newest_first else 1 << RANK_BITS)
        for own in values
    ]
    return names, np.concatenate(orders), np.concatenate(steps)


class Shown:
    """The values of several facets, in one numbering (see `together`)."""

    def __init__(self, values: Mapping[str, Values], present: Counts) -> None:
        """`present`: how many documents have each value at all."""
        self._values = values
        self._places = places_of(values)
        self._edges = np.array([0, *(place.stop for place in self._places.values())])
        self._names, self._orders, self._steps = _in_order(tuple(values.values()))
        self._always: Mask = present > 0
        for key, own in values.items():
            self._always[self._places[key]] &= own.facet.zeros
        self._opened: Recent[Mask] = Recent(_OPENED, lambda mask: mask.nbytes)
        """Facet and values chosen → which of its values are opened by these."""

    def of(self, counts: Counts, chosen: Chosen) -> dict[str, tuple[FacetValue, ...]]:
        """The values with their counts, in order; those chosen also where nothing has
        them.
        """
        show = self._always | (counts > 0)
        for key, values in chosen.items():
            known = self._values[key].known(values)
            show[self._places[key]][known] = True
        parts = [
            self._kept(key, at, counts, chosen.get(key, ()))
            for key, at in self._by_facet(show)
        ]
        at = np.concatenate(parts)
        at = at[np.argsort(self._orders[at] - counts[at] * self._steps[at])]
        names = map(self._names.__getitem__, at.tolist())
        listed = [*map(FacetValue, names, counts[at].tolist())]
        shown: dict[str, tuple[FacetValue, ...]] = {}
        end = 0
        for key, part in zip(self._values, parts, strict=True):
            start, end = end, end + len(part)
            shown[key] = tuple(listed[start:end])
        for key, values in chosen.items():
            shown[key] += self._selected(key, shown[key], values)
        return shown

    def _by_facet(self, show: Mask) -> list[tuple[str, Ids]]:
        """Facet → the places of its values that are shown."""
        at = show.nonzero()[0]
        edges = at.searchsorted(self._edges).tolist()
        return [
            (key, at[start:end])
            for key, start, end in zip(self._values, edges, edges[1:], strict=False)
        ]

    def _kept(self, key: str, at: Ids, counts: Counts, chosen: Collection[str]) -> Ids:
        """Of too many values the highest in the tree and the most frequent.

        What is opened is kept as well: a visitor can go down from what is chosen.
        """
        values = self._values[key]
        most = values.facet.most
        if not 0 < most < len(at):
            return at
        own = at - self._places[key].start
        heights = values.heights[own] - (counts[at] << RANK_BITS)
        kept: Mask = heights <= nth_lowest(heights, most)
        if chosen:
            kept |= self._opened_by(key, frozenset(chosen))[own]
        shown: Ids = at[kept]
        return shown

    def _opened_by(self, key: str, chosen: frozenset[str]) -> Mask:
        found = self._opened.get((key, chosen))
        if found is None:
            found = self._values[key].opened(chosen)
            self._opened.keep((key, chosen), found)
        return found

    def _selected(
        self, key: str, listed: tuple[FacetValue, ...], chosen: Collection[str]
    ) -> tuple[FacetValue, ...]:
        """Mark the values chosen. Returns those that no document ever had: they come
        last.
        """
        for one in listed:
            one.selected = one.value in chosen
        known = self._values[key].knows
        return tuple(
            FacetValue(value, 0, True) for value in sorted(chosen) if not known(value)
        )
