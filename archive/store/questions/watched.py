"""What somebody who watches over the archive is told of its runs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from archive.catalogue import RunState
from archive.store import marks
from archive.store.rows import RunRow


@dataclass(frozen=True, slots=True)
class Seen:
    """Numbers of the moment."""

    runs: dict[str, int]
    """State of a run → how many."""
    last_runs: dict[str, datetime]
    """Kind of a run → when the last one came to a good end."""
    to_index: int


def seen(session: Session) -> Seen:
    """What the runs say, in three questions."""
    by_state = select(RunRow.state, func.count()).group_by(RunRow.state)
    found = {state: count for state, count in session.execute(by_state)}  # noqa: C416
    last = (
        select(RunRow.kind, func.max(RunRow.id))
        .where(RunRow.state == RunState.DONE)
        .group_by(RunRow.kind)
    )
    newest = [run_id for _, run_id in session.execute(last)]
    ended = session.scalars(select(RunRow).where(RunRow.id.in_(newest)))
    return Seen(
        runs={state.value: found.get(state, 0) for state in RunState},
        last_runs={run.kind: run.finished_at for run in ended if run.finished_at},
        to_index=marks.waiting(session),
    )
