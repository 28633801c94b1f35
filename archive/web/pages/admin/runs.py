"""Runs: what each did, and how far it is."""

from __future__ import annotations

from flask import render_template

from archive.store import desk
from archive.web.current import current_archive
from archive.web.pages.admin.gate import blueprint, there


@blueprint.get("/runs/<int:run_id>")
def run(run_id: int) -> str:
    """A run with its progress; the page asks again while it is not over."""
    with current_archive().store.session() as db:
        found = there(desk.run(db, run_id))
        return render_template(
            "admin/run.html",
            run=found,
            failures=desk.failures(db, run_id),
            offers=desk.offers(db, run_id),
        )
