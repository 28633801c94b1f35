"""Plain text and Markdown dumps → Document.

Dumps of PDF and Word files come with tab-separated rows whose cells may be shifted, or with one
cell a line; both become tables that are not `aligned`. Markdown pipe tables are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive.reading.encoding import decode, visible
from archive.reading.html import Walker, soup_of
from archive.reading.sniff import TEXT
from archive.reading.spaced import SpacedTable
from archive.reading.unreadable import MAX_CELLS, MAX_CHARACTERS, Unreadable
from archive.report.document import Block, Cell, Document, Heading, Paragraph, Place, Table
from archive.report.model import Hints

_BOOKMARK = re.compile(r"\[bookmark:[^\]\n]{0,80}\]")
_PAGE_NUMBER = re.compile(
    r"\s*(?:[-—–－─]+\s*\d{1,4}\s*[-—–－─]+|第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?)\s*"
)
_PIPE_RULE = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*")
_HEADING = re.compile(r"\s{0,3}(#{1,6})\s*(.+?)\s*#*\s*")
_CELL_LINE = re.compile(r"\t[^\t]*")
_MAX_TABLES = 200
"""Tables as HTML that are read; programs that turn PDF files into Markdown leave them so."""
_MAX_MARKED_LINE = 2000
"""Longer lines are neither headings nor rules of a table."""
_FIGURE = re.compile(r"[\s\d０-９,，.．]*[\d０-９]")
_ONE_CELL_A_LINE = 60
"""From so many lines of the shape `⇥cell` on, a dump is taken to have one cell a line."""


def read_text(body: bytes, hints: Hints) -> Document:
    """Reads a dump. Raises Unreadable when it is too large."""
    text = visible(_BOOKMARK.sub("", decode(body)))
    if len(text) > MAX_CHARACTERS:
        raise Unreadable(f"文本过长（{len(text)} 字），上限为 {MAX_CHARACTERS} 字；请拆分后再导入。")
    blocks: list[Block] = []
    line = 1
    for piece in _pieces(text):
        if piece[:6].lower() == "<table":
            walker = Walker(first=len(blocks) + 1)
            walker.walk(soup_of(piece), 0)
            walker.end_paragraph()
            blocks += walker.blocks
        else:
            blocks += _blocks_of(piece.split("\n"), first_block=len(blocks) + 1, first_line=line)
        line += piece.count("\n")
    return Document(tuple(blocks), TEXT)


def _pieces(text: str) -> Iterator[str]:
    """The text cut before and after every HTML table."""
    level = text.lower()
    start = 0
    for _ in range(_MAX_TABLES):
        begin = level.find("<table", start)
        end = level.find("</table>", begin) if begin >= 0 else -1
        if end < 0:
            break
        yield text[start:begin]
        start = end + len("</table>")
        yield text[begin:start]
    yield text[start:]


def _blocks_of(lines: list[str], first_block: int, first_line: int) -> list[Block]:
    one_cell = sum(1 for line in lines if _CELL_LINE.fullmatch(line)) >= _ONE_CELL_A_LINE and not any(
        line.count("\t") > 2 for line in lines
    )
    builder = _Builder(first_block)
    for number, line in enumerate(lines, first_line):
        if _PAGE_NUMBER.fullmatch(line):
            continue
        if one_cell:
            builder.cell_line(line, number)
        else:
            builder.line(line, number)
    builder.end_table()
    return builder.blocks


class _Builder:
    """Collects rows into tables and everything else into headings and paragraphs."""

    def __init__(self, first_block: int) -> None:
        self.blocks: list[Block] = []
        self.first = first_block
        self.rows: list[list[tuple[str, int]]] = []
        self.spaced = SpacedTable()
        self.row: list[tuple[str, int]] = []
        self.piped = False
        self.cells = 0

    def line(self, line: str, number: int) -> None:
        """A line of a dump with tab-separated rows or pipes."""
        if not self.rows and "\t" not in line and not line.strip().startswith("|") and self.spaced.takes(line, number):
            return
        if not self.rows:
            self.end_spaced()
        if "\t" in line.strip(" ") and line.strip():
            self.add_row([(text.strip(), number) for text in line.split("\t")], piped=False)
        elif line.strip().startswith("|") and line.count("|") > 2:
            if len(line) > _MAX_MARKED_LINE or not _PIPE_RULE.fullmatch(line):
                inner = line.strip().removeprefix("|").removesuffix("|")
                self.add_row([(text.strip().replace("<br>", "\n"), number) for text in inner.split("|")], piped=True)
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
        """Whether a line without a tab is text again: figures don't go on in words, labels not in whole sentences."""
        return bool(_FIGURE.fullmatch(self.row[-1][0])) and not _FIGURE.fullmatch(line)

    def add_row(self, row: list[tuple[str, int]], *, piped: bool) -> None:
        if self.rows and piped != self.piped:
            self.end_table()
        self.count(row)
        self.piped = piped
        self.rows.append(row)

    def count(self, row: list[tuple[str, int]]) -> None:
        self.cells += len(row)
        if self.cells > MAX_CELLS:
            raise Unreadable(f"表格单元格超过 {MAX_CELLS} 个，不像一份年报；请核对文件。")

    def end_spaced(self) -> None:
        """Lines with columns held apart by spaces become a table; those that only looked so become text."""
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
            Cell(text, Place(block, row, column, line=line))
            for row, texts in enumerate(self.rows, 1)
            for column, (text, line) in enumerate(texts, 1)
        )
        aligned = self.piped and len({len(row) for row in self.rows}) == 1
        start = Place(block, line=self.rows[0][0][1])
        self.blocks.append(Table(cells, start, aligned=aligned))
        self.rows = []

    def text(self, line: str, number: int) -> None:
        self.end_table()
        at = Place(self.first + len(self.blocks), line=number)
        heading = _HEADING.fullmatch(line) if len(line) < _MAX_MARKED_LINE else None
        printed = heading[2] if heading else line.strip()
        text = printed.replace("**", "").strip() or printed  # bold marks around nothing are text
        self.blocks.append(Heading(text, at, level=len(heading[1])) if heading else Paragraph(text, at))
