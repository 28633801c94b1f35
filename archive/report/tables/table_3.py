"""Table 3: applications received and handled, 25 (23) rows by seven kinds of
applicants.

The rows of the whole document are aligned with the form's labels in one go, in order:
that settles labels such as 其他 and 总计, which stand in other places too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import mode

from archive.catalogue import APPLICANTS, FORMS, Label
from archive.report.numbers import Kind
from archive.report.tables.labels import ENOUGH, Vocabulary
from archive.report.tables.lines import Line, Value, may_lack_one
from archive.report.tables.sheet import Sheet

_APPLICANTS = Vocabulary(APPLICANTS)
_ROWS = {name: Vocabulary(form.requests) for name, form in FORMS.items()}
_SURE = 0.9
"""From this likeness on, a label is not looked for in more cells than the nearest."""
_LEAST_ROWS = 5
"""Fewer rows with the form's labels are no table 3."""
_MOST_VALUES = 12
"""A row with more is one of table 4."""
_HEAD_ROWS = 8
_MAX_LINES = 20_000


@dataclass(frozen=True, slots=True)
class _Head:
    """Where the applicants' columns are: grid columns of a table of that width."""

    columns: tuple[int, ...]
    """Empty when not all are found and those found stand in another order than the
    form's.
    """
    edge: int
    """The last grid column of the headings."""
    edges: dict[int, int]
    """Table → the grid column in which most of its rows end."""

    @property
    def in_order(self) -> bool:
        return bool(self.columns) and list(self.columns) == sorted(self.columns)

    def of(self, row: Line) -> tuple[int, ...] | None:
        """The columns in this row's table; a part on another page may lack label
        columns on the left.

        None for a row that ends elsewhere than the rest of its table: a cell is lost or
        superfluous.
        """
        if not self.columns:
            return None
        shift = self.edges.get(id(row.table), self.edge) - self.edge
        return (
            tuple(column + shift for column in self.columns)
            if row.edge == self.edge + shift
            else None
        )


@dataclass(slots=True)
class _Row:
    """A row of the document and what its label may stand for. `number` counts the
    document's rows.
    """

    line: Line
    number: int
    scores: dict[str, float]
    label: Label | None = None
    in_order: bool = False
    """True when the label can't be read and the row was named by its neighbours."""


def read_requests(sheet: Sheet, rows: Sequence[Line]) -> None:
    """Puts the figures of table 3 on the sheet: of the first complete one, when there
    are several.
    """
    labels = FORMS[sheet.form].requests
    runs = _runs(list(_candidates(rows, _ROWS[sheet.form])))
    found = [_align(run, labels) for run in runs]
    tables = [table for table in found if len(table) >= _LEAST_ROWS]
    if not tables:
        return
    complete = [table for table in tables if len(table) >= 0.9 * len(labels)]
    table = complete[0] if complete else max(tables, key=len)
    others = [
        other
        for other in tables
        if other is not table and _numbers(other) != _numbers(table)
    ]
    if others:
        message = (
            f"文中有 {len(others) + 1} 份依申请公开情况表（表三）且数字不同，"
            "读取其中完整的第一份。"
        )
        sheet.say("table_repeated", 2, message, (), others[0][0].line.cells[0].at)
    heads = _heads(rows, table)
    named = {
        row.number for run in runs for row in run if max(row.scores.values()) >= ENOUGH
    }
    for row in _with_unnamed(table, rows, labels, named):
        sheet.blocks |= row.line.blocks
        assert row.label is not None
        _put(sheet, row, _values(row.line, heads.get(id(row.line.table))))


def _candidates(rows: Sequence[Line], vocabulary: Vocabulary) -> Iterable[_Row]:
    """Rows with values whose label may be one of the form's; a label may begin in the
    row above.
    """
    pending = ""
    for number, line in enumerate(rows[:_MAX_LINES]):
        texts = [cell.text for cell in line.words]
        if not texts and line.aligned:
            texts = [cell.text for cell in line.covering][-1:]
        if not line.values:
            pending = texts[-1] if texts else pending
            continue
        if len(line.core) > _MOST_VALUES:
            pending = ""
            continue
        scores: dict[str, float] = {}
        for parts in (texts[-1:], texts[-2:], texts, [pending, *texts[-1:]]):
            if parts and max(scores.values(), default=0.0) < _SURE:
                for key, value in vocabulary.scores("".join(parts)).items():
                    scores[key] = max(value, scores.get(key, 0.0))
        if scores:
            yield _Row(line, number, scores)
        pending = ""


