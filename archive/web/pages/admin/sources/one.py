"""A source: added, edited, moved, paused, removed, brought back."""

from __future__ import annotations

from collections.abc import Callable

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from archive.catalogue import Act, RunKind, schedule
from archive.jobs import family_titles, wrong_selectors
from archive.store import (
    BadSource,
    Session,
    Source,
    SourceFields,
    audit_log,
    desk,
    runs,
    sources,
)
from archive.web.current import current_archive
from archive.web.pages.admin.gate import actor, blueprint, hand_out, there

_CAME = {
    Act.SOURCE_ADDED: "来源已登记。",
    Act.SOURCE_RESTORED: "这个来源曾被移除，现已找回，原有的记录都在。",
    None: "这个来源已经登记过。",
}
_MOST_TYPED = 3_000
_MOST_DIGITS = 6

Change = Callable[[Session, Source], str]
"""Changes a source; what changed, in words, empty where nothing did."""


@blueprint.post("/sources")
def add_source() -> ResponseReturnValue:
    """Takes in a list page to collect from; one that is known stays as it is."""
    url, fields, who = _typed("url"), _fields(), actor()

    def add(db: Session) -> tuple[int, Act | None]:
        row, act = sources.register(db, url, fields)
        if act is not None:
            audit_log.note(db, who, act, row.url, row.agency)
        return row.id, act

    try:
        source_id, act = current_archive().store.write(add)
    except BadSource as wrong:
        flash(str(wrong))
        return redirect(url_for("admin.list_sources"))
    flash(_CAME[act])
    return redirect(url_for("admin.source", source_id=source_id))


def _typed(name: str) -> str:
    return request.form.get(name, "")[:_MOST_TYPED].strip()


def _fields() -> SourceFields:
    """What a form says of a source; 400 for a family that there is not."""
    family = _typed("family") or sources.AUTO
    if family != sources.AUTO and family not in family_titles():
        abort(400, "没有这种网站系统。")
    wrong = wrong_selectors(_typed("selectors"))
    if wrong:
        abort(400, wrong)
    return SourceFields(
        agency=_typed("agency"),
        family=family,
        group=_typed("group"),
        may_be_empty=bool(_typed("may_be_empty")),
        rendered=bool(_typed("rendered")),
        selectors=_typed("selectors"),
        season_hours=_hours("season_hours", schedule.SEASON_HOURS),
        rest_hours=_hours("rest_hours", schedule.REST_HOURS),
    )


def _hours(name: str, usual: int) -> int:
    """Hours of a form, the usual ones where it has none; 400 for no number."""
    said = _typed(name)
    if not said:
        return usual
    is_number = said.isascii() and said.isdigit() and len(said) <= _MOST_DIGITS
    if not is_number:
        abort(400, "间隔须为小时数。")
    return int(said)


@blueprint.get("/sources/<int:source_id>")
def source(source_id: int) -> str:
    """A source with its runs, and what became of its pages."""
    with current_archive().store.session() as db:
        found = there(desk.source(db, source_id))
        return render_template(
            "admin/sources/source.html",
            source=found,
            twin=sources.twin_of(db, found),
            runs=desk.runs(db, source_id),
            events=desk.events(db, source_id),
            gone=sources.vanishing.waiting(db, source_id),
            stale=sources.staleness_of(found, runs.now()),
            families=family_titles(),
        )


@blueprint.post("/sources/<int:source_id>/edit")
def edit_source(source_id: int) -> ResponseReturnValue:
    """Changes what is said of a source."""
    wanted = _fields()

    def change(db: Session, row: Source) -> str:
        return sources.edit(db, row, wanted)

    return _done(source_id, Act.SOURCE_EDITED, change, "没有需要修改的。")


@blueprint.post("/sources/<int:source_id>/move")
def move_source(source_id: int) -> ResponseReturnValue:
    """Gives a source another address; its pages and reports stay with it."""
    url = _typed("url")

    def change(db: Session, row: Source) -> str:
        return sources.move(db, row, url)

    return _done(source_id, Act.SOURCE_MOVED, change, "网址没有变化。")


@blueprint.post("/sources/<int:source_id>/pause")
def pause(source_id: int) -> ResponseReturnValue:
    """Pauses a source; resumes it where the address says `paused=0`."""
    who = actor()
    paused = request.args.get("paused") != "0"
    act = Act.SOURCE_PAUSED if paused else Act.SOURCE_RESUMED

    def change(db: Session) -> None:
        found = there(desk.source(db, source_id))
        if sources.set_paused(db, found, paused):
            audit_log.note(db, who, act, found.url)

    current_archive().store.write(change)
    flash("来源已暂停，全部采集时不再包括它。" if paused else "来源已恢复。")
    return redirect(url_for("admin.source", source_id=source_id))


@blueprint.post("/sources/<int:source_id>/gone")
def accept_gone(source_id: int) -> ResponseReturnValue:
    """Takes for gone what waits for a decision, and has the source collected: that run
    makes the tombstones of what is still dead.
    """
    who = actor()

    def accept(db: Session) -> tuple[str, int] | None:
        found = there(desk.source(db, source_id))
        taken = sources.vanishing.accept(db, source_id, runs.now(), who.account_id)
        if taken is None:
            return None
        audit_log.note(db, who, Act.GONE_ACCEPTED, found.url, taken.told)
        run = runs.queue_run(db, RunKind.COLLECT, source_id, who.account_id)
        return taken.told, run.id

    accepted = current_archive().store.write(accept)
    if accepted is None:
        flash("没有等待确认的网页。")
        return redirect(url_for("admin.source", source_id=source_id))
    told, run_id = accepted
    hand_out([run_id])
    flash(f"已确认消失：{told}。已安排采集，届时仍不见的记为消失。")
    return redirect(url_for("admin.source", source_id=source_id))


@blueprint.get("/sources/<int:source_id>/remove")
def removing(source_id: int) -> str:
    """Asks once more before a source is removed, and says what stays."""
    with current_archive().store.session() as db:
        found = there(desk.source(db, source_id))
        return render_template("admin/sources/remove.html", source=found)


@blueprint.post("/sources/<int:source_id>/remove")
def remove_source(source_id: int) -> ResponseReturnValue:
    """Takes a source from the lists and from collecting."""

    def change(db: Session, row: Source) -> str:
        return "不再列出和采集" if sources.remove(db, row) else ""

    return _done(source_id, Act.SOURCE_REMOVED, change, "来源早已移除。")


@blueprint.post("/sources/<int:source_id>/restore")
def restore_source(source_id: int) -> ResponseReturnValue:
    """Brings a removed source back."""

    def change(db: Session, row: Source) -> str:
        return "重新列出和采集" if sources.restore(db, row) else ""

    return _done(source_id, Act.SOURCE_RESTORED, change, "来源没有移除。")


def _done(
    source_id: int, act: Act, change: Change, nothing: str
) -> ResponseReturnValue:
    """Changes a source and notes it in one transaction, and says what came of it."""
    who = actor()

    def work(db: Session) -> str:
        row = there(desk.source(db, source_id))
        before = row.url
        told = change(db, row)
        if told:
            audit_log.note(db, who, act, before, told)
        return told

    try:
        told = current_archive().store.write(work)
    except BadSource as wrong:
        flash(str(wrong))
        return redirect(url_for("admin.source", source_id=source_id))
    flash(f"{act.label}：{told}。" if told else nothing)
    return redirect(url_for("admin.source", source_id=source_id))
