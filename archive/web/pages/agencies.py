"""Agencies: the list of all, and each with its years."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, jsonify, render_template, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as WerkzeugResponse

from archive.catalogue import (
    GLANCE,
    IN_SIGHT,
    INDICATOR_GROUPS,
    SECTORS,
    Coverage,
)
from archive.search import ChipKind, understand
from archive.store import (
    AgencyCard,
    AgencyWish,
    Body,
    CoverageWish,
    YearFigures,
    coverage,
    region_told,
)
from archive.store import agencies as questions
from archive.web import export, labels
from archive.web.addresses import (
    address_again,
    page_asked,
    pages_of,
    public_address,
    whole_number,
)
from archive.web.asking import today
from archive.web.current import current_archive
from archive.web.export import Value
from archive.web.figures import chart, chosen, valued
from archive.web.guards import limiter
from archive.web.pages.bodies import Shown, agency_or_404
from archive.web.pages.known import spans, year_told
from archive.web.shown import plain

blueprint = Blueprint("agencies", __name__)

A_PAGE = 60
LAST_YEAR = 2100
MAX_WISH = 100
"""Characters of what is asked for."""
MOST_WITHOUT = 30
"""Bodies without any report that a list of agencies shows below it."""
_COVERAGE_HEADINGS = ("收录状态", "依据", "查看时间", "来源或网址")


def _wish(args: MultiDict[str, str]) -> AgencyWish:
    """Which agencies an address asks for."""
    texts = {
        name: args.get(name, "").replace("\0", "").strip()[:MAX_WISH]
        for name in ("name", "region", "sector", "level")
    }
    wish = AgencyWish(texts["name"], texts["region"], texts["sector"], texts["level"])
    return _understood(wish)


def _understood(wish: AgencyWish) -> AgencyWish:
    """A wish whose name is understood as the search understands it: 成都 教委, 臺灣,
    chongqing. Years of a question tell nothing of an agency.
    """
    found = understand(wish.name, today())
    places = found.of(ChipKind.PLACE)
    codes = [code for chip in places for one in chip.places for code in one.codes]
    endings: list[str] = []
    for chip in found.of(ChipKind.AGENCY):
        assert chip.agency
        endings += chip.agency.in_a_place if places else chip.agency.endings
    return replace(
        wish,
        words=found.words,
        places=tuple(codes),
        written=tuple(chip.typed for chip in places),
        endings=tuple(endings),
    )


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of agencies, and how many there are."""

    total: int
    cards: list[AgencyCard]
    due: dict[str, tuple[int, int]]
    """Agency → how many reports of its body are here since 2008, of how many."""
    without: list[Body]
    """Bodies that fit as well, and of which no report is here; the first few."""


def _found(page: int, size: int = A_PAGE, most_without: int = 0) -> Listed:
    wish = _wish(request.args)
    with current_archive().store.session() as session:
        total, cards = questions.agencies(session, wish, page, size)
        due = coverage.due_of(session, [card.key for card in cards])
        without: list[Body] = []
        if most_without and wish.is_narrow:
            region = wish.region or "".join(wish.places[:1])
            others = CoverageWish(region, wish.sector, wish.level)
            name = " ".join((*(wish.words or ()), *wish.endings[:1]))
            without = coverage.without_report(session, others, name, most_without)
    return Listed(total, cards, due, without)


@blueprint.get("/agencies")
def agencies() -> str:
    """All agencies, by region and name."""
    page = page_asked(request.args)
    found = _found(page, most_without=MOST_WITHOUT + 1)
    return render_template(
        "agencies/agencies.html",
        asked=_wish(request.args),
        total=found.total,
        agencies=found.cards,
        due=found.due,
        without=found.without[:MOST_WITHOUT],
        has_more=len(found.without) > MOST_WITHOUT,
        page=page,
        last_page=pages_of(found.total, A_PAGE),
        sectors=SECTORS,
    )


@blueprint.get("/agencies.json")
def agencies_json() -> Response:
    """A page of the list as data."""
    page = page_asked(request.args)
    found = _found(page)
    results = [
        {**_agency_told(card), **_due_told(found.due.get(card.key))}
        for card in found.cards
    ]
    return jsonify(total=found.total, page=page, size=A_PAGE, results=results)


def _due_told(counted: tuple[int, int] | None) -> dict[str, Any]:
    """How many reports since 2008 are here, of how many; null before it was counted."""
    held, due = counted or (None, None)
    return {"held": held, "due": due}


