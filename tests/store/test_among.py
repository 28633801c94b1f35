"""Questions about some of many: however many values, one parameter."""

from __future__ import annotations

import pytest
from sqlalchemy import event, select

from archive.store import Store
from archive.store.rows import SourceRow, among
from tests.sources import add_source

QUESTION = (
    select(SourceRow.url).where(among(SourceRow.url, "urls")).order_by(SourceRow.id)
)
URLS = [f"http://sample.example/{number}" for number in range(5)]


@pytest.fixture
def filled(store: Store) -> Store:
    with store.session() as session:
        for url in URLS:
            add_source(session, url)
    return store


def asked(store: Store, urls: list[str]) -> list[str]:
    with store.asking() as session:
        return list(session.scalars(QUESTION, {"urls": urls}))


@pytest.mark.parametrize(
    "urls", [[], URLS[:1], URLS, [*URLS, *URLS], [f"{one}/x" for one in URLS]]
)
def test_those_with_one_of_the_values_are_found(filled: Store, urls: list[str]) -> None:
    assert asked(filled, urls) == [one for one in URLS if one in urls]


@pytest.mark.parametrize("sign", ["\0", "\ud800", '"', "'", "\\", "%", "{", ","])
def test_a_value_is_never_more_than_a_value(filled: Store, sign: str) -> None:
    assert asked(filled, [sign, f"{URLS[0]}{sign}", URLS[1]]) == [URLS[1]]


def test_numbers_are_numbers(filled: Store) -> None:
    question = select(SourceRow.url).where(among(SourceRow.id, "ids"))
    with filled.asking() as session:
        known = {row.id: row.url for row in session.scalars(select(SourceRow))}
        some = list(known)[1:3]
        found = session.scalars(question, {"ids": tuple(some)})
        assert sorted(found) == [known[one] for one in some]


def test_a_question_reads_the_same_for_few_and_many(filled: Store) -> None:
    told: list[str] = []

    def note(connection: object, cursor: object, statement: str, *_: object) -> None:
        told.append(statement)

    event.listen(filled.engine, "before_cursor_execute", note)
    for urls in ([], URLS[:1], URLS):
        asked(filled, urls)
    assert len(told) == 3
    assert len(set(told)) == 1


def test_only_those_that_are_asked_for_are_looked_at(store: Store) -> None:
    """A server may do otherwise in a table as small as those of tests."""
    if store.engine.dialect.name == "sqlite":
        question = select(SourceRow.url).where(among(SourceRow.id, "ids"))
        statement = str(question.compile(store.engine))
        with store.asking() as session:
            way = session.connection().exec_driver_sql(
                f"EXPLAIN QUERY PLAN {statement}", ("[1]",)
            )
            steps = [row.detail for row in way]
        assert "SEARCH sources USING INTEGER PRIMARY KEY (rowid=?)" in steps
