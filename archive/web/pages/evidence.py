"""How what we saw can be checked without us, and what is needed for it."""

from __future__ import annotations

from io import BytesIO

from flask import Blueprint, Response, abort, render_template, request

from archive.captures import DamagedOriginal
from archive.evidence import NotProvable, provable, prove
from archive.store import identity
from archive.web.addresses import whole_number
from archive.web.current import current_archive
from archive.web.guards import limiter

blueprint = Blueprint("evidence", __name__)

_MOST_VERSIONS = 99_999
_KEPT = "public, max-age=3600"


@blueprint.get("/evidence")
def page() -> str:
    """What a proof proves, what it does not, and how to check it."""
    return render_template("evidence/evidence.html")


# A large original is read, pressed and sent: dear for one visitor to ask for often.
@blueprint.get("/reports/<key>/<int:year>/proof.zip")
@limiter.limit("20 per minute")
def proof(key: str, year: int) -> Response:
    """The proof of a report's original, as `prove` writes it."""
    version = request.args.get("version", "")
    number = whole_number(version, _MOST_VERSIONS)
    if "\0" in key or (version and not number):
        abort(404)
    archive, out = current_archive(), BytesIO()
    with archive.store.asking() as session:
        try:
            found = provable(session, f"{key}/{year}", number=number or 0)
            response = Response(content_type="application/zip")
            response.set_etag(found.name)
            response.headers["Cache-Control"] = _KEPT
            # Who has it already costs nothing more.
            if found.name in request.if_none_match:
                response.status_code = 304
                return response
            known = identity.known(session)
            archive_key = known[0] if known else ""
            prove(session, archive.captures, found, archive_key, out)
        except NotProvable as why:
            abort(404, str(why))
        except DamagedOriginal as damaged:
            abort(503, str(damaged))
    response.set_data(out.getvalue())
    named = f'attachment; filename="{found.name}.zip"'
    response.headers["Content-Disposition"] = named
    return response
