"""The history of a source: all its runs and events, by pages and as a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from flask import Response, render_template, request

from archive.store import desk, sources
from archive.web import labels
from archive.web.addresses import page_asked, pages_of
from archive.web.current import current_archive
from archive.web.export import Value, safe
from archive.web.pages.admin.gate import blueprint, there
from archive.web.shown import moment

_MARK = b"\xef\xbb\xbf"
"""Without it Excel takes UTF-8 for the encoding of the system."""
_HEADINGS = (
    *("时间（北京）", "类别", "任务", "结果", "新", "未变", "有变", "待核定"),
    *("消失", "迁移", "未见报告", "失败", "列表条数", "应有", "网址", "说明"),
)


@blueprint.get("/sources/<int:source_id>/history")
def history(source_id: int) -> str:
    """A page of all that happened to a source, the latest first."""
    what, number = _asked(), page_asked(request.args)
    with current_archive().store.session() as db:
        found = there(desk.source(db, source_id))
        count = sources.history.count(db, source_id, what)
        pages = pages_of(count, sources.history.PAGE)
        number = min(number, pages)
        return render_template(
            "admin/sources/history.html",
            source=found,
            lines=sources.history.page(db, source_id, what, number),
            count=count,
            page=number,
            pages=pages,
            what=what,
            happenings=sources.history.Happening,
        )


@blueprint.get("/sources/<int:source_id>/history.csv")
def export_history(source_id: int) -> Response:
    """All of it that the address asks for, as a CSV file."""
    what = _asked()
    store = current_archive().store
    with store.session() as db:
        there(desk.source(db, source_id))

    def lines() -> Iterator[bytes]:
        with store.session() as db:
            yield _MARK + _row(_HEADINGS)
            for line in sources.history.whole(db, source_id, what):
                yield _row(_cells(line))

    answer = Response(lines(), content_type="text/csv; charset=utf-8")
    name = f'attachment; filename="source-{source_id}.csv"'
    answer.headers["Content-Disposition"] = name
    return answer


def _asked() -> str:
    """What is wanted; all where the address names nothing that there is."""
    wanted = request.args.get("what", "")
    return wanted if wanted in set(sources.history.Happening) else ""


def _cells(line: sources.history.Line) -> list[Value]:
    if line.event is not None:
        event = line.event
        kind = labels.EVENTS.get(event.kind, event.kind)
        return [moment(line.at), "网址", "", kind, *[""] * 10, event.url, event.told]
    run = line.run
    if run is None:
        return []
    state = labels.RUN_STATES.get(run.state, run.state)
    counts = (run.new, run.same, run.changed, run.held, run.gone, run.moved)
    more = (run.no_report, run.failed, run.listed, run.expected)
    return [moment(line.at), "采集", run.id, state, *counts, *more, "", run.reason]


def _row(cells: Iterable[Value]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerow(map(safe, cells))
    # Half a surrogate pair, which damaged titles hold, cannot be written.
    return text.getvalue().encode("utf-8", "replace")
