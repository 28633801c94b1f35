"""The facet values a visitor has chosen, and the conditions on figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from operator import attrgetter

import numpy as np

from archive.catalogue import FEWEST, OF, Quantity
from archive.search.engine import Floats, Mask, Selection, Snapshot
from archive.search.question import COMPARE, Condition, Counted

_MAX_VALUES = 100


class Filters:
    """Values of one facet are alternatives; different facets must all hold, and all
    conditions on figures.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        given: Mapping[str, tuple[str, ...]],
        counted: Sequence[Counted] = (),
    ) -> None:
        """`given`: facet → values, as they came from a visitor.

        `notes` tell in Chinese what of it can't be used.
        """
        self.notes: list[str] = []
        self.chosen: dict[str, frozenset[str]] = {}
        for key, values in given.items():
            self._choose(key, frozenset(filter(None, values)), key in snapshot.facets)
        self._size = snapshot.size
        self._chosen = {
            key: snapshot.choosing(key, values) for key, values in self.chosen.items()
        }
        self.counted = tuple(dict.fromkeys(counted))
        self._fitting = {one: fitting(snapshot, one) for one in self.counted}

    def _choose(self, key: str, values: frozenset[str], is_known: bool) -> None:
        if not is_known:
            # An old link, or a name typed into the address: said, and no error.
            self.notes.append(f"没有“{key[:20]}”这一筛选项，已忽略。")
            return
        if len(values) > _MAX_VALUES:
            values = frozenset(sorted(values)[:_MAX_VALUES])
            self.notes.append(f"每个筛选项最多选 {_MAX_VALUES} 个值，其余已忽略。")
        if values:
            self.chosen[key] = values

    @property
    def are_open(self) -> bool:
        """Whether they let everything through."""
        return not self.chosen and not self.counted

    def mask(self, but: str = "", without: Sequence[Counted] = ()) -> Mask:
        """The documents that pass all filters, or all but those of one facet; `without`
        some of the conditions.
        """
        masks = [some.mask for key, some in self._chosen.items() if key != but]
        fitting = self._fitting.items()
        masks += [mask for one, mask in fitting if one not in without]
        # Two at a time: numpy's own reducing of many would put them in one table first.
        return reduce(np.logical_and, masks) if masks else np.ones(self._size, bool)

    def passing(self, found: Mask, but: str = "") -> Selection:
        """Those found that pass all filters, or all but those of one facet."""
        chosen = [some for key, some in self._chosen.items() if key != but]
        fewest = min(chosen, key=attrgetter("count"), default=None)
        if fewest is None and not self._fitting:
            return Selection(found)
        if fewest is None or not fewest.are_few:
            return Selection(found & self.mask(but=but))
        # A mask is asked only for those that are left by the ones before.
        others = [some.mask for some in chosen if some is not fewest]
        documents = fewest.documents
        for mask in (found, *others, *self._fitting.values()):
            documents = documents[mask[documents]]
        return Selection.of(documents, len(found))

    def visible(self) -> Mask:
        """The documents that a list or a facet's count can show: a facet's values are
        counted as if none were chosen in it.
        """
        one_open = [self.mask(but=key) for key in self._chosen]
        one_open += [self.mask(without=[one]) for one in self.counted]
        one_open += [self.mask(without=of_key) for of_key in self.by_key().values()]
        return reduce(np.logical_or, [self.mask(), *one_open])

    def by_key(self) -> dict[str, list[Counted]]:
        """The conditions by the figure that they are about, where it is one alone."""
        found: dict[str, list[Counted]] = {}
        for one in self.counted:
            if len(one.keys) == 1:
                found.setdefault(min(one.keys), []).append(one)
        return found


def fitting(snapshot: Snapshot, counted: Counted) -> Mask:
    """The documents of which one of the conditions holds."""
    masks = [holding(snapshot, condition) for condition in counted.conditions]
    return reduce(np.logical_or, masks)


def holding(snapshot: Snapshot, condition: Condition) -> Mask:
    """The documents of which a condition holds.

    What is not known compares with nothing, and differs from nothing; nor does a share
    of few, which decides nothing wherever it stands.
    """
    found = comparing(snapshot.values(condition.key), condition)
    return found & ~of_few(snapshot, condition.quantity)


def of_few(snapshot: Snapshot, asked: Quantity) -> Mask:
    """Shares of fewer than may be ranked."""
    if not asked.is_share:
        return np.zeros(snapshot.size, bool)
    few: Mask = snapshot.values(asked.key + OF) < FEWEST
    return few


def comparing(values: Floats, condition: Condition) -> Mask:
    """Of which numbers a condition holds; of no NaN."""
    number = condition.number
    if condition.quantity.is_growth:
        # Kept as this year over the last: 110/100 is 1.1, but 1.1 - 1 is not 0.1.
        number += 1
    found: Mask = COMPARE[condition.operator](values, float(number))
    if condition.operator == "!=":
        found &= ~np.isnan(values)
    return found
