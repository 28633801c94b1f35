"""The checks applied: each check of the catalogue with the rule that is bound to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from archive.catalogue import CHECKS, CLAIMS
from archive.report.model import Finding, Report
from archive.report.rules import (
    Rule,
    Said,
    YearRule,
    YearSummary,
    across_years,
    by_form,
    by_tables,
    by_text,
    leftovers,
    summary_of,
)

RULES: dict[str, Rule] = {
    "sums": by_tables.sums,
    **{
        f"text_{claim.key}": by_text.stated(claim)
        for claim in CLAIMS.values()
        if claim.same_as
    },
    "fee_within_fees": by_text.fee_within_fees,
    "fee_disagrees": by_text.fee_disagrees,
    "breakdown": by_text.breakdown,
    "in_force_too_few": by_tables.in_force_too_few,
    "public_too_few": by_tables.public_too_few,
    "regulations_unlikely": by_tables.regulations_unlikely,
    "period_partial": leftovers.period_partial,
    "other_year": leftovers.other_year,
    "other_level": leftovers.other_level,
    "section_missing": by_form.missing_sections,
    "problems_thin": by_form.thin_problems,
    "fee_unstated": by_form.fee_unstated,
}
"""Check → its rule. Doubts have none: they arise while a report is read."""


YEAR_RULES: dict[str, YearRule] = {
    "carry_over": across_years.carried_over,
    "in_force": across_years.in_force,
    "previous_items": across_years.previous_items,
    "jump": across_years.jumps,
    "zero_after_large": across_years.zero_after_large,
    "problems_repeated": across_years.repeated_problems,
}
"""Check → its rule, of those that compare a report with that of the year before."""


_ORDER = {one.key: at for at, one in enumerate(CHECKS)}


def check(report: Report, previous: Report | None = None) -> tuple[Finding, ...]:
    """All findings of a report beyond those of its reading, in the order of CHECKS.

    `previous` is the same agency's report of the year before, if it is known; another
    year's is not looked at. A file that is no report has none.
    """
    found = list(check_alone(report))
    if previous:
        found += check_years(summary_of(report), summary_of(previous))
    return tuple(sorted(found, key=lambda finding: _ORDER[finding.check]))


def check_alone(report: Report) -> Iterator[Finding]:
    """What can be said of a report without any other."""
    if report.is_report:
        for one in CHECKS:
            rule = RULES.get(one.key)
            yield from _findings(one.key, rule(report) if rule else ())


def check_years(
    year: YearSummary | None, previous: YearSummary | None
) -> Iterator[Finding]:
    """What can be said of a report beside that of the year before.

    Nothing where one is not known, or is not of the year before.
    """
    if year is None or previous is None or previous.year != year.year - 1:
        return
    for key, rule in YEAR_RULES.items():
        yield from _findings(key, rule(year, previous))


def _findings(check: str, said: Iterable[Said]) -> Iterator[Finding]:
    for one in said:
        yield Finding(check, one.values, one.keys, one.at)
