"""Finding reports: the front page, searching with facets, and taking a list home."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import UTC, datetime

from flask import Blueprint, Response, jsonify, render_template, request

from archive.catalogue import FIELDS, GLANCE
from archive.search import Counted, FacetValue, Query
from archive.store import counting, coverage, reports
from archive.web import answers, export, instead, narrowing
from archive.web.addresses import address_again
from archive.web.asking import SORTS, asked
from archive.web.current import current_archive
from archive.web.figures import asked as asked_figures
from archive.web.guards import limiter

blueprint = Blueprint("find", __name__)

EVERY_ROW = 1 << 31
"""More than an index holds: an export has no limit of rows."""
SAMPLE = 30
"""Reports on which the size of an export is measured."""
RELATED = 6
"""Agencies offered beside a result list."""


@blueprint.get("/")
def home() -> str:
    """What is in the archive, and where to begin."""
    with current_archive().store.asking() as session:
        holdings = counting.holdings(session)
        newest = reports.newest(session)
        covered = coverage.in_all(session)
    return render_template(
        "find/home.html", holdings=holdings, newest=newest, covered=covered
    )


@blueprint.get("/search")
def search() -> str:
    """Reports that fit, with passages, facets and chips; without words, everything."""
    found = answers.find(request.args)
    offers: list[instead.Instead] = []
    spelled: list[str] = []
    if not found.results.total and not found.instead:
        offers = list(instead.offers(found.query, _count))
        spelled = instead.spelled(found.query.text, current_archive().index.suggest)
    return render_template(
        "find/search.html",
        found=found,
        facets=narrowing.shown(found.query, found.results, request.args.get("all", "")),
        offers_facets=_offers_facets(found),
        chips=narrowing.chips(found.query),
        understood=answers.shown_chips(found.query),
        offers=offers,
        spelled=spelled,
        related=_related(found),
        sorts=_sorts(found.query),
        conditions=asked_figures.chips(found.query),
        ranged=asked_figures.ranged(found.query, found.results),
        told=_told(found.query),
    )


def _sorts(query: Query) -> dict[str, str]:
    """The orders on offer; those by a figure where it is looked at."""
    if not query.looked_at:
        return SORTS
    return {**SORTS, **asked_figures.orders(query.looked_at)}


def _told(query: Query) -> list[tuple[asked_figures.Told, int]]:
    """What the words name, each with how many reports have it."""
    return [(one, _having(one)) for one in asked_figures.told(query)]


def _having(one: asked_figures.Told) -> int:
    """How many reports have a figure: counted without a page of them being made."""
    _, total = answers.listed(Query(where=(Counted((one.condition,)),)), 1)
    return total


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


@blueprint.get("/search.<any(csv, xlsx, jsonl):kind>")
@limiter.limit("60 per minute")
def search_export(kind: str) -> Response:
    """The whole result list, filters and order kept, with the numbers that `figure`
    names, each with its state.
    """
    query, ask, keys = _exported("find.search_export", kind=kind)
    version_ids, _ = answers.listed(query, EVERY_ROW)
    name = export.file_name("年报", export.query_words(query), ask.at)
    return export.report_list(kind, name, version_ids, keys, ask)


@blueprint.get("/search/definitions.csv")
def search_definitions() -> Response:
    """What the columns of the same export mean, for which question and when."""
    query, ask, keys = _exported("find.search_export", kind="csv")
    _, total = answers.listed(query, 1)
    rows = export.report_definitions(ask, total, keys)
    name = export.file_name("年报说明", export.query_words(query), ask.at)
    return export.definitions_file(name, rows)


@blueprint.get("/search/export")
def choose_export() -> str:
    """The form that chooses what to take home, and how much it will be."""
    query, ask, keys = _exported("find.search_export", kind="csv")
    version_ids, total = answers.listed(query, SAMPLE)
    with current_archive().store.asking() as session:
        expected = export.expected_reports(session, version_ids, total, keys)
    return export.form("find.search", ask, expected, keys)


def _exported(
    endpoint: str, **values: str
) -> tuple[Query, export.Question, tuple[str, ...]]:
    """What an export answers, and with which numbers."""
    query, notes = asked(request.args)
    keys, unknown = export.keys_asked(request.args, GLANCE)
    # A page of the list is no matter of a file.
    where = current_archive().settings.public_url + address_again(endpoint, **values)
    notes = (*notes, *query.notes, *unknown, *_unsure(query))
    told = export.query_told(query)
    return query, export.Question(told, where, datetime.now(UTC), notes), keys


def _unsure(query: Query) -> list[str]:
    """What the conditions of an export can tell nothing of."""
    if not query.counted:
        return []
    results = current_archive().index.search(replace(query, page=1, size=1))
    return list(asked_figures.remarks(results))
