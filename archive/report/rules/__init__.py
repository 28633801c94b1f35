"""What a report has to agree with; `archive.report.checks` binds each rule to its
record.

one_report     its own sums, its text beside its tables, the form
across_years   the report of the year before
leftovers      words of another year or place
"""

from archive.report.rules.doubts import DOUBTS, Doubt
from archive.report.rules.one_report import Rule

__all__ = [
    "DOUBTS",
    "Doubt",
    "Rule",
    "across_years",
    "leftovers",
    "one_report",
]
