"""Table 4: administrative reviews and lawsuits, one row of fifteen figures in three groups."""

from __future__ import annotations

import re
from collections.abc import Sequence

from archive.report.document import Cell
from archive.report.forms import KINDS, OUTCOMES, proceeding_keys
from archive.report.labels import Vocabulary, bare
from archive.report.lines import Line
from archive.report.sheet import Sheet

_KINDS, _OUTCOMES = Vocabulary(KINDS), Vocabulary(OUTCOMES)
_TITLES = {
    f"{kind.key}.{outcome.key}": f"表四“{kind.title}”的“{outcome.title}”" for kind in KINDS for outcome in OUTCOMES
}
_BY_WORDS = {bare(text): outcome.key for outcome in OUTCOMES for text in outcome.printed}
_WORDS = re.compile("|".join(sorted(_BY_WORDS, key=len, reverse=True)))
_Heading = tuple[str, Cell]


def read_proceedings(sheet: Sheet, rows: Sequence[Line]) -> None:
    """Puts the figures of table 4 on the sheet; a table in two parts (five and ten figures) is joined."""
    groups: list[_Heading] = []
    outcomes: list[_Heading] = []
    blocks: set[int] = set()
    last: Line | None = None
    for row in rows:
        kinds = [(match.key, cell) for cell in row.words if (match := _KINDS.recognise(cell.text))]
        results = _outcomes(row)
        distinct = {key for key, _ in results} - {"total", "other"}
        if not row.core and (kinds or len(distinct) >= 2 or (results and groups)):
            if last is not None and not _goes_on(last, row, outcomes):
                groups, outcomes, blocks = [], [], set()
            groups, outcomes, blocks = groups + kinds, outcomes + results, blocks | row.blocks
            last = row
        elif row.core and row.table.aligned is False and results:  # words and figures in one run
            outcomes += results
        if row.core and len(outcomes) >= len(OUTCOMES) * 2:
            sheet.blocks |= blocks | row.blocks
            _put(sheet, row, groups, outcomes, last)
            return


def _outcomes(row: Line) -> list[_Heading]:
    """The outcomes named in a row; in a dump their words may be cut (结果 | 维持)."""
    if row.aligned:
        return [(match.key, cell) for cell in row.words if (match := _OUTCOMES.recognise(cell.text))]
    text = bare("".join(cell.text for cell in row.words))
    return [(_BY_WORDS[found[0]], row.words[0]) for found in _WORDS.finditer(text)]


def _goes_on(last: Line, row: Line, outcomes: list[_Heading]) -> bool:
    """Whether a row of headings belongs to those before it; a repeated heading begins anew."""
    return len(outcomes) < len(KINDS) * len(OUTCOMES) - len(OUTCOMES) or (
        row.table is last.table and len(outcomes) < len(KINDS) * len(OUTCOMES)
    )


def _put(sheet: Sheet, row: Line, groups: list[_Heading], outcomes: list[_Heading], last: Line | None) -> None:
    sheet.named.update(_TITLES)
    columns = _columns(groups, outcomes) if row.aligned else {}
    if columns and last is not None:
        shift = row.table.width - last.table.width
        values = {key: row.value_at(columns[key] + shift) for key in _TITLES}
        if row.edge == last.edge + shift and len({id(value.cell) for value in values.values() if value}) == len(
            _TITLES
        ):
            for key, title in _TITLES.items():
                sheet.put(key, values[key], title)
            return
    in_order = row.values if len(row.values) == len(_TITLES) else row.core
    if len(in_order) == len(_TITLES):
        for (key, title), value in zip(_TITLES.items(), in_order, strict=True):
            sheet.put(key, value, title)
    else:
        sheet.damage("表四", tuple(proceeding_keys()), row.core, row.cells[0].at)


def _columns(groups: list[_Heading], outcomes: list[_Heading]) -> dict[str, int]:
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
