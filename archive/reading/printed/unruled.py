"""Pages whose tables have no rules: text in content order, cut into cells at the words
of the forms.

Programs write a cell's text in one go, so that in content order a row's whole label
stands before its figures. Prose keeps the paragraphs that the page's geometry gave;
between the headings of the second and the fifth section the content order decides.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from archive.reading.block_numbers import numbered
from archive.reading.form_words import (
    FIGURE,
    cut_at_words,
    holds_word,
    is_row_label,
    is_word,
)
from archive.report import Block, Cell, Paragraph, Place, Table

# e.g. "二、主动公开政府信息情况"
_TABLES_BEGIN = re.compile(r"二、\D{0,12}主动公开政府信息\D{0,6}")
# e.g. "五、存在的主要问题及改进情况"
_TABLES_END = re.compile(r"五、\D{0,20}问题\D{0,12}")
# e.g. "三、收到和处理政府信息公开申请情况"
_HEADING = re.compile(r"[二三四五]、.{0,40}情况")
# The last label of a row and its figures, without a blank between them.
# e.g. "（一）予以公开3 0 0 0 0 0 3"
_GLUED = re.compile(r"(.*[^\d\s.,，．])(\d[\d,.]*(?:\s+\d[\d,.]*){5,})")
_LONGEST_GLUED = 200
# e.g. "公开，并", "完成。"
_SENTENCE = re.compile(r"[，。；！？]")
# Signs; cells of labels are narrow, a longer line is one of the text.
_LONGEST_CELL_LINE = 24


def unruled(prose: list[Block], lines: Sequence[tuple[str, int]]) -> list[Block]:
    """The blocks of a document: its prose, and the tables found in its lines.

    `prose` are the paragraphs that the geometry of the pages gave; `lines` are all
    printed lines in content order, each with its page.
    """
    texts = [block.text for block in prose if not isinstance(block, Table)]
    among_prose = _sections_with_tables(texts)
    among_lines = _sections_with_tables([text for text, _ in lines])
    if among_prose is None or among_lines is None:
        return prose
    begin, end = among_lines
    reader = _Rows()
    for text, page in lines[begin + 1 : end]:
        reader.add(text, page)
    reader.end()
    begin, end = among_prose
    return numbered([*prose[: begin + 1], *reader.blocks, *prose[end:]])


def _sections_with_tables(texts: Sequence[str]) -> tuple[int, int] | None:
    """Where the headings of the second and the fifth section stand.

    Between them all three tables are printed. None when either is missing.
    """
    begin = _index(texts, _TABLES_BEGIN)
    end = _index(texts, _TABLES_END)
    if begin is None or end is None:
        return None
    if begin >= end:
        return None
    return begin, end


def _index(texts: Sequence[str], pattern: re.Pattern[str]) -> int | None:
    """The first text that, without its blanks, is what a pattern describes."""
    for index, text in enumerate(texts):
        compact = "".join(text.split())
        if pattern.fullmatch(compact):
            return index
    return None


@dataclass(slots=True)
class _Row:
    """The cells of a row that were found one behind the other."""

    texts: list[str]
    page: int

    @property
    def has_figures(self) -> bool:
        """Whether a number, or what is printed for none, stands in it."""
        return any(map(FIGURE.fullmatch, self.texts))

    @property
    def last_label(self) -> int | None:
        """Which of its cells is the last that is no figure."""
        for index in reversed(range(len(self.texts))):
            if not FIGURE.fullmatch(self.texts[index]):
                return index
        return None

    def lengthen_label(self, more: str) -> bool:
        """Adds the end of its last label, if that is a word of the forms only with it.

        So a label ends that is longer than its cell is high: below the figures.
        """
        last = self.last_label
        if last is None:
            return False
        whole = self.texts[last] + more
        if not is_word(whole):
            return False
        self.texts[last] = whole
        return True


class _Rows:
    """Collects lines until figures complete a row."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._waiting: list[tuple[str, int]] = []
        """Lines of labels whose figures have not come yet, with their pages."""
        self._rows: list[_Row] = []

    def add(self, text: str, page: int) -> None:
        """Adds a line of a page: a row with its figures, a label, or prose."""
        words = _words(text)
        compact = "".join(words)
        if _HEADING.fullmatch(compact):
            self._end_with(text, page)
            return
        label, figures = _parted(words)
        may_be_label = len(label) <= _LONGEST_CELL_LINE and not _SENTENCE.search(label)
        if figures and may_be_label:
            self._add_row(label, figures, page)
            return
        is_long = len(text) > _LONGEST_CELL_LINE
        if is_long and not holds_word(text):
            self._end_with(text, page)
            return
        self._waiting.append((compact, page))

    def end(self) -> None:
        """Ends the table. Rows without a figure were no table but lines of the text."""
        if self._waiting:
            _, page = self._waiting[0]
            self._rows.append(_Row(cut_at_words(self._label()), page))
            self._waiting = []
        if any(row.has_figures for row in self._rows):
            self.blocks.append(_table(self._rows))
        else:
            for row in self._rows:
                at = Place(1, page=row.page)
                self.blocks.append(Paragraph("".join(row.texts), at))
        self._rows = []

    def _end_with(self, text: str, page: int) -> None:
        """A line of prose ends the table."""
        self.end()
        self.blocks.append(Paragraph(text, Place(1, page=page)))

    def _label(self) -> str:
        """The lines that wait, as one text."""
        return "".join(text for text, _ in self._waiting)

    def _add_row(self, label: str, figures: list[str], page: int) -> None:
        """A row is complete.

        What stands before its label are headings of columns, or the end of the last
        label.
        """
        cells = cut_at_words(self._label() + label)
        if not cells and self._rows:  # each figure on a line of its own
            self._rows[-1].texts.extend(figures)
            return
        if cells and self._rows and self._rows[-1].lengthen_label(cells[0]):
            del cells[0]
        begin = 0
        while begin < len(cells) and not is_row_label(cells[begin]):
            begin += 1
        if begin:
            first_page = page
            if self._waiting:
                _, first_page = self._waiting[0]
            self._rows.append(_Row(cells[:begin], first_page))
        self._rows.append(_Row(cells[begin:] + figures, page))
        self._waiting = []


def _words(text: str) -> list[str]:
    """The words of a line, the last label and the first figure apart."""
    glued = None
    if len(text) < _LONGEST_GLUED:
        glued = _GLUED.fullmatch(text)
    if glued is None:
        return text.split()
    label, figures = glued.groups()
    return [*label.split(), *figures.split()]


def _parted(words: list[str]) -> tuple[str, list[str]]:
    """The label of a line without its blanks, and the figures at the line's end."""
    begin = len(words)
    while begin and FIGURE.fullmatch(words[begin - 1]):
        begin -= 1
    label = "".join(words[:begin])
    return label, words[begin:]


def _table(rows: Sequence[_Row]) -> Table:
    """Rows as a table whose columns can't be trusted: empty cells are not to be seen.

    The number of the block is told later, when all blocks are put together.
    """
    cells: list[Cell] = []
    for number, row in enumerate(rows, 1):
        for column, text in enumerate(row.texts, 1):
            at = Place(1, number, column, page=row.page)
            cells.append(Cell(text, at))
    first_page = rows[0].page
    return Table(tuple(cells), Place(1, page=first_page), aligned=False)
