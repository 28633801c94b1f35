"""Misread digits of a scan: the only corrections with which everything adds up.

Only text recognition reads a 1 for a 7. In a file that carries its own text the number
stays as it is printed, for agencies do publish wrong sums.
"""

from __future__ import annotations

from collections.abc import Sequence

from archive.catalogue import Status
from archive.report.model import Figure, Number
from archive.report.relations import Relation
from archive.report.tables.settling.arithmetic import (
    Figures,
    Values,
    holds,
    values_in,
)


def corrected(figures: Figures, rules: Sequence[Relation]) -> dict[str, Figure]:
    """The figures that a scan must have misread, with the values they must have.

    What was recognised stays beside them, as what is printed.
    """
    repairs = single_repairs(values_in(figures), rules)
    return {
        key: figures[key]._replace(value=value, status=Status.INFERRED)
        for key, value in repairs.items()
    }


def single_repairs(values: Values, rules: Sequence[Relation]) -> dict[str, Number]:
    """Misread cells: each the only one that mends every broken relation through it.

    Only where the broken relations don't cross: each has exactly one such cell, which
    stands in two or more of them and in none that holds. Returns the corrected values.
    """
    mended: dict[str, Number] = {}
    for rule in rules:
        if holds(rule, values) is not False:
            continue
        # Is there one cell on this sum that would mend all the sums it stands in?
        repairs = {key: _repair(key, values, rules) for key in rule.keys}
        able = {key: value for key, value in repairs.items() if value is not None}
        # Two cells that could each be wrong leave it open which one is.
        if len(able) != 1:
            return {}
        mended |= able
    return mended


def _repair(key: str, values: Values, rules: Sequence[Relation]) -> Number | None:
    """The one value of a cell with which all relations through it would hold.

    None unless there are two or more such relations, all of them broken now. A value
    that would have to be negative is no count.
    """
    through = [rule for rule in rules if key in rule.keys]
    if len(through) < 2:
        return None
    # A cell in the middle of table 3 stands in the sum of its row and in that of its
    # column: if the digit is misread, both are broken, and by the same amount.
    if any(holds(rule, values) is not False for rule in through):
        return None

    wanted = {value_that_mends(rule, key, values) for rule in through}
    if len(wanted) > 1:
        # The sums lack different amounts: another cell is wrong, or several are.
        return None
    (value,) = wanted
    if value is None or value < 0:
        return None
    return value


def value_that_mends(rule: Relation, key: str, values: Values) -> Number | None:
    """The value of a cell with which a relation would hold.

    None when a value is not known. It may be negative, which tells that the cell is not
    the wrong one.
    """
    sides = rule.sides(values)
    if sides is None:
        return None
    left, right = sides
    now = values[key] or 0
    if key in rule.left:
        return now + right - left
    return now + left - right