@blueprint.get("/agencies.<any(csv, xlsx, jsonl):kind>")
@limiter.limit("60 per minute")
def agencies_export(kind: str) -> Response:
    """The whole list, a row an agency; where `figure` names numbers, with those of the
    year asked for, or of each agency's newest report.
    """
    wish, ask, keys, year = _exported("agencies.agencies_export", kind=kind)
    with current_archive().store.session() as session:
        found = questions.ids(session, wish)
    name = export.file_name("机关", _words(wish, year), ask.at)
    return export.agency_list(kind, name, found, keys, year, ask)


@blueprint.get("/agencies/definitions.csv")
def agencies_definitions() -> Response:
    """What the columns of the same export mean, for which question and when."""
    wish, ask, keys, year = _exported("agencies.agencies_export", kind="csv")
    with current_archive().store.session() as session:
        total = len(questions.ids(session, wish))
    rows = export.agency_definitions(ask, total, keys)
    name = export.file_name("机关说明", _words(wish, year), ask.at)
    return export.table("csv", name, export.DEFINITION_HEADINGS, rows)


@blueprint.get("/agencies/export")
def choose_export() -> str:
    """The form that chooses what to take home, and how much it will be."""
    wish, ask, keys, year = _exported("agencies.agencies_export", kind="csv")
    with current_archive().store.session() as session:
        found = questions.ids(session, wish)
        expected = export.expected_agencies(session, found, keys, year)
    return render_template(
        "find/export.html",
        ask=ask,
        expected=expected,
        groups=export.groups(keys),
        has_all=keys == export.KEYS,
        back="agencies.agencies",
        files="agencies.agencies_export",
        definitions="agencies.agencies_definitions",
    )


def _exported(
    endpoint: str, **values: str
) -> tuple[AgencyWish, export.Question, tuple[str, ...], int | None]:
    """What an export of the list answers, with which numbers, of which year."""
    wish = _wish(request.args)
    year = whole_number(request.args.get("year", ""), LAST_YEAR)
    keys, unknown = export.keys_asked(request.args, ())
    where = current_archive().settings.public_url + address_again(endpoint, **values)
    told = "；".join(_words(wish, year)) or "全部机关"
    return wish, export.Question(told, where, datetime.now(UTC), unknown), keys, year


def _words(wish: AgencyWish, year: int | None) -> list[str]:
    """What is asked for, in words."""
    region = labels.region_name(wish.region) if wish.region else ""
    numbers = f"{year}年度的数字" if year else ""
    return list(filter(None, (wish.name, region, wish.level, wish.sector, numbers)))


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


@blueprint.get("/agencies/<key>")
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
        groups=INDICATOR_GROUPS,
        others={one.year: one for one in shown.others},
        fellows={one.year: one for one in shown.fellows},
        spans=spans(shown.others),
        missing=shown.missing,
        chart=chart.columns(received),
    )


@blueprint.get("/agencies/<key>.json")
def agency_json(key: str) -> Response | WerkzeugResponse:
    """The same as data; with `figure` each year has its `values`."""
    keys, _ = chosen.keys_asked(request.args)
    shown = agency_or_404(key, keys)
    if not isinstance(shown, Shown):
        return shown
    return jsonify(
        **_agency_told(shown.card),
        missing_years=shown.missing,
        years=[
            _year_told(key, year) | valued.all_as_json(shown.values.get(year.card.year))
            for year in shown.years
        ],
        coverage=[year_told(one) for one in shown.known],
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
def agency_export(key: str, kind: str) -> Response | WerkzeugResponse:
    """The agency's reports, a row a year; the years without one behind them."""
    shown = agency_or_404(key)
    if not isinstance(shown, Shown):
        return shown
    keys, _ = export.keys_asked(request.args, GLANCE)
    columns = export.ReportColumns(keys)
    found = [year.card.version_id for year in shown.years]
    with current_archive().store.session() as session:
        rows = export.rows_of(session, found, columns)
    headings = (*columns.headings, *_COVERAGE_HEADINGS)
    held = [[*columns.row(row), Coverage.HELD.label, "", None, ""] for row in rows]
    others = _other_rows(shown, len(columns.headings))
    name = export.file_name("年报", [shown.card.name], datetime.now(UTC))
    return export.table(kind, name, headings, held + others)


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
