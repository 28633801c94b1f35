"""What is counted of the whole archive, and kept, so that no page has to count.

whole     counts of reports, originals, findings; how often they are made anew
expected  who should have reported in which years, and what is known of each; the way
          through the files below. Read this after `whole`
roster    1 the bodies: governments, agencies of the archive, those named by sources
ways      2 what each source is like today, and whose reports come from it
named     3 reports that were named somewhere, and that we could not have
states    4 the state of each year, as a text of one sign a year
tallies   5 how many are in which state, by region, level and sector
packed    6 the same as a few bytes
silent    7 the governments that nothing is known of, which have no rows
columns   the figures of all current reports as columns of numbers
"""

from archive.store.counts.columns import (
    LEVEL_PLACES,
    SCOPE_PLACES,
    SURE,
    Bodies,
    DamagedColumns,
    Measured,
    State,
    YearColumns,
    count_columns,
    count_columns_if_due,
    measured,
    opened,
    parts_of,
    scope_of_tables,
    tell_damaged,
    years_kept,
)
from archive.store.counts.expected import count_expected, count_expected_if_due
from archive.store.counts.packed import group_of, groups_of, unpacked
from archive.store.counts.roster import OF_GOVERNMENTS
from archive.store.counts.silent import Silent, counted_at, silents
from archive.store.counts.states import LETTERS, years_told
from archive.store.counts.tallies import ANY, MISSING, Tally, due, tallied
from archive.store.counts.whole import Counts, counts, recount, recount_if_due

__all__ = [
    "ANY",
    "LETTERS",
    "LEVEL_PLACES",
    "MISSING",
    "OF_GOVERNMENTS",
    "SCOPE_PLACES",
    "SURE",
    "Bodies",
    "Counts",
    "DamagedColumns",
    "Measured",
    "Silent",
    "State",
    "Tally",
    "YearColumns",
    "count_columns",
    "count_columns_if_due",
    "count_expected",
    "count_expected_if_due",
    "counted_at",
    "counts",
    "due",
    "group_of",
    "groups_of",
    "measured",
    "opened",
    "parts_of",
    "recount",
    "recount_if_due",
    "scope_of_tables",
    "silents",
    "tallied",
    "tell_damaged",
    "unpacked",
    "years_kept",
    "years_told",
]
