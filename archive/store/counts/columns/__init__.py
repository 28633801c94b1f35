"""The figures of all current reports as columns of numbers, a row of the database for
each year and part: so that what is asked of thousands of reports is a few sums.

1 shapes   what is kept: parts, states, arrays in bytes. Read this first
2 whose    whose numbers a report's tables are: of the body alone, or of its area
3 making   from the typed tables to columns, a year at a time
  filling  the figures of it, and what is doubtful of them
4 keeping  which years have changed; made anew by whoever counts
5 opening  columns out of the database, kept by each process
6 measuring  a figure or an indicator of all reports of a year
"""

from archive.store.counts.columns.keeping import count_columns, count_columns_if_due
from archive.store.counts.columns.measuring import Measured, measured, parts_of
from archive.store.counts.columns.opening import (
    DamagedColumns,
    YearColumns,
    opened,
    tell_damaged,
    years_kept,
)
from archive.store.counts.columns.shapes import (
    LEVEL_PLACES,
    SCOPE_PLACES,
    SURE,
    Bodies,
    State,
)
from archive.store.counts.columns.whose import scope_of_tables

__all__ = [
    "LEVEL_PLACES",
    "SCOPE_PLACES",
    "SURE",
    "Bodies",
    "DamagedColumns",
    "Measured",
    "State",
    "YearColumns",
    "count_columns",
    "count_columns_if_due",
    "measured",
    "opened",
    "parts_of",
    "scope_of_tables",
    "tell_damaged",
    "years_kept",
]
