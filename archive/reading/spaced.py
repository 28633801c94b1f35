"""Rows of text dumps whose columns are held apart by spaces, as programs print them
that keep a page's layout.

A gap is two or more spaces, or a full-width one; a label may hold single spaces. Where
a figure stands on its line tells its column when others of its row are blank.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass

from archive.reading.form_words import FIGURE, is_row_label
from archive.report import likeness, plain

Row = list[tuple[str, int]]
"""Cells with the number of their line."""

_GAP = re.compile(r"(?:[ \u3000]{2,}|\u3000)")
_BLOCK = re.compile(r"第二十条第[（(]?[一二三四五六七八][）)]?项")
"""A heading inside table 1, alone on its line."""
_IS_TEXT = re.compile(r"[。；！？]|^\d{4}年\d{1,2}月\d{1,2}日$")
_MOST_WAITING = 30
"""Lines without a gap that may stand between two rows: labels printed over many lines.
"""
_LONGEST_LABEL_LINE = 40
_FULL_ROW = 5
"""From so many figures on, a row is one of table 2 or 3, whose labels are printed over
several lines.
"""
_BEGINS = re.compile(
    r"[（(]?[一二三四五六七八][、）)]|[（(][一二三四五六七]$|\d{1,2}\s*[.．、]"
)
_MAX_LINE = 1000
_MAX_ROWS = 10_000
_LEAST_ROWS = 3
"""From so many rows with a figure on, lines are a table whatever their labels say; two
may be phone and postcode.
"""


@dataclass(frozen=True, slots=True)
class Field:
    """A piece of a line between gaps, with its place in columns of half the width of a
    Chinese sign.
    """

    text: str
    left: int
    right: int
    line: int

    @property
    def is_figure(self) -> bool:
        return FIGURE.fullmatch(self.text) is not None


class SpacedTable:
    """Collects lines while they are rows; `end` gives what was collected."""

    def __init__(self) -> None:
        self._rows: list[list[Field]] = []
        self._lines: list[tuple[str, int]] = []
        self._sure = 0
        """How many of the lines belong to the table whatever comes next."""

    def takes(self, line: str, number: int) -> bool:
        """Whether the line may go on with the table, or begin one; blank lines go on."""
        if not line.strip():
            return bool(self._rows)
        if len(line) > _MAX_LINE or len(self._rows) > _MAX_ROWS:
            return False
        fields = _fields(line, number)
        is_row = len(fields) > 1 and not any(
            _IS_TEXT.search(field.text) for field in fields
        )
        begins = not self._rows and _BLOCK.fullmatch(line.strip())
        if not is_row and not begins and not (self._rows and self._may_wait(line)):
            return False
        self._rows.append(fields)
        self._lines.append((line, number))
        if is_row:
            self._sure = len(self._rows)
        return True

    def _may_wait(self, line: str) -> bool:
        text = line.strip()
        if (
            len(text) > _LONGEST_LABEL_LINE
            or text.endswith(("。", "；", "："))
            or _is_heading(text)
        ):
            return False
        return len(self._rows) - self._sure < _MOST_WAITING

    def end(self) -> tuple[list[Row], list[tuple[str, int]]]:
        """The rows of the table, none if it has no row with a label and a figure, and
        the lines that are text.
        """
        rows, lines = self._rows[: self._sure], self._lines
        filled = [fields for fields in rows if _has_figures(fields)]
        known = any(
            sum(field.is_figure for field in fields) >= _FULL_ROW or _is_known(fields)
            for fields in filled
        )
        is_table = len(rows) > 1 and (known or len(filled) >= _LEAST_ROWS)
        rest = lines[self._sure :] if is_table else lines
        self.__init__()  # type: ignore[misc]
        if not is_table:
            return [], rest
        return _filled(_whole(rows)), rest


def _fields(line: str, number: int) -> list[Field]:
    """The line cut at its gaps; figures with a single space before them are cut off as
    well.
    """
    offsets = [0]
    for sign in line:
        offsets.append(
            offsets[-1] + (2 if unicodedata.east_asian_width(sign) in "WF" else 1)
        )
    gaps = [(gap.start(), gap.end()) for gap in _GAP.finditer(line)]
    begins, ends = (
        [0, *(end for _, end in gaps)],
        [*(start for start, _ in gaps), len(line)],
    )
    pieces = [
        (begin, end)
        for begin, end in zip(begins, ends, strict=True)
        if line[begin:end].strip()
    ]
    many = (
        sum(bool(FIGURE.fullmatch(line[begin:end].strip())) for begin, end in pieces)
        >= 3
    )
    fields = []
    for begin, end in pieces:
        words = [
            (begin + word.start(), begin + word.end())
            for word in re.finditer(r"\S+", line[begin:end])
        ]
        figures = [word for word in words if FIGURE.fullmatch(line[word[0] : word[1]])]
        if figures and (
            len(figures) == len(words) or (many and words[-len(figures) :] == figures)
        ):
            label = [(begin, figures[0][0])] if len(figures) < len(words) else []
            spans = [*label, *figures]
        else:
            spans = [(begin, end)]
        fields += [
            Field(line[at:to].strip(), offsets[at], offsets[to], number)
            for at, to in spans
        ]
    return fields


def _whole(rows: list[list[Field]]) -> list[list[Field]]:
    """The rows with labels put together that are printed over several lines, above or
    below their figures.

    A piece that begins as labels begin goes to the figures below it, and so do those
    after it.
    """
    full = [
        figures
        for fields in rows
        if len(figures := [field for field in fields if field.is_figure]) >= _FULL_ROW
    ]
    limit = min((figures[0].left for figures in full), default=0)
    whole: list[list[Field]] = []
    above: list[list[Field]] = []
    open_row = False
    for fields in rows:
        figures = [field for field in fields if field.is_figure]
        is_label = not figures and all(field.left < limit for field in fields)
        if len(figures) >= _FULL_ROW:
            labels = [field for field in fields if not field.is_figure]
            whole.append([*_label([*above, labels]), *figures])
            above, open_row = [], True
        elif not is_label:
            whole += [*above, fields]
            above, open_row = [], False
        elif open_row and not above and not _BEGINS.match(fields[-1].text):
            labels = [field for field in whole[-1] if not field.is_figure]
            whole[-1] = [*_label([labels, fields]), *whole[-1][len(labels) :]]
        elif open_row or above or _BEGINS.match(fields[-1].text):
            above.append(fields)
        else:
            whole.append(fields)
    return whole + above


def _label(lines: list[list[Field]]) -> list[Field]:
    """Pieces that stand below each other become one text."""
    cells: list[Field] = []
    for field in (field for fields in lines for field in fields):
        index = next(
            (
                n
                for n, cell in enumerate(cells)
                if field.left < cell.right and field.right > cell.left
            ),
            None,
        )
        if index is None:
            cells.append(field)
            continue
        cell = cells[index]
        left, right = min(cell.left, field.left), max(cell.right, field.right)
        cells[index] = Field(f"{cell.text}\n{field.text}", left, right, cell.line)
    return sorted(cells, key=lambda cell: cell.left)


def _has_figures(fields: list[Field]) -> bool:
    figures = sum(field.is_figure for field in fields)
    return figures >= _FULL_ROW or (figures > 0 and not fields[0].is_figure)


def _is_known(fields: list[Field]) -> bool:
    return any(is_row_label(field.text) for field in fields if not field.is_figure)


def _is_heading(text: str) -> bool:
    return any(like.score >= 4.5 for like in likeness(plain(text)))


def _filled(rows: list[list[Field]]) -> list[Row]:
    """The cells of the rows; a row with fewer figures than the full ones next to it
    gets empty ones between.
    """
    figures = [[field for field in fields if field.is_figure] for fields in rows]
    most = max(map(len, figures))
    full = [
        number
        for number, row in enumerate(figures)
        if len(row) == most and most >= _FULL_ROW
    ]
    table = []
    for number, fields in enumerate(rows):
        cells = [(field.text, field.line) for field in fields]
        own = figures[number]
        if own and len(own) < most and fields[-len(own) :] == own:
            next_full = bisect_left(full, number)
            near = full[max(0, next_full - 2) : next_full + 2]
            placed = next(
                (row for other in near if (row := _placed(own, figures[other]))), None
            )
            cells = cells[: -len(own)] + placed if placed else cells
        table.append(cells)
    return table


def _placed(figures: list[Field], full: list[Field]) -> Row | None:
    """Figures under (or above) those of a full row, empty cells between; None when one
    does not stand under one.
    """
    row = [("", figures[0].line)] * len(full)
    for field in figures:
        under = [
            n
            for n, other in enumerate(full)
            if field.left < other.right and field.right > other.left
        ]
        if len(under) != 1 or row[under[0]][0]:
            return None
        row[under[0]] = field.text, field.line
    return row
