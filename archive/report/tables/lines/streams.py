"""Lines where there are no rows: words, and the numbers up to the next words.

Office programs write a cell's text in one piece, so that even in a text without any
columns the whole label stands before its seven numbers.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import takewhile, zip_longest

from archive.report.document import Cell, Place, Table
from archive.report.outline import begins_section
from archive.report.plain import PAGE_NUMBER, plain
from archive.report.tables.lines.line import Line
from archive.report.tables.lines.values import is_words, values_of
from archive.report.tables.lines.wrapped import (
    glued_cell,
    label_pieces,
    whole_words,
)

LEAST_VALUES = 20
"""Paragraphs with fewer numbers standing by themselves are no tables."""
_ROW_OF_TABLE_4 = 15
"""So many on one line are the only row of table 4, whatever stands around it."""
_LONGEST_LABEL = 120
"""A longer paragraph is text: no label, and no table goes on behind it."""


# What a row of a table never ends in.
# e.g. "全年主动公开政府信息12条。"
# not "（一）予以公开", "无。"
_SENTENCE = re.compile(r".{9,}[。！？；]")


# The number of a label and the blank behind it.
# e.g. "1. 属于国家秘密", "（一） 予以公开", "三、 本年度"
# not "1 2", "12. 其他", "1.属于"
_NUMBER_APART = re.compile(
    r"^(\s*(?:\d[.．、]|[（(][一二三四五六七][)）]|[一二三四]、))\s+(?=\S)"
)
# What may be all of a line that a label was broken over.
# e.g. "）", "、"
# not "/", "—", "*"
_BROKEN_OFF = re.compile('[（）()、，,“”"《》]{1,3}')


def is_text(line: str) -> bool:
    """Whether a line is none of a table: the heading of a section, or a sentence.

    一、总体情况 is one, and 一、本年新收政府信息公开申请数量 a row of table 3.
    """
    if len(line) > _LONGEST_LABEL or _SENTENCE.fullmatch(line.strip()):
        return True
    return begins_section(plain(line))


@dataclass(slots=True)
class _Run:
    """Words, and the values up to the next words."""

    words: list[Cell] = field(default_factory=list)
    values: list[Cell] = field(default_factory=list)
    goes_on: bool = True
    """Whether the next run follows at once, without text between."""


def stream(table: Table, cells: Iterable[Cell]) -> Iterator[Line]:
    """Cells without rows: words up to a value, then all values up to the next words.

    Values before the first words belong to nothing and are left out.
    """
    # All that is known is the order: a label, then what belongs to it.
    runs = _runs(cells)
    for run, following in zip_longest(runs, runs[1:]):
        goes_on = following is not None and run.goes_on
        yield from _run(table, run, following if goes_on else None)


def _runs(cells: Iterable[Cell]) -> list[_Run]:
    """The runs in order; one without values where text follows its words."""
    runs = [_Run()]
    for cell in cells:
        last = runs[-1]
        ends = is_text(cell.text)
        if ends:
            last.goes_on = False
            runs.append(_Run())
        elif not _is_label(cell.text):
            if last.words:
                last.values.append(cell)
        elif last.values:
            runs.append(_Run([cell]))
        else:
            last.words.append(cell)
    return [run for run in runs if run.words]


def _is_label(text: str) -> bool:
    """Whether a cell is of a label: words, or the bracket that a line broke off."""
    return is_words(text) or _BROKEN_OFF.fullmatch(text) is not None


def _run(table: Table, run: _Run, following: _Run | None) -> Iterator[Line]:
    """A run of words and the values behind it: the last words are their label.

    Those before are a line without values: headings, or the label of a group of rows.
    What is part of this label is taken from the words of the `following` run, which may
    be left without: its own label was lost.
    """
    words, values = run.words, run.values
    if not any(value.text.strip() for value in values):
        if words:
            yield _without_values(table, words)
        return
    if not words:
        yield Line(table, tuple(values), (), (), values_of(table, values))
        return
    before, after = label_pieces(words, following.words if following else [])
    pieces = words[-before:]
    if following:
        pieces += following.words[:after]
        del following.words[:after]
    if words[:-before]:
        yield _without_values(table, words[:-before])
    label = glued_cell(pieces)
    yield Line(table, (*pieces, *values), (), (label,), values_of(table, values))


def _without_values(table: Table, words: list[Cell]) -> Line:
    """A line of words alone, those put together that lines have broken."""
    return Line(table, tuple(words), (), tuple(whole_words(words)), ())


def loose_cells(text: str, at: Place) -> Iterator[Cell]:
    """The parts of a paragraph's lines as cells; a heading or a sentence stays whole.

    It is no label, and no number in it belongs to a table.

    A label with blanks in it becomes several cells, which the reading of labels joins
    again.
    """
    for line in text.split("\n"):
        # — 3 — in the middle of a table is the foot of a page: its digit is no figure.
        is_page_number = PAGE_NUMBER.fullmatch(line) is not None
        if is_page_number or not line.strip():
            continue
        if is_text(line):
            yield Cell(line, at)
            continue
        for part in _parts(line):
            yield Cell(part, at)


def _parts(line: str) -> list[str]:
    """The cells on a line, parted by pipes or by blanks.

    Of pipes there are two, or one at the end: | between figures may be a misread 1.
    """
    line = line.strip()
    if line.count("|") > 1 or line.endswith("|"):
        inner = line.removeprefix("|").removesuffix("|")
        return [part.strip() for part in inner.split("|")]
    return _NUMBER_APART.sub(r"\1", line).split()


def loose_lines(cells: list[Cell]) -> Iterator[Line]:
    """The lines of paragraphs, each run between long paragraphs by itself.

    A table saved as paragraphs, one cell in each, is a long run of short ones.
    """
    run: list[Cell] = []
    for cell in cells:
        if len(cell.text) > _LONGEST_LABEL:
            yield from _paragraph_lines(run)
            run = []
        else:
            run.append(cell)
    yield from _paragraph_lines(run)


def words_above(cells: list[Cell]) -> Iterator[Line]:
    """The words that end a run of paragraphs before a table of a dump, as one line.

    A heading of a column that stands alone on its line has no tab and no pipe, and is a
    paragraph. Nothing where the paragraphs are a table themselves.
    """
    values = [cell for cell in cells if not is_words(cell.text)]
    if len(values) >= LEAST_VALUES:
        return
    words = list(takewhile(_heads_a_column, reversed(cells)))
    words.reverse()
    if words:
        table = Table((), words[0].at, aligned=False)
        yield _without_values(table, words)


def _heads_a_column(cell: Cell) -> bool:
    """Whether a cell of a paragraph may be a heading: words, and no text."""
    return _is_label(cell.text) and not is_text(cell.text)


def _paragraph_lines(run: list[Cell]) -> Iterator[Line]:
    """The lines of short paragraphs in a row, if they hold enough for a table.

    Counted is all that is no words: numbers, and the signs that stand for nothing.
    """
    values = [cell for cell in run if not is_words(cell.text)]
    # Cells of a paragraph have its place.
    most = max(Counter(cell.at for cell in values).values(), default=0)
    if len(values) >= LEAST_VALUES or most == _ROW_OF_TABLE_4:
        yield from stream(Table((), run[0].at, aligned=False), run)
