"""Digests made and sent: once a day by the worker, or when somebody wants one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from archive.catalogue import schedule
from archive.jobs.digest_words import words_of
from archive.pipeline import Archive, Noting, unnoted
from archive.store import (
    News,
    Session,
    Standing,
    digests,
    identity,
    needs,
    runs,
    sources,
)
from archive.watching import (
    HOOK_TROUBLES,
    MAIL_TROUBLES,
    SILENT,
    last_sign,
    post,
    send_mail,
)
from config import Settings

ABSENT = timedelta(hours=1)
"""A worker that was away for so long is told of afterwards."""
_AWAY = 5 * SILENT
"""Seconds without a sign of life after which a worker that is away is told of."""


def slot_due(moment: datetime, hour: int) -> str:
    """The day in China whose digest is due; empty before its hour."""
    local = moment.astimezone(schedule.CHINA)
    return local.date().isoformat() if local.hour >= hour else ""


def ways_of(settings: Settings) -> tuple[str, ...]:
    """The ways by which digests go out, by the settings."""
    telling = settings.telling
    ways = ((digests.MAIL, telling.smtp_url), (digests.HOOK, telling.webhook_url))
    return tuple(way for way, address in ways if address)


def silence(settings: Settings, moment: datetime) -> list[Standing]:
    """That the worker is away, where it is."""
    age = last_sign(settings).age
    if age is None or age < _AWAY:
        return []
    return [needs.absence(moment - timedelta(seconds=age), moment)]


def note_absence(archive: Archive) -> None:
    """Notes for how long there was no worker; before this one gives a sign of life."""
    age = last_sign(archive.settings).age
    if age is None or timedelta(seconds=age) < ABSENT:
        return
    until = runs.now()
    since = until - timedelta(seconds=age)
    archive.store.write(lambda session: needs.note_absence(session, since, until))


def news(
    archive: Archive, silent: Sequence[Standing] = (), since: datetime | None = None
) -> tuple[News, dict[str, Any]]:
    """What happened since the latest digest, or since a moment; and in words."""
    moment = archive.clock()
    with archive.store.session() as session:
        found = digests.news(session, moment, silent, since)
    return found, words_of(found, moment, archive.settings.public_url)


def make(
    archive: Archive,
    slot: str,
    silent: Sequence[Standing] = (),
    since: datetime | None = None,
    note: Noting = unnoted,
) -> int | None:
    """Makes the digest of a slot, to be sent by `send`; its number, None where somebody
    has made it already.
    """
    settings = archive.settings

    def work(session: Session) -> int | None:
        moment = archive.clock()
        found = digests.news(session, moment, silent, since)
        wanted = settings.telling.always or not found.is_empty
        told = words_of(found, moment, settings.public_url) if wanted else {}
        ways = ways_of(settings)
        made = digests.make(session, slot, moment, found, told, ways)
        if made is None:
            return None
        note(session)
        return made.id

    return archive.store.write(work)


def make_if_due(archive: Archive) -> None:
    """Makes the digest of today when its hour has come."""
    slot = slot_due(archive.clock(), archive.settings.telling.hour)
    if not slot:
        return
    with archive.store.session() as session:
        is_made = digests.is_made(session, slot)
    if not is_made:
        make(archive, slot)


def send_waiting(archive: Archive) -> None:
    """Sends what waits to be sent."""
    with archive.store.session() as session:
        waiting = digests.waiting(session)
    for number in waiting:
        send(archive, number)


def send(archive: Archive, number: int) -> str:
    """Sends a digest by all ways that are left; why it could not be, empty if it could.

    A kill between the sending and its note sends it a second time, under the same
    number: mail programs show it once.
    """

    def claim(session: Session) -> tuple[str, list[str], dict[str, Any]] | None:
        row = digests.claim(session, number)
        if row is None:
            return None
        found = identity.known(session)
        key = found[0][:12] if found else "archive"
        return f"{key}.digest.{row.id}", row.waits_for.split(), row.told

    claimed = archive.store.write(claim)
    if claimed is None:
        return ""
    name, ways, told = claimed
    troubles = filter(None, (_send(archive, number, name, one, told) for one in ways))
    trouble = "；".join(troubles)
    if trouble:
        why = partial(digests.was_not_sent, digest_id=number, trouble=trouble)
        archive.store.write(why)
    return trouble


def _send(
    archive: Archive, number: int, name: str, way: str, told: dict[str, Any]
) -> str:
    """Sends a digest by one way; why it could not be sent."""
    # A way that the settings have no more is given up.
    if way in ways_of(archive.settings):
        trouble = _WAYS[way](archive.settings, name, told)
        if trouble:
            return trouble
    archive.store.write(partial(digests.was_sent, digest_id=number, way=way))
    return ""


def _by_mail(settings: Settings, name: str, told: dict[str, Any]) -> str:
    try:
        send_mail(settings.telling, told["subject"], told["text"], name)
    except MAIL_TROUBLES as trouble:
        return f"邮件未能发出（{_in_words(trouble)}）"
    return ""


def _by_hook(settings: Settings, name: str, told: dict[str, Any]) -> str:
    try:
        post(settings.telling, told, name)
    except HOOK_TROUBLES as trouble:
        return f"Webhook 未能送达（{_in_words(trouble)}）"
    return ""


def _in_words(trouble: BaseException) -> str:
    """What went wrong, without what a server may have said at length."""
    return f"{type(trouble).__name__}: {trouble}"[:120]


_WAYS: dict[str, Callable[[Settings, str, dict[str, Any]], str]] = {
    digests.MAIL: _by_mail,
    digests.HOOK: _by_hook,
}


def prune(archive: Archive) -> int:
    """Gives up runs that found nothing, by the stated rule, in small transactions; how
    many.
    """
    moment = archive.clock()
    with archive.store.session() as session:
        surplus = sources.pruning.surplus(session, moment)
    gone = 0
    for begin in range(0, len(surplus), sources.pruning.AT_ONCE):
        some = surplus[begin : begin + sources.pruning.AT_ONCE]
        give_up = partial(sources.pruning.give_up, run_ids=some, moment=moment)
        gone += archive.store.write(give_up)
    archive.store.write(lambda session: digests.forget_old(session, moment))
    return gone


def today(moment: datetime) -> str:
    """The day in China."""
    return moment.astimezone(schedule.CHINA).date().isoformat()


def moment_of(day: str) -> datetime:
    """When a day begins in China. Raises ValueError."""
    return datetime.fromisoformat(day).replace(tzinfo=schedule.CHINA).astimezone(UTC)
