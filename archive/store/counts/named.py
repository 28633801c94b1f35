"""Reports that were named somewhere, by a list or a file, and that we could not have.

Whose they are and of which year is told by their titles, as the list prints them; a
title that leaves either open tells nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from archive.catalogue import Coverage, OriginalState, Trouble
from archive.report import Hints, agency_name, report_year
from archive.store.rows import (
    FailureRow,
    OriginalRow,
    PageRow,
    SightingRow,
    SourceRow,
)

_WAITING = (OriginalState.UNREADABLE, OriginalState.UNFILED)
"""What waits in the review queue."""
_UNREAD = (*_WAITING, OriginalState.NEW, OriginalState.NOT_A_REPORT)
"""With what a list calls a report and that shows none: that can be our mistake."""
_WITHHOLDING = frozenset([401, 403, 405, 407, 412, 429, 451])
"""Answers of a site that does not want us: 412 and 405 are challenges for browsers."""
_OPENNESS = "政府信息公开|信息公开|政务公开"
_YEAR_AND_SIGNS = r"[0-9〇○零一二三四五六七八九年度的\s（）()〔〕\[\]【】《》“”]"
# A list of one body's own reports seldom repeats its name.
# e.g. "2023年年报", "2023年政府信息公开工作年度报告", "政府信息公开年度报告（2023年）"
# not "市商务局2023年年报", "2023年部门年报", "示例镇2023年年度报告"
_NAMES_NOBODY = re.compile(
    rf"^(?:{_YEAR_AND_SIGNS}|{_OPENNESS}|关于|本机关|本单位|工作|报告|年报)+$"
)
_NOT_HAD = "列表已列出这份报告，其网页尚未取得。"


class Obstacle(NamedTuple):
    """What keeps us from one report that was named somewhere."""

    state: Coverage
    why: str
    """In Chinese."""
    at: datetime
    where: str
    """The address, or the name of a file."""
    source_id: int | None


class Named(NamedTuple):
    """A report by what its title tells, and why it is not here."""

    agency: str
    """As the title has it; empty where it names none."""
    year: int
    obstacle: Obstacle
    is_of_source: bool = False
    """Whether the title names nobody at all, as in a list of one body's own reports."""


def named(session: Session) -> Iterator[Named]:
    """Everything that was named and is not here, the surest last."""
    for one in session.execute(_pages()):
        titled = _titled(one.title)
        if titled is not None:
            yield Named(*titled, _of_page(one), _names_nobody(one.title))
    for one in session.execute(_files()):
        titled = _titled_by(one.hints, one.file_name)
        if titled is not None:
            obstacle = Obstacle(
                Coverage.UNREAD, one.reason, one.first_seen_at, one.file_name, None
            )
            yield Named(*titled, obstacle)


def _pages() -> Select[*tuple[Any, ...]]:
    """Addresses that a list calls reports, and that have shown none."""
    last_look = (
        select(func.max(SightingRow.id))
        .where(SightingRow.page_id == PageRow.id)
        .correlate(PageRow)
        .scalar_subquery()
    )
    failed = and_(
        FailureRow.run_id == SourceRow.last_run_id,
        FailureRow.where == PageRow.url,
        FailureRow.kind.in_([Trouble.REFUSED, Trouble.UNREACHABLE]),
    )
    return (
        select(
            PageRow.title,
            PageRow.url,
            PageRow.source_id,
            PageRow.last_seen_at,
            SightingRow.at,
            SightingRow.status,
            OriginalRow.state,
            OriginalRow.reason,
            FailureRow.kind,
            FailureRow.reason.label("failure"),
            FailureRow.at.label("failed_at"),
        )
        .join(SourceRow, SourceRow.id == PageRow.source_id)
        .outerjoin(SightingRow, SightingRow.id == last_look)
        .outerjoin(OriginalRow, OriginalRow.digest == SightingRow.digest)
        .outerjoin(FailureRow, failed)
        .where(*_is_listed_in_vain())
        .order_by(PageRow.id)
    )


def _is_listed_in_vain() -> Iterator[ColumnElement[bool]]:
    """What holds of a page whose list calls it a report, and that has shown none."""
    yield PageRow.version_id.is_(None)
    yield PageRow.gone_at.is_(None)
    yield PageRow.unlisted_at.is_(None)
    yield PageRow.moved_to_id.is_(None)
    yield SourceRow.removed_at.is_(None)
    yield or_(PageRow.title.contains("年度报告"), PageRow.title.contains("年报"))
    yield or_(OriginalRow.state.is_(None), OriginalRow.state.in_(_UNREAD))
    # An article whose file has shown one is none of them.
    file = aliased(PageRow)
    yield ~exists().where(file.article_id == PageRow.id, file.version_id.is_not(None))


def _files() -> Select[*tuple[Any, ...]]:
    """Originals that wait for a person, imported ones too."""
    return (
        select(
            OriginalRow.hints,
            OriginalRow.file_name,
            OriginalRow.reason,
            OriginalRow.first_seen_at,
        )
        .where(OriginalRow.state.in_(_WAITING))
        .order_by(OriginalRow.first_seen_at, OriginalRow.digest)
    )


def _of_page(one: Any) -> Obstacle:
    """What the last look at an address came to."""
    if one.state is not None:
        at = one.at or one.last_seen_at
        return Obstacle(Coverage.UNREAD, one.reason, at, one.url, one.source_id)
    if one.kind is not None:
        is_refused = one.kind == Trouble.REFUSED
        state = Coverage.WITHHELD if is_refused else Coverage.UNREACHABLE
        return Obstacle(state, one.failure, one.failed_at, one.url, one.source_id)
    state = Coverage.UNREACHABLE
    if one.status in _WITHHOLDING:
        state = Coverage.WITHHELD
    at = one.at or one.last_seen_at
    return Obstacle(state, _NOT_HAD, at, one.url, one.source_id)


@lru_cache(50_000)
def _titled(title: str) -> tuple[str, int] | None:
    """The agency (or none) and the year that a title tells; None without a year."""
    year, _ = report_year(title, (), Hints(), {})
    if year is None:
        return None
    agency, _ = agency_name(title, (), Hints(), {})
    return agency, year


def _titled_by(hints: dict[str, Any], file_name: str) -> tuple[str, int] | None:
    """The same by what was known besides the bytes of an original."""
    given = str(hints.get("agency") or "")
    title = str(hints.get("title") or "")
    titled = _titled(title)
    if titled is not None:
        agency, year = titled
        # 市商务局2023年年报 in the list of a government is not the government's.
        may_be_given = not agency and _names_nobody(title)
        return (given if may_be_given else agency), year
    titled = _titled(file_name.rpartition(".")[0])
    if titled is None:
        return None
    agency, year = titled
    return agency or given, year


def _names_nobody(title: str) -> bool:
    return _NAMES_NOBODY.search(title) is not None
