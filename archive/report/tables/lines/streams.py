"""Lines where there are no rows: words, and the numbers up to the next words.

Office programs write a cell's text in one piece, so that even in a text without any
columns the whole label stands before its seven numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from archive.report.document import Cell, Place, Table
from archive.report.plain import PAGE_NUMBER
from archive.report.tables.lines.line import Line
from archive.report.tables.lines.values import is_words, values_of

LEAST_VALUES = 20
"""Paragraphs with fewer numbers standing by themselves are no tables."""
_LONGEST_LABEL = 120
"""A longer paragraph is text: no label, and no table goes on behind it."""


def stream(table: Table, cells: Iterable[Cell]) -> Iterator[Line]:
    """Cells without rows: words up to a value, then all values up to the next words.

    Values before the first words belong to nothing and are left out.
    """
    # All that is known is the order: a label, then what belongs to it.
    words: list[Cell] = []
    values: list[Cell] = []
    for cell in cells:
        if not is_words(cell.text):
            if words:
                values.append(cell)
            continue
        if values:
            yield from _run(table, words, values)
            words, values = [], []
        words.append(cell)
    if words:
        yield from _run(table, words, values)


def _run(table: Table, words: list[Cell], values: list[Cell]) -> Iterator[Line]:
    """A run of words and the values behind it: the last words are their label.

    Those before are a line without values: headings, or the label of a group of rows.
    """
    if not any(value.text.strip() for value in values):
        yield Line(table, tuple(words), (), tuple(words), ())
        return
    *before, label = words
    if before:
        yield Line(table, tuple(before), (), tuple(before), ())
    row = (label, *values)
    yield Line(table, row, (), (label,), values_of(table, values))


def loose_cells(text: str, at: Place) -> Iterator[Cell]:
    """The parts of a paragraph's lines as cells; a long line stays whole.

    A long line is a sentence: no label, and no number in it belongs to a table.

    A label with blanks in it becomes several cells, which the reading of labels joins
    again.
    """
    for line in text.split("\n"):
        # — 3 — in the middle of a table is the foot of a page: its digit is no figure.
        is_page_number = PAGE_NUMBER.fullmatch(line) is not None
        if is_page_number or not line.strip():
            continue
        if len(line) > _LONGEST_LABEL:
            yield Cell(line, at)
            continue
        for part in line.split():
            yield Cell(part, at)


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


def _paragraph_lines(run: list[Cell]) -> Iterator[Line]:
    """The lines of short paragraphs in a row, if they hold enough for a table.

    Counted is all that is no words: numbers, and the signs that stand for nothing.
    """
    values = [cell for cell in run if not is_words(cell.text)]
    if len(values) >= LEAST_VALUES:
        yield from stream(Table((), run[0].at, aligned=False), run)
