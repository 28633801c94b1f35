"""The facet values a visitor has chosen."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from archive.search.engine import Mask, Snapshot

_MAX_VALUES = 100


class Filters:
    """Values of one facet are alternatives; different facets must all hold."""

    def __init__(
        self, snapshot: Snapshot, given: Mapping[str, tuple[str, ...]]
    ) -> None:
        """`given`: facet → values, as they came from a visitor.

        `notes` tell in Chinese what of it can't be used.
        """
        self.notes: list[str] = []
        self.chosen: dict[str, frozenset[str]] = {}
        for key, values in given.items():
            self._choose(key, frozenset(filter(None, values)), key in snapshot.facets)
        self._everything = np.ones(snapshot.size, bool)
        self._masks = {
            key: snapshot.facets[key].having(values)
            for key, values in self.chosen.items()
        }

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

    def mask(self, but: str = "") -> Mask:
        """The documents that pass all filters, or all but those of one facet."""
        masks = [mask for key, mask in self._masks.items() if key != but]
        return np.logical_and.reduce(masks) if masks else self._everything

    def visible(self) -> Mask:
        """The documents that a list or a facet's count can show: a facet's values are
        counted as if none were chosen in it.
        """
        one_open = [self.mask(but=key) for key in self._masks]
        visible: Mask = np.logical_or.reduce([self.mask(), *one_open])
        return visible
