"""Which sources somebody wants, and how many, among thousands."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import event, insert

from archive.catalogue import RunKind, RunState
from archive.store import Session, SourceWish, Store, runs, sources
from archive.store.rows import RunRow, SourceRow
from archive.store.runs import now

STATES = ("failed", "incomplete", "done", "queued")
FAMILIES = ("trs", "hanweb")


def fill(session: Session, count: int, runs_each: int = 1) -> None:
    """So many sources of every kind, in bulk."""
    moment = now()
    rows = [
        {
            "id": at,
            "url": f"http://sample.example/{at:05}",
            "key": f"sample.example/{at:05}",
            "agency": f"示例{at}局",
            "group": f"第{at % 5}组" if at % 5 else "",
            "recognised": FAMILIES[at % 2],
            "paused": at % 11 == 0,
            "removed_at": moment if at % 13 == 0 else None,
            "added_at": moment,
        }
        for at in range(1, count + 1)
    ]
    session.execute(insert(SourceRow), rows)
    told = [
        {
            "kind": "collect",
            "source_id": at,
            "state": STATES[at % 4],
            "queued_at": moment,
            "failed": at % 3,
        }
        for _ in range(runs_each)
        for at in range(1, count + 1)
        if at % 7
    ]
    session.execute(insert(RunRow), told)
    session.connection().exec_driver_sql(
        "UPDATE sources SET last_run_id ="
        " (SELECT max(id) FROM runs WHERE source_id = sources.id)"
    )


@pytest.fixture
def session(store: Store) -> Any:
    with store.session() as session:
        fill(session, 300)
        yield session


WISHES = (
    SourceWish(),
    SourceWish(group="第1组"),
    SourceWish(group=sources.NO_GROUP, state="well"),
    SourceWish(state="removed"),
    SourceWish(family="trs", state="failing", words="示例"),
    SourceWish(words="局 00012"),
    SourceWish(words="100%"),
    SourceWish(group="没有的组"),
)


@pytest.mark.parametrize("wish", WISHES)
def test_numbers_are_those_of_the_lists(session: Session, wish: SourceWish) -> None:
    counted = sources.numbers(session, wish)
    ids = sources.chosen_ids(session, wish)
    paused = [sources.chosen_ids(session, wish, told) for told in (True, False)]
    assert sorted(paused[0] + paused[1]) == ids
    assert all(session.get_one(SourceRow, one).paused for one in paused[0])
    assert counted.total == len(ids) == len(sources.listed(session, wish))
    pages = [sources.chosen(session, wish, page) for page in (1, 2, 3, 4)]
    assert [one.source.id for page in pages for one in page] == ids
    for state, count in counted.states.items():
        wanted = SourceWish(wish.group, wish.family, state, wish.words)
        assert len(sources.chosen_ids(session, wanted)) == count
    for group, count in counted.groups.items():
        wanted = SourceWish(group, wish.family, wish.state, wish.words)
        assert len(sources.chosen_ids(session, wanted)) == count
    for family, count in counted.families.items():
        wanted = SourceWish(wish.group, family, wish.state, wish.words)
        assert len(sources.chosen_ids(session, wanted)) == count


def test_each_source_is_in_one_condition(session: Session) -> None:
    found = sources.numbers(session, SourceWish()).states
    assert set(found) == {
        "failing", "incomplete", "partly", "well", "working", "never", "paused",
        "removed",
    }  # fmt: skip
    assert sum(found.values()) == 300
    assert found["removed"] == 300 // 13


def test_the_worst_come_first(session: Session) -> None:
    found = [one.condition for one in sources.in_trouble(session, 1000)]
    assert list(dict.fromkeys(found)) == [
        "failing",
        "incomplete",
        "partly",
    ]


def test_orders(session: Session) -> None:
    recent = sources.chosen(session, SourceWish(order="recent"), 1, 1000)
    numbers = [one.last.id if one.last else 0 for one in recent]
    assert numbers == sorted(numbers, reverse=True)
    by_address = sources.chosen(session, SourceWish(order="address"), 1, 1000)
    urls = [one.source.url for one in by_address]
    assert urls == sorted(urls)


def questions(session: Session) -> list[str]:
    """What a page of sources asks of the database."""
    asked: list[str] = []

    def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
        asked.append(statement)

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", note)
    sources.chosen(session, SourceWish())
    sources.numbers(session, SourceWish())
    sources.in_trouble(session)
    event.remove(engine, "before_cursor_execute", note)
    return asked


def test_five_thousand_cost_no_more_questions(store: Store) -> None:
    with store.session() as session:
        fill(session, 5000, runs_each=3)
        asked = questions(session)
        assert len(asked) == 3
        # Nothing goes through all runs: those of a source grow by one a day.
        assert not [one for one in asked if "max(" in one]
        assert len(sources.chosen(session, SourceWish())) == sources.PAGE_OF_SOURCES


def test_twins_cost_one_question(store: Store) -> None:
    with store.session() as session:
        fill(session, 60)
        pairs = [(at, at + 1) for at in range(1, 50, 6)]
        for first, later in pairs:
            key = session.get_one(SourceRow, first).key
            session.get_one(SourceRow, later).key = f"{key} {later}"
        session.flush()
        asked: list[str] = []
        event.listen(
            session.get_bind(),
            "before_cursor_execute",
            lambda *told: asked.append(told[2]),
        )
        found = [(first.id, later.id) for later, first in sources.twins(session)]
        # 13 and 14, 26 and so on: a removed one is nobody's twin.
        assert found == [pair for pair in pairs if not {*pair} & set(range(0, 99, 13))]
        assert len(asked) == 2


def test_runs_are_queued_in_a_few_statements(store: Store) -> None:
    with store.session() as session:
        fill(session, 1200)
        known = runs.queue_run(session, RunKind.COLLECT, 7).id
        ids = [7, *range(100, 1200)]
        asked: list[int] = []
        event.listen(
            session.get_bind(), "before_cursor_execute", lambda *_: asked.append(1)
        )
        queued = runs.queue_collecting(session, ids)
        assert len(asked) < 20
        assert len(queued) == len(ids)
        assert known in queued
        session.expire_all()
        rows = {row.id: row for row in sources.list_sources(session)}
        for number in (7, 100, 1190):
            run = session.get_one(RunRow, rows[number].last_run_id)
            assert (run.source_id, run.state) == (number, RunState.QUEUED)
