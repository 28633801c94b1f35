"""Table 4: administrative reviews and lawsuits, one row of fifteen figures in three
groups.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from archive.catalogue import KINDS, OUTCOMES, proceeding_keys
from archive.report.document import Cell
from archive.report.numbers import Kind
from archive.report.relations import relations
from archive.report.tables.labels import Vocabulary, bare
from archive.report.tables.lines import Line, Value, may_lack_one
from archive.report.tables.settle import holds, readings
from archive.report.tables.sheet import Sheet

_KINDS, _OUTCOMES = Vocabulary(KINDS), Vocabulary(OUTCOMES)
_TITLES = {
    f"{kind.key}.{outcome.key}": f"表四“{kind.title}”的“{outcome.title}”"
    for kind in KINDS
    for outcome in OUTCOMES
}
_BY_WORDS = {
    bare(text): outcome.key for outcome in OUTCOMES for text in outcome.printed
}
_WORDS = re.compile("|".join(sorted(_BY_WORDS, key=len, reverse=True)))
_SUMS = [rule for rule in relations("2021") if set(rule.keys) <= set(_TITLES)]
_Heading = tuple[str, Cell]


def read_proceedings(sheet: Sheet, rows: Sequence[Line]) -> None:
    """Puts the figures of table 4 on the sheet; a table in two parts (five and ten
    figures) is joined.

    Behind the first table only whole rows count, below headings of their own or further
    down below the same.
    """
    groups: list[_Heading] = []
    outcomes: list[_Heading] = []
    blocks: set[int] = set()
    last: Line | None = None
    first, fresh = True, False
    for row in rows:
        kinds = [
            (match.key, cell)
            for cell in row.words
            if (match := _KINDS.recognise(cell.text))
        ]
        results = _outcomes(row)
        distinct = {key for key, _ in results} - {"total", "other"}
        if not row.core and (kinds or len(distinct) >= 2 or (results and groups)):
            if last is not None and not _goes_on(last, row, outcomes):
                groups, outcomes, blocks = [], [], set()
            groups, outcomes, blocks = (
                groups + kinds,
                outcomes + results,
                blocks | row.blocks,
            )
            last, fresh = row, True
        elif (
            row.core and row.table.aligned is False and results
        ):  # words and figures in one run
            outcomes += results
        if (
            row.core
            and len(outcomes) >= len(OUTCOMES) * 2
            and (first or _is_another(row, last, fresh))
        ):
            sheet.blocks |= blocks | row.blocks
            _put(sheet, row, groups, outcomes, last)
            first = fresh = False


def _is_another(row: Line, last: Line | None, fresh: bool) -> bool:
    return len(row.core) == len(_TITLES) and (
        fresh or (last is not None and row.table is last.table)
    )


def _outcomes(row: Line) -> list[_Heading]:
    """The outcomes named in a row; in a dump their words may be cut (结果 | 维持)."""
    if row.aligned:
        return [
            (match.key, cell)
            for cell in row.words
            if (match := _OUTCOMES.recognise(cell.text))
        ]
    text = bare("".join(cell.text for cell in row.words))
    return [(_BY_WORDS[found[0]], row.words[0]) for found in _WORDS.finditer(text)]


def _goes_on(last: Line, row: Line, outcomes: list[_Heading]) -> bool:
    """Whether a row of headings belongs to those before it; a repeated heading begins
    anew.
    """
    return len(outcomes) < len(KINDS) * len(OUTCOMES) - len(OUTCOMES) or (
        row.table is last.table and len(outcomes) < len(KINDS) * len(OUTCOMES)
    )


def _put(
    sheet: Sheet,
    row: Line,
    groups: list[_Heading],
    outcomes: list[_Heading],
    last: Line | None,
) -> None:
    sheet.named.update(_TITLES)
    columns = _columns(groups, outcomes) if row.aligned else {}
    values: dict[str, Value] = {}
    if columns and last is not None:
        shift = row.table.width - last.table.width
        if row.edge == last.edge + shift:
            values = {
                key: value
                for key in _TITLES
                if (value := row.value_at(columns[key] + shift))
            }
    if len({id(value.cell) for value in values.values()}) != len(_TITLES):
        if _out_of_order(outcomes):
            sheet.leave("表四", tuple(proceeding_keys()), row.cells[0].at)
            return
        whole = len(row.values) == len(_TITLES) and (
            row.aligned or _adds_up(row.values)
        )
        in_order = row.values if whole else row.core
        if len(in_order) != len(_TITLES):
            sheet.damage("表四", tuple(proceeding_keys()), row.core, row.cells[0].at)
            return
        values = dict(zip(_TITLES, in_order, strict=True))
    if _may_have_moved([values[key] for key in _TITLES]):
        sheet.damage("表四", tuple(proceeding_keys()), row.core, row.cells[0].at)
        return
    for kind in KINDS:
        keys = tuple(f"{kind.key}.{outcome.key}" for outcome in OUTCOMES)
        _put_kind(sheet, f"表四“{kind.title}”", keys, [values[key] for key in keys])


def _may_have_moved(values: Sequence[Value]) -> bool:
    """Whether a sum is broken while another cell is blank, and all add up once the
    blank is left out as none.
    """
    numbers = [value.said.value for value in values]
    printed = [number for number in numbers if number is not None]
    broken = any(
        holds(rule, dict(zip(_TITLES, numbers, strict=True))) is False for rule in _SUMS
    )
    return (
        broken
        and len(printed) < len(numbers)
        and bool(readings(printed, tuple(_TITLES), _SUMS))
    )


def _out_of_order(outcomes: list[_Heading]) -> bool:
    """Whether the headings that can be read stand in another order than the form's."""
    placed = sorted(outcomes, key=lambda pair: pair[1].column)
    order = [
        key
        for key, _ in (
            placed
            if len({cell.column for _, cell in placed}) == len(placed)
            else outcomes
        )
    ]
    official = iter([outcome.key for _ in KINDS for outcome in OUTCOMES])
    return len(order) <= len(_TITLES) and not all(key in official for key in order)


