"""All sources of a filter at once, their number named before; and collecting."""

from __future__ import annotations

from functools import partial

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from archive.catalogue import Act, SourceCondition
from archive.store import (
    Actor,
    BadSource,
    Session,
    SourceWish,
    audit_log,
    runs,
    sources,
)
from archive.web.current import current_archive
from archive.web.pages.admin.gate import actor, blueprint, hand_out
from archive.web.pages.admin.sources.asking import in_words, parameters, wish_asked

DEEDS = {
    "collect": ("采集", Act.COLLECT),
    "pause": ("暂停", Act.SOURCE_PAUSED),
    "resume": ("恢复", Act.SOURCE_RESUMED),
    "resume-itself": ("恢复自动暂停的", Act.SOURCE_RESUMED),
    "group": ("改分组", Act.SOURCE_EDITED),
}
"""What can be done with all sources of a filter: its name, and its act."""
# Paused ones are collected only one by one, by their name.
_PAUSED = {"collect": False, "pause": False, "resume": True}
"""Whether the sources are paused with which it is done; without a word, any."""


class _Outdated(Exception):
    """Other sources fit the filter now than were named."""


@blueprint.get("/sources/several")
def several() -> str:
    """Names how many sources something is to be done with, and asks once more."""
    wish, deed = wish_asked(), _deed(request.args.get("deed", ""))
    with current_archive().store.session() as db:
        counted = len(_wanted(db, wish, deed))
    return render_template(
        "admin/sources/several.html",
        deed=deed,
        name=DEEDS[deed][0],
        group=request.args.get("to", "")[: sources.MAX_GROUP],
        count=counted,
        words=in_words(wish),
        asked=parameters(wish),
    )


@blueprint.post("/sources/several")
def do_several() -> ResponseReturnValue:
    """Does it, if still as many sources fit as were named."""
    wish, deed = wish_asked(request.form), _deed(request.form.get("deed", ""))
    named = request.form.get("count", "")
    group = request.form.get("to", "")[:200]
    work = partial(_do, wish=wish, deed=deed, named=named, group=group, who=actor())
    try:
        ids, queued = current_archive().store.write(work)
    except _Outdated:
        flash("符合条件的来源刚刚有变，请核对新的数目。")
        return redirect(
            url_for("admin.several", deed=deed, to=group, **parameters(wish))
        )
    except BadSource as wrong:
        flash(str(wrong))
        return redirect(url_for("admin.list_sources", **parameters(wish)))
    hand_out(queued)
    flash(f"{DEEDS[deed][0]}：{len(ids)} 个来源。")
    return redirect(url_for("admin.list_sources", **parameters(wish)))


def _deed(name: str) -> str:
    return name if name in DEEDS else "collect"


def _wanted(db: Session, wish: SourceWish, deed: str) -> list[int]:
    """The sources of a filter with which something can be done."""
    if wish.state == SourceCondition.REMOVED:
        return []
    by_itself = deed == "resume-itself"
    return sources.chosen_ids(db, wish, _PAUSED.get(deed), by_itself)


def _do(
    db: Session, wish: SourceWish, deed: str, named: str, group: str, who: Actor
) -> tuple[list[int], list[int]]:
    """The sources it was done with, and the runs to hand out."""
    ids = _wanted(db, wish, deed)
    if str(len(ids)) != named:
        raise _Outdated
    queued: list[int] = []
    detail = in_words(wish)
    if deed == "resume-itself":
        detail = f"{detail}：自动暂停的"
    if deed == "collect":
        queued = runs.queue_collecting(db, ids, who.account_id)
    elif deed == "group":
        detail = f"{detail}：分组 → {sources.set_groups(db, ids, group) or '（无）'}"
    else:
        sources.set_paused_all(db, ids, deed == "pause")
    if ids:
        audit_log.note(db, who, DEEDS[deed][1], f"{len(ids)} 个来源", detail)
    return ids, queued


@blueprint.post("/collect")
def collect() -> ResponseReturnValue:
    """Queues a run for one source; removed ones are not collected."""
    wanted, who = request.form.get("source", ""), actor()

    def queue(db: Session) -> list[int]:
        row = sources.find_source(db, wanted) if wanted.isdigit() else None
        if row is None or row.removed_at is not None:
            return []
        audit_log.note(db, who, Act.COLLECT, row.url)
        return runs.queue_collecting(db, [row.id], who.account_id)

    queued = current_archive().store.write(queue)
    if not queued:
        abort(404, "没有这个来源。")
    hand_out(queued)
    return redirect(url_for("admin.run", run_id=queued[0]))
