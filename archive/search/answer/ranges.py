"""How many of the documents found have a figure between two bounds, and of how many the
figure is not known for sure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from archive.catalogue import FEWEST, OF, QUANTITIES, Quantity
from archive.search.answer.filters import Filters, comparing, of_few
from archive.search.engine import Floats, Mask, Snapshot
from archive.search.question import Condition, Counted

_TENTH = Decimal("0.1")
_CHANGES = tuple(map(Decimal, ("-0.5", "-0.1", "0.1", "0.5", "1")))
"""Bounds between which growth is counted."""
_COUNTS = (10, 100, 1000)
_NOWHERE, _FEW, _UNKNOWN = 253, 254, 255
"""Of a number that no range has, of a share of few, and of none that is sure."""


@dataclass(frozen=True, slots=True)
class Range:
    """The documents of which all the conditions hold."""

    conditions: tuple[Condition, ...]
    count: int
    selected: bool
    """Whether these conditions are among those chosen."""


@dataclass(frozen=True, slots=True)
class Ranges:
    """A figure of all documents found, counted as if it were in no condition."""

    key: str
    ranges: tuple[Range, ...]
    few: int
    """Shares of fewer than FEWEST, which are in no range."""
    unsure: int
    """Documents whose figure is missing or in doubt."""


@dataclass(frozen=True, slots=True)
class Unsure:
    """A condition, and how many of the documents that answer all else are left out
    because its figure is not known for sure. Other conditions on the same figure are
    no part of that: the other end of a range knows no more.
    """

    counted: Counted
    count: int
    few: int
    """The same of those left out because it is a share of fewer than FEWEST."""


def ranges_of(snapshot: Snapshot, found: Mask, filters: Filters, key: str) -> Ranges:
    """The ranges of a figure; `found` are the documents that answer, filters aside."""
    asked = QUANTITIES[key]
    chosen = filters.by_key().get(asked.kept_as, [])
    others = found & filters.mask(without=chosen)
    bounds = list(_bounds(asked))
    # Where a number belongs is the same for all questions; only the counting is not.
    places = snapshot.remembered(
        f"ranges of {key}", lambda: _places(snapshot, asked, bounds)
    )
    counts = np.bincount(places[others], minlength=_UNKNOWN + 1).tolist()
    in_use = {condition for one in chosen for condition in one.conditions}
    ranges = []
    for conditions, count in zip(bounds, counts, strict=False):
        selected = in_use.issuperset(conditions)
        if count or selected or not _is_rare(asked, conditions):
            ranges.append(Range(conditions, count, selected))
    return Ranges(key, tuple(ranges), few=counts[_FEW], unsure=counts[_UNKNOWN])


def _places(
    snapshot: Snapshot, asked: Quantity, bounds: Sequence[tuple[Condition, ...]]
) -> NDArray[np.uint8]:
    """For each document the place of its range among the `bounds`, or why it is in
    none.
    """
    values = snapshot.values(asked.key)
    places = np.full(snapshot.size, _NOWHERE, np.uint8)
    for place, conditions in enumerate(bounds):
        places[_within(values, conditions)] = place
    places[of_few(snapshot, asked)] = _FEW
    places[np.isnan(values)] = _UNKNOWN
    return places


def unsure_of(snapshot: Snapshot, found: Mask, filters: Filters) -> Iterator[Unsure]:
    """Each condition with the documents that it can tell nothing of."""
    shown = found & filters.mask()
    by_key = filters.by_key().values()
    of_figure = {one: same for same in by_key for one in same}
    for one in filters.counted:
        others = found & filters.mask(without=of_figure.get(one, [one]))
        keys = [condition.key for condition in one.conditions]
        unknown = _any(np.isnan(snapshot.values(key)) for key in keys)
        few = _any(of_few(snapshot, QUANTITIES[key]) for key in keys)
        left_out = others & ~shown
        count = int(np.count_nonzero(left_out & unknown))
        yield Unsure(one, count, int(np.count_nonzero(left_out & few & ~unknown)))


def _any(masks: Iterable[Mask]) -> Mask:
    return reduce(np.logical_or, masks)


def _within(values: Floats, conditions: Sequence[Condition]) -> Mask:
    """Which numbers fit; none of them is of few, so denominators need no look."""
    first = conditions[0]
    own = [condition for condition in conditions if condition.key == first.key]
    return reduce(np.logical_and, [comparing(values, condition) for condition in own])


def _bounds(asked: Quantity) -> Iterator[tuple[Condition, ...]]:
    """The conditions of each range, from the lowest to the highest."""
    if not asked.is_share:
        yield from _of_counts(asked.key)
        return
    enough = Condition(asked.key + OF, ">=", Decimal(FEWEST))
    pairs = _of_growth(asked.key) if asked.is_growth else _of_shares(asked.key)
    for conditions in pairs:
        yield *conditions, enough


def _of_counts(key: str) -> Iterator[tuple[Condition, ...]]:
    """0, then what has one digit, two, three, more; fees and changes below 0 too."""
    zero = Decimal(0)
    yield (Condition(key, "<", zero),)
    yield (Condition(key, "=", zero),)
    # An amount of 0.5 is more than nothing.
    yield Condition(key, ">", zero), Condition(key, "<", Decimal(_COUNTS[0]))
    for low, high in pairwise(_COUNTS):
        yield (
            Condition(key, ">=", Decimal(low)),
            Condition(key, "<", Decimal(high)),
        )
    yield (Condition(key, ">=", Decimal(_COUNTS[-1])),)


def _of_shares(key: str) -> Iterator[tuple[Condition, ...]]:
    """Tens of per cent; all of it belongs to the last."""
    for tens in range(10):
        below = "<" if tens < 9 else "<="
        low, high = tens * _TENTH, (tens + 1) * _TENTH
        yield Condition(key, ">=", low), Condition(key, below, high)
    yield (Condition(key, ">", Decimal(1)),)


def _of_growth(key: str) -> Iterator[tuple[Condition, ...]]:
    yield (Condition(key, "<", _CHANGES[0]),)
    for low, high in pairwise(_CHANGES):
        yield Condition(key, ">=", low), Condition(key, "<", high)
    yield (Condition(key, ">=", _CHANGES[-1]),)


def _is_rare(asked: Quantity, conditions: tuple[Condition, ...]) -> bool:
    """Ranges that most figures have not, and that are shown only where one has: less
    than nothing, more than all.
    """
    first = conditions[0]
    below = not asked.is_share and first.operator == "<"
    above = asked.is_share and first.operator == ">"
    return below or above
