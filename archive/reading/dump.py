"""Lines of a dump → blocks: rows of tables, headings and paragraphs.

Dumps of PDF and Word files come with tab-separated rows whose cells may be shifted, or
with one cell a line; both become tables that are not `aligned`. Markdown pipe tables
are.
"""

from __future__ import annotations

import re

from archive.reading.spaced import SpacedTable
from archive.reading.unreadable import MAX_CELLS, Unreadable
from archive.report import PAGE_NUMBER, Block, Cell, Heading, Paragraph, Place, Table

_PIPE_RULE = re.compile(r"\|?:?-{2,}:?(?:\|:?-{2,}:?)*\|?")
"""Without blanks."""
_HEADING = re.compile(r"\s{0,3}(#{1,6})(.*)")
_CELL_LINE = re.compile(r"\t[^\t]*")
_LONGEST_HEADING = 2000
_FIGURE = re.compile(r"[\s\d０-９,，.．]*[\d０-９]")
_LONGEST_CELL = 5_000
"""A cell that has grown beyond this goes on no more: the lines behind it are text."""
_ONE_CELL_A_LINE = 60
"""From so many lines of the shape `⇥cell` on, a dump is taken to have one cell a line.
"""


def blocks_of(
    lines: list[str], first_block: int, first_line: int | None = None
) -> list[Block]:
    """The blocks in the lines, numbered from `first_block`; places name lines from
    `first_line` on, or none.

    Raises Unreadable for more cells than any report has.
    """
    one_cell = sum(
        1 for line in lines if _CELL_LINE.fullmatch(line)
    ) >= _ONE_CELL_A_LINE and not any(line.count("\t") > 2 for line in lines)
    builder = _Builder(first_block, told=first_line is not None)
    for number, line in enumerate(lines, first_line or 1):
        if PAGE_NUMBER.fullmatch(line):
            continue
        if one_cell:
            builder.cell_line(line, number)
        else:
            builder.line(line, number)
    builder.end_table()
    return builder.blocks


def _is_piped(line: str) -> bool:
    """Whether a line is a row of Markdown, or of a dump that puts a pipe behind every
    cell, or between them.
    """
    count = line.count("|")
    return count > 2 if line.startswith("|") else count > 1 or line.endswith("|")


class _Builder:
    """Collects rows into tables and everything else into headings and paragraphs."""

    def __init__(self, first_block: int, *, told: bool) -> None:
        self.blocks: list[Block] = []
        self.told = told
        """Whether places name the line."""
        self.first = first_block
        self.rows: list[list[tuple[str, int]]] = []
        self.spaced = SpacedTable()
        self.row: list[tuple[str, int]] = []
        self.piped = False
        self.cells = 0

    def line(self, line: str, number: int) -> None:
        """A line of a dump with tab-separated rows or pipes."""
        piped = _is_piped(line.strip())
        if (
            not self.rows
            and "\t" not in line
            and not piped
            and self.spaced.takes(line, number)
        ):
            return
        if not self.rows:
            self.end_spaced()
        if "\t" in line.strip(" ") and line.strip():
            self.add_row(
                [(text.strip(), number) for text in line.split("\t")], piped=False
            )
        elif piped:
            if not _PIPE_RULE.fullmatch("".join(line.split())):
                inner = line.strip().removeprefix("|").removesuffix("|")
                self.add_row(
                    [
                        (text.strip().replace("<br>", "\n"), number)
                        for text in inner.split("|")
                    ],
                    piped=True,
                )
        elif line.strip():
            self.text(line, number)

    def cell_line(self, line: str, number: int) -> None:
        """A line of a dump with one cell a line: a blank line ends the row."""
        if line.startswith("\t"):
            self.row.append((line[1:].strip(), number))
        elif not line.strip():
            if self.row:
                self.add_row(self.row, piped=False)
            self.row = []
        elif self.row and not self._begins_text(line):
            text, start = self.row[-1]
            self.row[-1] = (f"{text}\n{line.strip()}".strip(), start)
        else:
            self.text(line, number)

    def _begins_text(self, line: str) -> bool:
        """Whether a line without a tab is text again: figures don't go on in words,
        labels not in whole sentences.
        """
        cell = self.row[-1][0]
        is_figure = _FIGURE.fullmatch(cell) is not None
        return len(cell) > _LONGEST_CELL or (is_figure and not _FIGURE.fullmatch(line))

    def add_row(self, row: list[tuple[str, int]], *, piped: bool) -> None:
        if self.rows and piped != self.piped:
            self.end_table()
        self.count(row)
        self.piped = piped
        self.rows.append(row)

    def place(self, line: int) -> int | None:
        return line if self.told else None

    def count(self, row: list[tuple[str, int]]) -> None:
        self.cells += len(row)
        if self.cells > MAX_CELLS:
            raise Unreadable(
                f"表格单元格超过 {MAX_CELLS} 个，不像一份年报；请核对文件。"
            )

    def end_spaced(self) -> None:
        """Lines with columns held apart by spaces become a table; those that only
        looked so become text.
        """
        self.rows, rest = self.spaced.end()
        self.piped = False
        for row in self.rows:
            self.count(row)
        if self.rows:
            self.table()
        for line, number in rest:
            self.text(line, number)

    def end_table(self) -> None:
        if self.row:
            self.rows.append(self.row)
            self.row = []
        if self.rows:
            self.table()
        else:
            self.end_spaced()

    def table(self) -> None:
        block = self.first + len(self.blocks)
        cells = tuple(
            Cell(text, Place(block, row, column, line=self.place(line)))
            for row, texts in enumerate(self.rows, 1)
            for column, (text, line) in enumerate(texts, 1)
        )
        widths = {len(row) for row in self.rows}
        aligned = self.piped and len(widths) == 1 and widths != {1}
        start = Place(block, line=self.place(self.rows[0][0][1]))
        self.blocks.append(Table(cells, start, aligned=aligned))
        self.rows = []

    def text(self, line: str, number: int) -> None:
        self.end_table()
        at = Place(self.first + len(self.blocks), line=self.place(number))
        heading = _HEADING.fullmatch(line) if len(line) < _LONGEST_HEADING else None
        words = heading[2].strip().rstrip("#").rstrip() if heading else ""
        printed = words or line.strip()
        text = (
            printed.replace("**", "").strip() or printed
        )  # bold marks around nothing are text
        self.blocks.append(
            Heading(text, at, level=len(heading[1]))
            if heading and words
            else Paragraph(text, at)
        )
