"""How many of the documents found have each value of each facet."""

from __future__ import annotations

from collections.abc import Callable

from archive.search.answer.filters import Filters
from archive.search.engine import Counts, Ids, Mask, Selection, Snapshot
from archive.search.facets import FacetValue


def facet_values(
    snapshot: Snapshot, found: Mask, shown: Selection, filters: Filters
) -> dict[str, tuple[FacetValue, ...]]:
    """All facets' values; those of a facet as if nothing were chosen in it.

    `found`: the documents that answer, filters aside; `shown`: those that pass them.
    """
    counts = _counted(snapshot, shown, snapshot.present, snapshot.together.counts)
    # With 2021 chosen, the other years show how many there would be with them.
    for key in filters.chosen:
        place = snapshot.together.places[key]
        others = filters.passing(found, but=key)
        count = snapshot.facets[key].counts
        counts[place] = _counted(snapshot, others, snapshot.present[place], count)
    return snapshot.shown.of(counts, filters.chosen)


def _counted(
    snapshot: Snapshot, some: Selection, present: Counts, count: Callable[[Ids], Counts]
) -> Counts:
    """How many of some documents have each value.

    Where they are most of all, those are counted that are not among them. `present`:
    the counts of all; `count` makes them.
    """
    if 2 * some.count <= snapshot.size:
        return count(some.documents)
    rest = (snapshot.alive & ~some.mask).nonzero()[0]
    return present - count(rest)
