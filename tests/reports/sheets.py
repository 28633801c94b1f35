"""The golden reports as workbooks: a sheet a table, everything on one sheet, figures as
numbers or as texts.
"""

from __future__ import annotations

import io
from datetime import datetime
from decimal import Decimal
from html import escape

import openpyxl
from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from tests.portals.reports import SampleReport
from tests.reports.truth import Grid, grids, headings, signature

_MADE = datetime(2024, 1, 1)  # noqa: DTZ001
WIDTH = 15


def a_sheet_each(report: SampleReport) -> bytes:
    """Text on the first sheet, then a sheet for each table under a heading merged over
    its width.
    """
    book = _book()
    first = book.active
    first.title = "正文"
    _text(
        first, [report.title, *report.sections[0], headings()[0], *report.sections[1]]
    )
    _tables(book, report)
    rest = [
        headings()[4],
        *report.sections[5],
        headings()[5],
        *report.sections[6],
        *signature(report),
    ]
    _text(book.create_sheet("其他"), rest)
    book.create_sheet("字典").sheet_state = "hidden"
    book["字典"]["A1"] = "隐藏的一句。"
    return _saved(book)


def tables_only(report: SampleReport) -> bytes:
    """The three tables, a sheet each, and an empty sheet before them."""
    book = _book()
    _tables(book, report)
    return _saved(book)


def _tables(book: openpyxl.Workbook, report: SampleReport) -> None:
    for number, name in ((2, "表一"), (3, "表二"), (4, "表三")):
        sheet, grid = book.create_sheet(name), grids(report)[number]
        sheet["A1"] = headings()[number - 1]
        sheet.merge_cells(
            start_row=1,
            end_row=1,
            start_column=1,
            end_column=sum(cell.columns for cell in grid[0]),
        )
        _grid(sheet, grid, 2)


def one_sheet(report: SampleReport) -> bytes:
    """Everything on one sheet, from the second column on: lines merged over the width,
    figures with two places.
    """
    book = _book()
    sheet = book.active
    row = _lines(sheet, 2, [report.title, *report.sections[0]])
    for number, heading in enumerate(headings(), 1):
        row = _lines(sheet, row, [heading])
        if number in grids(report):
            row = (
                _grid(sheet, grids(report)[number], row, left=2, places=number == 2) + 1
            )
        row = _lines(sheet, row, report.sections[number])
    _lines(sheet, row, signature(report))
    return _saved(book)


def xml_2003(report: SampleReport) -> str:
    """Everything on one sheet, as Excel of 2003 writes it in XML."""
    sheet = openpyxl.load_workbook(io.BytesIO(one_sheet(report))).active
    merged = {
        (range_.min_row, range_.min_col): range_ for range_ in sheet.merged_cells.ranges
    }
    rows = []
    for row in sheet.iter_rows():
        cells = []
        for cell in row:
            if cell.value is None:
                continue
            spans = ""
            if range_ := merged.get((cell.row, cell.column)):
                across, down = (
                    range_.max_col - range_.min_col,
                    range_.max_row - range_.min_row,
                )
                spans = f' ss:MergeAcross="{across}" ss:MergeDown="{down}"'
            kind = "String" if isinstance(cell.value, str) else "Number"
            data = f'<Data ss:Type="{kind}">{escape(str(cell.value))}</Data>'
            cells.append(f'<Cell ss:Index="{cell.column}"{spans}>{data}</Cell>')
        rows.append(f'<Row ss:Index="{row[0].row}">{"".join(cells)}</Row>\n')
    names = " ".join(
        f'{name}="urn:schemas-microsoft-com:office:spreadsheet"'
        for name in ("xmlns", "xmlns:ss")
    )
    return (
        '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
        f'<Workbook {names}><Worksheet ss:Name="年报"><Table>\n{"".join(rows)}'
        "</Table></Worksheet></Workbook>\n"
    )


def _book() -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    book.properties.created = book.properties.modified = _MADE
    return book


def _saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _text(sheet: Worksheet, lines: list[str]) -> None:
    for row, line in enumerate(lines, 1):
        sheet.cell(row, 1, line).alignment = Alignment(wrap_text=True)


def _lines(sheet: Worksheet, row: int, lines: list[str] | tuple[str, ...]) -> int:
    for line in lines:
        sheet.cell(row, 2, line)
        sheet.merge_cells(
            start_row=row, end_row=row, start_column=2, end_column=WIDTH + 1
        )
        row += 1
    return row


def _grid(
    sheet: Worksheet, grid: Grid, top: int, left: int = 1, *, places: bool = False
) -> int:
    taken: set[tuple[int, int]] = set()
    for row, cells in enumerate(grid, top):
        column = left
        for cell in cells:
            while (row, column) in taken:
                column += 1
            bottom, right = row + cell.rows - 1, column + cell.columns - 1
            taken |= {
                (down, across)
                for down in range(row, bottom + 1)
                for across in range(column, right + 1)
            }
            origin = sheet.cell(row, column, _value(cell.text))
            if places and isinstance(origin.value, float):
                origin.number_format = "#,##0.00"
            if (bottom, right) != (row, column):
                sheet.merge_cells(
                    start_row=row, end_row=bottom, start_column=column, end_column=right
                )
            column = right + 1
    return top + len(grid)


def _value(text: str) -> str | float:
    try:
        return float(Decimal(text))
    except ArithmeticError:
        return text
