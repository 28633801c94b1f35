"""Finding reports: the front page, searching with facets, and taking a list home."""

from __future__ import annotations

from dataclasses import asdict, replace

from flask import Blueprint, Response, jsonify, render_template, request

from archive.catalogue import FIELDS, GLANCE
from archive.search import FacetValue, Query
from archive.store import counting, covering, key_figures, reports
from archive.web import answers, export, instead, narrowing
from archive.web.asking import SORTS, asked
from archive.web.current import current_archive
from archive.web.guards import limiter

blueprint = Blueprint("find", __name__)

EXPORT_ROWS = 10_000
"""Rows of an export; the last row says when there are more."""
RELATED = 6
"""Agencies offered beside a result list."""


@blueprint.get("/")
def home() -> str:
    """What is in the archive, and where to begin."""
    with current_archive().store.session() as session:
        holdings = counting.holdings(session)
        newest = reports.newest(session)
        covered = covering.in_all(session)
    return render_template(
        "find/home.html", holdings=holdings, newest=newest, covered=covered
    )


@blueprint.get("/search")
def search() -> str:
    """Reports that fit, with passages, facets and chips; without words, everything."""
    found = answers.find(request.args)
    offers: list[instead.Instead] = []
    if not found.results.total:
        offers = list(instead.offers(found.query, _count))
    return render_template(
        "find/search.html",
        found=found,
        facets=narrowing.shown(found.query, found.results, request.args.get("all", "")),
        offers_facets=_offers_facets(found),
        chips=narrowing.chips(found.query),
        offers=offers,
        related=_related(found),
        sorts=SORTS,
    )


def _offers_facets(found: answers.Found) -> bool:
    """Whether any value of a facet leads to a report."""
    for values in found.results.facets.values():
        if any(value.count for value in values):
            return True
    return False


def _count(query: Query) -> int:
    """How many reports a question finds; none where only near ones answer it."""
    results = current_archive().index.search(replace(query, page=1, size=1))
    # Reports that have most of the words are no answer to an easier question.
    if results.nearest:
        return 0
    return results.total


def _related(found: answers.Found) -> list[FacetValue]:
    """The agencies with most of the reports found.

    Only where there are several and none is chosen yet.
    """
    is_chosen = "agency" in found.query.filters
    if is_chosen or not found.query.text:
        return []
    agencies = found.results.facets.get("agency", ())
    with_reports = [agency for agency in agencies if agency.count]
    if len(with_reports) > 1:
        return with_reports[:RELATED]
    return []


@blueprint.get("/search/help")
def syntax() -> str:
    """What can be typed into the search box, with examples to try."""
    return render_template("find/syntax.html", fields=FIELDS)


@blueprint.get("/search/suggest.json")
def suggest() -> Response:
    """Completions of `q`, at most eight: text, kind (agency, body, word) and reports
    behind it. A public contract.
    """
    suggestions = current_archive().index.suggest(request.args.get("q", ""))
    response = jsonify(suggestions=[asdict(one) for one in suggestions])
    response.headers["Cache-Control"] = "public, max-age=300"
    return response


@blueprint.get("/search.json")
def search_json() -> Response:
    """The result list as the API gives it."""
    return jsonify(answers.listing(answers.find(request.args)))


@blueprint.get("/search.<any(csv, xlsx):kind>")
@limiter.limit("60 per minute")
def search_export(kind: str) -> Response:
    """The whole result list, filters and order kept, as a table for a spreadsheet.

    What could not be taken as it stands in the address is said in the last rows.
    """
    query, notes = asked(request.args)
    version_ids, total = answers.listed(query, EXPORT_ROWS)
    with current_archive().store.session() as session:
        cards = reports.cards(session, version_ids)
        figures = key_figures(session, version_ids, GLANCE)
    rows = [export.report_row(card, figures[card.version_id]) for card in cards]
    remarks = [*notes, *query.notes]
    if total > EXPORT_ROWS:
        remarks.append(
            f"共约 {total} 份，只导出前 {EXPORT_ROWS} 份；请增加筛选条件后分次导出。"
        )
    rows += [[f"（{remark}）"] for remark in remarks]
    return export.table(kind, "reports", export.REPORT_HEADINGS, rows)
