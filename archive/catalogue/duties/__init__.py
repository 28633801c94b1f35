"""Who must publish by when, and whether the report is here: pure rules.

1 governments  which bodies publish for a people's government
2 deadlines    by when the law wants a report, and who is late
3 coverage     whether a body's report for a year is here, and if not, why not
"""

from archive.catalogue.duties.coverage import (
    COVERED_SINCE,
    NOT_MISSING,
    OBSTACLES,
    Coverage,
    Rest,
    Way,
    last_day,
    state_of,
    why,
)
from archive.catalogue.duties.deadlines import deadline, punctuality
from archive.catalogue.duties.governments import is_governments_office

__all__ = [
    "COVERED_SINCE",
    "NOT_MISSING",
    "OBSTACLES",
    "Coverage",
    "Rest",
    "Way",
    "deadline",
    "is_governments_office",
    "last_day",
    "punctuality",
    "state_of",
    "why",
]
