"""FIND and CAPTURE: the first half of the way, as portals show it (see `pipeline/way`).

1 finding             the lists of a source, and what they name
2 tour, visiting      each page and its files, fetched; what is gone
3 together            a report in several files
4 collect             all of it for a source, as a run of its own
"""

from archive.collecting.collect import collect_now, run_collection
from archive.collecting.finding import Listing, fetcher_of, list_leads

__all__ = [
    "Listing",
    "collect_now",
    "fetcher_of",
    "list_leads",
    "run_collection",
]
