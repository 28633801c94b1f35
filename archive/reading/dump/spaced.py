"""Rows of text dumps whose columns are held apart by spaces, as programs print them
that keep a page's layout.

Where a figure stands on its line tells its column when others of its row are blank.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from itertools import chain

from archive.reading.dump.fields import (
    Field,
    fields_of,
    figures_of,
    has_gap,
    labels_of,
)
from archive.reading.form_words import is_row_label
from archive.report import begins_section, plain

Row = list[tuple[str, int]]
"""Cells with the number of their line."""

# A heading inside table 2 of the form (二、主动公开政府信息情况), alone on its line.
# e.g. "第二十条第（一）项", "第二十条第(八)项"
# not "第二十条规定"
_BLOCK = re.compile(r"第二十条第[（(]?[一二三四五六七八][）)]?项")
# What no row of a table says: a sentence, and the date below a signature.
# e.g. "全年公开12条。", "2024年1月8日"
# not "规章", "截至2024年1月8日止"
_IS_TEXT = re.compile(r"[。；！？]|^\d{4}年\d{1,2}月\d{1,2}日$")
# How the labels of table 3 begin: 三、, （一）, 1. The last form is a number alone.
# e.g. "三、本年度办理结果", "（一）予以公开", "1.属于国家秘密", "（七"
# not "秘密"
_BEGINS = re.compile(
    r"[（(]?[一二三四五六七八][、）)]|[（(][一二三四五六七]$|\d{1,2}\s*[.．、]"
)
_ENDS = ("。", "；", "：")
_MOST_WAITING = 30
"""Lines without a gap that may stand between two rows: labels printed over many lines.
"""
_LONGEST_LABEL_LINE = 40
_FULL_ROW = 5
"""From so many figures on, a row is one of table 3 or 4, whose labels are printed over
several lines.
"""
_NEIGHBOURS = 2
"""Full rows on either side by which a row's blanks are found."""
_MAX_LINE = 1000
_MAX_ROWS = 10_000
_LEAST_ROWS = 3
"""From so many rows with a figure on, lines are a table whatever their labels say; two
may be phone and postcode.
"""


class SpacedTable:
    """Collects lines while they are rows; `end` gives what was collected."""

    def __init__(self) -> None:
        self._rows: list[list[Field]] = []
        self._lines: list[tuple[str, int]] = []
        self._sure = 0
        """How many of the lines belong to the table whatever comes next."""
        self._has_gaps = False
        """Whether columns are held apart at all, by more than single spaces."""

    def takes(self, line: str, number: int) -> bool:
        """Whether the line may begin the table or go on with it; blank ones go on."""
        if not line.strip():
            return bool(self._rows)
        if len(line) > _MAX_LINE or len(self._rows) > _MAX_ROWS:
            return False
        fields = fields_of(line, number)
        # 0 1 1 1 0 3 6 alone is no row here: its label may stand in the lines above it,
        # in a dump that has no columns.
        has_gaps = self._has_gaps or has_gap(line.strip())
        is_row = len(fields) > 1 and has_gaps and not _hold_text(fields)
        # 三、　收到和处理…: a gap behind the number of a heading parts no columns.
        is_row = is_row and not begins_section(plain(line))
        if not is_row and not self._takes_label(line.strip()):
            return False
        self._rows.append(fields)
        self._lines.append((line, number))
        # A label without figures counts only if a row comes behind it.
        if is_row:
            self._has_gaps = True
            self._sure = len(self._rows)
        return True

    def _takes_label(self, text: str) -> bool:
        """Whether a line without a gap may be a label, or a piece of one."""
        if not self._rows:
            return _BLOCK.fullmatch(text) is not None
        if len(text) > _LONGEST_LABEL_LINE or text.endswith(_ENDS):
            return False
        waiting = len(self._rows) - self._sure
        return waiting < _MOST_WAITING and not begins_section(plain(text))

    def end(self) -> tuple[list[Row], list[tuple[str, int]]]:
        """The rows of the table and the lines that are text; then begins anew.

        Without a row with a label and a figure there is no table: all lines are text.
        """
        rows, lines = self._rows[: self._sure], self._lines
        rest = lines[self._sure :]
        self._rows, self._lines, self._sure = [], [], 0
        self._has_gaps = False
        if not _is_table(rows) or _has_labels_between(rows):
            return [], lines
        return _filled(_whole(rows)), rest


def _is_table(rows: list[list[Field]]) -> bool:
    """Whether rows are those of a table and not of an address or a signature."""
    if len(rows) < 2:
        return False
    filled = list(filter(_has_figures, rows))
    if len(filled) >= _LEAST_ROWS:
        return True
    return any(map(_is_full, filled)) or any(map(_is_known, filled))


def _has_labels_between(rows: list[list[Field]]) -> bool:
    """Whether figures stand on lines of their own and begin where the labels do: then
    there are no columns, and each label is just what stands before its figures.
    """
    full = list(filter(_is_full, rows))
    if len(full) < _LEAST_ROWS or any(not row[0].is_figure for row in full):
        return False
    limit = _first_column_of_figures(rows)
    return not any(fields[0].left < limit for fields in rows)


def _is_full(fields: list[Field]) -> bool:
    """Whether a row has the figures of table 3 or 4."""
    return len(figures_of(fields)) >= _FULL_ROW


