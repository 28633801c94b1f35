"""Lists of reports and of agencies as downloads: all rows of a question, with all
numbers asked for, some hundred at a time.

What is found is held as numbers of texts only; each batch asks the database by itself,
so that neither memory nor a transaction grows with the list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from flask import Response
from werkzeug.exceptions import RequestEntityTooLarge, ServiceUnavailable

from archive.store import Session, agencies, coverage, reports, scopes_of, values_of
from archive.web.current import current_archive
from archive.web.export.agency_columns import AgencyColumns, AgencyRow
from archive.web.export.asked import Question
from archive.web.export.cells import Value
from archive.web.export.columns import ABOUT, PROOF, ReportColumns, Row
from archive.web.export.definitions import definition_rows
from archive.web.export.sent import sent
from archive.web.export.written import csv_pieces, file_pieces, json_pieces, workbook
from archive.web.guards import EXPORTS, TooLong, Turn

AT_ONCE = 200
"""Rows in memory at once: with everything asked for they take 20 MB."""
MOST_CELLS = 3_000_000
"""Of a workbook, which is made before it is sent: about a minute and a half of work."""
_BEHIND = ("导出的检索", "导出时间")
"""Columns behind each row of a CSV, which has no other place to say what it answers."""
_TOO_LONG = "导出的内容太多，生成超时。请增加筛选条件、减少项目，或改用CSV。"

Thing = TypeVar("Thing")


_Put = TypeVar("_Put", contravariant=True)


class Columns(Protocol[_Put]):
    """What a list puts into its columns."""

    keys: tuple[str, ...]

    @property
    def headings(self) -> list[str]: ...

    def row(self, one: _Put, /) -> list[Value]: ...

    def told(self, one: _Put, /) -> dict[str, Any]: ...


def report_list(
    kind: str, name: str, version_ids: Sequence[int], keys: Sequence[str], ask: Question
) -> Response:
    """These reports in their order as csv, xlsx or jsonl, with the numbers under keys.

    Raises ServiceUnavailable when too many exports are made, RequestEntityTooLarge for
    a workbook of too many cells.
    """
    columns = ReportColumns(keys)
    told = report_definitions(ask, len(version_ids), keys)

    def batch(session: Session, part: Sequence[int]) -> list[Row]:
        return rows_of(session, part, columns)

    return _sent(kind, name, version_ids, columns, batch, told, ask)


def report_definitions(
    ask: Question, rows: int | None, keys: Sequence[str]
) -> list[list[Value]]:
    """What the columns of such a list mean."""
    return list(definition_rows(ask, rows, keys, ABOUT, PROOF))


def rows_of(
    session: Session, version_ids: Sequence[int], columns: ReportColumns | AgencyColumns
) -> list[Row]:
    """Some hundred reports with the numbers of the columns."""
    cards = reports.cards(session, version_ids)
    values = values_of(session, version_ids, columns.keys) if columns.keys else {}
    claims = columns.claims
    scopes = scopes_of(session, version_ids, claims) if claims else {}
    return [_row(card, values, scopes) for card in cards]


def _row(card: Any, values: Mapping[int, Any], scopes: Mapping[int, Any]) -> Row:
    one = card.version_id
    return Row(card, values.get(one, {}), scopes.get(one, {}))


def agency_list(
    kind: str,
    name: str,
    agency_ids: Sequence[int],
    keys: Sequence[str],
    year: int | None,
    ask: Question,
) -> Response:
    """These agencies as `report_list` does reports; the numbers are of one year, or of
    the newest report of each.
    """
    columns = AgencyColumns(keys)
    told = agency_definitions(ask, len(agency_ids), keys)

    def batch(session: Session, part: Sequence[int]) -> list[AgencyRow]:
        return agencies_of(session, part, columns, year)

    return _sent(kind, name, agency_ids, columns, batch, told, ask)


def agency_definitions(
    ask: Question, rows: int | None, keys: Sequence[str]
) -> list[list[Value]]:
    """What the columns of such a list mean."""
    columns = AgencyColumns(keys)
    return list(definition_rows(ask, rows, keys, columns.about, columns.proof))


def agencies_of(
    session: Session, part: Sequence[int], columns: AgencyColumns, year: int | None
) -> list[AgencyRow]:
    """Some hundred agencies with the numbers of the columns."""
    found = agencies.of_ids(session, part)
    due = coverage.due_of(session, [card.key for _, card in found])
    texts = agencies.texts_of(session, part, year) if columns.keys else {}
    rows = rows_of(session, list(texts.values()), columns) if texts else []
    by_text = {row.card.version_id: row for row in rows}
    shown = []
    for one, card in found:
        held, expected = due.get(card.key, (None, None))
        its_row = by_text.get(texts.get(one, 0))
        shown.append(AgencyRow(card, held, expected, its_row))
    return shown


Batch = Callable[[Session, Sequence[int]], list[Thing]]
"""Some hundred rows of a list."""


def _sent(
    kind: str,
    name: str,
    ids: Sequence[int],
    columns: Columns[Thing],
    batch: Batch[Thing],
    told: Sequence[Sequence[Value]],
    ask: Question,
) -> Response:
    """The download itself."""
    headings = columns.headings
    if kind == "xlsx":
        _check_size(len(ids), len(headings))
    turn = EXPORTS.take()
    try:
        batches = _batches(ids, batch, turn)
        if kind == "jsonl":
            pieces = json_pieces(_as_json(batches, columns, ask))
        elif kind == "csv":
            rows = _with_question(batches, columns, ask)
            pieces = csv_pieces((*headings, *_BEHIND), rows)
        else:
            rows = ([columns.row(one) for one in some] for some in batches)
            pieces = file_pieces(_workbook(headings, rows, told))
        return sent(kind, name, pieces, turn)
    except BaseException:
        turn.end()
        raise


def _check_size(rows: int, columns: int) -> None:
    """Raises RequestEntityTooLarge for more cells than a workbook is made with."""
    cells = rows * columns
    if cells <= MOST_CELLS:
        return
    raise RequestEntityTooLarge(
        f"{rows} 行 × {columns} 列超出 Excel 导出的上限（{MOST_CELLS} 格），"
        "请改用CSV（不限行数），或减少项目、增加筛选条件。"
    )


def _batches(
    ids: Sequence[int], batch: Batch[Thing], turn: Turn
) -> Iterator[list[Thing]]:
    """All rows, a session a batch. Raises TooLong."""
    store = current_archive().store
    for start in range(0, len(ids), AT_ONCE):
        turn.check()
        with store.asking() as session:
            some = batch(session, ids[start : start + AT_ONCE])
        yield some


def _with_question(
    batches: Iterator[list[Thing]], columns: Columns[Thing], ask: Question
) -> Iterator[list[list[Value]]]:
    behind: list[Value] = [ask.told, ask.at]
    for some in batches:
        yield [[*columns.row(one), *behind] for one in some]


def _as_json(
    batches: Iterator[list[Thing]], columns: Columns[Thing], ask: Question
) -> Iterator[list[dict[str, Any]]]:
    behind = {"question": ask.told, "exported_at": ask.at}
    for some in batches:
        yield [{**columns.told(one), **behind} for one in some]


def _workbook(headings: Sequence[str], rows: Any, told: Any) -> Any:
    """The same as `workbook`. Raises ServiceUnavailable when it takes too long."""
    try:
        return workbook(headings, rows, told)
    except TooLong:
        raise ServiceUnavailable(_TOO_LONG) from None
