"""Typed numbers that are not those of the reading: named, and mended by reading again."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest
from sqlalchemy import delete, insert, select, update

from archive.catalogue import Status
from archive.report import Claim, Report
from archive.store import Store, opened_all, unlike
from archive.store.filing import damage, numbers_kept
from archive.store.rows import Base, ReadingRow, UnsureRow, VersionRow
from tests.store.figures.test_values import damaged
from tests.store.filing import body_digest, figure, file, refile, report

TABLES = Base.metadata.tables
KEY = "requests.new.total"


def said() -> Report:
    """A report with numbers in every table, one of them unsure, one hedged."""
    whole = report(
        requests__new__total=12,
        requests__granted__total=5,
        review__total=3,
        disclosure__licensing__decisions=434,
        disclosure__fees__amount=Decimal("1234567.89"),
    )
    unsure = figure("requests.carried_in.total", 4)._replace(status=Status.INFERRED)
    figures = {**whole.figures, unsure.key: unsure}
    hedged = Claim("proactive_total", 60, "主动公开60余条。", "余条")
    return replace(whole, figures=figures, claims=(*whole.claims, hedged))


def found(store: Store) -> list[tuple[str, tuple[str, ...]]]:
    """The originals of those that are named, and where."""
    with store.session() as session:
        return [
            (one.digest, one.places)
            for some in opened_all(session)
            for one in unlike(session, some)
        ]


def test_what_was_filed_is_like_its_reading(store: Store) -> None:
    random = Random(7)
    for at in range(12):
        file(store, str(at), damaged(random, 2019 + at % 5, f"示例市第{at}局"))
    file(store, "a", said())
    large = report("乙", year=2021, requests__new__total=3_000_000_000)
    file(store, "b", replace(large, claims=()))
    assert found(store) == []


@pytest.mark.parametrize(
    ("table", "column", "value", "place"),
    [
        (
            "disclosures",
            "licensing__decisions",
            435,
            "disclosures.licensing__decisions",
        ),
        (
            "disclosures",
            "licensing__decisions",
            None,
            "disclosures.licensing__decisions",
        ),
        (
            "disclosures",
            "fees__amount",
            Decimal("1234567.88"),
            "disclosures.fees__amount",
        ),
        ("requests", "new", 11, "requests.total.new"),
        ("requests", "refused_state_secret", 0, "requests.total.refused_state_secret"),
        ("proceedings", "total", 2, "proceedings.review.total"),
        ("claims", "value", 61, "claims.proactive_total.value"),
        ("claims", "scope", "本级", "claims.proactive_total.scope"),
        ("unsure", "status", "conflict", "unsure.requests.carried_in.total.status"),
    ],
)
def test_one_value_that_changed_is_named_and_mended(
    store: Store, table: str, column: str, value: object, place: str
) -> None:
    file(store, "other", replace(said(), year=2022))
    file(store, "a", said())
    changed = TABLES[table]
    with store.session() as session:
        of_it = VersionRow.digest == body_digest("a")
        number = session.scalars(select(VersionRow.id).where(of_it)).one()
        is_its = changed.c.version_id == number
        row = place.removeprefix(f"{table}.").removesuffix(column).rstrip(".")
        if row:
            (_, apart) = changed.primary_key
            is_its &= apart == row
        one = session.execute(update(changed).where(is_its).values({column: value}))
        assert one.rowcount == 1  # type: ignore[attr-defined]
    assert found(store) == [(body_digest("a"), (place,))]
    assert refile(store, "a", said()) == "same"
    assert found(store) == []


@pytest.mark.parametrize("table", ["requests", "claims", "unsure", "disclosures"])
def test_a_row_that_is_gone_is_named(store: Store, table: str) -> None:
    file(store, "a", said())
    with store.session() as session:
        session.execute(delete(TABLES[table]))
    ((digest, places),) = found(store)
    assert digest == body_digest("a")
    assert all(one.startswith(f"{table}.") and one.endswith(".*") for one in places)
    refile(store, "a", said())
    assert found(store) == []


def test_a_row_that_nobody_has_read_is_named(store: Store) -> None:
    file(store, "a", said())
    with store.session() as session:
        number = session.scalars(select(VersionRow.id)).one()
        more = {"version_id": number, "key": KEY, "status": "conflict"}
        session.execute(insert(UnsureRow), [more])
    assert found(store) == [(body_digest("a"), (f"unsure.{KEY}.*",))]


def test_a_damaged_reading_says_nothing_of_the_numbers(store: Store) -> None:
    file(store, "a", said())
    with store.session() as session:
        session.execute(update(ReadingRow).values(rest=b"?"))
        session.execute(update(TABLES["requests"]).values(new=1))
    assert found(store) == []


def test_all_are_looked_through_some_at_a_time(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(damage, "AT_ONCE", 2)
    for year in range(2019, 2024):
        file(store, str(year), replace(said(), year=year))
    with store.session() as session:
        assert [len(some) for some in opened_all(session)] == [2, 2, 1]
        session.execute(update(TABLES["requests"]).values(new=1))
    assert len(found(store)) == 5


def test_what_is_read_again_meanwhile_is_not_accused(store: Store) -> None:
    file(store, "a", said())
    with store.session() as session:
        (some,) = opened_all(session)
    other = replace(said(), figures={**said().figures, KEY: figure(KEY, 13)})
    refile(store, "a", other)
    with store.session() as session:
        assert list(numbers_kept.unlike(session, some)) == []
