"""Table 2: what was disclosed on the agency's own motion (第二十条).

The table is made of blocks, 第（一）项, 第（五）项, 第（六）项, 第（八）项 and in form 2019
第（九）项, each with columns of its own. One report prints it as one table, another as
five small ones. No sum goes through it: nothing tells a shifted row.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from archive.catalogue import FORMS, Block, Label
from archive.report.document import Cell
from archive.report.model import Number
from archive.report.numbers import in_unit
from archive.report.plain import plain
from archive.report.tables.findings import unit_not_printed
from archive.report.tables.labels import Vocabulary
from archive.report.tables.lines import Line, Value, doubted
from archive.report.tables.sheet import Sheet

_AMOUNTS = {"disclosure.fees.amount": "万元", "disclosure.procurement.amount": "万元"}
"""The unit each amount is kept in, whatever unit is printed."""
# e.g. "（单位：万元）", "元", "百万元"
# not "万件"
_UNIT = re.compile(r"(?:[十百千]?万|[百千亿])?元")
# Over two lines as well: no sum of table 2 tells whether it is one number.
# e.g. "3 4", "3\n4"
# not "34"
_APART = re.compile(r"\d\s+\d")


class _Labels:
    """The labels of one form's table 2."""

    def __init__(self, blocks: tuple[Block, ...]) -> None:
        self.columns = Vocabulary(
            column for block in blocks for column in block.columns
        )
        self.rows = Vocabulary(row for block in blocks for row in block.rows)
        self.block_of = {row.key: block for block in blocks for row in block.rows}


_LABELS = {name: _Labels(form.disclosures) for name, form in FORMS.items()}


@dataclass(frozen=True, slots=True)
class _Head:
    """A column heading: where it stands, and how wide that table is."""

    cell: Cell
    table: int
    width: int
    edge: int
    """The grid column in which the row of headings ends."""

    @property
    def place(self) -> tuple[int, int, int]:
        return self.cell.at.block, self.cell.row, self.cell.column

    def shift(self, row: Line) -> int:
        """How many columns further right a row on another page stands.

        A part of a table that has only rows with wide labels has fewer columns on its
        left: columns are counted from the right.
        """
        is_same = self.table == id(row.table)
        return 0 if is_same else row.table.width - self.width


Heads = dict[str, _Head]
"""Column key → its heading."""
Values = list[Value | None]
"""For each column of a block its value; None where nothing stands there."""


def read_disclosures(sheet: Sheet, rows: Sequence[Line]) -> None:
    """Puts the figures of table 2 on the sheet.

    Rows count only below headings of their own block: 行政许可 and 行政处罚 are words of
    many other tables.
    """
    labels = _LABELS[sheet.form]
    heads: Heads = {}
    # Headings may stand in several rows; the next headings below figures begin anew.
    is_heading = False
    for row in rows:
        found = _heads(row, labels)
        if found:
            heads = {**heads, **found} if is_heading else found
            is_heading = True
            sheet.blocks |= row.blocks
            continue

        label = _label(row, labels)
        is_row = label is not None and (row.aligned or bool(row.values))
        if is_row or row.trimmed:
            is_heading = False
        if label is None or not is_row:
            continue
        block = labels.block_of[label.key]
        if any(column.key in heads for column in block.columns):
            sheet.blocks |= row.blocks
            _read_row(sheet, row, block, label, heads)


def _heads(row: Line, labels: _Labels) -> Heads:
    """The headings in a row; none in one of figures."""
    found: Heads = {}
    if row.trimmed:
        return found
    for cell in row.words:
        match = labels.columns.recognise(cell.text)
        if match:
            head = _Head(cell, id(row.table), row.table.width, row.edge)
            found.setdefault(match.key, head)
    return found


def _label(row: Line, labels: _Labels) -> Label | None:
    """What a row is: its last words, those before, or all together (规 | 章)."""
    texts = [cell.text for cell in row.words]
    for text in (*reversed(texts), "".join(texts)):
        match = labels.rows.recognise(text)
        if match:
            return labels.rows.labels[match.key]
    return None


