"""Blank cells that stand in their place: what the relations leave for them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from archive.catalogue import Status
from archive.report.model import Figure
from archive.report.relations import Relation
from archive.report.tables.settling.arithmetic import (
    Figures,
    broken_keys,
    following,
    values_in,
)
from archive.report.tables.sheet import DamagedRow


def filled_blanks(
    figures: Figures,
    rules: Sequence[Relation],
    damaged: Sequence[DamagedRow],
    taken_back: Collection[str] = (),
) -> dict[str, Figure]:
    """The figures of blank cells that follow from the others, in the order of keys.

    Many print nothing for 0, or fill in the column 总计 alone. Cells of damaged rows
    are not filled, since they are not known to be in their place, nor those of rows
    that were not found, nor those that print a number which was `taken_back`: no cell
    that prints something is a blank. And nothing
    follows from a relation that is broken, nor from one between nothing but zeros.
    """
    values = values_in(figures)
    # A damaged row may have been settled in part; what is still open in it may have
    # stood in any of its columns.
    loose = {key for row in damaged for key in row.keys if values[key] is None}
    doubtful = broken_keys(rules, values) | loose | set(taken_back)
    # What follows may be of a row that was not found at all: that row stays missing,
    # for nothing of it is printed.
    found = following(values, rules, doubtful=doubtful)
    return {
        key: figures[key]._replace(value=found[key], status=Status.INFERRED)
        for key in sorted(found.keys() & figures.keys())
    }
