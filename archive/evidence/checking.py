"""All sealed days again: every leaf, every root, every time stamp."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from archive.evidence.canonical import stamped_line
from archive.evidence.merkle import root_of
from archive.evidence.sealing import leaf_of, tree
from archive.evidence.stamping import NotStamped, verified
from archive.store import Day, Session, Store, sealing


class Checked(NamedTuple):
    """What was tested, and a Chinese sentence for each thing that does not fit."""

    days: int
    sightings: int
    stamped: int
    troubles: tuple[str, ...]


def check_days(store: Store) -> Checked:
    """Computes all anew from the sightings themselves."""
    with store.session() as session:
        days = sealing.days(session)
        troubles: list[str] = []
        before: Day | None = None
        for day in days:
            troubles += _of_day(session, day, before)
            before = day
        troubles += _strays(session, days)
    seen = sum(day.count for day in days)
    stamped = sum(bool(day.token) for day in days)
    return Checked(len(days), seen, stamped, tuple(troubles))


def _of_day(session: Session, day: Day, before: Day | None) -> Iterator[str]:
    """What does not fit of a day."""
    if day.before != (before.day if before else ""):
        yield f"{day.day} 的前一日不是 {day.before or '空'}：有一日的记录缺失。"
    leaves = []
    for look in sealing.of_day(session, day.day):
        leaf = leaf_of(look)
        if leaf != look.leaf:
            yield f"{day.day} 的第 {look.id} 号采集记录（{look.asked}）与封存时不符。"
        leaves.append(leaf)
    if len(leaves) != day.count:
        yield f"{day.day} 封存了 {day.count} 条采集记录，现有 {len(leaves)} 条。"
    if root_of(tree(day.day, before, leaves)).hex() != day.root:
        yield f"{day.day} 的散列树与封存的根值不符。"
    if not day.token:
        return
    try:
        verified(day.token, stamped_line(day.day, day.root, day.count), day.authority)
    except NotStamped as wrong:
        yield f"{day.day} 的时间戳不成立：{wrong}"


def _strays(session: Session, days: list[Day]) -> Iterator[str]:
    """Sightings that say they are in the tree of a day that is not there."""
    known = {day.day for day in days}
    for name in sealing.named_days(session):
        if name not in known:
            yield f"采集记录称在 {name} 封存，但没有这一日的封存。"
