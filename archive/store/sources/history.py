"""The history of a source without end: its runs, and what became of its pages, as one
list by pages.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from archive.catalogue import Labelled, RunKind, RunState
from archive.store.rows import EventRow, RunRow

PAGE = 100
_RUN, _EVENT = "run", "event"
_AT_ONCE = 500


class Happening(Labelled):
    """What somebody wants to see of a history."""

    NEWS = "news", "有新报告或变动"
    QUIET = "quiet", "没有变动"
    PARTLY = "partly", "部分失败"
    INCOMPLETE = "incomplete", "不完整"
    FAILED = "failed", "失败"
    EVENTS = "events", "网址的变动"


@dataclass(frozen=True, slots=True)
class Line:
    """A run, or an event of a page."""

    at: datetime
    run: RunRow | None = None
    event: EventRow | None = None


def _is_so(what: str) -> list[ColumnElement[bool]]:
    """What a run is that came out so; empty where any will do."""
    has_failed = (RunRow.failed > 0) | (RunRow.no_report > 0)
    counts = (RunRow.new, RunRow.changed, RunRow.held, RunRow.gone, RunRow.moved)
    has_news = or_(*(count > 0 for count in counts))
    is_done = RunRow.state == RunState.DONE
    by_what: dict[str, list[ColumnElement[bool]]] = {
        Happening.NEWS: [has_news],
        Happening.QUIET: [is_done, ~has_news, ~has_failed],
        Happening.PARTLY: [is_done, has_failed],
        Happening.INCOMPLETE: [RunRow.state == RunState.INCOMPLETE],
        Happening.FAILED: [RunRow.state == RunState.FAILED],
    }
    return by_what.get(what, [])


def _lines(source_id: int, what: str) -> Any:
    """Kind, number and moment of everything that is wanted."""
    moment = func.coalesce(RunRow.finished_at, RunRow.started_at, RunRow.queued_at)
    runs = select(
        literal(_RUN).label("kind"), RunRow.id.label("id"), moment.label("at")
    ).where(
        RunRow.source_id == source_id, RunRow.kind == RunKind.COLLECT, *_is_so(what)
    )
    events = select(
        literal(_EVENT).label("kind"), EventRow.id.label("id"), EventRow.at.label("at")
    ).where(EventRow.source_id == source_id)
    if what == Happening.EVENTS:
        return events.subquery()
    if what:
        return runs.subquery()
    return union_all(runs, events).subquery()


def count(session: Session, source_id: int, what: str = "") -> int:
    """How many lines a history has."""
    lines = _lines(source_id, what)
    return session.scalar(select(func.count()).select_from(lines)) or 0


def page(
    session: Session, source_id: int, what: str = "", number: int = 1, size: int = PAGE
) -> list[Line]:
    """A page of a history, the latest first; three questions."""
    lines = _lines(source_id, what)
    ordered = select(lines.c.kind, lines.c.id).order_by(
        lines.c.at.desc(), lines.c.kind.desc(), lines.c.id.desc()
    )
    found = session.execute(ordered.limit(size).offset((number - 1) * size)).all()
    return _loaded(session, [(kind, key) for kind, key in found])


def whole(session: Session, source_id: int, what: str = "") -> Iterator[Line]:
    """All of it, the latest first, some hundred at a time."""
    lines = _lines(source_id, what)
    ordered = select(lines.c.kind, lines.c.id).order_by(
        lines.c.at.desc(), lines.c.kind.desc(), lines.c.id.desc()
    )
    found = [(kind, key) for kind, key in session.execute(ordered)]
    for begin in range(0, len(found), _AT_ONCE):
        yield from _loaded(session, found[begin : begin + _AT_ONCE])
        session.expunge_all()


def _loaded(session: Session, found: Sequence[tuple[str, int]]) -> list[Line]:
    keys = defaultdict(list)
    for kind, key in found:
        keys[kind].append(key)
    runs = _by_number(session, RunRow, keys[_RUN])
    events = _by_number(session, EventRow, keys[_EVENT])
    lines = []
    for kind, key in found:
        if kind == _RUN and key in runs:
            lines.append(_of_run(runs[key]))
        elif kind == _EVENT and key in events:
            lines.append(Line(events[key].at, event=events[key]))
    return lines


def _of_run(run: RunRow) -> Line:
    return Line(run.finished_at or run.started_at or run.queued_at, run=run)


def _by_number(session: Session, table: Any, keys: Sequence[int]) -> dict[int, Any]:
    if not keys:
        return {}
    return {
        row.id: row for row in session.scalars(select(table).where(table.id.in_(keys)))
    }


def last_whole_list(session: Session, source_id: int) -> int | None:
    """How many pages the list of a source named when it was last read whole."""
    question = select(RunRow.listed).where(
        RunRow.source_id == source_id,
        RunRow.kind == RunKind.COLLECT,
        RunRow.state == RunState.DONE,
        RunRow.listed.is_not(None),
    )
    return session.scalar(question.order_by(RunRow.id.desc()).limit(1))
