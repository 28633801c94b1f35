"""What is known of each document beside its words, as arrays over all documents.

1 facets   which values of a facet documents have, and how many have each
2 numbers  figures and indicators: sparse, since most are 0 or missing
"""

from archive.search.engine.columns.facets import (
    SEPARATOR,
    Column,
    Counts,
    Ids,
    Mask,
    Together,
    Values,
)
from archive.search.engine.columns.numbers import (
    KEPT,
    Numbers,
    NumbersWriter,
    definitions,
)

__all__ = [
    "KEPT",
    "SEPARATOR",
    "Column",
    "Counts",
    "Ids",
    "Mask",
    "Numbers",
    "NumbersWriter",
    "Together",
    "Values",
    "definitions",
]
