"""The rows of a table as HTML: each value leads to the cell it is printed in, and what
is missing says what it is.
"""

# What is put in is escaped here, piece by piece.
# ruff: noqa: S704

from __future__ import annotations

from collections.abc import Container, Iterable
from functools import lru_cache
from typing import NamedTuple

from markupsafe import Markup

from archive.catalogue import MARKS, Coverage, Status, ValueState
from archive.report import Number
from archive.store import Valued, comparing
from archive.web.addresses import address
from archive.web.drawn import escape
from archive.web.figures import valued as figures
from archive.web.labels import UNREADABLE
from archive.web.pages.compare.columns import Column
from archive.web.pages.compare.table import Cell, Line, Row, Table, Total
from archive.web.shown import number

UNKNOWN = "未收录"
"""A year without a report of which nothing was counted."""
ELSEWHERE = "以另一名称收录"
"""The report of a government stands under the name of its office, or the other way."""
LEFT_OUT = "不合条件"
_LOST = f'<span class="of" title="{UNREADABLE}">待重新读取</span>'
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


def lines(shown: Iterable[Line], lost: Container[int] = ()) -> Markup:
    """Rows of the table. `lost`: versions whose text can't be shown, which is said."""
    # A body has a row a year.
    pages: dict[str, _Pages] = {}
    drawn = []
    for line in shown:
        body = line.body
        if body.key not in pages:
            pages[body.key] = _pages(body)
        drawn.append(_line(line, pages[body.key], lost))
    return Markup("".join(drawn))


class _Pages(NamedTuple):
    """Addresses of a body, as HTML."""

    head: str
    """Its name, which leads to its page."""
    reports: str
    """What the addresses of all its reports begin with; their year follows."""


def _pages(body: comparing.Chosen) -> _Pages:
    page = escape(address("agencies.agency", key=body.key))
    head = f'<th scope="row"><a href="{page}">{escape(body.name)}</a></th>'
    of_a_year = address("reports.report", key=body.key, year=_ANY_YEAR)
    return _Pages(head, escape(of_a_year.removesuffix(str(_ANY_YEAR))))


_ANY_YEAR = 2000


def _line(line: Line, pages: _Pages, lost: Container[int]) -> str:
    cells = "".join([_cell(cell, pages) for cell in line.cells])
    # All are of one report, unless years are the columns.
    year = "" if line.year is None else _year(line.rows[0], pages, lost)
    return f"<tr>{pages.head}{year}{cells}</tr>"


def _year(row: Row, pages: _Pages, lost: Container[int]) -> str:
    if row.held is None:
        return f'<td class="num">{row.year}</td>'
    page = f"{pages.reports}{row.year}?version={row.held.number}"
    mark = _LOST if row.held.version_id in lost else ""
    return f'<td class="num"><a href="{page}">{row.year}</a>{mark}</td>'


def _cell(cell: Cell, pages: _Pages) -> str:
    """A value, which leads to where it stands."""
    valued = cell.valued
    if valued is None:
        return f'<td class="lack">{lack(cell)}</td>'
    before, behind = _around(cell.column.key, valued)
    return f"{before}{pages.reports}{cell.row.year}{_place(cell)}{behind}"


# Most values of a table are small numbers, and many the same.
@lru_cache(maxsize=10_000)
def _around(key: str, valued: Valued) -> tuple[str, str]:
    """What stands before the address in the cell of a value, and what behind it.

    Numbers and our words for states have no sign that HTML reads as its own.
    """
    shown = figures.shown_value(key, valued)
    title = f' title="{shown.title}"' if shown.title else ""
    mark = _INFERRED if shown.mark else ""
    beside = f'<span class="of">{shown.beside}</span>' if shown.beside else ""
    before = f'<td class="{_looks(valued)}"><a href="'
    return before, f'"{title}>{shown.text}</a>{mark}{beside}</td>'


def _place(cell: Cell) -> str:
    """Where a value stands: its cell, an indicator's numerator and denominator, or the
    report whose text states it; of the version that it was read in.

    All of these lie below the page of the report. Most of a large page are such
    addresses, so that they are not asked for one by one.
    """
    held, column = cell.row.held, cell.column
    assert held
    if column.is_indicator:
        return f"/indicators?version={held.number}#{column.key}"
    if held.form in column.printed_in:
        return f"/cells/{column.key}?version={held.number}"
    return f"?version={held.number}"


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
