"""How many of the documents found have each value of each facet."""

from __future__ import annotations

import numpy as np

from archive.search.answer.filters import Filters
from archive.search.engine import Counts, Mask, Snapshot, Together
from archive.search.facets import FacetValue

Shown = dict[str, tuple[FacetValue, ...]]


def facet_values(snapshot: Snapshot, found: Mask, filters: Filters) -> Shown:
    """All facets' values; those of a facet as if nothing were chosen in it.

    `found`: the documents that answer, filters aside.
    """
    # With 2021 chosen, the other years show how many there would be with them.
    shown: Shown = {}
    everywhere = _counts(snapshot, snapshot.together, found & filters.mask())
    for key, column in snapshot.facets.items():
        counts = everywhere[key]
        if key in filters.chosen:
            others = found & filters.mask(but=key)
            counts = _counts(snapshot, Together({key: column}), others)[key]
        chosen = filters.chosen.get(key, frozenset())
        shown[key] = column.values.shown(counts, snapshot.present[key], chosen)
    return shown


def _counts(snapshot: Snapshot, facets: Together, found: Mask) -> dict[str, Counts]:
    """How many of the documents found have each value.

    Where most are found, those are counted that are not.
    """
    if 2 * np.count_nonzero(found) <= snapshot.size:
        return facets.counts(found.nonzero()[0])
    present = snapshot.present
    rest = (snapshot.alive & ~found).nonzero()[0]
    if not len(rest):
        return present
    others = facets.counts(rest)
    return {key: present[key] - counts for key, counts in others.items()}
