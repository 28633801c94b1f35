"""What a report has to agree with; `archive.report.checks` binds each rule to the key
of its check.

rule           what a rule is, and on which values it relies; read this first
by_tables      the tables' own sums, and who may make regulations
by_text        the text beside the tables
comparable     which numbers of the text have to agree with a cell at all
by_form        the sections of the official form
summary        what of a year the years beside it are checked against
across_years   the report of the year before
lacking        whether tables may lie in another file
leftovers      words of another year or place
"""

from archive.report.rules.across_years import YearRule
from archive.report.rules.lacking import lacks_tables
from archive.report.rules.rule import Rule, Said
from archive.report.rules.summary import YearSummary, summary_of

__all__ = [
    "Rule",
    "Said",
    "YearRule",
    "YearSummary",
    "across_years",
    "by_form",
    "by_tables",
    "by_text",
    "lacks_tables",
    "leftovers",
    "summary_of",
]
