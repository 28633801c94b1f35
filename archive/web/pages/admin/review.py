"""What waits for a decision: texts with less than before, originals of no report."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from archive.catalogue import Act, Choice
from archive.store import Session, audit_log, desk, succession
from archive.web.current import current_archive
from archive.web.pages.admin.gate import actor, blueprint

ACT_OF = {Choice.ACCEPTED: Act.VERSION_ACCEPTED, Choice.KEPT: Act.VERSION_KEPT}
"""What a choice is called in the audit log."""


@blueprint.get("/review")
def review() -> str:
    """Versions that wait for a decision, and originals that became no report of the
    archive, the newest first.
    """
    state = request.args.get("state", "")
    with current_archive().store.session() as db:
        return render_template(
            "admin/review.html",
            state=state,
            states=desk.REVIEW,
            counts=desk.review_counts(db),
            originals=desk.originals(db, state),
            versions=desk.waiting_versions(db),
            choices=Choice,
        )


@blueprint.post("/versions/<int:version_id>")
def choose(version_id: int) -> ResponseReturnValue:
    """Decides about a text with less than the current one: accepted, or kept out."""
    wanted = request.form.get("choice", "")
    choice = next((one for one in Choice if one == wanted), None)
    if choice is None:
        abort(400, "没有这种决定。")
    who = actor()

    def decide(db: Session) -> str | None:
        decided = succession.choose(db, version_id, choice, who.account_id)
        if decided is not None:
            audit_log.note(db, who, ACT_OF[choice], decided)
        return decided

    decided = current_archive().store.write(decide)
    if decided is None:
        abort(404, "没有等待核定的版本。")
    flash(f"{decided}：{choice.label}。")
    return redirect(url_for("admin.review"))
