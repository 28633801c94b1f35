"""Sources: added, paused, collected from."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from archive.catalogue import Act, RunKind
from archive.jobs import family_titles
from archive.store import Session, audit_log, desk, runs, sources
from archive.web.current import current_archive
from archive.web.pages.admin.gate import actor, blueprint, jobs
from archive.webpage import source_address


@blueprint.get("/")
def home() -> str:
    """Every source with its last run, the latest runs, and how much waits."""
    with current_archive().store.session() as db:
        return render_template(
            "admin/home.html",
            sources=desk.sources(db),
            runs=desk.runs(db),
            waiting=desk.waiting(db),
            families=family_titles(),
        )


@blueprint.post("/sources")
def add_source() -> ResponseReturnValue:
    """Takes in a list page to collect from; one that is known stays as it is."""
    family = request.form.get("family", "auto")
    try:
        url = source_address(request.form.get("url", ""))
    except ValueError as wrong:
        flash(str(wrong))
        return redirect(url_for("admin.home"))
    if family != "auto" and family not in family_titles():
        abort(400, "没有这种网站系统。")
    agency = request.form.get("agency", "")[:100].strip()
    who = actor()

    def add(db: Session) -> tuple[int, bool]:
        row, is_new = sources.add_source(db, url, agency, family)
        if is_new:
            audit_log.note(db, who, Act.SOURCE_ADDED, url, agency)
        return row.id, is_new

    source_id, is_new = current_archive().store.write(add)
    flash("来源已登记。" if is_new else "这个来源已经登记过。")
    return redirect(url_for("admin.source", source_id=source_id))


@blueprint.get("/sources/<int:source_id>")
def source(source_id: int) -> str:
    """A source with its runs, and what became of its pages."""
    with current_archive().store.session() as db:
        found = desk.source(db, source_id)
        if found is None:
            abort(404)
        told, happened = desk.runs(db, source_id), desk.events(db, source_id)
        return render_template(
            "admin/source.html", source=found, runs=told, events=happened
        )


@blueprint.post("/sources/<int:source_id>/pause")
def pause(source_id: int) -> ResponseReturnValue:
    """Pauses a source, or resumes it."""
    who = actor()

    def turn(db: Session) -> bool | None:
        paused = sources.turn_pause(db, source_id)
        found = desk.source(db, source_id)
        if found is not None:
            act = Act.SOURCE_PAUSED if paused else Act.SOURCE_RESUMED
            audit_log.note(db, who, act, found.url)
        return paused

    paused = current_archive().store.write(turn)
    if paused is None:
        abort(404)
    flash("来源已暂停，全部采集时不再包括它。" if paused else "来源已恢复。")
    return redirect(url_for("admin.source", source_id=source_id))


@blueprint.post("/collect")
def collect() -> ResponseReturnValue:
    """Queues a run for one source, or for all that are not paused."""
    wanted, who = request.form.get("source", ""), actor()

    def queue(db: Session) -> list[int]:
        chosen = [
            row
            for row in sources.list_sources(db)
            if _is_wanted(row.id, row.paused, wanted)
        ]
        queued = [
            runs.queue_run(db, RunKind.COLLECT, row.id, who.account_id).id
            for row in chosen
        ]
        if chosen:
            told = chosen[0].url if wanted != "all" else f"全部 {len(chosen)} 个来源"
            audit_log.note(db, who, Act.COLLECT, told)
        return queued

    queued = current_archive().store.write(queue)
    if not queued:
        abort(404, "没有这个来源。")
    # After the commit: a worker would not find them before.
    # One after the other: a queue that is away is asked once only.
    if not all(jobs().enqueue(run_id) for run_id in queued):
        flash("任务队列暂时连不上。任务已登记，由后台进程直接从数据库中取出执行。")
    if len(queued) == 1:
        return redirect(url_for("admin.run", run_id=queued[0]))
    flash(f"已安排采集 {len(queued)} 个来源。")
    return redirect(url_for("admin.home"))


def _is_wanted(source_id: int, paused: bool, wanted: str) -> bool:
    """Whether a source is the one, or one of all that are not paused."""
    if wanted == "all":
        return not paused
    return str(source_id) == wanted
