"""Table 2: what was disclosed on the agency's own motion (第二十条)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from archive.catalogue import FORMS, Block, Label
from archive.report.document import Cell
from archive.report.model import Number
from archive.report.numbers import Kind, in_unit
from archive.report.plain import plain
from archive.report.tables.labels import Vocabulary
from archive.report.tables.lines import Line, Value, doubted
from archive.report.tables.sheet import Sheet

_AMOUNTS = {"disclosure.fees.amount": "万元", "disclosure.procurement.amount": "万元"}
"""The unit each amount is kept in, whatever unit is printed."""
_UNIT = re.compile(r"(?:[十百千]?万|[百千亿])?元")
_APART = re.compile(r"\d\s+\d")
"""Over two lines as well: no sum of table 2 tells whether it is one number."""


class _Book:
    """The labels of one form's table 2."""

    def __init__(self, blocks: tuple[Block, ...]) -> None:
        self.columns = Vocabulary(
            column for block in blocks for column in block.columns
        )
        self.rows = Vocabulary(row for block in blocks for row in block.rows)
        self.block_of = {row.key: block for block in blocks for row in block.rows}


_BOOKS = {name: _Book(form.disclosures) for name, form in FORMS.items()}


@dataclass(frozen=True, slots=True)
class _Head:
    """A column heading: where it stands, how wide that table is, and its words."""

    cell: Cell
    table: int
    width: int
    edge: int
    """The grid column in which the row of headings ends."""


def read_disclosures(sheet: Sheet, rows: Sequence[Line]) -> None:
    """Puts the figures of table 2 on the sheet. Rows count only below headings of their
    own block.
    """
    book = _BOOKS[sheet.form]
    heads: dict[str, _Head] = {}
    fresh = False
    for row in rows:
        found = _heads(row, book)
        if found:
            heads = {**heads, **found} if fresh else found
            fresh = True
            sheet.blocks |= row.blocks
            continue
        fresh = fresh and not row.core
        label = _label(row, book)
        if label is None or (not row.values and not row.aligned):
            continue
        fresh = False
        block = book.block_of[label.key]
        if any(column.key in heads for column in block.columns):
            sheet.blocks |= row.blocks
            _read_row(sheet, row, block, label, heads)


def _heads(row: Line, book: _Book) -> dict[str, _Head]:
    """Column key → heading, when the row is one of column headings."""
    found: dict[str, _Head] = {}
    if row.core:
        return found
    for cell in row.words:
        if match := book.columns.recognise(cell.text):
            found.setdefault(
                match.key, _Head(cell, id(row.table), row.table.width, row.edge)
            )
    return found


def _label(row: Line, book: _Book) -> Label | None:
    texts = [cell.text for cell in row.words]
    for text in (*reversed(texts), "".join(texts)):
        if match := book.rows.recognise(text):
            return book.rows.labels[match.key]
    return None


def _read_row(
    sheet: Sheet, row: Line, block: Block, label: Label, heads: dict[str, _Head]
) -> None:
    titles = [f"表二“{label.title}”的“{_name(column)}”" for column in block.columns]
    keys = [f"disclosure.{label.key}.{column.key}" for column in block.columns]
    values = _by_column(row, block, heads) or _in_order(row, block, heads)
    if values is None:
        sheet.named.update(zip(keys, titles, strict=True))
        sheet.damage(f"表二“{label.title}”一行", tuple(keys), row.core, row.cells[0].at)
        return
    if all(values):
        values = list(doubted([value for value in values if value], _APART))
    for key, title, value, column in zip(
        keys, titles, values, block.columns, strict=True
    ):
        heading = heads[column.key].cell.text if column.key in heads else ""
        labels = (heading, "".join(cell.text for cell in row.words))
        sheet.put(key, value, title, _amount(sheet, key, title, value, labels))


def _by_column(
    row: Line, block: Block, heads: dict[str, _Head]
) -> list[Value | None] | None:
    """The values below the headings of a grid; None where columns can't be trusted."""
    if not row.aligned or not all(column.key in heads for column in block.columns):
        return None
    found: list[Value | None] = []
    for column in block.columns:
        head = heads[column.key]
        shift = 0 if head.table == id(row.table) else row.table.width - head.width
        found.append(row.value_at(head.cell.column + shift))
        if any(
            _is_another(value, found[-1], head, shift)
            for value in row.values
            if value.is_number
        ):
            return None
    cells = {id(value.cell) for value in found if value is not None}
    own = {id(cell) for cell in row.words if cell.text == row.words[0].text}
    return None if len(cells) != len(found) or cells & own else found


def _is_another(value: Value, found: Value | None, head: _Head, shift: int) -> bool:
    """Whether a number stands beyond the headings, or is a second one below the same
    heading.
    """
    column = value.cell.column - shift
    below = head.cell.column <= column < head.cell.column + head.cell.columns
    return column > head.edge or (
        below and found is not None and value.cell is not found.cell
    )


def _in_order(
    row: Line, block: Block, heads: dict[str, _Head]
) -> list[Value | None] | None:
    """The values of a row in the order of the printed headings; None when their number
    does not fit.
    """
    count = len(block.columns)
    at = {
        key: (head.cell.at.block, head.cell.row, head.cell.column)
        for key, head in heads.items()
    }
    columns = [column.key for column in block.columns]
    in_a_row = {at[key][:2] for key in columns if key in at}
    order = (
        sorted(columns, key=lambda key: at[key])
        if len(in_a_row) == 1 and set(columns) <= set(at)
        else columns
    )
    values = row.core if len(row.core) == count else row.values
    if not row.core:
        return [row.values[0] if row.values else None] * count
    edges = {heads[key].edge for key in columns if key in heads}
    padded = not row.aligned and len(row.core) != count and row.edge not in edges
    if len(values) != count or padded:
        return None
    placed = dict(zip(order, values, strict=True))
    return [placed[key] for key in columns]


def _amount(
    sheet: Sheet, key: str, title: str, value: Value | None, labels: Sequence[str]
) -> Number | None:
    """An amount in the unit its key promises. Its own is printed behind it, or in one
    of the labels; else that is said.

    `labels`: the heading of its column and the label of its row, the surer first.
    """
    unit = _AMOUNTS.get(key)
    if unit is None or value is None or value.said.kind is not Kind.NUMBER:
        return None
    said = value.said
    if said.unit.endswith("元"):
        return in_unit(said, unit)
    if not said.unit and "万" in value.cell.text:  # 3.5万, which is read as 35000
        return in_unit(replace(said, unit="元"), unit)
    printed = next(
        (found for text in labels if (found := _UNIT.findall(plain(text)))), None
    )
    if printed is None:
        if said.value != 0 and said.unit == "":
            message = f"{title}未注明单位，按“{unit}”读取。"
            sheet.say("unit_not_printed", 2, message, (key,), value.cell.at)
        return said.value
    return in_unit(replace(said, unit=printed[-1]), unit)


def _name(column: Label) -> str:
    return column.title.split("（")[0]
