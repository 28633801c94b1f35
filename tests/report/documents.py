"""Documents for tests, from a few lines: `# ` begins a heading, tab-separated lines a
table, `|` breaks a line.
"""

from __future__ import annotations

import re
from itertools import groupby

from archive.report.document import (
    Block,
    Cell,
    Document,
    Heading,
    Paragraph,
    Place,
    Table,
)
from archive.report.model import Report

SECTIONS = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)


def document(text: str, media_type: str = "text/plain", **meta: str) -> Document:
    """Blank lines are dropped; lines with tabs that follow each other become one table."""
    blocks: list[Block] = []
    for is_row, group in groupby(
        filter(str.strip, text.splitlines()), lambda line: "\t" in line
    ):
        lines = [line.strip(" \n") for line in group]
        if is_row:
            blocks.append(table(lines, len(blocks) + 1))
            continue
        for line in lines:
            at = Place(len(blocks) + 1)
            mark = re.match(r"(#+) (.*)", line)
            printed = (mark[2] if mark else line).replace("|", "\n")
            blocks.append(
                Heading(printed, at, len(mark[1])) if mark else Paragraph(printed, at)
            )
    return Document(tuple(blocks), media_type, meta)


def table(lines: list[str], number: int) -> Table:
    cells = [
        Cell(text, Place(number, row, column))
        for row, line in enumerate(lines, 1)
        for column, text in enumerate(line.split("\t"), 1)
    ]
    return Table(tuple(cells), Place(number), aligned=False)


def signs(text: str) -> str:
    """The text's signs in order, without blanks."""
    return "".join(text.split())


def said(report: Report) -> str:
    """Everything a report holds, without blanks."""
    return signs(
        report.title
        + "".join(section.heading + section.text for section in report.sections)
    )


def printed(source: Document) -> str:
    """Everything a document holds, without blanks."""
    return signs(
        "".join(
            "".join(cell.text for row in block.rows() for cell in row)
            if isinstance(block, Table)
            else block.text
            for block in source.blocks
        )
    )
