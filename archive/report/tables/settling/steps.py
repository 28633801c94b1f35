"""The steps from what is printed to what is taken for a figure, in their order.

1 corrected       a scan: the one misread digit that breaks several sums
2 wide_table      a table 3 with columns of the agency's own (小计, a second 其他)
3 placed_rows     rows that lost or doubled cells: what their sums leave possible
4 stacked         digits over several lines of a cell that may be several numbers
5 unnamed         rows named by their neighbours, where no column confirms it
6 filled_blanks   cells left empty for 0, or because only 总计 was filled in
7 unproven        inferences for which too little speaks are taken back
8 cut_numbers     numbers whose last digits were lost at the end of a line
9 conflicts       what is printed and cannot be true at once: it stays as it is
10 overfull       parts that are more than the whole, though some cells have no number
11 absent         rows and tables that were not found

The order counts. A misread digit must not decide where a lost cell was; a blank is
filled only once the rows around it stand; what was inferred is doubted before anybody
is accused. Each step is a function that changes nothing it is given.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from archive.catalogue import FORMS, Status, keys
from archive.report.model import Figure
from archive.report.relations import Relation, relations
from archive.report.tables.settling.arithmetic import Figures, holds, values_in
from archive.report.tables.settling.blanks import filled_blanks
from archive.report.tables.settling.choice import PlacedRow, placed_rows
from archive.report.tables.settling.columns import WideTable, wide_table
from archive.report.tables.settling.doubts import (
    CutNumber,
    conflicts,
    cut_numbers,
    overfull,
    unproven,
    without,
)
from archive.report.tables.settling.scans import corrected
from archive.report.tables.settling.stacked import stacked
from archive.report.tables.settling.unnamed import unconfirmed
from archive.report.tables.sheet import Sheet

_KEYS = {name: tuple(keys(form)) for name, form in FORMS.items()}


@dataclass(frozen=True, slots=True)
class Settled:
    """All figures of the form in its order, and what each step had to do for them."""

    figures: dict[str, Figure]
    corrected: Figures
    wide: WideTable
    placed: list[PlacedRow]
    stacked: list[str]
    """Keys of digits over several lines that are taken back."""
    unnamed: list[str]
    """Keys of rows without a readable label that are taken back."""
    filled: Figures
    withdrawn: list[str]
    cut: list[CutNumber]
    conflicts: Figures
    overfull: list[Relation]
    absent: Figures
    """Figures of rows and tables that were not found."""


def settle(sheet: Sheet) -> Settled:
    """What the cells of a sheet can only have been, by the arithmetic of its form."""
    rules = relations(sheet.form)
    if _leaves_nothing_open(sheet, rules):
        return _as_printed(sheet)
    return _step_by_step(sheet, rules)


def _leaves_nothing_open(sheet: Sheet, rules: Sequence[Relation]) -> bool:
    """Whether every step would leave a sheet as it is: most reports are whole.

    Every relation has all its numbers and holds: nothing is misread, blank, in conflict
    or too much. Every row is in its place under its own label, and every number stands
    on one line that did not end too early.
    """
    oddities = (sheet.damaged, sheet.unnamed, sheet.may_be_cut)
    if any(oddities):
        return False
    values = values_in(sheet.figures)
    verdicts = {holds(rule, values) for rule in rules}
    if verdicts != {True}:
        return False
    cells = map(attrgetter("printed"), sheet.figures.values())
    return "\n" not in "".join(filter(None, cells))


def _as_printed(sheet: Sheet) -> Settled:
    """A sheet that leaves nothing open, with what was not come upon."""
    absent = _absent(sheet.figures, sheet.form)
    figures = _in_order({**sheet.figures, **absent}, sheet.form)
    return Settled(
        figures=figures,
        corrected={},
        wide=WideTable(),
        placed=[],
        stacked=[],
        unnamed=[],
        filled={},
        withdrawn=[],
        cut=[],
        conflicts={},
        overfull=[],
        absent=absent,
    )


def _step_by_step(sheet: Sheet, rules: Sequence[Relation]) -> Settled:
    """What each step leaves of the figures, one after the other."""
    figures = dict(sheet.figures)

    # Each step takes the figures that the one before it left.
    mended = corrected(figures, rules) if sheet.scanned else {}
    figures |= mended

    wide = wide_table(sheet.damaged)
    figures |= wide.figures()

    damaged = [row for row in sheet.damaged if row not in wide.rows]
    # What may be several numbers must not decide where a lost cell was.
    plain = without(figures, stacked(figures, rules))
    placed = placed_rows(damaged, plain, rules)
    for row in placed:
        figures |= row.figures

    several = stacked(figures, rules)
    figures = without(figures, several)

    unnamed = unconfirmed(sheet.unnamed, figures, rules)
    figures = without(figures, unnamed)

    filled = filled_blanks(figures, rules, damaged, {*several, *unnamed})
    figures |= filled

    withdrawn = unproven(figures, rules, filled, has_lost_rows=_has_lost(placed))
    figures = without(figures, withdrawn)

    cut = cut_numbers(figures, rules, sheet.may_be_cut)
    figures = without(figures, [number.key for number in cut])

    contradicting = conflicts(figures, rules)
    figures |= contradicting
    too_full = overfull(figures, rules)

    absent = _absent(figures, sheet.form)
    figures |= absent
    return Settled(
        _in_order(figures, sheet.form), mended, wide, placed, several, unnamed,
        filled, withdrawn, cut, contradicting, too_full, absent,
    )  # fmt: skip


def _has_lost(placed: list[PlacedRow]) -> bool:
    """Whether nothing could be told of some row: what is printed there is wrong.

    Its sum does not come out in any way of reading it.
    """
    return any(not row.figures for row in placed)


def _absent(figures: Figures, form: str) -> dict[str, Figure]:
    """A figure without a value for each cell of the form that was not come upon.

    Every key of the form is in a reading, so that nothing is left out unnoticed.
    """
    return {
        key: Figure(key, None, None, Status.MISSING)
        for key in _KEYS[form]
        if key not in figures
    }


def _in_order(figures: Figures, form: str) -> dict[str, Figure]:
    """The figures as the form prints them, tables 2, 3, 4.

    A document may have its tables in another order, or all in one.
    """
    return {key: figures[key] for key in _KEYS[form]}
