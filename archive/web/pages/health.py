"""For machines that watch: whether the site lives, and its measures."""

from __future__ import annotations

from flask import Blueprint, Response, abort, current_app, jsonify
from prometheus_client import CONTENT_TYPE_LATEST

from archive.jobs import Jobs
from archive.search import IndexTrouble
from archive.store import counting, schema
from archive.watching import last_sign
from archive.web.current import current_archive
from archive.web.pages import measures

blueprint = Blueprint("health", __name__)

OK = "ok"
NEEDED = frozenset({"database", "index"})
"""Without these nobody is served; without queue or worker only nothing new comes in."""


@blueprint.get("/healthz")
def health() -> tuple[Response, int]:
    """What is well, a key each: web, database, queue, worker, index; `ok` or what is
    wrong in English.

    `status` is ok, degraded (200: pages are served, nothing new comes in), down (503).
    """
    database = database_trouble()
    parts = {
        "web": OK,
        "database": database or OK,
        "queue": queue_trouble() or OK,
        "worker": last_sign(current_archive().settings).trouble or OK,
        "index": index_trouble(knows_reports=not database) or OK,
    }
    trouble = [name for name, state in parts.items() if state != OK]
    if NEEDED.intersection(trouble):
        return jsonify(status="down", trouble=trouble, **parts), 503
    status = "degraded" if trouble else OK
    return jsonify(status=status, trouble=trouble, **parts), 200


def database_trouble() -> str:
    """Why the database does not serve; empty where it does."""
    store = current_archive().store
    try:
        found = schema.revision_of(store)
    # Whatever it is: a probe must get an answer, and the log the reason.
    except Exception as trouble:
        current_app.logger.error(
            "the database does not answer: %s", getattr(trouble, "orig", trouble)
        )
        return "does not answer"
    if found != schema.newest_revision():
        return "its tables are of another version: run migrate"
    return ""


def queue_trouble() -> str:
    """Why the queue can't be reached; empty where it can."""
    jobs: Jobs = current_app.extensions["jobs"]
    trouble = jobs.trouble()
    return f"does not answer ({trouble})" if trouble else ""


def index_trouble(*, knows_reports: bool) -> str:
    """Why the index can't be asked; empty where it can."""
    index = current_archive().index
    try:
        if knows_reports:
            with current_archive().store.asking() as session:
                index.require(counting.holdings(session).reports)
        index.count()
    except IndexTrouble as trouble:
        return type(trouble).__name__.lower()
    # A file that can't be opened, or whatever else is met in there.
    except Exception:
        current_app.logger.exception("the index does not answer")
        return "does not answer"
    return ""


@blueprint.get("/metrics")
def metrics() -> Response:
    """The measures for Prometheus, where the settings allow it; 404 otherwise."""
    if not current_archive().settings.metrics:
        abort(404)
    return Response(measures.page(), content_type=CONTENT_TYPE_LATEST)
