"""Which values of facets a visitor is shown, and in which order: for all facets at
once, since each call of numpy has its price, however few values a facet has.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain, pairwise, repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray

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
_HIDDEN = np.iinfo(np.int64).max
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
def _in_order(values: tuple[Values, ...]) -> tuple[NDArray[Any], Ids, Ids]:
    """The names of all values; the numbers they are sorted by where no document has
    them; and by how much each document brings one forward.
    """
    # As an array, out of which many are picked at once.
    names = np.array([*chain.from_iterable(own.names for own in values)], object)
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
        self._limited = [key for key, own in values.items() if own.facet.most]
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
        for key in self._limited:
            place = self._places[key]
            self._keep_few(key, show[place], counts[place], chosen.get(key, ()))
        at = show.nonzero()[0]
        edges = at.searchsorted(self._edges).tolist()
        at = at[np.argsort(self._orders[at] - counts[at] * self._steps[at])]
        pairs = self._names[at].tolist(), counts[at].tolist()
        listed = _facet_values(zip(*pairs, repeat(False)))
        shown = {
            key: tuple(listed[start:end])
            for key, (start, end) in zip(self._values, pairwise(edges), strict=True)
        }
        for key, values in chosen.items():
            shown[key] = tuple(self._selected(key, shown[key], values))
        return shown

    def _keep_few(
        self, key: str, show: Mask, counts: Counts, chosen: Collection[str]
    ) -> None:
        """Of too many values show the highest in the tree and the most frequent.

        What is opened is kept as well: a visitor can go down from what is chosen.
        """
        values = self._values[key]
        most = values.facet.most
        if np.count_nonzero(show) <= most:
            return
        opened = show & self._opened_by(key, frozenset(chosen)) if chosen else False
        # Where the highest do, those below are not looked at.
        for places in values.highest:
            at = places[show[places]]
            if len(at) > most:
                heights = values.heights[at] - (counts[at] << RANK_BITS)
                show[:] = opened
                show[at[heights <= nth_lowest(heights, most)]] = True
                return
        heights = values.heights - (counts << RANK_BITS)
        np.putmask(heights, ~show, _HIDDEN)
        np.less_equal(heights, nth_lowest(heights, most), out=show)
        show |= opened

    def _opened_by(self, key: str, chosen: frozenset[str]) -> Mask:
        found = self._opened.get((key, chosen))
        if found is None:
            found = self._values[key].opened(chosen)
            self._opened.keep((key, chosen), found)
        return found

    def _selected(
        self, key: str, listed: tuple[FacetValue, ...], chosen: Collection[str]
    ) -> Iterator[FacetValue]:
        """The values, those chosen marked, and last those that no document ever had."""
        for one in listed:
            yield one._replace(selected=True) if one.value in chosen else one
        known = self._values[key].knows
        for value in sorted(chosen):
            if not known(value):
                yield FacetValue(value, 0, True)


def _facet_values(rows: Iterable[tuple[str, int, bool]]) -> list[FacetValue]:
    """A page has hundreds: made as `_make` would make one, which takes three times as
    long.
    """
    return [*map(tuple.__new__, repeat(FacetValue), rows)]
