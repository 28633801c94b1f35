"""Reading: reports with their originals, agencies with their years, and what this
archive is.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from flask import Blueprint, Response, abort, jsonify, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from archive.captures import Damaged
from archive.regions import SECTORS
from archive.report import CHECKS, Report, contract, from_json
from archive.store import AgencyCard, Filed, YearFigures, reports
from archive.web import chart, export, labels, tables
from archive.web.rooms import rooms
from archive.web.shown import plain

blueprint = Blueprint("browse", __name__)

FIRST_YEAR, LAST_YEAR = 1990, 2100
AGENCIES_A_PAGE = 60
SUFFIXES = {
    "text/html": ".html",
    "application/pdf": ".pdf",
    "application/msword": ".doc",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/ofd": ".ofd",
    "application/rtf": ".rtf",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
    "application/vnd.ms-word.xml": ".xml",
    "application/vnd.ms-word.flat-opc": ".xml",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.ms-excel.xml": ".xml",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/zip": ".zip",
    "application/gzip": ".gz",
    "multipart/related": ".mht",
    "text/plain": ".txt",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/tiff": ".tif",
    "image/bmp": ".bmp",
    "image/gif": ".gif",
    "image/webp": ".webp",
}


def filed_or_404(key: str, year: int, version: str = "") -> Filed:
    """The report behind an address, or the page that says there is none."""
    number = (
        int(version)
        if version.isascii() and version.isdigit() and len(version) < 6
        else None
    )
    if "\0" in key or not FIRST_YEAR <= year <= LAST_YEAR or (version and not number):
        abort(404)
    with rooms().store.session() as session:
        filed = reports.filed(session, key, year, number)
    if filed is None:
        abort(
            404,
            f"档案中没有“{key[:60]}”的{year}年度报告"
            f"{f'第{number}版' if number else ''}。",
        )
    return filed


@blueprint.get("/reports/<key>/<int:year>")
def report(key: str, year: int) -> str:
    """A report: figures in the statutory tables, text, findings, and where all of it
    comes from.
    """
    filed = filed_or_404(key, year, request.args.get("version", ""))
    read = from_json(filed.reading)
    return render_template(
        "browse/report.html",
        filed=filed,
        report=read,
        glance=tables.glance(read),
        disclosures=tables.disclosures(read),
        requests=tables.requests(read),
        proceedings=tables.proceedings(read),
        printed=tables.printed_tables(read),
        statutory=tables.statutory_blocks(read),
        doubts=[note for note in filed.notes if note.family == "reading"],
        contradictions=[note for note in filed.notes if note.family == "report"],
        citation=citation(filed),
    )


@blueprint.get("/reports/<key>/<int:year>.json")
def report_json(key: str, year: int) -> Response:
    """The same as data: what `read --json` says, and the provenance."""
    return jsonify(told(filed_or_404(key, year, request.args.get("version", ""))))


@blueprint.get("/reports/<key>/<int:year>.<any(csv, xlsx):kind>")
def report_export(key: str, year: int, kind: str) -> Response:
    """Every figure of a report, a row each."""
    filed = filed_or_404(key, year, request.args.get("version", ""))
    read = from_json(filed.reading)
    rows = [
        [name, *labels.figure_labels().get(name, ("", name)), figure.value, figure.printed,
         labels.STATUSES[figure.status.value]]
        for name, figure in read.figures.items()
    ]  # fmt: skip
    headings = ("键", "表", "项目", "数值", "原文", "状态")
    return export.table(kind, f"report-{year}", headings, rows)


def told(filed: Filed) -> dict[str, Any]:
    """A report as JSON: the contract of `read --json`, with address, provenance and
    versions.
    """
    version = filed.version
    read: Report = from_json(filed.reading)
    return {
        **contract(read, version.file_name or version.digest),
        "findings": [
            {
                key: value
                for key, value in asdict(note).items()
                if key not in {"decision", "remark"}
            }
            | ({"ruling": note.decision} if note.decision else {})
            for note in filed.notes
        ],
        "agency_key": filed.agency.key,
        "url": url_for(
            "browse.report", key=filed.agency.key, year=filed.year, _external=True
        ),
        "provenance": _provenance(version),
        "versions": [_provenance(other) for other in filed.versions],
        "years": filed.years,
        "citation": citation(filed),
    }


def _provenance(version: reports.Version) -> dict[str, Any]:
    return {
        "version": version.number,
        "current": version.current,
        "source_url": version.source_url,
        "file_url": version.file_url,
        "captured_at": version.captured_at.isoformat(),
        "published_on": version.published_on.isoformat()
        if version.published_on
        else None,
        "sha256": version.digest,
        "size": version.size,
        "media_type": version.media_type,
        "original": url_for("browse.original", digest=version.digest, _external=True),
        "gone_at": version.gone_at.isoformat() if version.gone_at else None,
        "gone_why": version.gone_why,
    }


def citation(filed: Filed) -> str:
    """How to quote a report so that it can be found and checked again."""
    version = filed.version
    address = url_for(
        "browse.report",
        key=filed.agency.key,
        year=filed.year,
        version=version.number,
        _external=True,
    )
    published = (
        f"，{version.published_on.isoformat()}发布" if version.published_on else ""
    )
    return (
        f"{filed.agency.name}：《{version.title}》{published}。"
        f"{labels.SITE}第{version.number}版，"
        f"{version.captured_at.date().isoformat()}存档，SHA-256："
        f"{version.digest[:16]}…，{address}"
    )


@blueprint.get("/originals/<digest>")
def original(digest: str) -> Response:
    """An original, byte for byte. Always a download: a portal's page must not run under
    our address.
    """
    if len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):
        abort(404, "原件的地址应以64位SHA-256结尾。")
    with rooms().store.session() as session:
        known = reports.original(session, digest)
    if known is None:
        abort(404, "档案中没有这份原件。")
    try:
        body = rooms().captures.open(digest)
    except Damaged as damaged:
        abort(503, str(damaged))
    response = Response(
        body, content_type=known.media_type if known.media_type in SUFFIXES else None
    )
    if known.media_type not in SUFFIXES:
        response.content_type = "application/octet-stream"
    elif known.media_type.startswith("text/"):
        response.content_type = (
            known.media_type
        )  # no charset: the bytes say which one it is
    name = f"{digest[:16]}{SUFFIXES.get(known.media_type, '')}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    response.set_etag(digest)
    response.make_conditional(request)
    return response


@blueprint.get("/agencies")
def agencies() -> str:
    """All agencies, by region and name."""
    asked = _asked_agencies(request.args)
    total, page = _agencies(asked)
    pages = max(1, -(-total // AGENCIES_A_PAGE))
    return render_template(
        "browse/agencies.html",
        asked=asked,
        total=total,
        agencies=page,
        last_page=pages,
        sectors=SECTORS,
    )


@blueprint.get("/agencies.json")
def agencies_json() -> Response:
    asked = _asked_agencies(request.args)
    total, page = _agencies(asked)
    return jsonify(
        total=total,
        page=asked["page"],
        size=AGENCIES_A_PAGE,
        results=[_agency_told(card) for card in page],
    )


@blueprint.get("/agencies.<any(csv, xlsx):kind>")
def agencies_export(kind: str) -> Response:
    asked = _asked_agencies(request.args) | {"page": 1}
    _, found = _agencies(asked, 10_000)
    headings = (
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
    rows = [
        [card.name, card.key, card.region_code, card.region_name, card.level, card.sector, card.reports,
         card.first_year or None, card.last_year or None]
        for card in found
    ]  # fmt: skip
    return export.table(kind, "agencies", headings, rows)


def _asked_agencies(args: MultiDict[str, str]) -> dict[str, Any]:
    page = args.get("page", "")
    texts = {
        name: args.get(name, "").replace("\0", "").strip()[:100]
        for name in ("name", "region", "sector", "level")
    }
    return texts | {
        "page": int(page)
        if page.isascii() and page.isdigit() and 0 < len(page) < 7 and int(page)
        else 1
    }


def _agencies(
    asked: dict[str, Any], size: int = AGENCIES_A_PAGE
) -> tuple[int, list[AgencyCard]]:
    with rooms().store.session() as session:
        return reports.agencies(session, **asked, size=size)


def _agency_told(card: AgencyCard) -> dict[str, Any]:
    return {
        "key": card.key,
        "name": card.name,
        "region": {"code": card.region_code, "name": card.region_name}
        if card.region_code
        else None,
        "level": card.level,
        "sector": card.sector,
        "reports": card.reports,
        "first_year": card.first_year or None,
        "last_year": card.last_year or None,
        "url": url_for("browse.agency", key=card.key, _external=True),
    }


def agency_or_404(key: str) -> tuple[AgencyCard, list[YearFigures]]:
    if "\0" in key:
        abort(404)
    with rooms().store.session() as session:
        found = reports.agency_years(session, key)
    if found is None:
        abort(404, f"档案中没有键为“{key[:60]}”的机关。")
    return found


@blueprint.get("/agencies/<key>")
def agency(key: str) -> str:
    """An agency's reports year by year, the missing years among them."""
    card, years = agency_or_404(key)
    return render_template(
        "browse/agency.html",
        agency=card,
        years={year.card.year: year for year in years},
        missing=missing_years([year.card.year for year in years]),
        chart=chart.columns(
            [(year.card.year, year.figures.get("requests.new.total")) for year in years]
        ),
    )


