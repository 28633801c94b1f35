"""Hosts of portals that are closed for now, or slow: until when, and why."""

from __future__ import annotations

from flask import render_template, request

from archive.store import hosts, runs
from archive.web.addresses import page_asked, pages_of
from archive.web.current import current_archive
from archive.web.pages.admin.gate import blueprint

PAGE = 200
SLOW_SECONDS = 5.0
"""An answer that takes so long is worth a word."""


@blueprint.get("/hosts")
def list_hosts() -> str:
    """Hosts that are closed, slow, or have failed: the closed ones first."""
    moment = runs.now()
    with current_archive().store.session() as db:
        known = hosts.listed(db, moment)
    told = [one for one in known if _is_told(one)]
    pages = pages_of(len(told), PAGE)
    number = min(page_asked(request.args), pages)
    begin = (number - 1) * PAGE
    return render_template(
        "admin/sources/hosts.html",
        hosts=told[begin : begin + PAGE],
        count=len(told),
        known=len(known),
        page=number,
        pages=pages,
        moment=moment,
        slow=SLOW_SECONDS,
    )


def _is_told(one: hosts.Host) -> bool:
    """Whether something is to be said of a host."""
    manner = one.manner
    is_slow = manner.answer_seconds >= SLOW_SECONDS or manner.pause > 0
    return is_slow or manner.failures > 0 or manner.closed_until is not None
