"""The table of a question as CSV, XLSX and JSON: every row, each value with its state,
and the version of the report that it was read in.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from flask import Response, jsonify, request

from archive.catalogue import CHINA, Coverage
from archive.report import Number
from archive.store import Session, Valued, comparing
from archive.web import export
from archive.web.addresses import public_address
from archive.web.current import current_archive
from archive.web.guards import EXPORTS
from archive.web.labels import UNREADABLE
from archive.web.pages.compare import lines, many, reading
from archive.web.pages.compare.columns import Column
from archive.web.pages.compare.gathered import (
    Gathered,
    by_version,
    gathered,
    lost,
    told_of_lost,
)
from archive.web.pages.compare.links import first_page, public_link
from archive.web.pages.compare.table import Cell, Line, Row, Total
from archive.web.shown import plain

_ABOUT = ("机关", "机关键", "行政区划代码", "行政区划", "层级", "领域")
_REPORT = (
    "收录状态",
    "版本",
    "格式",
    "原件SHA-256",
    "页面",
    "存档时间",
    "来源网址",
)
_BY_YEAR = (
    "各年并列时，一行有多份报告，不列它们的版本、原件与来源；"
    "同一问题每年一行的文件和 JSON 都列出。"
)
Origins = Mapping[int, comparing.Provenance]
"""Version → where its text comes from."""
FEW = "分母不到 30"
"""The state of a share of few: its two numbers stand there, the share does not."""


def _found() -> tuple[Gathered, list[str]]:
    asked, notes = reading.asked(request.args)
    found = gathered(asked, has_turn=True)
    return found, [*notes, *found.notes]


def as_table(kind: str) -> Response:
    """The table for a spreadsheet. The question and the time stand below it, in a
    workbook on a sheet of their own with what the columns mean.

    Raises ServiceUnavailable, as `as_json` does, when too many exports are made.
    """
    with EXPORTS.take():
        return _as_table(kind)


def _as_table(kind: str) -> Response:
    found, notes = _found()
    table, by_year = found.table, found.asked.by_year
    headings = [*_ABOUT, *([] if by_year else ["年度"])]
    for column in table.columns:
        headings += _headings(column)
    headings += [] if by_year else _REPORT
    with current_archive().store.asking() as session:
        unreadable = lost(session, table.lines)
        origins = _origins(session, found)
    notes += told_of_lost(unreadable.values())
    notes += [_BY_YEAR] if by_year else []
    rows = [list(_row(line, unreadable, origins)) for line in table.lines]
    if kind == "xlsx":
        definitions = _definitions(found, notes)
        return export.table(kind, _name(found), headings, rows, definitions)
    # Lines of one width, or DuckDB takes the file for no table at all.
    blank: list[export.Value] = [None] * (len(headings) - 1)
    rows += [[f"（{one}）", *blank] for one in [*_told(found), *notes]]
    return export.table(kind, _name(found), headings, rows)


def _name(found: Gathered) -> str:
    """What is inside, in ASCII: how many agencies, which years, which figure."""
    first, last = found.asked.years[0], found.asked.years[-1]
    years = str(first) if first == last else f"{first}-{last}"
    figure = found.asked.figures[0]
    of = f"{figure}-by-year" if found.asked.by_year else figure
    return f"compare-{len(found.bodies)}-agencies-{years}-{of}"


def _definitions(found: Gathered, notes: list[str]) -> list[list[export.Value]]:
    """The second sheet: what was asked and when, and what each figure is."""
    notes = [_versions(found), *notes]
    ask = export.Question(
        many.whole_title(found), _address(found), _now(), tuple(notes)
    )
    rows = len(found.table.lines)
    return list(export.definition_rows(ask, rows, found.asked.figures))


def _told(found: Gathered) -> list[str]:
    return [
        f"问题：{_address(found)}",
        f"时间：{_now().astimezone(CHINA):%Y-%m-%d %H:%M}（北京时间）",
        _versions(found),
    ]


def _address(found: Gathered) -> str:
    return public_link("compare.page", first_page(found.asked))


def _versions(found: Gathered) -> str:
    return f"各行版本的摘要：{found.digest}"


def _now() -> datetime:
    return datetime.now(UTC)


def _headings(column: Column) -> list[str]:
    """A value and its state; of a share both its numbers, too."""
    name = f"{column.year} {column.label}" if column.year else column.label
    if column.is_share:
        return [name, f"{name}·分子", f"{name}·分母", f"{name}·状态"]
    return [f"{name}（{column.unit}）", f"{name}·状态"]


def _origins(session: Session, found: Gathered) -> Origins:
    """Where each text of the table comes from."""
    return comparing.provenance(session, list(by_version(found.table.lines)))


def _row(
    line: Line, unreadable: Container[int], origins: Origins
) -> Iterator[export.Value]:
    body = line.body
    yield from (body.name, body.key, body.region_code, body.region_name)
    yield from (body.level, body.sector)
    if line.year is not None:
        yield line.year
    for cell in line.cells:
        yield from _values(cell)
    if line.year is not None:
        yield _coverage(line.rows[0], unreadable)
        yield from _report(line.rows[0], origins)


def _coverage(row: Row, unreadable: Container[int]) -> str:
    """Whether the report is here, and if so, whether its text can be shown."""
    if row.held is None:
        return lines.absence(row)
    if row.held.version_id in unreadable:
        return f"{Coverage.HELD.label}（{UNREADABLE}）"
    return Coverage.HELD.label


def _values(cell: Cell) -> Iterator[export.Value]:
    valued = cell.valued
    yield cell.number
    if cell.column.is_share:
        yield from _both(valued)
    yield _state(cell)


def _both(valued: Valued | None) -> tuple[Number | None, Number | None]:
    if valued is None or valued.value is None:
        return None, None
    return valued.over, valued.under


def _state(cell: Cell) -> str:
    """照录, 推定, or why there is no value."""
    why = lines.lack(cell)
    if why:
        return why
    valued = cell.valued
    if valued is None:
        return ""
    return FEW if valued.is_of_few else valued.state.label


def _report(row: Row, origins: Origins) -> tuple[export.Value, ...]:
    if row.held is None:
        return (None, "", "", "", None, "")
    held, origin = row.held, origins[row.held.version_id]
    found = (held.number, held.form, held.digest, _page(row))
    return (*found, origin.captured_at, origin.source_url)


def _page(row: Row) -> str:
    """The page of a report in the version that was read."""
    assert row.held
    return public_address(
        "reports.report", key=row.body.key, year=row.year, version=row.held.number
    )


def as_json() -> Response:
    """The same as data."""
    with EXPORTS.take():
        return _as_json()


def _as_json() -> Response:
    found, notes = _found()
    asked, table = found.asked, found.table
    with current_archive().store.asking() as session:
        unreadable = lost(session, table.lines)
        origins = _origins(session, found)
    notes += told_of_lost(unreadable.values())
    return jsonify(
        question=public_link("compare.page", first_page(asked)),
        asked_at=_now().isoformat(timespec="seconds"),
        versions_sha256=found.digest,
        notes=notes,
        agencies=len(found.bodies),
        years=asked.years,
        conditions=[one.written for one in asked.conditions],
        left_out=table.left_out,
        undecided=table.undecided,
        columns=[_column_told(one) for one in table.columns],
        rows=[_line_told(line, unreadable, origins) for line in table.lines],
        totals=[_total_told(one) for one in table.totals],
        cite=many.cites(found),
    )


def _column_told(column: Column) -> dict[str, Any]:
    return {
        "key": column.key,
        "year": column.year,
        "label": column.label,
        "unit": column.unit,
        "share": column.is_share,
        "formula": column.formula or None,
        "version": column.version,
    }


def _line_told(
    line: Line, unreadable: Container[int], origins: Origins
) -> dict[str, Any]:
    body = line.body
    # Of a line of one year all cells are of one report.
    rows = {cell.row.year: cell.row for cell in line.cells}
    pages = {year: _page(row) if row.held else None for year, row in rows.items()}
    return {
        "agency": body.name,
        "agency_key": body.key,
        "region_code": body.region_code,
        "level": body.level,
        "sector": body.sector,
        "year": line.year,
        "unreadable": sorted(_years_of(rows.values(), unreadable)),
        "sources": [
            _source_told(row.year, origins[row.held.version_id])
            for row in rows.values()
            if row.held
        ],
        "cells": [_cell_told(cell, pages[cell.row.year]) for cell in line.cells],
    }


def _source_told(year: int, origin: comparing.Provenance) -> dict[str, Any]:
    return {
        "year": year,
        "url": origin.source_url or None,
        "captured_at": origin.captured_at.isoformat(),
    }


def _years_of(rows: Iterable[Row], unreadable: Container[int]) -> Iterator[int]:
    for row in rows:
        if row.held and row.held.version_id in unreadable:
            yield row.year


def _cell_told(cell: Cell, page: str | None) -> dict[str, Any]:
    """A value, and the page of its report; `value` of a share of few is null, both its
    numbers are there.
    """
    valued, row = cell.valued, cell.row
    over, under = _both(valued)
    return {
        "key": cell.column.key,
        "year": row.year,
        "value": plain(cell.number),
        "numerator": plain(over),
        "denominator": plain(under),
        "state": valued.state.value if valued else None,
        "coverage": row.absent.value if row.absent else None,
        "told": _state(cell),
        "report": page,
        "version": row.held.number if row.held else None,
        "sha256": row.held.digest if row.held else None,
    }


def _total_told(total: Total) -> dict[str, Any]:
    return {
        "count": total.count,
        "ranked": total.ranked,
        "inferred": total.inferred,
        "sum": plain(total.sum),
        "numerator": plain(total.over),
        "denominator": plain(total.under),
        "median": plain(total.median),
    }
