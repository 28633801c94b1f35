"""What is known of each document beside its words, as arrays over all documents.

1 facets    which values of a facet documents have, and how many have each
2 together  how many documents have each value of all facets;  shown  which of the
            values a visitor is shown
3 selection some of the documents, as a mask and as numbers
4 numbers   figures and indicators: sparse, since most are 0 or missing
5 scores    how well documents fit a word, by their lengths
"""

from archive.search.engine.columns.facets import (
    SEPARATOR,
    Column,
    Counts,
    Ids,
    Mask,
    Values,
)
from archive.search.engine.columns.numbers import (
    KEPT,
    Numbers,
    NumbersWriter,
    definitions,
)
from archive.search.engine.columns.scores import Scores
from archive.search.engine.columns.selection import Selection
from archive.search.engine.columns.shown import Shown
from archive.search.engine.columns.together import Together

__all__ = [
    "KEPT",
    "SEPARATOR",
    "Column",
    "Counts",
    "Ids",
    "Mask",
    "Numbers",
    "NumbersWriter",
    "Scores",
    "Selection",
    "Shown",
    "Together",
    "Values",
    "definitions",
]
