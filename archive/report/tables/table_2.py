"""Table 2: what was disclosed on the agency's own motion (第二十条).

The table is made of blocks, each with columns of its own: 第（一）项, 第（五）项, 第
（六）项, 第（八）项, and in form 2019 第（九）项. One report prints it as one table,
another as five small ones. No sum goes through it: nothing tells a shifted row.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from archive.catalogue import FORMS, Block, Label
from archive.report.document import Cell
from archive.report.tables.amounts import amount_of
from archive.report.tables.labels import Vocabulary
from archive.report.tables.lines import Line, Value, cells_of, doubted
from archive.report.tables.sheet import Sheet

# Over two lines as well: no sum of table 2 tells whether it is one number.
# e.g. "3 4", "3\n4"
# not "34"
_APART = re.compile(r"\d\s+\d")


class _Labels:
    """The labels of one form's table 2: columns, rows, and the block of each row."""

    def __init__(self, blocks: tuple[Block, ...]) -> None:
        columns: list[Label] = []
        rows: list[Label] = []
        self.block_of: dict[str, Block] = {}
        for block in blocks:
            columns += block.columns
            rows += block.rows
            for row in block.rows:
                self.block_of[row.key] = block
        self.columns = Vocabulary(columns)
        self.rows = Vocabulary(rows)


_LABELS = {name: _Labels(form.disclosures) for name, form in FORMS.items()}


@dataclass(frozen=True, slots=True)
class _Head:
    """A column heading: where it stands, and how wide that table is.

    `table` is the identity of the table: a block may go on in another one.
    """

    cell: Cell
    table: int
    width: int
    edge: int
    """The grid column in which the row of headings ends."""

    @property
    def place(self) -> tuple[int, int, int]:
        """Block, row and column: headings sort as they are read."""
        return self.cell.at.block, self.cell.row, self.cell.column

    def shift(self, row: Line) -> int:
        """How many columns further right a row on another page stands.

        A part of a table that has only rows with wide labels has fewer columns on its
        left: columns are counted from the right.
        """
        is_same = self.table == id(row.table)
        if is_same:
            return 0
        return row.table.width - self.width


Heads = dict[str, _Head]
"""Column key → its heading."""
Values = list[Value | None]
"""For each column of a block its value; None where nothing stands there."""


def read_disclosures(sheet: Sheet, rows: Sequence[Line]) -> None:
    """Puts the figures of table 2 on the sheet.

    Rows count only below headings of their own block: 行政许可 and 行政处罚 are words
    of many other tables, such as those of channels and topics in section 1.
    """
    labels = _LABELS[sheet.form]
    heads: Heads = {}
    # Headings may stand in several rows; the next headings below figures begin anew.
    are_headings = False
    for row in rows:
        found = _heads(row, labels)
        if found:
            heads = heads | found if are_headings else found
            are_headings = True
            sheet.blocks |= row.blocks
            continue

        label = _label(row, labels)
        if label is None:
            are_headings = are_headings and not row.trimmed
            continue
        are_headings = False
        block = labels.block_of[label.key]
        if heads.keys() & set(_column_keys(block)):
            sheet.blocks |= row.blocks
            _read_row(sheet, row, block, label, heads)


def _heads(row: Line, labels: _Labels) -> Heads:
    """The headings in a row; none in one of figures."""
    if row.trimmed:
        return {}
    found: Heads = {}
    for key, cell in labels.columns.named_in(row.words):
        head = _Head(cell, id(row.table), row.table.width, row.edge)
        found.setdefault(key, head)
    return found


def _label(row: Line, labels: _Labels) -> Label | None:
    """What a row is: its last words, those before, or all together (规 | 章).

    The last words are the nearest to the figures; before them may stand the heading of
    the block, 第二十条第（五）项. None also for words alone in a dump, where nothing
    belongs to them.
    """
    if not row.values and not row.aligned:
        return None
    texts = [cell.text for cell in row.words]
    for text in (*reversed(texts), "".join(texts)):
        match = labels.rows.recognise(text)
        if match:
            return labels.rows.labels[match.key]
    return None


