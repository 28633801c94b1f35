"""Table 2: what was disclosed on the agency's own motion (第二十条)."""

from __future__ import annotations

from collections.abc import Iterable

from archive.report.forms import FORMS, Block, Label
from archive.report.labels import recognise
from archive.report.lines import Line, Value, trimmed, value_at
from archive.report.model import Number
from archive.report.numbers import Kind, in_unit
from archive.report.sheet import Sheet

_AMOUNTS = {"disclosure.fees.amount": "万元", "disclosure.procurement.amount": "万元"}
"""The unit each amount is kept in, whatever unit is printed."""


def read_disclosures(sheet: Sheet, rows: Iterable[Line]) -> None:
    """Puts the figures of table 2 on the sheet."""
    blocks = FORMS[sheet.form].disclosures
    heads: dict[str, tuple[int, str]] = {}
    for row in rows:
        found = _heads(row, blocks)
        if found:
            heads = found
            sheet.blocks.add(row.table.at.block)
            continue
        block, label = _row(row, blocks)
        if block is None or label is None or not any(column.key in heads for column in block.columns):
            continue
        sheet.blocks.add(row.table.at.block)
        _read_row(sheet, row, block, label, heads)


def _heads(row: Line, blocks: tuple[Block, ...]) -> dict[str, tuple[int, str]]:
    """Column key → grid column and printed heading, when the row is one of column headings."""
    found: dict[str, tuple[int, str]] = {}
    columns = list({column.key: column for block in blocks for column in block.columns}.values())
    for cell in row.texts:
        match = recognise(cell.text, columns)
        if match:
            found.setdefault(match.key, (cell.column, cell.text))
    return found


def _row(row: Line, blocks: tuple[Block, ...]) -> tuple[Block | None, Label | None]:
    for cell in reversed(row.texts):
        for block in blocks:
            match = recognise(cell.text, block.rows)
            if match:
                return block, next(label for label in block.rows if label.key == match.key)
    return None, None


def _read_row(sheet: Sheet, row: Line, block: Block, label: Label, heads: dict[str, tuple[int, str]]) -> None:
    titles = [f"表二“{label.title}”的“{_name(column)}”" for column in block.columns]
    keys = [f"disclosure.{label.key}.{column.key}" for column in block.columns]
    values: list[Value | None]
    if row.aligned and all(column.key in heads for column in block.columns):
        values = [value_at(row, heads[column.key][0]) for column in block.columns]
    else:
        core = trimmed(row.values)
        if len(core) != len(block.columns) and core:
            sheet.damage(f"表二“{label.title}”一行", tuple(keys), core, core[0].cell.at)
            return
        values = list(core) or [None] * len(keys)
    for key, title, value, column in zip(keys, titles, values, block.columns, strict=True):
        sheet.put(key, value, title, _amount(sheet, key, title, value, heads.get(column.key, (0, ""))[1]))


def _amount(sheet: Sheet, key: str, title: str, value: Value | None, heading: str) -> Number | None:
    """An amount in the unit its key promises; a unit printed nowhere is said."""
    unit = _AMOUNTS.get(key)
    if unit is None or value is None or value.said.kind is not Kind.NUMBER:
        return None
    said = value.said
    printed = said.unit if said.unit in {"元", "万元", "亿元"} else "万元" if "万元" in heading else ""
    printed = printed or ("元" if "单位：元" in heading.replace(":", "：") else "")
    if not printed:
        if said.value != 0 and said.unit == "":
            message = f"{title}未注明单位，按“{unit}”读取。"
            sheet.say("unit_not_printed", 2, message, (key,), value.cell.at)
        return said.value
    return in_unit(type(said)(said.kind, said.value, printed), unit)


def _name(column: Label) -> str:
    return column.title.split("（")[0]
