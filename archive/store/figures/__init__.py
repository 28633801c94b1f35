"""Numbers of many reports at once, by the keys of the catalogue.

1 typed   which table and column keeps a number, and fetching it from there
2 known   the same with how each came about, and the year before
3 values  figures, claims and indicators: a value, or the state that says why not
"""

from archive.store.figures.known import year_before
from archive.store.figures.typed import AT_ONCE, key_figures
from archive.store.figures.values import Valued, values_of

__all__ = [
    "AT_ONCE",
    "Valued",
    "key_figures",
    "values_of",
    "year_before",
]
