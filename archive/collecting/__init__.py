"""FIND and CAPTURE: the first half of the way, as portals show it (see `pipeline/way`).

1 collect               read this first: all of it for a source, as a run of its own
2 finding               the lists of a source, and what they name
  turning, whole        a list page by page; whether it gave all that it should hold
  instead               what stands in place of a list
  discovering, offers   from any address of a portal to its lists; what is offered
  sparing               how a search asks, and how often
  searching             a search as a run of its own
3 tour, visiting        each page and its files, fetched; what is gone
  telling               what is said of a page that gave no report
4 together              a report in several files
5 known, settling       what moved, is gone or failed, when all were asked for
"""

from archive.collecting.collect import collect_now, read_source, run_collection
from archive.collecting.discovering import Found, Looked, find_columns
from archive.collecting.finding import Listing, drawing, fetcher_of, list_leads
from archive.collecting.offers import Offer
from archive.collecting.searching import run_search

__all__ = [
    "Found",
    "Listing",
    "Looked",
    "Offer",
    "collect_now",
    "drawing",
    "fetcher_of",
    "find_columns",
    "list_leads",
    "read_source",
    "run_collection",
    "run_search",
]
