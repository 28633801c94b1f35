"""Statutory tables of invented, consistent reports, laid out and damaged as agencies'
files are.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from archive.catalogue import Status
from archive.catalogue.forms import (
    APPLICANTS,
    FORMS,
    KINDS,
    OUTCOMES,
    RESULT_ROWS,
    keys,
)
from archive.report.document import Block, Cell, Document, Paragraph, Place, Table
from archive.report.tables.statutory import TableReading

Rows = list[list[str]]


def consistent(form: str, seed: int, *, sparse: bool = False) -> dict[str, int]:
    """Figures that satisfy every relation of the form, most of them distinct and not
    zero.

    `sparse`: most are 0, as in the reports of small bodies.
    """
    chance = random.Random(seed)

    def count(many: int) -> int:
        return 0 if sparse and chance.random() < 0.85 else chance.randint(0, many)

    figures = dict.fromkeys(keys(FORMS[form]), 0)
    columns = [column.key for column in APPLICANTS[:-1]]
    for key in figures:
        if key.startswith("disclosure."):
            figures[key] = count(9999)
    for column in columns:
        many = chance.choice([0, 3, 400])
        for row in RESULT_ROWS[form]:
            figures[f"requests.{row}.{column}"] = count(many)
        concluded = sum(
            figures[f"requests.{row}.{column}"] for row in RESULT_ROWS[form]
        )
        carried_out = count(many)
        carried_in = chance.randint(0, concluded + carried_out)
        figures[f"requests.concluded.{column}"] = concluded
        figures[f"requests.carried_out.{column}"] = carried_out
        figures[f"requests.carried_in.{column}"] = carried_in
        figures[f"requests.new.{column}"] = concluded + carried_out - carried_in
    for row in FORMS[form].requests:
        figures[f"requests.{row.key}.total"] = sum(
            figures[f"requests.{row.key}.{column}"] for column in columns
        )
    for kind in KINDS:
        for outcome in OUTCOMES[:-1]:
            figures[f"{kind.key}.{outcome.key}"] = count(60)
        figures[f"{kind.key}.total"] = sum(
            figures[f"{kind.key}.{outcome.key}"] for outcome in OUTCOMES[:-1]
        )
    return figures


@dataclass
class Printed:
    """What stands in the cells of a table, by key, before it is laid out. `lost` and
    `doubled` hold keys.
    """

    cells: dict[str, str]
    lost: set[str] = field(default_factory=set)
    doubled: set[str] = field(default_factory=set)
    labels: dict[str, str] = field(default_factory=dict)
    """Row key → what is printed instead of the official label of table 3."""

    def row(self, row_keys: list[str]) -> list[str]:
        values: list[str] = []
        for key in row_keys:
            if key not in self.lost:
                values += [self.cells[key]] * (2 if key in self.doubled else 1)
        return values


def printed(truth: dict[str, int]) -> Printed:
    """Figures as they are printed; the amount that has no unit in its heading with its
    unit.
    """
    unit = {"disclosure.procurement.amount": "万元"}
    return Printed({key: f"{value}{unit.get(key, '')}" for key, value in truth.items()})


def silent_errors(reading: TableReading, truth: dict[str, int]) -> list[str]:
    """Keys whose value is wrong without being called a conflict."""
    return [
        key
        for key, figure in reading.figures.items()
        if figure.value is not None
        and figure.value != truth[key]
        and figure.status is not Status.CONFLICT
    ]


def grid(
    form: str, printed: Printed, extra_column: bool = False, blank_from: int = 0
) -> Document:
    """Real grids with spans, as HTML and Word have them; optionally with a column the
    form does not know.
    """
    disclosure = _disclosures(form, printed)
    extra = ["备注"] if extra_column else []
    heads: list[list[tuple[str, int, int]]] = [
        [("（本列数据的勾稽关系为…）", 3, 3), ("申请人情况", 1, 7 + len(extra))],
        [
            ("自然人", 2, 1),
            ("法人或其他组织", 1, 5),
            ("总计", 2, 1),
            *((text, 2, 1) for text in extra),
        ],
        [(column.title, 1, 1) for column in APPLICANTS[1:-1]],
    ]
    body: list[list[tuple[str, int, int]]] = []
    rows = FORMS[form].requests
    for row in rows:
        values = [
            (text, 1, 1)
            for text in printed.row(
                [f"requests.{row.key}.{one.key}" for one in APPLICANTS]
            )
        ]
        label = printed.labels.get(row.key, row.title)
        body.append(
            [(row.parent, 1, 1), (label, 1, 2), *values, *(("", 1, 1) for _ in extra)]
        )
    table4: list[list[tuple[str, int, int]]] = [
        [("行政复议", 1, 5), ("行政诉讼", 1, 10)],
        [
            *((one.title, 2, 1) for one in OUTCOMES),
            ("未经复议直接起诉", 1, 5),
            ("复议后起诉", 1, 5),
        ],
        [(one.title, 1, 1) for _ in range(2) for one in OUTCOMES],
        [
            (printed.cells[f"{kind.key}.{outcome.key}"], 1, 1)
            for kind in KINDS
            for outcome in OUTCOMES
        ],
    ]
    tables = [_spanned(disclosure), _spanned([*heads, *body]), _spanned(table4)]
    return Document(
        tuple(make(number) for number, make in enumerate(tables, 1)), "text/html"
    )


def dump(form: str, printed: Printed, broken_after: int | None = None) -> Document:
    """Tab-separated rows as PDF converters write them; optionally broken over a page,
    heading repeated.
    """
    first: Rows = [[text for text, _, _ in row] for row in _disclosures(form, printed)]
    head: Rows = [
        ["（本列数据的勾稽关系为…）", "申请人情况", "", "", "", "", "", "总计"],
        ["", "自然人", "法人或其他组织", "", "", "", "", ""],
        ["", "", *(column.title for column in APPLICANTS[1:-1]), ""],
    ]
    body: Rows = []
    for row in FORMS[form].requests:
        values = printed.row(
            [f"requests.{row.key}.{column.key}" for column in APPLICANTS]
        )
        label = printed.labels.get(row.key, row.title)
        body.append(
            [
                *([row.parent] if row.parent else []),
                label,
                *values,
                *([""] if not row.parent else []),
            ]
        )
    cut = len(body) if broken_after is None else broken_after
    second, third = (
        [*head, *body[:cut]],
        [*head, *body[cut:]] if cut < len(body) else [],
    )
    fourth: Rows = [
        ["行政复议", "", "", "", "", "行政诉讼"],
        ["", "", "", "", "", "未经复议直接起诉", "", "", "", "", "复议后起诉"],
        [one.title for _ in KINDS for one in OUTCOMES],
        printed.row(
            [f"{kind.key}.{outcome.key}" for kind in KINDS for outcome in OUTCOMES]
        ),
    ]
    blocks: list[Block] = []
    for rows in (first, second, third, fourth):
        if rows:
            blocks.append(dump_table(rows, len(blocks) + 1))
    return Document(tuple(blocks), "text/plain")


def loose(form: str, printed: Printed, *, one_line: bool) -> Document:
    """Paragraphs without any table: a row in one line, or every cell in a line of its
    own.
    """
    texts: list[str] = ["二、主动公开政府信息情况"]
    for block in dump(form, printed).blocks:
        assert isinstance(block, Table)
        for row in block.rows():
            cells = [cell.text for cell in row if cell.text]
            texts += [" ".join(cells)] if one_line else cells
    return Document(
        tuple(Paragraph(text, Place(number)) for number, text in enumerate(texts, 1)),
        "text/plain",
    )


def joined(document: Document, order: tuple[int, ...]) -> Document:
    """The tables of a document as one table, in another order."""
    cells: list[Cell] = []
    height = 0
    tables = [block for block in document.blocks if isinstance(block, Table)]
    for index in order:
        for cell in tables[index].cells:
            cells.append(
                Cell(
                    cell.text,
                    Place(1, cell.row + height, cell.column),
                    cell.rows,
                    cell.columns,
                )
            )
        height += tables[index].height
    return Document(
        (Table(tuple(cells), Place(1), tables[0].aligned),), document.media_type
    )


def _disclosures(form: str, printed: Printed) -> list[list[tuple[str, int, int]]]:
    rows: list[list[tuple[str, int, int]]] = []
    for block in FORMS[form].disclosures:
        rows.append([(block.heading, 1, 4)])
        rows.append(
            [("信息内容", 1, 1), *((column.title, 1, 1) for column in block.columns)]
        )
        for row in block.rows:
            values = [
                (printed.cells[f"disclosure.{row.key}.{column.key}"], 1, 1)
                for column in block.columns
            ]
            rows.append([(row.title, 1, 1), *values])
    return rows


def _spanned(rows: list[list[tuple[str, int, int]]]) -> Callable[[int], Table]:
    def make(block: int) -> Table:
        taken: set[tuple[int, int]] = set()
        cells: list[Cell] = []
        for number, row in enumerate(rows, 1):
            column = 1
            for text, high, wide in row:
                while (number, column) in taken:
                    column += 1
                taken |= {
                    (number + down, column + right)
                    for down in range(high)
                    for right in range(wide)
                }
                cells.append(
                    Cell(text, Place(block, number, column), rows=high, columns=wide)
                )
                column += wide
        return Table(tuple(cells), Place(block))

    return make


def dump_table(rows: Rows, block: int) -> Table:
    """Rows of cells whose columns can't be trusted."""
    cells = tuple(
        Cell(text, Place(block, number, column))
        for number, row in enumerate(rows, 1)
        for column, text in enumerate(row, 1)
    )
    return Table(cells, Place(block), aligned=False)
