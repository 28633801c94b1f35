"""The highest of many numbers, found without sorting all of them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from archive.search.engine import Ids, Mask

Key = NDArray[Any]
"""A number for each document of a list; the highest comes first."""


_GROUP = 64
"""Numbers of which only the highest is looked at first."""


def nth_highest(values: Key, n: int) -> float:
    """The value at place `n`, from 1, of those in descending order.

    The lowest of them when there are not so many, and 0 when there is none.
    """
    if not len(values):
        return 0.0
    groups = len(values) // _GROUP
    if groups > n:
        # The highest of n groups are n numbers already: what is lower than all of these
        # is out. To look at the others alone takes a tenth of the time.
        of_groups = values[: groups * _GROUP].reshape(_GROUP, groups).max(axis=0)
        values = values[values >= _nth(of_groups, n)]
    return _nth(values, n)


def _nth(values: Key, n: int) -> float:
    place = max(len(values) - n, 0)
    return float(np.partition(values, place)[place])


def highest(keys: tuple[Key, ...], count: int) -> Ids:
    """Positions of the `count` highest, highest first.

    The first key decides, the next where positions are equal in it, and so on; at last
    the lower position comes first.
    """
    kept = _contenders(keys, count)
    by_last_key_first = tuple(-key[kept] for key in reversed(keys))
    return kept[np.lexsort(by_last_key_first)][:count]


def _contenders(keys: tuple[Key, ...], count: int) -> Ids:
    """Positions in rising order that can be among the `count` highest.

    Only those that the list can end in are compared by the next key: to sort all by all
    keys takes ten times as long.
    """
    undecided = np.arange(len(keys[0]))
    ahead: list[Ids] = []
    left = count
    for key in keys:
        if len(undecided) <= left:
            break
        values = key[undecided]
        lowest = nth_highest(values, left)
        surely_in = undecided[values > lowest]
        ahead.append(surely_in)
        left -= len(surely_in)
        undecided = undecided[values == lowest]
    contenders: Ids = np.sort(np.concatenate([*ahead, undecided]))
    return contenders


def where_a_list_ends(
    ranks: NDArray[np.int8], candidates: Mask, count: int
) -> tuple[int, int]:
    """The rank in which a list of `count` candidates ends, and its share of that rank.

    Documents of ranks 3, 2, 2, 2: a list of three ends in rank 2 and takes two of it.
    """
    left = count
    for rank in range(int(ranks.max(initial=0)), 0, -1):
        of_rank = int(np.count_nonzero(candidates & (ranks == rank)))
        if of_rank >= left:
            return rank, left
        left -= of_rank
    return 0, left
