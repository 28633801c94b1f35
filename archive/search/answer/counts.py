"""How many of the documents found have each value of each facet."""

from __future__ import annotations

import numpy as np

from archive.search.answer.filters import Filters
from archive.search.engine import Counts, Mask, Snapshot
from archive.search.facets import FacetValue


def facet_values(
    snapshot: Snapshot, found: Mask, filters: Filters
) -> dict[str, tuple[FacetValue, ...]]:
    """All facets' values; those of a facet as if nothing were chosen in it.

    `found`: the documents that answer, filters aside.
    """
    counts = _counts(snapshot, found & filters.mask())
    # With 2021 chosen, the other years show how many there would be with them.
    for key in filters.chosen:
        others = found & filters.mask(but=key)
        place = snapshot.together.places[key]
        counts[place] = snapshot.facets[key].counts(others.nonzero()[0])
    return snapshot.shown.of(counts, filters.chosen)


def _counts(snapshot: Snapshot, found: Mask) -> Counts:
    """How many of the documents found have each value.

    Where most are found, those are counted that are not.
    """
    if 2 * np.count_nonzero(found) <= snapshot.size:
        return snapshot.together.counts(found.nonzero()[0])
    rest = (snapshot.alive & ~found).nonzero()[0]
    return snapshot.present - snapshot.together.counts(rest)
