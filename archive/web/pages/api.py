"""The API: the same questions as the pages, answered in JSON.

Bad parameters are errors here, not notes.
"""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as WerkzeugResponse

from archive.web import answers
from archive.web.asking import asked
from archive.web.figures import chosen
from archive.web.pages import agencies as agency_pages
from archive.web.pages import coverage as coverage_pages
from archive.web.pages import reports as report_pages

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")


@blueprint.get("/reports")
def reports() -> Response | tuple[Response, int]:
    """A page of reports: total, page, size, facets, results. Parameters of /search.

    With `figure=KEY`, which may be repeated, each result has its `values`.
    """
    _, notes = asked(request.args)
    _, unknown = chosen.keys_asked(request.args)
    notes += unknown
    if notes:
        return jsonify(error=" ".join(notes)), 400
    return jsonify(answers.listing(answers.find(request.args)))


@blueprint.get("/reports/<key>/<int:year>")
def report(key: str, year: int) -> Response:
    """A report: what `read --json` says, and its provenance.

    `version=N` for an older one.
    """
    return report_pages.report_json(key, year)


@blueprint.get("/agencies")
def agencies() -> Response:
    """A page of agencies: total, page, size, results.

    Parameters: name, region, sector, level, page.
    """
    return agency_pages.agencies_json()


@blueprint.get("/agencies/<key>")
def agency(key: str) -> Response | WerkzeugResponse:
    """An agency with its years, and what is known of those without a report."""
    return agency_pages.agency_json(key)


@blueprint.get("/coverage")
def coverage() -> Response | tuple[Response, int]:
    """How much of what should be here is: total, years, places, levels, sectors.

    Parameters: region, level, sector, year.
    """
    _, notes = coverage_pages.asked(request.args)
    if notes:
        return jsonify(error=" ".join(notes)), 400
    return coverage_pages.page_json()


@blueprint.get("/coverage/missing")
def missing() -> Response | tuple[Response, int]:
    """A page of the bodies with their missing years, and what is known of each.

    Parameters: region, level, sector, year, state, page.
    """
    _, notes = coverage_pages.asked(request.args)
    if notes:
        return jsonify(error=" ".join(notes)), 400
    return coverage_pages.missing_json()


@blueprint.get("/")
@blueprint.get("/<path:rest>")
def unknown(rest: str = "") -> Response:
    """Whatever else is asked of the API is answered as JSON."""
    raise NotFound
