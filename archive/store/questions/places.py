"""Where each text of a filing was seen: the one thing that tells versions from rivals.

What an address shows later is a new version of what it showed before. Another address
proves nothing of the kind: an agency's own site and the portal of its government, a
page and the file beside it, differ without anybody having edited anything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, aliased

from archive.catalogue import OriginalState
from archive.store.filing import parts
from archive.store.rows import CopyRow, OriginalRow, PageRow, SightingRow, VersionRow
from archive.webpage import place_of

UNCHANGED = 304
"""What a server answers when a page is as it was."""
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


def seen_places(
    session: Session, versions: Sequence[VersionRow]
) -> dict[int, tuple[Seen, ...]]:
    """Version → where it was seen: where it came from first, then in the order seen."""
    found: defaultdict[int, list[Seen]] = defaultdict(list)
    for version_id, seen in _sighted(session, [version.id for version in versions]):
        found[version_id].append(seen)
    return {
        version.id: tuple(_merged([*_origin(version), *found[version.id]]))
        for version in versions
    }


def _origin(version: VersionRow) -> Iterable[Seen]:
    """The address told when the version was filed, if there was one."""
    url = version.file_url or version.source_url
    article = version.source_url if version.file_url else ""
    at = version.captured_at
    if url:
        yield Seen(url, article, "", at, at, version.digest)


def _sighted(
    session: Session, version_ids: Sequence[int]
) -> Iterable[tuple[int, Seen]]:
    """Version and place, once for each original and address."""
    article = aliased(PageRow)
    first = func.min(SightingRow.at).label("first")
    asked = (CopyRow.version_id, SightingRow.asked, CopyRow.digest, OriginalRow.state)
    pages = (PageRow.url, article.url)
    question = (
        select(*asked, *pages, first, func.max(SightingRow.at))
        .join(SightingRow, SightingRow.digest == CopyRow.digest)
        .join(OriginalRow, OriginalRow.digest == CopyRow.digest)
        .outerjoin(PageRow, SightingRow.page_id == PageRow.id)
        .outerjoin(article, PageRow.article_id == article.id)
        .where(CopyRow.version_id.in_(version_ids))
        .group_by(*asked, *pages)
        .order_by(first, SightingRow.asked)
    )
    for (
        version_id,
        where,
        digest,
        state,
        url,
        article_url,
        begin,
        end,
    ) in session.execute(question):
        is_imported = where.startswith(IMPORTED)
        name = where.removeprefix(IMPORTED) if is_imported else ""
        address = url or ("" if is_imported else where)
        is_part = state == OriginalState.PART
        yield (
            version_id,
            Seen(address, article_url or "", name, begin, end, digest, is_part),
        )


def _merged(places: Iterable[Seen]) -> Iterable[Seen]:
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


def last_shown_at(session: Session, version_id: int, page_id: int) -> datetime | None:
    """When a page showed a text last; None where it never did.

    The page may show another text today, or a firewall's.
    """
    copies = select(CopyRow.digest).where(CopyRow.version_id == version_id)
    digests = set(session.scalars(copies))
    moments = func.max(SightingRow.at)
    of_page = select(moments).where(SightingRow.page_id == page_id)
    # 304 brings no bytes: the page is what it was.
    is_shown_now = parts.last_shown(session, page_id) in digests
    is_it: ColumnElement[bool] = SightingRow.digest.in_(digests)
    if is_shown_now:
        is_it = is_it | (SightingRow.status == UNCHANGED)
    return session.scalar(of_page.where(is_it))


def shared(places: Mapping[int, Sequence[Seen]], one: int, other: int) -> bool:
    """Whether two texts were seen at one address, so that one is a version of the
    other.
    """
    return bool(_keys(places[one]) & _keys(places[other]))


def _keys(places: Sequence[Seen]) -> set[str]:
    return {seen.place for seen in places if seen.place}
