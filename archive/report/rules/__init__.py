"""What a report has to agree with; `archive.report.checks` binds each rule to the key
of its check.

rule           what a rule is, and on which values it relies; read this first
by_tables      the tables' own sums, and who may make regulations
by_text        the text beside the tables
comparable     which numbers of the text have to agree with a cell at all
by_form        the sections of the official form
across_years   the report of the year before
leftovers      words of another year or place
"""

from archive.report.rules.rule import Rule

__all__ = [
    "Rule",
    "across_years",
    "by_form",
    "by_tables",
    "by_text",
    "leftovers",
]
