"""Transactions: kept whole, taken back whole, done again after a collision."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from archive.store import TRIES, Session, Store
from archive.store import database as module
from archive.store.rows import SourceRow
from tests.sources import add_source


def how_many(store: Store) -> int:
    with store.session() as session:
        return session.scalar(select(func.count()).select_from(SourceRow)) or 0


def test_what_raises_leaves_nothing(store: Store) -> None:
    def work(session: Session) -> None:
        add_source(session, "http://sample.example/")
        raise RuntimeError("stop")

    for act in (lambda: store.write(work), lambda: in_session(store, work)):
        with pytest.raises(RuntimeError):
            act()
    assert how_many(store) == 0


def in_session(store: Store, work: object) -> None:
    with store.session() as session:
        work(session)  # type: ignore[operator]


def test_a_collision_is_tried_again(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module.time, "sleep", lambda seconds: None)
    tried: list[int] = []

    def work(session: Session) -> str:
        tried.append(1)
        add_source(session, f"http://sample.example/{len(tried)}")
        if len(tried) < TRIES:
            raise OperationalError("", {}, Exception("collision"))
        return "done"

    assert store.write(work) == "done"
    assert (len(tried), how_many(store)) == (TRIES, 1)
    tried.clear()

    def never(session: Session) -> None:
        tried.append(1)
        raise OperationalError("", {}, Exception("collision"))

    with pytest.raises(OperationalError):
        store.write(never)
    assert len(tried) == TRIES


def test_a_new_file_gets_its_folder(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'new' / 'archive.sqlite3'}")
    with store.session() as session:
        assert session.scalar(select(1)) == 1
    store.close()
    assert (tmp_path / "new" / "archive.sqlite3").is_file()


def test_a_file_is_only_made_by_who_may(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / '年报 #1%20.sqlite3'}"
    store, maker = Store(url, may_make=False), Store(url)
    with pytest.raises(OperationalError), store.session() as session:
        session.scalar(select(1))
    assert list(tmp_path.iterdir()) == []
    for one in (maker, store):
        with one.session() as session:
            assert session.scalar(select(1)) == 1
        one.close()


def test_who_waits_long_enough_is_told(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[int] = []
    monkeypatch.setattr(store, "_waits", 0.0)

    def never(session: Session) -> None:
        tried.append(1)
        raise OperationalError("", {}, Exception("locked"))

    with pytest.raises(OperationalError):
        store.write(never)
    assert tried == [1]


def reading_leaves_the_state(store: Store) -> bool:
    """Whether a question changed nothing; on PostgreSQL a commit anywhere on the server,
    even the server's own tidying up, may fall between.
    """
    before = store.state()
    assert how_many(store) == 0
    return store.state() == before


def test_every_commit_makes_another_state(store: Store) -> None:
    other = Store(store.engine.url.render_as_string(hide_password=False))
    assert any(reading_leaves_the_state(store) for _ in range(1000))
    states = [store.state()]
    for number, one in enumerate((store, other, store)):
        one.write(partial(add_source, url=f"http://sample.example/{number}"))
        states.append(store.state())
    assert len(set(states)) == 4
    other.close()


def test_another_file_is_another_state(tmp_path: Path) -> None:
    first, second = (tmp_path / f"{name}.sqlite3" for name in ("first", "second"))
    for file in (first, second):
        Store(f"sqlite:///{file}").state()
    store = Store(f"sqlite:///{first}", may_make=False)
    before = store.state()
    second.replace(first)
    assert store.state() != before
    first.unlink()
    with pytest.raises(OperationalError):
        store.state()
    store.close()


def test_questions_see_what_was_committed_meanwhile(store: Store) -> None:
    question = select(func.count()).select_from(SourceRow)
    with store.asking() as session:
        before = session.scalar(question)
        store.write(lambda other: add_source(other, "http://sample.example/"))
        assert (before, session.scalar(question)) == (0, 1)


def test_questions_leave_no_transaction_open(store: Store) -> None:
    """Nor are answers of a server written as text, bytes as twice as many signs."""
    with store.asking() as session:
        answer = session.connection().execute(select(SourceRow.id))
        opened = session.connection().connection.dbapi_connection
        assert opened
        if store.engine.dialect.name == "sqlite":
            assert not opened.in_transaction
        else:
            assert opened.info.transaction_status.name == "IDLE"
            assert answer.cursor
            assert answer.cursor.format.name == "BINARY"
        answer.close()
