"""Rows that are written by the hundred, copied in or not, are what was given."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Engine, event, select
from sqlalchemy.exc import IntegrityError

from archive.store import Session, Store
from archive.store.filing.many_rows import put
from archive.store.rows import Base, OriginalRow, SightingRow

ORIGINALS = Base.metadata.tables[OriginalRow.__tablename__]
SIGHTINGS = Base.metadata.tables[SightingRow.__tablename__]
MOMENT = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)
ODD = "a\tb\\n\nc \\. \\N “示例” \x00 \ud800"
AS_KEPT = (
    "a\tb\\n\nc \\. \\N “示例” \N{REPLACEMENT CHARACTER} \N{REPLACEMENT CHARACTER}"
)


def original(number: int, **told: Any) -> dict[str, Any]:
    return {
        "digest": f"{number:064x}",
        "size": number,
        "media_type": "",
        "file_name": ODD,
        "first_seen_at": MOMENT,
        "state": "new",
        "reason": "",
        "hints": {"title": ODD, "site": "\\"},
        **told,
    }


def test_whatever_is_written_is_read_again(store: Store) -> None:
    with store.session() as session:
        put(session, ORIGINALS, [original(1), original(2, file_name="")])
    with store.session() as session:
        first, second = session.scalars(select(OriginalRow).order_by(OriginalRow.size))
        assert (first.digest, second.digest) == (f"{1:064x}", f"{2:064x}")
        assert (first.file_name, second.file_name) == (AS_KEPT, "")
        assert first.hints == {"title": AS_KEPT, "site": "\\"}
        assert first.first_seen_at == MOMENT


def test_what_is_not_named_is_as_where_one_is_written(store: Store) -> None:
    look = {"asked": "a", "at": MOMENT, "status": 200, "digest": None}
    look |= {"page_id": None, "run_id": None, "headers": {}, "exchanges": {}}
    with store.session() as session:
        session.add(SightingRow(**look))
        put(session, SIGHTINGS, [{**look, "asked": name} for name in "bc"])
    with store.session() as session:
        rows = session.scalars(select(SightingRow).order_by(SightingRow.id)).all()
        assert [row.asked for row in rows] == ["a", "b", "c"]
        alone, *others = (
            [getattr(row, one.name) for one in SIGHTINGS.c if one.name not in _OWN]
            for row in rows
        )
        assert others == [alone, alone]


_OWN = {"id", "asked"}


def test_nothing_is_no_statement(store: Store) -> None:
    with store.session() as session:
        put(session, ORIGINALS, [])
        assert session.scalars(select(OriginalRow)).all() == []


def test_what_is_there_already_is_told_as_by_an_insert(store: Store) -> None:
    def twice(session: Session) -> None:
        put(session, ORIGINALS, [original(1), original(2), original(1)])

    with pytest.raises(IntegrityError), store.session() as session:
        twice(session)
    with store.session() as session:
        assert session.scalars(select(OriginalRow)).all() == []


def test_a_database_that_can_is_given_copies(store: Store) -> None:
    told: list[str] = []

    def note(connection: object, cursor: Any, *_: object) -> None:
        told.append(getattr(cursor, "statusmessage", None) or "")

    event.listen(Engine, "after_cursor_execute", note)
    try:
        with store.session() as session:
            put(session, ORIGINALS, [original(1), original(2)])
    finally:
        event.remove(Engine, "after_cursor_execute", note)
    is_server = store.engine.dialect.name == "postgresql"
    assert ("COPY 2" in told) == is_server
