"""Table 3: applications received and handled, by seven kinds of applicants.

It has 25 rows in form 2021 and 23 in form 2019. Which row is which: `table_3_rows`;
which value of a row belongs to whom: `table_3_columns`.
"""

from __future__ import annotations

from collections.abc import Sequence

from archive.catalogue import APPLICANTS, FORMS, request_key
from archive.report.model import Number
from archive.report.tables.findings import several_tables
from archive.report.tables.labels import Vocabulary
from archive.report.tables.lines import Line, Value, may_lack_one, numbers_of
from archive.report.tables.sheet import Sheet, UnnamedRow
from archive.report.tables.table_3_blanks import loses_its_blanks, may_fit_by_chance
from archive.report.tables.table_3_columns import (
    are_out_of_order,
    heads_of,
    values_of,
)
from archive.report.tables.table_3_rows import (
    NamedRow,
    align,
    candidates,
    readable,
    runs,
    with_unnamed,
)

_ROWS = {name: Vocabulary(form.requests) for name, form in FORMS.items()}
_KEYS = {
    label.key: tuple(request_key(label, column) for column in APPLICANTS)
    for form in FORMS.values()
    for label in form.requests
}
"""The keys of a row, in the form's order."""
_LEAST_ROWS = 5
"""Fewer rows with the form's labels are no table 3."""


def read_requests(sheet: Sheet, rows: Sequence[Line]) -> None:
    """Puts the figures of table 3 on the sheet.

    A document may hold several, such as two reports in one file: the first complete one
    counts.
    """
    # Rows are found by their labels, tables by their rows: neither headings nor a place
    # in the document are relied on.
    labels = FORMS[sheet.form].requests
    found = runs(list(candidates(rows, _ROWS[sheet.form])))
    aligned = [align(run, labels) for run in found]
    tables = [table for table in aligned if len(table) >= _LEAST_ROWS]
    if not tables:
        return
    table = _first_complete(tables, len(labels))
    _compare(sheet, table, tables)

    # A row that lost its label is still in its place between its neighbours.
    heads = heads_of(rows, table)
    has_moved = are_out_of_order(rows, table)
    loses_blanks = loses_its_blanks([row.line for row in table])
    for row in with_unnamed(table, rows, labels, readable(found)):
        sheet.blocks |= row.line.blocks
        values = values_of(row.line, heads.get(id(row.line.table)))
        if has_moved and not row.line.aligned:
            values = None
        by_chance = loses_blanks and may_fit_by_chance(values)
        _put(sheet, row, values, by_chance)


def _first_complete(tables: list[list[NamedRow]], height: int) -> list[NamedRow]:
    """The first table with nine rows of ten; if none has, the longest.

    A row or two may be lost at a page's end.
    """
    for table in tables:
        if len(table) >= 0.9 * height:
            return table
    return max(tables, key=len)


def _compare(sheet: Sheet, table: list[NamedRow], tables: list[list[NamedRow]]) -> None:
    """Says so when other tables of the document have other numbers.

    The same table twice is no doubt.
    """
    if len(tables) == 1:
        return
    numbers = _numbers(table)
    others = [other for other in tables if _numbers(other) != numbers]
    if others:
        at = others[0][0].line.cells[0].at
        sheet.findings.append(several_tables(len(others) + 1, at))


def _numbers(table: list[NamedRow]) -> list[tuple[str, list[Number | None]]]:
    """What a table says, to compare it with another: its rows and their numbers."""
    return [(row.label.key, numbers_of(row.line.trimmed)) for row in table]


def _put(
    sheet: Sheet, row: NamedRow, values: list[Value] | None, by_chance: bool
) -> None:
    """Puts a row on the sheet: cell by cell, or as a damaged one.

    `by_chance`: seven values need not be the seven columns.
    """
    keys = _KEYS[row.label.key]
    at = row.line.cells[0].at
    if values is None:
        sheet.leave(keys, at)
        return

    if row.by_order:
        label = "、".join(cell.text for cell in row.line.words)[:20]
        unnamed = UnnamedRow(label, keys, at, row.is_alone)
        sheet.unnamed.append(unnamed)
    if by_chance:
        sheet.damage(keys, values, at, by_chance=True)
        return
    # The last total of a row is lost most easily; seven cells may be six and a rest.
    is_whole = len(values) == len(keys)
    if not is_whole or may_lack_one(values):
        _put_damaged(sheet, keys, values, row)
        return

    for key, value in zip(keys, values, strict=True):
        sheet.put(key, value, sure=not row.by_order)


def _put_damaged(
    sheet: Sheet, keys: tuple[str, ...], values: list[Value], row: NamedRow
) -> None:
    """A row whose values do not fit the seven columns; one of nothing is left out.

    Of seven values that may lack one, the empty total at the end is no value.
    """
    if len(values) == len(keys):
        values = values[:-1]
    if any(not value.is_blank for value in values):
        sheet.damage(keys, values, row.line.cells[0].at)