def _put_kind(
    sheet: Sheet, title: str, keys: tuple[str, ...], values: list[Value]
) -> None:
    """The five figures of a kind, unless one of them may be lost so that none is in its
    place for certain.
    """
    if may_lack_one(values):
        sheet.damage(title, keys, values[:-1], values[0].cell.at)
        return
    for key, value in zip(keys, values, strict=True):
        sheet.put(key, value, _TITLES[key])


def _adds_up(values: Sequence[Value]) -> bool:
    """Whether fifteen cells of a dump, with blanks at the ends that may be padding,
    make three sums.
    """
    if values[0].said.kind is not Kind.BLANK and values[-1].said.kind is not Kind.BLANK:
        return True
    numbers = [value.said.value or 0 for value in values]
    width = len(OUTCOMES)
    groups = [numbers[at : at + width] for at in range(0, len(numbers), width)]
    return all(sum(group[:-1]) == group[-1] for group in groups)


def _columns(groups: list[_Heading], outcomes: list[_Heading]) -> dict[str, int]:
    """Key → grid column, when all fifteen headings are there; the group above a column,
    or the order, names it.
    """
    ordered = sorted(outcomes, key=lambda pair: pair[1].column)
    if len(ordered) != len(KINDS) * len(OUTCOMES) or len(
        {cell.column for _, cell in ordered}
    ) != len(ordered):
        return {}
    columns: dict[str, int] = {}
    for index, (outcome, cell) in enumerate(ordered):
        above = [
            kind
            for kind, group in groups
            if group.column <= cell.column < group.column + group.columns
        ]
        in_order = KINDS[index // len(OUTCOMES)].key
        columns[f"{above[0] if len(above) == 1 else in_order}.{outcome}"] = cell.column
    return columns if set(columns) == set(proceeding_keys()) else {}