@blueprint.get("/agencies/<key>.json")
def agency_json(key: str) -> Response:
    card, years = agency_or_404(key)
    return jsonify(
        **_agency_told(card),
        missing_years=missing_years([year.card.year for year in years]),
        years=[
            {
                "year": year.card.year,
                "title": year.card.title,
                "url": url_for(
                    "browse.report", key=key, year=year.card.year, _external=True
                ),
                "figures": {name: plain(value) for name, value in year.figures.items()},
            }
            for year in years
        ],
    )


@blueprint.get("/agencies/<key>.<any(csv, xlsx):kind>")
def agency_export(key: str, kind: str) -> Response:
    _, years = agency_or_404(key)
    rows = [export.report_row(year.card, year.figures) for year in years]
    return export.table(kind, "agency-years", export.REPORT_HEADINGS, rows)


def missing_years(known: list[int], today: date | None = None) -> list[int]:
    """Years without a report between the first known one and the last that is due.

    A year's report is due by 31 March of the next (条例 第四十九条).
    """
    if not known:
        return []
    today = today or date.today()  # noqa: DTZ011
    last_due = today.year - 1 if today.month > 3 else today.year - 2
    return [
        year
        for year in range(min(known), max(last_due, *known) + 1)
        if year not in known
    ]


@blueprint.get("/about")
def about() -> str:
    """How reports are read, and what the marks mean."""
    return render_template("browse/about.html", checks=CHECKS)
