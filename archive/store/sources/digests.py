"""Digests: what happened to sources since the last one, told once.

A digest is a row before it is sent: it holds its own text, and the key of every trouble
that stood then. The next one tells what has another key, so that nothing is told twice,
whoever is killed when. One that could not be sent waits, and is tried again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from archive.catalogue import Need, health
from archive.store.rows import AbsenceRow, DigestRow
from archive.store.runs import now
from archive.store.sources import needs
from archive.store.sources.needs import Standing

MAIL, HOOK = "mail", "hook"
PAUSES = (
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
)
"""Between two tries to send one; the last for all others."""
KEPT = timedelta(days=400)
_LEASE = timedelta(minutes=10)
"""For so long nobody else sends what somebody is sending."""
_AT_ONCE = 3
_LONGEST_TROUBLE = 300


@dataclass(frozen=True, slots=True)
class News:
    """What is new since a digest, and what is well again."""

    fresh: Sequence[Standing]
    """Troubles that did not stand then, the worst first."""
    recovered: Sequence[Standing]
    """Sources that had a trouble then, and are well now."""
    standing: Sequence[Standing]
    """All that needs a person now."""
    since: datetime | None
    """When that digest was made; None where there is none."""

    @property
    def is_empty(self) -> bool:
        return not self.fresh and not self.recovered


def last(session: Session, before: datetime | None = None) -> DigestRow | None:
    """The latest digest, or the latest of before a moment."""
    question = select(DigestRow).order_by(DigestRow.id.desc()).limit(1)
    if before is not None:
        question = question.where(DigestRow.at < before)
    return session.scalars(question).first()


def news(
    session: Session,
    moment: datetime,
    silent: Iterable[Standing] = (),
    since: datetime | None = None,
) -> News:
    """What happened since the latest digest, or since a moment.

    `silent`: that the worker is away, where it is; only others can see that.
    """
    before = last(session, since)
    told = before.standing if before is not None else {}
    begin = since or (before.at if before is not None else None)
    standing = [
        *silent,
        *needs.of_archive(session, begin),
        *needs.of_sources(session, moment),
        *needs.held(session),
    ]
    fresh = [one for one in standing if _is_fresh(one, told, since)]
    return News(fresh, _recovered(session, told, standing), standing, begin)


def _is_fresh(one: Standing, told: Mapping[str, Any], since: datetime | None) -> bool:
    if since is not None and one.since is not None:
        return one.since >= since
    return one.key not in told


def _recovered(
    session: Session, told: Mapping[str, Any], standing: Sequence[Standing]
) -> list[Standing]:
    """Sources that had a trouble when it was told last, and are well now."""
    ill = {one.source_id for one in standing}
    were: dict[int, str] = {}
    for key in told:
        need, source_id = _parts(key)
        if source_id is not None and source_id not in ill:
            were[source_id] = need
    well = needs.well(session, sorted(were))
    recovered = []
    for number, (name, url) in well.items():
        need = Need(were[number])
        told_of = f"此前：{need.label}"
        key = f"well/{number}"
        recovered.append(Standing(need, key, told_of, None, number, name, url))
    return recovered


def _parts(key: str) -> tuple[str, int | None]:
    """The need that a key is of, and the source; None for what is of none."""
    need, number, *_ = [*key.split("/"), ""]
    if need not in set(health.OF_SOURCES):
        return need, None
    return need, int(number)


def make(
    session: Session,
    slot: str,
    moment: datetime,
    found: News,
    told: dict[str, Any],
    ways: Sequence[str],
) -> DigestRow | None:
    """A digest of what was found; None where somebody has made that of the slot.

    `told`: its text, empty where there is nothing to send. What is at work keeps the
    word that was told of it.
    """
    if session.scalar(select(DigestRow.id).where(DigestRow.slot == slot)):
        return None
    before, working = last(session), needs.working(session)
    standing = {one.key: _since(one) for one in found.standing}
    if before is not None:
        open_ = {
            key: value
            for key, value in before.standing.items()
            if _parts(key)[1] in working
        }
        standing = {**open_, **standing}
    row = DigestRow(
        slot=slot,
        at=moment,
        standing=standing,
        told=told,
        waits_for=" ".join(ways) if told else "",
        try_at=now(),
    )
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        return None
    return row


def _since(one: Standing) -> str:
    return one.since.isoformat() if one.since else ""


def is_made(session: Session, slot: str) -> bool:
    """Whether there is a digest of a slot."""
    found = select(DigestRow.id).where(DigestRow.slot == slot)
    return session.scalar(found) is not None


def waiting(session: Session) -> list[int]:
    """The digests that are to be sent now, the oldest first."""
    question = select(DigestRow.id).where(
        DigestRow.waits_for != "", DigestRow.try_at <= now()
    )
    return list(session.scalars(question.order_by(DigestRow.id).limit(_AT_ONCE)))


def claim(session: Session, digest_id: int) -> DigestRow | None:
    """Takes a digest to send it; None where somebody else has it, or it was sent."""
    is_it = (DigestRow.id == digest_id, DigestRow.waits_for != "")
    moment = now()
    question = update(DigestRow).where(*is_it, DigestRow.try_at <= moment)
    taken = session.execute(question.values(try_at=moment + _LEASE))
    if taken.rowcount != 1:  # type: ignore[attr-defined]
        return None
    return session.get(DigestRow, digest_id, populate_existing=True)


def was_sent(session: Session, digest_id: int, way: str) -> None:
    """Notes that a digest has gone out by one way."""
    row = session.get_one(DigestRow, digest_id)
    row.waits_for = " ".join(one for one in row.waits_for.split() if one != way)
    if not row.waits_for:
        row.sent_at, row.trouble = now(), ""


def was_not_sent(session: Session, digest_id: int, trouble: str) -> None:
    """Notes why a digest could not be sent, and when it is tried again."""
    row = session.get_one(DigestRow, digest_id)
    row.trouble = trouble[:_LONGEST_TROUBLE]
    row.try_at = now() + PAUSES[min(row.tries, len(PAUSES) - 1)]
    row.tries += 1


def forget_old(session: Session, moment: datetime) -> None:
    """Deletes digests that were sent long ago."""
    is_old = DigestRow.at < moment - KEPT
    session.execute(delete(DigestRow).where(is_old, DigestRow.waits_for == ""))
    session.execute(delete(AbsenceRow).where(AbsenceRow.until < moment - KEPT))
