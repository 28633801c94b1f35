"""What waits for the index, and what leaves it."""

from __future__ import annotations

from sqlalchemy import select

from archive.store import Store, marks
from archive.store.rows import (
    VersionRow,
)
from tests.store.filing import (
    file,
    refile,
    report,
)


def test_a_number_given_again_stays_in_the_index(store: Store) -> None:
    """SQLite gives the number of a deleted last row to the next one."""
    file(store, "a", report("甲"))
    file(store, "b", report("甲 第1页"))
    refile(store, "b", report("甲"))
    file(store, "c", report("丙"))
    with store.session() as session:
        batch = marks.marked(session, 10)
        assert set(batch.gone).isdisjoint(entry.version_id for entry in batch.entries)


def test_a_change_during_indexing_is_not_lost(store: Store) -> None:
    file(store, "a", report("甲"))
    with store.session() as session:
        batch = marks.marked(session, 10)
    refile(store, "a", report("甲，改"))
    store.write(lambda session: marks.unmark(session, batch))
    with store.session() as session:
        assert marks.waiting(session) == 1
        batch = marks.marked(session, 10)
    store.write(lambda session: marks.unmark(session, batch))
    with store.session() as session:
        assert marks.waiting(session) == 0


def test_an_older_version_leaves_the_index(store: Store) -> None:
    file(store, "a", report("甲"))
    file(store, "b", report("乙"))
    with store.session() as session:
        first, second = session.scalars(select(VersionRow.id).order_by(VersionRow.id))
        batch = marks.marked(session, 10)
        assert batch.gone == [first]
        assert [entry.version_id for entry in batch.entries] == [second]
        assert marks.current_ids(session) == {second}
        assert marks.marked_ids(session) == {first, second}


def test_all_marks_go(store: Store) -> None:
    for year in (2021, 2022, 2023):
        file(store, str(year), report(year=year))
    with store.session() as session:
        for batch in list(marks.all_marks(session, size=2)):
            marks.unmark(session, batch)
        assert marks.waiting(session) == 0
