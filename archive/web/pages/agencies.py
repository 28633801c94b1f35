"""Agencies: the list of all, and each with its years."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, Response, abort, jsonify, render_template, request
from werkzeug.datastructures import MultiDict

from archive.catalogue import SECTORS
from archive.store import AgencyCard, AgencyWish, YearFigures, region_told
from archive.store import agencies as questions
from archive.web import export
from archive.web.addresses import page_asked, pages_of, public_address
from archive.web.current import current_archive
from archive.web.export import Value
from archive.web.figures import chart
from archive.web.shown import plain

blueprint = Blueprint("agencies", __name__)

A_PAGE = 60
EXPORT_ROWS = 10_000
MAX_WISH = 100
"""Characters of what is asked for."""
HEADINGS = (
    "机关",
    "键",
    "行政区划代码",
    "行政区划",
    "层级",
    "领域",
    "报告数",
    "最早年度",
    "最近年度",
)
DUE_MONTH = 3
"""The month at whose end all reports of the year before are due (条例 第四十九条)."""


def _wish(args: MultiDict[str, str]) -> AgencyWish:
    """Which agencies an address asks for."""
    texts = {
        name: args.get(name, "").replace("\0", "").strip()[:MAX_WISH]
        for name in ("name", "region", "sector", "level")
    }
    return AgencyWish(**texts)


def _found(page: int, size: int = A_PAGE) -> tuple[int, list[AgencyCard]]:
    """How many agencies there are, and a page of them."""
    with current_archive().store.session() as session:
        return questions.agencies(session, _wish(request.args), page, size)


@blueprint.get("/agencies")
def agencies() -> str:
    """All agencies, by region and name."""
    page = page_asked(request.args)
    total, cards = _found(page)
    return render_template(
        "agencies/agencies.html",
        asked=_wish(request.args),
        total=total,
        agencies=cards,
        page=page,
        last_page=pages_of(total, A_PAGE),
        sectors=SECTORS,
    )


@blueprint.get("/agencies.json")
def agencies_json() -> Response:
    """A page of the list as data."""
    page = page_asked(request.args)
    total, cards = _found(page)
    results = [_agency_told(card) for card in cards]
    return jsonify(total=total, page=page, size=A_PAGE, results=results)


@blueprint.get("/agencies.<any(csv, xlsx):kind>")
def agencies_export(kind: str) -> Response:
    """The list from its beginning, a row an agency."""
    _, found = _found(page=1, size=EXPORT_ROWS)
    rows = [_row(card) for card in found]
    return export.table(kind, "agencies", HEADINGS, rows)


def _row(card: AgencyCard) -> list[Value]:
    """An agency under HEADINGS."""
    return [
        card.name,
        card.key,
        card.region_code,
        card.region_name,
        card.level,
        card.sector,
        card.reports,
        card.first_year or None,
        card.last_year or None,
    ]


def _agency_told(card: AgencyCard) -> dict[str, Any]:
    """An agency as JSON."""
    return {
        "key": card.key,
        "name": card.name,
        "region": region_told(card),
        "level": card.level,
        "sector": card.sector,
        "reports": card.reports,
        "first_year": card.first_year or None,
        "last_year": card.last_year or None,
        "url": public_address("agencies.agency", key=card.key),
    }


def _agency_or_404(key: str) -> tuple[AgencyCard, list[YearFigures]]:
    """An agency with its years, or the page that says there is none."""
    if "\0" in key:
        abort(404)
    with current_archive().store.session() as session:
        found = questions.agency_years(session, key)
    if found is None:
        abort(404, f"档案中没有键为“{key[:60]}”的机关。")
    return found


@blueprint.get("/agencies/<key>")
def agency(key: str) -> str:
    """An agency's reports year by year, the missing years among them."""
    card, years = _agency_or_404(key)
    received = [
        (year.card.year, year.figures.get("requests.new.total")) for year in years
    ]
    return render_template(
        "agencies/agency.html",
        agency=card,
        years={year.card.year: year for year in years},
        missing=missing_years([year.card.year for year in years]),
        chart=chart.columns(received),
    )


@blueprint.get("/agencies/<key>.json")
def agency_json(key: str) -> Response:
    """The same as data."""
    card, years = _agency_or_404(key)
    return jsonify(
        **_agency_told(card),
        missing_years=missing_years([year.card.year for year in years]),
        years=[_year_told(key, year) for year in years],
    )


def _year_told(key: str, one: YearFigures) -> dict[str, Any]:
    """A year of an agency as JSON."""
    year = one.card.year
    return {
        "year": year,
        "title": one.card.title,
        "url": public_address("reports.report", key=key, year=year),
        "figures": {name: plain(value) for name, value in one.figures.items()},
        "scopes": dict(one.card.scopes),
    }


@blueprint.get("/agencies/<key>.<any(csv, xlsx):kind>")
def agency_export(key: str, kind: str) -> Response:
    """The agency's reports, a row a year."""
    _, years = _agency_or_404(key)
    rows = [export.report_row(year.card, year.figures) for year in years]
    return export.table(kind, "agency-years", export.REPORT_HEADINGS, rows)


def missing_years(known: list[int], today: date | None = None) -> list[int]:
    """Years without a report between the first known one and the last that is due.

    A year's report is due by 31 March of the next (条例 第四十九条).
    """
    if not known:
        return []
    today = today or date.today()  # noqa: DTZ011
    years_past = 1 if today.month > DUE_MONTH else 2
    # A report that came early counts, though it is not due yet.
    last = max(today.year - years_past, *known)
    return [year for year in range(min(known), last + 1) if year not in known]
