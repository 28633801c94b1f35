"""Who should have reported, and how much of it is here.

1 bodies   each body with the state of its years; who is missing
2 shares   how many of how many, by year, place, level and sector
"""

from archive.store.questions.coverage.bodies import (
    Body,
    BodyYears,
    CoverageWish,
    Fellow,
    YearState,
    bodies_called,
    body,
    body_at,
    body_of_agency,
    counted_at,
    due_of,
    fellows,
    missing,
    without_report,
)
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
    "missing",
    "without_report",
    "years_covered",
]
