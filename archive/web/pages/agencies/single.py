"""An agency with its years."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, jsonify, render_template, request
from werkzeug.wrappers import Response as WerkzeugResponse

from archive.catalogue import CLAIMS, GLANCE, IN_SIGHT, Coverage
from archive.store import YearFigures, scopes_of
from archive.web import export, labels
from archive.web.addresses import public_address
from archive.web.current import current_archive
from archive.web.export import Value
from archive.web.figures import chart, chosen, valued
from archive.web.pages.agencies.told import agency_told
from archive.web.pages.bodies import Shown, agency_or_404
from archive.web.pages.known import spans, year_told
from archive.web.shown import plain

_CLAIMS = tuple(key for key in GLANCE if key in CLAIMS)
"""The key figures that a report's text states."""
_COVERAGE_COLUMNS = {
    "收录状态": "没有收录的年度，为什么没有",
    "依据": "根据什么这样说",
    "查看时间": "北京时间",
    "来源或网址": "没有收录的年度，在哪里查看过",
}


def agency(key: str) -> str | WerkzeugResponse:
    """An agency's reports year by year, and what is known of the other years.

    The indicators of `figure`, which may be repeated; without any the usual six.
    """
    asked, notes = chosen.keys_asked(request.args)
    keys = asked or IN_SIGHT
    shown = agency_or_404(key, (*GLANCE, *keys))
    if not isinstance(shown, Shown):
        return shown
    received = [
        (year.card.year, year.figures.get("requests.new.total")) for year in shown.years
    ]
    return render_template(
        "agencies/agency.html",
        agency=shown.card,
        years={year.card.year: year for year in shown.years},
        values=shown.values,
        keys=keys,
        notes=notes,
        others={one.year: one for one in shown.others},
        fellows={one.year: one for one in shown.fellows},
        spans=spans(shown.others),
        missing=shown.missing,
        chart=chart.columns(received),
        unreadable=shown.unreadable,
    )


def agency_json(key: str) -> Response | WerkzeugResponse:
    """The same as data; with `figure` each year has its `values`."""
    keys, _ = chosen.keys_asked(request.args)
    shown = agency_or_404(key, keys)
    if not isinstance(shown, Shown):
        return shown
    found = [year.card.version_id for year in shown.years]
    with current_archive().store.asking() as session:
        scopes = scopes_of(session, found, _CLAIMS)
    return jsonify(
        **agency_told(shown.card),
        missing_years=shown.missing,
        years=[
            _year_told(key, year, scopes[year.card.version_id])
            | {"unreadable": year.card.year in shown.unreadable}
            | valued.all_as_json(shown.values.get(year.card.year))
            for year in shown.years
        ],
        coverage=[year_told(one) for one in shown.known],
    )


def _year_told(key: str, one: YearFigures, scopes: Mapping[str, str]) -> dict[str, Any]:
    """A year of an agency as JSON; `scopes`: whose numbers its text states, by key."""
    year = one.card.year
    return {
        "year": year,
        "title": one.card.title,
        "url": public_address("reports.report", key=key, year=year),
        "figures": {name: plain(value) for name, value in one.figures.items()},
        "scopes": scopes,
    }


def agency_export(key: str, kind: str) -> Response | WerkzeugResponse:
    """The agency's reports, a row a year; the years without one behind them."""
    shown = agency_or_404(key)
    if not isinstance(shown, Shown):
        return shown
    keys, unknown = export.keys_asked(request.args, GLANCE)
    columns = export.ReportColumns(keys)
    found = [year.card.version_id for year in shown.years]
    with current_archive().store.asking() as session:
        rows = export.rows_of(session, found, columns)
    headings = (*columns.headings, *_COVERAGE_COLUMNS)
    held = [
        [*columns.row(row), _held_as(row.card.year, shown), "", None, ""]
        for row in rows
    ]
    others = _other_rows(shown, len(columns.headings))
    told = dict.fromkeys(headings, "") | columns.meanings | _COVERAGE_COLUMNS
    what = "年报", [shown.card.name]
    return export.told_table(kind, what, told, held + others, keys, unknown)


def _held_as(year: int, shown: Shown) -> str:
    """The state of a year with a report."""
    if year in shown.unreadable:
        return f"{Coverage.HELD.label}（{labels.UNREADABLE}）"
    return Coverage.HELD.label


def _other_rows(shown: Shown, width: int) -> list[list[Value]]:
    """The years without a report under this name, as far under the headings as they
    go: year, agency and what is known.
    """
    card = shown.card
    about = [
        card.name,
        card.key,
        card.region_code,
        card.region_name,
        card.level,
        card.sector,
    ]
    blank: list[Value] = [None] * (width - len(about) - 1)
    return [
        [one.year, *about, *blank, one.state.label, one.why, one.looked_at, one.where]
        for one in shown.others
    ]
