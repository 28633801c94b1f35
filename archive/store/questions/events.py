"""What became of the addresses of reports, as it was seen: for a report, a source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from archive.store.database import plain_rows
from archive.store.rows import EventRow, among

MOST = 50
"""Events of a source that its page shows."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to an address; `kind` as in EventKind."""

    kind: str
    at: datetime
    url: str
    told: str
    """What was seen: the answer, the new address, whose report is there now."""


@cache
def _of_versions() -> Select[*tuple[Any, ...]]:
    """What happened to the addresses of some versions, in order."""
    is_theirs = among(EventRow.version_id, "ids")
    told = select(EventRow.kind, EventRow.at, EventRow.url, EventRow.told)
    return told.where(is_theirs).order_by(EventRow.at, EventRow.id)


def of_versions(session: Session, version_ids: Sequence[int]) -> tuple[Event, ...]:
    """What happened to the addresses of these versions, in order."""
    rows = plain_rows(session, _of_versions(), {"ids": version_ids})
    return tuple(Event(*row) for row in rows)


def of_source(session: Session, source_id: int) -> tuple[Event, ...]:
    """What happened last to the addresses of a source, the latest first."""
    question = select(EventRow).where(EventRow.source_id == source_id)
    latest = question.order_by(EventRow.at.desc(), EventRow.id.desc())
    return tuple(map(_event, session.scalars(latest.limit(MOST))))


def _event(row: EventRow) -> Event:
    return Event(row.kind, row.at, row.url, row.told)
