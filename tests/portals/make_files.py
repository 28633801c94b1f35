"""Makes the attachments of the sample portals: `python -m tests.portals.make_files`.

Needs python-docx and LibreOffice (`soffice`); what it makes stands in
tests/portals/files and is committed, so that nothing else needs them.
"""

from __future__ import annotations

import datetime
import subprocess
import tempfile
from pathlib import Path

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.table import Table

from archive.catalogue.forms import APPLICANTS, FORMS, KINDS, OUTCOMES, SECTIONS
from tests.portals import pages
from tests.portals.reports import AS_FILE, SampleReport, report_of
from tests.portals.server import FILES


def main() -> None:
    FILES.mkdir(exist_ok=True)
    for name, year in AS_FILE:
        report = report_of(name, year)
        if report.kind == "docx":
            write_word(report, FILES / report.file_name)
            continue
        with tempfile.TemporaryDirectory() as folder:
            word = Path(folder) / Path(report.file_name).with_suffix(".docx").name
            write_word(report, word)
            command = [
                "soffice",
                "--headless",
                "--convert-to",
                "pdf",
                "--outdir",
                str(FILES),
                str(word),
            ]
            subprocess.run(
                [*command, f"-env:UserInstallation=file://{folder}/profile"],
                check=True,
                timeout=180,
            )


def write_word(report: SampleReport, path: Path) -> None:
    """The whole report as a Word file with real tables."""
    document = docx.Document()
    style = document.styles["Normal"]
    style.font.name = "Noto Serif CJK SC"
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "Noto Serif CJK SC")
    document.core_properties.created = document.core_properties.modified = (
        datetime.datetime(2022, 1, 1, tzinfo=datetime.UTC)
    )
    document.core_properties.author = "示例"
    document.add_heading(report.title, 0)
    paragraphs(document, report.sections[0])
    makers = {2: disclosures, 3: requests, 4: proceedings}
    for number, mark in enumerate("一二三四五六", 1):
        document.add_paragraph().add_run(f"{mark}、{SECTIONS[number][0]}").bold = True
        if number in makers:
            makers[number](document, report)
        paragraphs(document, report.sections[number])
    paragraphs(
        document,
        (
            report.agency.name,
            f"{report.published:%Y}年{report.published.month}月"
            f"{report.published.day}日",
        ),
    )
    document.save(str(path))


def paragraphs(document: Document, texts: tuple[str, ...]) -> None:
    for text in texts:
        document.add_paragraph(text)


def disclosures(document: Document, report: SampleReport) -> None:
    blocks = FORMS[report.form].disclosures
    printed = pages.printer(report)
    table = new_table(document, sum(len(block.rows) + 2 for block in blocks), 4)
    at = 0
    for block in blocks:
        merged(table, at, 0, at, 3, block.heading)
        lines = [["信息内容", *(column.title for column in block.columns)]]
        for row in block.rows:
            lines.append(
                [
                    row.title,
                    *(
                        printed(f"disclosure.{row.key}.{column.key}")
                        for column in block.columns
                    ),
                ]
            )
        for number, line in enumerate(lines, at + 1):
            for column, text in enumerate(line):
                last = 3 if column == len(line) - 1 else column
                merged(table, number, column, number, last, text)
        at += len(lines) + 1


def requests(document: Document, report: SampleReport) -> None:
    form, printed = FORMS[report.form], pages.printer(report)
    table = new_table(document, len(form.requests) + 3, 10)
    merged(
        table,
        0,
        0,
        2,
        2,
        "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）",
    )
    merged(table, 0, 3, 0, 9, "申请人情况")
    merged(table, 1, 3, 2, 3, "自然人")
    merged(table, 1, 4, 1, 8, "法人或其他组织")
    merged(table, 1, 9, 2, 9, "总计")
    for column, applicant in enumerate(APPLICANTS[1:-1], 4):
        table.cell(2, column).text = applicant.title
    for at, row in enumerate(pages.request_rows(form), 3):
        column = 3 - sum(label.columns for label in row.labels)
        for label in row.labels:
            merged(
                table,
                at,
                column,
                at + label.rows - 1,
                column + label.columns - 1,
                label.text,
            )
            column += label.columns
        for offset, applicant in enumerate(APPLICANTS, 3):
            table.cell(at, offset).text = printed(f"requests.{row.key}.{applicant.key}")


def proceedings(document: Document, report: SampleReport) -> None:
    printed = pages.printer(report)
    table = new_table(document, 4, 15)
    merged(table, 0, 0, 0, 4, "行政复议")
    merged(table, 0, 5, 0, 14, "行政诉讼")
    merged(table, 1, 5, 1, 9, "未经复议直接起诉")
    merged(table, 1, 10, 1, 14, "复议后起诉")
    for group, kind in enumerate(KINDS):
        for offset, outcome in enumerate(OUTCOMES):
            column = group * 5 + offset
            if group == 0:
                merged(table, 1, column, 2, column, outcome.title)
            else:
                table.cell(2, column).text = outcome.title
            table.cell(3, column).text = printed(f"{kind.key}.{outcome.key}")


def new_table(document: Document, rows: int, columns: int) -> Table:
    table = document.add_table(rows, columns)
    table.style = "Table Grid"
    return table


def merged(
    table: Table, top: int, left: int, bottom: int, right: int, text: str
) -> None:
    """One cell over a rectangle (rows and columns from 0)."""
    cell = table.cell(top, left)
    if (top, left) != (bottom, right):
        cell = cell.merge(table.cell(bottom, right))
    cell.text = text


if __name__ == "__main__":
    main()
