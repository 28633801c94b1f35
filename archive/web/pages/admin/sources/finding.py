"""Columns of annual reports, looked for from any address of a portal."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from archive.catalogue import Act, RunKind
from archive.store import Session, SourceFields, audit_log, desk, runs, sources
from archive.web.current import current_archive
from archive.web.pages.admin.gate import (
    actor,
    blueprint,
    do,
    hand_out,
    person,
    there,
)
from archive.webpage import source_address

_NOTHING_CHOSEN = "没有选择要登记的栏目。"


@blueprint.post("/find")
def find() -> ResponseReturnValue:
    """Queues a search; its run shows what it found."""
    try:
        url = source_address(request.form.get("url", ""))
    except ValueError as wrong:
        flash(str(wrong))
        return redirect(url_for("admin.home"))
    account_id = person().account_id

    def queue(db: Session) -> int:
        return runs.queue_run(db, RunKind.FIND, account_id=account_id, subject=url).id

    run_id = do(queue, Act.FIND, url)
    hand_out([run_id])
    return redirect(url_for("admin.run", run_id=run_id))


@blueprint.post("/runs/<int:run_id>/offers")
def register_offers(run_id: int) -> ResponseReturnValue:
    """Makes sources of the offers that were chosen; known ones stay as they are."""
    chosen, who = set(request.form.getlist("offer")), actor()

    def register(db: Session) -> int | None:
        offered = desk.offers(db, run_id)
        if not offered:
            return None
        wanted = [one.url for one in offered if str(one.id) in chosen]
        added = 0
        for url in wanted:
            _, act = sources.register(db, url, SourceFields())
            if act is not None:
                audit_log.note(db, who, act, url)
                added += 1
        return added

    added = current_archive().store.write(register)
    flash(f"已登记 {there(added)} 个来源。" if chosen else _NOTHING_CHOSEN)
    return redirect(url_for("admin.run", run_id=run_id))
