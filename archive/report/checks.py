"""The checks applied: each check of the catalogue with the rule that is bound to it."""

from __future__ import annotations

from collections.abc import Iterator

from archive.catalogue import CHECKS, CLAIMS
from archive.report.model import Finding, Report
from archive.report.rules import (
    Rule,
    across_years,
    by_form,
    by_tables,
    by_text,
    leftovers,
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
    "carry_over": across_years.carried_over,
    "in_force": across_years.in_force,
    "previous_items": across_years.previous_items,
    "jump": across_years.jumps,
    "zero_after_large": across_years.zero_after_large,
    "in_force_too_few": by_tables.in_force_too_few,
    "public_too_few": by_tables.public_too_few,
    "regulations_unlikely": by_tables.regulations_unlikely,
    "period_partial": leftovers.period_partial,
    "other_year": leftovers.other_year,
    "other_level": leftovers.other_level,
    "section_missing": by_form.missing_sections,
    "problems_thin": by_form.thin_problems,
    "problems_repeated": by_form.repeated_problems,
    "fee_unstated": by_form.fee_unstated,
}
"""Check → its rule. Doubts have none: they arise while a report is read."""


def check(report: Report, previous: Report | None = None) -> tuple[Finding, ...]:
    """All findings of a report beyond those of its reading, in the order of CHECKS.

    `previous` is the same agency's report of the year before, if it is known; another
    year's is not looked at. A file that is no report has none.
    """
    if not report.is_report:
        return ()
    if previous and not _is_year_before(previous, report):
        previous = None
    return tuple(_findings(report, previous))


def _is_year_before(previous: Report, report: Report) -> bool:
    if report.year is None or not previous.is_report:
        return False
    return previous.year == report.year - 1


def _findings(report: Report, previous: Report | None) -> Iterator[Finding]:
    for one in CHECKS:
        rule = RULES.get(one.key)
        for said in rule(report, previous) if rule else ():
            yield Finding(one.key, said.values, said.keys, said.at)