def _runs(rows: list[_Row]) -> list[list[_Row]]:
    """The rows cut where a new table 3 begins, at each 一、本年新收…"""
    starts = [
        index
        for index, row in enumerate(rows)
        if row.scores.get("new", 0) > 0.9 and row.line.core
    ]
    bounds = [0, *starts[1:], len(rows)]
    return [rows[begin:end] for begin, end in pairwise(bounds)]


def _align(rows: list[_Row], labels: tuple[Label, ...]) -> list[_Row]:
    """The best assignment of labels to rows that keeps both in order: most likeness in
    sum.
    """
    best: list[list[float]] = [[0.0] * (len(labels) + 1)]
    for row in rows:
        before, here = best[-1], [0.0]
        for j, label in enumerate(labels):
            weight = _weight(row, label) if label.key in row.scores else 0.0
            here.append(max(before[j + 1], here[j], before[j] + weight))
        best.append(here)
    chosen: list[_Row] = []
    i, j = len(rows), len(labels)
    while i and j:
        if best[i][j] == best[i][j - 1]:
            j -= 1
        elif best[i][j] == best[i - 1][j]:
            i -= 1
        else:
            rows[i - 1].label = labels[j - 1]
            chosen.append(rows[i - 1])
            i, j = i - 1, j - 1
    return chosen[::-1]


def _weight(row: _Row, label: Label) -> float:
    """Likeness; a row with about seven values is worth more than one of another table."""
    score = row.scores.get(label.key, 0.0)
    return score + 0.2 if score and 5 <= len(row.line.core) <= 9 else score


def _numbers(table: list[_Row]) -> list[tuple[str, list[object]]]:
    return [
        (row.label.key, [value.said.value for value in row.line.core])
        for row in table
        if row.label
    ]


def _with_unnamed(
    table: list[_Row],
    rows: Sequence[Line],
    labels: tuple[Label, ...],
    named: Collection[int],
) -> Iterable[_Row]:
    """Rows whose label can't be read take the labels left over between their
    neighbours, if the count fits.

    `named`: the numbers of rows whose label can be read; out of order, they stand for
    no other label.
    """
    order = {label.key: index for index, label in enumerate(labels)}
    before: _Row | None = None
    for row in table:
        assert row.label is not None
        if before is not None and before.label is not None:
            gap = labels[order[before.label.key] + 1 : order[row.label.key]]
            between = [
                (number, line)
                for number, line in enumerate(
                    rows[before.number + 1 : row.number], before.number + 1
                )
                if sum(value.is_number for value in line.core) >= _LEAST_ROWS
                and number not in named
            ]
            if gap and len(gap) == len(between):
                for (number, line), label in zip(between, gap, strict=True):
                    yield _Row(line, number, {}, label, in_order=True)
        yield row
        before = row


def _heads(rows: Sequence[Line], table: list[_Row]) -> dict[int, _Head | None]:
    """The columns of each grid that rows stand in; a part without headings takes those
    of the part before.
    """
    heads: dict[int, _Head | None] = {}
    head: _Head | None = None
    edges = _edges(table)
    for row in table:
        grid = row.line.table
        if not row.line.aligned or id(grid) in heads:
            continue
        cells: list[tuple[str, int]] = []
        edge = 0
        for line in reversed(rows[max(0, row.number - _HEAD_ROWS) : row.number]):
            if line.table is not grid or line.core:
                break
            edge = max(edge, line.edge)
            cells += [
                (match.key, cell.column)
                for cell in line.words
                if (match := _APPLICANTS.recognise(cell.text))
            ]
        head = _head(cells, edge, edges) if cells else head
        if (
            head
            and head.columns
            and head.columns[-1] != max(head.columns)
            and not _add_up(head, table)
        ):
            head = replace(head, columns=())
        heads[id(grid)] = head
    return heads


