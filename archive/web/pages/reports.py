"""Reports with their originals, and how to read them."""

from __future__ import annotations

from dataclasses import asdict, replace
from itertools import zip_longest
from typing import Any

from flask import Blueprint, Response, abort, jsonify, render_template, request

from archive.captures import DamagedOriginal
from archive.catalogue import CHECKS, FORMS, format_of
from archive.report import Report, contract, shortened
from archive.store import Event, Filed, Part, Rival, Version, sealing
from archive.store import reports as questions
from archive.web import export, freshness, labels, noted, rivals
from archive.web.addresses import public_address, whole_number
from archive.web.current import current_archive
from archive.web.figures import citing, tables
from archive.web.figures import indicators as indicated

blueprint = Blueprint("reports", __name__)

FIRST_YEAR, LAST_YEAR = 1990, 2100
MOST_VERSIONS = 99_999
UNKNOWN_TYPE = "application/octet-stream"
_COLUMNS = {
    "键": "数据接口所用的名称",
    "表": "",
    "项目": "",
    "数值": "只有“照录”和“推定”的有数值；其他状态没有数值，不当作零",
    "原文": "报告所印",
    "状态": "",
}
"""Heading of a report's file → its meaning."""
_HEXADECIMAL = frozenset("0123456789abcdef")
_KEPT_BACK = {"decision", "remark"}
"""What JSON does not say of a finding; the decision stands under `ruling`."""


def filed_or_404(key: str, year: int) -> Filed:
    """The report behind an address, or the page that says there is none."""
    version = request.args.get("version", "")
    number = whole_number(version, MOST_VERSIONS)
    is_possible = "\0" not in key and FIRST_YEAR <= year <= LAST_YEAR
    # No question to the database: NUL and absurd years are refused by some.
    if not is_possible or (version and not number):
        abort(404)
    with current_archive().store.asking() as session:
        filed = questions.filed(session, key, year, number)
    if filed is None:
        which = f"的第 {number} 号文本" if number else ""
        abort(404, f"档案中没有“{key[:60]}”的{year}年度报告{which}。")
    return filed


def _shown_or_404(key: str, year: int) -> tuple[Filed, int]:
    """The same as a page shows it: cut where it is endless, and by how many signs.

    Texts from elsewhere are cut at the same place, or the end would seem to differ.
    """
    filed = filed_or_404(key, year)
    reading, left_out = shortened(filed.reading)
    rivals_cut = tuple(map(_cut, filed.rivals))
    shown = replace(filed, reading=reading, rivals=rivals_cut)
    return shown, left_out


def _cut(rival: Rival) -> Rival:
    if rival.reading is None:
        return rival
    reading, _ = shortened(rival.reading)
    return replace(rival, reading=reading)


@blueprint.get("/reports/<key>/<int:year>")
def report(key: str, year: int) -> str:
    """A report: figures in the statutory tables, text, findings, and where all of it
    comes from.
    """
    filed, left_out = _shown_or_404(key, year)
    read = filed.reading
    in_sight = indicated.in_sight(read, filed.before)
    with current_archive().store.asking() as session:
        sealed_on = sealing.sealed_with(session, filed.version.digest)
    return render_template(
        "reports/report.html",
        filed=filed,
        report=read,
        left_out=left_out,
        glance=tables.glance(read),
        in_sight=in_sight,
        has_tables=bool(read.figures) and read.form in FORMS,
        disclosures=tables.disclosures(read),
        requests=tables.requests(read),
        proceedings=tables.proceedings(read),
        printed=tables.printed_tables(read),
        statutory=tables.statutory_blocks(read),
        groups=noted.groups(read, filed.notes),
        rivals=rivals.beside(filed, read),
        cites=citing.told(citing.Quoted(filed)),
        sealed_on=sealed_on,
    )


@blueprint.get("/reports/<key>/<int:year>/indicators")
def indicators(key: str, year: int) -> str:
    """What is computed from a report's figures, each with the cells it is made of."""
    filed = filed_or_404(key, year)
    return render_template(
        "reports/indicators.html",
        filed=filed,
        groups=indicated.groups(filed.reading, filed.before),
    )


@blueprint.get("/reports/<key>/<int:year>.json")
def report_json(key: str, year: int) -> Response:
    """The same as data: what `read --json` says, and the provenance."""
    filed, left_out = _shown_or_404(key, year)
    told = _told(filed)
    if left_out:
        version = filed.version.number
        whole = public_address("reports.text", key=key, year=year, version=version)
        told["left_out"] = {"signs": left_out, "text": whole}
    return jsonify(told)


@blueprint.get("/reports/<key>/<int:year>.txt")
def text(key: str, year: int) -> Response:
    """The whole text and nothing else, however long."""
    read = filed_or_404(key, year).reading
    parts = [line for one in read.sections for line in (one.heading, one.text)]
    lines = "\n".join(filter(None, [read.title, *parts]))
    return Response(f"{lines}\n", content_type="text/plain; charset=utf-8")


