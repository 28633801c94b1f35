"""Where the texts of a filing are today: their places, the pages they were taken from,
and when those showed them last. As many questions for one text as for ten.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from archive.store.database import plain_rows
from archive.store.questions.places import (
    PAGE,
    Page,
    Seen,
    Sighted,
    merged,
    origin,
    sighted,
)
from archive.store.questions.texts import Stored
from archive.store.rows import PageRow, SightingRow, among

UNCHANGED = 304
"""What a server answers when a page is as it was."""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where a text was seen, and what became of the page it was taken from."""

    places: tuple[Seen, ...]
    """Where it came from first, then in the order seen."""
    page: Page | None
    last_seen_at: datetime | None
    """When the page showed this text last: it may show another one today, or a
    firewall's. None where no page is known, or it never did.
    """


Looks = defaultdict[int, list[Sighted]]
"""Version → all that was seen of it, in the order seen."""


def whereabouts(session: Session, versions: Sequence[Stored]) -> dict[int, Whereabouts]:
    """Version → where it is; three questions, however many versions."""
    looks: Looks = defaultdict(list)
    for one in sighted(session, [version.id for version in versions]):
        looks[one.version_id].append(one)
    pages = _pages(session, versions, looks)
    shown = _last_shown(session, pages, looks)
    found = {}
    for version in versions:
        seen = [one.seen for one in looks[version.id]]
        places = tuple(merged([*_at_origin(version, seen), *seen]))
        page = pages.get(version.id)
        found[version.id] = Whereabouts(places, page, shown.get(version.id))
    return found


@cache
def _at_addresses() -> Select[*tuple[Any, ...]]:
    """The pages at some addresses."""
    return select(*PAGE).where(among(PageRow.url, "urls"))


def _pages(
    session: Session, versions: Sequence[Stored], looks: Looks
) -> dict[int, Page]:
    """Version → the page it was taken from: its address, or wherever its original was
    sighted.
    """
    urls = {version.source_url for version in versions if version.source_url}
    at_addresses: list[Page] = []
    if urls:
        rows = plain_rows(session, _at_addresses(), {"urls": sorted(urls)})
        at_addresses = [Page(*row) for row in rows]
    pages = {}
    for version in versions:
        # Imported first and collected later, an original has a page that is not its
        # source.
        known = [
            one.page
            for one in looks[version.id]
            if one.page and one.seen.digest == version.digest
        ]
        known += [one for one in at_addresses if one.url == version.source_url]
        if known:
            pages[version.id] = min(known, key=partial(_distance, version.source_url))
    return pages


def _at_origin(version: Stored, seen: Sequence[Seen]) -> list[Seen]:
    """What was seen where the version came from; as it was told, where nothing was."""
    told = list(origin(version))
    places = {one.place for one in told}
    at_origin = [one for one in seen if one.place in places]
    return at_origin or told


def _distance(source_url: str, page: Page) -> tuple[bool, int]:
    """The source itself stands before other pages with the same bytes."""
    return page.url != source_url, page.id


@cache
def _answers() -> Select[*tuple[Any, ...]]:
    """The latest of each answer of some pages, in the order of `_Answer`."""
    return (
        select(
            SightingRow.page_id,
            SightingRow.digest,
            SightingRow.status,
            func.max(SightingRow.at),
            func.max(SightingRow.id),
        )
        .where(among(SightingRow.page_id, "ids"))
        .group_by(SightingRow.page_id, SightingRow.digest, SightingRow.status)
    )


def _last_shown(
    session: Session, pages: Mapping[int, Page], looks: Looks
) -> dict[int, datetime]:
    """Version → when its page showed it last; without those it never showed."""
    if not pages:
        return {}
    answers: defaultdict[int, list[_Answer]] = defaultdict(list)
    page_ids = sorted({page.id for page in pages.values()})
    for page_id, *answer in plain_rows(session, _answers(), {"ids": page_ids}):
        answers[page_id].append(_Answer(*answer))
    shown = {}
    for version_id, page in pages.items():
        digests = {one.seen.digest for one in looks[version_id]}
        moments = list(_showing(answers[page.id], digests))
        if moments:
            shown[version_id] = max(moments)
    return shown


class _Answer(NamedTuple):
    """The latest answer of a page with this status and these bytes; None for none."""

    digest: str | None
    status: int
    at: datetime
    number: int


def _showing(answers: Sequence[_Answer], digests: set[str]) -> Iterable[datetime]:
    """When a page showed one of these originals."""
    with_bytes = [one for one in answers if one.digest is not None]
    newest = max(with_bytes, key=lambda one: one.number, default=None)
    is_shown_now = newest is not None and newest.digest in digests
    for one in answers:
        # 304 brings no bytes: the page is what it was.
        is_unchanged = one.status == UNCHANGED and is_shown_now
        if one.digest in digests or is_unchanged:
            yield one.at
