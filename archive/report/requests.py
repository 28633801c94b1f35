"""Table 3: applications received and handled, 25 (23) rows by seven kinds of applicants."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from archive.report.forms import APPLICANTS, FORMS, Label
from archive.report.labels import bare, recognise
from archive.report.lines import Line, Value, trimmed, value_at
from archive.report.sheet import Sheet

_SPECIFIC = [label for label in APPLICANTS if label.key not in {"other", "total"}]
_HEADINGS = {"申请人情况", "法人或其他组织"}


@dataclass(frozen=True, slots=True)
class _Head:
    """Where the applicants' columns are: grid columns of a table of that width."""

    columns: tuple[int, ...]
    width: int

    def of(self, row: Line) -> tuple[int, ...]:
        """The columns in this row's table; a part on another page may lack label columns on the left."""
        shift = row.table.width - self.width
        return tuple(column + shift for column in self.columns)


def read_requests(sheet: Sheet, rows: Iterable[Line]) -> None:
    """Puts the figures of table 3 on the sheet."""
    labels = FORMS[sheet.form].requests
    cells: dict[str, int] = {}
    width = 0
    head: _Head | None = None
    seen_head = False
    found: list[tuple[Line, Label | None, list[Value | None]]] = []
    reading = False
    for row in rows:
        if _is_head(row) or (seen_head and not reading and _more_head(row)):
            if reading:
                cells, reading = {}, False
            seen_head = True
            width = row.table.width
            cells.update(_applicants(row, cells))
            sheet.blocks.add(row.table.at.block)
            head = _head(cells, width)
            continue
        label = _label(row, labels)
        if label is None and not (reading and trimmed(row.values)):
            continue
        if label is not None:
            reading = True
        found.append((row, label, _values(row, head)))
    for row, label, values in _name_unnamed(found, labels):
        sheet.blocks.add(row.table.at.block)
        _put_row(sheet, row, label, values)


def _is_head(row: Line) -> bool:
    texts = [bare(cell.text) for cell in row.texts]
    return any(text in _HEADINGS for text in texts) or any(recognise(text, _SPECIFIC) for text in texts)


def _more_head(row: Line) -> bool:
    """A row of the heading that holds nothing but 其他 or 总计."""
    texts = [cell.text for cell in row.texts]
    return bool(texts) and all(recognise(text, APPLICANTS) for text in texts) and not trimmed(row.values)


def _applicants(row: Line, known: dict[str, int]) -> dict[str, int]:
    """Applicant → grid column; one that is printed twice stands for nothing (column 0)."""
    found: dict[str, int] = {}
    for cell in row.texts:
        match = recognise(cell.text, APPLICANTS)
        if match:
            twice = match.key in found or match.key in known
            found[match.key] = 0 if twice else cell.column
    return found


def _head(cells: dict[str, int], width: int) -> _Head | None:
    """The seven columns, when all are found in the printed order; one hidden between two others is filled in."""
    columns = [cells.get(label.key) for label in APPLICANTS]
    for index in range(1, len(columns) - 1):
        before, after = columns[index - 1], columns[index + 1]
        if columns[index] is None and before and after and after - before == 2:
            columns[index] = before + 1
    known = [column for column in columns if column]
    if len(known) != len(columns) or known != sorted(set(known)):
        return None
    return _Head(tuple(known), width)


def _label(row: Line, labels: tuple[Label, ...]) -> Label | None:
    """The row's label: the words before the values, alone or with what stands left of them."""
    texts = [cell.text for cell in row.texts]
    if not texts and row.aligned:
        texts = [cell.text for cell in row.covering][-1:]
    for text in (texts[-1:], ["".join(texts[-2:])], ["".join(texts)]):
        match = recognise(text[0], labels) if text else None
        if match:
            return next(label for label in labels if label.key == match.key)
    return None


def _values(row: Line, head: _Head | None) -> list[Value | None]:
    """The seven values of a row by their columns; for a dump, all values found, in order."""
    if row.aligned and head is not None:
        columns = head.of(row)
        if columns[0] > max((cell.column for cell in row.texts), default=0):
            return [value_at(row, column) for column in columns]
    return list(trimmed(row.values))


def _name_unnamed(
    found: list[tuple[Line, Label | None, list[Value | None]]], labels: tuple[Label, ...]
) -> list[tuple[Line, Label, list[Value | None]]]:
    """Rows whose label can't be read take the labels left over between their neighbours, if the count fits."""
    order = {label.key: index for index, label in enumerate(labels)}
    named: list[tuple[Line, Label, list[Value | None]]] = []
    waiting: list[tuple[Line, list[Value | None]]] = []
    last = -1
    for row, label, values in found:
        if label is None:
            waiting.append((row, values))
            continue
        gap = labels[last + 1 : order[label.key]]
        if waiting and len(gap) == len(waiting):
            named += [(line, missing, some) for (line, some), missing in zip(waiting, gap, strict=True)]
        waiting = []
        last = order[label.key]
        named.append((row, label, values))
    return named


def _put_row(sheet: Sheet, row: Line, label: Label, values: list[Value | None]) -> None:
    keys = tuple(f"requests.{label.key}.{column.key}" for column in APPLICANTS)
    title = f"表三“{label.title.split('（区分')[0]}”"
    if len(values) == len(keys):
        for key, column, value in zip(keys, APPLICANTS, values, strict=True):
            sheet.put(key, value, f"{title}的“{column.title}”")
    elif values:
        sheet.damage(f"{title}一行", keys, [value for value in values if value], row.cells[0].at)
