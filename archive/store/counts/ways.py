"""What each source is like today, and whose reports come from it.

What is said of a source is what its runs of collecting came to: the last one that
ended, and the last one that read the list whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from archive.catalogue import Coverage, RunKind, RunState, Trouble, duties
from archive.store.rows import FilingRow, PageRow, RunRow, SourceRow, VersionRow

_OVER = (RunState.DONE, RunState.INCOMPLETE, RunState.FAILED)
_OBSTACLES = {
    Trouble.REFUSED: Coverage.WITHHELD,
    Trouble.UNREACHABLE: Coverage.UNREACHABLE,
}
_NEVER_ASKED = "来源已登记，尚未采集。"
_NEVER_WHOLE = "来源已登记，其列表尚未完整读取过。"


class SourceWay(NamedTuple):
    """A source, and what it can tell of reports that are not here."""

    id: int
    agency: str
    """Whom it is named after; mostly empty for a portal of many."""
    added_at: datetime
    way: duties.Way
    looked_at: datetime | None
    """When it was asked in vain, or else when its list was read whole last."""
    reason: str
    """Why it tells nothing; empty where it does."""

    @property
    def serves(self) -> tuple[bool, bool, float]:
        """Which of several sources of a body counts, the greatest: one that was read
        whole and answers, then one that is known to fail; of those the latest.
        """
        was_asked = self.looked_at is not None
        answers = self.way.was_read_whole and self.way.obstacle is None
        moment = self.looked_at.timestamp() if self.looked_at else 0.0
        return answers, was_asked, moment


def source_ways(session: Session) -> dict[int, SourceWay]:
    """All sources that are collected from, by their numbers."""
    whole = _last_runs(RunState.DONE).where(RunRow.listed.is_not(None)).subquery()
    over = _last_runs(*_OVER).subquery()
    read, last = aliased(RunRow), aliased(RunRow)
    question = (
        select(
            SourceRow.id,
            SourceRow.agency,
            SourceRow.added_at,
            last.state,
            last.reason,
            last.finished_at,
            read.finished_at.label("read_at"),
        )
        .outerjoin(over, over.c.source_id == SourceRow.id)
        .outerjoin(last, last.id == over.c.run_id)
        .outerjoin(whole, whole.c.source_id == SourceRow.id)
        .outerjoin(read, read.id == whole.c.run_id)
        .where(SourceRow.removed_at.is_(None))
    )
    return {one.id: _way(one) for one in session.execute(question)}


def _last_runs(*states: RunState) -> Any:
    """The last run of collecting of each source that ended so."""
    return (
        select(RunRow.source_id, func.max(RunRow.id).label("run_id"))
        .where(
            RunRow.kind == RunKind.COLLECT,
            RunRow.state.in_(states),
            RunRow.source_id.is_not(None),
        )
        .group_by(RunRow.source_id)
    )


def _way(one: Any) -> SourceWay:
    obstacle, reason = None, ""
    if one.state == RunState.FAILED:
        obstacle, reason = _failure(one.reason)
    is_read = one.read_at is not None
    looked_at = one.finished_at if obstacle else one.read_at
    if obstacle is None:
        reason = ""
        if not is_read:
            reason = _NEVER_ASKED if one.state is None else _NEVER_WHOLE
    way = duties.Way(obstacle, was_read_whole=is_read)
    return SourceWay(one.id, one.agency, one.added_at, way, looked_at, reason)


def _failure(reason: str) -> tuple[Coverage | None, str]:
    """What a failed run says of the site, and why: `Refused：…`, as `collect` writes.

    A list whose form has changed says nothing of the kind: the site has answered.
    """
    kind, _, told = reason.partition("：")
    for trouble, state in _OBSTACLES.items():
        if kind == trouble.value:
            return state, told
    return None, reason


def come_from(session: Session, ways: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Source and agency, for every agency whose reports a page of the source shows."""
    known = frozenset(ways)
    question = (
        select(PageRow.source_id, FilingRow.agency_id)
        .join(VersionRow, VersionRow.id == PageRow.version_id)
        .join(FilingRow, FilingRow.id == VersionRow.filing_id)
        .distinct()
    )
    for source_id, agency_id in session.execute(question):
        if source_id in known:
            yield source_id, agency_id


def best_of(sources: Iterable[int], ways: Mapping[int, SourceWay]) -> SourceWay | None:
    """Of several sources of a body the one that counts; None without any."""
    found = [ways[one] for one in sources if one in ways]
    return max(found, key=lambda one: (one.serves, one.id), default=None)
