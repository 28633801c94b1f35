"""Sources changed: every change says what was before and what is now, so that the audit
log can tell it. Nothing that was collected is touched.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from archive.catalogue import RunKind, RunState, schedule
from archive.store.rows import RunRow, SourceRow
from archive.store.runs import AT_ONCE, now
from archive.store.sources.registering import (
    BadSource,
    SourceFields,
    address_of,
    selectors_on_one_line,
)
from archive.webpage import host_key, source_key

NAMES = {
    "agency": "机关",
    "family": "网站系统",
    "group": "分组",
    "may_be_empty": "列表可为空",
    "rendered": "由浏览器绘制",
    "selectors": "选择器",
    "paused": "暂停",
    "season_hours": "一至四月间隔（小时）",
    "rest_hours": "其他月份间隔（小时）",
}
"""Field → what people read for it."""
_REMOVED = "来源已移除，不再采集。"


Values = Mapping[str, str | bool | int]
"""Field → what it is to be."""


def edit(session: Session, source: SourceRow, wanted: SourceFields) -> str:
    """Changes what is said of a source.

    What changed, in words; empty where nothing did. Raises BadSource.
    """
    return change(session, source, asdict(wanted.cleaned()))


def change(session: Session, source: SourceRow, values: Values) -> str:
    """The same for some fields, their values as they are kept."""
    told = differences(source, values)
    if not told:
        return ""
    is_other_family = values.get("family", source.family) != source.family
    paused = values.get("paused", source.paused)
    if paused != source.paused:
        values = {**values, **_pausing(bool(paused))}
    for name, value in values.items():
        setattr(source, name, value)
    _visit_sooner(source)
    # What was recognised before was another system.
    if is_other_family:
        source.recognised = ""
    return told


def differences(source: SourceRow, values: Values) -> str:
    """Before → after of each field that differs, in words; empty where none does."""
    told = []
    for name, value in values.items():
        before = getattr(source, name)
        if before != value:
            told.append(f"{NAMES[name]}：{_said(before)} → {_said(value)}")
    return "；".join(told)


def _visit_sooner(source: SourceRow) -> None:
    """Where its hours have become fewer, a source does not wait out the old ones."""
    if source.due_at is not None and not source.failures:
        hours = (source.season_hours, source.rest_hours)
        due = schedule.next_visit(source.id, *hours, now())
        source.due_at = min(source.due_at, due)


def _said(value: str | bool | int) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int):
        return str(value)
    return selectors_on_one_line(value) or "（无）"


def move(session: Session, source: SourceRow, url: str) -> str:
    """Gives a source another address; its pages, sightings and reports stay with it.

    What changed, in words; empty where it has that address already. Raises BadSource
    for an address that can't be one, or that another source has.
    """
    address, before = address_of(url), source.url
    if address == before:
        return ""
    key = source_key(address)
    is_there = (SourceRow.key == key) | (SourceRow.url == address)
    other = session.scalar(
        select(SourceRow).where(is_there, SourceRow.id != source.id).limit(1)
    )
    if other is not None:
        state = "（已移除）" if other.removed_at else ""
        raise BadSource(f"这个网址属于来源 {other.id}{state}：{other.url}")
    source.url, source.key, source.recognised = address, key, ""
    # Another address is looked at at once.
    source.host, source.due_at = host_key(address), None
    session.flush()
    return f"{before} → {address}"


def remove(session: Session, source: SourceRow) -> bool:
    """Takes a source from the lists and from collecting; False where it was already.

    Originals, pages and reports stay. What waited in the queue for it ends.
    """
    if source.removed_at is not None:
        return False
    source.removed_at = now()
    is_its = (RunRow.source_id == source.id, RunRow.kind == RunKind.COLLECT)
    # Should it come back: what is ended here says nothing of its portal.
    begun = select(func.max(RunRow.id)).where(*is_its, RunRow.state != RunState.QUEUED)
    source.last_run_id = session.scalar(begun)
    session.flush()
    waiting = update(RunRow).where(*is_its, RunRow.state == RunState.QUEUED)
    session.execute(
        waiting.values(state=RunState.FAILED, finished_at=now(), reason=_REMOVED)
    )
    session.flush()
    return True


def restore(session: Session, source: SourceRow) -> bool:
    """Brings a removed source back as it was; False where it is there."""
    if source.removed_at is None:
        return False
    source.removed_at = None
    session.flush()
    return True


def set_paused(session: Session, source: SourceRow, paused: bool) -> bool:
    """Pauses a source or resumes it; False where it is so already."""
    if source.paused == paused:
        return False
    for name, value in _pausing(paused).items():
        setattr(source, name, value)
    session.flush()
    return True


def _pausing(paused: bool) -> dict[str, Any]:
    """What a person's word on pausing sets: it goes before what the source said."""
    said = {"paused": paused, "paused_why": ""}
    # Resumed, it begins anew and at once.
    return said if paused else {**said, "failures": 0, "due_at": None}


# Many at once


def set_paused_all(session: Session, source_ids: Sequence[int], paused: bool) -> None:
    """Pauses all these sources, or resumes them."""
    _set_all(session, source_ids, _pausing(paused))


def set_groups(session: Session, source_ids: Sequence[int], group: str) -> str:
    """Puts all these sources into a group, empty for none; the name as it is kept.

    Raises BadSource.
    """
    named = SourceFields(group=group).cleaned().group
    _set_all(session, source_ids, {"group": named})
    return named


def _set_all(
    session: Session, source_ids: Sequence[int], values: dict[str, Any]
) -> None:
    for at in range(0, len(source_ids), AT_ONCE):
        some = source_ids[at : at + AT_ONCE]
        session.execute(update(SourceRow).where(SourceRow.id.in_(some)).values(values))
