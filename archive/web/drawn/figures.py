"""Figures: in the statutory tables, beside one another, as they are printed."""

# What is put in is escaped here, piece by piece.
# ruff: noqa: S704

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from markupsafe import Markup

from archive.catalogue import MARKS, Label, Status, ValueState
from archive.report import Cell, Figure, Table
from archive.store import Valued
from archive.web import labels
from archive.web.drawn.escaping import escape
from archive.web.figures import tables
from archive.web.shown import number

EXACT = "exact"
TOTAL = "total"
"""The column that is set off."""
SUM = "总计"
"""Stands in the label of a row that is set off, too."""
_LONG, _WORDS = 12, 4
"""Signs from which on a printed cell is set as text, and as words."""


def value(figure: tables.Cell) -> Markup:
    """A figure with its mark, linked to where it is printed."""
    return Markup(_value(figure))


def _value(figure: tables.Cell) -> str:
    """The same, to be put into other HTML."""
    shown = escape(figure.text)
    if figure.mark:
        tag = "sup" if figure.text else "span"
        hint = f'<span class="vh">（{escape(figure.hint)}）</span>'
        shown += f'<{tag} aria-hidden="true">{escape(figure.mark)}</{tag}>{hint}'
    if figure.anchor:
        return f'<a href="#{escape(figure.anchor)}">{shown}</a>'
    return shown


def sheet_rows(sheet: tables.Sheet) -> Markup:
    """The rows of a statutory table, headings over rows with them."""
    width = len(sheet.columns) + 1
    drawn = [
        f'<tr><th scope="row" class="depth-{row.depth}">{escape(row.label)}</th>'
        f"{_cells(row.cells, sheet.columns)}</tr>"
        if row.cells
        else f'<tr><th scope="rowgroup" class="over" colspan="{width}">'
        f"{escape(row.label)}</th></tr>"
        for row in sheet.rows
    ]
    return Markup("".join(drawn))


def request_rows(sheet: tables.Sheet) -> Markup:
    """The same of table 3, whose sums are set off and whose headings are set in."""
    width = len(sheet.columns) + 1
    drawn = []
    for row in sheet.rows:
        label, depth = escape(row.label), f"depth-{row.depth}"
        if row.cells:
            is_sum = not row.depth or SUM in row.label
            looks = ' class="sum"' if is_sum else ""
            cells = _cells(row.cells, sheet.columns)
            begin = f'<tr{looks}><th scope="row" class="{depth}">'
            drawn.append(f"{begin}{label}</th>{cells}</tr>")
        else:
            begin = f'<tr><th scope="rowgroup" class="over {depth}" colspan="{width}">'
            drawn.append(f"{begin}{label}</th></tr>")
    return Markup("".join(drawn))


def _cells(figures: Sequence[tables.Cell], columns: Sequence[Label]) -> str:
    """The cells of a row of a statutory table."""
    drawn = [
        _cell(figure, column.key == TOTAL)
        for figure, column in zip(figures, columns, strict=True)
    ]
    return "".join(drawn)


def _cell(figure: tables.Cell, is_total: bool) -> str:
    """A figure as the cell of a table.

    What is not sure looks other than what is; a sure 0 steps back, since most cells of
    most reports are 0.
    """
    looks = "num"
    if figure.status != EXACT:
        looks += f" is-{figure.status}"
    elif figure.is_zero:
        looks += " zero"
    if is_total:
        looks += " total"
    title = f' title="{escape(figure.hint)}"' if figure.hint else ""
    return f'<td id="{figure.key}" class="{looks}"{title}>{_value(figure)}</td>'


def of_a_year(values: Mapping[str, Valued]) -> Markup:
    """The key figures of a report as cells of its agency's table."""
    return Markup("".join([_known(values[one.key]) for one in labels.GLANCE]))


def _known(one: Valued) -> str:
    """A number as the cell of a table; a report need not say it.

    One in doubt stands there with its mark, as on the page of its report.
    """
    printed = one.value if one.state.has_value else one.over
    if printed is None:
        return _NOT_SAID
    looks = "num zero" if printed == 0 else "num"
    about = "约 " if one.state is ValueState.ABOUT else ""
    return f'<td class="{looks}">{about}{number(printed)}{_MARKED[one.state]}</td>'


def _mark(status: Status) -> str:
    hint = f'<span class="vh">（{status.label}）</span>'
    return f'<sup title="{status.label}">{MARKS[status]}</sup>{hint}'


_MARKED: defaultdict[ValueState, str] = defaultdict(
    str,
    {
        ValueState.INFERRED: _mark(Status.INFERRED),
        ValueState.IN_DOUBT: _mark(Status.CONFLICT),
    },
)
"""What stands beside a number that was not plainly read as printed."""


_NOT_SAID = '<td class="num"><span class="soft" title="报告没有这个数字">—</span></td>'


def beside(figure: Figure | None) -> str:
    """A figure beside the same one of another report: its value with its mark.

    A form that does not print it at all is another thing than a cell nobody could read.
    """
    if figure is None:
        return _NOT_PRINTED
    if figure.value is None:
        return _NOT_READ
    shown = number(figure.value)
    if figure.status is Status.EXACT:
        return shown
    hint = figure.status.label
    mark = f'<sup title="{hint}">{MARKS[figure.status]}</sup>'
    return f'{shown}{mark}<span class="vh">（{hint}）</span>'


_NOT_PRINTED = '<span class="soft">—<span class="vh">没有这一项</span></span>'
_NOT_READ = '<span class="soft">缺</span>'


def statuses(sheets: Iterable[tables.Sheet]) -> set[str]:
    """How the figures of some tables came about: what a legend has to explain."""
    return {
        figure.status for sheet in sheets for row in sheet.rows for figure in row.cells
    }


def printed(table: Table) -> Markup:
    """The rows of a table as it is printed, each cell with its anchor."""
    drawn = [f"<tr>{''.join(map(_printed, row))}</tr>" for row in table.rows()]
    return Markup("".join(drawn))


def _printed(cell: Cell) -> str:
    """A cell as it is printed.

    Long words would make a column of figures as wide as the page, so they are set in
    lines.
    """
    length = len(cell.text)
    told = ""
    if length > _LONG:
        told = ' class="long"'
    elif length > _WORDS:
        told = ' class="words"'
    if cell.rows > 1:
        told += f' rowspan="{cell.rows}"'
    if cell.columns > 1:
        told += f' colspan="{cell.columns}"'
    return f'<td id="{cell.at.anchor}"{told}>{escape(cell.text)}</td>'
