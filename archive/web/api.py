"""The API: the same questions as the pages, answered in JSON. Bad parameters are errors
here, not notes.
"""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request
from werkzeug.exceptions import NotFound

from archive.web import browse, find

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")


@blueprint.get("/reports")
def reports() -> Response | tuple[Response, int]:
    """A page of reports: total, page, size, facets, results. Parameters as of /search."""
    _, notes = find.asked(request.args)
    if notes:
        return jsonify(error=" ".join(notes)), 400
    return jsonify(find.listing(find.find(request.args)))


@blueprint.get("/reports/<key>/<int:year>")
def report(key: str, year: int) -> Response:
    """A report: what `read --json` says, and its provenance. `version=N` for an older
    one.
    """
    return jsonify(
        browse.told(browse.filed_or_404(key, year, request.args.get("version", "")))
    )


@blueprint.get("/agencies")
def agencies() -> Response:
    """A page of agencies: total, page, size, results. Parameters: name, region, sector,
    level, page.
    """
    return browse.agencies_json()


@blueprint.get("/agencies/<key>")
def agency(key: str) -> Response:
    """An agency with its years."""
    return browse.agency_json(key)


@blueprint.get("/")
@blueprint.get("/<path:rest>")
def unknown(rest: str = "") -> Response:
    """Whatever else is asked of the API is answered as JSON."""
    raise NotFound
