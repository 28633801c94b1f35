"""Counts of the whole archive, kept so that no page has to count.

They are counted anew after something came in, by whoever wrote it; how often depends on
how long counting takes. An archive that was never counted is counted when it is asked.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Select, delete, func, insert, select
from sqlalchemy.orm import Session

from archive.store.database import Store
from archive.store.rows import (
    AgencyRow,
    CountRow,
    FilingRow,
    FindingRow,
    OriginalRow,
    VersionRow,
)
from archive.store.rulings import dismissed

_REST = timedelta(seconds=10)
_SHARE = 20
"""Counting is to take at most one part in so many of the time."""
_COUNTED = "counted"
"""The kind of the row that says when this was, and how many milliseconds it took."""

Counts = dict[str, dict[str, int]]
"""What is counted, by its kind: value → how many."""


class Counted(NamedTuple):
    """A row of a count."""

    kind: str
    value: str
    number: int


def counts(session: Session) -> Counts:
    """Everything that is counted: `agencies`, `reports`, `versions`, `originals` (by
    state), `years`, `sectors`, `provinces` (two digits), `findings` (by family, of
    current versions, without what was dismissed).
    """
    question = select(CountRow.kind, CountRow.value, CountRow.number)
    kept = session.execute(question).all()
    was_counted = any(one.kind == _COUNTED for one in kept)
    found: Counts = {}
    for kind, value, count in kept if was_counted else _counted(session):
        found.setdefault(kind, {})[value] = count
    return found


def recount(session: Session) -> None:
    """Counts everything anew."""
    started = time.monotonic()
    rows = [row._asdict() for row in _counted(session)]
    took = int((time.monotonic() - started) * 1000)
    moment = datetime.now(UTC).isoformat()
    rows.append({"kind": _COUNTED, "value": moment, "number": took})
    kinds = {*_WHOLE, *_BY_VALUE, "findings", _COUNTED}
    session.execute(delete(CountRow).where(CountRow.kind.in_(kinds)))
    session.execute(insert(CountRow), rows)


def recount_if_due(store: Store) -> None:
    """The same, unless it was done a moment ago."""
    with store.session() as session:
        last = session.execute(
            select(CountRow.value, CountRow.number).where(CountRow.kind == _COUNTED)
        ).first()
    if last is not None:
        took = timedelta(milliseconds=last.number)
        due_at = datetime.fromisoformat(last.value) + max(_REST, took * _SHARE)
        if datetime.now(UTC) < due_at:
            return
    store.write(recount)


def _counted(session: Session) -> Iterator[Counted]:
    for kind, table in _WHOLE.items():
        yield Counted(kind, "", session.scalar(select(func.count(table))) or 0)
    for kind, question in _BY_VALUE.items():
        for value, count in session.execute(question):
            yield Counted(kind, str(value), count)
    yield from _findings(session)


def _findings(session: Session) -> Iterator[Counted]:
    per_family = (
        select(FindingRow.family, func.count())
        .join(VersionRow, FindingRow.version_id == VersionRow.id)
        # Older versions keep their findings, but nobody is to mend them.
        .where(VersionRow.current)
        .group_by(FindingRow.family)
    )
    found = Counter({row.family: row[1] for row in session.execute(per_family)})
    found.subtract(row.family for row in dismissed(session))
    for family, count in found.items():
        yield Counted("findings", family, count)


# The first two digits of a division's code are its province.
_PROVINCE = func.substr(AgencyRow.region_code, 1, 2)
_WHOLE: dict[str, Any] = {
    "agencies": func.distinct(FilingRow.agency_id),
    "reports": FilingRow.id,
    "versions": VersionRow.id,
}
_BY_VALUE: dict[str, Select[Any, int]] = {
    "originals": select(OriginalRow.state, func.count()).group_by(OriginalRow.state),
    "years": select(FilingRow.year, func.count()).group_by(FilingRow.year),
    "sectors": select(AgencyRow.sector, func.count())
    .join(FilingRow)
    .where(AgencyRow.sector != "")
    .group_by(AgencyRow.sector),
    "provinces": select(_PROVINCE, func.count()).join(FilingRow).group_by(_PROVINCE),
}
