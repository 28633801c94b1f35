"""Sheets of a workbook → blocks.

Rows of figures become tables; titles, headings and notes, which stand in a cell of
their own, become paragraphs.
"""

from __future__ import annotations

from collections.abc import Iterable, Set

from archive.reading.form_words import is_row_label
from archive.reading.grid import PROSE_CELL, PROSE_ROW, Source, place
from archive.reading.office.worksheet import TOO_MANY, Position, Sheet
from archive.reading.unreadable import MAX_CELLS, MAX_CHARACTERS, Unreadable
from archive.report import Block, Paragraph, Place, Table


class SheetBlocks:
    """Collects the rows of all sheets into tables and paragraphs."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._cells = 0
        self._characters = 0

    def add(self, sheet: Sheet, page: int) -> None:
        """Adds a sheet, whose number is `page`. Raises Unreadable past the limits."""
        area = _Area(sheet)
        rows: list[list[Source]] = []
        before = inside = 0
        for row, columns in area.columns_by_row.items():
            # a blank row ends a table, unless a merged cell reaches over it
            for blank in range(before + 1, min(row, inside)):
                rows.append(self._row(area, blank))
            if row > max(before + 1, inside):
                rows = self._end(rows, page)
            if area.is_prose(row, columns):
                rows = self._end(rows, page)
                for column in columns:
                    self._add_paragraph(sheet.texts[row, column], page)
            else:
                inside = max(inside, area.reached_from(row, columns))
                rows.append(self._row(area, row))
            before = row
        self._end(rows, page)

    def _row(self, area: _Area, row: int) -> list[Source]:
        """The cells of a row. Raises Unreadable when all sheets have too many."""
        sources = area.sources(row)
        self._cells += len(sources)
        if self._cells > MAX_CELLS:
            raise Unreadable(TOO_MANY)
        return sources

    def _add_paragraph(self, text: str, page: int) -> None:
        self._characters += len(text)
        if self._characters > MAX_CHARACTERS:
            raise Unreadable(
                f"文件超过 {MAX_CHARACTERS} 字，不像一份年报；请核对文件。"
            )
        self.blocks.append(Paragraph(text, Place(len(self.blocks) + 1, page=page)))

    def _end(self, rows: list[list[Source]], page: int) -> list[list[Source]]:
        """Rows become a table when one of them has two filled cells, else paragraphs.

        Gives an empty list, to go on with.
        """
        is_table = False
        texts: list[str] = []
        for row in rows:
            filled = [cell.text for cell in row if cell.text]
            is_table = is_table or len(filled) > 1
            texts += filled
        if is_table:
            at = Place(len(self.blocks) + 1, page=page)
            self.blocks.append(Table(place(rows, at), at))
        else:
            for text in texts:
                self._add_paragraph(text, page)
        return []


class _Area:
    """The part of a sheet that holds text."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self.columns_by_row: dict[int, list[int]] = {}
        """Row → the columns that are filled, both in order."""
        for row, column in sorted(sheet.texts):
            self.columns_by_row.setdefault(row, []).append(column)
        filled = self.columns_by_row
        self._width = max((columns[-1] for columns in filled.values()), default=0)
        self._covered = _covered(sheet, max(filled, default=0), self._width)

    def sources(self, row: int) -> list[Source]:
        """The cells of a row, also the empty ones, but for those that are covered."""
        sources = []
        column = 1
        while column <= self._width:
            if (row, column) in self._covered:
                column += 1
                continue
            rows, columns = self._size(row, column)
            columns = min(columns, self._width - column + 1)
            text = self._sheet.texts.get((row, column), "")
            sources.append(Source(text, rows, columns))
            column += columns
        return sources

    def reached_from(self, row: int, columns: Iterable[int]) -> int:
        """The first row below those that the filled cells of a row reach over."""
        below = row
        for column in columns:
            rows, _ = self._size(row, column)
            below = max(below, row + rows)
        return below

    def is_prose(self, row: int, columns: list[int]) -> bool:
        """Whether a row holds a line of the report: a title, a heading, a note.

        A heading of the form is merged over the whole width; the label of a row of the
        form, which may look like one (一、本年新收…), stands in the first columns.
        """
        texts = [self._sheet.texts[row, column] for column in columns]
        if any(len(text) > PROSE_CELL for text in texts):
            return True
        if len(texts) != 1:
            return False
        text = texts[0]
        if not PROSE_ROW.fullmatch(text):
            return False
        _, width = self._size(row, columns[0])
        if width >= self._width or "。" in text:
            return True
        return not is_row_label(text)

    def _size(self, row: int, column: int) -> tuple[int, int]:
        """So many rows and columns a cell reaches over."""
        return self._sheet.merged.get((row, column), (1, 1))


def _covered(sheet: Sheet, last: int, width: int) -> Set[Position]:
    """Positions that a merged cell beginning further up reaches over.

    Those beside it are taken by its width. `last` and `width` are those of the text.
    """
    covered: set[Position] = set()
    area = 0
    for (first, left), (rows, columns) in sheet.merged.items():
        below = range(first + 1, min(first + rows, last + 1))
        right = range(left, min(left + columns, width + 1))
        area += len(below) * len(right)
        if area > 10 * MAX_CELLS:
            raise Unreadable(TOO_MANY)
        covered.update((row, column) for row in below for column in right)
    return covered
