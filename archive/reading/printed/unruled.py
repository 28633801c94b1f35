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
_LONGEST_CELL_LINE = 24
"""Signs; cells of labels are narrow, a longer line is one of the text."""


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
    """Where the headings of the second and the fifth section stand."""
    begin = _index(texts, _TABLES_BEGIN)
    end = _index(texts, _TABLES_END)
    if begin is None or end is None or begin >= end:
        return None
    return begin, end


def _index(texts: Sequence[str], pattern: re.Pattern[str]) -> int | None:
    for index, text in enumerate(texts):
        if pattern.fullmatch("".join(text.split())):
            return index
    return None


@dataclass(slots=True)
class _Row:
    texts: list[str]
    page: int

    @property
    def labels(self) -> list[str]:
        return [text for text in self.texts if not FIGURE.fullmatch(text)]

    @property
    def has_figures(self) -> bool:
        return len(self.labels) < len(self.texts)

    def lengthen_label(self, more: str) -> None:
        """Adds the end of its last label, which was printed below the figures."""
        last = max(
            index for index, text in enumerate(self.texts) if not FIGURE.fullmatch(text)
        )
        self.texts[last] += more


class _Rows:
    """Collects lines until figures complete a row."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._waiting: list[tuple[str, int]] = []
        """Lines of labels whose figures have not come yet, with their pages."""
        self._rows: list[_Row] = []

    def add(self, text: str, page: int) -> None:
        words = _words(text)
        compact = "".join(words)
        label, figures = _parted(words)
        is_prose = len(text) > _LONGEST_CELL_LINE and not holds_word(text)
        if _HEADING.fullmatch(compact):
            self._end_with(text, page)
        elif figures and _may_be_label(label):
            self._add_row(label, figures, page)
        elif is_prose:
            self._end_with(text, page)
        else:
            self._waiting.append((compact, page))

    def end(self) -> None:
        """Ends the table. Rows without a figure were no table."""
        if self._waiting:
            self._rows.append(_Row(cut_at_words(self._label()), self._waiting[0][1]))
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
        if cells and self._rows and self._completes(cells[0]):
            self._rows[-1].lengthen_label(cells.pop(0))
        begin = 0
        while begin < len(cells) and not is_row_label(cells[begin]):
            begin += 1
        if begin:
            first_page = self._waiting[0][1] if self._waiting else page
            self._rows.append(_Row(cells[:begin], first_page))
        self._rows.append(_Row(cells[begin:] + figures, page))
        self._waiting = []

    def _completes(self, text: str) -> bool:
        """Whether the last row's label is a word of the forms only with this text."""
        labels = self._rows[-1].labels
        return bool(labels) and is_word(labels[-1] + text)


def _words(text: str) -> list[str]:
    """The words of a line, label and figures apart."""
    glued = _GLUED.fullmatch(text) if len(text) < _LONGEST_GLUED else None
    return f"{glued[1]} {glued[2]}".split() if glued else text.split()


def _parted(words: list[str]) -> tuple[str, list[str]]:
    """The label of a line, and the figures at its end."""
    begin = len(words)
    while begin and FIGURE.fullmatch(words[begin - 1]):
        begin -= 1
    return "".join(words[:begin]), words[begin:]


def _may_be_label(text: str) -> bool:
    return len(text) <= _LONGEST_CELL_LINE and not _SENTENCE.search(text)


def _table(rows: Sequence[_Row]) -> Table:
    """Rows as a table whose columns can't be trusted."""
    cells = tuple(
        Cell(text, Place(1, number, column, page=row.page))
        for number, row in enumerate(rows, 1)
        for column, text in enumerate(row.texts, 1)
    )
    return Table(cells, Place(1, page=rows[0].page), aligned=False)
