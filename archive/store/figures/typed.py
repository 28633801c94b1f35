"""Figures of many reports at once, typed, under their public keys.

Which table and column keeps a figure is known to its record in the catalogue; a key
that is asked for is found without being named here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from archive.catalogue import FIGURES, FigureRecord
from archive.store.database import plain_rows
from archive.store.rows import FIGURE_TABLES, TOLD_APART_BY, ClaimRow, among

AT_ONCE = 500
"""Identifiers in one question; SQLite's parameters are limited."""

Value = int | Decimal | None
Figures = dict[int, dict[str, Value]]
"""Version → key → value; None where the report does not say."""
Found = Iterator[tuple[int, Sequence[str], Sequence[Value]]]
"""Version, some keys, and what is kept under each of them."""


def key_figures(
    session: Session, version_ids: Sequence[int], keys: Iterable[str]
) -> Figures:
    """The figures under these keys, version by version, in the order of the keys.

    A report without statutory tables has none of their keys, one that does not state a
    claim not the claim's; a sum of ours is None unless all its parts are known. Raises
    KeyError for a key that the catalogue does not know.
    """
    records = [FIGURES[key] for key in keys]
    # A sum of ours is stored nowhere; its parts are.
    wanted = with_parts(records)
    figures: Figures = {version_id: {} for version_id in version_ids}
    for start in range(0, len(version_ids), AT_ONCE):
        part = version_ids[start : start + AT_ONCE]
        for version_id, told, values in stored(session, part, wanted):
            figures[version_id].update(zip(told, values, strict=True))
    return {
        version_id: _in_order(records, known) for version_id, known in figures.items()
    }


def with_parts(records: Iterable[FigureRecord]) -> list[FigureRecord]:
    """What has to be fetched: the stored ones, and the parts of our sums."""
    wanted: dict[str, FigureRecord] = {}
    for record in records:
        for key in record.parts or (record.key,):
            wanted[key] = FIGURES[key]
    return list(wanted.values())


def _in_order(
    records: Iterable[FigureRecord], known: dict[str, Value]
) -> dict[str, Value]:
    ordered: dict[str, Value] = {}
    for record in records:
        if record.parts:
            ordered[record.key] = _sum([known.get(key) for key in record.parts])
        elif record.key in known:
            ordered[record.key] = known[record.key]
    return ordered


def _sum(parts: Sequence[Value]) -> Value:
    given = [part for part in parts if part is not None]
    if len(given) == len(parts):
        return sum(given)
    return None


def stored(
    session: Session, version_ids: Sequence[int], wanted: Iterable[FigureRecord]
) -> Found:
    """One question a table, whatever is asked of it."""
    by_table: dict[str, list[FigureRecord]] = {}
    for record in wanted:
        assert record.stored, f"{record.key} is neither stored nor made of parts"
        by_table.setdefault(record.stored.table, []).append(record)
    for table, records in by_table.items():
        if table == ClaimRow.__tablename__:
            yield from _claims(session, version_ids, records)
        else:
            yield from _of_table(session, version_ids, table, records)


def _of_table(
    session: Session,
    version_ids: Sequence[int],
    name: str,
    records: Sequence[FigureRecord],
) -> Found:
    places = [(record.key, record.stored) for record in records if record.stored]
    columns = tuple(dict.fromkeys(place.column for _, place in places))
    at = {column: position for position, column in enumerate(columns, start=1)}
    told_in: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for key, place in places:
        told_in[place.row].append((key, at[place.column]))
    taken = {row: _taken(told) for row, told in told_in.items()}
    question = _numbers(name, columns, tuple(told_in))
    # A row holds the numbers of one applicant or kind; table 2 has one row in all.
    for found in plain_rows(session, question, {"ids": version_ids}):
        keys, numbers = taken[found[-1] if name in TOLD_APART_BY else ""]
        yield found[0], keys, numbers(found)


def _taken(
    told: Sequence[tuple[str, int]],
) -> tuple[tuple[str, ...], Callable[[Sequence[Any]], tuple[Value, ...]]]:
    """The keys of a row, and what takes their numbers out of it, all at once."""
    keys = tuple(key for key, _ in told)
    if len(told) > 1:
        return keys, itemgetter(*(position for _, position in told))
    only = told[0][1]
    return keys, lambda row: (row[only],)


@cache
def _numbers(
    name: str, columns: Sequence[str], rows: Sequence[str]
) -> Select[*tuple[Any, ...]]:
    """Version, columns of a table, and the applicant or kind where it has a row each.

    Put together once: it is the same for every page of a kind.
    """
    table = FIGURE_TABLES[name]
    question = select(table.c.version_id, *(table.c[column] for column in columns))
    question = question.where(among(table.c.version_id, "ids"))
    apart = TOLD_APART_BY.get(name)
    if not apart:
        return question
    return question.add_columns(table.c[apart]).where(table.c[apart].in_(rows))


def _claims(
    session: Session, version_ids: Sequence[int], records: Sequence[FigureRecord]
) -> Found:
    """The last found stays, so the first statement of a report comes last."""
    asked = {"ids": version_ids, "keys": [record.key for record in records]}
    for version_id, key, value in plain_rows(session, _stated(), asked):
        yield version_id, (key,), (value,)


@cache
def _stated() -> Select[int, str, Decimal]:
    """Version, key and value of some claims."""
    return (
        select(ClaimRow.version_id, ClaimRow.key, ClaimRow.value)
        .where(among(ClaimRow.version_id, "ids"))
        .where(among(ClaimRow.key, "keys"))
    )
