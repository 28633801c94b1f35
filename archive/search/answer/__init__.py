"""From a tree of what is asked to results, on one snapshot of the index.

1 searching   the way: candidates → checked → ordered → hits, facets, notes
2 match       which documents answer, and how well
3 ranking     in which order
4 texts, snippets   the texts behind the hits, and the passages shown of them
5 results, turns    what comes out; how threads take turns
"""

from archive.search.answer.results import Hit, Pieces, Results, Snippet
from archive.search.answer.searching import Search
from archive.search.answer.texts import Fetch, Texts
from archive.search.answer.turns import Turns

__all__ = [
    "Fetch",
    "Hit",
    "Pieces",
    "Results",
    "Search",
    "Snippet",
    "Texts",
    "Turns",
]
