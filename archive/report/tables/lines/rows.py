"""All lines of a document: the rows of its tables, and what is a table in fact.

A row of a table is a line. Where an original has one cell a row, or no rows at all
(text without tabs, numbers in a paragraph each), a line is a run of words with the
values that follow it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain, pairwise

from archive.report.document import Cell, Document, Table
from archive.report.numbers import Kind, read_number
from archive.report.tables.lines.line import Line
from archive.report.tables.lines.streams import (
    LEAST_VALUES,
    loose_cells,
    loose_lines,
    stream,
    words_above,
)
from archive.report.tables.lines.values import is_words, values_of
from archive.report.tables.lines.wrapped import named_rows

_MANY_TABLES = 8
"""A dump with so many is looked at: a report has three tables, and a few parts."""


def lines(document: Document) -> list[Line]:
    """All lines of a document in order.

    They are the rows of its tables, and what paragraphs print that are a table in fact.
    Where text and tables of a dump take turns, labels are broken over several lines,
    and only one of these holds the figures: all are read in one go if that names more
    rows of the forms.
    """
    found = list(_lines_of_blocks(document))
    if not _is_in_pieces(document):
        return found
    streamed = list(
        stream(Table((), document.blocks[0].at, aligned=False), _cells_of(document))
    )
    return max(found, streamed, key=named_rows)


def _is_in_pieces(document: Document) -> bool:
    """Whether a document is a dump with many tables of a row or two."""
    tables = [block for block in document.blocks if isinstance(block, Table)]
    return len(tables) >= _MANY_TABLES and not any(table.aligned for table in tables)


def _cells_of(document: Document) -> Iterator[Cell]:
    """All cells of a document; its paragraphs as cells."""
    for block in document.blocks:
        if isinstance(block, Table):
            yield from chain.from_iterable(block.rows())
        else:
            yield from loose_cells(block.text, block.at)


def _lines_of_blocks(document: Document) -> Iterator[Line]:
    """The lines of each table and of the paragraphs between."""
    # Paragraphs between two tables may be one more table, printed without any lines.
    loose: list[Cell] = []
    for block in document.blocks:
        if isinstance(block, Table):
            yield from loose_lines(loose)
            if not block.aligned:
                yield from words_above(loose)
            loose = []
            yield from _table_lines(block)
        else:
            loose += loose_cells(block.text, block.at)
    yield from loose_lines(loose)


def _table_lines(table: Table) -> Iterator[Line]:
    """The rows of one table, or what a table without rows holds."""
    rows = table.rows()
    if not table.aligned and _has_a_cell_a_row(rows):
        yield from stream(table, chain.from_iterable(rows))
        return

    # A cell such as 三、本年度办理结果 spans down over all the rows of its group.
    covering: list[Cell] = []
    for number, row in enumerate(rows, 1):
        if covering:
            covering = _reaching(number, covering)
        if row:
            yield _line(table, row, tuple(covering))
        covering += [cell for cell in row if cell.rows > 1]


def _has_a_cell_a_row(rows: list[list[Cell]]) -> bool:
    """Whether a dump prints every cell on a line of its own, as some programs do.

    A few lines may hold two cells or none and it is still such a dump. Where the
    columns can be trusted the question does not arise.
    """
    filled = [cell.row for row in rows for cell in row if cell.text.strip()]
    cells_in = Counter(filled)
    single = list(cells_in.values()).count(1)
    if len(rows) <= LEAST_VALUES:
        return False
    return single > 0.8 * len(rows)


def _reaching(row: int, cells: list[Cell]) -> list[Cell]:
    """The cells that span down to a row.

    A merged cell is kept at the first of its rows only.
    """
    return [cell for cell in cells if row < cell.row + cell.rows]


def _line(table: Table, row: list[Cell], covering: tuple[Cell, ...]) -> Line:
    """A row as a line: all words in front of its values are labels."""
    texts = [text for text, _, _, _ in row]
    words = [at for at, text in enumerate(texts) if is_words(text)]
    begin, end = _where_values_stand(texts, words)
    labels = tuple([row[at] for at in words if at < begin])
    values = values_of(table, row[begin:end])
    return Line(table, tuple(row), covering, labels, values)


def _where_values_stand(row: list[str], words: list[int]) -> tuple[int, int]:
    """Begin and end of the values: behind the last words of the row.

    Where nothing is printed there, the last words are a remark (备注), and the values
    are what stands between two words.
    """
    behind = words[-1] + 1 if words else 0
    if _is_printed(row[behind:]):
        return behind, len(row)

    # 规章 3 1 12 见附件: the figures stand between the label and a remark.
    for before, after in pairwise(words):
        if _is_printed(row[before + 1 : after]):
            return before + 1, after
    return behind, len(row)


def _is_printed(texts: list[str]) -> bool:
    """Whether anything is printed in one of the cells, be it a sign for nothing.

    Zero-width signs and the marks that end a cell in old Word files are not print.
    """
    return any(read_number(text).kind is not Kind.BLANK for text in texts)