def _hold_text(fields: list[Field]) -> bool:
    """Whether one of the pieces of a line is what tables don't say."""
    return any(_IS_TEXT.search(field.text) for field in fields)


def _has_figures(fields: list[Field]) -> bool:
    """A label and a figure, or so many figures that the label is printed elsewhere."""
    if _is_full(fields):
        return True
    begins_with_label = not fields[0].is_figure
    return begins_with_label and bool(figures_of(fields))


def _is_known(fields: list[Field]) -> bool:
    """Whether a row has a label of the forms."""
    return any(is_row_label(field.text) for field in labels_of(fields))


def _whole(rows: list[list[Field]]) -> list[list[Field]]:
    """The rows with labels put together that are printed over several lines, above or
    below their figures.

    A piece that begins as labels begin goes to the figures below it, and so do those
    after it.
    """
    limit = _first_column_of_figures(rows)
    whole: list[list[Field]] = []
    above: list[list[Field]] = []
    is_open = False
    """Whether the label of the last row may go on."""
    for fields in rows:
        figures = figures_of(fields)
        is_label = not figures and all(field.left < limit for field in fields)
        begins = _BEGINS.match(fields[-1].text) is not None
        if _is_full(fields):
            own, behind = _parted(fields)
            if _begin_below(own, above):
                # 三、本年度办理结果 above （一）予以公开 is a row of its own.
                whole += above
                above = []
            # What was printed above it belongs to its label.
            whole.append([*_joined([*above, own]), *behind])
            above, is_open = [], True
        elif not is_label:
            # Heads of columns, and rows of table 2 with one or two figures.
            whole += [*above, fields]
            above, is_open = [], False
        elif is_open and not above and not begins:
            # The rest of a label, printed below its figures.
            own, behind = _parted(whole[-1])
            whole[-1] = [*_joined([own, fields]), *behind]
        elif is_open or above or begins:
            above.append(fields)
        else:
            whole.append(fields)
    return whole + above


def _parted(fields: list[Field]) -> tuple[list[Field], list[Field]]:
    """What stands before the first figure of a row, and all from there on.

    Words between figures stay where they are: each takes the place of a figure.
    """
    first = next((n for n, field in enumerate(fields) if field.is_figure), 0)
    return fields[:first], fields[first:]


def _begin_below(own: list[Field], above: list[list[Field]]) -> bool:
    """Whether labels begin in the same column below others, which are whole then."""
    if not own or not above:
        return False
    first = own[0]
    is_below = any(map(first.is_under, chain.from_iterable(above)))
    return is_below and _BEGINS.match(first.text) is not None


def _first_column_of_figures(rows: list[list[Field]]) -> int:
    """How far to the right labels may begin; 0 where no row is full."""
    full = filter(_is_full, rows)
    return min((figures_of(fields)[0].left for fields in full), default=0)


def _joined(lines: list[list[Field]]) -> list[Field]:
    """Pieces of labels that stand below each other become one text."""
    cells: list[Field] = []
    for field in chain.from_iterable(lines):
        index = next((n for n, cell in enumerate(cells) if field.is_under(cell)), None)
        if index is None:
            cells.append(field)
            continue
        cell = cells[index]
        left, right = min(cell.left, field.left), max(cell.right, field.right)
        cells[index] = Field(f"{cell.text}\n{field.text}", left, right, cell.line)
    return sorted(cells, key=lambda cell: cell.left)


def _filled(rows: list[list[Field]]) -> list[Row]:
    """The cells of the rows.

    A row with fewer figures than the full ones next to it gets empty ones between.
    """
    figures = list(map(figures_of, rows))
    most = max(map(len, figures))
    full: list[int] = []
    """Numbers of the rows with the most figures."""
    if most >= _FULL_ROW:
        full = [number for number, row in enumerate(figures) if len(row) == most]
    table: list[Row] = []
    for number, fields in enumerate(rows):
        own = figures[number]
        placed: Row | None = None
        if len(own) < most and _ends_in(fields, own):
            near = map(figures.__getitem__, _around(full, number))
            placed = _placed_by_one(own, near)
        labels = fields[: -len(own)] if placed else fields
        table.append(_cells(labels) + (placed or []))
    return table


def _cells(fields: list[Field]) -> Row:
    """Pieces as cells, where they stand."""
    return [(field.text, field.line) for field in fields]


def _ends_in(fields: list[Field], figures: list[Field]) -> bool:
    """Whether the figures of a row are the last that stands in it."""
    return bool(figures) and fields[-len(figures) :] == figures


def _around(full: list[int], number: int) -> list[int]:
    """The full rows next to a row, above and below it."""
    behind = bisect_left(full, number)
    first = max(0, behind - _NEIGHBOURS)
    return full[first : behind + _NEIGHBOURS]


def _placed_by_one(figures: list[Field], near: Iterable[list[Field]]) -> Row | None:
    """Figures placed by the first full row that fits; None when none does."""
    for full in near:
        row = _placed(figures, full)
        if row:
            return row
    return None


def _placed(figures: list[Field], full: list[Field]) -> Row | None:
    """Figures under (or above) those of a full row, empty cells between.

    None when one does not stand under exactly one, or two under the same.
    """
    row = [("", figures[0].line)] * len(full)
    for field in figures:
        under = [n for n, other in enumerate(full) if field.is_under(other)]
        if len(under) != 1:
            return None
        (column,) = under
        if row[column][0]:
            return None
        row[column] = field.text, field.line
    return row
