"""A program works only with the tables it was written for."""

from __future__ import annotations

import pytest

from archive.store import Store, schema


def test_current_tables_are_accepted(store: Store) -> None:
    schema.require_current(store)
    schema.check(store)


def test_a_database_without_tables_says_what_to_do(empty_url: str) -> None:
    store = Store(empty_url)
    with pytest.raises(schema.OutOfDate, match=r"has no tables yet.*migrate"):
        schema.require_current(store)
    schema.upgrade(store)
    schema.require_current(store)
    schema.downgrade(store)
    with pytest.raises(schema.OutOfDate):
        schema.require_current(store)
    store.close()
