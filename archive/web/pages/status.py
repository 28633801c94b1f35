"""How the archive is doing: sources, runs, failures, queue, worker, index."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, jsonify, render_template, request

from archive.search import IndexTrouble
from archive.store import (
    Condition,
    Holdings,
    Share,
    SourceState,
    Stock,
    counting,
    coverage,
    sealing,
)
from archive.watching import last_sign
from archive.web.addresses import page_asked, pages_of
from archive.web.current import current_archive
from archive.web.pages import health

blueprint = Blueprint("status", __name__)

SOURCES_A_PAGE = 50


def _state() -> tuple[Holdings, Condition, int, list[SourceState], int]:
    """Holdings, condition, number of sources, a page of them, and its number."""
    page = page_asked(request.args)
    with current_archive().store.asking() as session:
        total, sources = counting.sources(session, page, SOURCES_A_PAGE)
        return (
            counting.holdings(session),
            counting.condition(session),
            total,
            sources,
            page,
        )


def _index_state() -> tuple[int, str]:
    """How many reports the index holds, and what is wrong with it in Chinese."""
    try:
        return current_archive().index.count(), ""
    except IndexTrouble as trouble:
        return 0, str(trouble)


def _sealed() -> Stock:
    """How far the days are sealed and stamped."""
    with current_archive().store.asking() as session:
        return sealing.stock(session)


@blueprint.get("/status")
def page() -> str:
    """Every source with its last run, and what went wrong."""
    holdings, condition, total, sources, number = _state()
    indexed, trouble = _index_state()
    return render_template(
        "status/status.html",
        holdings=holdings,
        condition=condition,
        total=total,
        sources=sources,
        page=number,
        last_page=pages_of(total, SOURCES_A_PAGE),
        indexed=indexed,
        trouble=trouble,
        queue=health.queue_trouble(),
        worker=last_sign(current_archive().settings),
        sealed=_sealed(),
        covered=_covered(),
    )


def _covered() -> Share:
    """How many of the reports that should be here are."""
    with current_archive().store.asking() as session:
        return coverage.in_all(session)


@blueprint.get("/status.json")
def page_json() -> Response:
    """The same as data."""
    holdings, condition, total, sources, number = _state()
    indexed, trouble = _index_state()
    covered = _covered()
    return jsonify(
        reports=holdings.reports,
        agencies=holdings.agencies,
        versions=holdings.versions,
        coverage={"held": covered.held, "due": covered.due},
        originals=condition.originals,
        findings=condition.findings,
        index={"reports": indexed, "waiting": condition.to_index, "trouble": trouble},
        queue={"trouble": health.queue_trouble()},
        worker={"trouble": last_sign(current_archive().settings).trouble},
        evidence=_sealed()._asdict(),
        sources={
            "total": total,
            "page": number,
            "size": SOURCES_A_PAGE,
            "results": [_plain(each) for each in sources],
        },
        runs=[_plain(run) for run in condition.runs],
    )


def _plain(thing: Any) -> dict[str, Any]:
    """A dataclass as JSON with moments as ISO 8601."""
    return {key: _told(value) for key, value in asdict(thing).items()}


def _told(value: Any) -> Any:
    """A value as JSON, and all values within it."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: _told(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_told(part) for part in value]
    return value
