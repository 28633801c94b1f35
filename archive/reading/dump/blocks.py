"""Lines of a dump → blocks: rows of tables, headings and paragraphs.

Dumps of PDF and Word files come with tab-separated rows whose cells may be shifted, or
with one cell a line; both become tables that are not `aligned`. Markdown pipe tables
are.
"""

from __future__ import annotations

import csv
import re

from archive.reading.dump.parting import (
    FIGURE,
    LONGEST_ROW,
    has_one_cell_a_line,
    is_of_rows,
    levelled,
)
from archive.reading.dump.spaced import SpacedTable
from archive.reading.unreadable import MAX_CELLS, Unreadable
from archive.report import (
    PAGE_NUMBER,
    Block,
    Cell,
    Heading,
    Paragraph,
    Place,
    Table,
    begins_section,
    plain,
)

Row = list[tuple[str, int]]
"""Cells with the number of their line."""

# The rule below the head of a Markdown table, without blanks.
# e.g. "|:---|---:|", "|--|--|"
# not "——", "a|b"
_PIPE_RULE = re.compile(r"\|?:?-{2,}:?(?:\|:?-{2,}:?)*\|?")
# e.g. "## 一、总体情况", "   #二"
# not "五、"
_HEADING = re.compile(r"\s{0,3}(#{1,6})(.*)")
_LONGEST_HEADING = 2000
_LONGEST_CELL = 5_000
"""A cell that has grown beyond this goes on no more: the lines behind it are text."""
_BOLD = "**"
# What a sheet saved as text puts behind its only cell, up to its last column.
_BEHIND_TEXT = ",\t|"
_ENDS_OF_TEXT = ("。", "年度报告", "年报")
"""How sentences and titles end."""


def blocks_of(
    lines: list[str], first_block: int, first_line: int | None = None
) -> list[Block]:
    """The blocks in the lines, numbered from `first_block`.

    Places name lines from `first_line` on, or none. Raises Unreadable for more cells
    than any report has.
    """
    one_cell = has_one_cell_a_line(lines)
    if not one_cell:
        lines = levelled(lines)
    builder = _Builder(
        first_block,
        names_lines=first_line is not None,
        least_pipes=1 if is_of_rows(lines, "|") else 2,
        has_commas=is_of_rows(lines, ","),
    )
    for number, line in enumerate(lines, first_line or 1):
        if PAGE_NUMBER.fullmatch(line):
            continue
        if one_cell:
            builder.cell_line(line, number)
        else:
            builder.line(line, number)
    builder.end_table()
    return builder.blocks


def _is_text(line: str) -> bool:
    """Whether a line is none of a table, and has nothing behind it but signs."""
    text = line.strip(f" {_BEHIND_TEXT}")
    is_one_cell = not any(sign in text for sign in _BEHIND_TEXT)
    is_told = text.endswith(_ENDS_OF_TEXT) or begins_section(plain(text))
    return is_one_cell and is_told


