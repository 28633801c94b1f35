"""Bodies with rows and governments without, in one order: by place, a place's
government before its departments, by name.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from heapq import merge
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from archive.store.counts import OF_GOVERNMENTS, Silent, silents
from archive.store.rows import ReporterRow


def in_order(session: Session) -> tuple[ColumnElement[Any], ...]:
    """What rows are sorted by: names by their signs, on every database."""
    is_postgres = session.get_bind().dialect.name == "postgresql"
    name = ReporterRow.name.collate("C") if is_postgres else ReporterRow.name
    return (
        ReporterRow.region_code.expression,
        ReporterRow.is_department.expression,
        name.expression,
        ReporterRow.id.expression,
    )


def order_of(row: ReporterRow) -> tuple[str, bool, str]:
    """Where a row stands in that order."""
    return row.region_code, row.is_department, row.name


def silent_at(
    session: Session, digits: str = "", sector: str = "", level: str = ""
) -> Sequence[Silent]:
    """The governments without a row that fit, in order; what is empty does not matter.

    `digits`: what the codes of their divisions begin with.
    """
    if sector not in ("", OF_GOVERNMENTS):
        return ()
    inside = silents(session).between(digits.ljust(6, "0"), digits.ljust(6, "9"))
    if not level:
        return inside
    return [one for one in inside if one.government.level == level]


def merged(
    silent: Iterable[Silent], rows: Iterable[ReporterRow]
) -> Iterator[ReporterRow]:
    """Both in one order."""
    made = (one.row for one in silent)
    return merge(made, rows, key=order_of)


def rows_before(
    session: Session,
    fits: Sequence[ColumnElement[bool]],
    silent: Sequence[Silent],
    begin: int,
) -> int:
    """How many of the first `begin` bodies have a row, of those that fit.

    `silent`: those that fit and have none, of which at most so many can be among them.
    """
    if not begin or not silent:
        return begin
    first = max(0, begin - len(silent))
    order = in_order(session)
    question = select(*order).where(*fits).order_by(*order)
    asked = question.offset(first).limit(begin - first)
    rows = [(code, is_last, name) for code, is_last, name, _ in session.execute(asked)]
    passed = 0
    if first and rows:
        passed = bisect_right(silent, rows[0], key=lambda one: one.order)
    both = merge(
        ((one.order, False) for one in silent[passed:]),
        ((order, True) for order in rows),
        key=lambda one: one[0],
    )
    ahead = islice(both, begin - first - passed)
    return first + sum(is_row for _, is_row in ahead)
