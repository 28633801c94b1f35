"""Table 4: administrative reviews and lawsuits, one row of fifteen figures in three groups."""

from __future__ import annotations

from collections.abc import Iterable

from archive.report.document import Cell
from archive.report.forms import KINDS, OUTCOMES, proceeding_keys
from archive.report.labels import recognise
from archive.report.lines import Line, trimmed, value_at
from archive.report.sheet import Sheet


def read_proceedings(sheet: Sheet, rows: Iterable[Line]) -> None:
    """Puts the figures of table 4 on the sheet."""
    groups: list[tuple[str, Cell]] = []
    outcomes: list[tuple[str, Cell]] = []
    width = 0
    for row in rows:
        kinds = [(match.key, cell) for cell in row.texts if (match := recognise(cell.text, KINDS))]
        results = [(match.key, cell) for cell in row.texts if (match := recognise(cell.text, OUTCOMES))]
        distinct = {key for key, _ in results} - {"total", "other"}
        if not trimmed(row.values) and (kinds or len(distinct) >= 2 or (results and groups and not outcomes)):
            if len(outcomes) >= 10:  # a heading repeated on the next page
                groups, outcomes = [], []
            groups += kinds
            outcomes += results
            width = row.table.width
            sheet.blocks.add(row.table.at.block)
        elif len(outcomes) >= 10 and trimmed(row.values):
            sheet.blocks.add(row.table.at.block)
            _put(sheet, row, groups, outcomes, width)
            return


def _put(sheet: Sheet, row: Line, groups: list[tuple[str, Cell]], outcomes: list[tuple[str, Cell]], width: int) -> None:
    titles = {
        f"{kind.key}.{outcome.key}": f"表四“{kind.title}”的“{outcome.title}”" for kind in KINDS for outcome in OUTCOMES
    }
    columns = _columns(groups, outcomes) if row.aligned else {}
    if columns:
        shift = row.table.width - width
        for key, title in titles.items():
            sheet.put(key, value_at(row, columns[key] + shift), title)
        return
    core = trimmed(row.values)
    if len(core) == len(titles):
        for (key, title), value in zip(titles.items(), core, strict=True):
            sheet.put(key, value, title)
    else:
        sheet.damage("表四", tuple(proceeding_keys()), core, row.cells[0].at)


def _columns(groups: list[tuple[str, Cell]], outcomes: list[tuple[str, Cell]]) -> dict[str, int]:
    """Key → grid column, when all fifteen headings are there; the group above a column, or the order, names it."""
    ordered = sorted(outcomes, key=lambda pair: pair[1].column)
    if len(ordered) != len(KINDS) * len(OUTCOMES) or len({cell.column for _, cell in ordered}) != len(ordered):
        return {}
    columns: dict[str, int] = {}
    for index, (outcome, cell) in enumerate(ordered):
        above = [kind for kind, group in groups if group.column <= cell.column < group.column + group.columns]
        in_order = KINDS[index // len(OUTCOMES)].key
        columns[f"{above[0] if len(above) == 1 else in_order}.{outcome}"] = cell.column
    return columns if set(columns) == set(proceeding_keys()) else {}
