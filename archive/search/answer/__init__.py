"""From a tree of what is asked to results, on one snapshot of the index.

1 searching        the way: candidates → checked → ordered → hits, facets, notes
2 match, proof     which documents answer: by the index alone, and with a text at hand
3 near/            what comes nearest, where none does or a sentence was asked
4 ranking, highest in which order: a table of keys; the first of many
5 filters, counts  facet values chosen, and counted;  ranges  the same of figures
6 hits             what is shown of a report;  snippets/ its passages
  texts            fetches and keeps what is quoted
7 results, turns   what comes out; how threads take turns

Another engine offers what a Snapshot does here: the documents that hold terms of a
field, BM25 scores of a word, facets and dates as columns, what is not deleted.
"""

from archive.search.answer.ranges import Range, Ranges, Unsure
from archive.search.answer.results import Hit, Pieces, Results, Snippet
from archive.search.answer.searching import Search
from archive.search.answer.texts import Fetch, Texts
from archive.search.answer.turns import Turns

__all__ = [
    "Fetch",
    "Hit",
    "Pieces",
    "Range",
    "Ranges",
    "Results",
    "Search",
    "Snippet",
    "Texts",
    "Turns",
    "Unsure",
]
