"""The cells of a report, and each: what is printed there, what it means, how to quote
it.
"""

from __future__ import annotations

from itertools import groupby
from typing import Any

from flask import Blueprint, Response, abort, jsonify, render_template

from archive.catalogue import FIGURES, FORMS, FigureRecord, keys
from archive.report import Figure
from archive.store import Filed
from archive.web import labels
from archive.web.addresses import public_address
from archive.web.figures import citing, tables
from archive.web.pages.reports import filed_or_404
from archive.web.shown import plain

blueprint = Blueprint("cells", __name__)


@blueprint.get("/reports/<key>/<int:year>/cells")
def cells(key: str, year: int) -> str:
    """All cells of a report's tables, each leading to its card: without a script the
    way from a table to what is known of one number.
    """
    filed = filed_or_404(key, year)
    form = FORMS.get(filed.reading.form)
    records = [FIGURES[one] for one in keys(form)] if form else []
    shown = [
        (record, tables.cell(filed.reading.figures.get(record.key), record.key))
        for record in records
    ]
    by_table = groupby(shown, lambda one: one[0].table)
    return render_template(
        "reports/cells.html",
        filed=filed,
        tables=[(table, list(rows)) for table, rows in by_table],
    )


@blueprint.get("/reports/<key>/<int:year>/cells/<figure>")
def cell(key: str, year: int, figure: str) -> str:
    """The card of a cell."""
    filed, record, found = _found_or_404(key, year, figure)
    return render_template(
        "reports/cell.html",
        filed=filed,
        record=record,
        found=found,
        shown=tables.cell(found, figure),
        cites=citing.told(citing.Quoted(filed, figure)),
        place=_place(filed, figure),
    )


@blueprint.get("/reports/<key>/<int:year>/cells/<figure>.json")
def cell_json(key: str, year: int, figure: str) -> Response:
    """The same as data."""
    filed, record, found = _found_or_404(key, year, figure)
    return jsonify(_told(filed, record, found))


def _found_or_404(
    key: str, year: int, figure: str
) -> tuple[Filed, FigureRecord, Figure | None]:
    """A report, what is known of a key, and the report's figure under it."""
    record = FIGURES.get(figure)
    if record is None or not record.printed:
        abort(404, f"没有“{figure[:60]}”这一项；各项的键见数据接口的说明。")
    filed = filed_or_404(key, year)
    form = FORMS.get(filed.reading.form)
    if form is None or figure not in keys(form):
        abort(404, f"{year}年度报告的格式没有“{record.label}”这一项。")
    return filed, record, filed.reading.figures.get(figure)


def _report_page(filed: Filed) -> str:
    """The address of the report's page as this text has it."""
    return public_address(
        "reports.report",
        key=filed.agency.key,
        year=filed.year,
        version=filed.version.number,
    )


def _place(filed: Filed, figure: str) -> str:
    """Where a cell stands in its table, on the report's page of this very text."""
    return f"{_report_page(filed)}#{figure}"


def _told(filed: Filed, record: FigureRecord, found: Figure | None) -> dict[str, Any]:
    quoted = citing.Quoted(filed, record.key)
    version = filed.version
    table, name = labels.table_and_name(record.key)
    anchor = found.at.anchor if found and found.at else ""
    return {
        "agency": filed.agency.name,
        "agency_key": filed.agency.key,
        "year": filed.year,
        "figure": record.key,
        "table": table,
        "label": name,
        "value": plain(found.value) if found else None,
        "printed": found.printed if found else None,
        "status": found.status.value if found else "missing",
        "unit": record.unit,
        "version": version.number,
        "sha256": version.digest,
        "url": quoted.address,
        "in_table": _place(filed, record.key),
        "printed_at": f"{_report_page(filed)}#{anchor}" if anchor else None,
        "cite": citing.told(quoted),
    }