def _add_up(head: _Head, table: list[_Row]) -> bool:
    """Whether the sums speak for headings with the total before other columns, and not
    for the form's order as well.
    """
    by_column = [values for row in table if (values := _by_column(row.line, head))]
    in_order = [row.line.core for row in table if len(row.line.core) == len(APPLICANTS)]
    return not any(map(_is_broken, by_column)) and any(map(_is_broken, in_order))


def _is_broken(values: Sequence[Value]) -> bool:
    *parts, total = [value.said.value for value in values]
    return (
        None not in parts
        and total is not None
        and sum(part or 0 for part in parts) != total
    )


def _edges(table: list[_Row]) -> dict[int, int]:
    found: dict[int, list[int]] = {}
    for row in table:
        found.setdefault(id(row.line.table), []).append(row.line.edge)
    return {grid: mode(edges) for grid, edges in found.items()}


def _head(
    cells: list[tuple[str, int]], edge: int, edges: dict[int, int]
) -> _Head | None:
    """The seven columns, in whatever order, when each is printed once; one hidden
    between two others is filled in.
    """
    found = {
        key: column
        for key, column in cells
        if sum(1 for other, _ in cells if other == key) == 1
    }
    columns = [found.get(label.key) for label in APPLICANTS]
    for index in range(1, len(columns) - 1):
        before, after = columns[index - 1], columns[index + 1]
        if columns[index] is None and before and after and after - before == 2:
            columns[index] = before + 1
    known = [column for column in columns if column]
    if len(set(known)) == len(columns):
        return _Head(tuple(known), edge, edges)
    return _Head((), edge, edges) if known != sorted(known) else None


def _values(row: Line, head: _Head | None) -> list[Value] | None:
    """The seven values of a row by their columns; in a dump, or where the columns don't
    fit, all in order.

    None where the columns stand in an order that is not known.
    """
    placed = _by_column(row, head) if row.aligned and head is not None else None
    if placed or (row.aligned and head is not None and not head.in_order):
        return placed
    if row.aligned and head is None and len(row.values) == len(APPLICANTS):
        return list(row.values)
    has_blank = any(value.said.kind is Kind.BLANK for value in row.core)
    is_split = len({id(value.cell) for value in row.core}) < len(row.core) and len(
        row.core
    ) < len(row.values)
    unsure = len(row.core) == len(APPLICANTS) and (has_blank or is_split)
    return list(row.values if unsure else row.core)


def _by_column(row: Line, head: _Head) -> list[Value] | None:
    """The values below the seven headings; None where a label or nothing stands there,
    or a number elsewhere.
    """
    columns = head.of(row)
    if columns is None or min(columns) <= max(
        (cell.column for cell in row.words), default=0
    ):
        return None
    placed = [
        value
        for column in columns
        if (value := row.value_at(column)) and value.cell.columns == 1
    ]
    cells = {id(value.cell) for value in placed}
    if len(cells) != len(columns) or any(
        value.is_number and id(value.cell) not in cells for value in row.values
    ):
        return None
    return placed


def _put(sheet: Sheet, row: _Row, values: list[Value] | None) -> None:
    assert row.label is not None
    keys = tuple(f"requests.{row.label.key}.{column.key}" for column in APPLICANTS)
    title = f"表三“{row.label.title.split('（区分')[0]}”"
    if values is None:
        sheet.leave(f"{title}一行", keys, row.line.cells[0].at)
        return
    if len(values) == len(keys) and may_lack_one(values):
        values = values[:-1]
    if len(values) != len(keys):
        for key, column in zip(keys, APPLICANTS, strict=True):
            sheet.named[key] = f"{title}的“{column.title}”"
        printed = [value for value in values if value.said.kind is not Kind.BLANK]
        if printed:
            sheet.damage(f"{title}一行", keys, values, row.line.cells[0].at)
        return
    for key, column, value in zip(keys, APPLICANTS, values, strict=True):
        sheet.put(key, value, f"{title}的“{column.title}”", sure=not row.in_order)
    if row.in_order:
        text = "、".join(cell.text for cell in row.line.words)[:20] or "（无）"
        message = f"有一行的行名“{text}”无法辨认，按前后各行的顺序作为{title}一行读取。"
        sheet.say("row_by_order", 2, message, keys, row.line.cells[0].at)
