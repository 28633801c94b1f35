"""How much of what should be here is here, and what is known of the rest."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from flask import Blueprint, Response, jsonify, render_template, request
from werkzeug.datastructures import MultiDict

from archive.catalogue import (
    COVERED_SINCE,
    FEWEST,
    LEVELS,
    SECTORS,
)
from archive.store import (
    Body,
    BodyYears,
    Coverages,
    CoverageWish,
    Share,
    YearState,
    coverage,
)
from archive.web import export, labels
from archive.web.addresses import page_asked, pages_of, public_address, whole_number
from archive.web.asking import one_of, region_asked
from archive.web.current import current_archive
from archive.web.export import Value
from archive.web.pages.known import (
    STATES,
    body_told,
    moment_told,
    share_of,
    share_told,
    spans,
    year_told,
)

blueprint = Blueprint("coverage", __name__)

A_PAGE = 50
EXPORT_BODIES = 5_000
"""Bodies of which an export tells, each with up to a line a year."""
_COUNT_COLUMNS = {
    "分组": "按什么分：年度、行政区划、层级或领域",
    "代码": "行政区划代码（GB/T 2260），或层级、领域",
    "名称": "",
    "年度": "报告所述的年度；没有选定时，各地各层级各领域是各年度合计",
    "收录": "档案中有的报告",
    "应有": "应当有报告的机关和年度",
    "收录比例": f"收录÷应有，小数：0.625 即 62.5%；应有不足{FEWEST}的不列",
    **{state.label: "这种状态的机关和年度" for state in STATES},
}
_MISSING_COLUMNS = {
    "机关": "",
    "键": "地址中的名称",
    "行政区划代码": "GB/T 2260",
    "行政区划": "",
    "层级": "",
    "领域": "",
    "年度": "报告所述的年度",
    "状态": "为什么没有收录",
    "状态代码": "同上，数据接口所用",
    "依据": "根据什么这样说",
    "查看时间": "北京时间",
    "来源或网址": "",
    "页面": "机关在本站的页面",
}


def asked(args: MultiDict[str, str]) -> tuple[CoverageWish, tuple[str, ...]]:
    """What an address asks for, and what of it was not taken as it stands."""
    notes: list[str] = []
    region = region_asked(args, notes.append)
    sector = one_of(args, "sector", SECTORS, notes.append)
    level = one_of(args, "level", LEVELS, notes.append)
    state = one_of(args, "state", labels.COVERAGE, notes.append)
    year = whole_number(args.get("year", ""), COVERED_SINCE + 60)
    if args.get("year") and (year is None or year < COVERED_SINCE):
        notes.append(f"年度应在{COVERED_SINCE}年以后。")
        year = None
    return CoverageWish(region, sector, level, year, state), tuple(notes)


def _counted(wish: CoverageWish) -> Coverages:
    with current_archive().store.asking() as session:
        return coverage.coverage(session, wish)


@blueprint.get("/coverage")
def page() -> str:
    """How much is here, by year, place, level and sector."""
    wish, notes = asked(request.args)
    return render_template(
        "coverage/coverage.html",
        wish=wish,
        notes=notes,
        found=_counted(wish),
        states=STATES,
        sectors=SECTORS,
        least=FEWEST,
    )


@blueprint.get("/coverage/missing")
def missing() -> str:
    """The bodies and years of which no report is here, with what is known."""
    wish, notes = asked(request.args)
    number = page_asked(request.args)
    counted, found = _missing(wish, number, A_PAGE)
    return render_template(
        "coverage/missing.html",
        wish=wish,
        notes=notes,
        counted=counted,
        found=[(one.body, spans(one.years)) for one in found],
        sectors=SECTORS,
        page=number,
        last_page=pages_of(counted.bodies, A_PAGE),
        years=[year for year, _ in counted.years],
    )


def _missing(
    wish: CoverageWish, number: int, size: int
) -> tuple[Coverages, list[BodyYears]]:
    with current_archive().store.asking() as session:
        counted = coverage.coverage(session, wish)
        return counted, coverage.missing(session, wish, number, size)


# ---- as data ---------------------------------------------------------------------


@blueprint.get("/coverage.json")
def page_json() -> Response:
    """The same as data."""
    wish, _ = asked(request.args)
    found = _counted(wish)
    return jsonify(
        counted_at=moment_told(found.counted_at),
        asked=_wish_told(wish),
        total=share_told(found.total),
        years=[{"year": year, **share_told(share)} for year, share in found.years],
        places=[_part(one, "code") for one in found.places],
        levels=[_part(one, "level") for one in found.levels],
        sectors=[_part(one, "sector") for one in found.sectors],
        missing={
            "bodies": found.bodies,
            "body_years": found.body_years,
            "url": public_address("coverage.missing_json", **_wish_told(wish)),
        },
    )


@blueprint.get("/coverage/missing.json")
def missing_json() -> Response:
    """A page of the bodies with their missing years, as data."""
    wish, _ = asked(request.args)
    number = page_asked(request.args)
    counted, found = _missing(wish, number, A_PAGE)
    return jsonify(
        counted_at=moment_told(counted.counted_at),
        asked=_wish_told(wish),
        total=counted.bodies,
        body_years=counted.body_years,
        page=number,
        size=A_PAGE,
        results=[
            {**body_told(one.body), "years": [year_told(year) for year in one.years]}
            for one in found
        ],
    )


def _wish_told(wish: CoverageWish) -> dict[str, Any]:
    told = {
        "region": wish.region,
        "sector": wish.sector,
        "level": wish.level,
        "year": wish.year,
        "state": wish.state,
    }
    return {name: value for name, value in told.items() if value}


def _part(part: coverage.Part, named: str) -> dict[str, Any]:
    told = {named: part.value}
    if named == "code":
        told["name"] = part.name
    return {**told, **share_told(part.share)}


# ---- as tables -------------------------------------------------------------------


@blueprint.get("/coverage.<any(csv, xlsx):kind>")
def page_export(kind: str) -> Response:
    """The counts, a row each year, place, level and sector."""
    wish, notes = asked(request.args)
    rows = _count_rows(_counted(wish), wish)
    what = "收录情况", _words(wish)
    return export.told_table(kind, what, _COUNT_COLUMNS, rows, notes=notes)


def _words(wish: CoverageWish) -> Iterator[str]:
    """What a file is of: of whom, of which year, in which state."""
    yield from export.narrowed(wish.region, wish.level, wish.sector)
    yield f"{wish.year}年度" if wish.year else ""
    yield labels.COVERAGE.get(wish.state, "")


def _count_rows(found: Coverages, wish: CoverageWish) -> Iterator[list[Value]]:
    for year, share in found.years:
        yield ["年度", "", "", year, *_share_row(share)]
    groups = (
        ("行政区划", found.places),
        ("层级", found.levels),
        ("领域", found.sectors),
    )
    for group, parts in groups:
        for part in parts:
            yield [group, part.value, part.name, wish.year, *_share_row(part.share)]


def _share_row(share: Share) -> list[Value]:
    ratio = share_of(share)
    told = None if ratio is None else Decimal(str(ratio))
    return [
        share.held,
        share.due,
        told,
        *(share.states.get(state, 0) for state in STATES),
    ]


@blueprint.get("/coverage/missing.<any(csv, xlsx):kind>")
def missing_export(kind: str) -> Response:
    """The missing from the beginning of the list, a row a body and year."""
    wish, notes = asked(request.args)
    with current_archive().store.asking() as session:
        found = coverage.missing(session, wish, 1, EXPORT_BODIES)
    rows = [_missing_row(each.body, year) for each in found for year in each.years]
    what = "未收录", _words(wish)
    return export.told_table(kind, what, _MISSING_COLUMNS, rows, notes=notes)


def _missing_row(body: Body, one: YearState) -> list[Value]:
    return [
        body.name,
        body.key,
        body.region_code,
        body.region_name,
        body.level,
        body.sector,
        one.year,
        one.state.label,
        one.state.value,
        one.why,
        one.looked_at,
        one.where,
        public_address("agencies.agency", key=body.key),
    ]
