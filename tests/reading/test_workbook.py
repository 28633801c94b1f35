"""Workbooks: what a cell shows, what is a table and what is text, and workbooks that
are traps.
"""

from __future__ import annotations

import io
import zipfile

import pytest

from archive.reading import Unreadable, read
from archive.report.document import Document, Note
from archive.report.parse import parse
from tests.reading import golden
from tests.reading.golden import prose, tables, texts

SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATION = (
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


def packed(*sheets: str, styles: str = "", shared: str = "", merged: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        names = "".join(
            f'<sheet name="表{n}" r:id="r{n}"/>' for n in range(len(sheets))
        )
        links = "".join(
            f'<Relationship Id="r{n}" Target="worksheets/s{n}.xml"/>'
            for n in range(len(sheets))
        )
        file.writestr(
            "xl/workbook.xml",
            f"<workbook {SPACE} {RELATION}><sheets>{names}</sheets></workbook>",
        )
        file.writestr(
            "xl/_rels/workbook.xml.rels", f"<Relationships>{links}</Relationships>"
        )
        for number, rows in enumerate(sheets):
            ranges = f"<mergeCells>{merged}</mergeCells>" if merged else ""
            content = (
                f"<worksheet {SPACE}><sheetData>{rows}</sheetData>{ranges}</worksheet>"
            )
            file.writestr(f"xl/worksheets/s{number}.xml", content)
        file.writestr("xl/styles.xml", f"<styleSheet {SPACE}>{styles}</styleSheet>")
        file.writestr("xl/sharedStrings.xml", f"<sst {SPACE}>{shared}</sst>")
    return out.getvalue()


def row(number: int, *cells: str) -> str:
    filled = "".join(
        f'<c r="{chr(65 + index)}{number}" t="str"><v>{text}</v></c>'
        for index, text in enumerate(cells)
        if text
    )
    return f'<row r="{number}">{filled}</row>'


def sheet(*rows: tuple[str, ...], merged: str = "") -> Document:
    return read(
        packed(
            "".join(row(number, *cells) for number, cells in enumerate(rows, 1)),
            merged=merged,
        )
    )


SHOWN = [
    ("5", 0, "5"),
    ("5.0", 0, "5"),
    ("0.30000000000000004", 0, "0.3"),
    ("6025.9700000000003", 0, "6025.97"),
    ("1.2E+3", 0, "1200"),
    ("-7", 0, "-7"),
    ("12.5", 1, "12.50"),
    ("2.5", 2, "3"),
    ("0.125", 3, "12.5%"),
    ("45299", 4, "2024年1月8日"),
    ("45299.5", 5, "2024年1月8日"),
    ("12", 6, "12"),
    ("1e999", 0, "1e999"),
    ("甲", 0, "甲"),
]


@pytest.mark.parametrize(("value", "style", "text"), SHOWN)
def test_numbers_are_printed_as_shown(value: str, style: int, text: str) -> None:
    codes = [
        '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
        "#,##0_);[Red](#,##0)",
        "0.0%",
    ]
    codes += ['yyyy"年"m"月"d"日"', "m/d/yy h:mm", '0"件"']
    formats = "".join(
        f"<numFmt numFmtId='{200 + n}' formatCode='{code}'/>"
        for n, code in enumerate(codes)
    )
    styles = "<xf numFmtId='0'/>" + "".join(
        f"<xf numFmtId='{200 + n}'/>" for n in range(len(codes))
    )
    cells = f'<row><c t="str"><v>规章</v></c><c s="{style}"><v>{value}</v></c></row>'
    body = packed(
        cells, styles=f"<numFmts>{formats}</numFmts><cellXfs>{styles}</cellXfs>"
    )
    assert texts(tables(read(body))[0]) == [["规章", text]]


def test_texts_of_all_kinds() -> None:
    body = packed(
        '<row><c t="s"><v>0</v></c><c t="inlineStr"><is><t>在内</t></is></c><c '
        't="s"><v>9</v></c>'
        '<c t="b"><v>1</v></c><c><f>A1+1</f></c><c t="e"><v>#N/A</v></c></row>',
        shared="<si><r><t>共</t></r><r><t>用</t></r><rPh sb='0' "
        "eb='1'><t>gong</t></rPh></si>",
    )
    assert texts(tables(read(body))[0]) == [["共用", "在内", "", "1", "", "#N/A"]]


def test_titles_headings_and_notes_are_text() -> None:
    document = sheet(
        ("示例市商务局2023年政府信息公开工作年度报告",),
        ("二、主动公开政府信息情况",),
        ("规章", "3"),
        (),
        ("一、本年新收政府信息公开申请数量",),
        ("（一）予以公开", "4"),
        ("以上数据截至年底。",),
    )
    assert prose(document) == [
        "示例市商务局2023年政府信息公开工作年度报告", "二、主动公开政府信息情况", "以上数据截至年底。",
    ]  # fmt: skip
    assert [texts(table) for table in tables(document)] == [
        [["规章", "3"]],
        [["一、本年新收政府信息公开申请数量", ""], ["（一）予以公开", "4"]],
    ]


def test_merged_cells_reach_over_blank_rows() -> None:
    document = sheet(
        ("结果", "公开", "1"),
        (),
        ("", "不公开", "2"),
        merged='<mergeCell ref="A1:A3"/>',
    )
    where = {
        cell.text: (cell.row, cell.column, cell.rows)
        for cell in tables(document)[0].cells
        if cell.text
    }
    assert where == {
        "结果": (1, 1, 3),
        "公开": (1, 2, 1),
        "1": (1, 3, 1),
        "不公开": (3, 2, 1),
        "2": (3, 3, 1),
    }


def test_hidden_rows_and_columns_are_not_read_and_that_is_said() -> None:
    hidden = row(2, "规章", "7", "7").replace("<row", '<row hidden="1"')
    content = (
        row(1, "信息内容", "件数", "旧", "新") + hidden + row(3, "规章", "1", "9", "2")
    )
    columns = '</sheetData><cols><col min="3" max="3" hidden="true"/></cols><sheetData>'
    document = read(packed(content + columns, merged='<mergeCell ref="A2:A3"/>'))
    assert texts(tables(document)[0]) == [
        ["信息内容", "件数", "新"],
        ["规章", "1", "2"],
    ]
    assert document.notes == (Note("cells_hidden", {"name": "表0", "count": 4}),)


def test_struck_out_and_raised_text() -> None:
    def part(text: str, looks: str = "") -> str:
        return f"<r><rPr>{looks}</rPr><t>{text}</t></r>"

    off = '<strike val="0"/>'
    raised = part("1", '<vertAlign val="superscript"/>')
    shared = (
        f"<si>{part('68700', '<strike/>')}{part('68754')}{raised}</si><si>"
        f"{part('5', off)}</si>"
    )
    styles = (
        "<fonts><font/><font><strike/></font></fonts><cellXfs><xf fontId='0'/><xf "
        "fontId='1'/></cellXfs>"
    )
    content = "".join(
        f'<row r="{number}"><c r="A{number}" t="str"><v>规章</v></c><c r="B'
        f'{number}" t="s"><v>{number - 1}</v></c>'
        f'<c r="C{number}" s="{2 - number}"><v>8</v></c></row>'
        for number in (1, 2)
    )
    document = read(packed(content, shared=shared, styles=styles))
    assert texts(tables(document)[0]) == [["规章", "68754[1]", ""], ["规章", "5", "8"]]
    assert document.notes == (Note("struck_out"),)


FONTS = {
    "white": "<font><color rgb='FFFFFFFF'/></font>",
    "paper": "<font><color theme='0'/></font>",
    "grey": "<font><color theme='0' tint='-0.5'/></font>",
    "dot": "<font><sz val='1'/></font>",
    "blue": "<font><color rgb='FF0000FF'/></font>",
}
FILLS = {
    "none": "<fill><patternFill patternType='none'/></fill>",
    "blue": "<fill><patternFill patternType='solid'><fgColor rgb='FF0000FF'/>"
    "</patternFill></fill>",
    "striped": "<fill><patternFill patternType='darkUp'/></fill>",
}


@pytest.mark.parametrize(
    ("font", "fill", "code", "seen"),
    [
        ("white", "none", "0", False),
        ("paper", "none", "0", False),
        ("dot", "none", "0", False),
        ("blue", "blue", "0", False),
        ("blue", "none", ";;;", False),
        ("grey", "none", "0", True),
        ("white", "blue", "0", True),
        ("white", "striped", "0", True),
        ("blue", "none", "0;;", True),
    ],
)
def test_what_nobody_sees_in_a_cell_is_not_read(
    font: str, fill: str, code: str, seen: bool
) -> None:
    styles = (
        f"<numFmts><numFmt numFmtId='170' formatCode='{code}'/></numFmts>"
        f"<fonts><font/>{FONTS[font]}</fonts><fills>{FILLS[fill]}</fills>"
        "<cellXfs><xf/><xf fontId='1' fillId='0' numFmtId='170'/></cellXfs>"
    )
    content = (
        '<row r="1"><c r="A1" t="str"><v>规章</v></c><c r="B1" s="1"><v>8</v></c>'
        '<c r="C1"><v>3</v></c></row>'
    )
    document = read(packed(content, styles=styles))
    assert texts(tables(document)[0]) == [["规章", "8" if seen else "", "3"]]


def test_white_digits_among_others_are_not_read() -> None:
    white = "<rPr><color rgb='FFFFFFFF'/></rPr>"
    shared = (
        f"<si><r>{white}<t>8</t></r><r><t>34</t></r></si>"
        f"<si><r>{white}<t>规章</t></r><r><t>数</t></r></si>"
    )
    content = (
        '<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" t="s"><v>0</v></c></row>'
    )
    document = read(packed(content, shared=shared))
    assert texts(tables(document)[0]) == [["规章数", "34"]]


def test_sheets_are_pages() -> None:
    document = golden.document("xlsx_a_sheet_each.xlsx")
    assert [table.at.page for table in tables(document)] == [2, 3, 4]
    assert document.notes == (Note("sheet_hidden", {"name": "字典"}),)


def test_three_tables_are_a_report() -> None:
    out = io.BytesIO()
    body = golden.body("xlsx_a_sheet_each.xlsx")
    with zipfile.ZipFile(io.BytesIO(body)) as file, zipfile.ZipFile(out, "w") as cut:
        for name in file.namelist():
            part = file.read(name)
            if name == "xl/workbook.xml":
                part = part.replace(
                    b'sheetId="1" state="visible"', b'sheetId="1" state="veryHidden"'
                )
            cut.writestr(name, part)
    report = parse(read(out.getvalue()))
    assert report.is_report
    assert report.figures["requests.new.total"].value == 68754


TRAPS = {
    "cells": "".join(row(number, "一", "二") for number in range(1, 10_002)),
    "merges": row(1, "甲", "乙")
    + '<row r="1048576"><c r="C1048576"><v>1</v></c></row>',
}


@pytest.mark.parametrize("trap", TRAPS)
def test_traps(trap: str) -> None:
    with pytest.raises(Unreadable, match="单元格超过"):
        read(packed(TRAPS[trap], merged='<mergeCell ref="A1:XFD1048576"/>'))


def test_a_cell_in_the_last_corner_costs_nothing() -> None:
    body = packed(
        row(1, "甲", "乙") + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    )
    assert texts(tables(read(body))[0]) == [["甲", "乙"]]


def test_bombs_are_refused() -> None:
    with pytest.raises(Unreadable, match="压缩炸弹"):
        read(packed(row(1, "零" * 30_000_000)))


def test_too_many_sheets() -> None:
    with pytest.raises(Unreadable, match="60 个工作表"):
        read(packed(*["<row/>"] * 60))