def _read_row(
    sheet: Sheet, row: Line, block: Block, label: Label, heads: Heads
) -> None:
    keys = [f"disclosure.{label.key}.{column.key}" for column in block.columns]
    titles = [_title(label, column) for column in block.columns]
    values = _by_column(row, block, heads) or _in_order(row, block, heads)
    if values is None:
        sheet.titles.update(zip(keys, titles, strict=True))
        title = f"表二“{label.title}”一行"
        sheet.damage(title, tuple(keys), row.trimmed, row.cells[0].at)
        return

    printed = [value for value in values if value is not None]
    if len(printed) == len(values):
        values = list(doubted(printed, _APART))
    row_label = "".join(cell.text for cell in row.words)
    for key, title, value, column in zip(
        keys, titles, values, block.columns, strict=True
    ):
        heading = heads[column.key].cell.text if column.key in heads else ""
        amount = _amount(sheet, key, title, value, (heading, row_label))
        sheet.put(key, value, title, amount)


def _title(label: Label, column: Label) -> str:
    """What a cell is called in a sentence; without the unit behind a heading."""
    return f"表二“{label.title}”的“{column.title.split('（')[0]}”"


def _by_column(row: Line, block: Block, heads: Heads) -> Values | None:
    """The values below the headings of a grid; None where columns can't be trusted."""
    keys = [column.key for column in block.columns]
    if not row.aligned or not heads.keys() >= set(keys):
        return None
    found: Values = []
    for key in keys:
        below = _value_below(heads[key], row)
        if any(_is_another(value, below, heads[key], row) for value in row.values):
            return None
        found.append(below)

    cells = {id(value.cell) for value in found if value is not None}
    own_label = {id(cell) for cell in row.words if cell.text == row.words[0].text}
    if len(cells) != len(found) or cells & own_label:
        return None
    return found


def _value_below(head: _Head, row: Line) -> Value | None:
    return row.value_at(head.cell.column + head.shift(row))


def _is_another(value: Value, below: Value | None, head: _Head, row: Line) -> bool:
    """Whether a number makes the columns doubtful.

    It stands beyond the headings, or is a second one below the same heading.
    """
    if not value.is_number:
        return False
    column = value.cell.column - head.shift(row)
    if column > head.edge:
        return True
    first, width = head.cell.column, head.cell.columns
    is_second = below is not None and value.cell is not below.cell
    return is_second and first <= column < first + width


def _in_order(row: Line, block: Block, heads: Heads) -> Values | None:
    """The values of a row in the order of the printed headings.

    None when their number does not fit.
    """
    keys = [column.key for column in block.columns]
    if not row.trimmed:
        only = row.values[0] if row.values else None
        return [only] * len(keys)

    fits = len(row.trimmed) == len(keys)
    values = row.trimmed if fits else row.values
    edges = {heads[key].edge for key in keys if key in heads}
    is_padded = not fits and not row.aligned and row.edge not in edges
    if is_padded or len(values) != len(keys):
        return None
    placed = dict(zip(_printed_order(keys, heads), values, strict=True))
    return [placed[key] for key in keys]


def _printed_order(keys: list[str], heads: Heads) -> list[str]:
    """The columns as their headings stand, when those stand in one row; else the form's."""
    places = {key: heads[key].place for key in keys if key in heads}
    rows = {(block, row) for block, row, _ in places.values()}
    if len(places) < len(keys) or len(rows) != 1:
        return keys
    return sorted(keys, key=lambda key: places[key])


def _amount(
    sheet: Sheet, key: str, title: str, value: Value | None, labels: Sequence[str]
) -> Number | None:
    """An amount in the unit its key promises; None where that is no question.

    Agencies print the unit behind the number, in the heading, in the label, or nowhere;
    the last is said. `labels`: the heading of its column and the label of its row, the
    surer first.
    """
    unit = _AMOUNTS.get(key)
    if unit is None or value is None or not value.is_number:
        return None
    content = value.content
    if content.unit.endswith("元"):
        return in_unit(content, unit)
    is_in_wan = not content.unit and "万" in value.cell.text
    if is_in_wan:  # 3.5万 of money, which was read as 35000
        return in_unit(replace(content, unit="元"), unit)

    units = [found for text in labels for found in _UNIT.findall(plain(text))[-1:]]
    if units:
        return in_unit(replace(content, unit=units[0]), unit)
    if content.value != 0 and not content.unit:
        sheet.findings.append(unit_not_printed(title, key, unit, value.cell.at))
    return content.value
