"""Who should have reported, and how much of it is here.

1 bodies   each body with the state of its years; who is missing
in_order   bodies with rows, and governments without, in one order
2 agencies   the bodies that agencies of the archive are
3 shares   how many of how many, by year, place, level and sector
"""

from archive.store.counts import counted_at
from archive.store.questions.coverage.agencies import (
    Fellow,
    body_of_agency,
    due_of,
    fellows,
)
from archive.store.questions.coverage.bodies import (
    Body,
    BodyYears,
    CoverageWish,
    YearState,
    bodies_called,
    body,
    body_at,
    missing,
    without_report,
)
from archive.store.questions.coverage.in_order import in_order, merged, silent_at
from archive.store.questions.coverage.shares import (
    Coverages,
    Part,
    Share,
    coverage,
    in_all,
    years_covered,
)

__all__ = [
    "Body",
    "BodyYears",
    "CoverageWish",
    "Coverages",
    "Fellow",
    "Part",
    "Share",
    "YearState",
    "bodies_called",
    "body",
    "body_at",
    "body_of_agency",
    "counted_at",
    "coverage",
    "due_of",
    "fellows",
    "in_all",
    "in_order",
    "merged",
    "missing",
    "silent_at",
    "without_report",
    "years_covered",
]
