"""Whether the database is whole: what its own tests say, and whether its rows agree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from time import monotonic
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Select, Table, cast, func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.types import Text

from archive.report import Packed
from archive.store.database import plain_rows
from archive.store.figures import AT_ONCE
from archive.store.rows import Base, FilingRow, ReadingRow, VersionRow, among

MOST = 20
"""Lines of SQLite's own test that are shown; a broken file has thousands."""
_LACKING: dict[str, Select[Any]] = {
    "个版本没有读取结果（运行 rebuild 可以补上）": select(func.count())
    .select_from(VersionRow)
    .where(~select(ReadingRow).where(ReadingRow.version_id == VersionRow.id).exists()),
    "份报告没有任何版本": select(func.count())
    .select_from(FilingRow)
    .where(~select(VersionRow).where(VersionRow.filing_id == FilingRow.id).exists()),
    "份报告没有现行版本": select(func.count())
    .select_from(FilingRow)
    .where(select(VersionRow).where(VersionRow.filing_id == FilingRow.id).exists())
    .where(
        ~select(VersionRow)
        .where(VersionRow.filing_id == FilingRow.id, VersionRow.current)
        .exists()
    ),
}
"""What must not be, with the question how often it is."""


def troubles(session: Session) -> Iterator[str]:
    """A Chinese sentence for each thing that is wrong with the database.

    SQLite tests its file and its foreign keys. PostgreSQL tests its indexes where
    `amcheck` is installed; every row of every table is read through, and every foreign
    key looked up.
    """
    if session.get_bind().dialect.name == "sqlite":
        yield from _of_sqlite(session)
    else:
        yield from _of_postgres(session)
    yield from _of_rows(session)


def _of_sqlite(session: Session) -> Iterator[str]:
    try:
        lines = session.scalars(text(f"PRAGMA integrity_check({MOST})")).all()
        orphans = session.execute(text("PRAGMA foreign_key_check")).all()
    # What can't even be tested.
    except DBAPIError as trouble:
        yield f"数据库无法检查：{trouble.orig}。请从备份恢复。"
        return
    for line in lines:
        if line != "ok":
            yield f"数据库文件损坏：{line}。请从备份恢复。"
    for table in sorted({row[0] for row in orphans}):
        count = sum(row[0] == table for row in orphans)
        yield f"表 {table} 有 {count} 行指向不存在的记录。"


def _of_postgres(session: Session) -> Iterator[str]:
    asked = [*_indexes(session)]
    for table in Base.metadata.sorted_tables:
        asked.append((f"表 {table.name}", _read_through(table)))
    damaged = [*filter(None, [_damage(session, *one) for one in asked])]
    yield from damaged
    # What can't be read can't be looked up either.
    if damaged:
        return
    for table in Base.metadata.sorted_tables:
        yield from _orphans(session, table)


def _damage(session: Session, what: str, question: Any) -> str:
    """Why a question can't be answered; empty where it can."""
    try:
        # One that fails must not end the transaction of the others.
        with session.begin_nested():
            session.execute(question).all()
    except DBAPIError as trouble:
        told = str(trouble.orig).partition("\n")[0]
        return f"{what} 损坏：{told}。请从备份恢复。"
    return ""


def _indexes(session: Session) -> Iterator[tuple[str, Any]]:
    """Each B-tree with the question that tests it; none without `amcheck`."""
    has = text("SELECT 1 FROM pg_extension WHERE extname = 'amcheck'")
    if session.scalar(has) is None:
        return
    trees = text(
        "SELECT i.indexrelid::regclass::text FROM pg_index i"
        " JOIN pg_class c ON c.oid = i.indexrelid"
        " JOIN pg_am a ON a.oid = c.relam AND a.amname = 'btree'"
        " WHERE c.relnamespace = current_schema()::regnamespace AND i.indisvalid"
    )
    for name in session.scalars(trees).all():
        check = text("SELECT bt_index_check(CAST(:name AS regclass))")
        yield f"索引 {name}", check.bindparams(name=name)


def _read_through(table: Table) -> Select[Any]:
    """Reads every byte of a table, those kept beside it as well."""
    return select(*[func.sum(func.length(cast(one, Text))) for one in table.columns])


def _orphans(session: Session, table: Table) -> Iterator[str]:
    for key in table.foreign_keys:
        parent = key.column.table.alias()
        is_known = select(parent).where(parent.c[key.column.name] == key.parent)
        question = (
            select(func.count())
            .select_from(table)
            .where(key.parent.is_not(None), ~is_known.exists())
        )
        count = session.scalar(question)
        if count:
            yield f"表 {table.name} 有 {count} 行指向不存在的记录。"


def _of_rows(session: Session) -> Iterator[str]:
    for what, question in _LACKING.items():
        try:
            with session.begin_nested():
                count = session.scalar(question)
        except DBAPIError as trouble:
            yield f"数据库无法读取：{trouble.orig}。"
            return
        if count:
            yield f"{count} {what}。"


def unreadable(session: Session, version_ids: Sequence[int]) -> frozenset[int]:
    """Which of these texts have a reading that is damaged or gone."""
    whole: set[int] = set()
    for start in range(0, len(version_ids), AT_ONCE):
        part = {"ids": version_ids[start : start + AT_ONCE]}
        found = plain_rows(session, _stored(), part)
        whole.update(one for one, *pressed in found if Packed(*pressed).is_whole)
    return frozenset(version_ids).difference(whole)


def unreadable_lately(session: Session, version_ids: Sequence[int]) -> frozenset[int]:
    """The same for pages of many texts: what was whole within the last minute is not
    looked at again.
    """
    seen = _whole_at.setdefault(session.get_bind(), {})
    now = monotonic()
    due = [one for one in version_ids if seen.get(one, -_A_MINUTE) <= now - _A_MINUTE]
    lost = unreadable(session, due)
    if len(seen) > _MOST_SEEN:
        seen.clear()
    seen.update(dict.fromkeys(set(due).difference(lost), now))
    return lost


_A_MINUTE = 60.0
_MOST_SEEN = 100_000
_whole_at: WeakKeyDictionary[Any, dict[int, float]] = WeakKeyDictionary()
"""Database → version → when its reading was seen to be whole."""


@cache
def _stored() -> Select[int, bytes, bytes]:
    """Version, and its reading in bytes."""
    question = select(ReadingRow.version_id, ReadingRow.texts, ReadingRow.rest)
    return question.where(among(ReadingRow.version_id, "ids"))
