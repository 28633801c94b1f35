"""Damages of laid out tables, as files and agencies cause them: rows and cells lost,
moved, repeated, swapped.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import replace

from archive.catalogue.forms import APPLICANTS, KINDS, OUTCOMES
from archive.report.document import Block, Cell, Document, Paragraph, Place, Table
from archive.report.numbers import Kind, read_number

Damage = Callable[[Document, random.Random], Document]
Rows = list[list[Cell]]

_HEADINGS = {label.title for label in (*APPLICANTS, *KINDS, *OUTCOMES)}


def _tables(document: Document) -> list[int]:
    return [
        index for index, block in enumerate(document.blocks) if isinstance(block, Table)
    ]


def _with(document: Document, index: int, rows: Rows) -> Document:
    """The document with other rows in a table; rows and their cells are placed anew
    from the top.
    """
    old = document.blocks[index]
    assert isinstance(old, Table)
    cells: Iterable[Cell] = (
        cell._replace(at=cell.at._replace(row=number))
        for number, row in enumerate(rows, 1)
        for cell in row
    )
    return _replaced(document, index, Table(tuple(cells), old.at, old.aligned))


def _replaced(document: Document, index: int, *blocks: Block) -> Document:
    """The document with these blocks in the place of one; all are counted anew."""
    changed = [*document.blocks[:index], *blocks, *document.blocks[index + 1 :]]
    return replace(
        document,
        blocks=tuple(
            _numbered(block, number) for number, block in enumerate(changed, 1)
        ),
    )


def _numbered(block: Block, number: int) -> Block:
    if isinstance(block, Table):
        cells = tuple(
            cell._replace(at=cell.at._replace(block=number)) for cell in block.cells
        )
        return replace(block, cells=cells, at=block.at._replace(block=number))
    return replace(block, at=block.at._replace(block=number))


def _pick(document: Document, chance: random.Random) -> tuple[int, Rows]:
    index = chance.choice(_tables(document))
    table = document.blocks[index]
    assert isinstance(table, Table)
    return index, table.rows()


def _numbers(row: list[Cell]) -> list[int]:
    return [
        at for at, cell in enumerate(row) if read_number(cell.text).kind is Kind.NUMBER
    ]


def _filled(rows: Rows) -> list[int]:
    """Rows with figures that no cell spans into or out of."""
    return [
        at
        for at, row in enumerate(rows)
        if _numbers(row) and all(cell.rows == 1 for cell in row)
    ]


def _is_told(row: list[Cell]) -> bool:
    """Whether the row is one of table 3 or 4: its sums tell of figures that moved; in
    table 2 nothing does.
    """
    return len(_numbers(row)) >= len(APPLICANTS) - 1


def row_lost(document: Document, chance: random.Random) -> Document:
    index, rows = _pick(document, chance)
    del rows[chance.choice(_filled(rows))]
    return _with(document, index, rows)


def row_doubled(document: Document, chance: random.Random) -> Document:
    index, rows = _pick(document, chance)
    at = chance.choice(_filled(rows))
    rows.insert(at, list(rows[at]))
    return _with(document, index, rows)


def rows_swapped(document: Document, chance: random.Random) -> Document:
    """Two neighbouring rows of table 3 with their labels."""
    index, rows = _pick(document, chance)
    able = [at for at in _filled(rows)[:-1] if at + 1 in _filled(rows)]
    if able:
        at = chance.choice(able)
        rows[at], rows[at + 1] = rows[at + 1], rows[at]
    return _with(document, index, rows)


def blank_row(document: Document, chance: random.Random) -> Document:
    index, rows = _pick(document, chance)
    at = chance.choice(_filled(rows))
    rows.insert(at, [cell._replace(text="") for cell in rows[at]])
    return _with(document, index, rows)


def furniture(document: Document, chance: random.Random) -> Document:
    index, rows = _pick(document, chance)
    at = chance.choice(_filled(rows))
    text = chance.choice(
        ["— 3 —", "第 3 页 共 9 页", "3", "示例市商务局2023年政府信息公开工作年度报告"]
    )
    rows.insert(at, [Cell(text, rows[at][0].at)])
    return _with(document, index, rows)


def cut_by_page(document: Document, chance: random.Random) -> Document:
    """A table in two, the second part without headings, with a page number between them
    or not.
    """
    index = chance.choice(_tables(document))
    table = document.blocks[index]
    assert isinstance(table, Table)
    rows = table.rows()
    able = _filled(rows)
    cut = chance.choice(able)
    first = [cell for row in rows[:cut] for cell in row]
    if any(cell.row + cell.rows - 1 > cut for cell in first):
        return document
    rest = [
        cell._replace(at=cell.at._replace(row=number))
        for number, row in enumerate(rows[cut:], 1)
        for cell in row
    ]
    parts = [
        Table(tuple(first), table.at, table.aligned),
        Table(tuple(rest), table.at, table.aligned),
    ]
    between = [Paragraph("— 4 —", Place(1))] if chance.random() < 0.5 else []
    return _replaced(document, index, parts[0], *between, parts[1])


def _moved(row: list[Cell], begin: int, by: int) -> list[Cell]:
    return [
        cell
        if at < begin
        else cell._replace(at=cell.at._replace(column=cell.column + by))
        for at, cell in enumerate(row)
    ]


def cells_right(document: Document, chance: random.Random) -> Document:
    """An empty cell too many before the figures; the row grows, or its last figure
    falls off.
    """
    index, rows = _pick(document, chance)
    at = chance.choice(_filled(rows))
    row = rows[at]
    begin = chance.choice(_numbers(row))
    moved = _moved(row, begin, 1)
    moved.insert(
        begin, row[begin]._replace(text=chance.choice(["", "0", row[begin].text]))
    )
    rows[at] = moved[: len(row)] if chance.random() < 0.5 and _is_told(row) else moved
    return _with(document, index, rows)


def cells_left(document: Document, chance: random.Random) -> Document:
    """A cell lost, those behind it moved up; the row ends in a blank, or one column
    earlier.
    """
    index, rows = _pick(document, chance)
    at = chance.choice(_filled(rows))
    row = rows[at]
    begin = chance.choice(_numbers(row))
    moved = row[:begin] + _moved(row[begin + 1 :], 0, -1)
    rows[at] = (
        [*moved, row[-1]._replace(text="")]
        if chance.random() < 0.5 and _is_told(row)
        else moved
    )
    return _with(document, index, rows)


def label_lost(document: Document, chance: random.Random) -> Document:
    index, rows = _pick(document, chance)
    at = chance.choice(_filled(rows))
    first = _numbers(rows[at])[0]
    rows[at] = [
        cell._replace(text="") if 0 < first - number <= 1 else cell
        for number, cell in enumerate(rows[at])
    ]
    return _with(document, index, rows)


def heading_lost(document: Document, chance: random.Random) -> Document:
    """The words of one column heading, not its cell."""
    index, rows = _pick(document, chance)
    filled = [
        (at, number)
        for at, row in enumerate(rows)
        if not _numbers(row)
        for number, _ in enumerate(row)
    ]
    if not filled:
        return document
    at, number = chance.choice(filled)
    rows[at][number] = rows[at][number]._replace(text="")
    return _with(document, index, rows)


def heading_cell_lost(document: Document, chance: random.Random) -> Document:
    """One cell of a row of headings; those behind it move up."""
    index, rows = _pick(document, chance)
    able = [at for at, row in enumerate(rows) if not _numbers(row) and len(row) > 2]
    if not able:
        return document
    at = chance.choice(able)
    begin = chance.randrange(1, len(rows[at]))
    width = rows[at][begin].columns
    rows[at] = rows[at][:begin] + _moved(rows[at][begin + 1 :], 0, -width)
    return _with(document, index, rows)


def headings_swapped(document: Document, chance: random.Random) -> Document:
    """Two columns in another order, headings and figures."""
    index = chance.choice(_tables(document))
    table = document.blocks[index]
    assert isinstance(table, Table)
    heads = [
        cell for cell in table.cells if cell.text in _HEADINGS and cell.columns == 1
    ]
    if len(heads) < 2 or not table.aligned:
        return document
    at = chance.randrange(len(heads) - 1)
    one, other = heads[at], heads[at + 1]
    if one.row != other.row or one.column + 1 != other.column or one.rows != other.rows:
        return document
    swap = {one.column: other.column, other.column: one.column}
    cells = tuple(
        cell._replace(at=cell.at._replace(column=swap[cell.column]))
        if cell.columns == 1 and cell.column in swap and (cell.row >= one.row)
        else cell
        for cell in table.cells
    )
    return _replaced(document, index, Table(cells, table.at, table.aligned))


def headings_again(document: Document, chance: random.Random) -> Document:
    """The heading rows printed again in the middle."""
    index, rows = _pick(document, chance)
    heads = [
        row for row in rows[: _filled(rows)[0]] if all(cell.rows == 1 for cell in row)
    ]
    at = chance.choice(_filled(rows))
    return _with(document, index, [*rows[:at], *heads, *rows[at:]])


def sign_for_zero(document: Document, chance: random.Random) -> Document:
    index, rows = _pick(document, chance)
    at = chance.choice(_filled(rows))
    number = chance.choice(_numbers(rows[at]))
    sign = chance.choice(["/", "—", "无", "", "-", "未统计", "*", "……"])
    rows[at][number] = rows[at][number]._replace(text=sign)
    return _with(document, index, rows)


def wrapped(document: Document, chance: random.Random) -> Document:
    index, rows = _pick(document, chance)
    at = chance.choice(_filled(rows))
    for number in _numbers(rows[at]):
        text = rows[at][number].text
        if len(text) > 1 and text.isdigit():
            cut = chance.randrange(1, len(text))
            rows[at][number] = rows[at][number]._replace(
                text=f"{text[:cut]}\n{text[cut:]}"
            )
    return _with(document, index, rows)


def label_slips(document: Document, chance: random.Random) -> Document:
    """A wrong or a lost character in many labels and headings, as recognition leaves
    them.
    """
    index, rows = _pick(document, chance)

    def slip(cell: Cell) -> Cell:
        at = chance.randrange(len(cell.text)) if len(cell.text) > 3 else -1
        if (
            at < 0
            or chance.random() < 0.7
            or read_number(cell.text).kind is not Kind.UNREADABLE
        ):
            return cell
        return cell._replace(
            text=cell.text[:at] + chance.choice(["", "口", "某"]) + cell.text[at + 1 :],
        )

    return _with(document, index, [[slip(cell) for cell in row] for row in rows])


def wide_digits(document: Document, chance: random.Random) -> Document:
    index, rows = _pick(document, chance)
    table = str.maketrans("0123456789", "０１２３４５６７８９")
    return _with(
        document,
        index,
        [
            [
                cell._replace(text=cell.text.translate(table))
                if n in _numbers(row)
                else cell
                for n, cell in enumerate(row)
            ]
            for row in rows
        ],
    )


def glued(document: Document, chance: random.Random) -> Document:
    """Two neighbouring figures in one cell, the other cell empty or gone."""
    index, rows = _pick(document, chance)
    at = chance.choice(_filled(rows))
    row = rows[at]
    able = [number for number in _numbers(row)[:-1] if number + 1 in _numbers(row)]
    if not able:
        return document
    number = chance.choice(able)
    gap = chance.choice([" ", "", "\n"] if _is_told(row) else [" ", "\n"])
    row[number] = row[number]._replace(
        text=f"{row[number].text}{gap}{row[number + 1].text}"
    )
    row[number + 1] = row[number + 1]._replace(text="")
    if chance.random() < 0.5:
        row = row[: number + 1] + _moved(row[number + 2 :], 0, -1)
    rows[at] = row
    return _with(document, index, rows)


def values_moved(document: Document, chance: random.Random) -> Document:
    """A figure printed one column beside its place, where a 0 was; a 0 stands in its
    own.
    """
    index, rows = _pick(document, chance)
    able = [
        (at, number)
        for at in _filled(rows)
        for number in _numbers(rows[at])[:-1]
        if number + 1 in _numbers(rows[at])
        and (rows[at][number].text == "0") != (rows[at][number + 1].text == "0")
    ]
    if not able:
        return document
    at, number = chance.choice(able)
    one, other = rows[at][number], rows[at][number + 1]
    rows[at][number], rows[at][number + 1] = (
        one._replace(text=other.text),
        other._replace(text=one.text),
    )
    return _with(document, index, rows)


def stacked(document: Document, chance: random.Random) -> Document:
    """Two neighbouring rows in one, a line break in each cell; the label holds both, or
    one of them.
    """
    index, rows = _pick(document, chance)
    filled = _filled(rows)
    able = [
        at
        for at in filled
        if at + 1 in filled and len(_numbers(rows[at])) == len(_numbers(rows[at + 1]))
    ]
    if not able:
        return document
    at = chance.choice(able)
    one, other = rows[at], rows[at + 1]
    merged = list(one)
    for here, there in zip(_numbers(one), _numbers(other), strict=True):
        merged[here] = one[here]._replace(text=f"{one[here].text}\n{other[there].text}")
    label, below = _numbers(one)[0] - 1, _numbers(other)[0] - 1
    if label >= 0 and below >= 0 and chance.random() < 0.6:
        text = f"{one[label].text}\n{other[below].text}"
        merged[label] = one[label]._replace(text=text)
    rows[at : at + 2] = [merged]
    return _with(document, index, rows)


def _without_label(row: list[Cell], text: str) -> list[Cell]:
    first = _numbers(row)[0]
    return [
        cell._replace(text=text) if number == first - 1 else cell
        for number, cell in enumerate(row)
    ]


def unreadable_and_swapped(document: Document, chance: random.Random) -> Document:
    """Two neighbouring rows that changed places, their labels unreadable."""
    index, rows = _pick(document, chance)
    able = [at for at in _filled(rows)[:-1] if at + 1 in _filled(rows)]
    if able:
        at = chance.choice(able)
        rows[at], rows[at + 1] = (
            _without_label(rows[at + 1], chance.choice(["", "□□□□"])),
            _without_label(rows[at], chance.choice(["", "□□□□"])),
        )
    return _with(document, index, rows)


def row_of_its_own(document: Document, chance: random.Random) -> Document:
    """A row with an unknown label and other figures stands for one that was lost."""
    index, rows = _pick(document, chance)
    # Table 4 has no labels.
    most = len(APPLICANTS) + 1
    able = [
        at
        for at in _filled(rows)
        if _is_told(rows[at]) and len(_numbers(rows[at])) <= most
    ]
    if not able:
        return document
    at = chance.choice(able)
    *parts, total = _numbers(rows[at])
    row = _without_label(rows[at], "其中：线上")
    figures = [chance.choice([0, 0, 1, 7]) for _ in parts]
    for number, figure in zip((*parts, total), (*figures, sum(figures)), strict=True):
        row[number] = row[number]._replace(text=str(figure))
    rows[at] = row
    return _with(document, index, rows)


def cut_short(document: Document, chance: random.Random) -> Document:
    """The file ends in a cell, whose last digits may be gone."""
    index, rows = _pick(document, chance)
    at = chance.choice(_filled(rows))
    row = rows[at]
    number = chance.choice(_numbers(row))
    text = row[number].text
    text = text[: chance.randrange(1, len(text) + 1)]
    rows = [*rows[:at], [*row[:number], row[number]._replace(text=text)]]
    cut = _with(document, index, rows)
    return replace(cut, blocks=cut.blocks[: index + 1])


DAMAGES: dict[str, Damage] = {
    name: damage
    for name, damage in globals().items()
    if callable(damage)
    and not name.startswith("_")
    and getattr(damage, "__module__", "") == __name__
}
