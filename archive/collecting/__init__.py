"""FIND and CAPTURE: the first half of the way, as portals show it (see `pipeline/way`).

1 collect               read this first: all of it for a source, as a run of its own
  many                  many sources at once, one at a host
2 finding               the lists of a source, and what they name
  turning, list_read    a list page by page, and what it gave
  whole                 whether it gave all that it should hold
  instead               what stands in place of a list
  discovering           from any address of a portal to its lists
3 tour, visiting        each page and its files, fetched; what is gone
  telling               what is said of a page that gave no report
4 together              a report in several files
  turns                 whose turn it is to ask a host, by the database
  in_time               how long a run may take
5 known, settling       what moved, is gone or failed, when all were asked for
"""

from archive.collecting.collect import collect_now, read_source, run_collection
from archive.collecting.discovering import (
    Found,
    Looked,
    Offer,
    find_columns,
    run_search,
)
from archive.collecting.finding import Listing, drawing, fetcher_of, list_leads
from archive.collecting.many import Ended, Wanted, collect_many

__all__ = [
    "Ended",
    "Found",
    "Listing",
    "Looked",
    "Offer",
    "Wanted",
    "collect_many",
    "collect_now",
    "drawing",
    "fetcher_of",
    "find_columns",
    "list_leads",
    "read_source",
    "run_collection",
    "run_search",
]
