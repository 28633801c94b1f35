"""Where each text of a filing was seen: the one thing that tells versions from rivals.

What an address shows later is a new version of what it showed before. Another address
proves nothing of the kind: an agency's own site and the portal of its government, a
page and the file beside it, differ without anybody having edited anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased

from archive.catalogue import OriginalState
from archive.store.database import plain_rows
from archive.store.questions.texts import Stored
from archive.store.rows import (
    CopyRow,
    OriginalRow,
    PageRow,
    SightingRow,
    among,
)
from archive.webpage import place_of

IMPORTED = "file:"
"""What stands before the name of an imported file where others have an address."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A place where a text was seen, and the bytes that said it there."""

    url: str
    """The address of page or file; empty for an imported file."""
    article_url: str
    """The page that a file hangs on; empty for pages."""
    file_name: str
    """The name of an imported file; empty for what has an address."""
    first_at: datetime
    last_at: datetime
    digest: str
    is_part: bool = False
    """Whether the bytes say a part of the text only, the tables say."""

    @property
    def place(self) -> str:
        """What tells the place; empty for imported files.

        A file of the same name is no proof of the same place: every second report is
        called 年报.docx.
        """
        return place_of(self.url)


@dataclass(frozen=True, slots=True)
class Page:
    """The page that a text was taken from, with its tombstone."""

    id: int
    url: str
    gone_at: datetime | None
    gone_why: str


@dataclass(frozen=True, slots=True)
class Sighted:
    """One original of a version, seen at one address."""

    version_id: int
    seen: Seen
    page: Page | None


def origin(version: Stored) -> Iterable[Seen]:
    """The address told when the version was filed, if there was one."""
    url = version.file_url or version.source_url
    article = version.source_url if version.file_url else ""
    at = version.captured_at
    if url:
        yield Seen(url, article, "", at, at, version.digest)


_FIRST = func.min(SightingRow.at).label("first")
_ARTICLE = aliased(PageRow)
_ASKED = (CopyRow.version_id, SightingRow.asked, CopyRow.digest, OriginalRow.state)
PAGE = (PageRow.id, PageRow.url, PageRow.gone_at, PageRow.gone_why)


@cache
def _sightings() -> Select[*tuple[Any, ...]]:
    """Where originals of versions were seen, each address once."""
    return (
        select(*_ASKED, _ARTICLE.url, _FIRST, func.max(SightingRow.at), *PAGE)
        .join(SightingRow, SightingRow.digest == CopyRow.digest)
        .join(OriginalRow, OriginalRow.digest == CopyRow.digest)
        .outerjoin(PageRow, SightingRow.page_id == PageRow.id)
        .outerjoin(_ARTICLE, PageRow.article_id == _ARTICLE.id)
        .where(among(CopyRow.version_id, "ids"))
        .group_by(*_ASKED, _ARTICLE.url, *PAGE)
        .order_by(_FIRST, SightingRow.asked)
    )


def sighted(session: Session, version_ids: Sequence[int]) -> Iterable[Sighted]:
    """Version and place, once for each original and address."""
    for (
        version_id,
        where,
        digest,
        state,
        article_url,
        begin,
        end,
        *page,
    ) in plain_rows(session, _sightings(), {"ids": version_ids}):
        is_imported = where.startswith(IMPORTED)
        name = where.removeprefix(IMPORTED) if is_imported else ""
        known = Page(*page) if page[0] else None
        # A page that has moved was seen at both of its addresses.
        address = "" if is_imported else where
        is_part = state == OriginalState.PART
        seen = Seen(address, article_url or "", name, begin, end, digest, is_part)
        yield Sighted(version_id, seen, known)


def merged(places: Iterable[Seen]) -> Iterable[Seen]:
    """Each place once, first seen and last seen. Imported files only where nothing has
    an address: their names help nobody.
    """
    merged: dict[str, Seen] = {}
    for one in places:
        key = one.place or f"{IMPORTED}{one.file_name or one.url}"
        known = merged.setdefault(key, one)
        merged[key] = Seen(
            known.url,
            known.article_url or one.article_url,
            known.file_name,
            min(known.first_at, one.first_at),
            max(known.last_at, one.last_at),
            known.digest,
            known.is_part and one.is_part,
        )
    addressed = [one for one in merged.values() if one.url]
    return addressed or list(merged.values())


def shared(places: Mapping[int, Sequence[Seen]], one: int, other: int) -> bool:
    """Whether two texts were seen at one address, so that one is a version of the
    other.
    """
    return bool(_keys(places[one]) & _keys(places[other]))


def _keys(places: Sequence[Seen]) -> set[str]:
    """The places that prove anything: imported files prove nothing."""
    return {seen.place for seen in places if seen.place}