class _Builder:
    """Collects rows into tables and everything else into headings and paragraphs."""

    def __init__(
        self, first_block: int, *, names_lines: bool, least_pipes: int, has_commas: bool
    ) -> None:
        """`names_lines`: whether places name the line.

        `least_pipes`: by how many pipes inside a line is a row; `has_commas`: whether
        rows are parted by commas.
        """
        self.blocks: list[Block] = []
        self.names_lines = names_lines
        self.least_pipes = least_pipes
        self.has_commas = has_commas
        self.first = first_block
        self.rows: list[Row] = []
        """The rows of the table under way, of tabs or pipes."""
        self.spaced = SpacedTable()
        self.row: Row = []
        """The row under way, where each cell has a line."""
        self.piped = False
        self.has_head = False
        """Whether the rule below the head of a Markdown table was met."""
        self.cells = 0

    def line(self, line: str, number: int) -> None:
        """A line of a dump with tab-separated rows, pipes, or columns held apart by
        spaces.
        """
        sign = self._parted_by(line)
        if not self.rows:
            if not sign and self.spaced.takes(line, number):
                return
            self.end_spaced()
        if sign:
            self.row_line(line, sign, number)
        elif line.strip():
            self.text(line, number)

    def _parted_by(self, line: str) -> str:
        """The sign that parts the cells of a line; empty for a line of text."""
        if "\t" in line.strip(" "):
            return "\t"
        if self._is_piped(line.strip()):
            return "|"
        has_commas = self.has_commas and "," in line
        is_row = has_commas and len(line) < LONGEST_ROW
        return "," if is_row else ""

    def row_line(self, line: str, sign: str, number: int) -> None:
        """A line with signs between cells, or behind a text that is no row."""
        if not line.strip():
            return
        if _is_text(line):
            text = line.strip(f" {_BEHIND_TEXT}")
            self.text(text, number)
            return
        if sign == "|":
            self.piped_line(line.strip(), number)
            return
        # Quotes stand around cells that hold a comma.
        cells = next(csv.reader([line])) if sign == "," else line.split(sign)
        self.add_cells(cells, number, piped=False)

    def _is_piped(self, line: str) -> bool:
        """Whether a line is a row of Markdown, or of a dump that puts a pipe behind
        every cell, or between them.
        """
        count = line.count("|")
        if line.startswith("|"):
            return count > 2
        return count >= self.least_pipes or line.endswith("|")

    def piped_line(self, line: str, number: int) -> None:
        """A row of Markdown; the rule below its head is none."""
        if _PIPE_RULE.fullmatch("".join(line.split())):
            self.has_head = True
            return
        inner = line.removeprefix("|").removesuffix("|")
        self.add_cells(inner.split("|"), number, piped=True)

    def cell_line(self, line: str, number: int) -> None:
        """A line of a dump with one cell a line: a blank line ends the row."""
        if line.startswith("\t"):
            self.row.append((line[1:].strip(), number))
        elif not line.strip():
            if self.row:
                self.add_row(self.row, piped=False)
            self.row = []
        elif self.row and not self._begins_text(line.strip()):
            text, start = self.row[-1]
            self.row[-1] = (f"{text}\n{line.strip()}".strip(), start)
        else:
            self.text(line, number)

    def _begins_text(self, line: str) -> bool:
        """Whether a line without a tab is text again: figures don't go on in words."""
        cell = self.row[-1][0]
        if len(cell) > _LONGEST_CELL or begins_section(plain(line)):
            return True
        return FIGURE.fullmatch(cell) is not None and not FIGURE.fullmatch(line)

    def add_cells(self, texts: list[str], number: int, *, piped: bool) -> None:
        """A row that stands on one line; in Markdown a tag breaks lines in cells."""
        row: Row = []
        for text in texts:
            cell = text.strip()
            if piped:
                cell = cell.replace("<br>", "\n")
            row.append((cell, number))
        self.add_row(row, piped=piped)

    def add_row(self, row: Row, *, piped: bool) -> None:
        """Rows of tabs and rows of pipes are never of one table."""
        if self.rows and piped != self.piped:
            self.end_table()
        self.count(row)
        self.piped = piped
        self.rows.append(row)

    def place(self, line: int) -> int | None:
        """What a place says of its line."""
        return line if self.names_lines else None

    def count(self, row: Row) -> None:
        """Raises Unreadable beyond the cells of any report."""
        self.cells += len(row)
        if self.cells > MAX_CELLS:
            raise Unreadable(
                f"表格单元格超过 {MAX_CELLS} 个，不像一份年报；请核对文件。"
            )

    def end_spaced(self) -> None:
        """Lines with columns held apart by spaces become a table.

        Those that only looked so become text.
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
        """Whatever table is under way becomes a block."""
        if self.row:
            self.rows.append(self.row)
            self.row = []
        if self.rows:
            self.table()
        else:
            self.end_spaced()

    def table(self) -> None:
        """The rows become a table, aligned if Markdown says so and all are as wide.

        Where the first has figures, and no rule below it, the head is printed above.
        """
        block = self.first + len(self.blocks)
        cells = tuple(
            Cell(text, Place(block, row, column, line=self.place(line)))
            for row, texts in enumerate(self.rows, 1)
            for column, (text, line) in enumerate(texts, 1)
        )
        # One row alone has no columns: what it stands below are lines of text.
        widths = set(map(len, self.rows))
        is_grid = len(self.rows) > 1 and len(widths) == 1 and widths != {1}
        figures = any(FIGURE.fullmatch(text) for text, _ in self.rows[0])
        aligned = self.piped and is_grid and (self.has_head or not figures)
        _, first_line = self.rows[0][0]
        start = Place(block, line=self.place(first_line))
        self.blocks.append(Table(cells, start, aligned=aligned))
        self.rows = []
        self.has_head = False

    def text(self, line: str, number: int) -> None:
        """A line of text: a heading if Markdown marks it so and it has words."""
        self.end_table()
        at = Place(self.first + len(self.blocks), line=self.place(number))
        heading = _HEADING.fullmatch(line) if len(line) < _LONGEST_HEADING else None
        words = heading[2].strip().rstrip("#").rstrip() if heading else ""
        if heading and words:
            title = _without_bold(words)
            self.blocks.append(Heading(title, at, level=len(heading[1])))
        else:
            self.blocks.append(Paragraph(_without_bold(line.strip()), at))


def _without_bold(printed: str) -> str:
    """Text without the marks of Markdown for bold; marks around nothing are text."""
    return printed.replace(_BOLD, "").strip() or printed
