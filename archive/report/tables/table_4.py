"""Table 4: administrative reviews and lawsuits, one row of fifteen figures.

They are three groups of five: reviews, lawsuits without and after a review, each with
its four outcomes and their 总计.
"""

from __future__ import annotations

from collections.abc import Sequence

from archive.catalogue import KINDS, OUTCOMES
from archive.report.relations import relations
from archive.report.tables.lines import Line, Value, may_lack_one, numbers_of
from archive.report.tables.settling import holds, placements
from archive.report.tables.sheet import Sheet
from archive.report.tables.table_4_columns import (
    WIDTH,
    Headings,
    are_out_of_order,
    kinds_in,
    outcomes_in,
    values_below,
)

_KEYS = tuple(f"{kind.key}.{outcome.key}" for kind in KINDS for outcome in OUTCOMES)
_SUMS = [rule for rule in relations("2021") if set(rule.keys) <= set(_KEYS)]


def read_proceedings(sheet: Sheet, rows: Sequence[Line]) -> None:
    """Puts the figures of table 4 on the sheet.

    A table in two parts (five and ten figures) is joined. Behind the first table only
    whole rows count, below headings of their own or further down below the same.
    """
    headings = Headings()
    is_first = True
    has_new_headings = False
    for row in rows:
        if _is_heading(row, headings):
            headings = headings.and_row(row)
            has_new_headings = True
            continue
        if not row.trimmed:
            continue
        if not row.aligned:  # words and figures may be in one run
            headings = headings.and_outcomes(outcomes_in(row))
        # Five outcomes, twice at least: no other table has such headings.
        if not headings.are_enough:
            continue
        if is_first or _is_another(row, headings, has_new_headings):
            sheet.blocks |= headings.blocks | row.blocks
            _put(sheet, row, headings)
            is_first = has_new_headings = False


def _is_heading(row: Line, headings: Headings) -> bool:
    """Whether a row names kinds of proceedings or their outcomes, and has no figures.

    总计 and 其他 alone are headings of table 3 as well. Below a kind any outcome will
    do: a page may break within the headings.
    """
    if row.trimmed:
        return False
    if kinds_in(row):
        return True
    outcomes = {key for key, _ in outcomes_in(row)}
    is_below_kinds = bool(outcomes and headings.kinds)
    if is_below_kinds:
        return True
    return len(outcomes - {"total", "other"}) >= 2


def _is_another(row: Line, headings: Headings, has_new_headings: bool) -> bool:
    """Whether a row is one more row of figures, behind the first that was read.

    Its figures do not count; where they differ from the first, that is said. Other rows
    behind the table have other numbers of cells.
    """
    if len(row.trimmed) != WIDTH:
        return False
    last = headings.last
    if has_new_headings:
        return True
    return last is not None and row.table is last.table


def _put(sheet: Sheet, row: Line, headings: Headings) -> None:
    """Puts the row of figures on the sheet: by its columns, in order, or as damaged.

    Where headings stand in another order than the form's and not all can be read, no
    figure has a name.
    """
    at = row.cells[0].at
    values = values_below(row, headings)
    # Columns that can't be told by their headings are taken in the form's order, unless
    # what can be read of the headings contradicts it.
    if not values and are_out_of_order(headings):
        sheet.leave(_KEYS, at)
        return
    if not values:
        values = _in_order(row)
    if len(values) != WIDTH or _may_have_moved(values):
        sheet.damage(_KEYS, row.trimmed, at)
        return
    for begin in range(0, WIDTH, len(OUTCOMES)):
        end = begin + len(OUTCOMES)
        _put_kind(sheet, _KEYS[begin:end], values[begin:end])


def _put_kind(sheet: Sheet, keys: tuple[str, ...], values: list[Value]) -> None:
    """The five figures of a kind.

    Unless one of them may be lost, as when its 总计 is blank and the figure before it
    is as much as all others: then none is in its place for certain.
    """
    if may_lack_one(values):
        sheet.damage(keys, values[:-1], values[0].cell.at)
        return
    for key, value in zip(keys, values, strict=True):
        sheet.put(key, value)


def _in_order(row: Line) -> list[Value]:
    """All values of a row, without the blanks at both ends unless these make fifteen.

    Where 行政复议 had no case its five cells may be blank, and so may the last five. In
    a dump blanks may be padding, so there the three sums must speak for them.
    """
    is_whole = len(row.values) == WIDTH and (row.aligned or _adds_up(row.values))
    return list(row.values if is_whole else row.trimmed)


def _adds_up(values: Sequence[Value]) -> bool:
    """Whether fifteen cells of a dump make three sums.

    Without blanks at the ends there is no question. A blank counts as nothing here:
    what is asked is only whether the figures can stand as they do.
    """
    if not values[0].is_blank and not values[-1].is_blank:
        return True
    # 行政复议, then the lawsuits without and those after a review: five cells each.
    numbers = [value.number or 0 for value in values]
    for begin in range(0, WIDTH, len(OUTCOMES)):
        *outcomes, total = numbers[begin : begin + len(OUTCOMES)]
        if sum(outcomes) != total:
            return False
    return True


def _may_have_moved(values: Sequence[Value]) -> bool:
    """Whether the values may stand in other columns than they are printed in.

    A sum is broken while another cell is blank, and all add up once the blank is left
    out as none: an empty cell of the layout pushed the figures to one side.
    """
    # With fifteen cells in place a blank is a blank, as long as the sums allow it.
    numbers = numbers_of(values)
    printed = [number for number in numbers if number is not None]
    if len(printed) == len(numbers):
        return False
    by_key = dict(zip(_KEYS, numbers, strict=True))
    if not any(holds(rule, by_key) is False for rule in _SUMS):
        return False
    return bool(placements(printed, _KEYS, _SUMS))