def _column_keys(block: Block) -> list[str]:
    """The columns of a block in the form's order."""
    return [column.key for column in block.columns]


def _read_row(
    sheet: Sheet, row: Line, block: Block, label: Label, heads: Heads
) -> None:
    """Puts a row on the sheet: cell by cell, or as a damaged one."""
    columns = _column_keys(block)
    keys = tuple(f"disclosure.{label.key}.{column}" for column in columns)
    values = _by_column(row, block, heads) or _in_order(row, block, heads)
    if values is None:
        at = row.cells[0].at
        sheet.damage(keys, row.trimmed, at)
        return

    # Digits that stand apart beside an empty cell may be the figures of both.
    printed = [value for value in values if value is not None]
    if len(printed) == len(values):
        values = list(doubted(printed, _APART))
    # 行政事业性收费（元）: some put the unit beside the row.
    row_label = "".join(cell.text for cell in row.words)
    for key, value in zip(keys, values, strict=True):
        head = heads.get(key.rpartition(".")[2])
        labels = (head.cell.text if head else "", row_label)
        amount = amount_of(sheet, key, value, labels)
        sheet.put(key, value, amount)


def _by_column(row: Line, block: Block, heads: Heads) -> Values | None:
    """The values below the headings of a grid; None where columns can't be trusted.

    They can't where a number stands beside the headings, where two columns share a
    cell, or where the label itself stands below a heading: the grid was merged or cut
    otherwise than its first row.
    """
    keys = _column_keys(block)
    if not row.aligned or not heads.keys() >= set(keys):
        return None
    values: Values = []
    for key in keys:
        # Beyond a page's end the same columns have other numbers in the grid.
        value = row.value_at(heads[key].cell.column + heads[key].shift(row))
        if _has_another(row, value, heads[key]):
            return None
        values.append(value)

    cells = cells_of(filter(None, values))
    # A label that spans several cells of the row is printed in each by some programs.
    label = row.words[0].text
    label_cells = {id(cell) for cell in row.words if cell.text == label}
    if len(cells) != len(values) or cells & label_cells:
        return None
    return values


def _has_another(row: Line, below: Value | None, head: _Head) -> bool:
    """Whether another number of the row makes the value below a heading doubtful.

    It stands beyond the headings, or is a second one below the same heading: a cell was
    put in, or one of two headings was merged with its neighbour.
    """
    first = head.cell.column
    beyond = first + head.cell.columns
    for value in row.values:
        if not value.is_number:
            continue
        column = value.cell.column - head.shift(row)
        if column > head.edge:
            return True
        is_below = first <= column < beyond
        if is_below and below is not None and value.cell is not below.cell:
            return True
    return False


def _in_order(row: Line, block: Block, heads: Heads) -> Values | None:
    """The values of a row in the order of the printed headings.

    None when their number does not fit: table 2 has no sum that could choose between
    the ways to place them.
    """
    keys = _column_keys(block)
    if not row.trimmed:
        # A row of blanks, or of nothing: whichever cell stands first speaks for all.
        only = row.values[0] if row.values else None
        return [only] * len(keys)
    # As many printed values as headings: that is the row.
    values = row.trimmed
    if len(values) != len(keys):
        # Blanks count where they are cells of their own, not the rest of a wide label:
        # in a dump that can be told only by a row that ends where its headings end.
        edges = {heads[key].edge for key in keys if key in heads}
        is_padded = not row.aligned and row.edge not in edges
        values = () if is_padded else row.values
    if len(values) != len(keys):
        return None
    placed = dict(zip(_printed_order(keys, heads), values, strict=True))
    return [placed[key] for key in keys]


def _printed_order(keys: list[str], heads: Heads) -> list[str]:
    """The columns in the order of their headings, when those stand in one row.

    Else the order is the form's.
    """
    if not heads.keys() >= set(keys):
        return keys
    places = {key: heads[key].place for key in keys}
    rows = {(block, row) for block, row, _ in places.values()}
    if len(rows) > 1:
        return keys
    return sorted(keys, key=lambda key: places[key])
