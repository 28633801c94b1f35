"""The golden reports as text dumps: the ways in which programs turn Word and PDF files
into text.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

from tests.portals.reports import SampleReport
from tests.reports import webpages
from tests.reports.truth import Grid, grids, headings, signature

Rows = list[list[str]]


def filled(grid: Grid) -> Rows:
    """Every position of the grid; covered ones are empty."""
    taken: dict[tuple[int, int], str] = {}
    for row, cells in enumerate(grid):
        column = 0
        for cell in cells:
            while (row, column) in taken:
                column += 1
            for down in range(cell.rows):
                for right in range(cell.columns):
                    taken[row + down, column + right] = (
                        "" if down or right else cell.text
                    )
            column += cell.columns
    width = 1 + max(column for _, column in taken)
    return [
        [taken.get((row, column), "") for column in range(width)]
        for row in range(len(grid))
    ]


def tabs(report: SampleReport) -> str:
    """Tab-separated rows; page numbers and page breaks in paragraphs and tables."""
    return "\n".join(
        _pages(_lines(report, lambda grid: ["\t".join(row) for row in filled(grid)]))
    )


def spaces(report: SampleReport, blank: tuple[str, ...] = ()) -> str:
    """Columns held apart by spaces; the figures of the rows with these labels are left
    out but for the last.
    """

    def table(grid: Grid) -> Iterator[str]:
        rows = [
            [
                ""
                if cell.isdigit()
                and any(label in row for label in blank)
                and cell != row[-1]
                else cell
                for cell in row
            ]
            for row in filled(grid)
        ]
        widths = [
            max(_width(row[column]) for row in rows if not _is_heading(row))
            for column in range(len(rows[0]))
        ]
        for row in rows:
            cells = [
                cell + " " * (width - _width(cell) + 3)
                for cell, width in zip(row, widths, strict=True)
            ]
            yield "".join(cells).rstrip()

    return "\n".join(_lines(report, table))


def _is_heading(row: list[str]) -> bool:
    return sum(map(bool, row)) == 1


def _width(text: str) -> int:
    """Columns of a terminal: a Chinese sign takes two."""
    return sum(2 if ord(sign) > 0x2E7F else 1 for sign in text)


def one_cell_a_line(report: SampleReport) -> str:
    """A line for each cell; a blank line ends the row, wrapped labels go on without a
    tab.
    """

    def table(grid: Grid) -> Iterator[str]:
        below: dict[int, int] = {}
        for row in grid:
            cells, column = list(row), 0
            while cells or below.get(column):
                if below.get(column):
                    below[column] -= 1
                    yield "\t"
                    column += 1
                    continue
                cell = cells.pop(0)
                wrapped = len(cell.text) == 4 and not cell.text.isdigit()
                yield "\t" + (
                    f"{cell.text[:2]}\n{cell.text[2:]}" if wrapped else cell.text
                )
                if cell.rows > 1:
                    below[column] = cell.rows - 1
                column += cell.columns if cell.rows == 1 else 1
            yield ""

    return "\n".join(_lines(report, table))


def shifted(
    report: SampleReport, lost: tuple[str, ...], doubled: tuple[str, ...]
) -> str:
    """Tab-separated rows; rows of table 3 with these labels lost their last cell, or
    carry a figure twice.
    """

    def table(grid: Grid) -> Iterator[str]:
        for row in filled(grid):
            if any(label in cell for cell in row for label in lost):
                row = row[:-1]
            if any(label in cell for cell in row for label in doubled):
                row = [*row[:4], row[3], *row[4:]]
            yield "\t".join(row)

    return "\n".join(_lines(report, table))


def pipes(report: SampleReport) -> str:
    """Clean Markdown with pipe tables."""

    def table(grid: Grid) -> Iterator[str]:
        for number, row in enumerate(filled(grid)):
            yield f"| {' | '.join(row)} |"
            if not number:
                yield f"|{' --- |' * len(row)}"

    return "\n".join(_lines(report, table, mark="## ", title="# "))


def html_tables(report: SampleReport) -> str:
    """Markdown with the tables left as HTML on one line, as some programs make of PDF
    files.
    """

    def table(grid: Grid) -> Iterator[str]:
        yield ""
        yield webpages.table(grid).replace("\n", "")

    return "\n".join(_lines(report, table, mark="## ", title="# "))


def damaged_headings(report: SampleReport) -> str:
    """Markdown from a PDF: marks of the wrong depth, in front of the wrong lines,
    brackets lost.
    """
    chance = random.Random(5)
    lines = []
    for line in _lines(
        report,
        lambda grid: ["\t".join(row).rstrip("\t") for row in filled(grid)],
        title="# ",
    ):
        if line.startswith("（") and "。" in line[:20]:
            heading, rest = line.split("。", 1)
            heading = (
                heading.strip("（").replace("）", "")
                if chance.random() < 0.4
                else heading
            )
            lines += ["#" * chance.randint(2, 4) + " " + heading, "", rest]
        elif line[1:2] == "、" and "情况" in line and "\t" not in line:
            lines.append(("## ", "", "#### ")[len(lines) % 3] + line)
        else:
            lines.append(line)
        if line:
            lines.append("")
    return "[bookmark: _GoBack]" + "\n".join(lines)


def _lines(
    report: SampleReport,
    table: Callable[[Grid], Iterator[str] | list[str]],
    mark: str = "",
    title: str = "",
) -> Iterator[str]:
    yield title + report.title
    yield ""
    yield from report.sections[0]
    tables = grids(report)
    for number, heading in enumerate(headings(), 1):
        yield f"{mark}{heading}"
        if number in tables:
            yield from table(tables[number])
            yield ""
        yield from report.sections[number]
    yield from signature(report)


def _pages(lines: Iterator[str]) -> Iterator[str]:
    """Breaks pages: a long paragraph in the middle, and a table between two rows."""
    page = 1
    for number, line in enumerate(lines):
        if "（三）政府信息管理" in line:
            yield from (line[:31], "", f"— {page} —", "", line[31:])
            page += 1
        elif "重复申请" in line and "\t" in line:
            yield from (line, "", f"- {page} -", "")
            page += 1
        else:
            yield line
        if number == 1:
            yield ""
    yield f"第 {page} 页 共 {page} 页"
