"""Days that are over get one hash: the root of a tree with a leaf for each sighting, in
the order they were noted, behind a leaf for the day before.

A sighting that comes late for its day (a clock that was wrong, a killed run) is in the
tree of the next one: nothing is left out. A day without sightings has no tree.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from archive.evidence.canonical import evidence_hash, first_line, line_of
from archive.evidence.merkle import leaf_hash, root_of
from archive.store import Day, Look, Session, Store, sealing


def seal_days(store: Store, now: datetime) -> list[Day]:
    """Seals all days that are over, each in a transaction; those sealed now."""
    sealed = []
    while day := store.write(lambda session: _seal_next(session, now)):
        sealed.append(day)
    return sealed


def _seal_next(session: Session, now: datetime) -> Day | None:
    """Seals the earliest day that is over and not sealed; None where there is none."""
    oldest = sealing.oldest_unsealed(session)
    if oldest is None:
        return None
    last = sealing.last_day(session)
    day = oldest.astimezone(UTC).date()
    if last is not None:
        day = max(day, date.fromisoformat(last.day) + timedelta(days=1))
    if day >= now.astimezone(UTC).date():
        return None
    end = datetime.combine(day + timedelta(days=1), time(), UTC)
    leaves = [(look.id, leaf_of(look)) for look in sealing.unsealed(session, end)]
    sealed = Day(
        day=day.isoformat(),
        count=len(leaves),
        before=last.day if last else "",
        root=root_of(tree(day.isoformat(), last, [leaf for _, leaf in leaves])).hex(),
        sealed_at=now,
    )
    sealing.seal(session, sealed, leaves)
    return sealed


def leaf_of(look: Look) -> str:
    """The hash of a sighting's leaf, in hex."""
    return leaf_hash(line_of_look(look)).hex()


def line_of_look(look: Look) -> bytes:
    """The leaf itself."""
    kept = evidence_hash(look.headers, look.exchanges)
    return line_of(look.asked, look.reached, look.at, look.status, look.digest, kept)


def tree(day: str, before: Day | None, leaves: Sequence[str]) -> list[bytes]:
    """All leaves of a day's tree; `leaves` are those of its sightings in hex."""
    told = (before.day, before.root, before.count) if before else None
    return [leaf_hash(first_line(day, told)), *map(bytes.fromhex, leaves)]
