"""Rows that were named by their neighbours, since their own label can't be read.

A row of the agency's own between two of the form, or two rows that changed places, look
the same. A row's own sum says nothing of its name: only the columns do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from archive.report.relations import Relation
from archive.report.tables.settling.arithmetic import (
    Figures,
    Values,
    holds,
    values_in,
)
from archive.report.tables.sheet import UnnamedRow


def unconfirmed(
    rows: Sequence[UnnamedRow], figures: Figures, rules: Sequence[Relation]
) -> list[str]:
    """The keys of such rows that no column speaks for.

    Rows that could have changed places among each other are never confirmed: each
    column adds up either way.
    """
    values = values_in(figures)
    found: list[str] = []
    for row in rows:
        sure = _confirmed(row, values, rules) if row.is_alone else set()
        found += [key for key in row.keys if key not in sure]
    return found


def _confirmed(row: UnnamedRow, values: Values, rules: Sequence[Relation]) -> set[str]:
    """The cells of a row that stand in columns which add up with them.

    None where a column does not, or where all of them add up to nothing: zeros balance
    wherever they stand.
    """
    sure: set[str] = set()
    says_something = False
    for rule in _columns(row, rules):
        held = holds(rule, values)
        if held is False:
            return set()
        if held:
            sure.update(rule.keys)
            says_something |= any(map(values.get, rule.keys))
    if says_something:
        return sure
    return set()


def _columns(row: UnnamedRow, rules: Sequence[Relation]) -> Iterator[Relation]:
    """The relations through a row that go beyond it."""
    keys = set(row.keys)
    for rule in rules:
        if not keys.isdisjoint(rule.keys) and not keys.issuperset(rule.keys):
            yield rule