@blueprint.get("/reports/<key>/<int:year>.<any(csv, xlsx):kind>")
def report_export(key: str, year: int, kind: str) -> Response:
    """Every figure of a report, a row each."""
    filed = filed_or_404(key, year)
    read = filed.reading
    rows: list[list[export.Value]] = []
    for figure in read.figures.values():
        place = labels.table_and_name(figure.key)
        status = figure.status.label
        rows.append([figure.key, *place, figure.value, figure.printed, status])
    version = filed.version
    words = (filed.agency.name, f"{year}年度", f"第{version.number}号文本")
    notes = (f"来源：{version.source_url}", f"原件 SHA-256：{version.digest}")
    address = citing.Quoted(filed).address
    what = "数据", words
    return export.told_table(kind, what, _COLUMNS, rows, notes=notes, address=address)


def _told(filed: Filed) -> dict[str, Any]:
    """A report as JSON: the contract of `read --json`, with address, provenance, the
    versions of its address and its rivals from others.
    """
    version, key, year = filed.version, filed.agency.key, filed.year
    read = filed.reading
    return {
        **contract(read, version.file_name or version.digest),
        "findings": [_note_told(note) for note in filed.notes],
        "agency_key": key,
        "url": public_address("reports.report", key=key, year=year),
        "provenance": _provenance(version),
        "versions": [_provenance(other) for other in filed.versions],
        "indicators": indicated.told(read, filed.before),
        "rivals": _rivals_told(filed, read),
        "events": [_event_told(event) for event in filed.events],
        "years": filed.years,
        "citation": citing.plain(citing.Quoted(filed)),
        "cite": citing.told(citing.Quoted(filed)),
    }


def _rivals_told(filed: Filed, read: Report) -> list[dict[str, Any]]:
    """Differing texts from other addresses, as JSON; of some in what they differ."""
    told = []
    differing = [
        rivals.differing_told(one.differing) for one in rivals.beside(filed, read)
    ]
    for rival, differs in zip_longest(filed.rivals, differing):
        path = rivals.compared_at(filed, rival.version)
        compared = current_archive().settings.public_url + path
        told.append(
            {**_provenance(rival.version), "differs": differs, "compare": compared}
        )
    return told


def _event_told(event: Event) -> dict[str, str]:
    """What became of an address, as JSON."""
    return {
        "kind": event.kind,
        "at": event.at.isoformat(),
        "url": event.url,
        "told": event.told,
    }


def _note_told(note: Any) -> dict[str, Any]:
    """A finding as JSON, with the ruling of a person where there is one."""
    told = asdict(note)
    for name in _KEPT_BACK:
        del told[name]
    if note.decision:
        told["ruling"] = note.decision
    return told


def _provenance(version: Version) -> dict[str, Any]:
    """Where a version comes from, as JSON."""
    published, gone = version.published_on, version.gone_at
    return {
        "version": version.number,
        "current": version.current,
        "waits": version.waits or None,
        "source_url": version.source_url,
        "file_url": version.file_url,
        "captured_at": version.captured_at.isoformat(),
        "published_on": published.isoformat() if published else None,
        "published_from": version.published_from,
        "sha256": version.digest,
        "size": version.size,
        "media_type": version.media_type,
        "original": public_address("reports.original", digest=version.digest),
        "gone_at": gone.isoformat() if gone else None,
        "gone_why": version.gone_why,
        "parts": [_part_told(part) for part in version.parts],
        "places": [rivals.place_told(seen) for seen in version.places],
    }


def _part_told(part: Part) -> dict[str, Any]:
    """An original that was read together with the one of a version, as JSON."""
    return {
        "sha256": part.digest,
        "url": part.url,
        "media_type": part.media_type,
        "original": public_address("reports.original", digest=part.digest),
    }


@blueprint.get("/originals/<digest>")
def original(digest: str) -> Response:
    """An original, byte for byte.

    Always a download: a portal's page must not run under our address.
    """
    if len(digest) != 64 or not set(digest) <= _HEXADECIMAL:
        abort(404, "原件的地址应以64位SHA-256结尾。")
    with current_archive().store.asking() as session:
        media_type = questions.media_type_of(session, digest)
    if media_type is None:
        abort(404, "档案中没有这份原件。")
    try:
        body = current_archive().captures.open(digest)
    except DamagedOriginal as damaged:
        abort(503, str(damaged))
    known = format_of(media_type)
    response = Response(body)
    # Told without a charset, also of text: the bytes themselves say which one it is.
    response.content_type = media_type if known else UNKNOWN_TYPE
    name = f"{digest[:16]}{known.endings[0] if known else ''}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    # Should a browser show it after all, it runs nothing and asks for nothing.
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    # The address is the digest of the bytes: they can never change.
    response.headers["Cache-Control"] = freshness.FOR_GOOD
    response.set_etag(digest)
    response.make_conditional(request)
    return response


@blueprint.get("/about")
def about() -> str:
    """How reports are read, and what the marks mean."""
    return render_template("reports/about.html", checks=CHECKS)
