"""The rows of a table as HTML: each value leads to the cell it is printed in, and what
is missing says what it is.
"""

# What is put in is escaped here, piece by piece.
# ruff: noqa: S704

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from archive.catalogue import MARKS, Coverage, Status, ValueState
from archive.report import Number
from archive.store import Valued
from archive.web.addresses import address
from archive.web.drawn import escape
from archive.web.figures import valued as figures
from archive.web.pages.compare.columns import Column
from archive.web.pages.compare.table import Cell, Line, Row, Table, Total
from archive.web.shown import number

UNKNOWN = "未收录"
"""A year without a report of which nothing was counted."""
ELSEWHERE = "以另一名称收录"
"""The report of a government stands under the name of its office, or the other way."""
LEFT_OUT = "不合条件"
_INFERRED = (
    f'<sup aria-hidden="true">{MARKS[Status.INFERRED]}</sup>'
    f'<span class="vh">（{Status.INFERRED.label}）</span>'
)


def in_words(column: Column, value: Number) -> str:
    """A value of a column: a number with its thousands, or a share in per cent."""
    if column.is_share:
        return figures.percent(value, with_sign=column.is_growth)
    return number(value)


def absence(row: Row) -> str:
    """Why there is no report, in a word or two."""
    if row.absent is None:
        return UNKNOWN
    if row.absent is Coverage.HELD:
        return ELSEWHERE
    return row.absent.label


def lack(cell: Cell) -> str:
    """Why there is no value, in a few words; empty where there is one."""
    if cell.is_left_out:
        return LEFT_OUT
    if cell.row.held is None:
        return absence(cell.row)
    valued = cell.valued
    if valued is None:
        return UNKNOWN
    if valued.value is not None:
        return ""
    if valued.state is ValueState.ABOUT and valued.over is not None:
        return f"约 {number(valued.over)}"
    return valued.state.label


def lines(shown: Iterable[Line]) -> Markup:
    """Rows of the table."""
    return Markup("".join(map(_line, shown)))


def _line(line: Line) -> str:
    body = line.body
    page = escape(address("agencies.agency", key=body.key))
    head = f'<th scope="row"><a href="{page}">{escape(body.name)}</a></th>'
    if line.year is None:
        cells = [_cell(cell, _report(cell.row)) for cell in line.cells]
        return f"<tr>{head}{''.join(cells)}</tr>"
    # All are of one report.
    row = line.cells[0].row
    report = _report(row)
    drawn = "".join([_cell(cell, report) for cell in line.cells])
    return f"<tr>{head}{_year(row, report)}{drawn}</tr>"


def _report(row: Row) -> str:
    """The page of a report as HTML, without its version; empty where there is none."""
    if row.held is None:
        return ""
    return escape(address("reports.report", key=row.body.key, year=row.year))


def _year(row: Row, report: str) -> str:
    if row.held is None:
        return f'<td class="num">{row.year}</td>'
    page = f"{report}?version={row.held.number}"
    return f'<td class="num"><a href="{page}">{row.year}</a></td>'


def _cell(cell: Cell, report: str) -> str:
    """A value; numbers and our words for states have no sign that HTML reads as its
    own.
    """
    valued = cell.valued
    if valued is None:
        return f'<td class="lack">{lack(cell)}</td>'
    shown = figures.shown_value(cell.column.key, valued)
    title = f' title="{shown.title}"' if shown.title else ""
    link = f'<a href="{_place(cell, report)}"{title}>{shown.text}</a>'
    mark = _INFERRED if shown.mark else ""
    beside = f'<span class="of">{shown.beside}</span>' if shown.beside else ""
    return f'<td class="{_looks(valued)}">{link}{mark}{beside}</td>'


def _place(cell: Cell, report: str) -> str:
    """Where a value stands: its cell, an indicator's numerator and denominator, or the
    report whose text states it; of the version that it was read in.

    All of these lie below the page of the report. Most of a large page are such
    addresses, so that they are not asked for one by one.
    """
    held, column = cell.row.held, cell.column
    assert held
    if column.is_indicator:
        return f"{report}/indicators?version={held.number}#{column.key}"
    if held.form in column.printed_in:
        return f"{report}/cells/{column.key}?version={held.number}"
    return f"{report}?version={held.number}"


def _looks(valued: Valued) -> str:
    """What is no number steps back, and so does a 0."""
    if valued.value is None:
        return "lack"
    if valued.is_of_few:
        return "num few"
    return "num zero" if valued.value == 0 else "num"


def totals(table: Table) -> Markup:
    """What stands below the columns: sum, median, how many sure values."""
    pairs = list(zip(table.columns, table.totals, strict=True))
    # Beside the names stands a column of years, unless these are the columns.
    has_years = any(line.year for line in table.lines)
    drawn = []
    for name, told in (("合计", _sum), ("中位数", _median), ("有值", _count)):
        cells = "".join([f'<td class="num">{told(*pair)}</td>' for pair in pairs])
        year = "<td></td>" if has_years else ""
        drawn.append(f'<tr><th scope="row">{name}</th>{year}{cells}</tr>')
    return Markup("".join(drawn))


def _sum(column: Column, total: Total) -> str:
    if total.sum is None:
        return ""
    if not column.is_share:
        return number(total.sum)
    of = f"{number(total.over)} / {number(total.under)}"
    return f'{in_words(column, total.sum)}<span class="of">{of}</span>'


def _median(column: Column, total: Total) -> str:
    if total.median is None:
        return ""
    if column.is_share:
        return in_words(column, total.median)
    return number(total.median)


def _count(column: Column, total: Total) -> str:
    told = f"{number(total.count)} 个"
    few = total.count - total.ranked
    if few:
        told += f'<span class="of">其中 {few} 个分母不到 30</span>'
    if total.inferred:
        told += f'<span class="of">推定 {total.inferred} 个</span>'
    return told
