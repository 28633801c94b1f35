"""From any address of a portal to the lists of annual reports that it has.

discovering   read this first: pages, ways and columns
offers        what a search offers, and in which order
sparing       how a search asks, and how often
searching     a search as a run of its own
"""

from archive.collecting.discovering.discovering import (
    MOST_PAGES,
    Found,
    Looked,
    find_columns,
)
from archive.collecting.discovering.offers import Offer
from archive.collecting.discovering.searching import run_search

__all__ = ["MOST_PAGES", "Found", "Looked", "Offer", "find_columns", "run_search"]
